"""Asking colleagues: whom, until when, and where the answers will be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import (
    Block,
    Button,
    CheckboxGroup,
    ConversationFilter,
    ConversationSelectMenu,
    DatePicker,
    InputBlock,
    ModalView,
    UserMultiSelectMenu,
)

from bot.round import Round
from bot.tjek import Check
from bot.translation import Translator
from handlers.views.parts import Person, Typed, button, option, plain, rich, small
from handlers.views.round import deadline_of
from handlers.views.tjek import heading_of

BEGIN = "tjek_ask"  # from a result
FROM_START = "tjek_ask_start"  # from the first form, whose fields it reads
SUBMIT = "tjek_ask_now"  # callback id

INVITED = "invited"  # block and action ids
DEADLINE = "deadline"
CHANNEL = "channel"
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Asking:
    """What the form says."""

    invited: tuple[str, ...]
    deadline: date
    channel: str
    everybody: bool  # in that channel


def ask_button(t: Translator, check_id: int) -> Button:
    """The way to the others from a result."""
    return button(t("Ask colleagues"), BEGIN, str(check_id))


def start_button(t: Translator) -> Button:
    """The same from the first form, before answering oneself."""
    return button(t("Ask colleagues"), FROM_START)


def ask_view(
    t: Translator,
    check: Check,
    deadline: date,
    channel: str | None,
    *,
    invited: Sequence[str] = (),
    others: Sequence[tuple[Round, str]] = (),
    many: int = 0,
    everybody: bool = False,
) -> ModalView:
    """The form; `others` are the open rounds about the same partner, with their subjects.

    `many` is how many she has chosen, where that is worth a second thought.
    """
    names = t(
        "Each of you answers alone. When all have answered, or on the deadline at 12, the answers"
        " are shown together in the channel, **with names**. Once you and at least one more have "
        "answered, you can show them early; everybody sees them at the same moment."
    )
    there = option(t("Ask all colleagues who are in it"), EVERYBODY)
    blocks: list[Block] = [
        small(heading_of(check), "tjek_subject"),
        *_others(t, others),
        *([rich(_sure(t, many), block_id="ask_many")] if many else []),
        rich(names, block_id="ask_names"),
        InputBlock(
            plain(t("Who do you want to ask?")),
            UserMultiSelectMenu(INVITED, initial_users=list(invited) or None),
            hint=plain(t("Two to four make for the best talk. You answer too.")),
            block_id=INVITED,
            optional=True,
        ),
        InputBlock(
            plain(t("Deadline")),
            DatePicker(DEADLINE, initial_date=deadline.isoformat()),
            block_id=DEADLINE,
        ),
        InputBlock(
            plain(t("In which channel?")),
            ConversationSelectMenu(
                CHANNEL, initial_conversation=channel, filter=_channels_of_our_own()
            ),
            hint=plain(t("Everybody there sees what you check, and later the answers.")),
            block_id=CHANNEL,
        ),
        InputBlock(
            plain(t("Everybody in that channel?")),
            CheckboxGroup(EVERYBODY, [there], initial_options=[there] if everybody else None),
            block_id=EVERYBODY,
            optional=True,
        ),
    ]
    return ModalView(
        plain(t("Ask colleagues")),
        blocks,
        submit=plain(t("Ask")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{check.id}:{many}" if many else str(check.id),
    )


def where(note: str) -> tuple[int, int]:
    """Which check a view's private_metadata names, and how many she was told that she asks."""
    check, _, many = note.partition(":")
    return int(check), int(many or 0)


def read_ask(typed: Typed) -> Asking:
    """The form as filled in."""
    return Asking(
        tuple(typed[INVITED][INVITED].get("selected_users") or ()),
        date.fromisoformat(typed[DEADLINE][DEADLINE]["selected_date"]),
        str(typed[CHANNEL][CHANNEL].get("selected_conversation") or ""),
        bool(typed[EVERYBODY][EVERYBODY].get("selected_options")),
    )


def other_line(t: Translator, this: Round, subject: str, block_id: str) -> Block:
    """An open round about the same partner: who asks what, and until when."""
    return rich(
        t("{who} **has asked colleagues about {subject}**, until {deadline}."),
        block_id=block_id,
        who=Person(this.called_by),
        subject=subject,
        deadline=deadline_of(t, this.deadline),
    )


def _others(t: Translator, others: Sequence[tuple[Round, str]]) -> list[Block]:
    return [
        other_line(t, this, subject, f"ask_other.{number}")
        for number, (this, subject) in enumerate(others)
    ]


def _sure(t: Translator, many: int) -> str:
    return t(
        "**You are about to ask {count} colleagues.** Each gets a message at once. Two to four"
        " make for the best talk: leave some out, or press again to ask them all.",
        count=t.number(many),
    )


def _channels_of_our_own() -> ConversationFilter:
    return ConversationFilter(
        include=["public", "private"],
        exclude_external_shared_channels=True,
        exclude_bot_users=True,
    )
