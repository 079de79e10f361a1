"""The questions of the check as this library puts them, and editing them."""

from collections.abc import Sequence

from slackblocks import Block, ModalView

from bot.questions import QuestionSet
from bot.tjek_questions import Put, as_put, question_set, shipped
from bot.tjek_questions_rules import checked
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.questions import Editing, Form
from handlers.turn import Next, Turn
from handlers.views import tjek_questions as views
from handlers.views import tjek_questions_history as history_views
from handlers.views.questions_history import taken_back, where
from storage import tjek_questions as questions

_EDITING = Editing(questions, as_put, shipped, checked)


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
    _, put, version = await _EDITING.editable(turn, turn.value)
    await turn.turn_into(views.form_view(turn.t, put, version))


async def add(turn: Turn) -> None:
    """The form of a new question."""
    await turn.turn_into(views.form_view(turn.t, Put(), 0))


async def save(turn: Turn) -> Next:
    """Keep the form; if a colleague changed the same meanwhile, show it again with both in it."""
    question_id, version = views.where(turn.note)
    fresh = None if question_id else Put()
    form = Form(question_id, version, lambda base: views.read(base, turn.typed), fresh)
    result = await _EDITING.save(turn, form)
    if result.merge is not None:
        above = views.conflict(turn.t, result.merge, result.put, result.by)
        return Next(views.form_view(turn.t, result.merge.merged, result.version, above))
    turn.house.questions.drop(turn.team)
    above = views.saved(turn.t, result.put, result.english_left)
    return Next(await _list(turn, above))


async def bring_back(turn: Turn) -> None:
    """Put a question as it was shipped."""
    put = await _EDITING.bring_back(turn, turn.value)
    turn.house.questions.drop(turn.team)
    await turn.turn_into(await _list(turn, views.saved(turn.t, put)))


async def show_history(turn: Turn) -> None:
    """Who changed what, when."""
    await turn.turn_into(await _history(turn, int(turn.value)))


async def take_back(turn: Turn) -> None:
    """Undo what one change did, as a change of its own."""
    number, page = where(turn.value)
    put = await _EDITING.take_back(turn, number)
    turn.house.questions.drop(turn.team)
    await turn.turn_into(await _history(turn, page, taken_back(turn.t, put.text_da)))


async def _list(turn: Turn, above: Sequence[Block] = ()) -> ModalView:
    return views.list_view(turn.t, await _EDITING.puts(turn), above)


async def _history(turn: Turn, page: int, above: Sequence[Block] = ()) -> ModalView:
    return history_views.history_view(turn.t, await _EDITING.told(turn, page), above)
