"""`conversations.history` and `.replies`: what was said, for apps that were allowed to read."""

from collections import defaultdict
from collections.abc import Iterable

from sandbox.api.call import Call, method
from sandbox.api.lookup import is_in, message_of, readable
from sandbox.api.objects import message_json
from sandbox.api.paging import page
from sandbox.errors import Refused
from sandbox.world import Channel, Json, Message


@method("conversations.history")
def conversations_history(call: Call) -> Json:
    """The messages of a channel, newest first, without the replies in threads."""
    channel = _readable(call)
    threads: dict[str, list[Message]] = defaultdict(list)
    for message in channel.messages:
        if message.thread_ts and message.thread_ts != message.ts and not message.ephemeral_to:
            threads[message.thread_ts].append(message)
    shown = _within(call, reversed(channel.messages))
    parents = [message for message in shown if message.thread_ts in (None, message.ts)]
    found, rest = page(call, parents, lambda message: message.ts, default=100)
    return _answer(call, [(message, threads.get(message.ts, [])) for message in found], rest)


@method("conversations.replies")
def conversations_replies(call: Call) -> Json:
    """A thread: its parent, then the replies, oldest first."""
    channel = _readable(call)
    try:
        named = message_of(channel, call.needed("ts"))
    except Refused as refusal:
        raise Refused("thread_not_found") from refusal
    top = named.thread_ts or named.ts
    thread = [m for m in channel.messages if m.thread_ts == top and not m.ephemeral_to]
    replies = [m for m in thread if m.ts != top]
    parent = message_of(channel, top)
    wanted = [parent, *_within(call, replies)]
    found, rest = page(call, wanted, lambda message: message.ts)
    return _answer(call, [(m, replies if m is parent else []) for m in found], rest)


def _readable(call: Call) -> Channel:
    channel = readable(call, "history")
    if not is_in(call.team, channel):
        raise Refused("not_in_channel")
    if call.flag("include_all_metadata"):
        call.need("metadata.message:read")
    return channel


def _answer(call: Call, found: list[tuple[Message, list[Message]]], rest: Json) -> Json:
    metadata = call.flag("include_all_metadata")
    messages = [
        message_json(call.engine, call.team, message, replies, metadata=metadata)
        for message, replies in found
    ]
    has_more = bool(rest["response_metadata"]["next_cursor"])
    return {"messages": messages, "has_more": has_more, "pin_count": 0, **rest}


def _within(call: Call, messages: Iterable[Message]) -> list[Message]:
    """What everybody sees between `oldest` and `latest`."""
    oldest = _micros(call, "oldest", 0)
    latest = _micros(call, "latest", 10**18)
    inclusive = call.flag("inclusive")
    found = []
    for message in messages:
        at = int(message.ts.replace(".", ""))
        inside = oldest <= at <= latest if inclusive else oldest < at < latest
        if inside and not message.ephemeral_to:
            found.append(message)
    return found


def _micros(call: Call, name: str, default: int) -> int:
    """A point in time, given in seconds with up to six decimals, as microseconds."""
    text = call.text(name)
    if text in ("", "0", "now"):
        return default
    whole, _, decimals = text.partition(".")
    try:
        return int(whole) * 1_000_000 + int(decimals.ljust(6, "0")[:6])
    except ValueError:
        raise Refused(f"invalid_ts_{name}") from None
