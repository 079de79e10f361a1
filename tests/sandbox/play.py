"""A sandbox with a real Bolt app beside it, over Socket Mode or HTTP."""

import json
import logging
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox

Json = dict[str, Any]

logging.getLogger("slack_bolt").setLevel(logging.ERROR)


@dataclass
class Play:
    sandbox: Sandbox
    http: aiohttp.ClientSession
    stack: AsyncExitStack
    seen: list[Json] = field(default_factory=list)

    async def call(self, name: str, /, **body: Any) -> tuple[int, Json]:
        async with self.http.post(f"{self.sandbox.url}/_sandbox/{name}", json=body) as answer:
            return answer.status, await answer.json()

    async def do(self, name: str, /, **body: Any) -> Json:
        status, answer = await self.call(name, **body)
        assert status == 200, answer
        return answer

    async def refused(self, name: str, /, **body: Any) -> tuple[int, str]:
        status, answer = await self.call(name, **body)
        assert not answer["ok"], answer
        return status, answer["error"]

    async def look(self, path: str) -> Any:
        async with self.http.get(f"{self.sandbox.url}/_sandbox/{path}") as answer:
            return await answer.json()

    async def state(self, user: str = "U01") -> Json:
        found: Json = await self.look(f"state?user={user}")
        return found

    async def messages(self, channel: str = "C01", user: str = "U01") -> list[Json]:
        channels = (await self.state(user))["channels"]
        return next(c["messages"] for c in channels if c["id"] == channel)

    async def log(self, kind: str, name: str | None = None) -> list[Json]:
        entries: list[Json] = await self.look("log")
        return [e for e in entries if e["kind"] == kind and name in (None, e["name"])]

    async def api(self, method: str, **body: Any) -> Json:
        headers = {"Authorization": "Bearer xoxb-sandbox"}
        url = f"{self.sandbox.url}/api/{method}"
        async with self.http.post(url, json=body, headers=headers) as answer:
            found: Json = await answer.json()
            assert found["ok"], found
            return found

    def app(self, **options: Any) -> AsyncApp:
        client = AsyncWebClient(
            token="xoxb-sandbox", base_url=f"{self.sandbox.url}/api/", session=self.http
        )
        app = AsyncApp(client=client, signing_secret="sandbox-signing-secret", **options)

        @app.middleware
        async def note(body: Json, next_: Any) -> None:
            self.seen.append(body)
            await next_()

        return app

    def take_the_rest(self, app: AsyncApp) -> None:
        """Take whatever the test has no listener for: what Bolt does not know it leaves open."""

        @app.event(re.compile(".*"))
        async def heard() -> None:
            return

        @app.action(re.compile(".*"))
        @app.view(re.compile(".*"))
        async def taken(ack: Any) -> None:
            await ack()

    async def over_socket(self, app: AsyncApp) -> AsyncSocketModeHandler:
        self.take_the_rest(app)
        handler = AsyncSocketModeHandler(app, "xapp-sandbox")
        self.stack.push_async_callback(handler.close_async)
        known = self.sandbox.engine.delivery.connected()
        await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it bare
        # Bolt's handler is not typed.
        await self.look(f"ready?connections={known + 1}")
        return handler

    async def over_http(self, app: AsyncApp) -> None:
        self.take_the_rest(app)
        web_app = app.web_app("/slack/events", 0)
        runner = web.AppRunner(web_app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self.stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        await self.do("app", request_url=f"http://127.0.0.1:{port}/slack/events", wait="ack")


@dataclass
class Wire:
    """A bare Socket Mode connection, answered by hand."""

    socket: aiohttp.ClientWebSocketResponse
    hello: Json

    async def envelope(self, within: float = 5) -> Json:
        found: Json = await self.socket.receive_json(timeout=within)
        return found

    async def ack(self, envelope: Json, payload: Json | None = None) -> None:
        answer = {"envelope_id": envelope["envelope_id"]}
        await self.socket.send_json(answer | ({"payload": payload} if payload else {}))


async def wire(p: Play) -> Wire:
    headers = {"Authorization": "Bearer xapp-sandbox"}
    url = f"{p.sandbox.url}/api/apps.connections.open"
    async with p.http.post(url, headers=headers) as answer:
        opened = await answer.json()
    socket = await p.http.ws_connect(opened["url"])
    p.stack.push_async_callback(socket.close)
    return Wire(socket, await socket.receive_json())


@asynccontextmanager
async def play(manifest: Path | None = None, data: Path | None = None) -> AsyncIterator[Play]:
    async with AsyncExitStack() as stack:
        sandbox = await Sandbox.start(manifest=manifest, data=data)
        stack.push_async_callback(sandbox.stop)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield Play(sandbox, http, stack)


def manifest_file(folder: Path, **changes: Any) -> Path:
    """A manifest with every kind of thing in it, and these parts of it changed."""
    content: Json = {
        "display_information": {"name": "Prøve"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "prove"},
            "slash_commands": [
                {"command": "/partner", "description": "Partnere"},
                {"command": "/navn", "description": "Navne", "should_escape": True},
            ],
            "shortcuts": [
                {"name": "Ny", "type": "global", "callback_id": "new", "description": "Ny"},
                {"name": "Gem", "type": "message", "callback_id": "keep", "description": "Gem"},
            ],
        },
        "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "users:read"]}},
        "settings": {
            "event_subscriptions": {"bot_events": ["app_home_opened", "app_uninstalled"]},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }
    for path, value in changes.items():
        *parents, last = path.split("__")
        part = content
        for name in parents:
            part = part[name]
        part[last] = value
    file = folder / "manifest.json"
    file.write_text(json.dumps(content))
    return file


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, text: str | None = None) -> Json:
    return {"text": plain(text or value.upper()), "value": value}


def field_block(block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": {"action_id": block_id, **element},
        **more,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Prøve"),
        "submit": plain("Gem"),
        "callback_id": "form",
        "blocks": list(blocks),
        **more,
    }


def button(action_id: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(action_id), **more}


def actions(block_id: str, *elements: Json) -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}
