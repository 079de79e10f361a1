"""A pasted signature taken apart: lines into pieces, with what their place tells about each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot import signature_words as known
from bot.signature_marks import Marks
from bot.text import clean, words

# A signature is some ten lines; more of a pasted correspondence than this is not read.
MOST_CHARACTERS = 5000

_QUOTED = re.compile(r"^(?:>\s?)+")
_DOUBLED_LINK = re.compile(r"(?<=\S)[<\[](?:mailto:|https?://)[^>\]\s]*[>\]]")
_BETWEEN = re.compile(r"\s*[|•·●▪■◦‣∙♦;()]\s*|\s+[-\u2013\u2014/]+\s+|,(?:\s+|$)|\s+v/\s*")
_AROUND = " *_.,:;|-\u2013\u2014/<>[]\"'"
_FEWEST_NAMES = 2


@dataclass(eq=False)
class Piece:
    """A part of a line between separators."""

    text: str
    line: int
    label: str = ""  # the field it says itself that it is
    above: bool = False  # belongs to the letter, not to the signature
    signed: bool = False  # the first after the greeting
    titled: bool = False  # a title follows it


def pieces(pasted: str, marks: Marks) -> list[Piece]:
    """Every piece that says something, in order; what has a form of its own goes into `marks`."""
    text = _DOUBLED_LINK.sub("", clean(pasted[:MOST_CHARACTERS].replace("\t", " | ")))
    letter: list[Piece] | None = None
    signature: list[Piece] = []
    for number, raw in enumerate(text.split("\n")):
        line = _QUOTED.sub("", raw).strip()
        own = _without_greeting(line)
        if own != line and letter is None:
            letter, signature = signature, []
        signature += _read(own, number, marks)
    if letter is None or not signature:
        return _linked(letter or signature)
    for piece in letter:
        piece.above = True
    signature[0].signed = True
    return letter + _linked(signature)


def _without_greeting(line: str) -> str:
    while greeting := known.GREETING.match(line):
        line = known.AFTER_GREETING.sub("", line[greeting.end() :])
    return line


def _read(line: str, number: int, marks: Marks) -> Iterator[Piece]:
    if known.NOISE.match(line):
        return
    if known.MAIL_HEADER.match(line):
        yield Piece(line, number, above=True)
        return
    left = known.PRONOUNS.sub("", marks.take(line))
    if known.SALUTATION.match(line):
        yield Piece(left.strip(_AROUND), number, above=True)
        return
    for part in _BETWEEN.split(left):
        text = part.strip(_AROUND)
        if words(text) and not known.BARE_LABEL.fullmatch(text):
            yield from _labelled(text, number)


def _labelled(text: str, number: int) -> Iterator[Piece]:
    for label, pattern in known.LABELS.items():
        if said := pattern.match(text):
            yield Piece(text[said.end() :], number, label)
            return
    for part in _split_title(text):
        yield Piece(part, number)


def _split_title(text: str) -> tuple[str, ...]:
    """A name and a title in one breath ("Formand Bo Lind") in two; all else as it is."""
    parts = text.split()
    for title, name in ((parts[:1], parts[1:]), (parts[-1:], parts[:-1])):
        told = " ".join(name)
        if (
            len(name) >= _FEWEST_NAMES
            and known.is_title(title[0])
            and known.name_words(told)
            and known.is_capitalised(name)
            and not known.is_title(told)
            and not known.is_organisation(told)
        ):
            return told, title[0]
    return (text,)


def _linked(found: list[Piece]) -> list[Piece]:
    for piece, following in pairwise(found):
        piece.titled = known.is_title(following.text)
    return found
