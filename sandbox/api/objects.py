"""The records of the sandbox as Slack's JSON objects."""

from collections.abc import Sequence
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sandbox.engine import Engine
from sandbox.values import form_state
from sandbox.world import Channel, File, Json, Member, Message, Team, View

STRANGERS_TEAM = "T0STRANGER"


def own_team(team: Team, member: Member) -> str:
    """Whose workspace a member's is; a stranger's is another one."""
    return (member.strangers_team or STRANGERS_TEAM) if member.is_stranger else team.id


def user_json(engine: Engine, team: Team, member: Member, *, locale: bool, email: bool) -> Json:
    """A user object; deactivated ones have lost their time zone, strangers carry no locale."""
    body: Json = {
        "id": member.id,
        "team_id": own_team(team, member),
        "name": member.name,
        "real_name": member.real_name,
        "deleted": member.deleted,
        "color": "9f69e7",
        "profile": _profile(team, member, email=email),
        "is_admin": member.is_admin,
        "is_owner": member.is_owner,
        "is_primary_owner": member.is_owner,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": member.is_ultra_restricted,
        "is_stranger": member.is_stranger,
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": int(engine.clock.seconds()),
    }
    if not member.deleted:
        here = engine.clock.now().astimezone(ZoneInfo(member.tz))
        offset = here.utcoffset()
        body["tz"] = member.tz
        body["tz_label"] = here.tzname()
        body["tz_offset"] = int(offset.total_seconds()) if offset else 0
        if locale and not member.is_stranger:
            body["locale"] = member.locale
    return body


def _profile(team: Team, member: Member, *, email: bool) -> Json:
    profile: Json = {
        "real_name": member.real_name,
        "real_name_normalized": member.real_name,
        "display_name": member.name,
        "display_name_normalized": member.name,
        "title": member.title,
        "team": team.id,
    }
    if email and not member.is_bot and not member.is_stranger:
        profile["email"] = f"{member.name}@{domain(team)}.example"
    if member.is_bot:
        profile |= {"bot_id": team.app.bot_id, "api_app_id": team.app.id}
    return profile


def domain(team: Team) -> str:
    """The workspace's part of its web address."""
    return team.name.lower().replace(" ", "-")


def channel_json(team: Team, channel: Channel) -> Json:
    """A conversation object; a direct message has fewer fields."""
    if channel.im_user:
        other = team.members.get(channel.im_user)
        return {
            "id": channel.id,
            "created": channel.created,
            "is_im": True,
            "is_org_shared": False,
            "is_archived": channel.is_archived,
            "user": channel.im_user,
            "is_user_deleted": bool(other and other.deleted),
        }
    text = {"creator": "", "last_set": 0}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_member": team.app.bot_user in channel.members,
        "topic": {"value": channel.topic, **text},
        "purpose": {"value": "", **text},
        "num_members": len(channel.members),
        "context_team_id": team.id,
    }


def message_json(
    engine: Engine,
    team: Team,
    message: Message,
    replies: Sequence[Message] = (),
    *,
    metadata: bool = False,
) -> Json:
    """A message object; `replies` are those of a thread's parent."""
    body: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": team.id,
    }
    if message.subtype:
        body["subtype"] = message.subtype
    if message.bot_id:
        body |= {"bot_id": message.bot_id, "app_id": team.app.id}
    for name in ("blocks", "attachments", "edited", "thread_ts"):
        if value := getattr(message, name):
            body[name] = value
    if message.files:
        files = [team.files[file] for file in message.files if file in team.files]
        body["files"] = [file_json(engine, team, file) for file in files]
    if message.reactions:
        body["reactions"] = reactions_json(message)
    if metadata and message.metadata:
        body["metadata"] = message.metadata
    return body | _thread(replies)


def reactions_json(message: Message) -> list[Json]:
    """The reactions to a message."""
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in message.reactions.items()
    ]


def _thread(replies: Sequence[Message]) -> Json:
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def file_json(engine: Engine, team: Team, file: File) -> Json:
    """A file object; where it was shared is looked up in the channels it went to."""
    url = f"{engine.base_url}/_sandbox/files/{file.id}"
    private = f"{engine.base_url}/files-pri/{team.id}-{file.id}/{quote(file.name, safe='')}"
    channels = [team.channels[c] for c in file.channels if c in team.channels]
    body: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower(),
        "user": file.user,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "url_private": private,
        "url_private_download": private,
        "permalink": url,
        "channels": [c.id for c in channels if not c.is_private and not c.im_user],
        "groups": [c.id for c in channels if c.is_private],
        "ims": [c.id for c in channels if c.im_user],
        "shares": _shares(file, channels),
    }
    return body | ({"alt_txt": file.alt_txt} if file.alt_txt else {})


def _shares(file: File, channels: list[Channel]) -> Json:
    shares: Json = {}
    for channel in channels:
        side = "private" if channel.is_private or channel.im_user else "public"
        places = [
            {"ts": m.ts, "thread_ts": m.thread_ts} if m.thread_ts else {"ts": m.ts}
            for m in channel.messages
            if file.id in m.files
        ]
        shares.setdefault(side, {})[channel.id] = places
    return shares


def view_json(team: Team, view: View) -> Json:
    """A view object as the Web API and payloads show it."""
    body = view.body
    return {
        "id": view.id,
        "team_id": team.id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": form_state(body["blocks"], view.typed)},
        "hash": view.hash,
        "title": body.get("title"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": team.app.id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": team.id,
        "bot_id": team.app.bot_id,
    }
