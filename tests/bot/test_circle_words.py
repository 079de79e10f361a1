from datetime import UTC, datetime

import pytest

from bot.circle import TRANSITIONS, WHYS_DOWN, Level, Move, Why
from bot.circle_gate import Criterion, Standing
from bot.circle_words import (
    ASKED,
    CRITERION,
    HAPPENED,
    NOW_ENDED,
    NOW_IN,
    NOW_OUT,
    STANDING,
    WHY,
    moved,
)

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
STEPS = [
    Move(1, way.from_level, way.to_level, why, "U02", NOW)
    for way in TRANSITIONS
    for why in way.whys
]


def test_everything_that_is_counted_has_its_name() -> None:
    assert WHY.keys() == set(Why) - {Why.ENDED}
    assert HAPPENED.keys() == set(WHYS_DOWN)
    assert CRITERION.keys() == ASKED.keys() == set(Criterion)
    assert STANDING.keys() == set(Standing)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.from_level}-{step.why}")
def test_every_way_through_the_circle_has_its_sentences(step: Move) -> None:
    assert moved(step)
    if step.ends:
        assert NOW_ENDED[step.from_level]
    else:
        assert (NOW_IN if step.inwards else NOW_OUT)[step.to_level]


def test_an_end_is_told_from_a_step_outwards() -> None:
    out = Move(1, Level.PARTNERSHIP, Level.NETWORK, Why.REACHED, "U02", NOW)
    end = Move(1, Level.PARTNERSHIP, Level.NETWORK, Why.ENDED, "U02", NOW)
    assert moved(out) != moved(end)
