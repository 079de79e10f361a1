"""The partner answers in a browser: by a link, without an account, until the answers are shown.

Nothing is kept in the browser, no cookie either; who posts has the token in the address already, so
no other page can make somebody post what she does not know, and nothing more is asked to prove it.
To look (GET, HEAD) changes nothing: mail programs open links before people do.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web

from bot.evaluation_token import (
    PATH,
    WITHIN_SECONDS,
    Misses,
    hashed,
    is_forgotten,
    is_token,
)
from bot.translation import Translator, mark
from bot.workspace import Language
from handlers import evaluation_visit
from handlers.errors import Trouble, answered
from handlers.evaluation_visit import Visit, page
from handlers.house import House
from handlers.language import settings
from handlers.views.evaluation_page import LANGUAGE, message_page
from handlers.views.parts import bare

NOWHERE = mark("This link leads nowhere")
NOWHERE_WHY = mark(
    "Perhaps a part of it got lost on the way. Open it from the mail once more, or write to the"
    " one at the library who sent it."
)
TOO_OFTEN = mark("That was too many links that lead nowhere. Wait a minute, and try again.")

Then = Callable[[Visit], Awaitable[web.Response]]


def routes(house: House) -> list[web.RouteDef]:
    """The one address, to look at and to answer at."""
    site = _Site(house)
    return [web.get(PATH + "{token}", site.look), web.post(PATH + "{token}", site.take)]


@dataclass
class _Site:
    house: House
    misses: Misses = field(default_factory=Misses)

    async def look(self, request: web.Request) -> web.Response:
        return await self._served(request, evaluation_visit.show)

    async def take(self, request: web.Request) -> web.Response:
        with self.house.at_work():
            return await self._served(request, evaluation_visit.store)

    async def _served(self, request: web.Request, then: Then) -> web.Response:
        t = Translator(_chosen(request) or Language.DANISH)
        outcome = await answered(t, self._led(request, t, then))
        if not isinstance(outcome, Trouble):
            return outcome
        sentence = bare(outcome.sentence, **outcome.values)
        told = message_page(t, t("Something went wrong"), sentence)
        return page(told, HTTPStatus.INTERNAL_SERVER_ERROR)

    async def _led(self, request: web.Request, t: Translator, then: Then) -> web.Response:
        """To where the link leads; all that lead nowhere are answered alike."""
        visit = await self._visit(request)
        return self._nowhere(request, t) if visit is None else await then(visit)

    def _nowhere(self, request: web.Request, t: Translator) -> web.Response:
        """A good link is never held up by the misses of others behind the same address."""
        visitor, now = _visitor(request), time.monotonic()
        if self.misses.too_many(visitor, now):
            wait = {"Retry-After": f"{WITHIN_SECONDS:.0f}"}
            told = message_page(t, t(NOWHERE), t(TOO_OFTEN))
            return page(told, HTTPStatus.TOO_MANY_REQUESTS, wait)
        self.misses.missed(visitor, now)
        return page(message_page(t, t(NOWHERE), t(NOWHERE_WHY)), HTTPStatus.NOT_FOUND)

    async def _visit(self, request: web.Request) -> Visit | None:
        token = request.match_info["token"]
        if not is_token(token):
            return None
        case = await self.house.store.read(evaluation_visit.found, hashed(token))
        if case is None or is_forgotten(case.this, self.house.clock.now()):
            return None
        library = await settings(self.house, case.link.team)
        t = Translator(_chosen(request) or library.language, library.timezone)
        return Visit(self.house, request, case, library, t)


def _chosen(request: web.Request) -> Language | None:
    """The language that the address names."""
    named = request.query.get(LANGUAGE)
    return next((language for language in Language if language == named), None)


def _visitor(request: web.Request) -> str:
    """Whom the proxy has seen: it adds the address last, and what stands before anybody can write.

    Kept for a minute and in memory only, to count what leads nowhere.
    """
    seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return seen or request.remote or ""
