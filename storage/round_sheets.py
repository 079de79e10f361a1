"""What people answer in a round: hidden in its rows until the round is shown.

Only `own` and `shown` read answers: one's own, or those of a round whose state says that all may
see them, which the query itself asks for.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from secrets import SystemRandom

import sqlalchemy as sa

from bot.round import Round, Sheet, Standing, State
from bot.round_steps import lays_out
from bot.round_voice import OUTSIDE, is_outside
from storage.round_tables import ANSWER, INVITED, NOTE, ROUND
from storage.schema import among, merge

_SHOWN = (State.REVEALED, State.CLOSED)
_PARTS = ((ANSWER, "question_id", "answer"), (NOTE, "about", "note"))


def own(conn: sa.Connection, team: str, round_id: int, user: str) -> Sheet:
    """What that person has written, sent or not; empty once the names were taken off."""
    found = _read(conn, team, round_id, lambda table: table.c.user_id == user)
    return found.get(user, Sheet())


def shown(conn: sa.Connection, team: str, round_id: int) -> dict[str, Sheet]:
    """Every sheet that was sent, by Slack user id, or by a number in a round without names.

    Empty before the answers are shown.
    """
    revealed = sa.select(ROUND.c.id).where(
        ROUND.c.team_id == team, ROUND.c.id == round_id, among(ROUND.c.state, _SHOWN)
    )
    return _read(conn, team, round_id, lambda table: table.c.round_id.in_(revealed))


def all_shown(
    conn: sa.Connection, team: str, round_ids: Sequence[int]
) -> dict[int, dict[str, Sheet]]:
    """As shown(), of many rounds, and answers only."""
    revealed = sa.select(ROUND.c.id).where(
        ROUND.c.team_id == team, among(ROUND.c.id, round_ids), among(ROUND.c.state, _SHOWN)
    )
    query = sa.select(ANSWER.c.round_id, ANSWER.c.user_id, ANSWER.c.question_id, ANSWER.c.answer)
    here = query.where(ANSWER.c.team_id == team, ANSWER.c.round_id.in_(revealed))
    found: dict[int, dict[str, dict[str, str]]] = {}
    for row in conn.execute(here.order_by(ANSWER.c.round_id, ANSWER.c.user_id)):
        sheets = found.setdefault(row.round_id, {})
        sheets.setdefault(row.user_id, {})[row.question_id] = row.answer
    return {
        number: {voice: Sheet(answers) for voice, answers in sheets.items()}
        for number, sheets in found.items()
    }


def write(
    conn: sa.Connection,
    team: str,
    round_id: int,
    user: str,
    answers: Mapping[str, str | None],
    notes: Mapping[str, str],
    now: datetime,
) -> None:
    """Merge into the person's sheet: None or an empty note clears, what is not named stays."""
    key = {"team_id": team, "round_id": round_id, "user_id": user}
    for (table, about, column), given in zip(_PARTS, (answers, notes), strict=True):
        merge(conn, table, key, about, column, given, now)


def withdraw(conn: sa.Connection, team: str, round_id: int, user: str | None = None) -> None:
    """Delete a person's answers and notes; everybody's, where none is named."""
    for table, *_ in _PARTS:
        mine = [table.c.round_id == round_id, *([table.c.user_id == user] if user else [])]
        conn.execute(sa.delete(table).where(table.c.team_id == team, *mine))


def settle(conn: sa.Connection, team: str, this: Round, now: datetime) -> None:
    """Leave what is to be shown: no drafts, and no names in a round without them.

    Where bot.round_steps.lays_out() says that there is too little of ours to show, none of it is.
    """
    if not lays_out(this):
        for user in this.standings:
            if not is_outside(user):
                withdraw(conn, team, this.id, user)
    sent = sa.select(INVITED.c.user_id).where(
        INVITED.c.team_id == team,
        INVITED.c.round_id == this.id,
        INVITED.c.standing == Standing.ANSWERED,
    )
    for table, *_ in _PARTS:
        drafts = (table.c.round_id == this.id, table.c.user_id.not_in(sent))
        conn.execute(sa.delete(table).where(table.c.team_id == team, *drafts))
    if not this.named:
        answered = [user for user, how in this.standings.items() if how is Standing.ANSWERED]
        _take_names_off(conn, team, this.id, answered, now)


def _take_names_off(
    conn: sa.Connection, team: str, round_id: int, users: Sequence[str], now: datetime
) -> None:
    """Numbers in place of names, drawn by lot, and one moment for all: nothing leads back.

    Whose side an answer is from still shows (bot.round.is_outside).
    """
    drawn = SystemRandom().sample(users, len(users))
    for number, user in enumerate(drawn, 1):
        side = f"{OUTSIDE}#" if is_outside(user) else ""  # no voice there is
        for table, *_ in _PARTS:
            mine = (table.c.round_id == round_id, table.c.user_id == user)
            unnamed = sa.update(table).where(table.c.team_id == team, *mine)
            conn.execute(unnamed.values(user_id=f"{side}{number}", at=now))


def _read(
    conn: sa.Connection,
    team: str,
    round_id: int,
    which: Callable[[sa.Table], sa.ColumnElement[bool]],
) -> dict[str, Sheet]:
    sheets: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    for part, (table, about, column) in enumerate(_PARTS):
        query = sa.select(table.c.user_id, table.c[about], table.c[column]).where(
            table.c.team_id == team, table.c.round_id == round_id, which(table)
        )
        for user, item, value in conn.execute(query.order_by(table.c.user_id, table.c[about])):
            sheets.setdefault(user, ({}, {}))[part][item] = value
    return {user: Sheet(*parts) for user, parts in sheets.items()}
