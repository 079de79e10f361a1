"""One interaction: who, in which workspace and language, and the ways to answer.

A handler fits one screen: load, decide, save, say. `write` is the load-decide-save in one
transaction, which also carries the mark that this interaction was handled.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slackblocks import HomeTabView, ModalView

from bot.translation import Translator
from bot.workspace import Workspace
from bot.workspace_roles import Action, Role, require
from handlers.delivery_slack import UNKNOWN_BLOCKS
from handlers.house import House
from handlers.language import settings
from handlers.views.notice import notice_view
from handlers.views.parts import Reply
from storage import seen
from storage.database import Connection

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

Json = dict[str, Any]


class AlreadyHandledError(Exception):
    """Slack brought the same interaction or event a second time."""


class NotToldError(Exception):
    """An answer that the person did not get."""


class UnknownBlocksError(NotToldError):
    """Slack does not draw one of its blocks, or not here yet."""


@dataclass(frozen=True)
class Next:
    """What a submitted modal turns into; returning None closes it."""

    view: ModalView
    action: Literal["update", "push"] = "update"


@dataclass
class Turn:
    """An interaction being handled."""

    house: House
    client: AsyncWebClient
    body: Json
    key: str  # the same for the same interaction, however often Slack brings it
    team: str
    user: str
    t: Translator
    role: Role = Role.GUEST  # until the desk has looked
    words: str = ""  # what followed the subcommand
    saved: bool = False  # whether this turn has stored something that a person would miss
    waiting: ModalView | None = None  # in place of the form, where its answer takes longer
    _marked: bool = False

    @property
    def now(self) -> datetime:
        """This moment, in UTC."""
        return self.house.clock.now()

    @property
    def today(self) -> date:
        """The date in the library's time zone."""
        return self.now.astimezone(self.t.zone).date()

    async def read(
        self, fn: Callable[Concatenate[Connection, str, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Read in one transaction: `fn(conn, team, ...)`."""
        return await self.house.store.read(fn, self.team, *args, **kwargs)

    async def write(
        self, fn: Callable[Concatenate[Connection, str, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Load, decide and save in one transaction, together with the mark of this turn."""
        result = await self.claim(fn, *args, **kwargs)
        self.saved = True
        return result

    async def claim(
        self, fn: Callable[Concatenate[Connection, str, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As write(), where the mark is all that is sure to be kept.

        For what Slack is asked to do once, or where `fn` decides; `saved` is then the caller's.
        """

        def marked(conn: Connection) -> T:
            if not self._marked and not seen.mark(conn, self.team, self.key, self.now):
                raise AlreadyHandledError
            return fn(conn, self.team, *args, **kwargs)

        result = await self.house.store.write(marked)
        self._marked = True
        return result

    async def library(self) -> Workspace:
        """The library's own settings."""
        return await settings(self.house, self.team)

    async def require(self, action: Action) -> None:
        """Go on only if this person may do that; UserError says who can."""
        require(self.role, action, await self.library())

    # What came in.

    @property
    def clicked(self) -> Json:
        """The element that was used (block_actions)."""
        actions: list[Json] = self.body["actions"]
        return actions[0]

    @property
    def value(self) -> str:
        """The clicked button's value, or the picked option's."""
        option = self.clicked.get("selected_option") or {}
        return str(self.clicked.get("value") or option.get("value") or "")

    @property
    def view(self) -> Json:
        """The modal this turn happened in; empty outside one."""
        view: Json = self.body.get("view") or {}
        return view

    @property
    def typed(self) -> Json:
        """What the modal's fields hold: by block_id, then action_id."""
        values: Json = self.view.get("state", {}).get("values", {})
        return values

    @property
    def note(self) -> str:
        """The modal's private_metadata: ids only, read again from storage before use."""
        return str(self.view.get("private_metadata", ""))

    @property
    def in_modal(self) -> bool:
        """Whether this turn happened in a modal."""
        return self.view.get("type") == "modal"

    @property
    def at_the_top(self) -> bool:
        """Whether the modal is the third of the three that Slack lays on each other."""
        below = self.view.get("previous_view_id")
        return bool(below) and below != self.view.get("root_view_id")

    # What goes out.

    async def open(self, view: ModalView) -> str:
        """Show a modal; on top of the one the person is in, while Slack has room. Its view id."""
        if self.at_the_top:
            return await self.turn_into(view)
        show = self.client.views_push if self.in_modal else self.client.views_open
        answer = await show(trigger_id=self.body["trigger_id"], view=view.to_dict())
        return str(answer["view"]["id"])

    async def show(self, view: ModalView) -> str:
        """As open(), but in place of the modal the person is in."""
        return await (self.turn_into(view) if self.in_modal else self.open(view))

    async def show_below(self, view: ModalView) -> bool:
        """Renew the modal that this one was opened from; False where there is none."""
        below = self.view.get("previous_view_id")
        if below:
            await self.client.views_update(view_id=below, view=view.to_dict())
        return bool(below)

    async def turn_into(self, view: ModalView) -> str:
        """Show another view in place of the modal the person is in. Its view id."""
        view_id = str(self.view["id"])
        await self.client.views_update(view_id=view_id, hash=self.view["hash"], view=view.to_dict())
        return view_id

    async def renew(self, view_id: str, view: ModalView) -> None:
        """Show another view in that modal, if the person has not closed it meanwhile."""
        try:
            await self.client.views_update(view_id=view_id, view=view.to_dict())
        except SlackApiError as error:
            if error.response.get("error") != "not_found":
                raise

    async def reply(self, reply: Reply, *, replace: bool = False) -> None:
        """Answer where the person is, seen by nobody else; `replace` the message clicked in."""
        url = self.body.get("response_url")
        if url:
            await self._respond(url, reply.payload() | {"replace_original": replace})
        elif self.body.get("trigger_id"):
            await self.open(notice_view(self.t, reply))
        elif self.body.get("event", {}).get("tab") == "home":
            view = HomeTabView(reply.blocks).to_dict()
            await self.client.views_publish(user_id=self.user, view=view)
        else:
            raise NotToldError("there is no place to answer in")

    async def own_messages(self) -> str:
        """The channel of this person's direct messages with the bot."""
        opened = await self.client.conversations_open(users=self.user)
        return str(opened["channel"]["id"])

    def remember_message(self, name: str) -> None:
        """Keep the way back to the message clicked in, so that a form can renew it."""
        url = self.body.get("response_url")
        if url:
            self.house.messages.put(url, self.team, self.user, name)

    def renew_message(self, name: str, reply: Reply, *, again: bool = False) -> None:
        """Put the reply in place of that message, after the form is answered; Slack may forget.

        `again`: the form stays open, and may renew it once more.
        """
        url = self.house.messages.get(self.team, self.user, name)
        if url:
            if not again:
                self.house.messages.drop(self.team, self.user, name)
            self.house.carry_on(self._renew(url, reply))

    async def _renew(self, url: str, reply: Reply) -> None:
        try:
            await self._respond(url, reply.payload() | {"replace_original": True})
        except (NotToldError, aiohttp.ClientError, TimeoutError) as error:
            log.info("A message was not renewed: %s", type(error).__name__)

    async def _respond(self, url: str, payload: Json) -> None:
        body = payload | {"response_type": "ephemeral"}
        # The client has read the proxy once; a session that looks it up goes to a thread each time.
        async with self.house.session.post(url, json=body, proxy=self.client.proxy) as answer:
            if UNKNOWN_BLOCKS in await answer.text():
                raise UnknownBlocksError(UNKNOWN_BLOCKS)
            if not answer.ok:  # aiohttp's own error names the URL, which is a key for 30 minutes
                raise NotToldError(f"Slack took no answer: HTTP {answer.status}")
