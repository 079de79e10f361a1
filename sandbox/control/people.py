"""`POST /_sandbox/members`: somebody joins, changes or leaves."""

from dataclasses import fields
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.api.objects import user_json
from sandbox.control.ask import Ask, Done
from sandbox.errors import Refused
from sandbox.world import Json, Member

_TEXTS = ("name", "real_name", "tz", "locale", "title", "strangers_team")
_FLAGS = tuple(f.name for f in fields(Member) if f.type is bool and f.name != "is_bot")


async def members(ask: Ask) -> Done:
    """Add or change a member; the app hears `team_join` or `user_change`."""
    member_id = ask.text("id")
    changes = _changes(ask.body)
    member = ask.team.members.get(member_id)
    kind = "user_change" if member else "team_join"
    if member is None:
        name = changes.get("name", member_id.lower())
        member = Member(id=member_id, team_id=ask.team.id, name=name, real_name=name)
        ask.team.members[member_id] = member
    elif "name" in changes and "real_name" not in changes and member.real_name == member.name:
        changes["real_name"] = changes["name"]
    for field, value in changes.items():
        setattr(member, field, value)
    ask.engine.touch(ask.team, member)
    email = "users:read.email" in ask.team.app.scopes
    user = user_json(ask.engine, ask.team, member, locale=True, email=email)
    ask.engine.delivery.event(
        ask.team, {"type": kind, "user": user, "event_ts": ask.engine.clock.stamp()}
    )
    return Done(more={"member": user})


def _changes(body: Json) -> Json:
    changes = {key: body[key] for key in (*_TEXTS, *_FLAGS) if key in body}
    for key, value in changes.items():
        if not isinstance(value, str if key in _TEXTS else bool):
            raise Refused("invalid_value", detail=key)
    try:
        ZoneInfo(changes.get("tz", "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused("invalid_value", detail="tz") from None
    return changes
