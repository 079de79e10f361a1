"""What the responsible decides once the answers are shown: the ways, the form of an adjustment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from slackblocks import (
    Block,
    DatePicker,
    InputBlock,
    ModalView,
    PlainTextInput,
    UserMultiSelectMenu,
)

from bot.evaluation import Decision, Unanswered
from bot.evaluation_step import AGREED_LENGTH, MOST, STEP_LENGTH, Row, field
from bot.round import Round
from bot.text import capital
from bot.translation import Translator, mark
from handlers.views.parts import Reply, Typed, button, notice, plain, rich, row, small

GO_ON = "evaluation_go_on"
ADJUST = "evaluation_adjust"
MOVE = "evaluation_move"
END = "evaluation_end"
CORRECT = "evaluation_correct"
LATER = "evaluation_later"
MEETING = "evaluation_meeting"
SKIP = "evaluation_skip"
MORE = "evaluation_more_steps"
COPY = "evaluation_copy"

ADJUSTED = "evaluation_adjusted"  # callback id

STEP, ON, WHO, AGREED = "step", "on", "who", "agreed"  # block and action ids

WHO_LENGTH = 5  # colleagues for one step

_AGAIN = "correct"


@dataclass(frozen=True)
class Adjusting:
    """The form of an adjustment as far as it is filled in."""

    rows: tuple[Row, ...]
    agreed: str = ""


def ways(t: Translator, this: Round, *, corrects: bool = False) -> Block:
    """The four, below the answers; what was decided before is then put right."""
    value = value_of(this.id, corrects=corrects)
    return row(
        "evaluation_ways",
        button(t("Go on as now"), GO_ON, value),
        button(t("Adjust …"), ADJUST, value),
        button(t("Move in the circle …"), MOVE, value),
        button(t("Part on good terms …"), END, value),
    )


def ways_unanswered(t: Translator, this: Round, *, corrects: bool = False) -> Block:
    """The three where nobody answered."""
    value = value_of(this.id, corrects=corrects)
    return row(
        "evaluation_unanswered",
        button(t("Try again in a month"), LATER, value),
        button(t("Take it at a meeting"), MEETING, value),
        button(t("Skip it this time"), SKIP, value),
    )


def after_decision(t: Translator, this: Round) -> Block:
    """Below the decision in the thread."""
    return row("evaluation_decided", button(t("Change the decision"), CORRECT, str(this.id)))


def value_of(number: int, *, corrects: bool) -> str:
    """What a button's value carries."""
    return f"{number}:{_AGAIN}" if corrects else str(number)


def where(value: str) -> tuple[int, bool]:
    """Which round, and whether its decision is put right."""
    number, _, again = value.partition(":")
    return int(number), again.startswith(_AGAIN)


def correct_view(t: Translator, this: Round, words: str) -> ModalView:
    """What stands now, and what it may be instead."""
    unanswered = this.decision in set(Unanswered)
    offered = ways_unanswered if unanswered else ways
    told = t("The thread is told that the decision is changed.")
    if this.decision == Decision.ADJUST:
        told += " " + t(
            "The steps that you agreed on are taken off everybody's list, unless you adjust again."
        )
    if this.decision in (Decision.MOVE, Decision.END):
        told += " " + t(
            "Their place in the circle stays as it is. Move it on the card if it is to go back too."
        )
    return ModalView(
        plain(t("Change the decision")),
        [
            rich(
                t("It is decided: **{decision}**. What shall it be instead?"),
                block_id="evaluation_stands",
                decision=words,
            ),
            offered(t, this, corrects=True),
            small(told, "evaluation_told"),
        ],
        close=plain(t("Close")),
        callback_id="evaluation_correcting",
    )


