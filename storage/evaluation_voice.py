"""A contact person in the evaluations that she was asked in: what she is told, and forgetting her.

Her answers are her organisation's. While a round is open she alone can see them, on the page that
her link opens; once it is shown, no name stands by them. So no one can be told of them here.
"""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from bot import round_voice
from bot.privacy_everything import Event, LogLine
from bot.round import Kind, Standing, State
from bot.round_voice import forgotten
from storage import round_queries, round_sheets
from storage.evaluation_tables import LINK
from storage.round_tables import ANSWER, INVITED, NOTE, ROUND
from storage.schema import among


def of_person(conn: sa.Connection, team: str, numbers: Iterable[int]) -> list[LogLine]:
    """When the person with these numbers was asked, and whether she answered."""
    mine = (INVITED.c.team_id == ROUND.c.team_id) & (INVITED.c.round_id == ROUND.c.id)
    query = (
        sa.select(ROUND.c.opened_at, ROUND.c.called_by, INVITED.c.standing)
        .select_from(ROUND.join(INVITED, mine))
        .where(ROUND.c.team_id == team, ROUND.c.kind == Kind.EVALUATION, _is_hers(numbers))
        .order_by(ROUND.c.id)
    )
    return [
        LogLine(
            row.opened_at,
            Event.ANSWERED if row.standing is Standing.ANSWERED else Event.ASKED,
            row.called_by,
        )
        for row in conn.execute(query)
    ]


def forget(conn: sa.Connection, team: str, numbers: Collection[int]) -> None:
    """Let nothing lead back from a round to the person who had these numbers.

    What she answered stays as her organisation's. Her links open nothing any more, and no round
    waits for her.
    """
    query = sa.select(INVITED.c.round_id, INVITED.c.user_id)
    asked = conn.execute(query.where(INVITED.c.team_id == team, _is_hers(numbers))).all()
    for round_id, voice in asked:
        this = round_queries.existing(conn, team, round_id, lock=True)
        standing = this.standings[voice]
        if this.state is State.OPEN and standing is not Standing.ANSWERED:
            round_sheets.withdraw(conn, team, round_id, voice)
            standing = Standing.LEFT if standing is Standing.WAITING else standing
        _rename(conn, team, round_id, voice, forgotten(this.standings), standing)


def _rename(
    conn: sa.Connection, team: str, round_id: int, voice: str, other: str, standing: Standing
) -> None:
    for table in (INVITED, ANSWER, NOTE):
        hers = (table.c.team_id == team, table.c.round_id == round_id, table.c.user_id == voice)
        conn.execute(sa.update(table).where(*hers).values(user_id=other))
    now = (INVITED.c.team_id == team, INVITED.c.round_id == round_id, INVITED.c.user_id == other)
    conn.execute(sa.update(INVITED).where(*now).values(standing=standing))
    links = (LINK.c.team_id == team, LINK.c.round_id == round_id, LINK.c.voice == voice)
    conn.execute(sa.delete(LINK).where(*links))


def _is_hers(numbers: Iterable[int]) -> sa.ColumnElement[bool]:
    return among(INVITED.c.user_id, [round_voice.of_person(number) for number in sorted(numbers)])
