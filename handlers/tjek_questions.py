"""The questions of the check as this library puts them, and editing them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from slackblocks import Block, ModalView

from bot.errors import UserError
from bot.questions import QuestionSet
from bot.questions.put import english_left, in_force, in_step, merged, taken_back
from bot.tjek_questions import Change, Merge, Put, as_put, question_set, shipped, steps
from bot.tjek_questions_rules import checked
from bot.translation import mark
from bot.workspace_roles import Action, require, role_of
from handlers import access
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import tjek_questions as views
from handlers.views import tjek_questions_history as history_views
from storage import tjek_questions as questions
from storage import workspace as settings_of
from storage.database import Connection

GONE = mark("That question is no longer there. Open the list again.")
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
    desk.action(views.EDIT, edit, Action.EDIT_QUESTIONS)
    desk.action(views.ADD, add, Action.EDIT_QUESTIONS)
    desk.submit(views.SUBMIT, save, Action.EDIT_QUESTIONS)
    desk.action(views.ORIGINAL, bring_back, Action.EDIT_QUESTIONS)
    desk.action(views.HISTORY, show_history, Action.EDIT_QUESTIONS)
    desk.action(history_views.TAKE_BACK, take_back, Action.EDIT_QUESTIONS)


async def questions_of(turn: Turn) -> QuestionSet:
    """The library's own questions, from memory where they are fresh."""

    async def own() -> QuestionSet:
        return question_set(as_put(await turn.read(questions.changes)))

    return await turn.house.questions.fetch(own, turn.team)


async def open_list(turn: Turn) -> None:
    """All questions; the forms take its place, for modals lie three deep at most."""
    await turn.open(await _list(turn))


async def back(turn: Turn) -> None:
    """From a form or the history to the list."""
    await turn.turn_into(await _list(turn))


async def edit(turn: Turn) -> None:
    """The form of one question."""
    changes = await turn.read(questions.changes)
    put = _existing(as_put(changes), turn.value)
    await turn.turn_into(views.form_view(turn.t, put, _version(changes, put.question_id)))


async def add(turn: Turn) -> None:
    """The form of a new question."""
    await turn.turn_into(views.form_view(turn.t, Put(), 0))


async def save(turn: Turn) -> Next:
    """Keep the form; if a colleague changed the same meanwhile, show it again with both in it."""
    result = await turn.write(_save, turn)
    if result.merge is not None:
        above = views.conflict(turn.t, result.merge, result.put, result.by)
        return Next(views.form_view(turn.t, result.merge.merged, result.version, above))
    turn.house.questions.drop(turn.team)
    above = views.saved(turn.t, result.put, result.english_left)
    return Next(await _list(turn, above))


async def bring_back(turn: Turn) -> None:
    """Put a question as it was shipped."""

    def original(changes: Sequence[Change]) -> tuple[Put, Put]:
        now = _existing(as_put(changes), turn.value)
        return now, _existing(shipped(), turn.value)

    put = await turn.write(_change, turn, original)
    turn.house.questions.drop(turn.team)
    await turn.turn_into(await _list(turn, views.saved(turn.t, put)))


async def show_history(turn: Turn) -> None:
    """Who changed what, when."""
    await turn.turn_into(await _history(turn, int(turn.value)))


async def take_back(turn: Turn) -> None:
    """Undo what one change did, as a change of its own."""
    number, page = history_views.where(turn.value)

    def without(changes: Sequence[Change]) -> tuple[Put, Put]:
        for step in steps(changes):
            if step.change.id == number:
                now = as_put(changes)[step.change.put.question_id]
                return now, taken_back(step, now)
        raise UserError(GONE)

    put = await turn.write(_change, turn, without)
    turn.house.questions.drop(turn.team)
    await turn.turn_into(await _history(turn, page, history_views.taken_back(turn.t, put.text_da)))


async def _list(turn: Turn, above: Sequence[Block] = ()) -> ModalView:
    return views.list_view(turn.t, as_put(await turn.read(questions.changes)), above)


async def _history(turn: Turn, page: int, above: Sequence[Block] = ()) -> ModalView:
    changes = await turn.read(questions.changes)
    told, now = steps(changes), as_put(changes)
    by = {step.change.by for step in told}
    names = await access.first_names(turn.house, turn.client, turn.team, by)
    holds = {step.change.id for step in told if in_force(step, now[step.change.put.question_id])}
    return history_views.history_view(turn.t, told, page, names, turn.today, holds, above)


def _save(conn: Connection, team: str, turn: Turn) -> Saved:
    changes = _locked(conn, team, turn)
    question_id, version = views.where(turn.note)
    puts = as_put(changes)
    theirs = _existing(puts, question_id) if question_id else Put()
    base = _at(changes, question_id, version) if question_id else Put()
    now = _version(changes, question_id)
    merge = merged(base, views.read(base, turn.typed), theirs)
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
    """Store what `decide` makes of the changes so far: the question as it is, and as it will be."""
    changes = _locked(conn, team, turn)
    now, after = decide(changes)
    if now == after:
        raise UserError(_SO_ALREADY)
    return _store(conn, team, turn, now, after, as_put(changes))


def _store(
    conn: Connection, team: str, turn: Turn, now: Put, after: Put, puts: Mapping[str, Put]
) -> Put:
    tidy = checked(after, puts)
    if tidy == now:
        return now
    return questions.add(conn, team, Change(tidy, turn.user, turn.now)).put


def _locked(conn: Connection, team: str, turn: Turn) -> Sequence[Change]:
    """The changes so far; another replica may have seen this person lose her role."""
    changes = questions.changes(conn, team, lock=True)
    library = settings_of.settings(conn, team)
    require(role_of(turn.user, library, staff=True), Action.EDIT_QUESTIONS, library)
    return changes


def _existing(puts: Mapping[str, Put], question_id: str) -> Put:
    if question_id not in puts:
        raise UserError(GONE)
    return puts[question_id]


def _version(changes: Sequence[Change], question_id: str) -> int:
    """The last change of that question; 0 where it is as shipped, or new."""
    return max((c.id for c in changes if c.put.question_id == question_id), default=0)


def _at(changes: Sequence[Change], question_id: str, version: int) -> Put:
    """The question as a form has seen it."""
    return _existing(as_put(c for c in changes if c.id <= version), question_id)
