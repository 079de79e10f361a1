from typing import Any

import pytest

from sandbox.world import Channel, Json
from tests.sandbox.workspace import Workspace, plain, workspace

SECTION = {"type": "section", "text": {"type": "plain_text", "text": "Hej"}}


def private(w: Workspace, *, app_in: bool) -> str:
    members = ["U01", "U0BOT"] if app_in else ["U01"]
    w.team.channels["C09"] = Channel("C09", "lukket", is_private=True, members=members)
    return "C09"


async def test_a_message_lands_in_the_channel() -> None:
    async with workspace() as w:
        body = await w.call("chat.postMessage", channel="C01", text="Hej")
        stored = w.team.channels["C01"].messages[-1]
    assert body["channel"] == "C01"
    assert body["ts"] == stored.ts
    assert body["message"]["bot_id"] == "B01"
    assert (stored.text, stored.user) == ("Hej", "U0BOT")


async def test_stamps_grow_and_are_never_given_twice() -> None:
    async with workspace() as w:
        sent = [
            (await w.call("chat.postMessage", channel="C01", text="x"))["ts"] for _ in range(20)
        ]
    assert sent == sorted(set(sent))


async def test_a_members_id_means_the_direct_message() -> None:
    async with workspace() as w:
        w.forbid("im:write")
        first = await w.call("chat.postMessage", channel="U02", text="Hej")
        again = await w.call("chat.postMessage", channel="U02", text="Igen")
    assert first["channel"].startswith("D")
    assert again["channel"] == first["channel"]


