"""How the reveal of a round grows with the people in it: laid out, rendered and posted.

Ten, sixty and two hundred colleagues have answered fourteen questions, all with a note. Measured
is the way from answers in memory to the blocks, laid out once (render), and each message sent to
the sandbox and answered by it (post). Left out are the database, the names, the pause of a second
that Slack wants between two messages in one channel, and that the bot lays the answers out again
for each message. The figures come last, each per person against ten people's.
"""

import argparse
import asyncio
import random
import statistics
import time
from datetime import UTC, datetime, timedelta

import aiohttp

from bot.questions import load
from bot.round import Kind, Round, Sheet, Standing, State
from bot.tjek import Answer, Check
from bot.tjek_parts import parts
from bot.tjek_round import outcome
from bot.translation import Translator
from bot.workspace import Language
from handlers.views.parts import Reply
from handlers.views.tjek_reveal import message
from sandbox.server import Sandbox

PEOPLE = (10, 60, 200)
LIMIT = 2.0  # times as long per person as with ten people: more would be worse than linear
QUESTIONS = load("tjek").questions
NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
CHECK = Check("U0000", NOW, idea="fast VR-rum", partner_name="Pixelværket")
T = Translator(Language.DANISH)


def sheets(people: int) -> dict[str, Sheet]:
    draw = random.Random(people)
    pages = [page.id for page in load("tjek").pages]
    return {
        f"U{n:04}": Sheet(
            {question.id: str(draw.choice(list(Answer))) for question in QUESTIONS},
            {draw.choice(pages): f"Note {n}: vi mangler vagter fredag eftermiddag"},
        )
        for n in range(people)
    }


def shown(answered: dict[str, Sheet]) -> Round:
    return Round(
        kind=Kind.TJEK,
        subject_id=1,
        called_by="U0000",
        opened_at=NOW - timedelta(days=7),
        deadline=NOW,
        standings=dict.fromkeys(answered, Standing.ANSWERED),
        named=True,
        channel="C01",
        state=State.REVEALED,
        id=1,
    )


def rendered(answered: dict[str, Sheet]) -> list[Reply]:
    this = shown(answered)
    names = {user: f"Kollega {user}" for user in answered}
    found = outcome(CHECK, this, answered)
    return [
        message(T, CHECK, this, found, part, names, stewards=["U0000"]) for part in parts(found)
    ]


async def posted(http: aiohttp.ClientSession, url: str, replies: list[Reply]) -> None:
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    for reply in replies:
        body = {"channel": "C01", **reply.payload()}
        async with http.post(f"{url}/api/chat.postMessage", json=body, headers=headers) as answer:
            told = await answer.json()
        if not told["ok"]:
            raise SystemExit(f"Slack would refuse it: {told}")


async def measured(people: int, rounds: int, url: str, http: aiohttp.ClientSession) -> float:
    answered = sheets(people)
    renders, posts = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        replies = rendered(answered)
        renders.append(time.perf_counter() - start)
        start = time.perf_counter()
        await posted(http, url, replies)
        posts.append(time.perf_counter() - start)
    render, post = statistics.median(renders), statistics.median(posts)
    print(f"{people:4} people: {len(replies):3} messages,", end=" ")
    print(f"render {render * 1000:6.1f} ms, post {post * 1000:6.1f} ms")
    return (render + post) / people


async def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--no-limits", action="store_true", help="print, and judge nothing")
    chosen = options.parse_args()
    play = await Sandbox.start(limits=False)
    try:
        async with aiohttp.ClientSession() as http:
            rendered(sheets(PEOPLE[0]))  # the catalogues are read once
            each = [await measured(people, chosen.rounds, play.url, http) for people in PEOPLE]
    finally:
        await play.stop()
    few, some, many = (one * 1000 for one in each)
    print(
        f"reveal, a person: 10 people {few:.2f} ms, 60 people ratio {some / few:.2f},"
        f" 200 people ratio {many / few:.2f} (limit {LIMIT:g})"
    )
    return int(not chosen.no_limits and max(some, many) / few > LIMIT)


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
