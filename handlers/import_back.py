"""`partnerbot import --undo`: the last imports, and one of them taken back, on this machine."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import typer

from bot.errors import UserError
from bot.import_undo import UNDO, Imported
from bot.translation import Translator, mark
from handlers.clock import Clock
from handlers.import_read import take_back
from handlers.shell import agreed, meant, speaking, whose
from handlers.views.import_done import LISTED, taken_back, why
from handlers.views.import_form import summary
from storage import import_log, workspace
from storage.database import Store
from storage.import_batch import Origin
from storage.migrate import require_current

_NONE = mark("There is no import to undo: none was made in the last thirty days.")
_NOT_ONE = mark("None of these imports has the number {number}. Nothing was undone.")

_OFFERED = 20


async def undo(url: str, named: str | None, by: str | None) -> None:
    """List the imports that can be undone, ask which, and undo it.

    `named` is the library where there are several, `by` whose undoing it is; else it is that of the
    one whose import it was.

    Raises:
        UserError: there is none, another number was written, or it cannot be undone.
    """
    await require_current(url)
    store = await Store.open(url)
    try:
        await _run(store, meant(await store.read(workspace.teams), named), by)
    finally:
        await store.close()


async def _run(store: Store, team: str, by: str | None) -> None:
    library = await store.read(workspace.settings, team)
    t = Translator(library.language, library.timezone)
    with speaking(t):
        await _told(store, t, team, whose(library, by) if by else None)


async def _told(store: Store, t: Translator, team: str, by: str | None) -> None:
    now = Clock().now()
    latest = await store.read(import_log.latest, team, _OFFERED)
    chosen = _chosen(t, [one for one in latest if not one.undone_at and now - one.at <= UNDO], now)
    if not agreed(t, t("Undo import {number}?", number=chosen.id)):
        typer.echo(t("Nothing was undone."))
        return

    async def write(fn: Any, *args: Any, **how: Any) -> Any:  # noqa: ANN401 - whatever fn takes
        return await store.write(fn, team, *args, **how)

    _, what = await take_back(store, chosen.id, Origin(team, by or chosen.by, now), write)
    typer.echo(t("Import {number} is undone.", number=chosen.id))
    for sentence in taken_back(t, what):
        typer.echo(sentence)
    for stay in what.stays[:LISTED]:
        typer.echo(f"  {stay.name or '–'}: {why(t, stay)}")
    if len(what.stays) > LISTED:
        typer.echo(f"  {t('and {number} more', number=len(what.stays) - LISTED)}")


def _chosen(t: Translator, offered: Sequence[Imported], now: datetime) -> Imported:
    if not offered:
        raise UserError(_NONE)
    for one in offered:
        typer.echo(f"  {one.id}: {summary(t, one, now.astimezone(t.zone).date())}")
    number = str(typer.prompt(t("Which one? Its number"), default=str(offered[0].id))).strip()
    chosen = next((one for one in offered if str(one.id) == number), None)
    if chosen is None:
        raise UserError(_NOT_ONE, number=number)
    return chosen
