"""What every feature that asks does alike with its rounds: shown, early or due; declined, left."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime

from bot.round import Kind, Round, Standing, State, Why
from bot.round_steps import check_show, check_steward
from bot.translation import mark
from handlers import round as desk_of
from handlers.clock import survived
from handlers.delivery_on import require_switched_on
from handlers.house import House
from handlers.turn import Turn
from handlers.views.notice import notice_view
from handlers.views.parts import Reply, notice, rich
from storage import round as rounds
from storage import round_queries
from storage.database import Connection

SHOWING = mark("**All answers are on their way into the thread.** Everybody sees them at once.")
CALLED_OFF = mark("**The round is called off.** Nobody has seen anybody's answers.")


@dataclass(frozen=True)
class Steps:
    """The steps of one feature's rounds."""

    kind: Kind
    pieces: desk_of.Pieces
    renew: Callable[[House, str, int], Coroutine[object, object, None]]

    def later(self, turn: Turn, this: Round) -> None:
        """Bring the channel up to date once the person has her answer; a reveal does it itself."""
        if this.state is not State.REVEALED:
            turn.house.carry_on(self.renew(turn.house, turn.team, this.id))

    async def show_now(self, turn: Turn) -> None:
        """Before the deadline, by who leads the round."""
        await require_switched_on(turn)
        await steward(turn, await turn.read(round_queries.existing, int(turn.value)))
        await turn.write(self._show_now, turn)
        await tell(turn, SHOWING)

    async def left(self, turn: Turn) -> None:
        """Somebody's account in Slack is closed: no round waits for her."""
        for this in await turn.write(self._leave, turn):
            self.later(turn, this)

    async def show_due(self, house: House, now: datetime) -> None:
        """Show the rounds whose deadline has come."""
        for team in await house.store.read(round_queries.teams_with_due, self.kind, now):
            for this in await house.store.read(round_queries.due, team, self.kind, now):
                await survived("The answers of a round", self._show_one(house, team, this, now))

    def answered(
        self, conn: Connection, team: str, before: Round, this: Round, voice: str, now: datetime
    ) -> Round:
        """A page was kept; the round as it is then, shown where hers was the last to be sent."""
        if this.standings[voice] is Standing.ANSWERED:
            this = self.settle(conn, team, this, now)
        if this.standings[voice] is not before.standings[voice]:
            desk_of.stands_otherwise(conn, team, this, voice, now)
        return this

    def declines(self, conn: Connection, team: str, turn: Turn, voice: str) -> Round:
        """She does not take part; the round as it is then."""
        this = rounds.decline(conn, team, int(turn.value), voice, turn.now)
        settled = self.settle(conn, team, this, turn.now)
        desk_of.stands_otherwise(conn, team, settled, voice, turn.now)
        return settled

    def settle(self, conn: Connection, team: str, this: Round, now: datetime) -> Round:
        """As handlers.round.settle."""
        return desk_of.settle(conn, team, this, now, self.pieces)

    def _show_now(self, conn: Connection, team: str, turn: Turn) -> Round:
        this = round_queries.existing(conn, team, int(turn.value), lock=True)
        check_show(this, turn.user)
        return desk_of.show(conn, team, this, Why.CALLED, turn.now, self.pieces) or this

    def _leave(self, conn: Connection, team: str, turn: Turn) -> list[Round]:
        found = rounds.leave(conn, team, self.kind, turn.user)
        return [self.settle(conn, team, this, turn.now) for this in found]

    async def _show_one(self, house: House, team: str, this: Round, now: datetime) -> None:
        await house.store.write(desk_of.show, team, this, Why.DEADLINE, now, self.pieces)
        house.wake()


async def steward(turn: Turn, this: Round) -> None:
    """Let pass who may lead this round to its end; UserError says who can."""
    check_steward(this, turn.user, (await turn.library()).coordinators)


def in_own_messages(turn: Turn) -> bool:
    """Whether the button stands in a message to her alone, which may be put in another's place."""
    return str(turn.body.get("channel", {}).get("id", "")).startswith("D")


def has_ended(this: Round, now: datetime) -> bool:
    """Whether nothing can be answered any more."""
    return this.state is not State.OPEN or now >= this.deadline


async def tell(turn: Turn, sentence: str) -> None:
    """One sentence, where the person is."""
    said = turn.t(sentence)
    await turn.show(notice_view(turn.t, Reply(notice(said), [rich(said, block_id="round_done")])))
