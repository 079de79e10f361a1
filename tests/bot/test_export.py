from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.circle import Level
from bot.errors import UserError
from bot.export import (
    Entry,
    Filters,
    Format,
    Wanted,
    What,
    as_typed,
    checked,
    defused,
    file_name,
    format_of,
    listed,
    spelled,
)
from bot.export_writer import writer
from bot.import_parts import parts
from bot.partner import ContactPerson, Kind, Partner, Room
from bot.privacy import Standing
from bot.translation import Translator
from bot.workspace import Language
from tests.bot.export_entries import LATE, PAPER

DANISH = Translator(Language.DANISH)
ANNE, BO = ContactPerson("Anne Holm", id=4), ContactPerson("Bo Lind", id=5)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+45 33 66 30 00",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\N{FULLWIDTH EQUALS SIGN}1",
    ],
)
def test_what_a_spreadsheet_would_compute_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ærø", "1+1=2", " =1", "'n Sommer", "a@b.dk"])
def test_other_text_is_left_alone(text: str) -> None:
    assert defused(text) == text


@given(st.text(alphabet="'=+-@a", max_size=6))
def test_an_apostrophe_of_ones_own_is_not_taken_for_ours(text: str) -> None:
    assert as_typed(defused(text)) == text


@given(st.lists(st.text(alphabet='a b,;|\n"').map(str.strip).filter(bool), max_size=4))
def test_a_sign_that_tells_values_apart_can_stand_in_one(values: list[str]) -> None:
    assert parts(listed(values), {}) == tuple(values)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.csv", Format.CSV),
        ("A.XLSX", Format.XLSX),
        ("a.vcf", Format.VCARD),
        ("a.txt", Format.MAIL),
        ("a.json", Format.JSON),
    ],
)
def test_a_name_says_the_format(name: str, found: Format) -> None:
    assert format_of(name) is found


@pytest.mark.parametrize("name", ["a", "a.doc", ".csv"])
def test_a_name_that_says_nothing_is_asked_about(name: str) -> None:
    with pytest.raises(UserError, match="--format"):
        format_of(name)


def test_rows_are_chosen_for_tables_only() -> None:
    for form in (Format.CSV, Format.XLSX):
        wanted = Wanted(form, What.MOVES)
        assert checked(wanted) == wanted
    assert checked(Wanted(Format.CSV)).what is What.PARTNERS
    assert checked(Wanted(Format.XLSX)).tables == tuple(What)
    assert checked(Wanted(Format.JSON)).what is None
    with pytest.raises(UserError, match="csv and xlsx only"):
        checked(Wanted(Format.MAIL, What.PEOPLE))


def test_only_what_is_written_is_read() -> None:
    assert Wanted(Format.MAIL).needed == frozenset()
    assert Wanted(Format.KUMU).needed == {What.CONTACTS}
    assert Wanted(Format.JSON).needed == set(What)
    assert Wanted(Format.CSV, What.PARTNERS).needed == {What.PARTNERS, What.CONTACTS}
    assert Wanted(Format.CSV, What.MOVES).needed == {What.MOVES}


def test_lists_leave_the_archived_out() -> None:
    assert {form for form in Format if not Wanted(form).archived} == {
        Format.VCARD,
        Format.MAIL,
        Format.KUMU,
    }


def test_ideas_without_a_partner_fit_no_condition() -> None:
    assert Wanted(Format.XLSX).ideas
    assert Wanted(Format.JSON).ideas
    assert Wanted(Format.CSV, What.CHECKS).ideas
    assert not Wanted(Format.CSV, What.PEOPLE).ideas
    assert not Wanted(Format.JSON, None, Filters(kinds=(Kind.FIRM,))).ideas


def test_the_conditions_are_logged_in_words() -> None:
    assert str(Filters()) == ""
    every = Filters(
        (Level.NETWORK, Level.PARTNERSHIP), (Kind.FIRM,), ("lektier",), (Room.MEETING,), ("Nord",)
    )
    assert str(every) == (
        "level: network, partnership; kind: firm; keyword: lektier; room: meeting; branch: Nord"
    )


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (Wanted(Format.XLSX), "partnere-2026-11-24.xlsx"),
        (Wanted(Format.XLSX, What.MOVES), "flytninger-i-cirklen-2026-11-24.xlsx"),
        (Wanted(Format.CSV, What.PEOPLE), "kontaktpersoner-2026-11-24.csv"),
        (Wanted(Format.VCARD), "kontaktpersoner-2026-11-24.vcf"),
        (Wanted(Format.MAIL), "mailliste-2026-11-24.txt"),
        (Wanted(Format.KUMU), "cirklen-2026-11-24.json"),
        (Wanted(Format.JSON), "partnere-2026-11-24.json"),
    ],
)
def test_a_file_is_called_what_it_holds_and_when(wanted: Wanted, name: str) -> None:
    assert file_name(DANISH, wanted, date(2026, 11, 24)) == name


def test_a_keyword_is_found_however_it_is_written() -> None:
    known = ("Børn", "Lektiehjælp", "lektiehjælp")
    assert spelled(["LEKTIEHJAELP", "BOERN"], known) == ("Lektiehjælp", "lektiehjælp", "Børn")
    assert spelled([], ()) == ()
    with pytest.raises(UserError) as unknown:
        spelled(["dans"], known)
    assert unknown.value.values == {"value": "dans", "known": "Børn, Lektiehjælp, lektiehjælp"}
    with pytest.raises(UserError) as none:
        spelled(["dans"], ())
    assert none.value.values["known"] == "–"


def test_who_wishes_no_contact_cannot_be_reached() -> None:
    theirs = Partner("Springbræt", id=3, people=(ANNE, BO))
    assert [*Entry(theirs).reachable] == [ANNE, BO]
    assert [*Entry(theirs, {4: Standing(no_contact=True)}).reachable] == [BO]
    carla = Partner("Carla Winther", id=3, kind=Kind.INDIVIDUAL, people=(ANNE,))
    assert [*Entry(carla).reachable] == [ANNE]
    assert [*Entry(carla, {3: Standing(no_contact=True)}).reachable] == []


def test_every_format_has_a_writer_of_its_own() -> None:
    kinds = set()
    for each in Format:
        file = BytesIO()
        to = writer(file, PAPER, checked(Wanted(each)), LATE)
        to.close()
        kinds.add(type(to))
    assert len(kinds) == len(Format)
