from dataclasses import replace

import pytest

from bot.contact_question import QUESTIONS, next_question
from bot.partner import Kind, Partner, RelationType, Room
from bot.partner_question import choices
from bot.workspace import Workspace

LIBRARY = Workspace(keywords=("lektier", "unge"), kinds_off=(Kind.FIRM,))
NEW = Partner("Springbræt", id=3)
FULL = replace(
    NEW, age_groups=("6-12",), kind=Kind.ASSOCIATION, rooms=(Room.MEETING,), keywords=("unge",)
)


def test_every_question_is_about_a_field_and_has_answers() -> None:
    for name in QUESTIONS:
        assert hasattr(NEW, name)
        assert choices(name, LIBRARY)


def test_questions_are_asked_one_at_a_time_and_never_twice() -> None:
    asked: list[str] = []
    while name := next_question(NEW, asked, LIBRARY):
        asked.append(name)
    assert asked == list(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_only_what_is_missing_is_asked(name: str) -> None:
    assert next_question(FULL, (), LIBRARY) is None
    missing = replace(FULL, **{name: None if name == "kind" else ()})  # type: ignore[arg-type] # an empty field
    assert next_question(missing, (), LIBRARY) == name
    assert next_question(missing, {name}, LIBRARY) is None


def test_a_library_without_keywords_is_not_asked_for_them() -> None:
    assert next_question(replace(FULL, keywords=()), (), Workspace()) is None


def test_a_sponsor_and_an_archived_partner_are_asked_nothing() -> None:
    assert next_question(replace(NEW, relation_type=RelationType.SPONSOR), (), LIBRARY) is None
    assert next_question(replace(NEW, archived=True), (), LIBRARY) is None
