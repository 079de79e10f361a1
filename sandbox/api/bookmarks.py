"""`bookmarks.*`: links in a channel's header."""

from sandbox.api.call import Call, method
from sandbox.api.lookup import channel_of, is_in
from sandbox.errors import Refused
from sandbox.ids import new_id
from sandbox.world import Channel, Json

MOST = 100  # in one channel
_FIELDS = ("title", "link", "emoji")


@method("bookmarks.list")
def bookmarks_list(call: Call) -> Json:
    """All bookmarks of a channel."""
    return {"bookmarks": list(_channel(call).bookmarks)}


@method("bookmarks.add")
def bookmarks_add(call: Call) -> Json:
    """Add a link."""
    channel = _channel(call)
    if call.text("type") != "link":
        raise Refused("invalid_bookmark_type")
    if len(channel.bookmarks) >= MOST:
        raise Refused("too_many_bookmarks")
    now = int(call.engine.clock.seconds())
    bookmark = {
        "id": new_id("Bk"),
        "channel_id": channel.id,
        "title": call.needed("title"),
        "link": _link(call.text("link")),
        "emoji": call.text("emoji"),
        "type": "link",
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": str(len(channel.bookmarks)),
        "last_updated_by_user_id": call.app.bot_user,
        "last_updated_by_team_id": call.team.id,
        "app_id": call.app.id,
    }
    channel.bookmarks.append(bookmark)
    call.engine.touch(call.team, channel)
    return {"bookmark": bookmark}


@method("bookmarks.edit")
def bookmarks_edit(call: Call) -> Json:
    """Change a link's title, address or emoji."""
    channel = _channel(call)
    bookmark = _bookmark(call, channel)
    if call.has("link"):
        _link(call.text("link"))
    bookmark |= {name: call.text(name) for name in _FIELDS if call.has(name)}
    bookmark["date_updated"] = int(call.engine.clock.seconds())
    call.engine.touch(call.team, channel)
    return {"bookmark": bookmark}


@method("bookmarks.remove")
def bookmarks_remove(call: Call) -> Json:
    """Take a link away."""
    channel = _channel(call)
    channel.bookmarks.remove(_bookmark(call, channel))
    call.engine.touch(call.team, channel)
    return {}


def _channel(call: Call) -> Channel:
    channel = channel_of(call, "channel_id")
    if not is_in(call.team, channel):
        raise Refused("not_in_channel")
    return channel


def _bookmark(call: Call, channel: Channel) -> Json:
    wanted = call.needed("bookmark_id")
    found = next((b for b in channel.bookmarks if b["id"] == wanted), None)
    if found is None:
        raise Refused("not_found")
    return found


def _link(link: str) -> str:
    if not link.startswith(("https://", "http://")):
        raise Refused("invalid_link")
    return link
