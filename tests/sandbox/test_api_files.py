from typing import Any

import aiohttp

from sandbox.api.files import add_file
from tests.sandbox.workspace import Workspace, plain, workspace

PNG = b"\x89PNG\r\n\x1a\nsmall"


async def announced(w: Workspace, name: str = "kreds.png", content: bytes = PNG) -> Any:
    args = {"filename": name, "length": len(content), "alt_txt": "Kredsen"}
    return await w.call("files.getUploadURLExternal", **args)


async def uploaded(w: Workspace) -> str:
    step = await announced(w)
    async with w.session.post(step["upload_url"], data=PNG) as response:
        assert response.status == 200
    return str(step["file_id"])


async def test_three_steps_bring_a_picture_into_a_channel() -> None:
    async with workspace() as w:
        file_id = await uploaded(w)
        done = await w.call(
            "files.completeUploadExternal",
            files=[{"id": file_id, "title": "Kredsen i dag"}],
            channel_id="C02",
            initial_comment="Se her",
        )
        info = (await w.call("files.info", file=file_id))["file"]
        message = w.team.channels["C02"].messages[-1]
    assert done["files"][0]["title"] == "Kredsen i dag"
    assert (message.text, message.files) == ("Se her", [file_id])
    assert info["shares"] == {"public": {"C02": [{"ts": message.ts}]}}
    assert info["alt_txt"] == "Kredsen"
    assert (info["mimetype"], info["size"]) == ("image/png", len(PNG))
    assert w.logged("upload")[0]["request"]["file"] == file_id


async def test_the_bytes_may_come_as_a_form() -> None:
    async with workspace() as w:
        step = await announced(w)
        data = aiohttp.FormData()
        data.add_field("file", PNG, filename="kreds.png")
        async with w.session.post(step["upload_url"], data=data) as response:
            assert response.status == 200
        assert w.engine.store.get(w.team, step["file_id"]) == PNG


async def test_a_file_without_a_channel_stays_private() -> None:
    async with workspace() as w:
        file_id = await uploaded(w)
        await w.call("files.completeUploadExternal", files=[{"id": file_id}])
        info = (await w.call("files.info", file=file_id))["file"]
    assert info["shares"] == {}
    assert info["title"] == "kreds.png"


async def test_steps_out_of_order_are_refused() -> None:
    async with workspace() as w:
        step = await announced(w)
        complete = {"files": [{"id": step["file_id"]}]}
        assert await w.error("files.info", file=step["file_id"]) == "file_not_found"
        assert await w.error("files.completeUploadExternal", **complete) == "file_not_found"
        async with w.session.post(step["upload_url"], data=b"other") as response:
            assert response.status == 400
        async with w.session.post(f"{w.sandbox.url}/_upload/T01/F404", data=PNG) as response:
            assert response.status == 404


async def test_arguments_that_are_missing() -> None:
    async with workspace() as w:
        for args in ({"filename": "a.png"}, {"length": 5}, {"filename": "a.png", "length": 0}):
            assert await w.error("files.getUploadURLExternal", **args) == "invalid_arguments"
        assert await w.error("files.completeUploadExternal") == "invalid_arguments"


async def test_a_file_is_not_shared_where_the_app_is_not() -> None:
    async with workspace() as w:
        w.forbid("chat:write.public")
        file_id = await uploaded(w)
        args = {"files": [{"id": file_id}], "channel_id": "C04"}
        assert await w.error("files.completeUploadExternal", **args) == "not_in_channel"


async def test_an_image_block_shows_a_picture_that_is_there() -> None:
    async with workspace() as w:
        file_id = await uploaded(w)
        image = {"type": "image", "alt_text": "Kredsen", "slack_file": {"id": file_id}}
        early: dict[str, Any] = {"channel": "C01", "text": "x", "blocks": [image]}
        body = await w.ask("chat.postMessage", **early)
        assert body["error"] == "invalid_blocks"
        assert "/blocks/0/slack_file" in body["response_metadata"]["messages"][0]
        await w.call("files.completeUploadExternal", files=[{"id": file_id}])
        await w.call("chat.postMessage", **early)
        view = {"type": "home", "blocks": [image, {"type": "header", "text": plain("Kreds")}]}
        await w.call("views.publish", user_id="U01", view=view)


async def test_an_own_file_is_deleted_wherever_it_was_shared() -> None:
    async with workspace() as w:
        file_id = await uploaded(w)
        await w.call("files.completeUploadExternal", files=[{"id": file_id}], channel_id="C02")
        await w.call("files.delete", file=file_id)
        assert await w.error("files.delete", file=file_id) == "file_not_found"
        assert await w.error("files.info", file=file_id) == "file_not_found"
        assert w.engine.store.get(w.team, file_id) is None


async def test_a_members_file_is_not_the_apps_to_delete() -> None:
    async with workspace() as w:
        file = add_file(w.engine, w.team, user="U02", name="kreds.png", content=PNG)
        assert await w.error("files.delete", file=file.id) == "cant_delete_file"
