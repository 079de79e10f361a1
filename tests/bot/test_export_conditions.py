"""The conditions of an earlier export."""

import pytest

from bot.circle import Level
from bot.export import Filters
from bot.export_conditions import conditions
from bot.partner import Kind, Room


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(), []),
        (Filters(keywords=("leg; læring", "a: b")), [("keyword", "leg; læring, a: b")]),
        (
            Filters((Level.NETWORK, Level.COLLABORATION), (Kind.FIRM,), branches=("Nord",)),
            [("level", "network, collaboration"), ("kind", "firm"), ("branch", "Nord")],
        ),
        (Filters(rooms=(Room.LEARNING,)), [("room", "learning")]),
        (Filters(goals=("Læs, mere",), branches=("N",)), [("branch", "N"), ("goal", "Læs, mere")]),
    ],
)
def test_they_are_told_as_they_were_chosen(filters: Filters, told: list[tuple[str, str]]) -> None:
    assert conditions(str(filters)) == told


def test_what_is_no_condition_is_not_told() -> None:
    assert conditions("hvad som helst") == []
