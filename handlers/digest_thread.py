"""What hangs below the digest: the circle as a picture, then what is left to tell."""

from datetime import datetime

from bot.errors import UserError
from bot.timetable import calendar_of
from bot.translation import Translator
from handlers.circle_picture import allowed, drawn
from handlers.delivery import NOT_COMPOSED, NotYet
from handlers.desk import Desk
from handlers.digest_made import page
from handlers.house import House
from handlers.language import of_the_library, settings
from handlers.png_thread import Picture, send
from handlers.views.digest_picture import NO_PICTURE
from handlers.views.digest_plain import plainer
from handlers.views.parts import Reply
from storage import delivery as deliveries
from storage import digest as digests
from storage.database import Connection
from storage.delivery import Delivery, State

PICTURE = "digest_picture"
REST = "digest_rest"
_NOBODY = ""  # to whom the picture is said: it is a file in the thread


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(PICTURE, picture)
    desk.delivers(REST, rest)


def hang(conn: Connection, team: str, delivery: Delivery, channel: str, ts: str) -> None:
    """The digest stands there: put what hangs below it."""
    number, due = delivery.subject_id, delivery.due
    below = Delivery(PICTURE, number, _NOBODY, due, f"{delivery.key}.picture", ts)
    deliveries.put(conn, team, below)
    told = digests.get(conn, team, delivery.key)
    if told and told.has_more:
        _put_rest(conn, team, below, channel)


async def picture(house: House, team: str, delivery: Delivery) -> None:
    """The circle as a file in the thread.

    Raises:
        UserError: it cannot be shown. Then the rest says so, and it is not tried again: where an
            answer was lost the picture may stand there.
    """
    channel, since = await house.store.read(_above, team, delivery)
    client = await house.teams.client(team)
    if channel is None or client is None:
        return
    t = await of_the_library(house, team)
    wrong = await send(client, channel, delivery.thread_ts, _drawn(house, team, t, since))
    house.pictures.sent(team, allowed=wrong is None or allowed(wrong))
    if wrong:
        await house.store.write(_put_rest, team, delivery, channel)
        raise UserError(NO_PICTURE) from wrong


async def _drawn(house: House, team: str, t: Translator, since: datetime | None) -> Picture:
    one, title = await drawn(house, team, t, since=since), t("The circle")
    return Picture(one.png, title.lower(), title, one.alt)


async def rest(house: House, team: str, delivery: Delivery) -> Reply | None:
    """What there was no room for; that the picture is missing, if it is.

    Raises:
        NotYet: the picture, which comes first, is still on its way.
    """
    key = delivery.key.removesuffix(".rest")
    without = await house.store.write(_is_without_picture, team, key)
    told = await house.store.read(digests.get, team, key)
    client = await house.teams.client(team)
    if told is None or client is None:
        return None
    t = await of_the_library(house, team)
    day = calendar_of(await settings(house, team)).day(house.clock.now())
    as_now = await page(house, client, team, t, told, day)
    below = as_now.rest(house.pictures.missing(team) if without else None)
    return plainer(below) if below and digests.is_plain(key) else below


def _is_without_picture(conn: Connection, team: str, key: str) -> bool:
    """Whether there is none; one that cannot even be drawn is not waited for any longer."""
    found = deliveries.outcome(conn, team, _picture_of(key))
    if found is None or found.state is not State.WAITING:
        return found is not None and bool(found.reason)
    if found.reason != NOT_COMPOSED:
        raise NotYet
    deliveries.withdraw(conn, team, _picture_of(key))
    return True


def _picture_of(key: str) -> str:
    return f"{key}.picture"


def _above(conn: Connection, team: str, picture: Delivery) -> tuple[str | None, datetime | None]:
    """The channel of the digest that it hangs below, and since when that tells."""
    key = picture.key.removesuffix(".picture")
    digest = deliveries.get(conn, team, key)
    return (digest.to if digest else None), digests.until_before(conn, team, key)


def _put_rest(conn: Connection, team: str, picture: Delivery, channel: str) -> None:
    """Below the picture; once, whoever asks for it."""
    key = picture.key.removesuffix(".picture") + ".rest"
    below = Delivery(REST, picture.subject_id, channel, picture.due, key, picture.thread_ts)
    deliveries.put(conn, team, below)
