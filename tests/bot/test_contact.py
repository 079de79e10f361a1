from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.contact import (
    DOUBLE_CONTACT_DAYS,
    EARLIEST,
    UNDO_HOURS,
    Colleague,
    Contact,
    Kind,
    check_undo,
    checked,
    colleagues,
    double,
    may_undo,
    same_click,
)
from bot.errors import UserError
from bot.partner import Partner, Tie

Json = dict[str, Any]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TALK = Contact(3, Kind.TALKED, TODAY, "U01", NOON, about="foråret", id=7, version=1)


def refused(contact: Contact) -> UserError:
    with pytest.raises(UserError) as error:
        checked(contact, TODAY)
    return error.value


def test_texts_are_cleaned_to_one_line() -> None:
    typed = replace(
        TALK, about=" talte med\n Anne\u200b ", with_whom="Anne  Holm", link=" https://x.example "
    )
    assert checked(typed, TODAY) == replace(
        TALK, about="talte med Anne", with_whom="Anne Holm", link="https://x.example"
    )


def test_one_click_needs_no_words() -> None:
    bare = Contact(3, Kind.TALKED, TODAY, "U01", NOON)
    assert checked(bare, TODAY) == bare


@pytest.mark.parametrize("field", ["about", "with_whom"])
def test_a_cpr_number_is_stopped_where_it_stands(field: str) -> None:
    fault = refused(replace(TALK, **{field: "Anne, 010190-1234"}))  # type: ignore[arg-type] # a text field
    assert fault.field == field
    assert "CPR" in fault.msgid


@pytest.mark.parametrize(("field", "limit"), [("about", 300), ("with_whom", 200), ("link", 500)])
def test_a_text_too_long_is_refused_and_one_that_just_fits_is_not(field: str, limit: int) -> None:
    fits = replace(TALK, **{field: "æ" * limit})  # type: ignore[arg-type] # a text field
    assert checked(fits, TODAY) == fits
    fault = refused(replace(TALK, **{field: "æ" * (limit + 1)}))  # type: ignore[arg-type] # as above
    assert (fault.field, fault.values["limit"]) == (field, limit)


@pytest.mark.parametrize("on", [TODAY + DAY, TODAY.replace(year=2027), date(1970, 1, 1)])
def test_a_contact_next_year_or_in_1970_is_refused(on: date) -> None:
    assert refused(replace(TALK, on=on)).field == "on"


@pytest.mark.parametrize("on", [TODAY, EARLIEST])
def test_the_first_and_the_last_possible_day(on: date) -> None:
    assert checked(replace(TALK, on=on), TODAY).on == on


# Undoing


def test_the_one_who_noted_it_may_undo_for_a_day() -> None:
    assert may_undo(TALK, "U01", NOON)
    assert may_undo(TALK, "U01", NOON + UNDO_HOURS * HOUR)
    assert not may_undo(TALK, "U01", NOON + UNDO_HOURS * HOUR + timedelta(seconds=1))
    check_undo(TALK, "U01", NOON)


@pytest.mark.parametrize(
    ("contact", "user", "now", "why"),
    [
        (replace(TALK, undone_at=NOON), "U01", NOON, "undone already"),
        (TALK, "U02", NOON, "Only the one who noted"),
        (replace(TALK, changed_by="U02"), "U01", NOON, "A colleague has corrected"),
        (TALK, "U01", NOON + 2 * DAY, "for a day"),
    ],
)
def test_every_refusal_says_why(contact: Contact, user: str, now: datetime, why: str) -> None:
    assert not may_undo(contact, user, now)
    with pytest.raises(UserError, match=why):
        check_undo(contact, user, now)


def test_ones_own_correction_does_not_hinder_undoing() -> None:
    assert may_undo(replace(TALK, changed_by="U01", version=2), "U01", NOON)


# Double contact


