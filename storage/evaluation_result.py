"""An evaluation with its answers, and those of the same partner before it."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.errors import UserError
from bot.evaluation import Evaluation
from bot.evaluation_figures import Held
from bot.translation import mark
from storage import evaluation as evaluations
from storage import round_sheets

_GONE = mark("This evaluation is no longer there.")


def with_earlier(conn: sa.Connection, team: str, evaluation_id: int) -> tuple[Held, Sequence[Held]]:
    """That evaluation, and the earlier ones whose answers were shown, the newest first.

    Its sheets are empty until they may be seen.

    Raises:
        UserError: it is gone.
    """
    evaluation = evaluations.existing(conn, team, evaluation_id)
    now = _held(conn, team, evaluation)
    if now is None:
        raise UserError(_GONE)
    others = evaluations.of_partners(conn, team, [evaluation.partner_id])
    held = (_held(conn, team, one) for one in others if one.id != evaluation_id)
    return now, [one for one in held if one and one.this.revealed_at and one.at < now.at]


def _held(conn: sa.Connection, team: str, evaluation: Evaluation) -> Held | None:
    this = evaluations.round_of(conn, team, evaluation.id)
    return Held(evaluation, this, round_sheets.shown(conn, team, this.id)) if this else None
