"""Of which evaluations it is asked whether it still makes sense, and what was answered."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime

import sqlalchemy as sa

from bot.errors import UserError
from bot.evaluation_figures import Held
from bot.evaluation_sense import UNTIL, Answered
from bot.round import Kind
from bot.translation import mark
from storage import evaluation_past, round_queries, round_sheets
from storage.evaluation_tables import SENSE
from storage.schema import insert_once

_ANSWERED = mark("That is answered already.")


def answer(conn: sa.Connection, team: str, new: Answered) -> None:
    """Keep it.

    Raises:
        UserError: a colleague was faster.
    """
    if not insert_once(conn, SENSE, {"team_id": team, **asdict(new)}):
        raise UserError(_ANSWERED)


def answered(conn: sa.Connection, team: str, evaluation_id: int) -> Answered | None:
    """What was answered after that evaluation."""
    columns = [SENSE.c[field.name] for field in fields(Answered)]
    mine = (SENSE.c.team_id == team, SENSE.c.evaluation_id == evaluation_id)
    row = conn.execute(sa.select(*columns).where(*mine)).mappings().one_or_none()
    return Answered(**row) if row else None


def shown_lately(conn: sa.Connection, team: str, now: datetime) -> list[int]:
    """The partners with an evaluation that may be asked about now."""
    rounds = round_queries.shown_since(conn, team, Kind.EVALUATION, now - UNTIL)
    return list(dict.fromkeys(this.partner_id for this in rounds if this.partner_id))


def held(conn: sa.Connection, team: str, partner_id: int) -> Sequence[Held]:
    """The partner's evaluations whose answers are shown, the last shown first."""
    found = evaluation_past.of_partners(conn, team, [partner_id])
    sheets = round_sheets.all_shown(conn, team, [this.id for this, _ in found])
    return [Held(evaluation, this, sheets.get(this.id, {})) for this, evaluation in found]
