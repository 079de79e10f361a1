"""The instruments as this library puts them, and editing them."""

from collections.abc import Sequence

from slackblocks import Block, ModalView

from bot.evaluation_instruments import ITSELF, NEW, Put, as_put, shipped
from bot.evaluation_instruments_rules import checked
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.questions import Editing, Form, existing
from handlers.turn import Next, Turn
from handlers.views import evaluation_instruments as views
from handlers.views import evaluation_instruments_form as form
from handlers.views import evaluation_instruments_history as history_views
from handlers.views.questions_history import taken_back, where
from storage import evaluation_instruments as stored

# A shipped instrument keeps its name and its source; its questions are the library's.
_EDITING = Editing(stored, as_put, shipped, checked, lambda put: put.is_question or put.own)


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


async def open_list(turn: Turn) -> None:
    """All instruments; what is opened from it takes its place, for modals lie three deep."""
    await turn.open(views.list_view(turn.t, await _EDITING.puts(turn)))


async def back(turn: Turn) -> None:
    """To the list."""
    await turn.turn_into(views.list_view(turn.t, await _EDITING.puts(turn)))


async def show(turn: Turn) -> None:
    """One instrument with its questions."""
    puts = await _EDITING.puts(turn)
    existing(puts, (turn.value, ITSELF))
    await turn.turn_into(views.instrument_view(turn.t, puts, turn.value))


async def edit(turn: Turn) -> None:
    """The form of one question, or of an instrument's name."""
    puts, put, version = await _EDITING.editable(turn, views.meant(turn.value))
    await turn.turn_into(form.form_view(turn.t, puts, put, version))


async def add(turn: Turn) -> None:
    """The form of a new question, or of a new instrument where no instrument is named."""
    new = Put(turn.value, NEW) if turn.value else Put()
    await turn.turn_into(form.form_view(turn.t, await _EDITING.puts(turn), new, 0))


async def save(turn: Turn) -> Next:
    """Keep the form; if a colleague changed the same meanwhile, show it again with both in it."""
    instrument_id, question_id, version = form.where(turn.note)
    key = (instrument_id, question_id)
    fresh = Put(*key) if not instrument_id or question_id == NEW else None
    typed = Form(key, version, lambda base: form.read(base, turn.typed), fresh)
    result = await _EDITING.save(turn, typed)
    if result.merge is not None:
        above = form.conflict(turn.t, result.merge, result.put, result.by)
        puts = await _EDITING.puts(turn)
        return Next(form.form_view(turn.t, puts, result.merge.merged, result.version, above))
    return Next(await _shown(turn, result.put, form.saved(turn.t, result.put, result.english_left)))


async def bring_back(turn: Turn) -> None:
    """Put a question as it was shipped."""
    put = await _EDITING.bring_back(turn, views.meant(turn.value))
    await turn.turn_into(await _shown(turn, put, form.saved(turn.t, put)))


async def show_history(turn: Turn) -> None:
    """Who changed what, when."""
    await turn.turn_into(await _history(turn, int(turn.value)))


async def take_back(turn: Turn) -> None:
    """Undo what one change did, as a change of its own."""
    number, page = where(turn.value)
    put = await _EDITING.take_back(turn, number)
    await turn.turn_into(await _history(turn, page, taken_back(turn.t, put.text_da)))


async def _shown(turn: Turn, put: Put, above: Sequence[Block]) -> ModalView:
    return views.instrument_view(turn.t, await _EDITING.puts(turn), put.instrument_id, above)


async def _history(turn: Turn, page: int, above: Sequence[Block] = ()) -> ModalView:
    return history_views.history_view(turn.t, await _EDITING.told(turn, page), above)
