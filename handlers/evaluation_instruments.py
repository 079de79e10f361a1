"""The instruments as this library puts them, and editing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from slackblocks import Block, ModalView

from bot.errors import UserError
from bot.evaluation_instruments import (
    ITSELF,
    NEW,
    Change,
    Key,
    Merge,
    Put,
    Puts,
    as_put,
    shipped,
    steps,
)
from bot.evaluation_instruments_rules import checked
from bot.evaluation_questions import Instruments
from bot.questions.put import english_left, in_force, in_step, merged, taken_back
from bot.translation import mark
from bot.workspace_roles import Action, require, role_of
from handlers import access
from handlers.desk import Desk
from handlers.house import House
from handlers.turn import Next, Turn
from handlers.views import evaluation_instruments as views
from handlers.views import evaluation_instruments_form as form
from handlers.views import evaluation_instruments_history as history_views
from handlers.views.tjek_questions_history import taken_back as told_back
from handlers.views.tjek_questions_history import where as change_and_page
from storage import evaluation_instruments as stored
from storage import workspace as settings_of
from storage.database import Connection

_GONE = mark("That question is no longer there. Open the list again.")
_SO_ALREADY = mark("It is that way already.")


@dataclass(frozen=True)
class Saved:
    """What became of an edit: stored, or first to be looked at because of a colleague's."""

    put: Put
    version: int
    merge: Merge | None = None
    by: str = ""
    english_left: tuple[str, ...] = ()  # what it said


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.OPEN, open_list, Action.EDIT_QUESTIONS)
    desk.action(views.BACK, back, Action.EDIT_QUESTIONS)
    desk.action(views.SHOW, show, Action.EDIT_QUESTIONS)
    desk.action(views.EDIT, edit, Action.EDIT_QUESTIONS)
    desk.action(views.ADD, add, Action.EDIT_QUESTIONS)
    desk.submit(form.SUBMIT, save, Action.EDIT_QUESTIONS)
    desk.action(form.ORIGINAL, bring_back, Action.EDIT_QUESTIONS)
    desk.action(views.HISTORY, show_history, Action.EDIT_QUESTIONS)
    desk.action(history_views.TAKE_BACK, take_back, Action.EDIT_QUESTIONS)


async def instruments(house: House, team: str) -> Instruments:
    """What the library asks now."""
    return await house.store.read(stored.instruments, team)


async def open_list(turn: Turn) -> None:
    """All instruments; what is opened from it takes its place, for modals lie three deep."""
    await turn.open(views.list_view(turn.t, await _puts(turn)))


async def back(turn: Turn) -> None:
    """To the list."""
    await turn.turn_into(views.list_view(turn.t, await _puts(turn)))


async def show(turn: Turn) -> None:
    """One instrument with its questions."""
    puts = await _puts(turn)
    _existing(puts, (turn.value, ITSELF))
    await turn.turn_into(views.instrument_view(turn.t, puts, turn.value))


async def edit(turn: Turn) -> None:
    """The form of one question, or of an instrument's name."""
    changes = await turn.read(stored.changes)
    puts = as_put(changes)
    put = _editable(puts, views.meant(turn.value))
    await turn.turn_into(form.form_view(turn.t, puts, put, _version(changes, put.key)))


async def add(turn: Turn) -> None:
    """The form of a new question, or of a new instrument where no instrument is named."""
    new = Put(turn.value, NEW) if turn.value else Put()
    await turn.turn_into(form.form_view(turn.t, await _puts(turn), new, 0))


async def save(turn: Turn) -> Next:
    """Keep the form; if a colleague changed the same meanwhile, show it again with both in it."""
    result = await turn.write(_save, turn)
    if result.merge is not None:
        above = form.conflict(turn.t, result.merge, result.put, result.by)
        puts = await _puts(turn)
        return Next(form.form_view(turn.t, puts, result.merge.merged, result.version, above))
    return Next(await _shown(turn, result.put, form.saved(turn.t, result.put, result.english_left)))


async def bring_back(turn: Turn) -> None:
    """Put a question as it was shipped."""
    key = views.meant(turn.value)

    def original(changes: Sequence[Change]) -> tuple[Put, Put]:
        return _existing(as_put(changes), key), _existing(shipped(), key)

    put = await turn.write(_change, turn, original)
    await turn.turn_into(await _shown(turn, put, form.saved(turn.t, put)))


