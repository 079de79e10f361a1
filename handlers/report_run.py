"""`partnerbot report`: the figures of a year, on the screen or in a file."""

from pathlib import Path

import typer

from bot.report_file import Form, form_of, written
from bot.report_year import checked_year
from bot.timetable import calendar_of
from handlers.clock import Clock
from handlers.shell import language, meant, new_file, speaking
from storage import report_life, report_year
from storage import workspace as settings_of
from storage.database import Store
from storage.migrate import require_current


async def run(
    url: str, year: int, out: Path | None = None, form: Form | None = None, team: str | None = None
) -> None:
    """Tell that year in the library's language.

    Raises:
        UserError: it has no figures, the library is not clear, or the file cannot be written.
    """
    await require_current(url)
    store = await Store.open(url)
    try:
        await _run(store, year, out, form, team)
    finally:
        await store.close()


async def _run(
    store: Store, number: int, out: Path | None, form: Form | None, named: str | None
) -> None:
    team = meant(await store.read(settings_of.teams), named)
    t = await language(store, team)
    library = await store.read(settings_of.settings, team)
    calendar = calendar_of(library)
    with speaking(t):
        wanted = form or (form_of(out.name) if out else Form.TEXT)
        since = await store.read(report_life.first_day, team)
        today = calendar.day(Clock().now())
        year = checked_year(number, calendar.day(since) if since else None, today, calendar)
        told = await store.read(report_year.told, team, year)
        text = written(t, told, library, wanted, today)
        if out is None:
            typer.echo(text, nl=False)
            return
        with new_file(out) as unfinished:
            unfinished.write_text(text, encoding="utf-8", newline="")
    typer.echo(str(out))
