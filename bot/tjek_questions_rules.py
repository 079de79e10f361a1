"""What a question of a library's own making must pass before it is stored among the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import guard
from bot.errors import UserError
from bot.text import fold
from bot.tjek_questions import Put

# Read in one breath, on a telephone too.
TEXT_LENGTH = 150
WHY_LENGTH = 200
# One or two words, several of which stand beside each other in a result.
SHORT_LENGTH = 24
# Switched off or not. A longer page is scrolled through without being read.
MOST_ON_A_PAGE = 15
# The short check is for one minute.
MOST_IN_THE_SHORT_CHECK = 10

# The texts, and how long each may be.
LENGTH = {
    **dict.fromkeys(("text_da", "text_en"), TEXT_LENGTH),
    **dict.fromkeys(("why_da", "why_en"), WHY_LENGTH),
    **dict.fromkeys(("short_da", "short_en"), SHORT_LENGTH),
}


def checked(put: Put, puts: Mapping[str, Put]) -> Put:
    """The question as it may be stored among the others, its texts cleaned.

    Raises:
        UserError: with the name of the field; the Danish is missing, a text is too long or has a
            CPR number, two have one short name, or too many or too few questions are left.
    """
    texts: dict[str, Any] = {name: _tidy(put, name) for name in LENGTH}
    tidy = replace(put, **texts)
    others = [other for other in puts.values() if other.question_id != put.question_id]
    after = [*others, tidy]
    for check in (_check_names, _check_page, _check_asked, _check_short):
        check(tidy, after)
    return tidy


def _tidy(put: Put, name: str) -> str:
    text = guard.line(getattr(put, name), field=name, limit=LENGTH[name])
    if name.endswith("_da") and not fold(text):
        raise UserError("Write this in Danish. The English may wait.", field=name)
    return text


def _check_names(put: Put, after: Sequence[Put]) -> None:
    """One name for two questions cannot be told apart in a result."""
    names = Counter(fold(other.short_da) for other in after if other.on)
    if put.on and names[fold(put.short_da)] > 1:
        raise UserError("Another question has that short name. Find another.", field="short_da")


def _check_page(put: Put, after: Sequence[Put]) -> None:
    if sum(other.page == put.page for other in after) > MOST_ON_A_PAGE:
        raise UserError(
            "There are {limit} questions on that page already, and it has room for no more. "
            "Edit one that is switched off.",
            field="page",
            limit=MOST_ON_A_PAGE,
        )


def _check_asked(_put: Put, after: Sequence[Put]) -> None:
    if not any(other.on for other in after):
        raise UserError("There must be a question left to ask. Leave this one on.", field="choices")


def _check_short(_put: Put, after: Sequence[Put]) -> None:
    short = sum(other.on and other.short_check for other in after)
    if not short:
        raise UserError(
            "There must be a question left in the short check. Put another one in it first.",
            field="choices",
        )
    if short > MOST_IN_THE_SHORT_CHECK:
        raise UserError(
            "There are {limit} questions in the short check already. Take another one out first.",
            field="choices",
            limit=MOST_IN_THE_SHORT_CHECK,
        )
