"""Finding what a call names, with Slack's refusals for what it may not touch."""

from sandbox.api.call import Call
from sandbox.api.scopes import kind
from sandbox.engine import Engine
from sandbox.errors import Refused
from sandbox.ids import new_id
from sandbox.world import Channel, Member, Message, Team


def is_in(team: Team, channel: Channel) -> bool:
    """Whether the app is in that channel."""
    return team.app.bot_user in channel.members


def visible(team: Team, channel: Channel | None) -> bool:
    """Whether the app can know of that channel: public ones, and others that it is in."""
    if channel is None or channel.deleted:
        return False
    return is_in(team, channel) or not (channel.is_private or channel.im_user)


def channel_of(call: Call, name: str = "channel") -> Channel:
    """The channel an argument names. Refused: `channel_not_found`."""
    channel = call.team.channels.get(call.text(name))
    if channel is None or not visible(call.team, channel):
        raise Refused("channel_not_found")
    return channel


def readable(call: Call, purpose: str) -> Channel:
    """A channel whose kind the token may `read` or whose `history` it may see."""
    channel = channel_of(call)
    call.need(f"{kind(channel)}:{purpose}")
    return channel


def postable(call: Call) -> Channel:
    """Where a message goes; a member's id means the direct message with them, opened if need be.

    Refused: `channel_not_found`, `is_archived`, `not_in_channel`, `cannot_dm_bot`.
    """
    member = call.team.members.get(call.text("channel"))
    channel = dm(call.engine, call.team, member) if member else channel_of(call)
    if channel.is_archived:
        raise Refused("is_archived")
    if not is_in(call.team, channel) and not call.allowed("chat:write.public"):
        raise Refused("not_in_channel")
    return channel


def posting_channel(call: Call) -> str:
    """The channel that a call counts against, however it names it."""
    named = call.text("channel")
    if named in call.team.members:
        direct = call.team.im(named)
        return direct.id if direct else named
    return named


def dm(engine: Engine, team: Team, member: Member) -> Channel:
    """The direct message between the app and a member. Refused: `cannot_dm_bot`."""
    if member.is_bot:
        raise Refused("cannot_dm_bot")
    known = team.im(member.id)
    if known:
        return known
    channel = Channel(
        id=new_id("D"),
        name="",
        im_user=member.id,
        created=int(engine.clock.seconds()),
        members=[member.id, team.app.bot_user],
    )
    team.channels[channel.id] = channel
    engine.touch(team, channel)
    return channel


def message_of(channel: Channel, ts: str) -> Message:
    """A message that everybody in the channel can see. Refused: `message_not_found`."""
    message = channel.message(ts)
    if message is None or message.ephemeral_to:
        raise Refused("message_not_found")
    return message


def member_of(call: Call, name: str = "user") -> Member:
    """The member an argument names. Refused: `user_not_found`."""
    member = call.team.members.get(call.text(name))
    if member is None:
        raise Refused("user_not_found")
    return member
