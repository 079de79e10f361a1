"""One member's screen: which channel, which messages, which thread, ready for the templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode
from zlib import crc32

from babel.numbers import format_decimal

from sandbox.page.dates import LOCALE, clock_face, day, moment, next_digest, next_morning
from sandbox.page.lines import Line, lines_of, records
from sandbox.page.viewer import Viewer, display_name

Json = dict[str, Any]

APP: Final = "@app"
HOME: Final = "@home"
# Older messages are out of sight; the page is redrawn with every change.
SHOWN: Final = 200
_HUES: Final = 8


@dataclass(frozen=True)
class Place:
    """Where in the workspace a member is, as the address says it."""

    user: str
    team: str = ""
    channel: str = ""
    thread: str = ""

    def link(self, channel: str = "", thread: str = "") -> str:
        """The address of another place, as the same member."""
        there = replace(self, channel=channel, thread=thread)
        named = {name: value for name, value in vars(there).items() if value}
        return "/?" + urlencode(named)


@dataclass(frozen=True)
class Screen:
    """All that the templates show; `state` is the member's state as the control API gives it."""

    place: Place
    viewer: Viewer
    state: Json
    members: list[Json]
    commands: list[dict[str, str]]
    shortcuts: list[dict[str, str]]
    revision: int

    @cached_property
    def app_name(self) -> str:
        """The name of the app's bot user."""
        return self.viewer.people.get(self._bot, "App")

    @cached_property
    def people(self) -> list[Json]:
        """The members one can act as or choose: no bots, nobody who left."""
        return [one for one in self.members if not one.get("is_bot") and not one.get("deleted")]

    @cached_property
    def rooms(self) -> list[Json]:
        """The channels, without direct messages."""
        return [room for room in self._channels if not room.get("is_im")]

    @cached_property
    def directs(self) -> list[Json]:
        """Direct messages with other people than the app."""
        return [room for room in self._channels if room.get("is_im") and room is not self.app_room]

    @cached_property
    def app_room(self) -> Json:
        """The direct message with the app; empty as long as neither has written."""
        partners = {self._bot, self.place.user, "None"}
        return next(
            (c for c in self._channels if c.get("is_im") and str(c.get("user")) in partners), {}
        )

    @cached_property
    def tab(self) -> str:
        """The open place: @home, @app or a channel's id."""
        wanted = self.place.channel
        if wanted and wanted == self.app_room.get("id"):
            return APP
        known = {str(room.get("id")) for room in self._channels} | {APP, HOME}
        first = str(self.rooms[0].get("id")) if self.rooms else APP
        return wanted if wanted in known else first

    @property
    def pane(self) -> str:
        """What a narrow screen shows: list, main or thread."""
        if self.thread:
            return "thread"
        return "main" if self.place.channel else "list"

    @cached_property
    def room(self) -> Json:
        """The open channel."""
        if self.tab in {APP, HOME}:
            return self.app_room
        return next(room for room in self._channels if room.get("id") == self.tab)

    @property
    def address(self) -> str:
        """The channel as the control API wants it."""
        return str(self.room.get("id") or APP)

    @property
    def lines(self) -> Iterator[Line]:
        """The messages of the open channel, oldest first."""
        return lines_of(records(self.room.get("messages"))[-SHOWN:], self.viewer, self.app_name)

    @cached_property
    def thread(self) -> Json:
        """The message whose thread is open, else empty."""
        messages = records(self.room.get("messages")) if self.place.thread else []
        return next((one for one in messages if one.get("ts") == self.place.thread), {})

    @property
    def thread_lines(self) -> Iterator[Line]:
        """The open thread: the first message and its answers."""
        thread = [self.thread, *records(self.thread.get("replies"))]
        return lines_of(thread, self.viewer, self.app_name)

    @property
    def views(self) -> list[Json]:
        """The stack of modals, top last."""
        return records(self.state.get("views"))

    @property
    def clock(self) -> tuple[str, str]:
        """Day and hour of the workspace."""
        return clock_face(self.viewer.now)

    @property
    def morning(self) -> datetime:
        """The next working morning."""
        return next_morning(self.viewer.now)

    @property
    def digest(self) -> datetime:
        """The next digest."""
        return next_digest(self.viewer.now)

    def of_type(self, kind: str) -> list[dict[str, str]]:
        """The shortcuts of one type, global or message."""
        return [one for one in self.shortcuts if one.get("type") == kind]

    def latest(self, room: Json) -> str:
        """The ts of the newest message that somebody else wrote, answers included."""
        messages = records(room.get("messages"))
        everything = messages + [reply for one in messages for reply in records(one.get("replies"))]
        others = (one for one in everything if one.get("user") != self.place.user)
        return max((str(one.get("ts", "")) for one in others), default="")

    def room_name(self, room: Json) -> str:
        """What the list calls a channel or a direct message."""
        if room.get("is_im"):
            return self.viewer.person(str(room.get("user")))
        return str(room.get("name") or room.get("id"))

    def answered(self, line: Line) -> str:
        """When the last answer in a thread came, for the line below its first message."""
        when = moment(line.replies[-1].get("ts"), self.viewer.zone) if line.replies else None
        return f"{day(when, self.viewer.now).lower()} kl. {when:%-H.%M}" if when else ""

    @property
    def _bot(self) -> str:
        return str((self.state.get("app") or {}).get("bot_user") or "")

    @property
    def _channels(self) -> list[Json]:
        return records(self.state.get("channels"))


def initials(name: str) -> str:
    """One or two letters for an avatar."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def hue(key: object) -> int:
    """One of the avatar colours, always the same for the same member."""
    return crc32(str(key).encode()) % _HUES


def kilobytes(size: float) -> str:
    """A file's size as a Dane reads it."""
    return format_decimal(size / 1000, "#,##0.#", locale=LOCALE) + " kB"


def member_note(member: Mapping[str, Any]) -> str:
    """The name in the list of members, with what sets that member apart."""
    if member.get("is_restricted"):
        return f"{display_name(member)} (gæst)"
    if member.get("is_admin"):
        return f"{display_name(member)} (admin)"
    return display_name(member)
