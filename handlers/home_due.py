"""What has come to its day and waits for one colleague: next steps, and the circle's questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.circle_asked import Absent, Ties, asked_of, everybody, sees, stands_for
from bot.circle_question import Question
from bot.home import AHEAD_DAYS, SOON_DAYS, Coming
from bot.workspace_roles import Role
from handlers.circle_asked import absent
from handlers.turn import Turn
from storage import home as desk_of
from storage import workspace as settings_of
from storage.database import Connection


@dataclass(frozen=True)
class Due:
    """Partners whose next step is due, questions, and what is to come; each the first first."""

    steps: Sequence[int] = ()
    questions: Sequence[Question] = ()
    coming: Sequence[Coming] = ()


@dataclass(frozen=True)
class _Perhaps:
    """The same, some of which is a colleague's; with who is tied to the partners."""

    due: Due
    ties: Mapping[int, Ties]

    def everybody(self) -> set[str]:
        users = {user for tied in self.ties.values() for user in everybody(tied)}
        return users | {question.by for question in self.due.questions if question.by}

    def of(self, user: str, gone: Absent, *, coordinates: bool) -> Due:
        """What is that colleague's of it."""

        def mine(partner_id: int, by: str) -> bool:
            asked = asked_of(self.ties[partner_id], by, gone)
            return sees(user, asked, coordinates=coordinates)

        return Due(
            [number for number in self.due.steps if mine(number, "")],
            [one for one in self.due.questions if mine(one.partner_id, one.by)],
            self.due.coming,
        )


async def due(turn: Turn) -> Due:
    """What is due of this person's; a coordinator has that, too, which nobody else is asked."""
    coordinates = turn.role is Role.COORDINATOR
    perhaps = await turn.read(_perhaps, turn, every=coordinates)
    gone = await absent(turn, perhaps.everybody())
    return perhaps.of(turn.user, gone, coordinates=coordinates)


def _perhaps(conn: Connection, team: str, turn: Turn, *, every: bool) -> _Perhaps:
    until = turn.today + timedelta(days=SOON_DAYS)
    users = stands_for(turn.user, settings_of.away(conn, team, turn.today))
    steps = desk_of.steps_due(conn, team, users, until=until, every=every)
    questions = desk_of.questions_due(conn, team, users, today=turn.today, every=every)
    numbers = list(dict.fromkeys([*steps, *(one.partner_id for one in questions)]))
    days = {"today": turn.today, "until": turn.today + timedelta(days=AHEAD_DAYS)}
    coming = desk_of.coming(conn, team, turn.user, **days)
    return _Perhaps(Due(steps, questions, coming), desk_of.ties(conn, team, numbers))
