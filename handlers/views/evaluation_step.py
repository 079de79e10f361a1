"""What a colleague sees to after an evaluation: told, and on Home until it is done."""

from collections.abc import Sequence
from datetime import date

from slackblocks import Block

from bot.evaluation_step import Agreed
from bot.translation import Translator
from handlers.views import round_step
from handlers.views.evaluation_result import result_button
from handlers.views.parts import Reply
from handlers.views.round_step import Todo

DONE = "evaluation_step_done"

Mine = tuple[Agreed, str]  # with what it is about


def chosen(t: Translator, steps: Sequence[Mine], today: date) -> Reply:
    """To the one who was chosen for these, all after one evaluation."""
    todos = [_todo(one, subject) for one, subject in steps]
    see = result_button(t, steps[0][0].evaluation_id, "step")
    return round_step.chosen(t, steps[0][0].by, todos, see, today)


def lines(t: Translator, steps: Sequence[Mine], today: date) -> list[Block]:
    """The same on Home; each with what it is about."""
    blocks: list[Block] = []
    for one, subject in steps:
        see = result_button(t, one.evaluation_id, f"step{one.id}")
        blocks += round_step.lines(t, _todo(one, subject), see, today)
    return blocks


def _todo(one: Agreed, subject: str) -> Todo:
    return Todo(one.id, one.text, one.due_on, subject, DONE)
