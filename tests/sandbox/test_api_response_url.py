from datetime import timedelta
from typing import Any

from sandbox.faults import Fault
from tests.sandbox.workspace import Workspace, workspace


async def answer(w: Workspace, url: str, **body: Any) -> tuple[int, str]:
    async with w.session.post(url, json=body) as response:
        return response.status, await response.text()


def fresh(w: Workspace, channel: str = "C01", message_ts: str | None = None) -> str:
    return w.engine.response_urls.issue(w.team, "U02", channel, None, message_ts)


async def test_an_answer_is_ephemeral_unless_it_says_otherwise() -> None:
    async with workspace() as w:
        url = fresh(w)
        assert await answer(w, url, text="Kun dig") == (200, "ok")
        assert await answer(w, url, text="Alle", response_type="in_channel") == (200, "ok")
        private, public = w.team.channels["C01"].messages[-2:]
    assert (private.text, private.ephemeral_to) == ("Kun dig", "U02")
    assert (public.text, public.ephemeral_to) == ("Alle", None)


async def test_it_works_in_channels_that_the_app_is_not_in() -> None:
    async with workspace() as w:
        w.forbid("chat:write", "chat:write.public")
        assert await answer(w, fresh(w, "C04"), text="Hej") == (200, "ok")


async def test_it_works_five_times() -> None:
    async with workspace() as w:
        url = fresh(w)
        for _ in range(5):
            assert (await answer(w, url, text="x"))[0] == 200
        status, body = await answer(w, url, text="x")
    assert status == 404
    assert "used_url" in body


async def test_it_works_for_thirty_minutes_of_the_workspaces_clock() -> None:
    async with workspace() as w:
        url = fresh(w)
        w.engine.clock.advance(timedelta(minutes=29).total_seconds())
        assert (await answer(w, url, text="x"))[0] == 200
        w.engine.clock.advance(timedelta(minutes=2).total_seconds())
        status, body = await answer(w, url, text="x")
    assert (status, "expired_url" in body) == (404, True)


async def test_an_invented_address_is_refused() -> None:
    async with workspace() as w:
        status, body = await answer(w, f"{w.sandbox.url}/_hooks/invented", text="x")
    assert (status, "invalid_url" in body) == (404, True)


async def test_the_message_that_was_clicked_can_be_replaced_and_deleted() -> None:
    async with workspace() as w:
        sent = await w.call("chat.postEphemeral", channel="C01", user="U02", text="Ja eller nej?")
        url = fresh(w, message_ts=sent["message_ts"])
        channel = w.team.channels["C01"]
        await answer(w, url, text="Tak", replace_original=True)
        message = channel.message(sent["message_ts"])
        assert message is not None
        assert (message.text, message.ephemeral_to) == ("Tak", "U02")
        await answer(w, url, delete_original=True)
        assert channel.message(sent["message_ts"]) is None


async def test_a_bad_message_is_refused_by_name() -> None:
    async with workspace() as w:
        url = fresh(w)
        assert await answer(w, url) == (400, '{"ok": false, "error": "no_text"}')
        status, body = await answer(w, url, text="x", blocks=[{"type": "nope"}])
    assert (status, "invalid_blocks" in body) == (400, True)


async def test_answers_are_written_down() -> None:
    async with workspace() as w:
        await answer(w, fresh(w), text="Hej")
        entry = w.logged()[-1]
    assert (entry["name"], entry["team"]) == ("response_url", "T01")
    assert entry["request"] == {"text": "Hej"}


async def test_a_fault_hits_it_by_its_name() -> None:
    async with workspace(scene="empty") as w:
        url = fresh(w)
        w.engine.faults.add(Fault("response_url", status=503))
        assert (await answer(w, url, text="Hej"))[0] == 503
        assert w.team.channels["C01"].messages == []
        assert (await answer(w, url, text="Hej"))[0] == 200
