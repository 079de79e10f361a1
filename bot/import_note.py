"""A note of a file put together with the one that stands there already."""

from bot.errors import UserError
from bot.guard import NOTE_LENGTH
from bot.text import fold
from bot.translation import mark

_NO_ROOM = mark(
    "There is no room for the note below the one on the card: together they have {length}"
    " characters, and there is room for {limit}. Shorten one of them."
)


def below(known: str, more: str) -> str:
    """Both, one below the other, or one where it holds the other already; raises UserError."""
    if _holds(known, more):
        return known
    if not known or _holds(more, known):
        return more
    both = f"{known}\n\n{more}"
    if len(both) > NOTE_LENGTH:
        raise UserError(_NO_ROOM, length=len(both), limit=NOTE_LENGTH)
    return both


def _holds(text: str, part: str) -> bool:
    """Whether all lines of the part stand in it, after each other."""
    all_lines, its_lines = (
        "\n".join(filter(None, map(fold, each.splitlines()))) for each in (text, part)
    )
    return f"\n{its_lines}\n" in f"\n{all_lines}\n"
