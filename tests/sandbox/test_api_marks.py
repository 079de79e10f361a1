from typing import Any

from tests.sandbox.workspace import Workspace, workspace


async def item(w: Workspace) -> dict[str, Any]:
    sent = await w.call("chat.postMessage", channel="C01", text="x")
    return {"channel": "C01", "timestamp": sent["ts"]}


async def test_a_reaction_comes_and_goes() -> None:
    async with workspace() as w:
        where = await item(w)
        await w.call("reactions.add", **where, name=":sparkles:")
        assert await w.error("reactions.add", **where, name="sparkles") == "already_reacted"
        got = await w.call("reactions.get", **where)
        assert got["message"]["reactions"] == [{"name": "sparkles", "users": ["U0BOT"], "count": 1}]
        await w.call("reactions.remove", **where, name="sparkles")
        assert await w.error("reactions.remove", **where, name="sparkles") == "no_reaction"
        assert "reactions" not in (await w.call("reactions.get", **where))["message"]


async def test_what_cannot_be_reacted_to() -> None:
    async with workspace() as w:
        where = await item(w)
        assert await w.error("reactions.add", **where, name="NO SUCH") == "invalid_name"
        assert await w.error("reactions.add", **where) == "invalid_arguments"
        assert await w.error("reactions.add", name="tada") == "no_item_specified"
        unknown = where | {"timestamp": "1.000001"}
        assert await w.error("reactions.add", **unknown, name="tada") == "message_not_found"
        outside = where | {"channel": "C04"}
        assert await w.error("reactions.add", **outside, name="tada") == "not_in_channel"
        w.team.channels["C01"].is_archived = True
        assert await w.error("reactions.add", **where, name="tada") == "is_archived"


async def test_a_bookmark_is_added_changed_listed_and_removed() -> None:
    async with workspace() as w:
        link = {"channel_id": "C02", "title": "Tavlen", "type": "link", "link": "https://a.example"}
        added = (await w.call("bookmarks.add", **link))["bookmark"]
        named = {"channel_id": "C02", "bookmark_id": added["id"]}
        await w.call("bookmarks.edit", **named, title="Vores tavle")
        listed = (await w.call("bookmarks.list", channel_id="C02"))["bookmarks"]
        assert [(b["title"], b["link"]) for b in listed] == [("Vores tavle", "https://a.example")]
        await w.call("bookmarks.remove", **named)
        assert (await w.call("bookmarks.list", channel_id="C02"))["bookmarks"] == []
        assert await w.error("bookmarks.edit", **named, title="x") == "not_found"


async def test_bookmarks_that_are_refused() -> None:
    async with workspace() as w:
        link = {"channel_id": "C02", "title": "Tavlen", "type": "link", "link": "https://a.example"}
        for change, error in (
            ({"link": "javascript:alert(1)"}, "invalid_link"),
            ({"type": "file"}, "invalid_bookmark_type"),
            ({"title": ""}, "invalid_arguments"),
            ({"channel_id": "C04"}, "not_in_channel"),
        ):
            assert await w.error("bookmarks.add", **link | change) == error
        w.forbid("bookmarks:write")
        assert await w.error("bookmarks.add", **link) == "missing_scope"
