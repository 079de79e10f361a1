"""Where features sign up for what Slack brings; each listener gets a Turn and stands in the wall.

Acknowledged first, then worked on, and counted in from before the acknowledgement until the end,
so that a process told to stop loses nothing it said yes to. A submitted modal is answered in its
acknowledgement, because Slack takes field errors and the next view only there.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slackblocks import Option

from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.timetable import Row
from bot.translation import Translator
from bot.workspace import Language
from bot.workspace_roles import Action
from handlers import access
from handlers.desk_answer import answer, late_view, meanwhile
from handlers.desk_signed import SignedUp
from handlers.errors import Trouble, guarded, tell, with_names
from handlers.house import House
from handlers.language import translator
from handlers.tick_plan import (
    After,
    Asked,
    Check,
    Compose,
    Dead,
    Instead,
    Job,
    Kind,
    Left,
    Until,
)
from handlers.turn import Json, Next, Turn

log = logging.getLogger(__name__)

Handler = Callable[[Turn], Awaitable[None]]
Submission = Callable[[Turn], Awaitable[Next | None]]
Suggestion = Callable[[Turn], Awaitable[list[Option]]]
Follower = Callable[[Turn], None]

_EVERY = re.compile("")
ANSWER_SECONDS = 2.0  # Slack hears a form's answer for three, the way there and back included


@dataclass
class Desk:
    """The sign-up sheet: one method per kind of thing that Slack brings.

    Whoever signs up says what it is that a person does there; the Desk asks each time whether she
    still may (bot.workspace_roles), for a button stays where it was when a role does not.
    """

    app: AsyncApp
    house: House
    _followers: list[Follower] = field(default_factory=list)
    _watchers: list[Follower] = field(default_factory=list)
    _signed: SignedUp = field(default_factory=SignedUp)

    def __post_init__(self) -> None:
        """One listener of Bolt's for each kind of thing; the table behind it knows whose it is."""
        self.app.command(_EVERY)(self._acknowledging("command"))
        self.app.action(_EVERY)(self._acknowledging("action"))
        self.app.shortcut(_EVERY)(self._acknowledging("shortcut"))
        self.app.view(_EVERY)(self._submitted)
        self.app.options(_EVERY)(self._suggested)

    def after_saving(self, follower: Follower) -> None:
        """What is told of each click and form that wrote, once it is answered; it returns at once.

        Events are told to nobody.
        """
        self._followers.append(follower)

    def after_each(self, watcher: Follower) -> None:
        """As after_saving, of each click and form, whatever came of it."""
        self._watchers.append(watcher)

    def delivers(
        self,
        kind: str,
        compose: Compose,
        after: After | None = None,
        *,
        unasked: bool = False,
        dead: Dead | None = None,
        says: Budgeted = Budgeted.MESSAGE,
        value: Value = Value.REST,
        until: Until | None = None,
        instead: Instead | None = None,
        asked: Asked | None = None,
    ) -> None:
        """A kind of thing that is said later or to somebody else (handlers/tick_plan.py)."""
        if kind in self.house.plan.kinds:
            raise ValueError(f"two have signed up to deliver {kind}")
        self.house.plan.kinds[kind] = Kind(
            compose, after, unasked, dead, says, value, until, instead, asked
        )

    def each_tick(self, check: Check) -> None:
        """What is looked at every second, for all libraries at once; it must be quick."""
        self.house.plan.checks.append(check)

    def when_left(self, left: Left) -> None:
        """What is told when somebody is no colleague any more: has left, or was made a guest."""
        self.house.plan.leaving.append(left)

    def runs(self, row: Row, job: Job) -> None:
        """What is done whenever its time has come, by one of all bots."""
        self.house.plan.jobs.append((row, job))

    def command(self, name: str, handler: Handler, may: Action) -> None:
        """A slash command."""
        self._signed.add("command", name, handler, may)

    def action(self, action_id: str, handler: Handler, may: Action) -> None:
        """A button, menu or other element used in a message, a modal or on Home.

        An id that stands in a view several times carries an ending: "partner_show.2".
        """
        self._signed.add("action", action_id, handler, may)

    def shortcut(self, callback_id: str, handler: Handler, may: Action) -> None:
        """A shortcut, global or on a message."""
        self._signed.add("shortcut", callback_id, handler, may)

    def submit(self, callback_id: str, handler: Submission, may: Action) -> None:
        """A modal's submit button."""
        self._signed.add("submit", callback_id, handler, may)

    def options(self, action_id: str, handler: Suggestion, may: Action) -> None:
        """What a select offers while a person types in it."""
        self._signed.add("options", action_id, handler, may)

    def event(self, name: str, handler: Handler) -> None:
        """An event; Bolt has acknowledged it. The handler itself decides who is let in."""

        async def listener(body: Json, context: AsyncBoltContext) -> None:
            with self.house.at_work():
                turn = self._turn(f"event:{body['event_id']}", body, context)
                outcome = await guarded(turn, self._prepared(turn, handler))
                if isinstance(outcome, Trouble):
                    await tell(turn, outcome)
                if turn.saved:
                    self.house.wake()

        self.app.event(name)(listener)

    async def _submitted(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        view = body["view"]
        with self.house.at_work():
            turn = self._turn(f"submit:{view['id']}:{view['hash']}", body, context)
            work = asyncio.ensure_future(self._tried(turn, *self._signed.find("submit", body)))
            done, _ = await asyncio.wait({work}, timeout=ANSWER_SECONDS)
            outcome = work.result() if done else meanwhile(turn)
            await ack(**answer(turn.t, outcome, view))
            if not done:
                await self._late(turn, await work)
            self._follow(turn)

    async def _suggested(self, ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
        with self.house.at_work():
            turn = self._turn("", body, context)
            handler, may = self._signed.find("options", body)
            outcome = await guarded(turn, self._admitted(turn, handler, may))
            found: list[Option] = outcome if isinstance(outcome, list) else []
            await ack(options=[option._resolve() for option in found])  # noqa: SLF001 - slackblocks gives a single option's JSON by no other name

    async def _tried(self, turn: Turn, handler: Submission, may: Action) -> object:
        outcome = await guarded(turn, self._admitted(turn, handler, may))
        if not isinstance(outcome, Trouble):
            return outcome
        return await guarded(turn, with_names(turn, outcome))

    @staticmethod
    async def _late(turn: Turn, outcome: object) -> None:
        """What came too late for the answer is shown in the form that was told to wait."""
        if isinstance(outcome, Trouble) and not turn.waiting:
            await tell(turn, outcome)
            return
        late = await guarded(turn, turn.renew(turn.view["id"], late_view(turn.t, outcome)))
        if isinstance(late, Trouble):
            await tell(turn, late)

    def _acknowledging(self, kind: str) -> Callable[..., Awaitable[None]]:
        async def listener(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
            with self.house.at_work():
                await ack()
                turn = self._turn(f"{kind}:{body['trigger_id']}", body, context)
                handler, may = self._signed.find(kind, body)
                outcome = await guarded(turn, self._admitted(turn, handler, may))
                if isinstance(outcome, Trouble):
                    await tell(turn, outcome)
                self._follow(turn)

        return listener

    def _follow(self, turn: Turn) -> None:
        for watcher in self._watchers:
            watcher(turn)
        if turn.saved:
            self.house.wake()
            for follower in self._followers:
                follower(turn)

    def _turn(self, key: str, body: Json, context: AsyncBoltContext) -> Turn:
        user = body.get("user_id") or body.get("user", {}).get("id") or _event_user(body)
        # The library whose token it is; the body may name the one a visitor comes from.
        team = context.team_id or ""
        log.debug("A turn begins: %s", key.partition(":")[0], extra={"team": team})
        # Danish until the person's own choice is known, for even that look-up may fail.
        return Turn(self.house, context.client, body, key, team, user, Translator(Language.DANISH))

    async def _prepared(self, turn: Turn, handler: Callable[[Turn], Awaitable[Any]]) -> Any:  # noqa: ANN401 - gives back what the handler gives
        turn.t = await translator(self.house, turn.team, turn.user)
        return await handler(turn)

    async def _admitted(
        self, turn: Turn, handler: Callable[[Turn], Awaitable[Any]], may: Action
    ) -> Any:  # noqa: ANN401 - as above
        turn.t = await translator(self.house, turn.team, turn.user)
        turn.role = await access.role(self.house, turn.client, turn.team, turn.user)
        await turn.require(may)
        return await handler(turn)


def _event_user(body: Json) -> str:
    user = body.get("event", {}).get("user", "")
    return str(user.get("id", "")) if isinstance(user, dict) else str(user)