def adjust_view(t: Translator, number: int, adjusting: Adjusting, *, corrects: bool) -> ModalView:
    """One step at first, and room for up to five."""
    rows = adjusting.rows
    blocks: list[Block] = []
    for place, one in enumerate(rows):
        blocks += _row(t, place, one)
    if len(rows) < MOST:
        blocks.append(row("more_steps", button(t("One more step"), MORE)))
    blocks.append(_agreed(t, adjusting.agreed))
    return ModalView(
        plain(t("What do we adjust?")),
        blocks,
        submit=plain(t("Write it in the thread")),
        close=plain(t("Close")),
        callback_id=ADJUSTED,
        private_metadata=value_of(number, corrects=corrects),
    )


def read_adjust(typed: Typed) -> Adjusting:
    """The form as far as it is filled in."""
    count = sum(1 for name in typed if name.startswith(f"{STEP}."))
    rows = tuple(
        Row(
            str(_element(typed, field(STEP, place)).get("value") or ""),
            _day(_element(typed, field(ON, place)).get("selected_date")),
            tuple(_element(typed, field(WHO, place)).get("selected_users") or ()),
        )
        for place in range(count)
    )
    return Adjusting(rows, str(_element(typed, AGREED).get("value") or ""))


def with_one_more(adjusting: Adjusting, blank: Row) -> Adjusting:
    """The form with another step to fill in."""
    return replace(adjusting, rows=(*adjusting.rows, blank)[:MOST])


def decided(t: Translator, this: Round, wished: Sequence[date] = ()) -> Reply:
    """It stands in the thread; the partner is to hear of it too.

    `wished` are days chosen for steps on which nobody works.
    """
    sentence = t("**The decision is written, and the others can read it in the thread.**")
    blocks: list[Block] = [rich(sentence, block_id="decide_done")]
    if wished:
        said = t("{days}: nobody works then, so the step is for the next working day.")
        days = capital(t.list(t.long_day(day) for day in wished))
        blocks.append(rich(said, block_id="decide_day", days=days))
    if this.decision not in set(Unanswered):
        way = t("The partner should hear what came of it. I have put the words together.")
        blocks += [
            rich(way, block_id="decide_copy"),
            row("decide_copy_buttons", button(t("See the mail"), COPY, str(this.id))),
        ]
    return Reply(notice(sentence), blocks)


_LABELS = (
    mark("What do we do differently?"),
    mark("The second step"),
    mark("The third step"),
    mark("The fourth step"),
    mark("The fifth step"),
)


def _row(t: Translator, place: int, one: Row) -> list[Block]:
    first = place == 0
    step, who, on = (field(name, place) for name in (STEP, WHO, ON))
    told = t(
        "Whoever you choose hears of it from me, in the weekly message at the latest, and has it"
        " on their Home tab."
    )
    return [
        InputBlock(
            plain(t(_LABELS[place])),
            PlainTextInput(step, initial_value=one.text or None, max_length=STEP_LENGTH),
            hint=plain(t("One line, such as: Send the plan for spring")) if first else None,
            block_id=step,
            optional=not first,
        ),
        InputBlock(
            plain(t("Who takes care of it?")),
            UserMultiSelectMenu(
                who, initial_users=list(one.who) or None, max_selected_items=WHO_LENGTH
            ),
            hint=plain(told) if first else None,
            block_id=who,
            optional=not first,
        ),
        InputBlock(
            plain(t("By when?")),
            DatePicker(on, initial_date=one.on.isoformat() if one.on else None),
            block_id=on,
            optional=not first,
        ),
    ]


def _agreed(t: Translator, text: str) -> Block:
    return InputBlock(
        plain(t("What else did you agree on?")),
        PlainTextInput(
            AGREED, initial_value=text or None, multiline=True, max_length=AGREED_LENGTH
        ),
        hint=plain(t("Everybody in the channel can read it.")),
        block_id=AGREED,
        optional=True,
    )


def _element(typed: Typed, name: str) -> Mapping[str, Any]:
    return typed.get(name, {}).get(name, {})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
