"""Where in a payload the judge stands, and what it says about that place."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Problem:
    """One fault: where (a JSON pointer), what (a machine word), in words, and the limit broken."""

    pointer: str
    code: str
    message: str
    constraint: object = None


class Place(NamedTuple):
    """A spot in a payload that is meant for `surface`: "message", "modal" or "home"."""

    pointer: str
    surface: str

    def __truediv__(self, key: str | int) -> "Place":
        step = str(key).replace("~", "~0").replace("/", "~1")
        return Place(f"{self.pointer}/{step}", self.surface)

    def refuse(self, code: str, sentence: str, constraint: object = None) -> Problem:
        """Name a fault here, in the form of Slack's `response_metadata.messages`."""
        message = f"{sentence} [json-pointer:{self.pointer}]"
        return Problem(self.pointer, code, message, constraint)