async def show_history(turn: Turn) -> None:
    """Who changed what, when."""
    await turn.turn_into(await _history(turn, int(turn.value)))


async def take_back(turn: Turn) -> None:
    """Undo what one change did, as a change of its own."""
    number, page = change_and_page(turn.value)

    def without(changes: Sequence[Change]) -> tuple[Put, Put]:
        for step in steps(changes):
            if step.change.id == number:
                now = as_put(changes)[step.change.put.key]
                return now, taken_back(step, now)
        raise UserError(_GONE)

    put = await turn.write(_change, turn, without)
    await turn.turn_into(await _history(turn, page, told_back(turn.t, put.text_da)))


async def _puts(turn: Turn) -> Puts:
    return as_put(await turn.read(stored.changes))


async def _shown(turn: Turn, put: Put, above: Sequence[Block]) -> ModalView:
    return views.instrument_view(turn.t, await _puts(turn), put.instrument_id, above)


async def _history(turn: Turn, page: int, above: Sequence[Block] = ()) -> ModalView:
    changes = await turn.read(stored.changes)
    told, now = steps(changes), as_put(changes)
    by = {step.change.by for step in told}
    names = await access.first_names(turn.house, turn.client, turn.team, by)
    holds = {step.change.id for step in told if in_force(step, now[step.change.put.key])}
    return history_views.history_view(turn.t, told, page, names, turn.today, holds, above)


def _save(conn: Connection, team: str, turn: Turn) -> Saved:
    changes = _locked(conn, team, turn)
    instrument_id, question_id, version = form.where(turn.note)
    key, puts = (instrument_id, question_id), as_put(changes)
    fresh = Put(*key) if not instrument_id or question_id == NEW else None
    if fresh and instrument_id:
        _existing(puts, (instrument_id, ITSELF))
    theirs = fresh or _editable(puts, key)
    base = fresh or _editable(as_put(c for c in changes if c.id <= version), key)
    now = _version(changes, key)
    merge = merged(base, form.read(base, turn.typed), theirs)
    if merge.theirs_changed:
        by = next(change.by for change in changes if change.id == now)
        return Saved(theirs, now, merge, by)
    left = english_left(theirs, merge.merged)
    put = _store(conn, team, turn, theirs, in_step(theirs, merge.merged), puts)
    return Saved(put, now, english_left=tuple(getattr(theirs, name) for name in left))


def _change(
    conn: Connection,
    team: str,
    turn: Turn,
    decide: Callable[[Sequence[Change]], tuple[Put, Put]],
) -> Put:
    """Store what `decide` makes of the changes so far: it as it is, and as it will be."""
    changes = _locked(conn, team, turn)
    now, after = decide(changes)
    if now == after:
        raise UserError(_SO_ALREADY)
    return _store(conn, team, turn, now, after, as_put(changes))


def _store(conn: Connection, team: str, turn: Turn, now: Put, after: Put, puts: Puts) -> Put:
    tidy = checked(after, puts)
    if tidy == now:
        return now
    return stored.add(conn, team, Change(tidy, turn.user, turn.now)).put


def _locked(conn: Connection, team: str, turn: Turn) -> Sequence[Change]:
    """The changes so far; another replica may have seen this person lose her role."""
    changes = stored.changes(conn, team, lock=True)
    library = settings_of.settings(conn, team)
    require(role_of(turn.user, library, staff=True), Action.EDIT_QUESTIONS, library)
    return changes


def _existing(puts: Puts, key: Key) -> Put:
    if key not in puts:
        raise UserError(_GONE)
    return puts[key]


def _editable(puts: Puts, key: Key) -> Put:
    """A shipped instrument keeps its name and its source; its questions are the library's."""
    put = _existing(puts, key)
    if not put.is_question and not put.own:
        raise UserError(_GONE)
    return put


def _version(changes: Sequence[Change], key: Key) -> int:
    """The last change of that; 0 where it is as shipped, or new."""
    return max((change.id for change in changes if change.put.key == key), default=0)
