"""The picture of the circle: drawn once, kept until something changes, and sent to Slack."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.circle_finding import Seen, finding, title
from bot.circle_layout import layout
from bot.circle_picture import Facts, Shown, Way, fingerprint, month
from bot.circle_sheet import SCREEN, Wanted
from bot.circle_svg import DRAWN_AS, svg
from bot.translation import Translator
from handlers.circle_kept import Kept
from handlers.delivery_slack import error_name
from handlers.house import House
from handlers.language import settings
from handlers.png import png
from handlers.png_thread import ALT_TEXT
from handlers.views.parts import cut
from storage import circle_picture as pictures

log = logging.getLogger(__name__)

_NOT_SENT = (SlackApiError, SlackRequestError, ClientError, TimeoutError)
_NOT_DRAWN = (OSError, RuntimeError)


@dataclass(frozen=True)
class Drawn:
    """The picture, and what it shows in words."""

    png: bytes
    alt: str


async def drawn(
    house: House, team: str, t: Translator, way: Way = Way.KIND, since: datetime | None = None
) -> Drawn:
    """The picture as a file; `since` the last time, its words tell of what moved since then.

    Raises:
        OSError: there is no room for a process that draws.
        RuntimeError: it could not be drawn.
    """
    asked = _Asked(house, team, t, way)
    async with house.pictures.alone(asked.key):
        kept = await _kept(asked, draw=True)
    return Drawn(kept.png, await _since(asked, since) if since else kept.alt)


async def shown(
    house: House, client: AsyncWebClient, team: str, t: Translator, way: Way = Way.KIND
) -> Shown | None:
    """The picture as a file that Slack has; None where it cannot be drawn or sent.

    `missing` of the house's pictures tells why.
    """
    asked = _Asked(house, team, t, way)
    async with house.pictures.alone(asked.key):
        kept = await _kept(asked, draw=False)
        there = await house.store.read(pictures.get, team, way, t.language)
        if there and there.made_of == kept.made_of:
            return Shown(there.file_id, there.alt)
        try:
            return await _sent(asked, client, await _kept(asked, draw=True))
        except _NOT_SENT as error:
            log.warning("The picture of the circle was not sent: %s", _name(error))
            house.pictures.sent(team, allowed=allowed(error))
        except _NOT_DRAWN:
            log.exception("The picture of the circle was not drawn")
        return None


def allowed(error: Exception) -> bool:
    """Whether the app may send files at all, as far as this tells."""
    return _name(error) != "missing_scope"


async def in_words(house: House, team: str, t: Translator, way: Way) -> str:
    """What the picture shows."""
    return (await _kept(_Asked(house, team, t, way), draw=False)).alt


async def seen_by(house: House, team: str, t: Translator) -> Seen:
    """For whom it is drawn, on this day."""
    library = await settings(house, team)
    return Seen(t, library, house.clock.now().astimezone(t.zone).date())


async def not_shown(house: House, team: str, picture: Shown) -> None:
    """Slack refused the file, which may be deleted: the next one who looks gets another."""
    await house.store.write(pictures.forget, team, picture.file_id)


@dataclass(frozen=True)
class _Asked:
    """Which picture, of which library, in which language."""

    house: House
    team: str
    t: Translator
    way: Way

    @property
    def key(self) -> tuple[str, str, str]:
        return self.team, self.way, self.t.language

    async def seen(self) -> Seen:
        return await seen_by(self.house, self.team, self.t)


async def _kept(asked: _Asked, *, draw: bool) -> Kept:
    """The picture as it is now; without `draw` perhaps only its words."""
    house, seen = asked.house, await asked.seen()
    counted = await house.store.read(pictures.stamp, asked.team, seen.today)
    stamp = f"{counted} {_own_words(seen)}"
    kept = house.pictures.get(asked.key)
    if kept and kept.stamp == stamp and (kept.png or not draw):
        return kept
    facts = await house.store.read(pictures.facts, asked.team, seen.today, asked.t.zone)
    made = await asyncio.to_thread(_made, facts, seen, asked.way, stamp)
    if kept and kept.made_of == made.made_of:
        made = replace(made, png=kept.png)
    if draw and not made.png:
        made = replace(made, png=await png(await asyncio.to_thread(_drawing, facts, seen, asked)))
    return house.pictures.put(asked.key, made)


def _made(facts: Facts, seen: Seen, way: Way, stamp: str) -> Kept:
    """Without the drawing itself, which is dear."""
    since = month(seen.today, seen.t.zone)
    alt = cut(finding(seen, facts, since), ALT_TEXT)
    # With its words: they hang on the file in Slack, and a better wording wants a new one.
    made_of = fingerprint(facts, DRAWN_AS, way, seen.t.language, since, _own_words(seen), alt)
    return Kept(stamp, made_of, alt)


def _drawing(facts: Facts, seen: Seen, asked: _Asked) -> str:
    since = month(seen.today, seen.t.zone)
    return svg(layout(SCREEN, facts, Wanted(asked.way, seen, since, title(seen))))


def _own_words(seen: Seen) -> str:
    """What the library calls things, as far as it stands on the picture."""
    library = seen.library
    own = (library.library_name, library.kind_names, library.room_names, library.kinds_off)
    return repr((*own, library.timezone))


async def _since(asked: _Asked, since: datetime) -> str:
    seen = await asked.seen()
    facts = await asked.house.store.read(
        pictures.facts, asked.team, seen.today, asked.t.zone, since
    )
    return await asyncio.to_thread(finding, seen, facts, since, last_time=True)


async def _sent(asked: _Asked, client: AsyncWebClient, kept: Kept) -> Shown:
    """Upload it, remember its file, and hang it on Home.

    The file before it stays: it stands in answers that people scroll back to.
    """
    answer = await client.files_upload_v2(
        content=kept.png, filename=asked.t("circle") + ".png", alt_txt=kept.alt
    )
    file_id = str(answer["files"][0]["id"])
    now = asked.house.clock.now()
    there = pictures.Drawn(asked.way, asked.t.language, kept.made_of, file_id, kept.alt, now)
    await asked.house.store.write(pictures.save, asked.team, there)
    asked.house.pictures.sent(asked.team, allowed=True)
    found = Shown(file_id, kept.alt)
    if asked.way is Way.KIND:
        asked.house.tabs.hung(asked.team, asked.t.language).hang(found, now)
    return found


def _name(error: Exception) -> str:
    return error_name(error.response) if isinstance(error, SlackApiError) else type(error).__name__
