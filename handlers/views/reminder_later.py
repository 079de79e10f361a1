"""Choosing a day for later, and handing a partner over: the forms, and what the others are told."""

from datetime import date

from slackblocks import Block, DatePicker, InputBlock, ModalView, UserSelectMenu

from bot.partner import Partner
from bot.reminder_handover import Handover
from bot.translation import Translator, mark
from handlers.views.partner_facts import next_step
from handlers.views.parts import Person, Reply, Typed, button, cut, notice, plain, rich, row, small
from handlers.views.reminder import FEWER
from handlers.views.reminder_lines import NAME

ON = "on"  # block and action id
TO = "to"
DAY_FORM = "reminder_day"  # callback ids
HAND_FORM = "reminder_hand"
ASK_OTHER = "reminder_ask_other"
RELEASE = "reminder_release"

ASKED = mark("You hear of it because you have asked.")
BY_NAME = mark("You get it because a colleague asks for you by name.")
COORDINATOR = mark("You hear of it because you are the coordinator.")


def day_view(t: Translator, key: str, name: str) -> ModalView:
    """When shall I come back to it?"""
    label = t("When shall I come back to {name}?", name=name)
    field = InputBlock(plain(label), DatePicker(ON), block_id=ON)
    return ModalView(
        plain(t("Later")),
        [field],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=DAY_FORM,
        private_metadata=key,
    )


def hand_view(
    t: Translator, partner: Partner, first: str | None, *, user: str, today: date
) -> ModalView:
    """To whom shall it go? The colleague says yes or no; `user` is who asks."""
    hint = t("I ask whether your colleague will be responsible.")
    if partner.responsible == user:
        hint = t(
            "I ask whether your colleague will be responsible. Until there is an answer, you are."
        )
    return ModalView(
        plain(t("Hand over")),
        [
            rich("**{name}**", block_id="hand_name", name=cut(partner.name, NAME)),
            *([next_step(t, partner, today)] if partner.next_step else []),
            InputBlock(
                plain(t("Whom shall I ask?")),
                UserSelectMenu(TO, initial_user=first),
                hint=plain(hint),
                block_id=TO,
            ),
        ],
        submit=plain(t("Ask")),
        close=plain(t("Cancel")),
        callback_id=HAND_FORM,
        private_metadata=str(partner.id),
    )


def read_day(typed: Typed) -> date | None:
    """The day that was chosen."""
    chosen = typed[ON][ON].get("selected_date")
    return date.fromisoformat(chosen) if chosen else None


def read_to(typed: Typed) -> str:
    """The colleague who was chosen."""
    return str(typed[TO][TO].get("selected_user") or "")


def said(t: Translator, sentence: str, **values: object) -> Reply:
    """One sentence (a msgid) after a click."""
    return Reply(notice(t(sentence), **values), [rich(t(sentence), "reminder_said", **values)])


def foot(t: Translator, why: str) -> list[Block]:
    """Why a message came (a msgid), how often, and one click to get fewer."""
    often = t(
        "When a colleague asks you by name, you get it at once. Otherwise at most one message a"
        " day and two a week."
    )
    return [
        small(f"{t(why)} {often}", "why"),
        row("fewer", button(t("Write less often"), f"{FEWER}.foot")),
    ]


def accepted(t: Translator, offer: Handover, partner: Partner) -> Reply:
    """To the one who asked."""
    sentence = t("{who} said yes and is responsible for **{name}** now.")
    if offer.by == offer.responsible:
        sentence = t(
            "{who} said yes and is responsible for **{name}** now. You go on knowing them."
        )
    name = cut(partner.name, NAME)
    said = rich(sentence, block_id="hand_accepted", who=Person(offer.to), name=name)
    short = t("A colleague is responsible for {name} now.")
    return Reply(notice(short, name=name), [said, *foot(t, ASKED)])


def declined(t: Translator, offer: Handover, partner: Partner) -> Reply:
    """To the one who asked; only whose it is can let go of it."""
    name, number = cut(partner.name, NAME), str(partner.id)
    sentence = t("{who} cannot take **{name}** just now.")
    ways = [button(t("Ask somebody else"), f"{ASK_OTHER}.{number}", number)]
    if offer.by == partner.responsible:
        sentence = t("{who} cannot just now. **{name}** is still yours.")
        ways.append(button(t("Ask who takes it"), f"{RELEASE}.{number}", number))
    short = t("A colleague cannot take {name} just now.")
    return Reply(
        notice(short, name=name),
        [
            rich(sentence, block_id="hand_declined", who=Person(offer.to), name=name),
            row("hand_ways", *ways),
            *foot(t, ASKED),
        ],
    )
