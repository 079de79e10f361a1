import asyncio
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from handlers.connection import PATIENCE
from tests.handlers.library import Json, Library, said
from tests.handlers.test_tjek import ALL, PAGES, answer_page, begin
from tests.handlers.wire import OverHttp, count, database, over_http, over_sockets

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[OverHttp]:
    async with over_http(tmp_path) as library:
        yield library


def slash(text: str) -> bytes:
    fields = {
        "command": "/partner",
        "text": text,
        "team_id": "T01",
        "user_id": "U02",
        "channel_id": "C03",
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1:1/nowhere",
    }
    return urlencode(fields).encode()


# Signed HTTP.


async def test_a_whole_check_over_signed_http(http: OverHttp, tmp_path: Path) -> None:
    await begin(http)
    for _ in PAGES:
        await answer_page(http, ALL)
    await http.press("Ja, vi går videre", values={"reason": {"reason": "Det passer."}})
    assert "Ja, vi går videre – Det passer." in said(await http.view())
    assert count(database(tmp_path), "tjek") == 1


async def test_every_kind_of_request_reaches_the_bot_over_http(http: OverHttp) -> None:
    await http.write("ny Springbræt")
    assert (await http.submit({}))["ok"]
    await http.control("close", user="U02", view_id=(await http.view())["id"])
    await http.control("home", user="U02")
    assert "Springbræt" in said((await http.state())["home"])
    await http.control("shortcut", user="U02", callback_id="add_partner")
    assert (await http.view())["title"]["text"] == "Tilføj partner"
    await http.write("tjek")
    found = await http.control(
        "suggest",
        user="U02",
        view_id=(await http.view())["id"],
        action_id="partner_pick",
        value="spr",
    )
    assert [option["text"]["text"] for option in found["options"]] == ["Springbræt"]


@pytest.mark.parametrize("age", [-400, 400, 100_000])
async def test_a_signature_of_another_time_is_refused(http: OverHttp, age: float) -> None:
    body = slash("ny")
    status, _ = await http.post(body, **http.signed(body, age), **FORM)
    assert status == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "²"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
    ],
)
@pytest.mark.parametrize("content", [FORM, JSON])
async def test_a_bad_signature_is_refused(http: OverHttp, wrong: Json, content: Json) -> None:
    body = slash("ny")
    status, _ = await http.post(body, **{**http.signed(body), **wrong}, **content)
    assert status == 401
    assert not [e for e in await http.log("api") if e["name"] != "auth.test"]


async def test_a_body_that_was_changed_on_the_way_is_refused(http: OverHttp) -> None:
    signed = http.signed(slash("hjælp"))
    assert (await http.post(slash("ny"), **signed, **FORM))[0] == 401


@pytest.mark.parametrize(
    "body", [b"", b"{", b"payload=", b"payload=%7B", b"\xff\xfe", b"a=b", b"[]"]
)
@pytest.mark.parametrize("content", [FORM, JSON, {"Content-Type": "text/plain; charset=nonsense"}])
async def test_nonsense_from_a_stranger_is_refused_and_makes_no_noise(
    http: OverHttp, body: bytes, content: Json, caplog: pytest.LogCaptureFixture
) -> None:
    status, _ = await http.post(body, **content)
    assert status in (400, 401)
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_only_the_one_path_takes_requests(http: OverHttp) -> None:
    for path in ("/", "/slack", "/slack/events/x"):
        url = http.url.replace("/slack/events", path)
        async with http.http.post(url, data=slash("ny")) as answer:
            assert answer.status == 404
    async with http.http.get(http.url) as answer:
        assert answer.status == 405


async def test_the_challenge_and_the_health_page_are_answered(http: OverHttp) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-123"}).encode()
    status, text = await http.post(body, **http.signed(body), **JSON)
    assert (status, json.loads(text)) == (200, {"challenge": "c-123"})
    async with http.http.get(http.url.replace("/slack/events", "/health")) as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True})


