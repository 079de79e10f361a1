"""`GET /_sandbox/state`: all that one member can see."""

from typing import Any

from sandbox.api.objects import reactions_json, view_json
from sandbox.control.sight import channels_of, sees_message
from sandbox.engine import Engine
from sandbox.world import Channel, File, Json, Member, Message, Team


def state_for(engine: Engine, team: Team, user: str) -> Json:
    """The workspace through the eyes of that member; KeyError for an unknown one."""
    member = team.members[user]
    channels = channels_of(team, member)
    home = team.homes.get(user)
    return {
        "now": engine.clock.now().isoformat(),
        "team": {"id": team.id, "name": team.name},
        "app": {"id": team.app.id, "bot_user": team.app.bot_user},
        "channels": [_channel(team, member, channel) for channel in channels],
        "views": [view_json(team, view) for view in team.modals.get(user, [])],
        "home": view_json(team, home) if home else None,
        "files": [_file(file) for file in _files(team, member, channels)],
    }


def _channel(team: Team, member: Member, channel: Channel) -> Json:
    told: Json = {
        "id": channel.id,
        "name": channel.name,
        "is_im": channel.im_user is not None,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_member": member.id in channel.members,
        "topic": channel.topic,
        "bookmarks": channel.bookmarks,
        "messages": _threads(
            team, [m for m in channel.messages if sees_message(member, channel, m)]
        ),
    }
    return told | ({"user": channel.im_user} if channel.im_user else {})


def _threads(team: Team, messages: list[Message]) -> list[Json]:
    """Messages in order, each reply within its parent; one without a parent stands by itself."""
    top: list[Json] = []
    by_ts: dict[str, Json] = {}
    for message in messages:
        told = _message(team, message)
        parent = by_ts.get(message.thread_ts or "")
        if parent is None:
            by_ts[message.ts] = told
        (top if parent is None else parent["replies"]).append(told)
    return top


def _message(team: Team, message: Message) -> Json:
    files = [team.files[file] for file in message.files if file in team.files]
    told: dict[str, Any] = {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "ephemeral": message.ephemeral_to is not None,
        "edited": message.edited,
        "reactions": reactions_json(message),
        "files": [_file(file) for file in files],
        "replies": [],
    }
    if message.bot_id:
        told["bot_id"] = message.bot_id
    if message.subtype:
        told["subtype"] = message.subtype
    return told


def _files(team: Team, member: Member, channels: list[Channel]) -> list[File]:
    """What the member uploaded, and what was shared where the member can see it."""
    seen = {channel.id for channel in channels}
    own_or_shared = (f for f in team.files.values() if f.user == member.id or seen & {*f.channels})
    return [file for file in own_or_shared if file.complete]


def _file(file: File) -> Json:
    return {
        "id": file.id,
        "name": file.name,
        "mimetype": file.mimetype,
        "size": file.size,
        "title": file.title,
        "alt_txt": file.alt_txt,
    }
