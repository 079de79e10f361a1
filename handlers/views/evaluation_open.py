"""Asking by hand how it goes: with which questions, about what, and what to think of first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slackblocks import Block, InputBlock, ModalView, Option, PlainTextInput, RadioButtonGroup

from bot.evaluation_open import FEW, is_asked_about, may_ask
from bot.evaluation_questions import Instrument
from bot.intake import LINE_LENGTH
from bot.partner import Partner
from bot.round import Round
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import evaluation as views
from handlers.views.parts import Channel, Typed, button, cut, option, plain, rich, row, small
from handlers.views.round import deadline_of

SUBMIT = "evaluation_open_now"  # callback id

INSTRUMENT = "instrument"  # block and action ids
SUBJECT = "subject"

CHOICES = 10  # radio buttons that Slack takes


@dataclass(frozen=True)
class Asking:
    """What the form says."""

    instrument_id: str
    subject: str


@dataclass(frozen=True)
class Circumstances:
    """What is worth knowing before one asks."""

    usual: str  # the id of the instrument for that level
    asked: int  # how many of us would be
    last: date | None = None  # the day of the last round about them


def on_card(t: Translator, library: Workspace, partner: Partner, user: str) -> list[Block]:
    """The way to it, for those who may."""
    if not (is_asked_about(partner) and may_ask(partner, user, library.coordinators)):
        return []
    return [row("card_evaluation", button(t("Ask how it goes"), views.BEGIN, str(partner.id)))]


def open_view(
    t: Translator,
    partner: Partner,
    instruments: Sequence[Instrument],
    around: Circumstances,
    today: date,
) -> ModalView:
    """The form; the thread opens at once when it is sent."""
    offered = [_offered(t, one) for one in _usual_first(instruments, around.usual)]
    first = t(
        "I ask those of you who know {partner}. Everybody answers alone, and the answers are shown"
        " together. The round opens at once."
    )
    blocks: list[Block] = [
        rich(first, block_id="open_what", partner=cut(partner.name, views.NAME)),
        *_warnings(t, around, today),
        InputBlock(
            plain(t("Which questions?")),
            RadioButtonGroup(INSTRUMENT, offered, initial_option=offered[0]),
            block_id=INSTRUMENT,
        ),
        InputBlock(
            plain(t("What is it about?")),
            PlainTextInput(
                SUBJECT, max_length=LINE_LENGTH, placeholder=plain(t("the homework café"))
            ),
            hint=plain(
                t("Everybody in the channel sees it. Leave it empty for the relation as a whole.")
            ),
            block_id=SUBJECT,
            optional=True,
        ),
    ]
    return ModalView(
        plain(t("Ask how it goes")),
        blocks,
        submit=plain(t("Ask")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=str(partner.id),
    )


def read_open(typed: Typed) -> Asking:
    """The form as filled in."""
    chosen = typed[INSTRUMENT][INSTRUMENT].get("selected_option") or {}
    return Asking(str(chosen.get("value") or ""), str(typed[SUBJECT][SUBJECT].get("value") or ""))


def opened_view(
    t: Translator,
    this: Round,
    partner: Partner,
    comes_at: datetime | None = None,
    *,
    full: bool = False,
) -> ModalView:
    """That it is open, and where; `comes_at` is when the thread does, where that is not now.

    `full` says that it waits for room in the channel, and not for somebody at work.
    """
    sentence = t("**The round about {subject} is open** until {deadline}.")
    where = t("The thread comes in {channel} in a moment.")
    if comes_at:
        where = t("The thread comes in {channel} {day}, when you are at work.")
    if comes_at and full:
        where = t("{channel} has had enough new threads for now. This one comes {day}.")
    if not this.channel:
        where = t(
            "There is no channel where I can write about it, so I ask each of you in private, and"
            " show you the answers there."
        )
    block = rich(
        f"{sentence} {where}",
        block_id="open_done",
        subject=cut(partner.name, views.NAME),
        deadline=deadline_of(t, this.deadline),
        channel=Channel(this.channel),
        day=_day(t, comes_at, full=full),
    )
    title, close = plain(t("Ask how it goes")), plain(t("Close"))
    return ModalView(title, [block], close=close, callback_id="evaluation_opened")


def _day(t: Translator, comes_at: datetime | None, *, full: bool) -> str:
    """Of one that waits for room only the day: its hour is that of the asking."""
    if comes_at is None:
        return ""
    return t.long_day(comes_at) if full else deadline_of(t, comes_at)


def _warnings(t: Translator, around: Circumstances, today: date) -> list[Block]:
    blocks: list[Block] = []
    if around.last:
        lately = t("You were asked in {month}.", month=t.month(around.last, today))
        blocks.append(rich(lately, block_id="open_lately"))
    if around.asked < FEW:
        blocks.append(small(t(views.FEW), "open_few"))
    return blocks


def _usual_first(instruments: Sequence[Instrument], usual: str) -> list[Instrument]:
    ordered = sorted(instruments, key=lambda one: one.id != usual)
    return ordered[:CHOICES]


def _offered(t: Translator, instrument: Instrument) -> Option:
    what = f"{views.questions_of(t, instrument)}, {views.time_for(t, instrument)}"
    return option(instrument.name.in_(t.language), instrument.id, what)
