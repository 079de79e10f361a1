"""What the commands of a shell share: which library is meant, and the file that is written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from bot.errors import UserError
from bot.translation import mark

_THERE = mark("{file} is there already. Name another file: I write over nothing.")
_NO_PLACE = mark("{file} cannot be written: {reason}.")
_NO_TEAM = mark("This database holds no register yet.")
_WHICH_TEAM = mark("Say with --team which library: {teams}.")


@contextmanager
def new_file(out: Path) -> Iterator[Path]:
    """A place to write to, closed to others; it becomes `out` when all went well.

    Raises:
        UserError: `out` is there already, also since a moment ago, or cannot be written.
    """
    if out.exists():
        raise UserError(_THERE, file=out)
    try:
        unfinished = _own_place(out)
        try:
            yield unfinished
            _publish(unfinished, out)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(_NO_PLACE, file=out, reason=error.strerror) from error


def meant(known: list[str], named: str | None) -> str:
    """The library of that team id, or the only one there is; raises UserError."""
    if not known:
        raise UserError(_NO_TEAM)
    if named in known:
        return named
    if named is None and len(known) == 1:
        return known[0]
    raise UserError(_WHICH_TEAM, teams=", ".join(known))


def _own_place(out: Path) -> Path:
    """A file beside it that was not there before and only we can read."""
    handle, name = mkstemp(prefix=f"{out.name}.", suffix=".unfinished", dir=out.parent)
    os.close(handle)
    return Path(name)


def _publish(unfinished: Path, out: Path) -> None:
    """The name is taken first, for a rename would write over whatever has come there meanwhile."""
    try:
        out.touch(mode=0o600, exist_ok=False)
    except FileExistsError as error:
        raise UserError(_THERE, file=out) from error
    unfinished.replace(out)
