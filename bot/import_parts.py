"""A cell that lists several values, taken apart."""

import re
from collections.abc import Mapping
from typing import Any

from bot.text import fold

_BETWEEN = re.compile(r"[;|\n]")
_QUOTED = re.compile(r'(?:(?<=[,;|\n])|^)\s*"((?:[^"]|"")+)"\s*(?=[,;|\n]|$)')


def parts(text: str, known: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of a cell that lists several.

    A comma inside one of the known words is its own, and so is one between quotation marks.
    """
    found: list[str] = []
    after = 0
    for quoted in _QUOTED.finditer(text):
        found += _unquoted(text[after : quoted.start()], known)
        found.append(quoted[1].replace('""', '"').strip())
        after = quoted.end()
    return tuple(filter(None, [*found, *_unquoted(text[after:], known)]))


def _unquoted(text: str, known: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for stretch in _BETWEEN.split(text):
        left = [part.strip() for part in stretch.split(",")]
        while left:
            longest = next(
                (n for n in range(len(left), 1, -1) if fold(", ".join(left[:n])) in known), 1
            )
            found.append(", ".join(left[:longest]))
            left = left[longest:]
    return found
