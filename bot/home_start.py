"""Five questions to a library at its beginning, and what its answers lead on to.

Those that a course in partnerships asks of its participants beforehand: which there are, which are
wanted, why, what is difficult, and where. The answers are the library's own words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot import guard
from bot.edits import edited_text
from bot.errors import UserError
from bot.translation import mark

# Five of them with their questions fit into one field of Slack's, to be copied at once.
LENGTH = 450
# So many of those named can be added with a click each; the register takes the others too.
MOST_NAMED = 5

_NOTHING = mark("Answer at least one of them. A line is enough.")
_LINES = re.compile(r"[\n;•]+")
_LONG = 60  # characters: what is longer is a sentence and no name


# So few fit on one page of a list: a library with fewer is at its beginning.
FEW_PARTNERS = 20


class Start(StrEnum):
    """Where the five questions stand on somebody's Home."""

    HIDDEN = "hidden"
    TO_ANSWER = "to_answer"
    ANSWERED = "answered"


class Question(StrEnum):
    """What is asked."""

    NOW = "now"
    WANTED = "wanted"
    WHY = "why"
    CHALLENGES = "challenges"
    AREA = "area"


@dataclass(frozen=True)
class Draft:
    """The form: what its fields hold, and what was stored when it was shown.

    `apart`: where a colleague has written something else meanwhile; it is among what is stored.
    """

    answers: Mapping[Question, str]
    stored: Mapping[Question, str]
    apart: tuple[Question, ...] = ()


def standing(*, coordinates: bool, has_own: bool, answered: bool, many: bool) -> Start:
    """For who leads the way, and for who has no partner yet; `many`: of FEW_PARTNERS and more.

    The answers stay to be read when the library has left its beginning.
    """
    if has_own and not coordinates:
        return Start.HIDDEN
    if answered:
        return Start.ANSWERED
    return Start.HIDDEN if many else Start.TO_ANSWER


def answers(typed: Mapping[Question, str]) -> dict[Question, str]:
    """The answers as they may be stored; one that is empty is none.

    Raises:
        UserError: with the name of the field; nothing is answered, or one holds what it must not.
    """
    kept = {}
    for question in Question:
        said = typed.get(question, "").strip()
        if said:
            fits = guard.within(said, field=question, limit=LENGTH)
            kept[question] = guard.without_cpr(fits, field=question)
    if not kept:
        raise UserError(_NOTHING, field=Question.NOW)
    return kept


def put_together(
    shown: Mapping[Question, str], mine: Mapping[Question, str], stored: Mapping[Question, str]
) -> Draft:
    """My answers with those of a colleague who was faster; `shown`: stamps, as in edits.py.

    Where both of us have written, mine stands in the field.
    """
    fields, apart = dict(mine), []
    for question in Question:
        own, theirs = mine.get(question, ""), stored.get(question, "")
        holds = edited_text(shown[question], own, theirs)
        if holds is None:
            apart.append(question)
        else:
            fields[question] = holds
    answered = {question: fields[question] for question in Question if fields.get(question)}
    return Draft(answered, stored, tuple(apart))


def named(answer: str) -> list[str]:
    """The names in the answer to the first, from its lines, or between the commas of one."""
    pieces = [piece for line in _LINES.split(answer) for piece in _apart(line)]
    names = (piece.strip(" \t-–*.") for piece in pieces)
    return list(dict.fromkeys(name for name in names if 1 < len(name) <= _LONG))


def _apart(line: str) -> list[str]:
    """Between commas, where each piece begins as a name does; a sentence stays whole."""
    pieces = [piece.strip(" \t-–*") for piece in line.split(",")]
    return pieces if all(piece[:1].isupper() or piece[:1].isdigit() for piece in pieces) else [line]
