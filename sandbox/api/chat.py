"""`chat.*`: what the app says."""

from sandbox.api.call import Call, method
from sandbox.api.lookup import channel_of, is_in, message_of, postable
from sandbox.api.objects import message_json
from sandbox.api.posting import (
    LONGEST_TEXT,
    add_message,
    change_message,
    content_of,
    remove_message,
    thread_of,
)
from sandbox.errors import Refused
from sandbox.world import Channel, Json, Message

__all__ = ["add_message"]

LONGEST_UPDATE = 4_000  # characters; https://docs.slack.dev/reference/methods/chat.update


@method("chat.postMessage")
def post_message(call: Call) -> Json:
    """Post into a channel, a thread or a direct message."""
    channel = postable(call)
    if channel.im_user and not call.engine.manifest.messages_tab:
        raise Refused("messages_tab_disabled")
    message = add_message(
        call.engine,
        call.team,
        channel,
        user=call.app.bot_user,
        bot_id=call.app.bot_id,
        thread_ts=thread_of(call, channel),
        **content_of(call),
    )
    cut = len(call.text("text")) > LONGEST_TEXT
    return _told(call, channel, message) | ({"warning": "message_truncated"} if cut else {})


def _told(call: Call, channel: Channel, message: Message) -> Json:
    body = message_json(call.engine, call.team, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": body}


@method("chat.update")
def update(call: Call) -> Json:
    """Change one of the app's own messages."""
    channel, message = _own(call, "cant_update_message")
    if len(call.text("text")) > LONGEST_UPDATE:
        raise Refused("msg_too_long")
    change_message(call.engine, call.team, channel, message, _updated(call, message))
    return {**_told(call, channel, message), "text": message.text}


def _updated(call: Call, message: Message) -> Json:
    """The new content: a text alone takes the blocks away, what is left out otherwise stays."""
    if call.has("text") or call.has("blocks"):
        content = content_of(call)
        if not call.has("text"):
            content["text"] = message.text
    else:
        kept = {"text": message.text, "blocks": message.blocks}
        content = content_of(call) | kept
    for name in ("attachments", "metadata"):
        if not call.has(name):
            content[name] = getattr(message, name)
    return content


@method("chat.delete")
def delete(call: Call) -> Json:
    """Take one of the app's own messages away."""
    channel, message = _own(call, "cant_delete_message")
    remove_message(call.engine, call.team, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def _own(call: Call, refusal: str) -> tuple[Channel, Message]:
    channel = channel_of(call)
    message = message_of(channel, call.needed("ts"))
    if message.bot_id != call.app.bot_id:
        raise Refused(refusal)
    if channel.is_archived:
        raise Refused("is_inactive")
    return channel, message


@method("chat.postEphemeral")
def post_ephemeral(call: Call) -> Json:
    """Say something to one member of a channel only."""
    channel = channel_of(call)
    if channel.is_archived:
        raise Refused("is_archived")
    if not is_in(call.team, channel):
        raise Refused("not_in_channel")
    user = call.needed("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    content = content_of(call)
    message = add_message(
        call.engine,
        call.team,
        channel,
        user=call.app.bot_user,
        bot_id=call.app.bot_id,
        thread_ts=thread_of(call, channel),
        ephemeral_to=user,
        **content,
    )
    return {"message_ts": message.ts}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    """The address of a message."""
    channel = channel_of(call)
    message = message_of(channel, call.needed("message_ts"))
    url = f"{call.engine.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts not in (None, message.ts):
        url += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": url}
