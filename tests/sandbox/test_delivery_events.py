"""Events over HTTP: signatures, the challenge, retries by the workspace's clock."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox.play import Json, Play, manifest_file, play, wire


@dataclass
class Bot:
    """An HTTP endpoint that writes down what it gets and answers as told."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    knows_challenge: bool = True

    async def serve(self, request: web.Request) -> web.Response:
        raw = await request.read()
        self.requests.append((dict(request.headers), raw))
        if b"url_verification" in raw:
            answer = json.loads(raw)["challenge"] if self.knows_challenge else "?"
            return web.Response(text=answer)
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers=self.headers)

    def events(self) -> list[tuple[dict[str, str], Json]]:
        decoded = [(h, json.loads(raw)) for h, raw in self.requests if raw.startswith(b"{")]
        return [(h, body) for h, body in decoded if body["type"] == "event_callback"]


@pytest.fixture
async def p() -> AsyncIterator[Play]:
    async with play() as running:
        yield running


@pytest.fixture
async def bot(p: Play) -> AsyncIterator[Bot]:
    found = Bot()
    app = web.Application()
    app.router.add_post("/slack/events", found.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await p.do("app", request_url=found.url)
    yield found
    await runner.cleanup()


async def test_requests_are_signed_and_an_url_is_challenged_once(p: Play, bot: Bot) -> None:
    await p.do("home", user="U01")
    await p.do("home", user="U02")
    assert len(bot.requests) == 3
    assert json.loads(bot.requests[0][1])["type"] == "url_verification"
    for headers, raw in bot.requests:
        signed = f"v0:{headers['X-Slack-Request-Timestamp']}:".encode() + raw
        digest = hmac.new(b"sandbox-signing-secret", signed, hashlib.sha256).hexdigest()
        assert headers["X-Slack-Signature"] == f"v0={digest}"
    body = bot.events()[0][1]
    assert body["event"]["type"] == "app_home_opened"
    assert body["authorizations"][0]["user_id"] == "U0BOT"
    assert body["event_id"].startswith("Ev")
    assert (body["team_id"], body["api_app_id"]) == ("T01", "A01")


async def test_an_event_is_tried_again_at_once_after_one_and_after_five_minutes(
    p: Play, bot: Bot
) -> None:
    bot.statuses = [500, 500, 500, 200]
    await p.do("home", user="U01")
    assert len(bot.events()) == 2
    await p.do("clock", advance=59)
    assert len(bot.events()) == 2
    await p.do("clock", advance=1)
    assert len(bot.events()) == 3
    await p.do("clock", advance=299)
    assert len(bot.events()) == 3
    await p.do("clock", advance=1)
    tries = bot.events()
    assert [h.get("x-slack-retry-num") for h, _ in tries] == [None, "1", "2", "3"]
    assert {h["x-slack-retry-reason"] for h, _ in tries[1:]} == {"http_error"}
    assert len({body["event_id"] for _, body in tries}) == 1


async def test_after_the_third_retry_an_event_is_given_up(p: Play, bot: Bot) -> None:
    bot.statuses = [500] * 9
    await p.do("home", user="U01")
    await p.do("clock", advance=7200)
    assert len(bot.events()) == 4


async def test_an_app_can_refuse_retries(p: Play, bot: Bot) -> None:
    bot.statuses, bot.headers = [500], {"x-slack-no-retry": "1"}
    await p.do("home", user="U01")
    await p.do("clock", advance=7200)
    assert len(bot.events()) == 1


async def test_without_its_challenge_an_url_gets_no_events(p: Play, bot: Bot) -> None:
    bot.knows_challenge = False
    await p.do("home", user="U01")
    assert bot.events() == []
    bot.knows_challenge = True
    await p.do("clock", advance=60)
    assert len(bot.events()) == 1


async def test_the_signature_time_is_real_whatever_the_clock_says(p: Play, bot: Bot) -> None:
    await p.do("clock", advance=86_400 * 30, jump=True)
    await p.do("home", user="U01")
    headers, body = bot.events()[0]
    assert int(headers["X-Slack-Request-Timestamp"]) < body["event_time"] - 86_400 * 29


async def test_an_interaction_that_fails_is_not_repeated(p: Play, bot: Bot) -> None:
    bot.statuses = [500]
    done = await p.do("slash", user="U01", channel="C01", command="/partner", text="")
    assert (done["ok"], done["error"]) == (False, "http_service_error")
    assert len(bot.requests) == 1
    assert bot.requests[0][0]["Content-Type"] == "application/x-www-form-urlencoded"


async def test_a_bot_that_is_gone_is_a_failed_dispatch(p: Play) -> None:
    await p.do("app", request_url="http://127.0.0.1:9/slack/events")
    done = await p.do("slash", user="U01", channel="C01", command="/partner", text="")
    assert (done["ok"], done["error"]) == (False, "dispatch_failed")


async def test_ready_asks_an_http_app_each_time(p: Play, bot: Bot) -> None:
    assert await p.look("ready") == {"ok": True, "connections": 1}
    bot.knows_challenge = False
    assert not (await p.look("ready?timeout=0.05"))["ok"]


async def test_urls_come_from_the_manifest_of_an_http_app(tmp_path: Path, bot: Bot) -> None:
    urls = {
        "settings__socket_mode_enabled": False,
        "settings__event_subscriptions__request_url": bot.url,
        "settings__interactivity__request_url": bot.url,
        "features__slash_commands": [{"command": "/x", "description": "x", "url": bot.url}],
    }
    async with play(manifest_file(tmp_path, **urls)) as own:
        await own.do("home", user="U01")
        await own.do("shortcut", user="U01", callback_id="new")
        await own.do("slash", user="U01", channel="C01", command="/x", text="")
    kinds = [body for h, body in bot.requests if h["Content-Type"] != "application/json"]
    assert len(bot.events()) == 1
    assert kinds[0].startswith(b"payload=")
    assert b"command=%2Fx" in kinds[1]


SUBSCRIBED: dict[str, Any] = {
    "settings__event_subscriptions__bot_events": ["message.channels", "team_join", "app_mention"]
}


async def test_only_subscribed_events_with_their_scope_are_sent(tmp_path: Path) -> None:
    scopes = {"bot": ["app_mentions:read", "chat:write"]}
    changes = SUBSCRIBED | {"oauth_config__scopes": scopes}
    async with play(manifest_file(tmp_path, **changes)) as p:
        connection = await wire(p)
        await p.do("members", id="U50", name="ny", wait="ack")
        text = "Hej <@U0BOT>"
        await p.do("message", user="U01", channel="C01", text=text, wait="ack")
        envelope = await connection.envelope()
        assert envelope["payload"]["event"]["type"] == "app_mention"
        await connection.ack(envelope)
        await p.do("app", scopes=["channels:history", "users:read"], wait="ack")
        await p.do("message", user="U01", channel="C01", text=text, wait="ack")
        envelope = await connection.envelope()
        event = envelope["payload"]["event"]
        assert (event["type"], event["channel_type"]) == ("message", "channel")
        await connection.ack(envelope)
        await p.do("members", id="U51", name="ny", wait="ack")
        assert (await connection.envelope())["payload"]["event"]["type"] == "team_join"


async def test_a_channel_without_the_app_tells_it_nothing(p: Play) -> None:
    connection = await wire(p)
    await p.do("channels", id="C04", members=["U01"], wait="ack")
    await p.do("message", user="U01", channel="C04", text="Hemmeligt", wait="ack")
    await p.do("message", user="U01", channel="C01", text="Åbent", wait="ack")
    envelope = await connection.envelope()
    assert envelope["payload"]["event"]["text"] == "Åbent"
    await connection.ack(envelope)
