"""Which scopes each method asks for, from its page in Slack's reference of methods.

One of those listed is enough to call it; where the kind of channel decides (`*:read`,
`*:history`), the method itself looks again.
"""

from sandbox.world import Channel

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")

SCOPES: dict[str, tuple[str, ...]] = {
    "apps.uninstall": (),
    "auth.revoke": (),
    "auth.test": (),
    "bookmarks.add": ("bookmarks:write",),
    "bookmarks.edit": ("bookmarks:write",),
    "bookmarks.list": ("bookmarks:read",),
    "bookmarks.remove": ("bookmarks:write",),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _HISTORY,
    "conversations.info": _READ,
    "conversations.list": _READ,
    "conversations.members": _READ,
    "conversations.open": ("im:write",),
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "reactions.add": ("reactions:write",),
    "reactions.get": ("reactions:read",),
    "reactions.remove": ("reactions:write",),
    "team.info": ("team:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
WITHOUT_TOKEN = frozenset({"blocks.validate", "oauth.v2.access"})
APP_TOKEN = frozenset({"apps.connections.open"})


def kind(channel: Channel) -> str:
    """How scopes name this kind of channel: `im`, `groups` or `channels`."""
    if channel.im_user:
        return "im"
    return "groups" if channel.is_private else "channels"
