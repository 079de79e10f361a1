"""Rows in which somebody stands who was anonymised: told of by their numbers, never sent again.

A row that is not read in goes back to the coordinator in a file. That file would be a new copy of
what was forgotten, and nobody would delete it: it is made after the forgetting.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise

from bot.identifiers import phone
from bot.import_draft import Register
from bot.import_record import Cell, Line, Reason, Refused
from bot.partner import ContactPerson, Partner
from bot.privacy import tombstones
from bot.translation import mark

_TAKE_OUT = mark(
    "Somebody in this row has been anonymised, so I do not send the row itself. Find it in your own"
    " file, take the person out, and read it in again."
)

# Texts of a row. Each is tried as a person at each as an organisation; a row with more of them, all
# of a partner from our own JSON with a long past, counts as one in which somebody may stand.
_MOST = 80
_SHORTEST_NUMBER = 8  # digits
_NO_DIGIT = re.compile(r"[^\d+]")
_BETWEEN = re.compile(r"[,;:/|<>()\"\n]")


def stands_in(refused: Refused, register: Register) -> bool:
    """Whether somebody forgotten may stand in the rows: by mail, telephone, or name and place."""
    return bool(register.forgotten) and any(_marked(line, register) for line in refused.lines)


def bare(refused: Refused) -> Refused:
    """The same without its cells, and without reasons that repeat what stood in them."""
    return Refused(tuple(Line(line.number, ()) for line in refused.lines), (Reason(_TAKE_OUT),))


def _marked(line: Line, register: Register) -> bool:
    whole = [text for cell in line.cells for text in _strings(cell)]
    parts = (part.strip() for text in whole for part in _parts(text))
    texts = tuple(dict.fromkeys(filter(None, (*whole, *parts))))
    if len(texts) > _MOST:
        return True
    place = Partner("", other_names=texts)
    full = (" ".join(pair) for pair in pairwise(whole))  # first and last name in a cell each
    persons = (ContactPerson(text, email=text, phone=_phone(text)) for text in (*texts, *full))
    return not register.forgotten.isdisjoint(tombstones(register.team, place, *persons))


def _strings(value: Cell | object) -> Iterator[str]:
    """The texts in a cell, which may hold a partner of our own JSON."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            yield str(value)
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _phone(text: str) -> str:
    """As the register would have it, where the text has enough digits for a number."""
    digits = _NO_DIGIT.sub("", text)
    return phone(digits) if len(digits) >= _SHORTEST_NUMBER else ""


def _parts(text: str) -> Iterator[str]:
    """Several addresses or numbers in a cell, each by itself."""
    for part in _BETWEEN.split(text):
        yield part
        yield from (word for word in part.split() if "@" in word)
