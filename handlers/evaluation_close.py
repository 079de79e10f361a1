"""An evaluation's decision stored: by the one who leads the round, and put right later."""

from collections.abc import Sequence

from bot.evaluation import Evaluation
from bot.evaluation_decision import decided_in_words
from bot.round import Round, State
from bot.round_step import Step
from bot.round_steps import check_correct, check_decide
from handlers import evaluation_step
from handlers import round as desk_of
from handlers.delivery_on import require_switched_on
from handlers.round_steps import steward
from handlers.turn import Turn
from handlers.views import evaluation_decide as form
from storage import evaluation as evaluations
from storage import round as rounds
from storage.database import Connection


async def correct(turn: Turn) -> None:
    """What stands now, and what it may be instead."""
    this, _ = await turn.read(evaluations.with_round, form.where(turn.value)[0])
    await check(turn, this, corrects=True)
    await turn.show(form.correct_view(turn.t, this, decided_in_words(turn.t, this)))


async def begun(turn: Turn, value: str) -> tuple[Round, Evaluation, bool] | None:
    """The round that a button is about, and whether its decision is put right.

    None where it was decided meanwhile: then what stands is shown, with the way to put it right.

    Raises:
        UserError: the person does not lead the round, or it cannot be decided now.
    """
    await require_switched_on(turn)
    number, corrects = form.where(value)
    this, evaluation = await turn.read(evaluations.with_round, number)
    if this.state is State.CLOSED and not corrects:
        await correct(turn)
        return None
    await check(turn, this, corrects=corrects)
    return this, evaluation, corrects


def close(
    conn: Connection, team: str, turn: Turn, number: int, decision: str, reason: str = "",
    steps: Sequence[Step] = (), *, corrects: bool,
) -> Round:  # fmt: skip
    """Decide, or put right what was decided; the steps of a former decision go."""
    ending = rounds.correct if corrects else rounds.close
    this = ending(conn, team, number, decision=decision, reason=reason, by=turn.user, now=turn.now)
    evaluation_step.put(conn, team, this.subject_id, steps, by=turn.user, now=turn.now)
    desk_of.decided(conn, team, this, turn.now, corrected=corrects)
    return this


async def check(turn: Turn, this: Round, *, corrects: bool) -> None:
    """Raise UserError where the person does not lead the round, or it cannot be decided now."""
    await steward(turn, this)
    (check_correct if corrects else check_decide)(this)
