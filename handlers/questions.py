"""Editing what a library asks otherwise than it is shipped: of a check, and of an evaluation.

Every change is kept; two who edit the same at once lose nothing, and each change can be taken back.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol

from bot.errors import UserError
from bot.questions.put import (
    Change,
    Merge,
    P,
    Step,
    english_left,
    history,
    in_force,
    in_step,
    merged,
    taken_back,
)
from bot.translation import mark
from bot.workspace_roles import Action, require, role_of
from handlers import access
from handlers.turn import Turn
from handlers.views.questions_history import Told
from storage import workspace as settings_of
from storage.database import Connection

_GONE = mark("That question is no longer there. Open the list again.")
_SO_ALREADY = mark("It is that way already.")

Puts = Mapping[Any, P]
# Of the changes so far: it as it is, and as it will be.
Decide = Callable[[Sequence[Change[P]]], tuple[P, P]]


class Kept(Protocol[P]):
    """Where the changes are kept."""

    def changes(self, conn: Connection, team: str, *, lock: bool = False) -> Sequence[Change[P]]:
        """All of them, the oldest first; `lock` before adding one that was decided by them."""

    def add(self, conn: Connection, team: str, change: Change[P]) -> Change[P]:
        """Store one, and return it as stored."""


@dataclass(frozen=True)
class Form(Generic[P]):
    """What was submitted: of what, as of which change, and what was typed on top of it."""

    key: Hashable
    version: int  # the change that the form showed
    typed: Callable[[P], P]
    fresh: P | None = None  # of a new one, what its form began with


@dataclass(frozen=True)
class Saved(Generic[P]):
    """What became of an edit: stored, or first to be looked at because of a colleague's."""

    put: P
    version: int
    merge: Merge[P] | None = None
    by: str = ""
    english_left: tuple[str, ...] = ()  # what it said


@dataclass(frozen=True)
class Editing(Generic[P]):
    """What is edited: where it is kept, how it is put, and what it must pass."""

    kept: Kept[P]
    as_put: Callable[[Iterable[Change[P]]], Puts[P]]
    shipped: Callable[[], Puts[P]]
    checked: Callable[[P, Puts[P]], P]
    may_be_edited: Callable[[P], bool] = lambda _: True

    async def puts(self, turn: Turn) -> Puts[P]:
        """All of it as it is put now."""
        return self.as_put(await turn.read(self.kept.changes))

    async def editable(self, turn: Turn, key: Hashable) -> tuple[Puts[P], P, int]:
        """All of it, the one to be edited, and the change that its form shows.

        Raises:
            UserError: it is no longer there.
        """
        changes = await turn.read(self.kept.changes)
        puts = self.as_put(changes)
        return puts, self._editable(puts, key), version(changes, key)

    async def told(self, turn: Turn, page: int) -> Told[P]:
        """Who changed what, when."""
        changes = await turn.read(self.kept.changes)
        steps, now = self._steps(changes), self.as_put(changes)
        by = {step.change.by for step in steps}
        names = await access.first_names(turn.house, turn.client, turn.team, by)
        holds = {step.change.id for step in steps if in_force(step, now[step.change.put.key])}
        return Told(steps, page, names, turn.today, holds)

    async def save(self, turn: Turn, form: Form[P]) -> Saved[P]:
        """Keep the form, unless a colleague changed the same meanwhile.

        Raises:
            UserError: it is no longer there, or a text cannot be taken; with the field.
        """
        return await turn.write(self._save, turn, form)

    async def bring_back(self, turn: Turn, key: Hashable) -> P:
        """Put it as it was shipped. Raises UserError where it is so already, or gone."""

        def original(changes: Sequence[Change[P]]) -> tuple[P, P]:
            return existing(self.as_put(changes), key), existing(self.shipped(), key)

        return await turn.write(self._change, turn, original)

    async def take_back(self, turn: Turn, number: int) -> P:
        """Undo what that change did, as a change of its own. Raises as bring_back()."""

        def without(changes: Sequence[Change[P]]) -> tuple[P, P]:
            for step in self._steps(changes):
                if step.change.id == number:
                    now = self.as_put(changes)[step.change.put.key]
                    return now, taken_back(step, now)
            raise UserError(_GONE)

        return await turn.write(self._change, turn, without)

    def _steps(self, changes: Sequence[Change[P]]) -> list[Step[P]]:
        return history(changes, self.shipped())

    def _save(self, conn: Connection, team: str, turn: Turn, form: Form[P]) -> Saved[P]:
        changes = self._locked(conn, team, turn)
        puts = self.as_put(changes)
        seen = self.as_put(change for change in changes if change.id <= form.version)
        theirs = form.fresh or self._editable(puts, form.key)
        base = form.fresh or self._editable(seen, form.key)
        now = version(changes, form.key)
        merge = merged(base, form.typed(base), theirs)
        if merge.theirs_changed:
            by = next(change.by for change in changes if change.id == now)
            return Saved(theirs, now, merge, by)
        left = english_left(theirs, merge.merged)
        put = self._store(conn, team, turn, theirs, in_step(theirs, merge.merged), puts)
        return Saved(put, now, english_left=tuple(getattr(theirs, name) for name in left))

    def _change(self, conn: Connection, team: str, turn: Turn, decide: Decide[P]) -> P:
        changes = self._locked(conn, team, turn)
        now, after = decide(changes)
        if now == after:
            raise UserError(_SO_ALREADY)
        return self._store(conn, team, turn, now, after, self.as_put(changes))

    def _store(self, conn: Connection, team: str, turn: Turn, now: P, after: P, puts: Puts[P]) -> P:
        tidy = self.checked(after, puts)
        if tidy == now:
            return now
        return self.kept.add(conn, team, Change(tidy, turn.user, turn.now)).put

    def _locked(self, conn: Connection, team: str, turn: Turn) -> Sequence[Change[P]]:
        """The changes so far; another replica may have seen this person lose her role."""
        changes = self.kept.changes(conn, team, lock=True)
        library = settings_of.settings(conn, team)
        require(role_of(turn.user, library, staff=True), Action.EDIT_QUESTIONS, library)
        return changes

    def _editable(self, puts: Puts[P], key: Hashable) -> P:
        put = existing(puts, key)
        if not self.may_be_edited(put):
            raise UserError(_GONE)
        return put


def existing(puts: Puts[P], key: Hashable) -> P:
    """The one that is known by that; raises UserError where there is none."""
    if key not in puts:
        raise UserError(_GONE)
    return puts[key]


def version(changes: Sequence[Change[P]], key: Hashable) -> int:
    """The last change of that; 0 where it is as shipped, or new."""
    return max((change.id for change in changes if change.put.key == key), default=0)
