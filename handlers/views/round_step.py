"""A step that a round has led to, as the one who sees to it has it: told, on Home, and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import Block, Button

from bot.translation import Translator
from handlers.views.parts import Person, Reply, button, cut, notice, rich, row, small

SUBJECT = 200  # characters


@dataclass(frozen=True)
class Todo:
    """One step; `done` is the id of the button that ends it, with its number as the value."""

    number: int
    text: str
    due_on: date
    subject: str
    done: str


def chosen(t: Translator, by: str, todos: Sequence[Todo], see: Button, today: date) -> Reply:
    """To the one who was chosen for these; all are about the same."""
    subject = cut(todos[0].subject, SUBJECT)
    short = t("You are down for the next step with {subject}.")
    first = t("{who} has put you down for the next step with **{subject}**:")
    stands = t("It stands on your Home tab until somebody presses “It is done”.")
    blocks: list[Block] = []
    if len(todos) > 1:
        first = t("{who} has put you down for the next steps with **{subject}**:")
        blocks.append(rich(first, block_id="step_chosen", who=Person(by), subject=subject))
        for todo in todos:
            said = rich(
                "{step}\n" + t("By {day}."),
                block_id=f"step_chosen.{todo.number}",
                step=todo.text,
                day=t.long_day(todo.due_on, today),
            )
            blocks += [said, row(f"step_buttons.{todo.number}", _told(t, todo))]
        return Reply(
            notice(short, subject=subject),
            [*blocks, small(stands, "step_home"), row("step_buttons", see)],
        )
    (todo,) = todos
    return Reply(
        notice(short, subject=subject),
        [
            rich(
                first + "\n{step}\n" + t("By {day}."),
                block_id="step_chosen",
                who=Person(by),
                subject=subject,
                step=todo.text,
                day=t.long_day(todo.due_on, today),
            ),
            small(stands, "step_home"),
            row("step_buttons", _told(t, todo), see),
        ],
    )


def lines(t: Translator, todo: Todo, see: Button, today: date) -> list[Block]:
    """The same on Home and in the weekly message."""
    number = str(todo.number)
    sentence = t("**{subject}:** {step} ({day})")
    if todo.due_on < today:
        sentence = t("**{subject}:** {step} (planned for {day}). Is it done?")
    return [
        rich(
            sentence,
            block_id=f"to_do.{number}",
            subject=cut(todo.subject, SUBJECT),
            step=todo.text,
            day=t("today") if todo.due_on == today else t.long_day(todo.due_on, today),
        ),
        row(
            f"to_do_buttons.{number}",
            button(t("It is done"), f"{todo.done}.{number}", number),
            see,
        ),
    ]


def done(t: Translator, subject: str) -> Reply:
    """It is done."""
    said = t("**Done:** the next step with {subject}.")
    values = {"subject": cut(subject, SUBJECT)}
    return Reply(notice(said, **values), [rich(said, block_id="step_done", **values)])


def taken_off(t: Translator, by: str, subject: str) -> Reply:
    """In place of what she was told: nothing of it is hers any more."""
    said = t("**{subject}:** {who} has taken the step off again.")
    short = t("The step with {subject} has been taken off again.")
    values = {"subject": cut(subject, SUBJECT)}
    block = rich(said, block_id="step_taken_off", who=Person(by), **values)
    return Reply(notice(short, **values), [block])


def in_message(done_id: str) -> str:
    """The same button in the message that told of the step, which then changes."""
    return f"{done_id}.told"


def is_in_message(action_id: str) -> bool:
    """Whether it was pressed there."""
    return ".told" in action_id


def _told(t: Translator, todo: Todo) -> Button:
    number = str(todo.number)
    return button(t("It is done"), f"{in_message(todo.done)}{number}", number)
