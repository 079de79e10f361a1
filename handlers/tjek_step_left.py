"""What colleagues who have left Slack had to see to, and nobody who is here does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.tjek_step import Task, left_over
from handlers import access
from handlers.house import House
from handlers.tjek_page import get
from handlers.views.tjek import heading_of
from storage import tjek_step as steps
from storage.database import Connection


async def lost_steps(
    house: House, client: AsyncWebClient, team: str
) -> Mapping[str, Sequence[Task]]:
    """By whom they were seen to; of whoever is here none."""
    tasks = await house.store.read(steps.every_open, team)
    users = sorted({task.user_id for task in tasks})
    here = await access.still_here(house, client, team, users)
    found: defaultdict[str, list[Task]] = defaultdict(list)
    for task in left_over(tasks, here):
        found[task.user_id].append(task)
    return found


def with_subjects(conn: Connection, team: str, tasks: Sequence[Task]) -> list[tuple[Task, str]]:
    """Each with what it is about."""
    return [(task, heading_of(get(conn, team, task.tjek_id))) for task in tasks]
