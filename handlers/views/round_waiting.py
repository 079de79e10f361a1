"""The rounds that wait for a colleague, as Home and the weekly message show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import Block, Button, SectionBlock

from bot.round import Kind, Round, Standing, State, count
from bot.round_steps import is_empty
from bot.translation import Translator, mark
from handlers.views import evaluation, tjek_reveal
from handlers.views import round as tjek
from handlers.views.parts import button, cut, plain, rich, row
from handlers.views.round import counted, deadline_of

About = tuple[Round, str]  # with what it is about

SUBJECT = 200  # characters


@dataclass(frozen=True)
class _Of:
    """What is said of one feature's rounds, and where the buttons lead."""

    asked: str
    led: str
    led_without: str  # her own answer is missing
    in_the_week: str
    answer: str  # action ids
    look: str
    decide: str


_OF: Mapping[Kind, _Of] = {
    Kind.TJEK: _Of(
        asked=mark("A colleague asks what you think about {subject}. Deadline {deadline}."),
        led=mark("You have asked about {subject}. {count} Deadline {deadline}."),
        led_without=mark(
            "You have asked about {subject}, and your own answer is missing. {count} Deadline"
            " {deadline}."
        ),
        in_the_week=mark("**{subject}** · your answer is missing\nDeadline {day}."),
        answer=tjek.ANSWER,
        look=tjek.LOOK,
        decide=tjek_reveal.DECIDE,
    ),
    Kind.EVALUATION: _Of(
        asked=mark("How is it going with {subject}? Your answer is missing. Deadline {deadline}."),
        led=mark("How is it going with {subject}? {count} Deadline {deadline}."),
        led_without=mark(
            "How is it going with {subject}? Your own answer is missing. {count} Deadline"
            " {deadline}."
        ),
        in_the_week=mark(
            "**How is it going with {subject}?** · your answer is missing\nDeadline {day}."
        ),
        answer=evaluation.ANSWER,
        look=evaluation.LOOK,
        decide=evaluation.LOOK,
    ),
}


def asked_lines(t: Translator, rounds: Sequence[About]) -> list[Block]:
    """Where others wait for my answer."""
    return [
        _line(
            f"asked{this.id}",
            t(
                _OF[this.kind].asked,
                subject=cut(subject, SUBJECT),
                deadline=deadline_of(t, this.deadline),
            ),
            _answer(t, this, f"asked{this.id}"),
        )
        for this, subject in rounds
    ]


def led_lines(t: Translator, rounds: Sequence[About]) -> list[Block]:
    """The rounds that are mine to lead to an end."""
    return [block for this, subject in rounds for block in _led(t, this, cut(subject, SUBJECT))]


def in_the_week(t: Translator, this: Round, subject: str, key: str) -> list[Block]:
    """The same in the weekly message; `key` is the thing's there."""
    values = {"subject": cut(subject, SUBJECT), "day": deadline_of(t, this.deadline)}
    return [
        rich(t(_OF[this.kind].in_the_week), block_id=f"line.{key}", **values),
        row(f"ways.{key}", _answer(t, this, f"week{this.id}")),
    ]


def undecided_in_the_week(t: Translator, this: Round, subject: str, key: str) -> list[Block]:
    """That the decision is missing, in the weekly message of who leads the round."""
    name = cut(subject, SUBJECT)
    sentence = t("**{subject}:** the decision is missing.") + " {shown}"
    values = {"subject": name, "shown": _ended(t, this, name)}
    return [
        rich(sentence, block_id=f"line.{key}", **values),
        row(f"ways.{key}", _decide(t, this, f"week{this.id}")),
    ]


def _led(t: Translator, this: Round, subject: str) -> list[Block]:
    name, of = f"led{this.id}", _OF[this.kind]
    if this.state is not State.OPEN:
        return [_to_end(t, this, subject, name)]
    values = {
        "subject": subject,
        "count": counted(t, count(this)),
        "deadline": deadline_of(t, this.deadline),
    }
    look = button(t("See the round"), f"{of.look}.{name}", str(this.id))
    if this.caller_left or this.standings.get(this.called_by) is not Standing.WAITING:
        return [_line(name, t(of.led, **values), look)]
    said = SectionBlock(plain(t(of.led_without, **values), 600), block_id=f"round.{name}")
    return [said, row(f"round_buttons.{name}", _answer(t, this, name), look)]


def _to_end(t: Translator, this: Round, subject: str, name: str) -> Block:
    return _line(name, _ended(t, this, subject), _decide(t, this, name))


def _ended(t: Translator, this: Round, subject: str) -> str:
    if not is_empty(this):
        return t("The answers about {subject} are shown. You write the decision.", subject=subject)
    if count(this).answered:
        return t(
            "Only one has answered about {subject}, so the answer is not shown. You choose what"
            " comes next.",
            subject=subject,
        )
    return t("No answers came about {subject}. You choose what comes next.", subject=subject)


def _decide(t: Translator, this: Round, where: str) -> Button:
    return button(t("Write the decision"), f"{_OF[this.kind].decide}.{where}", str(this.id))


def _answer(t: Translator, this: Round, where: str) -> Button:
    return button(t("Answer"), f"{_OF[this.kind].answer}.{where}", str(this.id))


def _line(name: str, said: str, way: Button) -> Block:
    return SectionBlock(plain(said, 600), block_id=f"round.{name}", accessory=way)
