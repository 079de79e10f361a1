"""Evaluations that stand in storage already, with their answers, for the tests of what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import shipped
from bot.partner import Partner
from bot.round import Kind, Round, Standing, Why
from handlers import evaluation_reveal
from handlers import round as handled
from storage import evaluation as evaluations
from storage import partner as register_of
from storage import round as rounds
from storage.database import Connection
from tests.handlers.library import Library
from tests.handlers.tjek_rounds import METTE, PARTNERS, settled

TEAM = "T01"


@dataclass(frozen=True)
class Answers:
    """One voice's answers to the six questions in order, 0 for "don't know", and notes."""

    given: Sequence[int] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)

    def of(self, asked: Sequence[str]) -> dict[str, str | None]:
        found = {
            one: str(number) if number else "unknown"
            for one, number in zip(asked, self.given, strict=False)
        }
        return {**found, **self.criteria}


@dataclass(frozen=True)
class Told:
    """An evaluation as it is put into storage: by voice what was answered, None for silence."""

    answers: Mapping[str, Answers | None]
    days_ago: int = 0
    instrument: str = "collaboration"
    led_by: str = METTE
    caller_left: bool = False
    opens: bool = False  # and is not shown yet


async def partner(library: Library, name: str = "Springbræt", responsible: str = METTE) -> int:
    now = library.house.clock.now()
    new = Partner(name, responsible=responsible)
    stored = await library.store.write(register_of.add, TEAM, new, by=METTE, now=now)
    return stored.id


async def shown(library: Library, partner_id: int, told: Told) -> Round:
    """The evaluation has been held: today's is shown in the thread, an earlier one long ago."""
    now = library.house.clock.now() - timedelta(days=told.days_ago)
    this = await library.store.write(_held, TEAM, partner_id, told, now)
    library.house.wake()
    await settled(library)
    return this


def _held(conn: Connection, _team: str, partner_id: int, told: Told, now: datetime) -> Round:
    instrument = shipped().get(told.instrument)
    asked = [one.id for one in instrument.questions]
    new = Evaluation(partner_id, Occasion.YEARLY, instrument, Level.COLLABORATION, now.date(), now)
    evaluation = evaluations.add(conn, TEAM, new)
    this = rounds.start(
        conn,
        TEAM,
        Round(
            kind=Kind.EVALUATION,
            subject_id=evaluation.id,
            called_by=told.led_by,
            opened_at=now,
            deadline=now + timedelta(days=5),
            standings=dict.fromkeys(told.answers, Standing.WAITING),
            named=False,
            partner_id=partner_id,
            caller_left=told.caller_left,
            channel=PARTNERS,
        ),
    )
    for voice, one in told.answers.items():
        if one is not None:
            rounds.answer(
                conn, TEAM, this.id, voice, answers=one.of(asked), notes=one.notes, now=now
            )
    if told.opens:
        return this
    if told.days_ago:
        return rounds.reveal(conn, TEAM, this.id, why=Why.DEADLINE, now=now) or this
    return handled.show(conn, TEAM, this, Why.DEADLINE, now, evaluation_reveal.pieces) or this
