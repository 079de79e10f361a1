"""Taking the register out, for the coordinator: a file in her direct messages with the bot.

The file takes as long as the register is large, so the form is answered first.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import UserError
from bot.export import NOTHING, Paper, Wanted, file_name
from bot.workspace_roles import Action
from handlers import access, private
from handlers.desk import Desk
from handlers.export_file import make
from handlers.language import of_the_library
from handlers.turn import Next, Turn
from handlers.views import export as views
from handlers.views.notice import notice_view
from storage import export, export_log, partner_values
from storage.database import Connection

SHOWN = 3  # of the last times, in the form: enough to see who has just done the same


@dataclass(frozen=True)
class Job:
    """A file to be made: what, under which number of the log, and since when."""

    wanted: Wanted
    number: int
    at: datetime


def register(desk: Desk) -> None:
    """Sign up."""
    desk.submit(views.SUBMIT, start, Action.EXPORT_REGISTER)


async def begin(turn: Turn) -> None:
    """`/partner eksport`: in which form, and of which partners."""
    choices = await turn.read(_choices)
    await turn.open(views.ask_view(turn.t, await turn.library(), choices, turn.today))


async def start(turn: Turn) -> Next:
    """Log it, and say that the file is on its way."""
    wanted = views.read(turn.typed)
    at = turn.now
    number = await turn.claim(_begin, wanted, by=turn.user, at=at)
    made = _made(turn, Job(wanted, number, at))
    turn.house.carry_on(private.or_say_why(turn, made))
    return Next(notice_view(turn.t, views.on_its_way(turn.t)))


async def _made(turn: Turn, job: Job) -> None:
    paper = await _paper(turn)
    with TemporaryDirectory(prefix="partnerbot-") as folder:
        path = Path(folder) / file_name(paper.t, job.wanted, turn.today)
        store = turn.house.store
        counts = await make(
            store, turn.team, job.wanted, paper, path, now=job.at, told=lambda _: None
        )

        async def keep(file: str) -> None:
            await turn.claim(export_log.finish, job.number, counts, file=file)

        comment = turn.t(
            "The file you asked for. Only you can see it here. Delete it when you have used it;"
            " if a contact person is anonymised, I delete it here myself, but not the copies"
            " you have made."
        )
        await private.send(turn, private.File(path, path.name, comment), keep)


async def _paper(turn: Turn) -> Paper:
    """In the library's language: the file goes on to others than the one who asked."""
    t = await of_the_library(turn.house, turn.team)
    users = await turn.read(partner_values.responsibles)
    found = await access.profiles(turn.house, turn.client, turn.team, users)
    names = {
        user: str(profile.get("real_name") or profile.get("name") or user)
        for user, profile in found.items()
    }
    return Paper(t, await turn.library(), names, await turn.read(export.unwilling))


def _choices(conn: Connection, team: str) -> views.Choices:
    return views.Choices(
        tuple(partner_values.keywords(conn, team)),
        tuple(partner_values.branches(conn, team)),
        tuple(export_log.latest(conn, team, SHOWN)),
    )


def _begin(conn: Connection, team: str, wanted: Wanted, *, by: str, at: datetime) -> int:
    if not export.count(conn, team, wanted) and not wanted.ideas:
        raise UserError(NOTHING, field=views.FORM)
    return export_log.begin(conn, team, wanted, by=by, at=at)