async def test_the_largest_form_fits_through_the_door(http: OverHttp) -> None:
    await http.write("ny Springbræt")
    assert (await http.submit({}))["ok"]
    await http.control("close", user="U02", view_id=(await http.view())["id"])
    await http.write("springbræt")
    note = "\N{PARTY POPPER}" * 3000
    for _ in range(2):
        await http.choose("Ret: hvad vi laver sammen")
        done = await http.submit({"note": note, "next_step": "\N{PARTY POPPER}" * 300})
        assert done["ok"], done
        await http.control("close", user="U02", view_id=(await http.view())["id"])


# Socket Mode.


async def forms_opened(
    library: Library, number: int, idea: str = "Pixelværket"
) -> list[tuple[str, str]]:
    """So many people with the first form of a check before them, and their forms."""
    people = ("U02", "U03", "U05", "U06", "U07", "U08", "U09")[:number]
    for user in people:
        await library.write(f"tjek {idea}", user=user)
    return [(user, (await library.view(user))["id"]) for user in people]


async def checks_begun(library: Library, forms: list[tuple[str, str]]) -> list[Json]:
    """All send their form at the same moment."""
    return await asyncio.gather(
        *(
            library.control("submit", user=user, view_id=view, values={}, wait="ack")
            for user, view in forms
        )
    )


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "link_disabled", "abrupt"])
async def test_nothing_acknowledged_is_lost_when_slack_ends_the_connection(
    tmp_path: Path, reason: str
) -> None:
    async with over_sockets(tmp_path) as library:
        forms = await forms_opened(library, 7)
        answers, _ = await asyncio.gather(
            checks_begun(library, forms), library.control("socket", disconnect=reason, wait="ack")
        )
        acknowledged = [done for done in answers if done["ok"]]
        await library.look("ready")
        await library.look("idle")
        assert count(database(tmp_path), "tjek") >= len(acknowledged)
        await library.write("hjælp")
        assert "Det kan du skrive" in said(await library.message())


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_an_announced_end_loses_nothing_at_all(tmp_path: Path, reason: str) -> None:
    async with over_sockets(tmp_path) as library:
        for user in ("U02", "U03", "U06"):
            await library.write("tjek Pixelværket", user=user)
        await library.control("socket", disconnect=reason, wait="ack")
        for user in ("U02", "U03", "U06"):
            assert (await library.submit({}, user=user))["ok"]
        assert count(database(tmp_path), "tjek") == 3


async def test_two_connections_share_the_work_and_one_alone_carries_it(tmp_path: Path) -> None:
    async with over_sockets(tmp_path, connections=2) as library:
        await library.look("ready?connections=2")
        forms = await forms_opened(library, 6)
        assert all(done["ok"] for done in await checks_begun(library, forms))
        await library.sockets[0].stop()
        forms = await forms_opened(library, 6, "Springbræt")
        assert all(done["ok"] for done in await checks_begun(library, forms))
        assert count(database(tmp_path), "tjek") == 12


async def test_the_watchdog_lies_still_while_slack_is_there(tmp_path: Path) -> None:
    async with over_sockets(tmp_path) as library:
        watchdog = asyncio.create_task(library.sockets[0].lost(look=0.001))
        for reason in ("refresh_requested", "warning"):
            await library.control("socket", disconnect=reason)
            await library.look("ready")
            await library.write("hjælp")
        assert not watchdog.done()
        watchdog.cancel()


async def test_the_watchdog_barks_when_slack_stays_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with over_sockets(tmp_path) as library:
        watchdog = asyncio.create_task(library.sockets[0].lost(look=0.01))
        done, _ = await asyncio.wait({watchdog}, timeout=PATIENCE * 0.01 * 10)
        assert not done
        await library.sandbox.stop()
        async with asyncio.timeout(5):
            await watchdog
    assert "out of reach" in caplog.text


async def test_a_stopped_connection_takes_nothing_more(tmp_path: Path) -> None:
    async with over_sockets(tmp_path) as library:
        await library.sockets[0].stop()
        done = await library.control(
            "slash", user="U02", channel="C03", command="/partner", text="tjek"
        )
        assert not done["ok"]
