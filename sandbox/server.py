"""A running sandbox: its parts put together, and the HTTP server around them."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aiohttp import web

from sandbox import api, control, page
from sandbox.clock import Clock
from sandbox.delivery import Delivery
from sandbox.engine import ENGINE, Engine
from sandbox.errors import CannotStartError
from sandbox.faults import Faults
from sandbox.idle import Activity
from sandbox.log import Log
from sandbox.manifest import Manifest
from sandbox.page_source import EngineSource
from sandbox.rates import Rates
from sandbox.scene import begin, read
from sandbox.store import Store
from sandbox.tickets import ResponseUrls, Triggers

HOST = "127.0.0.1"
LARGEST_REQUEST = 64 * 1024 * 1024  # bytes: pictures and documents are uploaded whole
LAST_WORDS = 0.5  # seconds for answers that are being written when the server stops


@dataclass
class Sandbox:
    """One sandbox that listens at `url`."""

    url: str
    engine: Engine
    _runner: web.AppRunner

    @classmethod
    async def start(
        cls,
        *,
        port: int = 0,
        manifest: Path | None = None,
        data: Path | None = None,
        scene: str = "default",
        limits: bool = True,
        accept: Sequence[str] = (),
        at: datetime | None = None,
    ) -> "Sandbox":
        """Start one; port 0 takes any free port. What lies in `data` goes before the scene.

        Of the manifest's optional scopes, those to `accept` are granted. `at` is the time that it
        begins with instead of the real one.

        Raises CannotStartError for a taken port, a bad manifest, scene or folder.
        """
        read(scene)
        app_manifest = replace(Manifest.load(manifest), accepted_scopes=[*accept])
        listener = _listening(port)
        try:
            url = f"http://{HOST}:{listener.getsockname()[1]}"
            engine = _engine(url, app_manifest, Store(data), scene, at, limits=limits)
            engine.data = data
            runner = web.AppRunner(_web(engine), access_log=None, shutdown_timeout=LAST_WORDS)
            await runner.setup()
            await web.SockSite(runner, listener).start()
        except BaseException:
            listener.close()
            raise
        return cls(url, engine, runner)

    async def stop(self) -> None:
        """Stop listening, end what runs, close the store."""
        for site in list(self._runner.sites):
            await site.stop()  # first of all, so that the next sandbox finds the port free
        self.engine.clock.close()
        await self.engine.delivery.close()
        await self._runner.cleanup()
        self.engine.store.close()


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        sentence = f"Port {port} cannot be used ({error}): take another one with --port."
        raise CannotStartError(sentence) from error


def _engine(
    url: str, manifest: Manifest, store: Store, scene: str, at: datetime | None, *, limits: bool
) -> Engine:
    shift = float(store.noted("clock") or 0)
    clock = Clock(shift, keep=lambda seconds: store.note("clock", str(seconds)))
    if at:
        clock.begin(at)
    engine = Engine(
        base_url=url,
        manifest=manifest,
        clock=clock,
        store=store,
        log=Log(clock),
        faults=Faults(),
        rates=Rates(clock, limits=limits),
        triggers=Triggers(clock),
        response_urls=ResponseUrls(url, clock),
        activity=Activity(),
        delivery=Delivery(lambda: engine),
        scene=store.noted("scene") or scene,
        teams=store.load(),
    )
    if engine.teams:
        _resume(engine)
    else:
        begin(engine, scene)
    store.note("granted", _granted(manifest))
    return engine


def _resume(engine: Engine) -> None:
    """Go on where the last run ended; a manifest with other scopes is installed anew."""
    for team in engine.teams.values():
        for channel in team.channels.values():
            for message in channel.messages[-1:]:
                engine.clock.after(message.ts)
        if engine.store.noted("granted") != _granted(engine.manifest):
            team.app.scopes = engine.manifest.granted
            engine.touch(team, team.app)


def _granted(manifest: Manifest) -> str:
    return ",".join(manifest.granted)


def _web(engine: Engine) -> web.Application:
    app = web.Application(client_max_size=LARGEST_REQUEST)
    app[ENGINE] = engine
    app.add_routes(api.routes())
    app.add_routes(control.routes())
    app.add_routes(page.routes(EngineSource(engine)))
    app.router.add_get("/_socket/{ticket}", engine.delivery.on_socket)
    return app
