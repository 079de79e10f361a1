"""`partnerbot export`: the register to a file on this machine, logged as in Slack."""

from dataclasses import replace
from pathlib import Path

import typer

from bot.errors import UserError
from bot.export import NOTHING, Paper, Wanted, spelled
from bot.translation import Translator
from handlers.clock import Clock
from handlers.export_file import make
from handlers.shell import meant, new_file
from storage import export, export_log, partner_values
from storage import workspace as settings_of
from storage.database import Connection, Store
from storage.migrate import require_current


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
    now = Clock().now()
    with new_file(out) as unfinished:
        wanted, total, paper = await store.read(_prepared, team, wanted)
        number = await store.write(export_log.begin, team, wanted, by=None, at=now)
        with typer.progressbar(length=total, label="Partners") as bar:
            counts = await make(store, team, wanted, paper, unfinished, now=now, told=bar.update)
    await store.write(export_log.finish, team, number, counts)
    written = ", ".join(f"{count} {name}" for name, count in counts.items())
    typer.echo(f"{out}: {written}")


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
    )
    found = replace(wanted, filters=filters)
    total = export.count(conn, team, found)
    if not total and not found.ideas:
        raise UserError(NOTHING)
    library = settings_of.settings(conn, team)
    paper = Translator(library.language, library.timezone)
    return found, total, Paper(paper, library, {}, export.unwilling(conn, team))