def test_a_colleagues_newest_contact_is_told() -> None:
    older = replace(TALK, id=5, noted_by="U02", on=TODAY - 3 * DAY)
    newer = replace(TALK, id=6, noted_by="U03", on=TODAY - DAY)
    assert double([older, TALK, newer], "U01", TODAY) == newer
    assert double([newer, older], "U03", TODAY) == older


def test_of_two_on_one_day_the_one_noted_last_is_told() -> None:
    morning = replace(TALK, id=9, noted_by="U02", noted_at=NOON - HOUR)
    evening = replace(TALK, id=8, noted_by="U03", noted_at=NOON + HOUR)
    assert double([morning, evening], "U01", TODAY) == evening


@pytest.mark.parametrize(
    "quiet",
    [
        TALK,
        replace(TALK, noted_by="U02", undone_at=NOON),
        replace(TALK, noted_by="U02", on=TODAY - (DOUBLE_CONTACT_DAYS + 1) * DAY),
    ],
)
def test_ones_own_an_undone_and_an_old_contact_are_not_double(quiet: Contact) -> None:
    assert double([quiet], "U01", TODAY) is None


def test_fourteen_days_ago_is_still_double() -> None:
    then = replace(TALK, noted_by="U02", on=TODAY - DOUBLE_CONTACT_DAYS * DAY)
    assert double([then], "U01", TODAY) == then


# Who knows them


def test_colleagues_come_by_tie_and_then_by_their_last_contact() -> None:
    partner = Partner("Springbræt", responsible="U01", deputy="U02", known_by=("U03", "U01"))
    older = replace(TALK, id=4, on=TODAY - DAY)
    last_year = replace(TALK, id=5, noted_by="U04", on=TODAY - 365 * DAY)
    last_week = replace(TALK, id=6, noted_by="U05", on=TODAY - 7 * DAY)
    assert colleagues(partner, [older, last_year, TALK, last_week]) == (
        Colleague("U01", Tie.RESPONSIBLE, TALK),
        Colleague("U02", Tie.DEPUTY),
        Colleague("U03", Tie.KNOWS),
        Colleague("U05", None, last_week),
        Colleague("U04", None, last_year),
    )


def test_the_one_who_read_in_a_list_has_not_been_in_contact() -> None:
    listed = replace(TALK, kind=Kind.READ_IN, on=TODAY)
    assert colleagues(Partner("Springbræt"), [listed]) == ()
    assert double([listed], "U99", TODAY) is None
    assert double([replace(listed, kind=Kind.TALKED)], "U99", TODAY) is not None


def test_a_partner_that_nobody_knows() -> None:
    assert colleagues(Partner("Springbræt"), []) == ()


SECOND = timedelta(seconds=1)
CLICK = Contact(3, Kind.TALKED, TODAY, "U01", NOON)
STORED = replace(CLICK, id=7, version=1)


def test_a_second_click_means_the_same_contact() -> None:
    assert same_click([], CLICK) is None
    assert same_click([STORED], CLICK) == STORED
    assert same_click([STORED], replace(CLICK, noted_at=NOON + 59 * SECOND)) == STORED
    assert same_click([STORED], replace(CLICK, noted_at=NOON + 60 * SECOND)) is None


@pytest.mark.parametrize(
    "other",
    [
        {"noted_by": "U02"},
        {"partner_id": 4},
        {"on": TODAY - DAY},
        {"kind": Kind.MET},
        {"about": "foråret"},
        {"with_whom": "Anne"},
    ],
)
def test_a_contact_that_says_something_else_is_another(other: Json) -> None:
    assert same_click([STORED], replace(CLICK, **other)) is None
    assert same_click([replace(STORED, **other)], CLICK) is None


@pytest.mark.parametrize("words", [{"about": "foråret"}, {"with_whom": "Anne"}])
def test_what_was_put_into_words_twice_was_meant_twice(words: Json) -> None:
    assert same_click([replace(STORED, **words)], replace(CLICK, **words)) is None
