"""`conversations.*` without what was said in them: channels and their members."""

from sandbox.api.call import Call, invalid, method
from sandbox.api.lookup import channel_of, dm, is_in, readable, visible
from sandbox.api.objects import channel_json
from sandbox.api.paging import page
from sandbox.api.scopes import kind
from sandbox.errors import Refused
from sandbox.world import Channel, Json

_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


@method("conversations.list")
def conversations_list(call: Call) -> Json:
    """Channels of the wanted types; of private ones those that the app is in."""
    types = call.listed("types") or ["public_channel"]
    if not set(types) <= set(_TYPES):
        raise Refused("invalid_types")
    wanted = [_TYPES[name] for name in types]
    for name in wanted:
        call.need(f"{name}:read")
    with_archived = not call.flag("exclude_archived")
    channels = [
        channel
        for channel in call.team.channels.values()
        if kind(channel) in wanted
        and visible(call.team, channel)
        and (with_archived or not channel.is_archived)
    ]
    found, rest = page(call, channels, lambda channel: channel.id)
    return {"channels": [channel_json(call.team, channel) for channel in found], **rest}


@method("conversations.info")
def conversations_info(call: Call) -> Json:
    """One channel."""
    body = channel_json(call.team, readable(call, "read"))
    if call.flag("include_locale"):
        body["locale"] = "en-US"
    return {"channel": body}


@method("conversations.members")
def conversations_members(call: Call) -> Json:
    """The ids of a channel's members."""
    channel = readable(call, "read")
    members, rest = page(call, channel.members, str, default=100)
    return {"members": list(members), **rest}


@method("conversations.open")
def conversations_open(call: Call) -> Json:
    """Open the direct message with one member; groups are not played here."""
    was_open = {channel.id for channel in call.team.channels.values()}
    channel = _wanted(call)
    known = {"already_open": True, "no_op": True} if channel.id in was_open else {}
    body = channel_json(call.team, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": body, **known}


def _wanted(call: Call) -> Channel:
    if call.has("channel"):
        channel = channel_of(call)
        if not channel.im_user or not is_in(call.team, channel):
            raise Refused("channel_not_found")
        return channel
    users = call.listed("users")
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > 1:
        raise invalid("the sandbox opens direct messages with one member only")
    member = call.team.members.get(users[0])
    if member is None:
        raise Refused("user_not_found")
    if member.deleted:
        raise Refused("user_disabled")
    return dm(call.engine, call.team, member)
