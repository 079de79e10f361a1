"""The bot beside a sandbox, as a member of the library sees it: the front door for the tests."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.partner import Partner
from bot.workspace import Language
from handlers.app import build, web_client
from handlers.clock import SandboxClock
from handlers.connection import Socket
from handlers.house import House
from handlers.tick import Tick
from sandbox.server import Sandbox
from storage import partner as register_of
from storage.database import Store
from tests.storage.databases import sqlite_url

Json = dict[str, Any]

MANIFEST = Path(__file__).parents[2] / "app.yaml"
# Every test begins on an ordinary working day, whichever day it is run on.
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


def said(view_or_message: Json) -> str:
    """All the words that are shown, in order; a colleague is @U02, a channel #C01."""
    words: list[str] = []

    def collect(node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                collect(item)
        elif isinstance(node, dict) and node.get("type") == "rich_text_section":
            words.append("".join(map(_spoken, node["elements"])))
        elif isinstance(node, dict):
            words.extend(node[key] for key in ("text", "initial_value") if _is_text(node, key))
            collect([value for value in node.values() if not isinstance(value, str)])

    collect([view_or_message.get("title"), view_or_message.get("blocks")])
    return re.sub(r"[ \n]+", " ", " ".join(words))


def _spoken(part: Json) -> str:
    if "channel_id" in part:
        return f"#{part['channel_id']}"
    return str(part.get("text") or f"@{part['user_id']}")


def _is_text(node: Json, key: str) -> bool:
    return isinstance(node.get(key), str)


def elements(view_or_message: Json) -> list[tuple[str, Json]]:
    """Every element with an action_id, with its block's id."""
    found = []
    for block in view_or_message.get("blocks", []):
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        found += [(block["block_id"], e) for e in inside if e and "action_id" in e]
    return found


@dataclass
class Library:
    """What the tests do, in the words of a person at the screen."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    store: Store
    house: House

    async def control(self, call: str, /, **body: Any) -> Json:
        async with self.http.post(f"{self.sandbox.url}/_sandbox/{call}", json=body) as answer:
            told: Json = await answer.json()
        return told

    async def look(self, path: str) -> Any:
        async with self.http.get(f"{self.sandbox.url}/_sandbox/{path}") as answer:
            return await answer.json()

    async def state(self, user: str = "U02") -> Json:
        found: Json = await self.look(f"state?user={user}")
        return found

    async def write(self, text: str, user: str = "U02", channel: str = "C03") -> Json:
        """Type `/partner text`."""
        done = await self.control(
            "slash", user=user, channel=channel, command="/partner", text=text
        )
        assert done["ok"], done
        return done

    async def view(self, user: str = "U02") -> Json:
        """The modal on top."""
        views = (await self.state(user))["views"]
        assert views, "no modal is open"
        top: Json = views[-1]
        return top

    async def message(self, user: str = "U02", channel: str = "C03") -> Json:
        """The newest message that only this member sees."""
        channels = (await self.state(user))["channels"]
        here = next(c for c in channels if c["id"] == channel)
        mine: list[Json] = [m for m in here["messages"] if m["ephemeral"]]
        assert mine, "nothing was said"
        return mine[-1]

    async def press(self, words: str, user: str = "U02", channel: str = "C03", **more: Any) -> Json:
        """Press the button with these words, in the modal on top or else in the last message."""
        views = (await self.state(user))["views"]
        if views:
            target, where = views[-1], {"view_id": views[-1]["id"]}
        else:
            target = await self.message(user, channel)
            where = {"message": {"channel": channel, "ts": target["ts"]}}
        return await self._click(words, target, user=user, **where, **more)

    async def home(self, user: str = "U02") -> Json:
        """Open the Home tab."""
        view: Json = (await self.control("home", user=user))["view"]
        return view

    async def press_on_home(self, words: str, user: str = "U02", **more: Any) -> Json:
        """Press the first button with these words on the Home tab, as it was drawn last."""
        view = (await self.state(user))["home"]
        return await self._click(words, view, user=user, view_id=view["id"], **more)

    async def in_channel(self, channel: str = "C01") -> list[Json]:
        """What the bot has said there to everybody, oldest first."""
        channels = (await self.state("U08"))["channels"]
        here = next(c for c in channels if c["id"] == channel)
        return [m for m in here["messages"] if m.get("bot_id") and not m["ephemeral"]]

    async def press_in_channel(
        self, words: str, user: str = "U02", channel: str = "C01", **more: Any
    ) -> Json:
        """Press the button with these words below the last thing said there to everybody."""
        message = (await self.in_channel(channel))[-1]
        where = {"channel": channel, "ts": message["ts"]}
        return await self._click(words, message, user=user, message=where, **more)

    async def _click(self, words: str, target: Json, **how: Any) -> Json:
        for block_id, element in elements(target):
            if element.get("text", {}).get("text") == words:
                ids = {"action_id": element["action_id"], "block_id": block_id}
                return await self.control("click", **ids, **how)
        raise AssertionError(f"no button “{words}” in: {said(target)}")

    async def close(self, user: str = "U02") -> None:
        """Close every modal."""
        while views := (await self.state(user))["views"]:
            await self.control("close", user=user, view_id=views[-1]["id"])

    async def known(self, name: str = "Springbræt", *, by: str = "U03", **fields: Any) -> int:
        """The number of a partner whom a colleague has put in the register."""
        now = self.house.clock.now()
        stored = await self.store.write(
            register_of.add, "T01", Partner(name, **fields), by=by, now=now
        )
        return stored.id

    async def choose(self, words: str, user: str = "U02", channel: str = "C03") -> Json:
        """Choose from the overflow menu of the modal on top or the last message."""
        views = (await self.state(user))["views"]
        target = views[-1] if views else await self.message(user, channel)
        where = (
            {"view_id": target["id"]}
            if views
            else {"message": {"channel": channel, "ts": target["ts"]}}
        )
        for block_id, element in elements(target):
            for option in element.get("options", []):
                if element["type"] == "overflow" and option["text"]["text"] == words:
                    return await self.control(
                        "click",
                        user=user,
                        action_id=element["action_id"],
                        block_id=block_id,
                        value=option["value"],
                        **where,
                    )
        raise AssertionError(f"no choice “{words}” in: {said(target)}")

    async def submit(self, values: Json, user: str = "U02") -> Json:
        """Fill in the modal on top by block_id (its only element) and press its button."""
        view = await self.view(user)
        ids = {block_id: element["action_id"] for block_id, element in elements(view)}
        filled = {block_id: {ids[block_id]: value} for block_id, value in values.items()}
        return await self.control("submit", user=user, view_id=view["id"], values=filled)

    async def log(self, kind: str) -> list[Json]:
        entries: list[Json] = await self.look("log")
        return [entry for entry in entries if entry["kind"] == kind]


@asynccontextmanager
async def opened(file: Path, **sandbox: Any) -> AsyncIterator[Library]:
    """A sandbox, a database in that file and the bot between them over Socket Mode."""
    async with AsyncExitStack() as stack:
        play = await Sandbox.start(manifest=MANIFEST, limits=False, at=MORNING, **sandbox)
        stack.push_async_callback(play.stop)
        store = await Store.open(sqlite_url(file))
        stack.push_async_callback(store.close)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = web_client(f"{play.url}/api/", "xoxb-sandbox", session)
        clock = SandboxClock(f"{play.url}/_sandbox/clock")
        app, house = build(
            client=client, signing_secret="sandbox-signing-secret", store=store, clock=clock
        )
        for language in Language:  # drawing the circle takes a second, and few tests look at it
            house.tabs.hung("T01", language).looked_at = MORNING
        tick = Tick(house)
        tick.wake()
        await clock.start(house.busy, house.changed)
        stack.push_async_callback(clock.stop)
        socket = Socket(app, "xapp-sandbox")
        await socket.start()
        stack.push_async_callback(socket.stop)
        stack.push_async_callback(house.drain)
        await tick.start(alone=True)
        stack.push_async_callback(tick.stop)
        while house.busy():  # with the first beat
            await house.changed.wait()
        yield Library(play, session, store, house)
