"""An evaluation as it is played: opened in two lines, then looked at in the channel."""

from datetime import date
from typing import Any

from bot.circle import Level
from bot.evaluation import Occasion
from bot.evaluation_open import Opening
from bot.round import Kind, Round
from handlers.evaluation_open import begin
from storage import round_queries
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


async def as_it_is(library: Library, this: Round) -> Round:
    """The round as it is stored now."""
    return await library.store.read(round_queries.existing, "T01", this.id)


async def open_rounds(library: Library, partner_id: int) -> list[Round]:
    """Those about that partner."""
    return await library.store.read(round_queries.open_about, "T01", Kind.EVALUATION, partner_id)
