from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.evaluation_form import (
    PAGE_LENGTH,
    Audience,
    addressed,
    audience,
    begin_at,
    field_of,
    is_low,
    merged,
    not_asked_yet,
    pages,
    to_keep,
    voice_in_slack,
)
from bot.evaluation_questions import LAST, Answers, Instrument, shipped
from bot.evaluation_words import ANSWERS
from bot.round import Kind, Round, Sheet, Standing, called
from tests.bot.test_round import CALENDAR, NOW

COLLABORATION = shipped().get("collaboration")
PARTNERSHIP = shipped().get("partnership")
(PAGE,) = pages(COLLABORATION)
WAITING, ANSWERED, DECLINED = Standing.WAITING, Standing.ANSWERED, Standing.DECLINED


def asked(**standings: Standing) -> Round:
    """With the partner as such among those asked."""
    voices = [*standings, "@0"]
    this = called(Kind.EVALUATION, 7, by="U01", invited=voices, now=NOW, calendar=CALENDAR)
    return replace(this, standings={"@0": WAITING, **standings})


# Pages


@pytest.mark.parametrize(
    ("instrument", "lengths"), [("collaboration", [6]), ("partnership", [9, 6]), ("pulse", [3])]
)
def test_the_shipped_ones_are_a_page_and_the_criteria_one_of_their_own(
    instrument: str, lengths: list[int]
) -> None:
    found = pages(shipped().get(instrument))
    assert [len(page) for page in found] == lengths
    assert all(len({one.answers for one in page}) == 1 for page in found)


def test_a_long_one_is_divided_evenly_and_loses_nothing() -> None:
    many = [PAGE[0].model_copy(update={"id": f"q{n}"}) for n in range(PAGE_LENGTH + 1)]
    long = COLLABORATION.model_copy(update={"questions": tuple(many)})
    assert [len(page) for page in pages(long)] == [5, 5]
    assert [one for page in pages(long) for one in page] == many


def test_one_begins_where_something_is_left() -> None:
    first = {one.id: "4" for one in pages(PARTNERSHIP)[0]}
    assert begin_at(PARTNERSHIP, Sheet()) == 0
    assert begin_at(PARTNERSHIP, Sheet(first)) == 1
    every = first | {one.id: "met" for one in pages(PARTNERSHIP)[1]}
    assert begin_at(PARTNERSHIP, Sheet(every)) == 0


def test_every_answer_has_its_words() -> None:
    assert list(ANSWERS) == list(Answers)
    assert [*ANSWERS[Answers.FIVE]] == ["1", "2", "3", "4", "5", "unknown"]
    assert [*ANSWERS[Answers.CRITERION]] == ["met", "not_yet", "unknown"]


# What is kept of a page


@pytest.mark.parametrize(
    ("answer", "low"),
    [("1", True), ("2", True), ("3", False), ("5", False), ("unknown", False), (None, False)],
)
def test_only_one_and_two_are_low(answer: str | None, *, low: bool) -> None:
    assert is_low(PAGE[0], answer) is low


def test_a_criterion_is_never_low() -> None:
    assert not is_low(pages(PARTNERSHIP)[1][0], "1")


def test_a_page_keeps_what_stands_on_it_and_no_note_of_what_is_not_low_any_more() -> None:
    typed = Sheet({"easy": "2", "roles": "4"}, {"easy": " Ring ", "roles": "nej", LAST: "Mere"})
    answers, notes = to_keep(PAGE, typed)
    assert answers == dict.fromkeys([one.id for one in PAGE]) | {"easy": "2", "roles": "4"}
    assert notes == dict.fromkeys([one.id for one in PAGE[1:]], "") | {"easy": "Ring", LAST: "Mere"}


def test_a_note_with_a_personal_number_is_refused_at_its_field() -> None:
    typed = Sheet({"easy": "1"}, {"easy": "Ring til 010203-1234"})
    with pytest.raises(UserError, match="CPR") as refused:
        to_keep(PAGE, typed)
    assert refused.value.field == field_of("easy")


def test_who_was_quicker_than_the_form_is_asked_once_more() -> None:
    typed = Sheet({"easy": "2", "roles": "1", "worth": "5"}, {"roles": ""})
    assert [one.id for one in not_asked_yet(PAGE, typed)] == ["easy"]


def test_what_is_typed_stands_above_what_was_kept() -> None:
    before = Sheet({"easy": "2", "roles": "3"}, {"easy": "før"})
    typed = Sheet({"easy": "1"}, {LAST: "nu"})
    assert merged(before, typed) == Sheet({"easy": "1", "roles": "3"}, {"easy": "før", LAST: "nu"})


# Who answers


def test_how_well_an_answer_hides() -> None:
    assert audience(asked(U1=WAITING, U2=WAITING, U3=ANSWERED)) is Audience.AMONG_OTHERS
    assert audience(asked(U1=WAITING, U2=WAITING)) is Audience.FEW
    assert audience(asked(U1=WAITING, U2=WAITING, U3=DECLINED)) is Audience.FEW
    assert audience(asked(U1=WAITING)) is Audience.ALONE


def test_a_visitors_voice_is_the_partners() -> None:
    assert voice_in_slack("U02", visits=False) == "U02"
    assert voice_in_slack("U50", visits=True) == "@U50"


def test_each_side_is_asked_about_the_other() -> None:
    assert addressed("Kan vi regne med {other}? {0}", "A{b}") == "Kan vi regne med A{b}? {0}"


def test_an_instrument_of_criteria_only_has_its_page() -> None:
    criteria = pages(PARTNERSHIP)[1]
    only = Instrument.model_validate(PARTNERSHIP.model_dump() | {"questions": criteria})
    assert pages(only) == (criteria,)
