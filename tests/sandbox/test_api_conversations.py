from sandbox.world import Channel
from tests.sandbox.workspace import Workspace, workspace


def private(w: Workspace, name: str, members: list[str]) -> None:
    w.team.channels[name] = Channel(name, name.lower(), is_private=True, members=members)


async def names(w: Workspace, **args: object) -> list[str]:
    return [c["id"] for c in (await w.call("conversations.list", **args))["channels"]]


async def test_public_channels_are_listed_and_private_ones_only_from_inside() -> None:
    async with workspace() as w:
        private(w, "C08", ["U01", "U0BOT"])
        private(w, "C09", ["U01"])
        w.team.channels["C03"].is_archived = True
        direct = (await w.call("conversations.open", users="U02"))["channel"]["id"]
        assert await names(w) == ["C01", "C02", "C03", "C04"]
        assert await names(w, exclude_archived=True) == ["C01", "C02", "C04"]
        assert await names(w, types="private_channel") == ["C08"]
        assert await names(w, types="im") == [direct]
        assert await w.error("conversations.list", types="secret") == "invalid_types"
        w.forbid("groups:read")
        assert await w.error("conversations.list", types="private_channel") == "missing_scope"


async def test_info_tells_whether_the_app_is_in() -> None:
    async with workspace() as w:
        inside = (await w.call("conversations.info", channel="C01"))["channel"]
        outside = (await w.call("conversations.info", channel="C04"))["channel"]
        private(w, "C09", ["U01"])
        assert await w.error("conversations.info", channel="C09") == "channel_not_found"
    assert (inside["name"], inside["is_member"]) == ("partnerskaber", True)
    assert (outside["name"], outside["is_member"]) == ("børn-intern", False)


async def test_reading_a_channel_needs_the_scope_of_its_kind() -> None:
    async with workspace() as w:
        private(w, "C08", ["U01", "U0BOT"])
        w.forbid("groups:read")
        body = await w.ask("conversations.info", channel="C08")
        assert (body["error"], body["needed"]) == ("missing_scope", "groups:read")
        await w.call("conversations.info", channel="C01")


async def test_members_come_in_pages() -> None:
    async with workspace() as w:
        first = await w.call("conversations.members", channel="C01", limit=5)
        cursor = first["response_metadata"]["next_cursor"]
        rest = await w.call("conversations.members", channel="C01", limit=5, cursor=cursor)
        assert first["members"] + rest["members"] == w.team.channels["C01"].members
        assert rest["response_metadata"]["next_cursor"] == ""


async def test_opening_a_direct_message() -> None:
    async with workspace() as w:
        opened = await w.call("conversations.open", users=["U02"], return_im=True)
        again = await w.call("conversations.open", users="U02")
        by_id = await w.call("conversations.open", channel=opened["channel"]["id"])
        assert opened["channel"]["user"] == "U02"
        assert again["already_open"]
        assert again["channel"]["id"] == by_id["channel"]["id"] == opened["channel"]["id"]
        w.team.members["U03"].deleted = True
        assert await w.error("conversations.open", users="U03") == "user_disabled"
        assert await w.error("conversations.open", users="U99") == "user_not_found"
        assert await w.error("conversations.open", users="U0BOT") == "cannot_dm_bot"
        assert await w.error("conversations.open", channel="C01") == "channel_not_found"
        assert await w.error("conversations.open") == "users_list_not_supplied"
        assert await w.error("conversations.open", users="U01,U02") == "invalid_arguments"


async def test_history_is_newest_first_without_replies_and_ephemerals() -> None:
    async with workspace(scene="empty") as w:
        a = (await w.call("chat.postMessage", channel="C01", text="a"))["ts"]
        b = (await w.call("chat.postMessage", channel="C01", text="b"))["ts"]
        await w.call("chat.postMessage", channel="C01", text="svar", thread_ts=a)
        await w.call("chat.postEphemeral", channel="C01", user="U01", text="Psst")
        messages = (await w.call("conversations.history", channel="C01"))["messages"]
    assert [m["ts"] for m in messages] == [b, a]
    assert messages[1]["reply_count"] == 1
    assert messages[1]["reply_users"] == ["U0BOT"]


