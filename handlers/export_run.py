"""`partnerbot export`: the register to a file on this machine, logged as in Slack."""

from dataclasses import replace
from pathlib import Path

import typer

from bot.errors import UserError
from bot.export import NOTHING, TITLE, Paper, Wanted, What, spelled
from bot.translation import Translator, mark
from handlers.clock import Clock
from handlers.export_file import make
from handlers.shell import language, meant, new_file, speaking
from storage import export, export_log, partner_values
from storage import workspace as settings_of
from storage.database import Connection, Store
from storage.migrate import require_current

_OTHERS = {
    "cards": mark("Address cards"),
    "addresses": mark("Addresses"),
    "elements": mark("Points in the drawing"),
    "ideas": mark("Checks of ideas without a partner"),
}


async def run(url: str, wanted: Wanted, out: Path, team: str | None) -> None:
    """Write what is wanted, with a bar of how far it is; where that fails nothing is left.

    Raises:
        UserError: the file cannot be written, the library is not clear, or nothing fits.
    """
    await require_current(url)
    store = await Store.open(url)
    try:
        await _run(store, wanted, out, team)
    finally:
        await store.close()


async def _run(store: Store, wanted: Wanted, out: Path, named: str | None) -> None:
    team = meant(await store.read(settings_of.teams), named)
    t = await language(store, team)
    now = Clock().now()
    with speaking(t), new_file(out) as unfinished:
        wanted, total, paper = await store.read(_prepared, team, wanted)
        number = await store.write(export_log.begin, team, wanted, by=None, at=now)
        with typer.progressbar(length=total, label=t(TITLE[What.PARTNERS])) as bar:
            counts = await make(store, team, wanted, paper, unfinished, now=now, told=bar.update)
    await store.write(export_log.finish, team, number, counts)
    typer.echo(f"{out} – {' · '.join(_counted(t, *each) for each in counts.items())}")


def _counted(t: Translator, name: str, count: int) -> str:
    """How much of a table, or of what a format has in place of rows."""
    title = TITLE[What(name)] if name in set(What) else _OTHERS[name]
    return t("{label}: {what}", label=t(title), what=t.number(count))


def _prepared(conn: Connection, team: str, wanted: Wanted) -> tuple[Wanted, int, Paper]:
    """The conditions as the register spells them, how many partners fit, and the wording.

    Colleagues are named by their ids: their names are in Slack, which this does not ask.
    """
    typed = wanted.filters
    filters = replace(
        typed,
        keywords=spelled(
            typed.keywords, partner_values.keywords(conn, team) if typed.keywords else ()
        ),
        branches=spelled(
            typed.branches, partner_values.branches(conn, team) if typed.branches else ()
        ),
        goals=spelled(typed.goals, settings_of.settings(conn, team).goals),
    )
    found = replace(wanted, filters=filters)
    total = export.count(conn, team, found)
    if not total and not found.ideas:
        raise UserError(NOTHING)
    library = settings_of.settings(conn, team)
    paper = Translator(library.language, library.timezone)
    return found, total, Paper(paper, library, {}, export.unwilling(conn, team))
