from datetime import UTC, datetime

import pytest

from bot.evaluation_empty import Empty, why_empty
from bot.round import Kind, Round, Standing, State
from bot.round_steps import is_empty
from bot.round_voice import THE_PARTNER

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ali", "partner", "why"),
    [
        (Standing.WAITING, Standing.WAITING, Empty.NOBODY),
        (Standing.WAITING, Standing.DECLINED, Empty.MEETS),
        (Standing.ANSWERED, Standing.WAITING, Empty.ONE),
        (Standing.ANSWERED, Standing.DECLINED, Empty.ONE),
    ],
)
def test_why_there_is_nothing_to_show(ali: Standing, partner: Standing, why: Empty) -> None:
    standings = {"U02": Standing.WAITING, "U03": ali, THE_PARTNER: partner}
    this = Round(Kind.EVALUATION, 7, "U02", NOW, NOW, standings, named=False, state=State.REVEALED)
    assert is_empty(this)
    assert why_empty(this) is why
