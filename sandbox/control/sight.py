"""What a member can see: others' ephemeral messages and conversations stay unseen."""

from sandbox.world import Channel, Member, Message, Team


def sees_channel(member: Member, channel: Channel) -> bool:
    """Whether the channel stands in that member's client."""
    if channel.deleted:
        return False
    if channel.im_user:
        return channel.im_user == member.id
    outsider = member.is_restricted or member.is_ultra_restricted or member.is_stranger
    if channel.is_private or outsider:
        return member.id in channel.members
    return True


def sees_message(member: Member, channel: Channel, message: Message) -> bool:
    """Whether that member can read the message."""
    return sees_channel(member, channel) and message.ephemeral_to in (None, member.id)


def channels_of(team: Team, member: Member) -> list[Channel]:
    """The channels in that member's client."""
    return [channel for channel in team.channels.values() if sees_channel(member, channel)]
