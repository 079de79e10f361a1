"""What the commands of a shell share: which library, its language, and the file that is written.

A command speaks English, as its --help does, until the library is known, and then as that does.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

import typer

from bot.errors import UserError
from bot.text import fold
from bot.translation import Translator, mark
from bot.workspace import Language, Workspace
from storage import workspace
from storage.database import Store

_THERE = mark("{file} is there already. Name another file: I write over nothing.")
_NO_PLACE = mark("{file} cannot be written: {reason}.")
_NO_TEAM = mark("This database holds no register yet.")
_WHICH_TEAM = mark("Say with --team which library: {teams}.")
_NO_COORDINATOR = mark(
    "The library has no coordinator yet, and only a coordinator reads partners in. Somebody becomes"
    " one on Partnerbot's Home tab in Slack; then write the command again."
)
_NOT_COORDINATOR = mark(
    "{by} is no coordinator of the library, and only a coordinator reads partners in. Write one of"
    " these after --by: {known}."
)
_SAID = "{said}"
_YES = {"y", "yes", "j", "ja"}


@contextmanager
def speaking(t: Translator) -> Iterator[None]:
    """What is refused from here on is refused in that language."""
    try:
        yield
    except UserError as error:
        raise UserError(_SAID, said=t.error(error)) from error


async def language(store: Store, team: str | None) -> Translator:
    """That of the library, or of the only one there is; of several it is English."""
    known = [team] if team else await store.read(workspace.teams)
    if len(known) != 1:
        return Translator(Language.ENGLISH)
    library = await store.read(workspace.settings, known[0])
    return Translator(library.language, library.timezone)


def whose(library: Workspace, named: str | None) -> str:
    """Who does it, by Slack user id: a coordinator, as in Slack; raises UserError."""
    if not library.coordinators:
        raise UserError(_NO_COORDINATOR)
    by = named or library.coordinators[0]
    if by not in library.coordinators:
        raise UserError(_NOT_COORDINATOR, by=by, known=", ".join(library.coordinators))
    return by


def agreed(t: Translator, question: str) -> bool:
    """Whether the one at the keyboard says yes, in either language."""
    ways = t("[y/N]")
    answer = typer.prompt(f"{question} {ways}", default="", show_default=False)
    return fold(str(answer)) in _YES


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
