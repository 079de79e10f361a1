"""`/partner hvem`: who here knows them; where nobody does, the others are asked."""

from bot.guard import without_cpr
from bot.workspace_roles import Action
from handlers import contact_who_answer, contact_who_ask
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import contact_who as views
from handlers.views.parts import Reply
from storage.contact_search import who_knows

SHOWN = 5  # partners; whoever sees more adds a word


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, begin, Action.WHO_KNOWS)
    desk.submit(views.SUBMIT, find, Action.WHO_KNOWS)
    contact_who_ask.register(desk)
    contact_who_answer.register(desk)


async def who(turn: Turn) -> None:
    """`/partner hvem <name or topic>`: answered at once."""
    if turn.words:
        await turn.reply(await _answer(turn, turn.words))
    else:
        await begin(turn)


async def begin(turn: Turn) -> None:
    """Ask whom or what, after the command without words and from a button."""
    await turn.open(views.find_view(turn.t))


async def find(turn: Turn) -> Next:
    """The answer to the form."""
    words = views.read_find(turn.typed)
    return Next(views.found_view(turn.t, await _answer(turn, words)))


async def _answer(turn: Turn, words: str) -> Reply:
    without_cpr(words, field=views.WORDS)
    found = await turn.read(who_knows, words, limit=SHOWN + 1)
    more = len(found) > SHOWN
    return views.answer(turn.t, words, found[:SHOWN], turn.today, more=more)
