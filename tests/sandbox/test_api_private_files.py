"""A member's file as the app fetches it: with the token, and with the right to read files."""

from sandbox.api.files import add_file
from tests.sandbox.workspace import TOKEN, Workspace, modal, plain, workspace


async def fetched(w: Workspace, url: str, token: str = TOKEN) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}"}
    async with w.session.get(url, headers=headers, allow_redirects=False) as answer:
        return answer.status, await answer.read()


async def private_url(w: Workspace) -> str:
    file = add_file(w.engine, w.team, user="U01", name="året rundt.csv", content=b"Navn\n")
    told = (await w.call("files.info", file=file.id))["file"]
    return str(told["url_private_download"])


async def test_the_bot_fetches_a_private_file() -> None:
    async with workspace() as w:
        url = await private_url(w)
        assert await fetched(w, url) == (200, b"Navn\n")
        assert (await fetched(w, url.replace("-F", "-X")))[0] == 404


async def test_whoever_may_not_read_files_is_sent_to_the_sign_in_page() -> None:
    async with workspace() as w:
        url = await private_url(w)
        assert (await fetched(w, url, "xoxb-another"))[0] == 302
        w.forbid("files:read")
        assert (await fetched(w, url))[0] == 302


async def test_a_form_that_asks_for_a_file_needs_the_right_to_read_files() -> None:
    field = {"type": "file_input", "action_id": "file"}
    block = {"type": "input", "block_id": "file", "label": plain("Fil"), "element": field}
    async with workspace() as w:
        view = modal(blocks=[block], submit=plain("Send"))
        await w.call("views.open", trigger_id=w.trigger(), view=view)
        w.forbid("files:read")
        assert await w.error("views.open", trigger_id=w.trigger(), view=view) == "missing_scope"
