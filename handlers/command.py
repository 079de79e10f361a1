"""`/partner`: the table of subcommands says what follows; every other word is a search."""

from bot.text import fold, nearest
from bot.workspace_roles import Action
from handlers import home, partner
from handlers.command_table import SUBCOMMANDS, Subcommand, show_help
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import command as views

NAME = "/partner"

WORDS = {fold(word): row for row in SUBCOMMANDS for word in (row.word, *row.also)}


def register(desk: Desk) -> None:
    """Sign up."""
    desk.command(NAME, answer, Action.SEE_HOME)
    desk.action(views.HELP, show_help, Action.SEE_HOME)


async def answer(turn: Turn) -> None:
    """Read what follows /partner, and go where it belongs."""
    text = str(turn.body.get("text", "")).strip()
    first = next(iter(text.split(maxsplit=1)), "")
    rest = text[len(first) :].strip()  # of several lines where something was pasted
    row = _subcommand(text, first)
    if not text:
        await home.overview(turn)
    elif row is not None:
        turn.words = "" if row.alone else rest
        await turn.require(row.may)
        await row.handler(turn)
    else:
        await turn.require(Action.SEE_PARTNER)
        turn.words = text
        await partner.find(turn, _suggestion(first if not rest else ""))


def _subcommand(text: str, first: str) -> Subcommand | None:
    """By the whole line, for some words are two; or else by its first word."""
    row = WORDS.get(_bare(first))
    return WORDS.get(_bare(text)) or (None if row and row.alone else row)


def _bare(word: str) -> str:
    return fold(word).rstrip(".!,") or fold(word)


def _suggestion(typed: str) -> str | None:
    close = nearest(typed, list(WORDS)) if typed else None
    said = (word for row in SUBCOMMANDS for word in (row.word, *row.also))
    return next((word for word in said if fold(word) == close), None)
