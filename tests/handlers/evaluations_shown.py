"""Evaluations that stand in storage already, with their answers, for the tests of what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.partner import Partner
from bot.round import Round, Why
from handlers import evaluation_reveal
from handlers import round as handled
from storage import partner as register_of
from storage import round as rounds
from storage.database import Connection
from storage.round_tables import ROUND
from tests.handlers import evaluations
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
    held = evaluations.new(partner_id, now, told.instrument)
    this = evaluations.put(conn, TEAM, held, told.answers, by=told.led_by, channel=PARTNERS)
    if told.caller_left:
        mine = (ROUND.c.team_id == TEAM, ROUND.c.id == this.id)
        conn.execute(sa.update(ROUND).where(*mine).values(caller_left=True))
    asked = [one.id for one in held.instrument.questions]
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
