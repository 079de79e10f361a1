"""One bot per SQLite database: a second one would post everything a second time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import UserError
from bot.translation import mark
from storage.database import address
from storage.errors import CANNOT_OPEN

_TAKEN = mark(
    "Another Partnerbot is already running on {place}. Stop it first, or use another DATABASE_URL."
)


@contextmanager
def only_bot(url: str) -> Iterator[None]:
    """Hold the file lock beside an SQLite database; on PostgreSQL several bots may run.

    The operating system releases it when the process dies, however it dies.

    Raises:
        UserError: another process holds it, or the folder cannot be written to.
    """
    where = address(url)
    if where.file is None:
        yield
        return
    path = where.file.resolve()
    try:
        file = path.with_name(path.name + ".lock").open("w")
    except OSError as error:
        raise UserError(CANNOT_OPEN, place=where.place) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError(_TAKEN, place=where.place) from None
        yield
