"""What can follow `/partner`: the table of its subcommands."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.translation import mark
from bot.workspace_roles import Action
from handlers import (
    circle,
    circle_look,
    contact,
    contact_who,
    digest,
    duplicate,
    evaluation_lessons,
    export,
    goal,
    goal_gap,
    import_form,
    partner,
    partner_sort,
    privacy,
    report,
    tjek_start,
    workspace,
)
from handlers.turn import Turn
from handlers.views import command as views
from handlers.views.command import Entry


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
    alone: bool = False  # nothing may follow: with more words behind it, it is a search


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
        "mål",
        ("målene", "goals", "goal"),
        goal.begin,
        Action.SEE_PARTNER,
        mark("/partner goals"),
        mark("the library's goals, and which partners carry which"),
        rare=True,
    ),
    Subcommand(
        "cirkel",
        ("cirklen", "circle"),
        circle_look.begin,
        Action.SEE_PARTNER,
        mark("/partner circle"),
        mark("your partners in one picture: the circle, by sort or by room, and as A3"),
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
        "kvartal",
        ("ledelse", "quarter"),
        report.begin,
        Action.SEE_REPORT,
        mark("/partner quarter"),
        mark("one page of the quarter: what moved, what you said no to, what is to be decided"),
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
        "sortering",
        ("sorter", "sort"),
        partner_sort.begin,
        Action.SORT_PARTNERS,
        mark("/partner sort"),
        mark("five minutes of questions about what is missing. For the coordinator"),
        rare=True,
    ),
    Subcommand(
        "hvide pletter",
        ("hvid plet", "pletter", "hvide", "gaps", "gap"),
        goal_gap.begin,
        Action.SEE_GAPS,
        mark("/partner gaps"),
        mark("where something is missing, and who could be a start"),
        rare=True,
        alone=True,
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
