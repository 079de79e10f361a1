"""What a workspace is made of: plain records that Web API, deliveries and page share."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Member:
    """A person or a bot user; `is_stranger` is somebody from another workspace (Slack Connect)."""

    id: str
    team_id: str
    name: str
    real_name: str
    tz: str = "Europe/Copenhagen"
    locale: str = "en-US"
    deleted: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    strangers_team: str = ""  # whose workspace a stranger's is; empty: the usual one
    is_bot: bool = False
    title: str = ""


@dataclass
class Message:
    """A message; `ephemeral_to` names the only member who sees it."""

    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    bot_id: str | None = None
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    metadata: Json | None = None
    subtype: str | None = None
    picked: dict[str, Json] = field(default_factory=dict)  # by member, as View.picked
    typed: dict[str, Json] = field(default_factory=dict)  # by member, as View.typed
    channel: str = ""


@dataclass
class Channel:
    """A channel, or a direct message between the app and `im_user`."""

    id: str
    name: str
    is_private: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    deleted: bool = False
    im_user: str | None = None
    topic: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)  # in order of ts, replies included
    bookmarks: list[Json] = field(default_factory=list)

    def message(self, ts: str) -> Message | None:
        """The message with that `ts`; most lookups are of a recent one."""
        return next((m for m in reversed(self.messages) if m.ts == ts), None)


@dataclass
class View:
    """An opened modal or a published Home; `body` is what the app sent."""

    id: str
    hash: str
    user: str
    body: Json
    root_view_id: str
    previous_view_id: str | None = None
    picked: Json = field(default_factory=dict)  # options that external selects offered, by action
    typed: Json = field(default_factory=dict)  # state objects by block_id and action_id


@dataclass
class File:
    """An uploaded file; not `complete` until completeUploadExternal was called."""

    id: str
    name: str
    user: str
    mimetype: str
    size: int
    title: str = ""
    alt_txt: str = ""
    complete: bool = False
    created: int = 0
    channels: list[str] = field(default_factory=list)


@dataclass
class App:
    """The app as installed in one workspace."""

    id: str
    bot_user: str
    bot_id: str
    token: str
    scopes: list[str]
    installed: bool = True
    revoked: bool = False
    request_url: str | None = None


@dataclass
class Team:
    """One workspace."""

    id: str
    name: str
    app: App
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)  # by user
    modals: dict[str, list[View]] = field(default_factory=dict)  # by user, top last

    def im(self, user: str) -> Channel | None:
        """The direct message between the app and that member, if one was ever opened."""
        return next((c for c in self.channels.values() if c.im_user == user), None)

    def views(self) -> Iterator[View]:
        """Every view that is open now."""
        yield from self.homes.values()
        for stack in self.modals.values():
            yield from stack

    def view(self, view_id: str) -> View | None:
        """The open view with that id."""
        return next((v for v in self.views() if v.id == view_id), None)
