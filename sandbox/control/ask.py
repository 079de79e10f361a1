"""A call of the control API: its body, what the body names, and its answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.api.lookup import dm
from sandbox.control.sight import sees_channel, sees_message
from sandbox.delivery import Ack
from sandbox.delivery.payload import Actor, Place
from sandbox.elements import Element, elements
from sandbox.engine import Engine
from sandbox.errors import Refused
from sandbox.world import Channel, Json, Member, Team, View

APP_DM = "@app"


class UnknownError(Refused):
    """The call names something that does not exist: HTTP 404."""


@dataclass(frozen=True)
class Done:
    """What a call did; `after` completes the answer once the app is done, too.

    `waited` is true for a call that has itself waited for the app.
    """

    ack: Ack | None = None
    ok: bool = True
    more: Json = field(default_factory=dict)
    after: Callable[[], Json] | None = None
    waited: bool = False

    @classmethod
    def of(cls, ack: Ack) -> "Done":
        """An interaction that is answered by its ack alone."""
        return cls(ack=ack, ok=ack.ok, more={"error": ack.error} if ack.error else {})


@dataclass(frozen=True)
class Ask:
    """The body of a call in one workspace; the lookups refuse what is not there or not seen."""

    engine: Engine
    team: Team
    body: Json

    def text(self, name: str, default: str | None = None) -> str:
        """A string of the body. Refused: `invalid_arguments` where it is missing or no string."""
        value = self.body.get(name, default)
        if not isinstance(value, str):
            raise Refused("invalid_arguments", missing=name)
        return value

    def mapping(self, name: str) -> Json:
        """An object of the body, empty where it is not given."""
        value = self.body.get(name) or {}
        if not isinstance(value, dict):
            raise Refused("invalid_arguments", expected=f"{name}: object")
        return value

    def listed(self, name: str) -> list[Any]:
        """A list of the body, empty where it is not given."""
        value = self.body.get(name) or []
        if not isinstance(value, list):
            raise Refused("invalid_arguments", expected=f"{name}: list")
        return value

    @property
    def member(self) -> Member:
        """Who acts: a person who is not deactivated."""
        member = self.team.members.get(self.text("user"))
        if member is None:
            raise UnknownError("no_such_user")
        if member.deleted or member.is_bot:
            raise Refused("user_deactivated" if member.deleted else "user_is_bot")
        return member

    def actor(self) -> Actor:
        """Who acts, with a fresh `trigger_id`. Refused where the app is not installed."""
        self.installed()
        trigger_id = self.engine.triggers.issue(self.team, self.member.id)
        return Actor(self.engine, self.team, self.member, trigger_id)

    def insider(self) -> Actor:
        """As `actor`; people of other workspaces have no commands and shortcuts of this app."""
        if self.member.is_stranger:
            raise Refused("not_visible")
        return self.actor()

    def installed(self) -> None:
        """Refused: `app_not_installed` where there is no app to answer."""
        if not self.team.app.installed:
            raise Refused("app_not_installed")

    def channel(self) -> Channel:
        """The channel that the member is in; `@app` is the direct message with the app."""
        name = self.text("channel")
        if name == APP_DM:
            return dm(self.engine, self.team, self.member)
        channel = self._seen_channel(name)
        if channel.is_archived:
            raise Refused("is_archived")
        return channel

    def place(self) -> Place:
        """The message that the member acts on."""
        named = self.mapping("message")
        channel = self._seen_channel(str(named.get("channel")))
        message = channel.message(str(named.get("ts")))
        if message is None:
            raise UnknownError("no_such_message")
        if not sees_message(self.member, channel, message):
            raise Refused("not_visible")
        if channel.is_archived:
            raise Refused("is_archived")
        return Place(channel, message)

    def view(self) -> View:
        """The view that the member acts on: the Home tab, or the top one of the modals."""
        view = self.team.view(self.text("view_id"))
        if view is None:
            raise UnknownError("no_such_view")
        stack = self.team.modals.get(self.member.id, [])
        if view is self.team.homes.get(self.member.id) or stack[-1:] == [view]:
            return view
        raise Refused("not_visible")

    def element(self, blocks: list[Json]) -> Element:
        """The element with that `action_id`; `block_id` and `value` tell several apart."""
        action_id, block_id = self.text("action_id"), self.body.get("block_id")
        found = [e for e in elements(blocks) if e.action_id == action_id]
        found = [e for e in found if block_id in (None, e.block_id)]
        if len(found) > 1 and "value" in self.body:
            found = [e for e in found if e.body.get("value") == self.body["value"]]
        if not found:
            raise UnknownError("no_such_element")
        if len(found) > 1:
            raise Refused("ambiguous_element")
        return found[0]

    def _seen_channel(self, channel_id: str) -> Channel:
        channel = self.team.channels.get(channel_id)
        if channel is None:
            raise UnknownError("no_such_channel")
        if not sees_channel(self.member, channel):
            raise Refused("not_visible")
        return channel
