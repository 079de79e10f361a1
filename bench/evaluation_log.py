"""What a bench of evaluations asks of the sandbox, and finds in its log."""

import asyncio
import json
import time
from typing import Any

import aiohttp

LOOK_SECONDS = 0.2
FORM_SECONDS = 60 / 90  # from one to the next: Slack lets an app open a hundred a minute
PRESSES = 3
# Stands in every sheet that is not shown yet.
UNSEEN = "Det siger vi kun til hinanden"

Json = dict[str, Any]


async def watch(http: aiohttp.ClientSession, url: str, due: int, shown: dict[int, float]) -> None:
    """Note when each round was shown, until all are."""
    seen = 0
    while len(shown) < due:
        await asyncio.sleep(LOOK_SECONDS)
        said = await log(http, url, seen)
        seen = said[-1]["seq"] if said else seen
        for entry in said:
            if is_post(entry) and kind_of(entry) == "evaluation.reveal":
                shown.setdefault(int(key_of(entry).split(".")[2]), time.monotonic())


async def view_of(http: aiohttp.ClientSession, url: str, user: str) -> str:
    """The form that the click has opened."""
    for _ in range(100):
        async with http.get(f"{url}/_sandbox/state?user={user}") as answer:
            views = (await answer.json())["views"]
        if views:
            return str(views[-1]["id"])
        await asyncio.sleep(LOOK_SECONDS / 10)
    raise SystemExit("no form was opened")


async def submit(http: aiohttp.ClientSession, url: str, body: Json) -> None:
    """Send a form, and leave time before the next one is opened."""
    for _ in range(PRESSES):  # one is asked to, where it takes longer than usual
        done = await control(http, url, "submit", body)
        if done.get("ok"):
            break
    else:
        raise SystemExit(f"an answer was refused: {done}")
    await asyncio.sleep(FORM_SECONDS)


async def leaks(http: aiohttp.ClientSession, url: str) -> int:
    """In how many payloads an answer stood that were sent before its round's reveal."""
    shown: set[str] = set()
    leaks = 0
    for entry in await log(http, url, 0):
        if is_post(entry) and kind_of(entry) == "evaluation.reveal":
            shown.add(key_of(entry).split(".")[2])
        elif UNSEEN in json.dumps(entry, ensure_ascii=False):
            leaks += 1
    return leaks


async def log(http: aiohttp.ClientSession, url: str, since: int) -> list[Json]:
    """What went over the wire since."""
    async with http.get(f"{url}/_sandbox/log?since={since}") as answer:
        found: list[Json] = await answer.json()
    return found


def is_post(entry: Json) -> bool:
    """Whether it is a message that was taken."""
    return entry["name"] == "chat.postMessage" and bool((entry["response"] or {}).get("ok"))


def key_of(entry: Json) -> str:
    """The delivery's key: kind, round, receiver."""
    metadata = entry["request"].get("metadata") or {}
    if isinstance(metadata, str):
        metadata = json.loads(metadata)
    return str(metadata.get("event_payload", {}).get("key", ""))


def kind_of(entry: Json) -> str:
    """The kind of delivery: evaluation.opened."""
    return ".".join(key_of(entry).split(".")[:2])


async def control(http: aiohttp.ClientSession, url: str, call: str, body: Json) -> Json:
    """One call of the control API."""
    async with http.post(f"{url}/_sandbox/{call}", json=body) as answer:
        found: Json = await answer.json()
    return found
