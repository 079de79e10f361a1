"""What a partner's card says of its evaluations: the last one, and when it is asked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import Block, RichTextBlock, RichTextList, RichTextSection, SectionBlock

from bot.evaluation import Evaluation
from bot.evaluation_decision import around, decided_in_words
from bot.round import Round
from bot.round_step import Step
from bot.translation import Translator
from handlers.views.evaluation_result import result_button
from handlers.views.parts import People, line, plain, small

STEPS_SHOWN = 3  # on the card; the thread has them all


@dataclass(frozen=True)
class Evaluated:
    """The last evaluation whose answers were shown, and the day of the next; None: never.

    `steps` are those of it that are still to be done; `open_until` is the day on which the answers
    of one that is under way are shown.
    """

    last: tuple[Round, Evaluation] | None = None
    again: date | None = None
    steps: tuple[Step, ...] = ()
    open_until: date | None = None


def lines(t: Translator, of: Evaluated, today: date) -> list[Block]:
    """What is under way, then the last one, with the way to the answers and what is to be done."""
    if of.open_until is None:
        return _rests(t, of, today)
    said = t("An evaluation is under way until {day}.", day=t.long_day(of.open_until, today))
    return [small(said, "card_evaluation_open"), *(_rests(t, of, today) if of.last else [])]


def _rests(t: Translator, of: Evaluated, today: date) -> list[Block]:
    when = around(t, of.again, today) if of.again else ""
    if of.last is None:
        said = t("We ask how it is going {when}.", when=when)
        return [small(said, "card_evaluated")] if when else []
    this, evaluation = of.last
    words = decided_in_words(t, this)
    sentence = t("Last evaluated in {month}: {decision}.")
    if not words:
        sentence = t("Last evaluated in {month}. It is still to be decided what comes of it.")
    month = t.month((this.revealed_at or this.opened_at).astimezone(t.zone).date(), today)
    said = sentence.format(month=month, decision=words)
    said += " " + t("Next time: {when}.", when=when) if when else ""
    return [
        SectionBlock(
            plain(said),
            block_id="card_evaluated",
            accessory=result_button(t, evaluation.id, "card"),
        ),
        *_steps(t, of.steps, today),
    ]


def _steps(t: Translator, steps: Sequence[Step], today: date) -> list[Block]:
    if not steps:
        return []
    listed = [_step(t, one, today) for one in steps[:STEPS_SHOWN]]
    return [RichTextBlock([RichTextList("bullet", listed)], block_id="card_steps")]


def _step(t: Translator, one: Step, today: date) -> RichTextSection:
    """What came with a file is nobody's here."""
    who = tuple(user for user in one.who if user)
    sentence = t("{step} – {people}, by {day}") if who else t("{step}, by {day}")
    day = t.long_day(one.on, today)
    return line(sentence, step=one.text, people=People(who), day=day)
