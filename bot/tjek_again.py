"""The same partner checked again: what is seen differently than last time."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.questions import Question
from bot.tjek import Answer, Check, asked
from bot.tjek_read_in import answers_of, apart
from bot.tjek_round import Outcome, only_answer


class Apart(StrEnum):
    """In place of an answer, where those who answered saw it differently."""

    APART = "apart"


View = Answer | Apart
Views = Mapping[str, View]  # by question id, those that were answered


@dataclass(frozen=True)
class Changed:
    """One question that is seen differently now."""

    question: Question  # as it is put now
    before: View
    now: View


@dataclass(frozen=True)
class Again:
    """What has become of the former check's answers."""

    former: Check
    changed: tuple[Changed, ...]
    same: int  # questions that are answered as last time


def view_of_one(check: Check) -> Views:
    """How the one who made the check alone saw it; or several, of one that was read in."""
    return {
        **answers_of(check).answers,
        **{question.id: Apart.APART for question in apart(check)},
    }


def view_of_all(outcome: Outcome) -> Views:
    """How a round saw it: an answer where all agree, and where they do not, just that."""
    agreed = (
        (outcome.speaks_for, Answer.YES),
        (outcome.speaks_against, Answer.NO),
        (outcome.partly, Answer.PARTLY),
        (outcome.find_out, Answer.UNKNOWN),
    )
    seen: dict[str, View] = {q.id: answer for questions, answer in agreed for q in questions}
    if outcome.answered == 1:  # then it is her view that stands
        seen |= {point.question.id: only_answer(point) for point in outcome.not_all}
    return seen | {point.question.id: Apart.APART for point in outcome.apart}


def again(check: Check, now: Views, former: Check, before: Views) -> Again | None:
    """What changed, in the order asked; None where no question was answered both times.

    A question whose words the library has changed meanwhile is another question.
    """
    then = {question.id: question.text for question in asked(former).questions}
    both = [
        question
        for question in asked(check).questions
        if question.id in now and question.id in before and then.get(question.id) == question.text
    ]
    if not both:
        return None
    changed = tuple(
        Changed(question, before[question.id], now[question.id])
        for question in both
        if before[question.id] != now[question.id]
    )
    return Again(former, changed, len(both) - len(changed))
