"""`python bench/bare.py SANDBOX [VIEW.json]`: what the bot is compared with, Bolt and nothing else.

The same SDK over Socket Mode with one HTTP session; `/partner` opens the view in the file.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def serve(url: str, view: dict[str, Any] | None) -> None:
    """Run until SIGTERM."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token="xoxb-sandbox",  # noqa: S106 - public, as the sandbox's other tokens
            base_url=f"{url}/api/",
            session=session,
            retry_handlers=[],
        )
        app = AsyncApp(client=client)

        @app.command("/partner")
        async def open_view(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=view or {})

        handler = AsyncSocketModeHandler(app, "xapp-sandbox")
        await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it bare
        print("Ready", flush=True)
        told = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
        await told.wait()
        await handler.close_async()  # type: ignore[no-untyped-call] # as above


if __name__ == "__main__":
    shown = json.loads(Path(sys.argv[2]).read_text()) if sys.argv[2:] else None
    asyncio.run(serve(sys.argv[1], shown))
