"""Ending nicely at the desk, and the line about what worked."""

from dataclasses import replace

from bot.circle import Level, Move, Why, checked, checked_learned
from bot.circle_question import hello
from bot.workspace_roles import Action
from handlers import access
from handlers.circle_asked import whom_of
from handlers.circle_step import about, same_level, step, tell
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import circle_end as form
from handlers.views import circle_moved
from handlers.views.circle import About
from handlers.views.circle_ask import END
from handlers.views.circle_moved import Taken, ended_view
from storage import circle, circle_question
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(END, begin, Action.MOVE_PARTNER)
    desk.submit(form.ENDED, end, Action.MOVE_PARTNER)
    desk.submit(circle_moved.LEARNED, keep_learned, Action.MOVE_PARTNER)
    desk.submit(circle_moved.THANKS, copied, Action.MOVE_PARTNER)


async def begin(turn: Turn) -> None:
    """What do we take along, and who is to hear of it?"""
    here = about(turn)
    partner = same_level(await turn.read(register_of.existing, here.partner_id), here)
    await turn.show(form.end_view(turn.t, partner, here))


async def end(turn: Turn) -> Next:
    """The relation is over, the contact is not."""
    here = About.read(turn.note)
    farewell = form.read_farewell(turn.typed)
    bare = Move(here.partner_id, here.level, Level.NETWORK, Why.ENDED, turn.user, turn.now)
    reason, learned, told = farewell.reason, farewell.learned, farewell.told
    move = checked(replace(bare, reason=reason, learned=learned, told=told))
    greeting = hello(here.partner_id, turn.today, by=turn.user) if farewell.hello else None

    def save(conn: Connection, team: str) -> Taken:
        ended = step(conn, team, move, here)
        if greeting:
            circle_question.put_anew(conn, team, greeting, now=turn.now)
        return ended

    signed = await _signature(turn)  # before the commit: an error must not lose its answer
    asked = await whom_of(turn, here.partner_id)
    greets = turn.t.long_day(greeting.due_on, turn.today) if greeting else ""
    taken = await turn.write(save)
    tell(turn, here, taken)
    return Next(ended_view(turn.t, taken, asked, signed, greets))


async def _signature(turn: Turn) -> str:
    found = await access.profile(turn.house, turn.client, turn.team, turn.user)
    library = await turn.library()
    return ", ".join(filter(None, (access.first_name(found), library.library_name)))


async def keep_learned(turn: Turn) -> None:
    """What worked, kept with the step."""
    learned = checked_learned(circle_moved.read_learned(turn.typed))
    await turn.write(circle.keep_learned, int(turn.note), learned)


async def copied(_: Turn) -> None:
    """The letter was copied; the colleague sends it herself."""
