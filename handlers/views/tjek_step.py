"""What a colleague was chosen to see to after a check: told, and on Home until it is done."""

from collections.abc import Sequence
from datetime import date

from slackblocks import Block, Button

from bot.tjek_step import Task
from bot.translation import Translator
from handlers.views import round_step
from handlers.views.parts import Reply, button
from handlers.views.round_step import Todo
from handlers.views.tjek import SHOW

DONE = "tjek_step_done"


def chosen(t: Translator, task: Task, subject: str, today: date) -> Reply:
    """To the one who was chosen."""
    see = _see(t, task, f"{SHOW}.step")
    return round_step.chosen(t, task.by, [_todo(task, subject)], see, today)


def lines(t: Translator, tasks: Sequence[tuple[Task, str]], today: date) -> list[Block]:
    """The same on Home; each with what it is about."""
    blocks: list[Block] = []
    for task, subject in tasks:
        see = _see(t, task, f"{SHOW}.step{task.tjek_id}")
        blocks += round_step.lines(t, _todo(task, subject), see, today)
    return blocks


def _todo(task: Task, subject: str) -> Todo:
    return Todo(task.tjek_id, task.text, task.due_on, subject, DONE)


def _see(t: Translator, task: Task, action_id: str) -> Button:
    return button(t("See the check"), action_id, str(task.tjek_id))
