"""`partnerbot export --all` and `partnerbot restore`: everything to a file, and back."""

import logging
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

import typer

from bot.backup import examined
from bot.errors import UserError
from bot.translation import Translator, mark
from handlers.clock import Clock
from handlers.shell import language, meant, new_file, speaking
from storage import backup, workspace
from storage.backup_restore import restore as put_back
from storage.database import Connection, Store, address
from storage.lock import only_bot
from storage.migrate import require_current

_NOT_THERE = mark("{file} cannot be read: {reason}.")

log = logging.getLogger(__name__)


async def save(url: str, out: Path, team: str | None) -> None:
    """Write all that the database holds, or one library's part of it, with a bar of how far it is.

    Raises:
        UserError: the file cannot be written, or there is no such library.
    """
    await require_current(url)
    store = await Store.open(url)
    try:
        if team is not None:
            meant(await store.read(workspace.teams), team)
        t = await language(store, team)
        with speaking(t), new_file(out) as unfinished:
            counts = await store.read(_save, t, unfinished, team, Clock().now())
    finally:
        await store.close()
    log.info("A backup was made: %d rows", counts)
    rows = t.n("one row", "{number} rows", counts)
    typer.echo(f"{out}: {rows}")


async def restore(url: str, name: Path) -> None:
    """Put a backup back into an empty database, with a bar of how far it is.

    Raises:
        UserError: the file is not to be trusted, or the database not empty; nothing was changed.
    """
    with _opened(name) as file:
        whole = examined(file, str(name))
        total = sum(whole.rows.values())
        searchable = whole.rows.get("partner", 0)
        now = Clock().now()
        _close_to_others(address(url).file)
        logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each step
        with only_bot(url), typer.progressbar(length=total + searchable, label="Rows") as bar:
            await put_back(url, file, whole, name=str(name), now=now, told=bar.update)
    typer.echo(f"{address(url).place}: {total} rows, as of {whole.made_at:%Y-%m-%d %H:%M %Z}")


def _close_to_others(database: Path | None) -> None:
    """A file that SQLite makes itself can be read by everybody on the machine."""
    if database and not database.exists():
        with suppress(OSError):  # what is wrong with the place is said by whoever opens it
            database.touch(mode=0o600)


def _opened(name: Path) -> IO[bytes]:
    try:
        return name.open("rb")
    except OSError as error:
        raise UserError(_NOT_THERE, file=name, reason=error.strerror) from error


def _save(conn: Connection, t: Translator, out: Path, team: str | None, now: datetime) -> int:
    total = backup.count(conn, team=team)
    with out.open("wb") as file, typer.progressbar(length=total, label=t("Rows")) as bar:
        return backup.save(conn, file, team=team, now=now, told=bar.update).counts.total()
