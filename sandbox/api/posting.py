"""Putting messages into channels, whoever writes them, and telling the app."""

from typing import Any

from sandbox.api.call import Call
from sandbox.api.judge import judge_message, made_whole
from sandbox.api.objects import message_json
from sandbox.engine import Engine
from sandbox.errors import Refused
from sandbox.world import Channel, Json, Message, Team

LONGEST_TEXT = 40_000  # characters; Slack cuts the rest off


def channel_type(channel: Channel) -> str:
    """How events name the kind of channel."""
    if channel.im_user:
        return "im"
    return "group" if channel.is_private else "channel"


def add_message(engine: Engine, team: Team, channel: Channel, **fields: Any) -> Message:  # noqa: ANN401 - Message's own
    # ANN401 - the fields of Message
    """Put a message into the channel and send its event, unless it is ephemeral."""
    message = Message(ts=engine.clock.stamp(), channel=channel.id, **fields)
    channel.messages.append(message)
    changed = [message]
    parent = channel.message(message.thread_ts) if message.thread_ts else None
    if parent and not parent.thread_ts and not message.ephemeral_to:
        parent.thread_ts = parent.ts
        changed.append(parent)
    engine.touch(team, *changed)
    if not message.ephemeral_to:
        tell(engine, team, channel, message_json(engine, team, message))
    return message


def tell(engine: Engine, team: Team, channel: Channel, event: Json) -> None:
    """Send a `message` event about something in that channel."""
    where = {"channel": channel.id, "channel_type": channel_type(channel)}
    engine.delivery.event(team, {"event_ts": event.get("ts"), **event, **where})


def change_message(
    engine: Engine, team: Team, channel: Channel, message: Message, content: Json
) -> None:
    """Give a message another content and send `message_changed`."""
    before = message_json(engine, team, message)
    if content["text"] != message.text:
        message.edited = {"user": message.user, "ts": engine.clock.stamp()}
    for name, value in content.items():
        setattr(message, name, value)
    message.typed.clear()
    engine.touch(team, message)
    if not message.ephemeral_to:
        event = {"message": message_json(engine, team, message), "previous_message": before}
        _tell_hidden(engine, team, channel, "message_changed", event)


def remove_message(engine: Engine, team: Team, channel: Channel, message: Message) -> None:
    """Take a message away and send `message_deleted`; a thread keeps a stub as its parent."""
    before = message_json(engine, team, message)
    if any(m.thread_ts == message.ts and m is not message for m in channel.messages):
        message.text, message.blocks, message.files = "This message was deleted.", [], []
        message.subtype, message.bot_id, message.user = "tombstone", None, "USLACKBOT"
    else:
        channel.messages.remove(message)
    engine.touch(team, message)
    if not message.ephemeral_to:
        event = {"deleted_ts": message.ts, "previous_message": before}
        _tell_hidden(engine, team, channel, "message_deleted", event)


def _tell_hidden(engine: Engine, team: Team, channel: Channel, kind: str, event: Json) -> None:
    head = {"type": "message", "subtype": kind, "hidden": True, "ts": engine.clock.stamp()}
    tell(engine, team, channel, {**head, **event})


def content_of(call: Call) -> Json:
    """Text, blocks, attachments and metadata of a call, judged and whole. Refused."""
    given = {
        "text": call.text("text")[:LONGEST_TEXT],
        "blocks": call.json("blocks"),
        "attachments": call.json("attachments"),
        "metadata": call.json("metadata"),
    }
    judge_message(call.team, given)
    return {
        "text": given["text"],
        "blocks": made_whole(given["blocks"] or []),
        "attachments": given["attachments"] or [],
        "metadata": given["metadata"],
    }


def thread_of(call: Call, channel: Channel) -> str | None:
    """The thread that a message is meant for. Refused for one that is not there."""
    ts = call.text("thread_ts")
    if not ts:
        return None
    parent = channel.message(ts)
    if parent is None or parent.ephemeral_to:
        raise Refused("thread_not_found")
    if parent.thread_ts not in (None, ts):
        raise Refused("cannot_reply_to_message")
    return ts
