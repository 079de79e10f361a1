"""The rounds that wait for a colleague, as Home shows them: a line and a button each."""

from collections.abc import Sequence

from slackblocks import Block, Button, SectionBlock

from bot.round import Round, Standing, State, count
from bot.translation import Translator
from handlers.views.parts import button, cut, plain, row
from handlers.views.round import answer_button, counted, deadline_of, look_button
from handlers.views.tjek_reveal import DECIDE

About = tuple[Round, str]  # with what it is about

SUBJECT = 200  # characters


def asked_lines(t: Translator, rounds: Sequence[About]) -> list[Block]:
    """Where a colleague waits for my answer."""
    return [
        _line(
            f"asked{this.id}",
            t(
                "A colleague asks what you think about {subject}. Deadline {deadline}.",
                subject=cut(subject, SUBJECT),
                deadline=deadline_of(t, this.deadline),
            ),
            answer_button(t, this, f"asked{this.id}", primary=False),
        )
        for this, subject in rounds
    ]


def led_lines(t: Translator, rounds: Sequence[About]) -> list[Block]:
    """The rounds that are mine to lead to an end."""
    return [block for this, subject in rounds for block in _led(t, this, cut(subject, SUBJECT))]


def _led(t: Translator, this: Round, subject: str) -> list[Block]:
    name = f"led{this.id}"
    if this.state is not State.OPEN:
        return [_to_end(t, this, subject, name)]
    values = {
        "subject": subject,
        "count": counted(t, count(this)),
        "deadline": deadline_of(t, this.deadline),
    }
    if this.caller_left or this.standings.get(this.called_by) is not Standing.WAITING:
        said = t("You have asked about {subject}. {count} Deadline {deadline}.", **values)
        return [_line(name, said, look_button(t, this, name))]
    said = t(
        "You have asked about {subject}, and your own answer is missing. {count} Deadline"
        " {deadline}.",
        **values,
    )
    ways = row(
        f"round_buttons.{name}",
        answer_button(t, this, name, primary=False),
        look_button(t, this, name),
    )
    return [SectionBlock(plain(said, 600), block_id=f"round.{name}"), ways]


def _to_end(t: Translator, this: Round, subject: str, name: str) -> Block:
    if count(this).answered:
        said = t("The answers about {subject} are shown. You write the decision.", subject=subject)
    else:
        said = t("No answers came about {subject}. You choose what comes next.", subject=subject)
    return _line(name, said, button(t("Write the decision"), f"{DECIDE}.{name}", str(this.id)))


def _line(name: str, said: str, way: Button) -> Block:
    return SectionBlock(plain(said, 600), block_id=f"round.{name}", accessory=way)
