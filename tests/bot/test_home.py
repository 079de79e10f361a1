from datetime import UTC, datetime

import pytest

from bot.circle_course import Asked
from bot.circle_question import hello
from bot.home import FirstSteps, Left, Page, Waiting, first_steps, page_of
from bot.partner import Partner
from bot.tjek import Check
from bot.workspace import Workspace

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CHECKS = [Check("U02", NOW, id=n) for n in range(3)]
STEPS = [Partner(f"Partner {n}") for n in range(3)]
ASKED = [Asked(hello(n, NOW.date(), by="U02"), one) for n, one in enumerate(STEPS)]


@pytest.mark.parametrize(
    ("wanted", "items", "page"),
    [
        (1, 0, Page(1, 1, 0)),
        (1, 1, Page(1, 1, 0)),
        (1, 10, Page(1, 1, 0)),
        (2, 11, Page(2, 2, 10)),
        (50, 500, Page(50, 50, 490)),
        (51, 500, Page(50, 50, 490)),
        (7, 0, Page(1, 1, 0)),
        (0, 30, Page(1, 3, 0)),
        (-4, 30, Page(1, 3, 0)),
    ],
)
def test_there_is_always_a_page(wanted: int, items: int, page: Page) -> None:
    assert page_of(wanted, items) == page


def test_what_waits_is_counted_with_what_is_on_other_pages() -> None:
    assert Waiting().number == 0
    assert Waiting(CHECKS, STEPS, asked=ASKED).number == 9
    assert Waiting(CHECKS, left=[Left("U77", "Jens", 3)], elsewhere=5).number == 9


def test_the_first_steps_are_done_one_by_one() -> None:
    assert first_steps(Workspace(), partners=False, checked=False) == FirstSteps()
    assert first_steps(Workspace(), partners=True, checked=False) == FirstSteps(partners=True)
    assert first_steps(Workspace(), partners=False, checked=True) == FirstSteps(check=True)
    on = Workspace(switched_on=True)
    assert first_steps(on, partners=False, checked=False) == FirstSteps(switched_on=True)


@pytest.mark.parametrize(
    ("library", "done"),
    [
        (Workspace(coordinators=("U01",)), False),
        (Workspace(coordinators=("U01",), digest_channel="C02"), False),
        (Workspace(coordinators=("U01",), partner_channel="C01"), True),
        (Workspace(digest_channel="C02", partner_channel="C01"), False),
    ],
)
def test_the_settings_are_done_with_a_coordinator_and_the_channel_for_questions(
    library: Workspace, *, done: bool
) -> None:
    assert first_steps(library, partners=False, checked=False).settings is done


def test_all_is_done_when_nothing_is_left() -> None:
    assert FirstSteps(settings=True, partners=True, check=True, switched_on=True).done
    assert not FirstSteps(settings=True, partners=True, check=True).done
    assert not FirstSteps(partners=True, check=True, switched_on=True).done
    assert not FirstSteps(settings=True, check=True, switched_on=True).done
    assert not FirstSteps(settings=True, partners=True, switched_on=True).done
