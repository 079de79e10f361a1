"""An evaluation whose answers are shown, put down as it is stored, and what follows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.circle import Level
from bot.evaluation import Occasion
from bot.round import Round, State, Why
from bot.round_voice import THE_PARTNER
from handlers import round as desk_of
from handlers.evaluation_reveal import pieces
from storage import evaluation as evaluations
from storage import round as rounds
from storage.database import Connection
from tests.handlers import evaluations as put_down
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.tjek_rounds import ALI, METTE, PARTNERS, messages, settled
from tests.handlers.wire import api

MIDDLING = {
    "easy": "4",
    "roles": "4",
    "forward": "3",
    "agreed": "4",
    "difference": "5",
    "worth": "4",
}
LOW = MIDDLING | {"difference": "2", "worth": "2"}
Sheets = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Asked:
    """Which partner, evaluation and round it is."""

    partner_id: int
    evaluation_id: int
    round_id: int


async def shown(
    library: Library,
    ours: Sheets | None = None,
    theirs: Mapping[str, str] | None = None,
    *,
    partner_id: int | None = None,
    occasion: Occasion = Occasion.YEARLY,
    **partner: Any,
) -> Asked:
    """Mette's round about Springbræt, answered and shown; by nobody where `ours` is empty."""
    given = {METTE: MIDDLING, ALI: MIDDLING} if ours is None else ours
    fields: dict[str, Any] = {"responsible": METTE, "level": Level.COLLABORATION}
    if partner_id is None:
        partner_id = await library.known(**fields | partner)
    number = partner_id
    now = library.house.clock.now()

    voices = [THE_PARTNER] if theirs else []
    one = put_down.new(
        number, now, occasion=occasion, level=fields["level"], subject="lektiecaféen"
    )

    def ask(conn: Connection, team: str) -> Asked:
        invited = [METTE, ALI, *voices]
        this = put_down.put(conn, team, one, invited, channel=PARTNERS, open_to_all=True)
        return Asked(number, this.subject_id, this.id)

    def show(conn: Connection, team: str) -> None:
        sheets = {**given, **({THE_PARTNER: theirs} if theirs else {})}
        for voice, answers in sheets.items():
            this = rounds.answer(
                conn, team, asked.round_id, voice, answers=answers, notes={}, now=now
            )
        if not sheets:
            this, _ = evaluations.with_round(conn, team, asked.round_id)
        desk_of.show(conn, team, this, Why.DEADLINE, now, pieces)

    asked = await library.store.write(ask, "T01")
    # The bot itself would begin three threads a week in one channel.
    first = await api(library, "chat.postMessage", channel=PARTNERS, text="Hvordan går det?")
    await library.store.write(rounds.stands_in_channel, "T01", asked.round_id, first["ts"])
    await library.store.write(show, "T01")
    library.house.wake()
    await settled(library)
    return asked


async def thread(library: Library, nth: int = -1) -> list[Json]:
    """What hangs below the message about it in the channel."""
    found: list[Json] = (await messages(library))[nth]["replies"]
    return found


async def decide(library: Library, action_id: str, user: str = METTE, nth: int = -1) -> Json:
    """Press that button below the answers."""
    for message in await thread(library, nth):
        for block_id, element in elements(message):
            if element["action_id"] == action_id:
                ids = {"action_id": action_id, "block_id": block_id}
                where = {"channel": PARTNERS, "ts": message["ts"]}
                done = await library.control("click", user=user, message=where, **ids)
                await settled(library)
                return done
    raise AssertionError(f"no {action_id} in the thread")


async def round_now(library: Library, asked: Asked) -> Round:
    this, _ = await library.store.read(evaluations.with_round, "T01", asked.round_id)
    return this


async def last_said(library: Library, nth: int = -1) -> str:
    return said((await thread(library, nth))[-1])


def is_closed(this: Round, decision: str) -> bool:
    return this.state is State.CLOSED and this.decision == decision
