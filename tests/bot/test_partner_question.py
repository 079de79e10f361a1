from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.partner import Kind, Partner, Purpose, Room
from bot.partner_question import answered, choices
from bot.workspace import Workspace

LIBRARY = Workspace(
    keywords=("lektier", "unge"), branches=("Vestbyen", "Voksen"), kinds_off=(Kind.FIRM,)
)
NEW = Partner("Springbræt", id=3)
FULL = replace(NEW, kind=Kind.ASSOCIATION)


def test_a_kind_that_the_library_does_not_use_is_not_offered() -> None:
    assert "firm" not in choices("kind", LIBRARY)
    assert "association" in choices("kind", LIBRARY)


@pytest.mark.parametrize(
    ("name", "values", "stored"),
    [
        ("age_groups", ["6-12"], ("6-12",)),
        ("age_groups", ["0-5", "6-12", "13-17", "18+"], ("0-5", "6-12", "13-17", "18+")),
        ("kind", ["association"], Kind.ASSOCIATION),
        ("rooms", ["meeting"], (Room.MEETING,)),
        ("keywords", ["unge"], ("unge",)),
        ("purposes", ["new_users", "experiment"], (Purpose.NEW_USERS, Purpose.EXPERIMENT)),
        ("branch", ["Vestbyen"], "Vestbyen"),
    ],
)
def test_an_answer_fills_in_the_field(name: str, values: list[str], stored: object) -> None:
    after = answered(NEW, name, values, LIBRARY)
    assert getattr(after, name) == stored
    assert after == replace(NEW, **{name: stored})  # type: ignore[arg-type] # that one field


def test_what_a_colleague_filled_in_meanwhile_stays() -> None:
    assert answered(FULL, "kind", ["education"], LIBRARY) == FULL


@pytest.mark.parametrize(
    ("name", "values"), [("kind", ["firm"]), ("age_groups", ["60+"]), ("rooms", [])]
)
def test_an_answer_that_is_no_longer_offered_is_refused(name: str, values: list[str]) -> None:
    with pytest.raises(UserError, match="no longer on the list"):
        answered(NEW, name, values, LIBRARY)
