from typing import Any

from tests.sandbox.workspace import Workspace, workspace


async def events(w: Workspace) -> list[dict[str, Any]]:
    """What was sent to the app, which is not there to take it; each once, without retries."""
    await w.engine.activity.idle(0, 5)
    sent = [entry["request"] for entry in w.logged("event")]
    return [parcel["payload"]["event"] for parcel in sent if parcel["retry_attempt"] == 0]


async def test_the_apps_own_message_is_an_event_too() -> None:
    async with workspace() as w:
        sent = await w.call("chat.postMessage", channel="C01", text="Hej")
        (event,) = await events(w)
    assert (event["type"], event["channel"], event["channel_type"]) == ("message", "C01", "channel")
    assert (event["ts"], event["bot_id"], event["text"]) == (sent["ts"], "B01", "Hej")


async def test_a_direct_message_is_one_of_its_own_kind() -> None:
    async with workspace() as w:
        await w.call("chat.postMessage", channel="U02", text="Hej")
        (event,) = await events(w)
    assert event["channel_type"] == "im"


async def test_changes_and_deletions_are_told() -> None:
    async with workspace() as w:
        sent = await w.call("chat.postMessage", channel="C01", text="Hej")
        where = {"channel": "C01", "ts": sent["ts"]}
        await w.call("chat.update", **where, text="Farvel")
        await w.call("chat.delete", **where)
        told = {event.get("subtype"): event for event in await events(w)}
    changed, deleted = told["message_changed"], told["message_deleted"]
    assert changed["message"]["text"] == "Farvel"
    assert changed["previous_message"]["text"] == "Hej"
    assert deleted["deleted_ts"] == sent["ts"]
    assert changed["hidden"]


async def test_nobody_is_told_of_an_ephemeral_message() -> None:
    async with workspace() as w:
        await w.call("chat.postEphemeral", channel="C01", user="U02", text="Psst")
        assert await events(w) == []


async def test_reactions_are_told() -> None:
    async with workspace() as w:
        ts = w.team.channels["C01"].messages[0].ts
        where = {"channel": "C01", "timestamp": ts, "name": "tada"}
        await w.call("reactions.add", **where)
        await w.call("reactions.remove", **where)
        told = {event["type"]: event for event in await events(w)}
    assert set(told) == {"reaction_added", "reaction_removed"}
    assert told["reaction_added"]["item"] == {"type": "message", "channel": "C01", "ts": ts}
    assert told["reaction_added"]["item_user"] == "U01"


async def test_the_end_of_an_installation_is_told() -> None:
    async with workspace() as w:
        client = {"client_id": "sandbox-client", "client_secret": "sandbox-client-secret"}
        await w.call("apps.uninstall", **client)
        told = {event["type"]: event for event in await events(w)}
    assert set(told) == {"tokens_revoked", "app_uninstalled"}
    assert told["tokens_revoked"]["tokens"]["bot"] == ["U0BOT"]
