"""What colleagues who have left Slack had to see to, and nobody who is here does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot import evaluation_step as agreed_steps
from bot import tjek_step as task_steps
from bot.evaluation_step import Agreed
from bot.round_step import Lost
from bot.tjek_step import Task
from handlers import access
from handlers.evaluation_step import subjects
from handlers.house import House
from handlers.tjek_page import get
from handlers.views.tjek import heading_of
from storage import evaluation_step as agreed_of
from storage import tjek_step as tasks_of
from storage.database import Connection

Step = Task | Agreed


async def lost_steps(
    house: House, client: AsyncWebClient, team: str
) -> Mapping[str, Sequence[Step]]:
    """By whom they were seen to; of whoever is here none."""
    tasks = await house.store.read(tasks_of.every_open, team)
    agreed = await house.store.read(agreed_of.every_open, team)
    users = sorted({one.user_id for one in tasks} | {one.user_id for one in agreed})
    here = await access.still_here(house, client, team, users)
    found: defaultdict[str, list[Step]] = defaultdict(list)
    left: list[Step] = [*task_steps.left_over(tasks, here)]
    left += agreed_steps.left_over(agreed, here)
    for one in left:
        found[one.user_id].append(one)
    return found


def with_subjects(conn: Connection, team: str, steps: Sequence[Step]) -> list[Lost]:
    """Each with what it is about."""
    found = []
    for one in steps:
        if isinstance(one, Task):
            number, about = one.tjek_id, heading_of(get(conn, team, one.tjek_id))
        else:
            ((_, about),) = subjects(conn, team, [one])
            number = one.id
        found.append(Lost(number, one.user_id, about, one.text, one.due_on))
    return found


def has_any(conn: Connection, team: str, user: str) -> bool:
    """Whether somebody has anything to see to."""
    tasks = tasks_of.waiting_for(conn, team, user, limit=1)
    return bool(tasks or agreed_of.waiting_for(conn, team, user, limit=1))


def take(conn: Connection, team: str, number: int, *, of: str, to: str) -> bool:
    """It is somebody else's from now on; False where it is not hers to be done any more."""
    from_a_check = tasks_of.hand_on(conn, team, number, of=of, to=to)
    return from_a_check or agreed_of.hand_on(conn, team, number, of=of, to=to)
