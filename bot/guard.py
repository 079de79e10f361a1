"""What a typed text must pass before it is stored, in every form: its length, and no CPR number.

Each returns the cleaned text or raises a UserError for `field`. Lengths are in characters.
"""

from bot.errors import UserError
from bot.text import clean, looks_like_cpr, one_line

# What a multi-line input of Slack takes.
NOTE_LENGTH = 3000


def line(text: str, *, field: str, limit: int) -> str:
    """A text on one line."""
    typed = one_line(text)
    return without_cpr(within(typed, field=field, limit=limit), field=field)


def note(text: str, *, field: str = "note") -> str:
    """A text of several lines, with room for NOTE_LENGTH characters."""
    typed = clean(text)
    if len(typed) > NOTE_LENGTH:
        raise UserError(
            "The note is too long ({length} characters, there is room for {limit}). "
            "It is still here; shorten it, or put the rest in a document.",
            field=field,
            length=len(typed),
            limit=NOTE_LENGTH,
        )
    return without_cpr(typed, field=field)


def within(text: str, *, field: str, limit: int) -> str:
    """The same text, unless it is too long."""
    if len(text) > limit:
        raise UserError(
            "This is too long ({length} characters, there is room for {limit}). "
            "It is still here; shorten it.",
            field=field,
            length=len(text),
            limit=limit,
        )
    return text


def without_cpr(text: str, *, field: str) -> str:
    """The same text, unless it holds what looks like a personal number."""
    if looks_like_cpr(text):
        raise UserError(
            "This looks like a CPR number, and it must not stand here. "
            "Take it out, and you can save.",
            field=field,
        )
    return text
