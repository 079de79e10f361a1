"""`POST /_sandbox/channels`: a channel is made or changed, people come and go."""

from sandbox.api.objects import channel_json
from sandbox.api.posting import channel_type
from sandbox.control.ask import APP_DM, Ask, Done
from sandbox.errors import Refused
from sandbox.world import Channel, Json

_FLAGS = ("is_private", "is_archived", "deleted", "is_ext_shared")


async def channels(ask: Ask) -> Done:
    """Add or change a channel; the app hears of all that it may know."""
    channel_id = ask.text("id")
    changes = _changes(ask.body)
    members = _members(ask)
    channel = ask.team.channels.get(channel_id)
    is_new = channel is None
    if channel is None:
        name = changes.get("name", channel_id.lower())
        channel = Channel(id=channel_id, name=name, created=int(ask.engine.clock.seconds()))
        ask.team.channels[channel_id] = channel
    before = {key: getattr(channel, key) for key in changes}
    for field, value in changes.items():
        setattr(channel, field, value)
    ask.engine.touch(ask.team, channel)
    if not is_new:
        _tell_changes(ask, channel, before)
    elif not channel.is_private:
        _tell(ask, {"type": "channel_created", "channel": _named(channel)})
    if members is not None:
        _move(ask, channel, members)
    return Done(more={"channel": channel_json(ask.team, channel)})


def _changes(body: Json) -> Json:
    changes = {key: body[key] for key in ("name", "topic", *_FLAGS) if key in body}
    for key, value in changes.items():
        if not isinstance(value, bool if key in _FLAGS else str):
            raise Refused("invalid_value", detail=key)
    return changes


def _members(ask: Ask) -> list[str] | None:
    """The members that the channel shall have; the app may be called `@app`."""
    if "members" not in ask.body:
        return None
    named = [ask.team.app.bot_user if m == APP_DM else m for m in ask.listed("members")]
    unknown = [member for member in named if member not in ask.team.members]
    if unknown:
        raise Refused("invalid_value", detail=f"no members: {unknown}")
    return list(dict.fromkeys(named))


def _tell_changes(ask: Ask, channel: Channel, before: Json) -> None:
    kind = "group" if channel.is_private else "channel"
    if before.get("name", channel.name) != channel.name:
        _tell(ask, {"type": f"{kind}_rename", "channel": _named(channel)})
    if before.get("is_archived", channel.is_archived) != channel.is_archived:
        verb = "archive" if channel.is_archived else "unarchive"
        _tell(ask, {"type": f"{kind}_{verb}", "channel": channel.id, "user": _somebody(ask)})
    if channel.deleted and not before.get("deleted", True):
        _tell(ask, {"type": f"{kind}_deleted", "channel": channel.id, "actor_id": _somebody(ask)})


def _move(ask: Ask, channel: Channel, members: list[str]) -> None:
    left = [member for member in channel.members if member not in members]
    joined = [member for member in members if member not in channel.members]
    channel.members = members
    ask.engine.touch(ask.team, channel)
    kind = {"channel_type": "G" if channel.is_private else "C", "team": ask.team.id}
    for who, verb in [(m, "left") for m in left] + [(m, "joined") for m in joined]:
        event = {"type": f"member_{verb}_channel", "user": who, "channel": channel.id, **kind}
        _tell(ask, event)
    if ask.team.app.bot_user in left:
        gone = {"type": f"{channel_type(channel)}_left", "channel": channel.id}
        _tell(ask, {**gone, "actor_id": _somebody(ask)})


def _somebody(ask: Ask) -> str:
    """Who did it: the workspace's first administrator."""
    people = [m for m in ask.team.members.values() if not m.is_bot]
    return next((m.id for m in people if m.is_admin), people[0].id if people else "USLACKBOT")


def _named(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel.name, "created": channel.created}


def _tell(ask: Ask, event: Json) -> None:
    ask.engine.delivery.event(ask.team, {**event, "event_ts": ask.engine.clock.stamp()})
