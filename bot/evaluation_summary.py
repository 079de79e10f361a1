"""The result given back to the partner: the mail that a colleague copies, changes and sends.

It holds what both sides have answered, and never what a colleague wrote or who answered what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.evaluation import Decision
from bot.evaluation_decision import around
from bot.evaluation_every import every_line
from bot.evaluation_figures import Side, brought, in_place, rounded
from bot.evaluation_form import names_other, to_both
from bot.evaluation_questions import Answers, Question
from bot.evaluation_result import Result
from bot.evaluation_talk import Answered, Because, low_on_both
from bot.evaluation_talk import answered as answers_to
from bot.round_step import Step
from bot.translation import Translator


@dataclass(frozen=True)
class Facts:
    """What the mail tells."""

    answered: bool  # whether the partner did
    apart: tuple[Answered, ...] = ()  # what the two sides see differently
    low: tuple[Answered, ...] = ()  # what neither finds good
    well: tuple[Question, ...] = ()  # that both have answered, and everybody says 4 or 5 to
    alike_in_all: bool = True  # both have answered all that they see alike
    every: tuple[Answered, ...] = ()  # all questions; empty where our answers are not shown
    steps: tuple[Step, ...] = ()
    again: date | None = None  # when we ask next


@dataclass(frozen=True)
class Between:
    """Whom it goes to and comes from: names as the mail has them, empty where there is none."""

    person: str  # the first name of who gets it
    partner: str
    subject: str  # what we do together
    signed: str


def facts(result: Result, steps: Sequence[Step], again: date | None) -> Facts:
    """What of a result the partner is told, and what has come of it."""
    answered = bool(result.answered[Side.THEIRS])
    apart = tuple(talk.about for talk in result.to_talk_about if talk.because is Because.BETWEEN)
    questions, sides = result.held.evaluation.instrument.questions, brought(result.held)
    every = answers_to(questions, sides)
    ended = result.held.this.decision == Decision.END
    both = answered and bool(result.answered[Side.OURS]) and not result.ours_kept_back
    return Facts(
        answered,
        apart,
        low_on_both(questions, sides),
        tuple(one.question for one in result.going_well if len(one.sides) == len(Side)),
        all(any(one.counts[side].values()) for one in every for side in Side),
        every if both else (),
        tuple(steps),
        None if ended else again,
    )


def letter(t: Translator, of: Facts, between: Between, today: date) -> str:
    """The mail, in the translator's language."""
    parts = [
        _greeting(t, between),
        _opening(t, of, between),
        _apart(t, of),
        _low(t, of),
        _well(t, of),
        _every(t, of),
        _steps(t, of, today),
        t("We ask again {when}. Tell us before if there is anything.", when=_when(t, of, today))
        if of.again
        else "",
        t("Kind regards") + f"\n{between.signed}",
    ]
    return "\n\n".join(part for part in parts if part)


def _greeting(t: Translator, between: Between) -> str:
    if between.person:
        return t("Dear {name},", name=between.person)
    return t("Dear all at {organisation},", organisation=between.partner)


def _opening(t: Translator, of: Facts, between: Between) -> str:
    subject = between.subject or t("what we do together")
    if not of.answered:
        return t("We have looked at how it is going with {subject}.", subject=subject)
    return t("Thank you for your answers on how it is going with {subject}.", subject=subject)


def _apart(t: Translator, of: Facts) -> str:
    if of.apart:
        return "\n".join([t("This is what we see differently:"), *_each(t, of.apart)])
    alike = of.answered and of.well and not of.low
    if not alike:
        return ""
    if of.alike_in_all:
        return t("We see it much alike.")
    return t("Where we have both answered, we see it much alike.")


def _low(t: Translator, of: Facts) -> str:
    if not of.low:
        return ""
    first, last = (
        t("Here we are both at the low end:"),
        t("We would like to talk with you about it."),
    )
    return "\n".join([first, *_each(t, of.low), last])


def _each(t: Translator, said: Sequence[Answered]) -> list[str]:
    return [f"- {to_both(t, one.question)} {_given(t, one)}" for one in said]


def _given(t: Translator, one: Answered) -> str:
    ours, theirs = one.means[Side.OURS], one.means[Side.THEIRS]
    if one.question.answers is Answers.CRITERION:
        if in_place(ours) == in_place(theirs):
            return t("Both you and we say not yet.")
        if in_place(theirs):
            return t("You say yes, we say not yet.")
        return t("You say not yet, we say yes.")
    figures = {
        "ours": t.number(float(rounded(ours))),
        "theirs": t.number(float(rounded(theirs))),
    }
    if names_other(one.question):
        return t("We gave you {ours}, you gave us {theirs}.", **figures)
    return t("You gave {theirs}, we gave {ours}.", **figures)


def _well(t: Translator, of: Facts) -> str:
    if not of.well:
        return ""
    lines = [f"- {to_both(t, question)}" for question in of.well]
    return "\n".join([t("What is best: to this, you and we all answer 4 or 5 out of 5:"), *lines])


def _every(t: Translator, of: Facts) -> str:
    return "\n".join([t("All answers:"), *every_line(t, of.every)]) if of.every else ""


def _steps(t: Translator, of: Facts, today: date) -> str:
    if not of.steps:
        return ""
    lines = [
        "- " + t("{step}, by {day}", step=one.text, day=t.long_day(one.on, today))
        for one in of.steps
    ]
    return "\n".join([t("From now on:"), *lines])


def _when(t: Translator, of: Facts, today: date) -> str:
    return around(t, of.again, today) if of.again else ""
