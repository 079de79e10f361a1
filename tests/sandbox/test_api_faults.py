import asyncio
from typing import Any

import aiohttp
import pytest

from sandbox.faults import Fault
from tests.sandbox.workspace import TOKEN, Workspace, workspace

POST = {"channel": "C01", "text": "Hej"}


async def raw(w: Workspace, method: str = "chat.postMessage", **args: Any) -> Any:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{w.sandbox.url}/api/{method}"
    return await w.session.post(url, json=args or POST, headers=headers)


def texts(w: Workspace) -> list[str]:
    return [m.text for m in w.team.channels["C01"].messages]


async def test_an_error_hits_the_next_calls_and_has_no_effect() -> None:
    async with workspace(scene="empty") as w:
        w.engine.faults.add(Fault("chat.postMessage", times=2, error="fatal_error"))
        for _ in range(2):
            assert await w.error("chat.postMessage", **POST) == "fatal_error"
        assert texts(w) == []
        await w.call("chat.postMessage", **POST)


async def test_a_status_is_http_s_own() -> None:
    async with workspace(scene="empty") as w:
        w.engine.faults.add(Fault("chat.postMessage", status=503))
        response = await raw(w)
        assert response.status == 503
        assert texts(w) == []
        assert w.logged()[-1]["status"] == 503


async def test_retry_after_is_a_rate_limit() -> None:
    async with workspace(scene="empty") as w:
        w.engine.faults.add(Fault("chat.postMessage", retry_after=7))
        response = await raw(w)
        assert (response.status, response.headers["Retry-After"]) == (429, "7")
        assert (await response.json())["error"] == "ratelimited"


async def test_a_dropped_answer_leaves_the_message_there() -> None:
    async with workspace(scene="empty") as w:
        w.engine.faults.add(Fault("chat.postMessage", drop_answer=True))
        with pytest.raises(aiohttp.ClientConnectionError):
            await raw(w)
        assert texts(w) == ["Hej"]
        assert w.logged()[-1]["response"]["ok"]


async def test_a_delay_waits_with_the_answer_not_with_the_effect() -> None:
    async with workspace(scene="empty") as w:
        w.engine.faults.add(Fault("chat.postMessage", delay=0.05))
        await w.call("chat.postMessage", **POST)
        assert texts(w) == ["Hej"]
        assert w.logged()[-1]["ms"] >= 50


@pytest.mark.parametrize("match", [{"channel": "C02"}, "C02", {"metadata": {"event_type": "x"}}])
async def test_a_fault_can_wait_for_one_kind_of_call(match: Any) -> None:
    metadata = {"event_type": "x", "event_payload": {"n": 1}}
    async with workspace() as w:
        w.engine.faults.add(Fault("chat.postMessage", match=match, error="fatal_error"))
        await w.call("chat.postMessage", **POST)
        meant = POST | {"channel": "C02", "metadata": metadata}
        assert await w.error("chat.postMessage", **meant) == "fatal_error"


async def test_faults_can_be_cleared_by_method_or_all() -> None:
    async with workspace() as w:
        for method in ("chat.postMessage", "auth.test", "team.info"):
            w.engine.faults.add(Fault(method, error="fatal_error"))
        w.engine.faults.clear("auth.test")
        await w.call("auth.test")
        w.engine.faults.clear()
        await w.call("team.info")


async def test_clearing_lets_the_answers_go_that_are_held_up() -> None:
    async with workspace(scene="empty") as w:
        w.engine.faults.add(Fault("chat.postMessage", delay=60))
        posting = asyncio.create_task(w.call("chat.postMessage", **POST))
        while not w.engine.faults.holding:
            await w.call("auth.test")
        w.engine.faults.clear("auth.test")
        assert not posting.done()
        w.engine.faults.clear("chat.postMessage")
        assert (await posting)["ok"]
        assert not w.engine.faults.holding


async def test_a_star_means_every_method() -> None:
    async with workspace() as w:
        w.engine.faults.add(Fault("*", times=2, error="fatal_error"))
        assert await w.error("auth.test") == "fatal_error"
        assert await w.error("team.info") == "fatal_error"
        await w.call("auth.test")
