"""Messages as they stand in a list: by whom, when, and where a new day begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sandbox.page.dates import day, moment
from sandbox.page.viewer import Viewer

Json = dict[str, Any]

# Messages of one person closer than this stand under one name.
_TOGETHER: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Line:
    """A message as it stands in the list, `day` only where a new day begins."""

    body: Json
    name: str
    when: datetime | None
    day: str
    follows: bool

    @property
    def ts(self) -> str:
        """The message's ts."""
        return str(self.body.get("ts", ""))

    @property
    def replies(self) -> list[Json]:
        """The answers in its thread."""
        return records(self.body.get("replies"))


def lines_of(messages: list[Json], viewer: Viewer, app_name: str) -> Iterator[Line]:
    """The messages in their order, as lines."""
    before: Line | None = None
    for body in messages:
        when = moment(body.get("ts"), viewer.zone)
        begins = when and not (before and before.when and before.when.date() == when.date())
        line = Line(
            body=body,
            name=_author(body, viewer, app_name),
            when=when,
            day=day(when, viewer.now) if when and begins else "",
            follows=bool(before and not begins and _together(before, body, when)),
        )
        yield line
        before = line


def records(value: object) -> list[Json]:
    """The objects of a JSON list; empty where it is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _author(body: Json, viewer: Viewer, app_name: str) -> str:
    user = str(body.get("user") or "")
    if user in viewer.people:
        return viewer.people[user]
    return app_name if body.get("bot_id") else user or "?"


def _together(before: Line, body: Json, when: datetime | None) -> bool:
    same = before.body.get("user") == body.get("user")
    alike = bool(before.body.get("ephemeral")) == bool(body.get("ephemeral"))
    near = bool(before.when and when and when - before.when < _TOGETHER)
    return same and alike and near and not before.replies
