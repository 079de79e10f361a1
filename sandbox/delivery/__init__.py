"""From the workspace to the app: interactions and events, over Socket Mode or signed HTTP."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.delivery.http import Poster
from sandbox.delivery.payload import event_callback
from sandbox.delivery.reply import UNREACHABLE, Ack, Parcel, Reply
from sandbox.delivery.retry import WAITS, Retries
from sandbox.delivery.socket import Sockets
from sandbox.delivery.subscriptions import wanted
from sandbox.world import Json, Team

if TYPE_CHECKING:
    from sandbox.engine import Engine

__all__ = ["Ack", "Delivery"]

# Slack tells an app that it was removed although it is removed by then.
_FAREWELLS = ("app_uninstalled", "tokens_revoked")
_VERIFY_EVERY = 0.1  # seconds between two looks whether an app's request URL answers


class Delivery:
    """Everything that Slack sends; `engine_getter` because the engine is built after its parts."""

    def __init__(self, engine_getter: Callable[[], "Engine"]) -> None:
        self._engine = engine_getter
        self._tasks: set[asyncio.Task[None]] = set()

    @cached_property
    def _sockets(self) -> Sockets:
        return Sockets(self._engine().log)

    @cached_property
    def _poster(self) -> Poster:
        return Poster(self._engine().clock.real)

    @cached_property
    def _retries(self) -> Retries:
        return Retries(self._engine().clock, self._start)

    async def interact(self, team: Team, kind: str, payload: Json) -> Ack:
        """Deliver a slash command (`slash_commands`) or an interaction (`interactive`)."""
        engine, parcel = self._engine(), Parcel(kind, payload)
        started = engine.clock.monotonic()
        with engine.activity.during(parcel.name):
            reply = await self._send(team, parcel)
        ms = (engine.clock.monotonic() - started) * 1000
        self._write_down("envelope", team, parcel, reply, ms)
        body = reply.body if isinstance(reply.body, dict) else None
        return Ack(ms=round(ms, 3), body=body, ok=reply.ok, error=reply.error)

    def event(self, team: Team, event: Json) -> None:
        """Deliver an event in the background, if the app subscribed to it, may and can see it."""
        engine = self._engine()
        if not (team.app.installed or event["type"] in _FAREWELLS):
            return
        if not wanted(engine.manifest, team, event):
            return
        body = event_callback(team, event, int(engine.clock.seconds()))
        self._start(team, Parcel("events_api", body))

    def wake(self) -> None:
        """Send the retries that are due; to be called after the workspace's clock was moved."""
        self._retries.wake()

    def forget(self) -> None:
        """Drop the retries that wait, as after a reset."""
        self._retries.clear()

    def connected(self, team: Team | None = None) -> int:
        """Open connections; over HTTP 1, for there is nothing to be connected."""
        if team and self._url(team, "events_api"):
            return 1
        return self._sockets.count()

    async def ready(self, team: Team, connections: int) -> None:
        """Wait until the app has so many connections, or its request URL answers."""
        url = self._url(team, "events_api")
        if url is None:
            await self._sockets.reached(connections)
            return
        while not await self._poster.challenge(url):  # noqa: ASYNC110 - the app under test is another process
            # ASYNC110 - only asking tells whether another process answers
            await asyncio.sleep(_VERIFY_EVERY)

    def connection_url(self, app_token: str) -> str:  # noqa: ARG002 - Slack's own signature
        # ARG002 - one app lives in a sandbox, whatever app-level token it shows
        """The WebSocket address that `apps.connections.open` answers."""
        return self._sockets.url(self._engine().base_url)

    async def on_socket(self, request: web.Request) -> web.StreamResponse:
        """The route of those addresses."""
        return await self._sockets.serve(request, self._engine().team().app.id)

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to go (warning, refresh_requested, link_disabled) or break it."""
        await self._sockets.disconnect(reason)

    async def close(self) -> None:
        """End every connection and whatever is still being sent."""
        self._retries.clear()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._sockets.close()
        await self._poster.close()

    def _url(self, team: Team, kind: str, payload: Json | None = None) -> str | None:
        manifest = self._engine().manifest
        if team.app.request_url or manifest.socket_mode:
            return team.app.request_url
        match kind:
            case "events_api":
                return manifest.events_url
            case "slash_commands":
                command = manifest.command((payload or {})["command"]) or {}
                return command.get("url")
            case _:
                suggestion = (payload or {}).get("type") == "block_suggestion"
                options_url = manifest.options_url if suggestion else None
                return options_url or manifest.interactivity_url

    async def _send(self, team: Team, parcel: Parcel) -> Reply:
        url = self._url(team, parcel.kind, parcel.payload)
        if url:
            return await self._poster.post(url, parcel)
        if team.app.request_url or self._engine().manifest.socket_mode:
            return await self._sockets.send(parcel)
        return Reply(error=UNREACHABLE, reason="connection_failed")

    def _start(self, team: Team, parcel: Parcel) -> None:
        token = self._engine().activity.begin(f"event {parcel.name}")
        self._in_background(self._deliver(team, parcel, token))

    async def _deliver(self, team: Team, parcel: Parcel, token: int) -> None:
        engine = self._engine()
        started = engine.clock.monotonic()
        try:
            reply = await self._send(team, parcel)
            ms = (engine.clock.monotonic() - started) * 1000
            self._write_down("event", team, parcel, reply, ms)
            if not reply.ok and reply.retry and parcel.attempt < len(WAITS):
                again = replace(parcel, attempt=parcel.attempt + 1, reason=reply.reason)
                self._retries.add(team, again)
        finally:
            engine.activity.end(token)

    def _write_down(self, kind: Any, team: Team, parcel: Parcel, reply: Reply, ms: float) -> None:  # noqa: ANN401 - one of the log's kinds
        # ANN401 - the log's own literal type
        request = {
            "type": parcel.kind,
            "payload": parcel.payload,
            "retry_attempt": parcel.attempt,
            "retry_reason": parcel.reason,
        }
        answer = reply.body if reply.ok else {"error": reply.error, "reason": reply.reason}
        log = self._engine().log
        log.add(
            kind,
            parcel.name,
            team=team.id,
            request=request,
            response=answer,
            status=reply.status,
            ms=ms,
        )

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
