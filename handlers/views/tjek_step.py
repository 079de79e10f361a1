"""What a colleague was chosen to see to after a check: told, and on Home until it is done."""

from collections.abc import Sequence
from datetime import date

from slackblocks import Block

from bot.tjek_step import Task
from bot.translation import Translator
from handlers.views.parts import Person, Reply, button, cut, notice, rich, row, small
from handlers.views.tjek import SHOW

DONE = "tjek_step_done"
DONE_IN_MESSAGE = f"{DONE}.told"

SUBJECT = 200  # characters


def chosen(t: Translator, task: Task, subject: str, today: date) -> Reply:
    """To the one who was chosen."""
    short = t("You are down for the next step with {subject}.")
    stands = t("It stands on your Home tab until somebody presses “It is done”.")
    values = {"subject": cut(subject, SUBJECT)}
    return Reply(
        notice(short, **values),
        [
            rich(
                t("{who} has put you down for the next step with **{subject}**:")
                + "\n{step}\n"
                + t("By {day}."),
                block_id="step_chosen",
                who=Person(task.by),
                step=task.text,
                day=t.long_day(task.due_on, today),
                **values,
            ),
            small(stands, "step_home"),
            row(
                "step_buttons",
                button(t("It is done"), DONE_IN_MESSAGE, str(task.tjek_id)),
                button(t("See the check"), f"{SHOW}.step", str(task.tjek_id)),
            ),
        ],
    )


def lines(t: Translator, tasks: Sequence[tuple[Task, str]], today: date) -> list[Block]:
    """The same on Home; each with what it is about."""
    blocks: list[Block] = []
    for task, subject in tasks:
        number = str(task.tjek_id)
        sentence = t("**{subject}:** {step} ({day})")
        if task.due_on < today:
            sentence = t("**{subject}:** {step} (planned for {day}). Is it done?")
        blocks += [
            rich(
                sentence,
                block_id=f"to_do.{number}",
                subject=cut(subject, SUBJECT),
                step=task.text,
                day=t.long_day(task.due_on, today),
            ),
            row(
                f"to_do_buttons.{number}",
                button(t("It is done"), f"{DONE}.{number}", number),
                button(t("See the check"), f"{SHOW}.step{number}", number),
            ),
        ]
    return blocks


def done(t: Translator, subject: str) -> Reply:
    """It is done."""
    said = t("**Done:** the next step with {subject}.")
    values = {"subject": cut(subject, SUBJECT)}
    return Reply(notice(said, **values), [rich(said, block_id="step_done", **values)])
