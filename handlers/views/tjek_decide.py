"""The decision after a round: one of the four, why, and what is to be done with it and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import (
    Block,
    DatePicker,
    InputBlock,
    ModalView,
    PlainTextInput,
    RadioButtonGroup,
    UserMultiSelectMenu,
)

from bot.round import Round
from bot.tjek import REASON_LENGTH, Check, Decision
from bot.tjek_step import STEP_LENGTH
from bot.translation import Translator
from bot.words import DECISION
from handlers.views.parts import Typed, option, plain, rich, small
from handlers.views.tjek import heading_of

CHOICE = "tjek_round_choice"  # block and action ids; the choice redraws the form
REASON = "reason"
STEP = "next_step"
STEP_ON = "next_step_on"
WHO = "who"
THEIRS = "theirs"
KEEP, REPLACE = "keep", "replace"  # the options of THEIRS

NAMED = 5  # colleagues in a next step, which has one line

SUBMIT = "tjek_round_decided"  # callback id
CORRECT = "correct"


@dataclass(frozen=True)
class Deciding:
    """The form as far as it is filled in."""

    choice: Decision | None = None
    reason: str = ""
    step: str = ""
    step_on: date | None = None
    who: tuple[str, ...] = ()
    keeps: bool | None = None  # the partner's own next step; None where it was not asked
    corrects: bool = False  # a decision that is written already


def decide_view(
    t: Translator,
    check: Check,
    this: Round,
    deciding: Deciding,
    *,
    suggested: str = "",
    theirs: str = "",
    no_sent_on: date | None = None,
) -> ModalView:
    """The form; a choice that waits for something asks for that, too.

    `suggested` is the step where questions are open; `theirs` the partner's own until now.
    """
    blocks: list[Block] = [
        small(heading_of(check), "tjek_subject"),
        *([rich(no_was_sent(t, no_sent_on), block_id="decide_no_sent")] if no_sent_on else []),
        _choice(t, deciding.choice),
        _reason(t, deciding.reason),
    ]
    if deciding.choice in (Decision.GO_ON_IF, Decision.FIND_OUT):
        on_card = check.partner_id is not None and not theirs
        blocks += _step(t, deciding, suggested, on_card=on_card)
        if theirs:
            blocks.append(_theirs(t, theirs, keeps=deciding.keeps is True))
    return ModalView(
        plain(t("The decision")),
        blocks,
        submit=plain(t("Write it in the thread")),
        close=plain(t("Close")),
        callback_id=SUBMIT,
        private_metadata=f"{this.id}:{CORRECT if deciding.corrects else ''}",
    )


def where(note: str) -> tuple[int, bool]:
    """Which round, and whether its decision is corrected."""
    number, _, corrects = note.partition(":")
    return int(number), corrects == CORRECT


def read_decide(typed: Typed) -> Deciding:
    """The form as far as it is filled in."""
    chosen = typed.get(CHOICE, {}).get(CHOICE, {}).get("selected_option")
    day = typed.get(STEP_ON, {}).get(STEP_ON, {}).get("selected_date")
    # A step belongs to its choice: typed for another one it is not carried over.
    step = next((name for name in typed if name.partition(".")[0] == STEP), "")
    theirs = typed.get(THEIRS, {}).get(THEIRS, {}).get("selected_option")
    return Deciding(
        Decision(chosen["value"]) if chosen else None,
        str(typed.get(REASON, {}).get(REASON, {}).get("value") or ""),
        str(typed.get(step, {}).get(step, {}).get("value") or ""),
        date.fromisoformat(day) if day else None,
        tuple(typed.get(WHO, {}).get(WHO, {}).get("selected_users") or ()),
        theirs["value"] == KEEP if theirs else None,
    )


def no_was_sent(t: Translator, on: date) -> str:
    """For who thinks again after the letter: the partner knows another answer."""
    return t(
        "The partner has been sent the letter with the no, on {day}. If you decide something else,"
        " they must hear that from you, too."
    ).format(day=t.long_day(on))


def _choice(t: Translator, chosen: Decision | None) -> Block:
    choices = {decision: option(t(DECISION[decision]), decision) for decision in Decision}
    return InputBlock(
        plain(t("What do you decide?")),
        RadioButtonGroup(
            CHOICE,
            list(choices.values()),
            initial_option=choices[chosen] if chosen else None,
        ),
        block_id=CHOICE,
        dispatch_action=True,
    )


def _reason(t: Translator, reason: str) -> Block:
    return InputBlock(
        plain(t("Why?")),
        PlainTextInput(REASON, initial_value=reason or None, max_length=REASON_LENGTH),
        hint=plain(
            t("One line that the next colleague understands. Everybody in the channel can read it.")
        ),
        block_id=REASON,
    )


def _step(t: Translator, deciding: Deciding, suggested: str, *, on_card: bool) -> Sequence[Block]:
    name = f"{STEP}.{deciding.choice}"
    find_out = deciding.choice is Decision.FIND_OUT
    shown = t("Whoever you choose gets a message from me, and has it on their Home tab.")
    if on_card:
        shown = t("It becomes the partner's next step.") + " " + shown
    return [
        InputBlock(
            plain(t("What must be found out?") if find_out else t("On what condition?")),
            PlainTextInput(
                name,
                initial_value=deciding.step or (suggested if find_out else "") or None,
                max_length=STEP_LENGTH,
            ),
            hint=None if find_out else plain(t("Continue: Yes, if …")),
            block_id=name,
        ),
        InputBlock(
            plain(t("Who takes care of it?")),
            UserMultiSelectMenu(
                WHO, initial_users=list(deciding.who) or None, max_selected_items=NAMED
            ),
            hint=plain(shown),
            block_id=WHO,
            optional=not find_out,
        ),
        InputBlock(
            plain(t("By when?")),
            DatePicker(
                STEP_ON, initial_date=deciding.step_on.isoformat() if deciding.step_on else None
            ),
            block_id=STEP_ON,
        ),
    ]


def _theirs(t: Translator, theirs: str, *, keeps: bool) -> Block:
    choices = {
        KEEP: option(t("Keep it"), KEEP, t("What you decide stands in the thread.")),
        REPLACE: option(t("Put this in its place"), REPLACE),
    }
    return InputBlock(
        plain(t("The partner has a next step already")),
        RadioButtonGroup(
            THEIRS, list(choices.values()), initial_option=choices[KEEP if keeps else REPLACE]
        ),
        hint=plain(theirs),
        block_id=THEIRS,
    )