async def test_a_deactivated_member_can_be_written_to_as_in_slack() -> None:
    async with workspace() as w:
        w.team.members["U02"].deleted = True
        assert (await w.call("chat.postMessage", channel="U02", text="Hej"))["ok"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C99", "text": "x"}, "channel_not_found"),
        ({"channel": "U99", "text": "x"}, "channel_not_found"),
        ({"channel": "U0BOT", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "C01"}, "no_text"),
        ({"channel": "C01", "text": ""}, "no_text"),
        ({"channel": "C01", "text": "x", "blocks": [{"type": "nope"}]}, "invalid_blocks"),
        ({"channel": "C01", "text": "x", "blocks": "{"}, "invalid_arguments"),
        ({"channel": "C01", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    ],
)
async def test_what_cannot_be_posted(args: dict[str, Any], error: str) -> None:
    async with workspace() as w:
        assert await w.error("chat.postMessage", **args) == error


async def test_refused_blocks_are_explained_by_pointer() -> None:
    async with workspace() as w:
        blocks = [SECTION, {"type": "section", "text": plain("x" * 3001)}]
        body = await w.ask("chat.postMessage", channel="C01", text="x", blocks=blocks)
    assert body["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/1/text/text]" in body["response_metadata"]["messages"][0]


async def test_a_channel_that_the_app_is_not_in() -> None:
    async with workspace() as w:
        await w.call("chat.postMessage", channel="C04", text="x")
        w.forbid("chat:write.public")
        assert await w.error("chat.postMessage", channel="C04", text="x") == "not_in_channel"
        closed = private(w, app_in=False)
        assert await w.error("chat.postMessage", channel=closed, text="x") == "channel_not_found"


async def test_an_archived_and_a_deleted_channel() -> None:
    async with workspace() as w:
        w.team.channels["C01"].is_archived = True
        w.team.channels["C02"].deleted = True
        assert await w.error("chat.postMessage", channel="C01", text="x") == "is_archived"
        assert await w.error("chat.postMessage", channel="C02", text="x") == "channel_not_found"


async def test_a_closed_messages_tab_takes_no_messages() -> None:
    async with workspace() as w:
        object.__setattr__(w.engine.manifest, "messages_tab", False)
        try:
            answer = await w.error("chat.postMessage", channel="U01", text="x")
        finally:
            object.__setattr__(w.engine.manifest, "messages_tab", True)
    assert answer == "messages_tab_disabled"


async def test_a_very_long_text_is_cut() -> None:
    async with workspace() as w:
        body = await w.call("chat.postMessage", channel="C01", text="x" * 40_010)
    assert len(body["message"]["text"]) == 40_000
    assert body["warning"] == "message_truncated"


async def test_ids_that_the_app_left_out_are_made_up() -> None:
    async with workspace() as w:
        button = {"type": "button", "text": plain("Ja")}
        blocks = [SECTION, {"type": "actions", "elements": [button]}]
        body = await w.call("chat.postMessage", channel="C01", text="x", blocks=blocks)
        asked = w.logged()[-1]["request"]["blocks"]
    section, actions = body["message"]["blocks"]
    assert section["block_id"] != actions["block_id"]
    assert actions["elements"][0]["action_id"]
    assert asked == blocks


async def test_a_thread_has_a_parent_and_replies() -> None:
    async with workspace() as w:
        parent = await w.call("chat.postMessage", channel="C01", text="Hvad synes I?")
        reply = await w.call("chat.postMessage", channel="C01", text="Fint", thread_ts=parent["ts"])
        assert reply["message"]["thread_ts"] == parent["ts"]
        stored = w.team.channels["C01"].message(parent["ts"])
        assert stored
        assert stored.thread_ts == parent["ts"]
        # union-attr - the line would fail, as it should
        nested = {"channel": "C01", "text": "x", "thread_ts": reply["ts"]}
        assert await w.error("chat.postMessage", **nested) == "cannot_reply_to_message"


async def test_metadata_is_kept_and_shown_to_its_sender() -> None:
    metadata = {"event_type": "sent", "event_payload": {"key": "a1"}}
    async with workspace() as w:
        body = await w.call("chat.postMessage", channel="C01", text="x", metadata=metadata)
    assert body["message"]["metadata"] == metadata


async def test_an_update_with_text_alone_takes_the_blocks_away() -> None:
    async with workspace() as w:
        sent = await w.call("chat.postMessage", channel="C01", text="x", blocks=[SECTION])
        where = {"channel": "C01", "ts": sent["ts"]}
        kept = await w.call("chat.update", **where, blocks=[SECTION, SECTION])
        assert len(kept["message"]["blocks"]) == 2
        assert kept["text"] == "x"
        bare = await w.call("chat.update", **where, text="Ny")
    assert "blocks" not in bare["message"]
    assert bare["message"]["edited"]["user"] == "U0BOT"


@pytest.mark.parametrize("method", ["chat.update", "chat.delete"])
async def test_only_the_apps_own_messages_can_be_changed(method: str) -> None:
    async with workspace() as w:
        by_a_colleague = w.team.channels["C01"].messages[0].ts
        where = {"channel": "C01", "text": "x"}
        assert await w.error(method, **where, ts="1.000001") == "message_not_found"
        error = await w.error(method, **where, ts=by_a_colleague)
    assert error == f"cant_{method.removeprefix('chat.')}_message"


async def test_an_update_is_shorter_than_a_message() -> None:
    async with workspace() as w:
        sent = await w.call("chat.postMessage", channel="C01", text="x")
        where = {"channel": "C01", "ts": sent["ts"]}
        assert await w.error("chat.update", **where, text="x" * 4_001) == "msg_too_long"
        assert await w.error("chat.update", **where, text="", blocks=[]) == "no_text"


async def test_a_deleted_message_is_gone_and_a_deleted_parent_leaves_a_stub() -> None:
    async with workspace() as w:
        lone = await w.call("chat.postMessage", channel="C01", text="x")
        parent = await w.call("chat.postMessage", channel="C01", text="y")
        await w.call("chat.postMessage", channel="C01", text="z", thread_ts=parent["ts"])
        for sent in (lone, parent):
            await w.call("chat.delete", channel="C01", ts=sent["ts"])
        channel = w.team.channels["C01"]
        stub = channel.message(parent["ts"])
        assert channel.message(lone["ts"]) is None
        assert stub is not None
        assert stub.subtype == "tombstone"


async def test_an_ephemeral_message_has_one_reader_in_the_channel() -> None:
    async with workspace() as w:
        body = await w.call("chat.postEphemeral", channel="C01", user="U02", text="Psst")
        stored = w.team.channels["C01"].message(body["message_ts"])
        assert stored is not None
        assert stored.ephemeral_to == "U02"
        guest = {"channel": "C01", "user": "U04", "text": "x"}
        assert await w.error("chat.postEphemeral", **guest) == "user_not_in_channel"
        outside: Json = {"channel": "C04", "user": "U01", "text": "x"}
        assert await w.error("chat.postEphemeral", **outside) == "not_in_channel"
        update = {"channel": "C01", "ts": body["message_ts"], "text": "y"}
        assert await w.error("chat.update", **update) == "message_not_found"


async def test_permalinks_lead_to_the_message_and_its_thread() -> None:
    async with workspace() as w:
        parent = await w.call("chat.postMessage", channel="C01", text="x")
        reply = await w.call("chat.postMessage", channel="C01", text="y", thread_ts=parent["ts"])
        found = await w.call("chat.getPermalink", channel="C01", message_ts=reply["ts"])
        unknown = {"channel": "C01", "message_ts": "1.000001"}
        assert await w.error("chat.getPermalink", **unknown) == "message_not_found"
    assert found["permalink"].endswith(f"?thread_ts={parent['ts']}&cid=C01")
