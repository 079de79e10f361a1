"""A kind no: a draft that says it honestly, with reasons prepared for outside the house.

The writer chooses; the answers only suggest, and no colleague's note is ever in it. It promises
nothing but what the bot will remind of. Nothing of the letter is stored.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Annotated

from pydantic import StringConstraints

from bot import guard
from bot.errors import UserError
from bot.partner import ContactPerson, Partner, RelationType
from bot.privacy import Standing
from bot.questions import Bilingual, Id, Item, QuestionSet, Sentence, parse_as, text_of
from bot.text import fold
from bot.tjek import Answer, Check, Decision
from bot.translation import mark

# A third reason reads as an excuse.
MOST_REASONS = 2
# One line of the letter.
LINE_LENGTH = 200
# Programmes are laid twice a year: by then there has been another one to find room in.
ASK_AGAIN_MONTHS = 9
# What is promised for later than that, nobody here remembers the reason of.
LONGEST = timedelta(days=3 * 366)

_FILE = "tjek_letter"
_OPTION = 75  # characters of a menu's option in Slack

_NOT_A_NO = mark("This check was not decided with a friendly no, so there is no letter to write.")


class _Option(Bilingual):
    da: Annotated[Sentence, StringConstraints(max_length=_OPTION)]
    en: Annotated[Sentence, StringConstraints(max_length=_OPTION)]


class Reason(Item):
    """A reason as it is said to a partner, and what could change the answer."""

    id: Id
    questions: tuple[Id, ...]  # whose no suggests it
    reason: _Option
    change: Bilingual | None = None


class Reasons(Item):
    """The file."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Wishes:
    """What the letter is to say, and to whom."""

    reasons: tuple[str, ...]  # ids
    liked: str = ""
    change: str = ""  # empty: what belongs to the reasons
    person_id: int = 0  # 0: to nobody by name
    again: date | None = None  # when we look at the idea again


@cache
def reasons() -> Mapping[str, Reason]:
    """What can be said, by id; raises QuestionsError where the file is bad."""
    return {
        reason.id: reason for reason in parse_as(Reasons, text_of(_FILE), f"{_FILE}.yaml").reasons
    }


def suggested(questions: QuestionSet, sheets: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The ids of the reasons that the no's lead to: hard stops first, then what most said no to.

    `sheets` are answers by question id. What no reason is made for leads to the last one.
    """
    noes = Counter(name for sheet in sheets for name, said in sheet.items() if said == Answer.NO)
    asked = [question for question in questions.questions if noes[question.id]]
    asked.sort(key=lambda question: (not question.stop, -noes[question.id]))
    of_question = {name: reason.id for reason in reasons().values() for name in reason.questions}
    *_, last = reasons()
    return tuple(dict.fromkeys(of_question.get(question.id, last) for question in asked))


def check_is_no(check: Check) -> None:
    """Raise UserError unless the check was decided with a kind no."""
    if check.decision is not Decision.KINDLY_NO:
        raise UserError(_NOT_A_NO)


def to_write_to(partner: Partner, standings: Mapping[int, Standing]) -> tuple[ContactPerson, ...]:
    """The partner's persons who have a name and do not wish to be left alone."""
    return tuple(
        person
        for person in partner.people
        if fold(person.name) and not standings.get(person.id, Standing()).no_contact
    )


def asked_again(partner: Partner | None) -> bool:
    """Whether a day can be promised: only partners who have a place in the circle are asked of."""
    return partner is not None and partner.relation_type is RelationType.PARTNER


def default_again(today: date) -> date:
    """The first of a month, ASK_AGAIN_MONTHS ahead or a little more."""
    months = today.year * 12 + today.month - 1 + ASK_AGAIN_MONTHS + (today.day > 1)
    return date(months // 12, months % 12 + 1, 1)


def checked(wishes: Wishes, today: date) -> Wishes:
    """The wishes as a letter can be made from them, their texts cleaned.

    Raises:
        UserError: with the name of the field; no reason or too many, a day that is not to come or
            too far off, a text too long or with a CPR number.
    """
    if not 1 <= len(wishes.reasons) <= MOST_REASONS:
        raise UserError("Choose one reason or two.", field="reasons")
    return replace(
        wishes,
        again=checked_day(wishes.again, today) if wishes.again else None,
        liked=guard.line(wishes.liked, field="liked", limit=LINE_LENGTH),
        change=guard.line(wishes.change, field="change", limit=LINE_LENGTH),
    )


def checked_day(day: date | None, today: date) -> date:
    """The day to ask again on.

    Raises:
        UserError: with the field's name; there is none, it is not to come, or too far off.
    """
    if day is None or day <= today:
        raise UserError("Choose a day in the future, or none.", field="again")
    if day - today > LONGEST:
        raise UserError("That is too far off to promise. Choose an earlier day.", field="again")
    return day
