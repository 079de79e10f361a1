from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.circle import Level, Move, Why
from bot.circle_partner import (
    carries_level,
    check_carries_level,
    check_may_move,
    moved,
    still_stands,
)
from bot.errors import UserError
from bot.partner import Partner, RelationType, Status

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NETWORK, COLLABORATION, PARTNERSHIP = Level
SPRINGBRAET = Partner("Springbræt", id=3, responsible="U02", next_step="ring")
LIFT = Move(3, NETWORK, COLLABORATION, Why.ACTIVITY, "U01", NOON)
DOWN = Move(3, PARTNERSHIP, COLLABORATION, Why.LESS_OFTEN, "U01", NOON)
ENDING = Move(3, COLLABORATION, NETWORK, Why.ENDED, "U01", NOON)


@pytest.mark.parametrize("relation_type", RelationType)
def test_sponsors_funds_and_suppliers_carry_no_level(relation_type: RelationType) -> None:
    partner = replace(SPRINGBRAET, relation_type=relation_type)
    if carries_level(relation_type):
        assert relation_type is RelationType.PARTNER
        check_carries_level(partner)
        return
    with pytest.raises(UserError, match="no place in the circle"):
        check_carries_level(partner)


@pytest.mark.parametrize("status", Status)
def test_what_moves_inwards_is_active_again(status: Status) -> None:
    before = replace(SPRINGBRAET, status=status)
    assert moved(before, LIFT) == replace(before, level=COLLABORATION, status=Status.ACTIVE)


@pytest.mark.parametrize("status", Status)
def test_what_moves_outwards_stays_what_it_was(status: Status) -> None:
    before = replace(SPRINGBRAET, level=PARTNERSHIP, status=status)
    assert moved(before, DOWN) == replace(before, level=COLLABORATION)


@pytest.mark.parametrize("level", Level)
def test_an_ending_keeps_the_contact_in_the_network(level: Level) -> None:
    before = replace(SPRINGBRAET, level=level)
    after = moved(before, replace(ENDING, from_level=level))
    assert after == replace(before, level=NETWORK, status=Status.ENDED)


def test_who_was_faster_is_seen_by_where_the_partner_stands() -> None:
    assert still_stands(SPRINGBRAET, LIFT)
    assert not still_stands(replace(SPRINGBRAET, level=COLLABORATION), LIFT)


def test_an_old_friend_can_be_lifted_but_not_ended_again() -> None:
    friend = replace(SPRINGBRAET, status=Status.ENDED)
    again = replace(ENDING, from_level=NETWORK)
    assert still_stands(friend, LIFT)
    assert still_stands(SPRINGBRAET, again)
    assert not still_stands(friend, again)
    assert not still_stands(replace(SPRINGBRAET, level=COLLABORATION), again)


def test_nothing_is_decided_about_who_lies_in_the_archive() -> None:
    check_may_move(SPRINGBRAET)
    with pytest.raises(UserError, match="in the archive"):
        check_may_move(replace(SPRINGBRAET, archived=True))
    with pytest.raises(UserError, match="no place in the circle"):
        check_may_move(replace(SPRINGBRAET, relation_type=RelationType.FUND))
