from datetime import date, time
from typing import Any

import pytest

from bot.errors import UserError
from bot.partner import Kind, Room
from bot.workspace import ClosedDays, Frequency, Language, Member, WorkingHours, Workspace
from bot.workspace_settings import ENTRIES, LABEL, checked, checked_member, faults

TODAY = date(2026, 11, 24)


def house(**values: Any) -> Workspace:
    return Workspace(**{"coordinators": ("U01",), **values})


def closed(first: date, last: date) -> ClosedDays:
    return ClosedDays(first=first, last=last)


def test_settings_are_tidied() -> None:
    typed = house(
        timezone=" europe/copenhagen",
        coordinators=("U01", "U02", "U01"),
        keywords=(" børn ", "Boern", "", "teater\u200b"),
        branches=("Hoved\nbiblioteket",),
        room_names={Room.MEETING: " Torvet ", Room.LEARNING: " "},
        kind_names={Kind.FIRM: "Butik"},
        kinds_off=(Kind.STATE, Kind.STATE),
        closed_days=(
            closed(date(2026, 12, 24), date(2026, 12, 24)),
            closed(date(2026, 7, 1), date(2026, 7, 31)),
            closed(date(2026, 12, 24), date(2026, 12, 24)),
        ),
        weeks_off=(42, 7, 42),
        controller=" Byens\nKommune ",
    )
    assert checked(typed) == house(
        coordinators=("U01", "U02"),
        keywords=("børn", "teater"),
        branches=("Hoved biblioteket",),
        room_names={Room.MEETING: "Torvet"},
        kind_names={Kind.FIRM: "Butik"},
        kinds_off=(Kind.STATE,),
        closed_days=(
            closed(date(2026, 7, 1), date(2026, 7, 31)),
            closed(date(2026, 12, 24), date(2026, 12, 24)),
        ),
        weeks_off=(7, 42),
        controller="Byens Kommune",
    )
    assert checked(checked(typed)) == checked(typed)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("timezone", "Europe", "not a time zone"),
        ("timezone", "../etc/passwd", "not a time zone"),
        ("timezone", "", "not a time zone"),
        ("coordinators", (), "takes over before you take away"),
        ("coordinators", tuple(f"U{n}" for n in range(ENTRIES + 1)), "room for"),
        ("keywords", tuple(f"ord {n}" for n in range(ENTRIES + 1)), "room for"),
        ("branches", ("x" * 76,), "too long"),
        ("target_groups", ("010203-1234",), "CPR"),
        ("age_groups", ("y" * 76,), "too long"),
        ("room_names", {Room.MEETING: "Torvet", Room.LEARNING: "TORVET"}, "the same name"),
        ("room_names", {Room.MEETING: "x" * 41}, "too long"),
        ("kind_names", {Kind.FIRM: "butik", Kind.STATE: "butik "}, "the same name"),
        ("kinds_off", tuple(Kind), "at least one"),
        ("closed_days", tuple(closed(date(n, 1, 1), date(n, 1, 2)) for n in range(2000, 2101)), ""),
        ("weeks_off", (42, 54), "from 1 to 53"),
        ("weeks_off", (0,), "from 1 to 53"),
        ("working_hours", WorkingHours(start=time(16), end=time(8)), "end after it begins"),
        ("working_hours", WorkingHours(start=time(8), end=time(8)), "end after it begins"),
        ("retention_months", 0, "number of months"),
        ("retention_months", 121, "number of months"),
        ("library_name", "x" * 76, "too long"),
        ("controller", "x" * 301, "too long"),
        ("purpose", "010203-1234", "CPR"),
        ("legal_basis", "x" * 301, "too long"),
        ("transfer", "x" * 301, "too long"),
        ("dpo", "x" * 301, "too long"),
        ("privacy_contact", "x" * 301, "too long"),
    ],
)
def test_a_fault_is_told_at_its_setting(field: str, value: object, sentence: str) -> None:
    wrong = house(**{field: value})
    assert [(fault.field, sentence in fault.msgid) for fault in faults(wrong)] == [(field, True)]
    with pytest.raises(UserError):
        checked(wrong)


def test_all_faults_are_told_at_once() -> None:
    wrong = house(timezone="Mars", coordinators=(), retention_months=-1)
    assert [fault.field for fault in faults(wrong)] == [
        "timezone",
        "coordinators",
        "retention_months",
    ]


def test_a_hundred_entries_of_75_characters_fit() -> None:
    full = house(keywords=tuple(f"{n:075}" for n in range(ENTRIES)))
    assert checked(full) == full


def test_every_setting_has_a_name_to_be_called_by() -> None:
    assert LABEL.keys() == Workspace.model_fields.keys()


def test_a_colleagues_own_choices_are_checked() -> None:
    own = Member(Language.ENGLISH, date(2026, 11, 25), "U02", Frequency.MONTHLY)
    assert checked_member(own, "U01", today=TODAY) == own
    assert checked_member(Member(), "U01", today=TODAY) == Member()
    furthest = Member(away_until=date(2028, 11, 23))
    assert checked_member(furthest, "U01", today=TODAY) == furthest


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Member(away_until=TODAY), "away_until"),
        (Member(away_until=date(1970, 1, 1)), "away_until"),
        (Member(away_until=date(2028, 11, 24)), "away_until"),
        (Member(deputy="U01"), "deputy"),
    ],
)
def test_a_choice_that_cannot_be_meant_is_told(wrong: Member, field: str) -> None:
    with pytest.raises(UserError) as told:
        checked_member(wrong, "U01", today=TODAY)
    assert told.value.field == field


@pytest.mark.parametrize("field", ["privacy_url", "accessibility_url"])
def test_the_address_of_a_statement_is_a_whole_one(field: str) -> None:
    for good in ("", "https://byen.dk", " https://www.byen.dk/p?a=1#b "):
        tidy = checked(Workspace(coordinators=("U01",), **{field: good}))
        assert getattr(tidy, field) == good.strip()
    for bad in (
        "byen.dk",
        "http://byen.dk",
        "https://byen",
        "https://",
        "javascript:x",
        "https://a b.dk",
    ):
        (wrong,) = faults(Workspace(coordinators=("U01",), **{field: bad}))
        assert wrong.field == field


@pytest.mark.parametrize("field", ["evaluate_months", "evaluate_after", "evaluate_before"])
def test_a_number_that_cannot_be_meant_is_told_with_what_can(field: str) -> None:
    with pytest.raises(UserError) as told:
        checked(house(**{field: 1_000}))
    assert told.value.field == field
    assert told.value.msgid == "Write a number from {least} to {most}."
