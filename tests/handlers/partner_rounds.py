"""An evaluation whose partner is asked, as if it had opened, and the partner's browser."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

from bot.evaluation_questions import shipped
from bot.evaluation_token import hashed
from bot.partner import ContactPerson
from bot.round import Round, Sheet
from handlers.connection import Pages
from handlers.evaluation_web import routes
from storage import evaluation_link, round_queries, round_sheets
from storage.database import Connection
from tests.handlers import evaluations
from tests.handlers.library import Library

METTE, ALI, SOFIE, KAREN = "U02", "U03", "U06", "U01"
ANNE = ContactPerson("Anne Holm", email="anne@springbraet.example")
BO = ContactPerson("Bo Lind", title="formand")
COLLABORATION = [one.id for one in shipped().get("collaboration").questions]
ALL_FOUR = dict.fromkeys(COLLABORATION, "4")
TOKEN = "Abcdefghijklmnopqrstuvwxyz-_0123"


async def asked(
    library: Library,
    *,
    invited: tuple[str, ...] = (METTE, ALI),
    voices: tuple[str, ...] = ("@0",),
    people: tuple[ContactPerson, ...] = (ANNE, BO),
    subject: str = "lektiecaféen",
    instrument: str = "collaboration",
    **more: Any,
) -> Round:
    """Mette leads it; the deadline is Friday next week at twelve."""
    number = await library.known("Springbræt", people=people)
    now = library.house.clock.now()

    one = replace(evaluations.new(number, now, instrument, subject=subject), **more)

    def store(conn: Connection, team: str) -> Round:
        return evaluations.put(conn, team, one, (*invited, *voices))

    return await library.store.write(store, "T01")


async def linked(library: Library, this: Round, voice: str = "@0", token: str = TOKEN) -> str:
    """A link of that voice, made directly."""
    now = library.house.clock.now()
    await library.store.write(
        evaluation_link.keep, "T01", this.id, voice, hashed(token), by=METTE, now=now
    )
    return token


async def now_is(library: Library, this: Round) -> Round:
    return await library.store.read(round_queries.existing, "T01", this.id)


async def sheet(library: Library, this: Round, voice: str) -> Sheet:
    return await library.store.read(round_sheets.own, "T01", this.id, voice)


@dataclass
class Browser:
    """The partner's browser: no cookies are kept, and none may come."""

    http: aiohttp.ClientSession
    url: str

    async def get(self, token: str, query: str = "", **headers: str) -> tuple[int, str]:
        return await self.ask("GET", token, query, headers=headers)

    async def ask(self, method: str, token: str, query: str = "", **how: Any) -> tuple[int, str]:
        address = f"{self.url}/e/{token}{query}"
        async with self.http.request(method, address, **how) as answer:
            self.headers = answer.headers.copy()
            return answer.status, await answer.text()

    async def send(
        self,
        token: str,
        answers: Mapping[str, str] | None = None,
        notes: Mapping[str, str] | None = None,
        *,
        do: str = "send",
        query: str = "",
    ) -> tuple[int, str]:
        data = {f"q.{key}": value for key, value in (answers or {}).items()}
        data |= {f"n.{key}": text for key, text in (notes or {}).items()}
        return await self.ask("POST", token, query, data=data | {"do": do})


@asynccontextmanager
async def browser(library: Library) -> AsyncIterator[Browser]:
    """The form on a port of its own, as beside Socket Mode."""
    pages = Pages(0, routes(library.house))
    await pages.start()
    try:
        library.house.public_url = f"http://127.0.0.1:{pages.port}"
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            yield Browser(http, library.house.public_url)
    finally:
        await pages.stop()


def words(html: str) -> str:
    """What stands on the page."""
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
