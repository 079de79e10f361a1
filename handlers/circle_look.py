"""`/partner circle`: the picture before whoever asks, turned around, and as a page for the wall."""

import asyncio

from bot.circle_finding import Seen, headline, source
from bot.circle_layout import layout
from bot.circle_paper import pdf
from bot.circle_picture import Facts, Missing, Shown, Way, month
from bot.circle_sheet import A3, Wanted
from bot.text import fold
from bot.workspace_roles import Action
from handlers import home_publish, private
from handlers.circle_picture import in_words, not_shown, seen_by, shown
from handlers.desk import Desk
from handlers.language import of_the_library
from handlers.turn import Turn, UnknownBlocksError
from handlers.views import circle_picture as views
from storage import circle_picture as pictures

# Slack looks a new file over before it shows it; so long, in seconds, it is given before each try.
PATIENCE = (0.0, 0.7, 1.5)
_BY_ROOM = ("room", "rooms", "rum")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.WAY, turn_around, Action.SEE_PARTNER)
    desk.action(views.PAPER, paper, Action.SEE_PARTNER)


async def begin(turn: Turn) -> None:
    """`/partner cirkel`, or `/partner cirkel rum`."""
    await _tell(turn, Way.ROOM if fold(turn.words) in _BY_ROOM else Way.KIND)


async def turn_around(turn: Turn) -> None:
    """The same by room, or by sort again."""
    await _tell(turn, Way(turn.value), replace=True)


async def paper(turn: Turn) -> None:
    """The circle on paper, in her direct messages."""
    way = Way(turn.value)
    await turn.reply(views.on_its_way(turn.t))
    turn.house.carry_on(private.or_say_why(turn, _page(turn, way)))


async def _tell(turn: Turn, way: Way, *, replace: bool = False) -> None:
    """Show it; where Slack does not, its words."""
    picture = await home_publish.hanging(
        turn, shown(turn.house, turn.client, turn.team, turn.t, way)
    )
    if picture and await _is_told(turn, way, picture, replace=replace):
        return
    missing = Missing.NOT_NOW
    if picture:
        await not_shown(turn.house, turn.team, picture)
    else:
        missing = turn.house.pictures.missing(turn.team)
    words = await in_words(turn.house, turn.team, turn.t, way)
    await turn.reply(views.reply(turn.t, words, missing, way), replace=replace)


async def _is_told(turn: Turn, way: Way, picture: Shown, *, replace: bool) -> bool:
    """Whether Slack has taken the message with the picture in it, now or a little later."""
    said = views.reply(turn.t, picture.alt, picture, way)
    for patience in PATIENCE:
        await turn.house.pause(patience)
        try:
            await turn.reply(said, replace=replace)
        except UnknownBlocksError:
            continue
        return True
    return False


async def _page(turn: Turn, way: Way) -> None:
    """In the library's language, as it is for others than the one who asked."""
    t = await of_the_library(turn.house, turn.team)
    seen = await seen_by(turn.house, turn.team, t)
    facts = await turn.read(pictures.facts, seen.today, t.zone)
    content = await asyncio.to_thread(_on_paper, facts, seen, way)
    name = t("circle") + f"-{seen.today.isoformat()}.pdf"
    await private.send_without_people(turn, private.File(content, name, views.comment(turn.t)))


def _on_paper(facts: Facts, seen: Seen, way: Way) -> bytes:
    since, above = month(seen.today, seen.t.zone), headline(seen)
    drawing = layout(A3, facts, Wanted(way, seen, since, above, source(seen)))
    return pdf(drawing, above, seen.t.language)
