"""`reactions.*`: emoji on messages."""

import re
from dataclasses import dataclass

from sandbox.api.call import Call, method
from sandbox.api.lookup import channel_of, is_in, message_of
from sandbox.api.objects import message_json
from sandbox.engine import Engine
from sandbox.errors import Refused
from sandbox.world import Channel, Json, Message, Team

_NAME = re.compile(r"[a-z0-9_+'\-]{1,100}(::skin-tone-[2-6])?")


@dataclass(frozen=True)
class Reaction:
    """One emoji of one member on one message."""

    channel: Channel
    message: Message
    user: str
    name: str


def react(engine: Engine, team: Team, reaction: Reaction) -> None:
    """Let a member react. Refused: `already_reacted`, `invalid_name`."""
    if not _NAME.fullmatch(reaction.name):
        raise Refused("invalid_name")
    users = reaction.message.reactions.setdefault(reaction.name, [])
    if reaction.user in users:
        raise Refused("already_reacted")
    users.append(reaction.user)
    _changed(engine, team, reaction, "reaction_added")


def unreact(engine: Engine, team: Team, reaction: Reaction) -> None:
    """Take a member's reaction back. Refused: `no_reaction`."""
    reactions = reaction.message.reactions
    users = reactions.get(reaction.name, [])
    if reaction.user not in users:
        raise Refused("no_reaction")
    users.remove(reaction.user)
    if not users:
        del reactions[reaction.name]
    _changed(engine, team, reaction, "reaction_removed")


def _changed(engine: Engine, team: Team, reaction: Reaction, event_type: str) -> None:
    engine.touch(team, reaction.message)
    event = {
        "type": event_type,
        "user": reaction.user,
        "reaction": reaction.name,
        "item": {
            "type": "message",
            "channel": reaction.channel.id,
            "ts": reaction.message.ts,
        },
        "item_user": reaction.message.user,
        "event_ts": engine.clock.stamp(),
    }
    engine.delivery.event(team, event)


def _item(call: Call) -> tuple[Channel, Message]:
    if not (call.has("channel") and call.has("timestamp")):
        raise Refused("no_item_specified")
    channel = channel_of(call)
    if not is_in(call.team, channel):
        raise Refused("not_in_channel")
    if channel.is_archived:
        raise Refused("is_archived")
    return channel, message_of(channel, call.text("timestamp"))


@method("reactions.add")
def reactions_add(call: Call) -> Json:
    """React as the app."""
    react(call.engine, call.team, _reaction(call))
    return {}


@method("reactions.remove")
def reactions_remove(call: Call) -> Json:
    """Take the app's reaction back."""
    unreact(call.engine, call.team, _reaction(call))
    return {}


@method("reactions.get")
def reactions_get(call: Call) -> Json:
    """A message with its reactions."""
    channel, message = _item(call)
    body = message_json(call.engine, call.team, message)
    return {"type": "message", "channel": channel.id, "message": body}


def _reaction(call: Call) -> Reaction:
    channel, message = _item(call)
    return Reaction(channel, message, call.app.bot_user, call.needed("name").strip(":"))