async def test_history_between_two_points_in_time() -> None:
    async with workspace(scene="empty") as w:
        a, b, c = [
            (await w.call("chat.postMessage", channel="C01", text=text))["ts"] for text in "abc"
        ]

        async def between(**args: object) -> list[str]:
            found = await w.call("conversations.history", channel="C01", **args)
            return [m["ts"] for m in found["messages"]]

        assert await between(oldest=a, latest=c) == [b]
        assert await between(oldest=a, latest=c, inclusive=True) == [c, b, a]
        assert await between(oldest=a) == [c, b]
        bad = {"channel": "C01", "oldest": "yesterday"}
        assert await w.error("conversations.history", **bad) == "invalid_ts_oldest"


async def test_history_comes_in_pages() -> None:
    async with workspace(scene="empty") as w:
        sent = [
            (await w.call("chat.postMessage", channel="C01", text=str(n)))["ts"] for n in range(5)
        ]
        first = await w.call("conversations.history", channel="C01", limit=3)
        cursor = first["response_metadata"]["next_cursor"]
        rest = await w.call("conversations.history", channel="C01", limit=3, cursor=cursor)
    assert first["has_more"]
    assert not rest["has_more"]
    assert [m["ts"] for m in first["messages"] + rest["messages"]] == sent[::-1]


async def test_replies_begin_with_the_parent() -> None:
    async with workspace(scene="empty") as w:
        top = (await w.call("chat.postMessage", channel="C01", text="top"))["ts"]
        reply = await w.call("chat.postMessage", channel="C01", text="svar", thread_ts=top)
        for named in (top, reply["ts"]):
            thread = await w.call("conversations.replies", channel="C01", ts=named)
            assert [m["text"] for m in thread["messages"]] == ["top", "svar"]
        unknown = {"channel": "C01", "ts": "1.000001"}
        assert await w.error("conversations.replies", **unknown) == "thread_not_found"


async def test_a_message_without_replies_is_a_thread_of_one() -> None:
    async with workspace(scene="empty") as w:
        top = (await w.call("chat.postMessage", channel="C01", text="top"))["ts"]
        thread = await w.call("conversations.replies", channel="C01", ts=top)
    assert [m["text"] for m in thread["messages"]] == ["top"]


async def test_reading_what_was_said_needs_the_scope_of_the_kind() -> None:
    async with workspace() as w:
        direct = (await w.call("chat.postMessage", channel="U01", text="x"))["channel"]
        w.forbid("im:history")
        await w.call("conversations.history", channel="C01")
        body = await w.ask("conversations.history", channel=direct)
        assert (body["error"], body["needed"]) == ("missing_scope", "im:history")
        assert "channels:history" in body["provided"]
        assert await w.error("conversations.history", channel="C04") == "not_in_channel"
        w.forbid("channels:history", "groups:history", "mpim:history")
        for method in ("conversations.history", "conversations.replies"):
            assert await w.error(method, channel="C01", ts="1.000001") == "missing_scope"


async def test_metadata_is_read_with_a_scope_of_its_own() -> None:
    metadata = {"event_type": "sent", "event_payload": {"key": "a1"}}
    async with workspace() as w:
        await w.call("chat.postMessage", channel="C01", text="x", metadata=metadata)
        asked = {"channel": "C01", "include_all_metadata": True}
        plain = (await w.call("conversations.history", channel="C01"))["messages"][0]
        told = (await w.call("conversations.history", **asked))["messages"][0]
        w.forbid("metadata.message:read")
        assert await w.error("conversations.history", **asked) == "missing_scope"
    assert "metadata" not in plain
    assert told["metadata"] == metadata
