"""A question about a partner, and its answers as the library calls them."""

from bot.partner import Kind, Purpose, Room
from bot.translation import Translator, mark
from bot.words import AGE, PURPOSE, called
from bot.workspace import Workspace

# By the field of Partner.
QUESTION = {
    "age_groups": mark("Who is {partner} mostly for?"),
    "kind": mark("What sort is {partner}?"),
    "rooms": mark("Which room does {partner} fit best?"),
    "keywords": mark("Which word fits {partner} best?"),
    "purposes": mark("What would we like to do with {partner}?"),
    "goals": mark("Which of our goals does {partner} help to reach?"),
    "branch": mark("Which of our branches or teams looks after {partner}?"),
    "responsible": mark("Who is responsible for {partner}?"),
}


def name_of(t: Translator, library: Workspace, field: str, value: str) -> str:
    """An answer as the library calls it."""
    match field:
        case "kind":
            return called(t, library, Kind(value))
        case "rooms":
            return called(t, library, Room(value))
        case "age_groups":
            return t(AGE.get(value, value))
        case "purposes":
            return t(PURPOSE[Purpose(value)])
        case _:
            return value
