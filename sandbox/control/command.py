"""What a member starts: slash commands, shortcuts, messages, the Home tab."""

import re
from typing import Any

from sandbox.api.call import Call
from sandbox.api.lookup import dm
from sandbox.api.objects import view_json
from sandbox.api.posting import add_message, content_of
from sandbox.control.ask import Ask, Done, UnknownError
from sandbox.delivery.payload import global_shortcut, message_shortcut, slash_command
from sandbox.errors import Refused
from sandbox.manifest import DEFAULT
from sandbox.world import Channel, Json, Message, Team

_MENTION = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")


async def slash(ask: Ask) -> Done:
    """A slash command; its text goes as typed, mentions as ids only where the manifest says so."""
    actor, channel = ask.insider(), ask.channel()
    name = ask.text("command")
    known = ask.engine.manifest.command(name)
    if known is None and ask.engine.manifest is not DEFAULT:
        raise UnknownError("no_such_command")
    text = ask.text("text", "")
    if known and known.get("should_escape"):
        text = _escaped(ask.team, text)
    response_url = ask.engine.response_urls.issue(ask.team, actor.member.id, channel.id)
    payload = slash_command(actor, channel, name, text, response_url)
    ack = await ask.engine.delivery.interact(ask.team, "slash_commands", payload)
    try:
        _say(ask, channel, ack.body or {})
    except Refused as refusal:
        return Done(ack, ok=False, more={"error": refusal.error, **refusal.extra})
    return Done.of(ack)


async def shortcut(ask: Ask) -> Done:
    """A global shortcut, or one from the menu of a message."""
    actor, callback_id = ask.insider(), ask.text("callback_id")
    kind = "message" if "message" in ask.body else "global"
    known = ask.engine.manifest.shortcut(callback_id)
    if ask.engine.manifest is not DEFAULT and (known is None or known["type"] != kind):
        raise UnknownError("no_such_shortcut")
    action_ts = ask.engine.clock.stamp()
    if kind == "global":
        payload = global_shortcut(actor, callback_id, action_ts)
    else:
        place = ask.place()
        if place.message.ephemeral_to:
            raise Refused("not_visible", detail="an ephemeral message has no menu of shortcuts")
        response_url = ask.engine.response_urls.issue(
            ask.team, actor.member.id, place.channel.id, place.message.thread_ts, place.message.ts
        )
        payload = message_shortcut(actor, place, callback_id, action_ts, response_url)
    return Done.of(await ask.engine.delivery.interact(ask.team, "interactive", payload))


async def message(ask: Ask) -> Done:
    """A member writes into a channel, a thread or the direct message with the app."""
    member, channel = ask.member, ask.channel()
    manifest = ask.engine.manifest
    if channel.im_user and (manifest.messages_read_only or not manifest.messages_tab):
        raise Refused("messages_tab_disabled")
    if member.id not in channel.members:
        raise Refused("not_in_channel")
    files = [_own_file(ask, str(file)) for file in ask.listed("files")]
    text = ask.text("text", "" if files else None)
    if not text and not files:
        raise Refused("no_text")
    fields: Json = {"subtype": "file_share"} if files else {}
    written = add_message(
        ask.engine,
        ask.team,
        channel,
        user=member.id,
        text=text,
        thread_ts=_thread(ask, channel),
        files=files,
        **fields,
    )
    _share(ask, channel, files)
    _mention(ask, channel, written)
    return Done(more={"channel": channel.id, "ts": written.ts})


async def home(ask: Ask) -> Done:
    """A member opens the app's Home tab."""
    ask.installed()
    member = ask.member
    if not ask.engine.manifest.home_tab:
        raise Refused("not_enabled")
    event: Json = {
        "type": "app_home_opened",
        "user": member.id,
        "channel": dm(ask.engine, ask.team, member).id,
        "tab": "home",
        "event_ts": ask.engine.clock.stamp(),
    }
    published = ask.team.homes.get(member.id)
    if published:
        event["view"] = view_json(ask.team, published)
    ask.engine.delivery.event(ask.team, event)
    return Done(after=lambda: {"view": _home(ask)})


def _home(ask: Ask) -> Json | None:
    view = ask.team.homes.get(ask.member.id)
    return view_json(ask.team, view) if view else None


def _say(ask: Ask, channel: Channel, answer: Json) -> None:
    """Show what the app said in its ack; for the member alone unless it says otherwise."""
    if not any(answer.get(part) for part in ("text", "blocks", "attachments")):
        return
    public = answer.get("response_type") == "in_channel"
    add_message(
        ask.engine,
        ask.team,
        channel,
        user=ask.team.app.bot_user,
        bot_id=ask.team.app.bot_id,
        ephemeral_to=None if public else ask.member.id,
        **content_of(Call(ask.engine, ask.team, "ack", answer)),
    )


def _escaped(team: Team, text: str) -> str:
    """Mentions as Slack writes them for an app; the name of a private channel is not told."""
    people = {m.name: f"<@{m.id}|{m.name}>" for m in team.members.values()}
    rooms = {
        c.name: f"<#{c.id}|{'' if c.is_private else c.name}>"
        for c in team.channels.values()
        if not c.im_user
    }

    def told(match: re.Match[str]) -> str:
        names = people if match[1] == "@" else rooms
        return names.get(match[2], match[0])

    return _MENTION.sub(told, text)


def _own_file(ask: Ask, file_id: str) -> str:
    file = ask.team.files.get(file_id)
    if file is None or file.user != ask.member.id:
        raise UnknownError("no_such_file")
    return file_id


def _share(ask: Ask, channel: Channel, files: list[str]) -> None:
    for file in (ask.team.files[file_id] for file_id in files):
        file.channels = list(dict.fromkeys([*file.channels, channel.id]))
        ask.engine.touch(ask.team, file)


def _thread(ask: Ask, channel: Channel) -> str | None:
    ts: Any = ask.body.get("thread_ts")
    if ts is None:
        return None
    parent = channel.message(str(ts))
    if parent is None or parent.ephemeral_to:
        raise UnknownError("no_such_message")
    return parent.thread_ts or parent.ts


def _mention(ask: Ask, channel: Channel, written: Message) -> None:
    if channel.im_user or f"<@{ask.team.app.bot_user}" not in written.text:
        return
    event = {
        "type": "app_mention",
        "user": written.user,
        "text": written.text,
        "ts": written.ts,
        "channel": channel.id,
        "event_ts": written.ts,
    }
    if written.thread_ts:
        event["thread_ts"] = written.thread_ts
    ask.engine.delivery.event(ask.team, event)
