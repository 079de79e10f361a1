"""Values with a form of their own: dates, times, numbers in strings, and the rules around them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from sandbox.limits import LIMITS
from sandbox.validation.places import Place, Problem
from sandbox.validation.shapes import Json, string

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

TIME: Final = string(LIMITS["text"], r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
NUMERAL: Final = string(LIMITS["text"], r"[+-]?[0-9]+(?:\.[0-9]+)?")


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def calendar_date(value: object, at: Place) -> Iterator[Problem]:
    """Accept a day that exists, as YYYY-MM-DD."""
    if not isinstance(value, str):
        yield at.refuse("wrong_type", "must be a string")
    elif not _is_date(value):
        yield at.refuse("invalid_format", "must be a date in the form YYYY-MM-DD", "YYYY-MM-DD")


def initial_fits(element: Json, at: Place) -> Iterator[Problem]:
    """Refuse an initial text that is longer than the input's own `max_length`."""
    most = element.get("max_length", LIMITS["plain_text_input.max_length"].most)
    if len(element.get("initial_value", "")) > most:
        sentence = f"must be less than {most + 1} characters"
        yield (at / "initial_value").refuse("too_long", sentence, most)


def numbers_agree(element: Json, at: Place) -> Iterator[Problem]:
    """Refuse min above max, an initial number outside them, and decimals where none are allowed."""
    given = {
        name: Decimal(element[name])
        for name in ("min_value", "initial_value", "max_value")
        if name in element
    }
    if list(given.values()) != sorted(given.values()):
        name = "initial_value" if "initial_value" in given else "min_value"
        sentence = "`min_value`, `initial_value` and `max_value` must ascend"
        yield (at / name).refuse("out_of_range", sentence)
    if element["is_decimal_allowed"]:
        return
    for name in given:
        if "." in element[name]:
            yield (at / name).refuse("invalid_format", "must be an integer")
