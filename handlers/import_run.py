"""`partnerbot import`: a file on this machine read in, by the same rules as in Slack."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import typer

from bot.errors import UserError
from bot.import_choice import Choice
from bot.import_fields import FIELDS
from bot.import_plan import Plan
from bot.import_record import Words
from bot.import_refused import write as write_refused
from bot.import_sheet import Columns, others
from bot.translation import Translator, mark
from handlers.clock import Clock
from handlers.import_left_out import file_name
from handlers.import_read import (
    Found,
    Prepared,
    Source,
    carry_out,
    opened,
    origin_of,
    prepare,
)
from handlers.shell import meant, new_file, speaking, whose
from handlers.views.import_change import sentences
from handlers.views.import_preview import counted
from storage import import_register, partner_values, workspace
from storage.database import Store
from storage.import_batch import Origin
from storage.migrate import require_current

_NO_FILE = mark("{file} cannot be read: {reason}.")
_BAD_MAP = mark("--map is written column=field, and “{given}” is not.")

_STEPS = 1
_SHOWN = 20  # of each sort, in a preview


@dataclass(frozen=True)
class Asked:
    """What was written on the command line; `by` is a Slack user id."""

    file: Path
    columns: tuple[str, ...] = ()  # column=field
    sheet: str | None = None
    choice: Choice = field(default_factory=Choice)
    dry_run: bool = False
    team: str | None = None
    by: str | None = None

    @property
    def source(self) -> Source:
        """The file; UserError where a correction of columns is not understood."""
        chosen = {}
        for given in self.columns:
            column, sign, name = given.partition("=")
            if not sign:
                raise UserError(_BAD_MAP, given=given)
            chosen[column.strip()] = name.strip()
        return Source(self.file, self.file.name, chosen, self.sheet)


async def read_in(url: str, asked: Asked) -> bool:
    """Read the file in, or only say what it would do; whether every row could be read in.

    Raises:
        UserError: the file cannot be read, or the library or the person is not clear.
    """
    source = asked.source
    await require_current(url)
    store = await Store.open(url)
    try:
        return await _run(store, asked, source)
    finally:
        await store.close()


async def _run(store: Store, asked: Asked, source: Source) -> bool:
    known = await store.read(workspace.teams)
    team = asked.team if asked.team and not known else meant(known, asked.team)
    # Slack is not asked here: colleagues are known by their ids, as an export writes them here.
    colleagues = {user: user for user in await store.read(partner_values.responsibles, team)}
    words = await store.read(import_register.words, team, colleagues)
    t = Translator(words.library.language, words.library.timezone)
    with speaking(t):
        return await _told(store, t, asked, source, team, words)


async def _told(
    store: Store, t: Translator, asked: Asked, source: Source, team: str, words: Words
) -> bool:
    by = whose(words.library, asked.by)
    now = Clock().now()
    origin = origin_of(t, team, by, now, source.name)
    columns, found = _read(t, source, words, now.astimezone(t.zone).date())
    with typer.progressbar(length=_STEPS, label=t("Comparing")) as bar:
        prepared = await prepare(store, team, found, asked.choice, origin.source)
        bar.update(_STEPS)
    plan = prepared.plan
    _show(t, plan)
    if asked.dry_run:
        typer.echo(t("Nothing was stored."))
    elif plan.does:
        await _store(store, t, found, asked, origin, prepared)
    if plan.left_out and not asked.dry_run:
        _write_left_out(t, asked.file, plan, columns)
    return not plan.left_out


async def _store(
    store: Store, t: Translator, found: Found, asked: Asked, origin: Origin, prepared: Prepared
) -> None:
    async def write(fn: Any, *args: Any, **how: Any) -> Any:  # noqa: ANN401 - whatever fn takes
        return await store.write(fn, origin.team, *args, **how)

    with typer.progressbar(length=_STEPS, label=t("Storing")) as bar:
        seen = prepared.plan.digest
        _, number = await carry_out(
            store, found, asked.choice, origin, write, seen, prepared=prepared
        )
        bar.update(_STEPS)
    said = t(
        "Import {number} is stored. It can be undone for thirty days, here with --undo and in"
        " Slack.",
        number=number,
    )
    typer.echo(said)


def _read(t: Translator, source: Source, words: Words, today: date) -> tuple[Columns | None, Found]:
    try:
        with opened(source, words) as file:
            _show_columns(t, file.columns)
            size = source.path.stat().st_size
            with typer.progressbar(length=size, label=t("Reading")) as bar:
                found = file.records(today, bar.update)
                bar.update(size - bar.pos)
            return file.columns, found
    except OSError as error:
        raise UserError(_NO_FILE, file=source.path, reason=error.strerror) from error


def _show_columns(t: Translator, columns: Columns | None) -> None:
    if columns and len(columns.sheets) > 1:
        said = t(
            "I read the sheet “{sheet}”. The file also has: {others}. Choose one with --sheet.",
            sheet=columns.title,
            others=others(columns.sheets, columns.title),
        )
        typer.echo(said)
    for column in columns.all if columns else ():
        taken = t(FIELDS[column.field].label) if column.field else "–"
        typer.echo(f"  {column.header} = {taken} ({t(column.why)})")


def _show(t: Translator, plan: Plan) -> None:
    for words in counted(t, plan):
        typer.echo(words)
    for step in plan.changed[:_SHOWN]:
        typer.echo(f"  {step.after.name}: {'; '.join(sentences(t, step))}")
    for one in plan.left_out[:_SHOWN]:
        typer.echo(f"  {one.number}: {' '.join(one.sentences(t))}")
    for row, why in plan.notes[:_SHOWN]:
        typer.echo(f"  {row}: {why.sentence(t)}")


def _write_left_out(t: Translator, file: Path, plan: Plan, columns: Columns | None) -> None:
    """Beside the file, under a name that is not there yet."""
    names = (file_name(t, f"{file.stem}{number}") for number in ("", *range(2, 1000)))
    out = next(path for name in names if not (path := file.with_name(name)).exists())
    with new_file(out) as unfinished, unfinished.open("wb") as to:
        write_refused(to, columns, plan.left_out, t)
    typer.echo(str(out))
