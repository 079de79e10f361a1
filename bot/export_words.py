"""Levels, kinds and rooms as they are typed in a shell: in the words of either language."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from bot.circle import Level
from bot.errors import UserError
from bot.export import Filters
from bot.partner import Kind, Room
from bot.text import fold
from bot.translation import Translator, mark
from bot.words import KIND, LEVEL, ROOM
from bot.workspace import Language

E = TypeVar("E", bound=StrEnum)

_UNKNOWN = mark("“{word}” is none of these: {known}.")


def level(text: str) -> Level:
    """A level by its name in English or Danish; raises UserError."""
    return _meant(text, LEVEL)


def kind(text: str) -> Kind:
    """A kind of partner, as level()."""
    return _meant(text, KIND)


def room(text: str) -> Room:
    """One of the four rooms, as level()."""
    return _meant(text, ROOM)


def _meant(text: str, names: Mapping[E, str]) -> E:
    speakers = [Translator(language) for language in Language]
    for value, name in names.items():
        if fold(text) in {fold(value), *(fold(t(name)) for t in speakers)}:
            return value
    danish = Translator(Language.DANISH)
    known = ", ".join(f"{value} ({danish(name)})" for value, name in names.items())
    raise UserError(_UNKNOWN, word=text, known=known)


def filters(**chosen: Sequence[Any] | None) -> Filters:
    """What was chosen, by the names of Filters; what was left out chooses everything."""
    return Filters(**{name: tuple(values or ()) for name, values in chosen.items()})
