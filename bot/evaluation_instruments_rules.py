"""What a question or an instrument of a library's own making must pass before it is stored."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import guard
from bot.errors import UserError
from bot.evaluation_instruments import ITSELF, Put, Puts, questions_of, themes
from bot.evaluation_questions import Answers
from bot.text import fold
from bot.tjek_questions_rules import TEXT_LENGTH, WHY_LENGTH

# Two minutes are ten seconds for each; longer ones people begin and do not finish. The criteria
# are not counted: they come once a year, on a page of their own, and are in place or not.
MOST_ASKED = 12
# Switched off or not: as many as a view of Slack's has room for, with what stands around them.
MOST_KEPT = 40
MOST_INSTRUMENTS = 20
# One of several that stand beside each other, in a list and over a figure.
NAME_LENGTH = 40
THEME_LENGTH = 24

OTHER = "{other}"  # the partner's name, and to the partner the library's
_BRACES = re.compile(r"[{}]")

LENGTH: Mapping[str, int] = {
    **dict.fromkeys(("text_da", "text_en"), TEXT_LENGTH),
    **dict.fromkeys(("why_da", "why_en"), WHY_LENGTH),
}
LENGTH_OF_ITSELF: Mapping[str, int] = {
    **LENGTH,
    **dict.fromkeys(("text_da", "text_en"), NAME_LENGTH),
}


def checked(put: Put, puts: Puts) -> Put:
    """It as it may be stored among the others, its texts cleaned.

    Raises:
        UserError: with the name of the field; the Danish or the theme is missing, a text is too
            long, has a CPR number or stray brackets, two are alike, or too many or too few
            questions are left.
    """
    if put.question_id == ITSELF:
        return _checked_instrument(put, puts)
    tidy = replace(_tidied(put, LENGTH), theme=_theme(put))
    others = [one for one in questions_of(puts, put.instrument_id) if one.key != put.key]
    _check_alike(tidy, others)
    _check_number(tidy, others)
    return tidy


def _checked_instrument(put: Put, puts: Puts) -> Put:
    tidy = _tidied(put, LENGTH_OF_ITSELF)
    others = [one for one in puts.values() if one.question_id == ITSELF and one.key != put.key]
    _check_alike(tidy, others)
    if len(others) >= MOST_INSTRUMENTS:
        raise UserError(
            "There are {limit} instruments already, and there is room for no more. Edit one that "
            "you do not use.",
            field="text_da",
            limit=MOST_INSTRUMENTS,
        )
    return tidy


def _tidied(put: Put, length: Mapping[str, int]) -> Put:
    texts: dict[str, Any] = {
        name: _tidy(name, getattr(put, name), limit) for name, limit in length.items()
    }
    return replace(put, **texts)


def _tidy(name: str, typed: str, limit: int) -> str:
    text = guard.line(typed, field=name, limit=limit)
    if name.endswith("_da") and not fold(text):
        raise UserError("Write this in Danish. The English may wait.", field=name)
    if _BRACES.search(text.replace(OTHER, "")):
        raise UserError(
            "Curly brackets stand only in {other}, which becomes the other side's name. Take the "
            "others out.",
            field=name,
            other=OTHER,
        )
    return text


def _theme(put: Put) -> str:
    """The theme as it is stored; a new one that is called as a shipped one is that."""
    if not put.own or put.theme in themes():
        return put.theme
    name = guard.line(put.theme, field="theme", limit=THEME_LENGTH)
    if not fold(name):
        raise UserError("Choose a theme, or write a new one.", field="theme")
    for theme, known in themes().items():
        if fold(name) in (fold(known.da), fold(known.en)):
            return theme
    return name


def _check_alike(put: Put, others: list[Put]) -> None:
    if put.on and fold(put.text_da) in {fold(other.text_da) for other in others if other.on}:
        raise UserError("There is one that says just that. Write it otherwise.", field="text_da")


def _check_number(put: Put, others: list[Put]) -> None:
    asked = [one for one in (*others, put) if one.on]
    if not asked:
        raise UserError("There must be a question left to ask. Leave this one on.", field="choices")
    if sum(one.answers is Answers.FIVE for one in asked) > MOST_ASKED and put.on:
        raise UserError(
            "There are {limit} questions already, and more do not fit into two minutes. Switch "
            "another one off first.",
            field="choices",
            limit=MOST_ASKED,
        )
    if len(others) >= MOST_KEPT:
        raise UserError(
            "There are {limit} questions with those that are switched off, and there is room for "
            "no more. Edit one of them.",
            field="text_da",
            limit=MOST_KEPT,
        )
