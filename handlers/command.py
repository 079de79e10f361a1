"""`/partner`: one table of subcommands; every other word is a search."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.text import fold, nearest
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import (
    circle,
    contact,
    contact_who,
    digest,
    duplicate,
    evaluation_lessons,
    export,
    home,
    import_form,
    partner,
    privacy,
    tjek_start,
    workspace,
)
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import command as views
from handlers.views.command import Entry

NAME = "/partner"


@dataclass(frozen=True)
class Subcommand:
    """A word after /partner: the Danish one, others for the same, what it does, and its help."""

    word: str
    also: tuple[str, ...]
    handler: Callable[[Turn], Awaitable[None]]
    may: Action
    example: str  # how it is written, a msgid with the English word
    help: str  # a msgid
    rare: bool = False  # left out of the hint that Slack shows while one types


async def show_help(turn: Turn) -> None:
    """`/partner hjælp`."""
    entries = [Entry(row.example, row.help) for row in SUBCOMMANDS]
    await turn.reply(views.help_reply(turn.t, entries))


SUBCOMMANDS = (
    Subcommand(
        "kontakt",
        ("notér", "contact", "note"),
        contact.begin,
        Action.NOTE_CONTACT,
        mark("/partner contact Springbræt talked with Anne about spring"),
        mark("note a contact in one line"),
    ),
    Subcommand(
        "hvem",
        ("who",),
        contact_who.who,
        Action.WHO_KNOWS,
        mark("/partner who homework help"),
        mark("who here knows somebody? By name or topic"),
    ),
    Subcommand(
        "ny",
        ("tilføj", "new", "add"),
        partner.begin_adding,
        Action.ADD_PARTNER,
        mark("/partner new Springbræt"),
        mark("add a partner. You may paste a mail signature"),
    ),
    Subcommand(
        "tjek",
        ("check",),
        tjek_start.begin,
        Action.CHECK,
        mark("/partner check Springbræt"),
        mark("should we go into this? Page by page, or a short check in a minute"),
    ),
    Subcommand(
        "venner",
        ("friends",),
        digest.preview,
        Action.SEE_PARTNER,
        mark("/partner friends"),
        mark("what the next Friends of the house would tell, for your eyes only"),
        rare=True,
    ),
    Subcommand(
        "erfaringer",
        ("lessons",),
        evaluation_lessons.begin,
        Action.SEE_PARTNER,
        mark("/partner lessons"),
        mark("what the year's evaluations have taught you, and what was done about it"),
        rare=True,
    ),
    Subcommand(
        "niveau",
        ("level",),
        circle.begin,
        Action.MOVE_PARTNER,
        mark("/partner level Springbræt"),
        mark("move a partner in the circle: network, collaboration, partnership"),
        rare=True,
    ),
    Subcommand(
        "indstillinger",
        ("sprog", "settings", "language"),
        workspace.open_settings,
        Action.OWN_SETTINGS,
        mark("/partner settings"),
        mark("your own settings; for the coordinator the library's too"),
        rare=True,
    ),
    Subcommand(
        "oplysninger",
        ("indsigt", "privacy", "gdpr"),
        privacy.begin,
        Action.SEE_UNINFORMED,
        mark("/partner privacy Anne Holm"),
        mark("all we have on a contact person, or who is still to be told. For the coordinator"),
        rare=True,
    ),
    Subcommand(
        "indlæs",
        ("hent", "import"),
        import_form.begin,
        Action.IMPORT_REGISTER,
        mark("/partner import"),
        mark("fetch your partners from a spreadsheet. For the coordinator"),
        rare=True,
    ),
    Subcommand(
        "eksport",
        ("udtræk", "export"),
        export.begin,
        Action.EXPORT_REGISTER,
        mark("/partner export"),
        mark("the register as a spreadsheet, a mail list and more. For the coordinator"),
        rare=True,
    ),
    Subcommand(
        "dubletter",
        ("dublet", "duplicates", "duplicate"),
        duplicate.begin,
        Action.SEE_DUPLICATES,
        mark("/partner duplicates"),
        mark("partners that may be here twice, and how to make two into one"),
        rare=True,
    ),
    Subcommand(
        "hjælp",
        ("mere", "help", "more", "?"),
        show_help,
        Action.SEE_HOME,
        mark("/partner help"),
        mark("this list"),
    ),
)

WORDS = {fold(word): row for row in SUBCOMMANDS for word in (row.word, *row.also)}


def register(desk: Desk) -> None:
    """Sign up."""
    desk.command(NAME, answer, Action.SEE_HOME)
    desk.action(views.HELP, show_help, Action.SEE_HOME)


async def answer(turn: Turn) -> None:
    """Read what follows /partner, and go where it belongs."""
    text = str(turn.body.get("text", "")).strip()
    first, _, rest = text.partition(" ")
    row = WORDS.get(_bare(first))
    if not text:
        await home.overview(turn)
    elif row is not None:
        turn.words = rest.strip()
        await turn.require(row.may)
        await row.handler(turn)
    else:
        await turn.require(Action.SEE_PARTNER)
        turn.words = text
        await partner.find(turn, _suggestion(first if not rest else ""))


def _bare(word: str) -> str:
    return fold(word).rstrip(".!,") or fold(word)


def _suggestion(typed: str) -> str | None:
    close = nearest(typed, list(WORDS)) if typed else None
    said = (word for row in SUBCOMMANDS for word in (row.word, *row.also))
    return next((word for word in said if fold(word) == close), None)
