"""Which events an app gets: those it subscribed to, may read and can see.

https://docs.slack.dev/reference/events
"""

from sandbox.manifest import Manifest
from sandbox.world import Channel, Json, Team

# Slack tells an app about its own installation without any subscription's scope.
_SCOPES = {
    "app_mention": ["app_mentions:read"],
    "message.channels": ["channels:history"],
    "message.groups": ["groups:history"],
    "message.im": ["im:history"],
    "reaction_added": ["reactions:read"],
    "reaction_removed": ["reactions:read"],
    "member_joined_channel": ["channels:read", "groups:read"],
    "member_left_channel": ["channels:read", "groups:read"],
    "channel_created": ["channels:read"],
    "channel_archive": ["channels:read"],
    "channel_unarchive": ["channels:read"],
    "channel_deleted": ["channels:read"],
    "channel_rename": ["channels:read"],
    "channel_left": ["channels:read"],
    "group_archive": ["groups:read"],
    "group_unarchive": ["groups:read"],
    "group_deleted": ["groups:read"],
    "group_rename": ["groups:read"],
    "group_left": ["groups:read"],
    "user_change": ["users:read"],
    "team_join": ["users:read"],
    "file_created": ["files:read"],
    "file_shared": ["files:read"],
    "file_deleted": ["files:read"],
    "link_shared": ["links:read"],
}
# Whoever leaves or is thrown out cannot be among the members when the event is sent.
_ABOUT_LEAVING = ("member_left_channel", "channel_left", "group_left")


def wanted(manifest: Manifest, team: Team, event: Json) -> bool:
    """Whether the app as installed in this workspace gets the event."""
    channel = _channel(team, event)
    name = subscription(event, channel)
    if name not in manifest.events:
        return False
    if not set(_SCOPES.get(name, team.app.scopes)) & set(team.app.scopes) and name in _SCOPES:
        return False
    return channel is None or _sees(team, channel, event)


def subscription(event: Json, channel: Channel | None) -> str:
    """The name under which the manifest subscribes to the event."""
    if event["type"] != "message" or channel is None:
        return str(event["type"])
    if channel.im_user:
        return "message.im"
    return "message.groups" if channel.is_private else "message.channels"


def _channel(team: Team, event: Json) -> Channel | None:
    place = event.get("channel") or event.get("item", {}).get("channel")
    channel_id = place.get("id") if isinstance(place, dict) else place
    return team.channels.get(str(channel_id))


def _sees(team: Team, channel: Channel, event: Json) -> bool:
    if channel.im_user or team.app.bot_user in channel.members:
        return True
    if event["type"] in _ABOUT_LEAVING:
        return bool(event.get("user", team.app.bot_user) == team.app.bot_user)
    return str(event["type"]).startswith("channel_") and not channel.is_private
