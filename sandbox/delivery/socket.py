"""Socket Mode: up to ten connections, and each envelope to one of them.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.delivery.reply import ACK_SECONDS, TIMED_OUT, UNREACHABLE, Parcel, Reply
from sandbox.ids import new_name
from sandbox.log import Log
from sandbox.world import Json

MOST_CONNECTIONS = 10
LIFETIME = 18_060  # seconds that `hello` promises a connection
LIFETIME_DEBUG = 360  # the same with `debug_reconnects=true` on the URL
PATIENCE = ACK_SECONDS  # seconds that an envelope waits for an app that just lost its connection
PATIENCE_WARNED = 0.25  # the same while a warned connection could still carry it
CLOSING = 10.0  # seconds a client has to leave by itself when a refresh was requested
_LOST = Reply(error=TIMED_OUT, reason="timeout")


@dataclass(eq=False)
class Connection:
    """One WebSocket; `told` is the reason of the last `disconnect` message it got."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    told: str | None = None
    waiting: dict[str, "asyncio.Future[Reply]"] = field(default_factory=dict)

    async def send(self, message: Json) -> None:
        """Send one JSON message; ConnectionError when the other side is gone."""
        await self.socket.send_str(json.dumps(message))

    def lost(self) -> None:
        """Nothing will be answered here any more."""
        for answer in self.waiting.values():
            if not answer.done():
                answer.set_result(_LOST)


class Sockets:
    """The open connections of the app.

    An answer counts on whichever connection it comes: a client that was asked to refresh answers
    on its new one. What is unanswered on a connection that simply breaks is lost.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._open: list[Connection] = []
        self._tickets: set[str] = set()
        self._answers: dict[str, asyncio.Future[Reply]] = {}
        self._turn = 0
        self._left_at = float("-inf")
        self._arrived = asyncio.Event()
        self._farewells: set[asyncio.Task[None]] = set()

    def url(self, base_url: str) -> str:
        """A fresh WebSocket address; it opens one connection."""
        ticket = new_name(32)
        self._tickets.add(ticket)
        return f"{base_url.replace('http', 'ws', 1)}/_socket/{ticket}"

    def count(self) -> int:
        """Connections that are open and not about to close."""
        return sum(1 for connection in self._open if not connection.told)

    async def reached(self, count: int) -> None:
        """Wait until that many connections are open."""
        while self.count() < count:
            await self._arrived.wait()

    async def send(self, parcel: Parcel) -> Reply:
        """Deliver one parcel and wait for its answer, three seconds in all."""
        envelope_id = str(uuid.uuid4())
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        connection: Connection | None = None
        try:
            async with asyncio.timeout(ACK_SECONDS):
                connection = await self._next()
                if connection is None:
                    return Reply(error=UNREACHABLE, reason="connection_failed")
                self._answers[envelope_id] = connection.waiting[envelope_id] = answer
                await connection.send(parcel.envelope(envelope_id))
                return await answer
        except (TimeoutError, ConnectionError):
            return _LOST
        finally:
            self._answers.pop(envelope_id, None)
            if connection:
                connection.waiting.pop(envelope_id, None)

    async def serve(self, request: web.Request, app_id: str) -> web.StreamResponse:
        """Hold one connection until it ends."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            return web.Response(status=404, text="This address opens no connection any more.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=30, timeout=1, compress=False)
        await socket.prepare(request)
        connection = Connection(socket, request.transport)
        if len(self._open) >= MOST_CONNECTIONS:
            await connection.send(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        try:
            await connection.send(self._hello(app_id, request))
            self._arrive(connection)
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take_answer(message.data)
        except ConnectionError:
            pass  # gone before it was greeted
        finally:
            self._leave(connection)
        return socket

    async def disconnect(self, reason: str) -> None:
        """Send every connection a `disconnect` message, or break it (`abrupt`)."""
        for connection in list(self._open):
            if reason == "abrupt":
                self._leave(connection)
                if connection.transport:
                    connection.transport.abort()
                continue
            connection.told = reason
            self._left_at = time.monotonic()
            try:
                await connection.send(_disconnect(reason))
            except ConnectionError:
                continue  # it has left by itself
            if reason != "warning":
                self._farewell(connection, 0 if reason == "link_disabled" else CLOSING)

    async def close(self) -> None:
        """End every connection."""
        for task in self._farewells:
            task.cancel()
        for connection in list(self._open):
            self._leave(connection)
            await connection.socket.close(code=1001)

    async def _next(self) -> Connection | None:
        """The connection whose turn it is; waits a moment for one that is just being replaced."""
        while True:
            fresh = [c for c in self._open if not c.told]
            warned = [c for c in self._open if c.told == "warning"]
            patience = PATIENCE_WARNED if warned else PATIENCE
            left = self._left_at + patience - time.monotonic()
            if fresh or left <= 0:
                return self._in_turn(fresh or warned)
            try:
                async with asyncio.timeout(left):
                    await self._arrived.wait()
            except TimeoutError:
                continue

    def _in_turn(self, connections: list[Connection]) -> Connection | None:
        if not connections:
            return None
        self._turn += 1
        return connections[self._turn % len(connections)]

    def _take_answer(self, text: str) -> None:
        try:
            message: Any = json.loads(text)
            answer = self._answers.get(message["envelope_id"])
        except (ValueError, TypeError, KeyError):
            self._log.add("envelope", "unreadable", response=text)
            return
        if answer is None or answer.done():
            self._log.add("envelope", "too_late", response=message)
        else:
            answer.set_result(Reply(body=message.get("payload") or None))

    def _hello(self, app_id: str, request: web.Request) -> Json:
        debug = request.query.get("debug_reconnects") == "true"
        return {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": LIFETIME_DEBUG if debug else LIFETIME,
            },
            "connection_info": {"app_id": app_id},
        }

    def _arrive(self, connection: Connection) -> None:
        self._open.append(connection)
        self._arrived.set()
        self._arrived = asyncio.Event()

    def _leave(self, connection: Connection) -> None:
        if connection not in self._open:
            return
        self._open.remove(connection)
        self._left_at = time.monotonic()
        if not connection.told:
            connection.lost()

    def _farewell(self, connection: Connection, seconds: float) -> None:
        async def close() -> None:
            await asyncio.sleep(seconds)
            await connection.socket.close()

        task = asyncio.create_task(close())
        self._farewells.add(task)
        task.add_done_callback(self._farewells.discard)


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
