from datetime import UTC, datetime
from pathlib import Path

from tests.sandbox.workspace import form, home, workspace

METADATA = {"event_type": "sent", "event_payload": {"key": "a1"}}


async def test_messages_and_direct_messages_survive_a_restart(tmp_path: Path) -> None:
    async with workspace(data=tmp_path) as w:
        sent = await w.call("chat.postMessage", channel="C01", text="Hej", metadata=METADATA)
        await w.call("chat.postMessage", channel="C01", text="Svar", thread_ts=sent["ts"])
        await w.call("reactions.add", channel="C01", timestamp=sent["ts"], name="tada")
        direct = await w.call("chat.postMessage", channel="U02", text="Til dig")
        before = w.team.channels
    async with workspace(data=tmp_path) as w:
        assert w.team.channels == before
        message = w.team.channels["C01"].message(sent["ts"])
        assert message is not None
        assert message.metadata == METADATA
        assert message.reactions == {"tada": ["U0BOT"]}
        again = await w.call("chat.postMessage", channel="U02", text="Igen")
        assert again["channel"] == direct["channel"]
        assert again["ts"] > direct["ts"]


async def test_what_was_deleted_stays_deleted(tmp_path: Path) -> None:
    async with workspace(data=tmp_path) as w:
        sent = await w.call("chat.postMessage", channel="C01", text="Hej")
        await w.call("chat.delete", channel="C01", ts=sent["ts"])
    async with workspace(data=tmp_path) as w:
        assert w.team.channels["C01"].message(sent["ts"]) is None


async def test_the_clock_and_the_scene_survive(tmp_path: Path) -> None:
    later = datetime(2030, 1, 7, 9, tzinfo=UTC)
    async with workspace(data=tmp_path, scene="empty") as w:
        w.engine.clock.set(later)
    async with workspace(data=tmp_path, scene="default") as w:
        assert w.engine.clock.now() >= later
        assert w.engine.scene == "empty"
        assert w.team.channels["C01"].messages == []


async def test_open_views_and_the_home_tab_survive(tmp_path: Path) -> None:
    async with workspace(data=tmp_path) as w:
        view = form("navn")
        opened = await w.call("views.open", trigger_id=w.trigger(), view=view)
        pushed = await w.call("views.push", trigger_id=w.trigger(), view=view)
        published = await w.call("views.publish", user_id="U02", view=home())
    async with workspace(data=tmp_path) as w:
        stack = [v.id for v in w.team.modals["U01"]]
        assert stack == [opened["view"]["id"], pushed["view"]["id"]]
        assert w.team.homes["U02"].id == published["view"]["id"]
        await w.call("views.open", trigger_id=w.trigger(), view=view)
    async with workspace(data=tmp_path) as w:
        assert len(w.team.modals["U01"]) == 1


async def test_files_survive_with_their_bytes(tmp_path: Path) -> None:
    async with workspace(data=tmp_path) as w:
        step = await w.call("files.getUploadURLExternal", filename="a.txt", length=3)
        async with w.session.post(step["upload_url"], data=b"abc") as response:
            assert response.status == 200
        await w.call("files.completeUploadExternal", files=[{"id": step["file_id"]}])
    async with workspace(data=tmp_path) as w:
        assert w.engine.store.get(w.team, step["file_id"]) == b"abc"
        assert (await w.call("files.info", file=step["file_id"]))["file"]["name"] == "a.txt"


async def test_members_channels_and_the_installation_survive(tmp_path: Path) -> None:
    async with workspace(data=tmp_path) as w:
        w.team.members["U08"].deleted = True
        w.team.channels["C03"].is_archived = True
        w.engine.touch(w.team, w.team.members["U08"], w.team.channels["C03"])
        await w.call("auth.revoke")
    async with workspace(data=tmp_path) as w:
        assert w.team.members["U08"].deleted
        assert w.team.channels["C03"].is_archived
        assert await w.error("auth.test") == "token_revoked"


async def test_a_manifest_with_other_scopes_is_installed_anew(tmp_path: Path) -> None:
    manifest = tmp_path / "app.yaml"
    text = "display_information: {name: Bot}\noauth_config: {scopes: {bot: [commands%s]}}\n"
    manifest.write_text(text % "", encoding="utf-8")
    async with workspace(data=tmp_path, manifest=manifest) as w:
        assert await w.error("users.list") == "missing_scope"
    manifest.write_text(text % ", 'users:read'", encoding="utf-8")
    async with workspace(data=tmp_path, manifest=manifest) as w:
        await w.call("users.list")


async def test_scopes_given_by_hand_survive_the_same_manifest(tmp_path: Path) -> None:
    async with workspace(data=tmp_path) as w:
        w.team.app.scopes = ["commands"]
        w.engine.touch(w.team, w.team.app)
    async with workspace(data=tmp_path) as w:
        assert w.team.app.scopes == ["commands"]


async def test_without_a_folder_nothing_is_left() -> None:
    async with workspace() as w:
        sent = await w.call("chat.postMessage", channel="C01", text="Hej")
    async with workspace() as w:
        assert w.team.channels["C01"].message(sent["ts"]) is None
