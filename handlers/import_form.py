"""Fetching partners from a file, for the coordinator: the file, its columns, what would happen."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from slackblocks import ModalView

from bot.errors import UserError
from bot.import_record import Words
from bot.import_sheet import Columns
from bot.import_undo import UNDO
from bot.workspace_roles import Action
from handlers import access, import_download, import_left_out
from handlers.desk import Desk
from handlers.errors import Trouble, guarded
from handlers.import_read import (
    Found,
    Source,
    carry_out,
    columns_of,
    origin_of,
    prepare,
    records_of,
    take_back,
)
from handlers.language import of_the_library
from handlers.turn import Next, Turn
from handlers.views import import_done as done
from handlers.views import import_doubt as doubt
from handlers.views import import_form as form
from handlers.views import import_preview as preview
from handlers.views.import_note import Note, read_note
from handlers.views.notice import notice_view, trouble
from handlers.views.parts_values import STALE, in_todays_form
from storage import import_log, import_register
from storage.import_batch import Origin

SHOWN = 5  # of the last imports
AT_ONCE = 1.0  # seconds until there is something to look at meanwhile


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(form.BEGIN, begin, Action.IMPORT_REGISTER)
    desk.action(form.PAST, show_past, Action.IMPORT_REGISTER)
    desk.action(form.SHEET, choose_sheet, Action.IMPORT_REGISTER)
    desk.action(preview.BACK, back, Action.IMPORT_REGISTER)
    for answer in (doubt.SORT, doubt.UNCLEAR, doubt.AGAIN):
        desk.action(answer, decide, Action.IMPORT_REGISTER)
    for answer in (doubt.ROW, doubt.TAKE):
        desk.action(answer, wait_for_more, Action.IMPORT_REGISTER)
    desk.action(done.UNDO, undo, Action.IMPORT_REGISTER)
    desk.submit(form.SUBMIT, chosen, Action.IMPORT_REGISTER)
    desk.submit(form.COLUMNS, put_right, Action.IMPORT_REGISTER)
    desk.submit(preview.SUBMIT, read_in, Action.IMPORT_REGISTER)


async def begin(turn: Turn) -> None:
    """`/partner indlæs`, and the button on Home: which file."""
    await import_download.require_scope(turn)
    latest = await turn.read(import_log.latest, SHOWN)
    await turn.open(form.file_view(turn.t, latest, turn.today))


async def chosen(turn: Turn) -> Next:
    """Its columns; a file without columns goes straight to what would happen."""
    note = Note(form.read_file(turn.typed))
    turn.waiting = form.reading_view(turn.t)
    async with _file(turn, note) as (source, words):
        columns = await asyncio.to_thread(columns_of, source, words)
        if columns is not None:
            return Next(form.columns_view(turn.t, columns, source.name, note))
        return await _preview(turn, note, source, words)


async def put_right(turn: Turn) -> Next:
    """What would happen, with the columns as they were put right."""
    note = form.read_columns(turn.typed, read_note(turn.note))
    turn.waiting = form.reading_view(turn.t)
    async with _file(turn, note) as (source, words):
        return await _preview(turn, note, source, words)


async def choose_sheet(turn: Turn) -> None:
    """The columns of another sheet of the workbook."""
    with in_todays_form():
        note = replace(read_note(turn.note), sheet=int(turn.value), columns={})
    await _shown(turn, _columns(turn, note), form.reading_view(turn.t))


async def back(turn: Turn) -> None:
    """The columns once more, as they were put right; what was decided since is kept."""
    note = read_note(turn.note)
    note = replace(note, choice=doubt.read_choice(turn.typed, note.choice))
    await _shown(turn, _columns(turn, note), form.reading_view(turn.t))


async def decide(turn: Turn) -> None:
    """What would happen, with the doubtful rows taken or left."""
    note = read_note(turn.note)
    note = replace(note, choice=doubt.read_choice(turn.typed, note.choice))
    await _shown(turn, _decided(turn, note), form.reading_view(turn.t))


async def wait_for_more(_turn: Turn) -> None:
    """An answer for one row: Slack keeps it in the form until all are given."""


async def read_in(turn: Turn) -> Next:
    """Do it, all or nothing, and send what was left out.

    Whoever decides about the doubtful rows and goes on at once has not seen what would happen.
    """
    note = read_note(turn.note)
    choice = doubt.read_choice(turn.typed, note.choice)
    if choice != note.choice:
        turn.waiting = form.reading_view(turn.t)
        return Next(await _decided(turn, replace(note, choice=choice), answered=True))
    turn.waiting = form.storing_view(turn.t)
    async with _file(turn, note) as (source, words):
        columns, found = await _found(turn, source, words)
        origin = await _origin(turn, source.name)
        plan, number = await carry_out(
            turn.house.store, found, note.choice, origin, turn.write, note.digest
        )
        if plan.left_out:
            turn.house.carry_on(import_left_out.send(turn, plan, columns, number))
    return Next(done.done_view(turn.t, plan, number, source.name))


async def show_past(turn: Turn) -> None:
    """An earlier import, and the way to undo it."""
    with in_todays_form():
        number = int(turn.value)
    one = await turn.read(import_log.existing, number)
    undoable = turn.now - one.at <= UNDO
    await turn.open(done.past_view(turn.t, one, turn.today, undoable=undoable))


async def undo(turn: Turn) -> None:
    """Take an import back."""
    with in_todays_form():
        number = int(turn.value)
    await _shown(turn, _undone(turn, number), form.undoing_view(turn.t))


async def _undone(turn: Turn, number: int) -> ModalView:
    origin = Origin(turn.team, turn.user, turn.now)
    _, what = await take_back(turn.house.store, number, origin, turn.write)
    return done.undone_view(turn.t, what)


async def _decided(turn: Turn, note: Note, *, answered: bool = False) -> ModalView:
    async with _file(turn, note) as (source, words):
        return (await _preview(turn, note, source, words, answered=answered)).view


async def _columns(turn: Turn, note: Note) -> ModalView:
    async with _file(turn, note) as (source, words):
        columns = await asyncio.to_thread(columns_of, source, words)
    if columns is None:
        raise UserError(STALE)  # our own JSON has none to go back to
    return form.columns_view(turn.t, columns, source.name, note)


async def _shown(turn: Turn, work: Coroutine[Any, Any, ModalView], waiting: ModalView) -> None:
    """Show what comes of the work in the modal the person is in; `waiting`, until it has come."""
    task = asyncio.create_task(work)
    done, _ = await asyncio.wait({task}, timeout=AT_ONCE)
    if done:
        await turn.turn_into(await task)
        return
    view_id = turn.view["id"]
    await guarded(turn, turn.renew(view_id, waiting))  # the log has what goes wrong
    made = await guarded(turn, task)
    if isinstance(made, Trouble):
        made = notice_view(turn.t, trouble(made.sentence, **made.values))
    if isinstance(made, ModalView):
        await turn.renew(view_id, made)


@asynccontextmanager
async def _file(turn: Turn, note: Note) -> AsyncIterator[tuple[Source, Words]]:
    """The file, while it is worked with; others wait, so that two do not share the memory."""
    told = await import_download.told_of(turn, note.file)
    colleagues = await access.colleagues(turn.house, turn.client, turn.team)
    words = await turn.read(import_register.words, colleagues)
    async with turn.house.reading, import_download.fetched(turn, told) as path:
        yield Source(path, str(told["name"]), note.columns, note.sheet), words


async def _found(turn: Turn, source: Source, words: Words) -> tuple[Columns | None, Found]:
    return await asyncio.to_thread(records_of, source, words, turn.today)


async def _preview(
    turn: Turn, note: Note, source: Source, words: Words, *, answered: bool = False
) -> Next:
    columns, found = await _found(turn, source, words)
    origin = await _origin(turn, source.name)
    made = await prepare(turn.house.store, turn.team, found, note.choice, origin.source)
    plan = made.plan
    shown = replace(note, choice=doubt.pinned(plan, note.choice), digest=plan.digest)
    there = columns is not None
    names = await access.first_names(turn.house, turn.client, turn.team, preview.colleagues(plan))
    view = preview.preview_view(
        turn.t, plan, source.name, shown, names, columns=there, answered=answered
    )
    return Next(view)


async def _origin(turn: Turn, name: str) -> Origin:
    """In the library's language: it stays on the cards."""
    t = await of_the_library(turn.house, turn.team)
    return origin_of(t, turn.team, turn.user, turn.now, name)
