"""Many evaluations in one channel on one day: the noise budget keeps none of the answers back."""

from datetime import date, datetime, time

from bot.circle import Level
from bot.evaluation import Occasion
from bot.round import Kind, State
from storage import delivery as deliveries
from storage import evaluation_year as moves
from storage import round_queries
from storage.database import Connection
from tests.handlers.deliveries import TEAM
from tests.handlers.evaluation_rounds import ALI, CHANNEL, KAREN, METTE, ready, settled
from tests.handlers.library import Json, Library, said
from tests.handlers.test_evaluation_year import CALENDAR, opened, partnership, round_of, wind

MANY = 8
DAY, DUE = date(2027, 2, 2), date(2027, 3, 9)


async def test_answers_do_not_wait_for_a_message_that_the_channel_had_no_room_for(
    library: Library,
) -> None:
    await ready(library)

    def put(conn: Connection, team: str, partner: int, now: datetime) -> None:
        moves.move(conn, team, partner, Occasion.YEARLY, DUE, to_on=DAY, by=KAREN, now=now)

    for n in range(MANY):
        fields = {"responsible": METTE, "deputy": ALI, "level": Level.PARTNERSHIP}
        number = await partnership(library, f"Forening {n}", **fields)
        await library.store.write(put, TEAM, number, library.house.clock.now())
    await wind(library, DAY)
    await library.house.drain()
    await settled(library)
    rounds = [await round_of(library, one) for one in await opened(library)]
    assert len(rounds) == MANY
    assert not all(this.ts for this in rounds)  # the channel has no room for all of them
    last = max(this.deadline for this in rounds)
    await wind(library, CALENDAR.day(last), time(12, 1))
    await settled(library)
    told = await _told(library)
    for one in rounds:
        this = await library.store.read(round_queries.existing, TEAM, one.id)
        assert this.state is State.REVEALED
        first = first_answer(this.id)
        assert await library.store.read(deliveries.said, TEAM, first)
    assert len(told) == MANY  # a thread for each, and no invitation after the answers


def first_answer(number: int) -> str:
    return f"{Kind.EVALUATION}.reveal.{number}.{CHANNEL}.000"


async def _told(library: Library) -> list[Json]:
    """The messages about evaluations that stand in the channel itself."""
    return [one for one in await library.in_channel(CHANNEL) if "Forening" in said(one)]
