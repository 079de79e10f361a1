"""An evaluation: opened as the bot does, or put into storage as if it had been."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_open import Opening
from bot.evaluation_questions import Instrument, shipped
from bot.round import Kind, Round, called
from bot.timetable import calendar_of
from bot.workspace import Workspace
from handlers.evaluation_open import begin
from storage import evaluation as stored
from storage import round as rounds
from storage import round_queries
from storage.database import Connection
from tests.handlers.library import Library
from tests.handlers.tjek_rounds import ALI, METTE, SOFIE, settled

KAREN, NADIA = "U01", "U07"
OURS = {"responsible": METTE, "deputy": ALI, "known_by": (SOFIE,)}


async def partner(library: Library, name: str = "Springbræt", **fields: Any) -> int:
    """The number of a collaboration that Mette is responsible for; Ali and Sofie know them."""
    return await library.known(name, **{"level": Level.COLLABORATION, **OURS, **fields})


async def opened(
    library: Library,
    partner_id: int,
    occasion: Occasion = Occasion.YEARLY,
    *,
    due_on: date | None = None,
    **more: Any,
) -> Round | None:
    """What is due is opened, and everything of it said."""
    now = library.house.clock.now()
    opening = Opening(partner_id, occasion, due_on or now.date(), **more)
    this = await begin(library.house, "T01", opening, now)
    await settled(library)
    return this


async def open_one(library: Library, **fields: Any) -> Round:
    """An evaluation of a new partner, opened."""
    this = await opened(library, await partner(library, **fields))
    assert this is not None
    return await as_it_is(library, this)


def new(
    partner_id: int, now: datetime, instrument: str | Instrument = "collaboration", **more: Any
) -> Evaluation:
    """A yearly one of a collaboration, not stored yet."""
    asked = shipped().get(instrument) if isinstance(instrument, str) else instrument
    usual: dict[str, Any] = {
        "occasion": Occasion.YEARLY,
        "level": Level.COLLABORATION,
        "due_on": now.date(),
    }
    return Evaluation(partner_id, instrument=asked, opened_at=now, **usual | more)


def put(conn: Connection, team: str, one: Evaluation, invited: Iterable[str], **more: Any) -> Round:
    """Store it with its round, led by Mette; nothing is said of it."""
    evaluation = stored.add(conn, team, one)
    now = one.opened_at
    usual: dict[str, Any] = {"by": METTE, "deadline": friday(now), "channel": "C01"}
    this = called(
        Kind.EVALUATION,
        evaluation.id,
        invited=invited,
        now=now,
        calendar=calendar_of(Workspace()),
        partner_id=one.partner_id,
        **usual | more,
    )
    return rounds.start(conn, team, this)


def friday(now: datetime) -> datetime:
    """Friday of the week after, at noon."""
    day = now.date() + timedelta(days=7 + 4 - now.weekday())
    return calendar_of(Workspace()).moment(day, time(12))


async def as_it_is(library: Library, this: Round) -> Round:
    """The round as it is stored now."""
    return await library.store.read(round_queries.existing, "T01", this.id)


async def open_rounds(library: Library, partner_id: int) -> list[Round]:
    """Those about that partner."""
    return await library.store.read(round_queries.open_about, "T01", Kind.EVALUATION, partner_id)
