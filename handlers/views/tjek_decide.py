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
from bot.tjek_step import STEP_LENGTH, Step
from bot.translation import Translator
from bot.words import DECISION
from handlers.views.parts import Reply, Typed, notice, option, plain, rich, row, small
from handlers.views.tjek import heading_of
from handlers.views.tjek_letter import begin_button

CHOICE = "tjek_round_choice"  # block and action ids
REASON = "reason"
STEP = "next_step"
STEP_ON = "next_step_on"
WHO = "who"

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
    corrects: bool = False  # a decision that is written already


def decide_view(
    t: Translator,
    check: Check,
    this: Round,
    deciding: Deciding,
    *,
    suggested: str = "",
    replaces: str = "",
) -> ModalView:
    """The form; a choice that waits for something asks for that, too.

    `suggested` is the step where questions are open; `replaces` the partner's own until now.
    """
    blocks: list[Block] = [
        small(heading_of(check), "tjek_subject"),
        _choice(t, deciding.choice),
        _reason(t, deciding.reason),
    ]
    if deciding.choice in (Decision.GO_ON_IF, Decision.FIND_OUT):
        blocks += _step(t, deciding, suggested, on_card=check.partner_id is not None)
        if replaces:
            told = t("It replaces the partner's next step: {step}", step=replaces)
            blocks.append(small(told, "decide_replaces"))
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
    return Deciding(
        Decision(chosen["value"]) if chosen else None,
        str(typed.get(REASON, {}).get(REASON, {}).get("value") or ""),
        str(typed.get(step, {}).get(step, {}).get("value") or ""),
        date.fromisoformat(day) if day else None,
        tuple(typed.get(WHO, {}).get(WHO, {}).get("selected_users") or ()),
    )


def decision_line(t: Translator, check: Check, step: str) -> Block:
    """What was decided and why, with what is to be done."""
    sentence = t("**{decision}** – {reason}")
    if step:
        sentence += "\n" + t("Next step: {step}")
    return rich(
        sentence,
        block_id="decided",
        decision=t(DECISION[check.decision or Decision.GO_ON]),
        reason=check.reason,
        step=step,
    )


def in_thread(
    t: Translator, check: Check, name: str, step: str, *, corrected: bool = False
) -> Reply:
    """The decision as the others read it; a corrected one says that it is."""
    sentence = t("{name}: **{decision}** – {reason}") if name else t("**{decision}** – {reason}")
    if corrected:
        sentence = t("**The decision is changed.**") + " " + sentence
    values = {
        "name": name,
        "decision": t(DECISION[check.decision or Decision.GO_ON]),
        "reason": check.reason,
    }
    blocks: list[Block] = [rich(sentence, block_id="decided", **values)]
    if step:
        blocks.append(rich(t("Next step: {step}"), block_id="decided_step", step=step))
    return Reply(notice(sentence, **values), blocks)


def decided(t: Translator, check: Check) -> Reply:
    """It stands in the thread; after a kind no there is a letter to write."""
    sentence = t("**The decision is written, and the others can read it in the thread.**")
    blocks: list[Block] = [rich(sentence, block_id="decide_done")]
    if check.decision is Decision.KINDLY_NO:
        way = t("The partner should hear it from you, and soon. I can help with the letter.")
        blocks += [
            rich(way, block_id="decide_letter"),
            row("decide_letter_buttons", begin_button(t, check.id)),
        ]
    return Reply(notice(sentence), blocks)


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
    shown = t("It becomes the partner's next step, and shows on your Home tab a week before.")
    return [
        InputBlock(
            plain(t("What must be found out?") if find_out else t("On what condition?")),
            PlainTextInput(
                name,
                initial_value=deciding.step or (suggested if find_out else "") or None,
                max_length=STEP_LENGTH,
            ),
            block_id=name,
        ),
        InputBlock(
            plain(t("Who takes care of it?")),
            UserMultiSelectMenu(
                WHO, initial_users=list(deciding.who) or None, max_selected_items=NAMED
            ),
            block_id=WHO,
            optional=not find_out,
        ),
        InputBlock(
            plain(t("By when?")),
            DatePicker(
                STEP_ON, initial_date=deciding.step_on.isoformat() if deciding.step_on else None
            ),
            hint=plain(shown) if on_card else None,
            block_id=STEP_ON,
        ),
    ]


def step_line(t: Translator, step: Step, names: Sequence[str]) -> str:
    """The step as one line: what, and who sees to it."""
    return f"{step.text} ({t.list(names)})" if names else step.text
