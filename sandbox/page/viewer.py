"""Who looks at the page, and the names that member may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOUSE_ZONE = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class Viewer:
    """What drawing a text depends on besides the text: names, time zone and the hour."""

    user: str
    zone: ZoneInfo
    now: datetime
    people: Mapping[str, str]
    rooms: Mapping[str, str]

    def person(self, user: str) -> str:
        """The member's name, or the id where the member is unknown."""
        return self.people.get(user, user)


def viewer_of(user: str, state: dict[str, Any], members: list[dict[str, Any]]) -> Viewer:
    """The viewer for one member's state; an unknown time zone falls back to the house's."""
    me = next((member for member in members if member.get("id") == user), {})
    channels = state.get("channels") or []
    return Viewer(
        user=user,
        zone=_zone(me.get("tz")),
        now=_now(state.get("now")),
        people={str(member.get("id")): display_name(member) for member in members},
        rooms={str(room.get("id")): str(room.get("name") or "") for room in channels},
    )


def display_name(member: Mapping[str, Any]) -> str:
    """The name others see: the real name, else the short one, else the id."""
    return str(member.get("real_name") or member.get("name") or member.get("id") or "?")


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(name) if isinstance(name, str) else HOUSE_ZONE
    except (ZoneInfoNotFoundError, ValueError):
        return HOUSE_ZONE


def _now(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=HOUSE_ZONE)
