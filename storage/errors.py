"""Trouble with the database that a person can act on, as a sentence that says what to do.

Everything else passes through: it is ours to mend, and belongs in the log with its traceback.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from bot.errors import UserError
from bot.translation import mark

CANNOT_OPEN = mark(
    "The database {place} cannot be opened."
    " Check that its folder exists and that the bot may read and write there."
)
GONE = mark(
    "The database {place} is missing. Put the file back, or correct DATABASE_URL,"
    " and start the bot again. For a new, empty one run: partnerbot migrate"
)

# By the beginning of SQLite's error name (https://www.sqlite.org/rescode.html).
_SQLITE = {
    "SQLITE_FULL": mark(
        "The disk is full, so nothing was saved. Free some space where {place} lies and try again."
    ),
    "SQLITE_BUSY": mark(
        "Another program is holding the database {place}, so nothing was saved."
        " Close that program and try again."
    ),
    "SQLITE_CANTOPEN": CANNOT_OPEN,
    "SQLITE_READONLY": mark(
        "The bot may not write to the database {place}, so nothing was saved."
        " Give its user the right to write to the file and to its folder."
    ),
    "SQLITE_NOTADB": mark(
        "The file {place} is not a database. Check DATABASE_URL, or move the file away."
    ),
    "SQLITE_CORRUPT": mark(
        "The database {place} is damaged. Stop the bot and put back the newest copy of it."
    ),
    "SQLITE_IOERR": mark(
        "The disk fails where the database {place} lies, so nothing was saved."
        " Check the disk, then start the bot again."
    ),
}

_UNREACHABLE = mark(
    "PostgreSQL does not answer at {place}."
    " Check that it is running and that DATABASE_URL is right, then try again."
)

_TOO_BUSY = mark("Too much is being saved at once, so nothing was saved. Try again in a moment.")

# By the beginning of the SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL = {
    "08": _UNREACHABLE,
    "55P03": _TOO_BUSY,  # a lock did not come free
    "57P0": _UNREACHABLE,  # shutting down, crashed, starting up
    "28": mark(
        "PostgreSQL at {place} refused the user name or password. Correct them in DATABASE_URL."
    ),
    "3D000": mark(
        "There is no such database at {place}. Create it, or correct its name in DATABASE_URL."
    ),
    "40": mark("Somebody else saved at the same moment, so nothing was saved. Try again."),
    "42501": mark("PostgreSQL at {place} lacks rights for this user. Grant them and try again."),
    "53100": mark(
        "The disk of PostgreSQL at {place} is full, so nothing was saved."
        " Free some space and try again."
    ),
    "53300": mark(
        "PostgreSQL at {place} takes no more connections."
        " Close some, or raise max_connections, and try again."
    ),
}


@contextmanager
def as_sentences(place: str) -> Iterator[None]:
    """Turn what a person can mend at `place` (a path or an address) into a UserError."""
    try:
        yield
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise UserError(sentence, place=place) from error


def _sentence(error: Exception) -> str | None:
    if isinstance(error, sa.exc.TimeoutError):  # no connection came free in the pool
        return _TOO_BUSY
    if isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated:
        return _UNREACHABLE
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError):
            return _UNREACHABLE
        found = _of_code(cause)
        if found is not None:
            return found
        cause = getattr(cause, "orig", None) or cause.__cause__
    return None


def _of_code(error: BaseException) -> str | None:
    """By the code that the driver's own exception carries."""
    codes = (
        (getattr(error, "sqlite_errorname", None), _SQLITE),
        (getattr(error, "sqlstate", None), _POSTGRESQL),
    )
    for code, sentences in codes:
        for beginning, sentence in sentences.items():
            if isinstance(code, str) and code.startswith(beginning):
                return sentence
    return None
