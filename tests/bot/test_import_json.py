"""What we took out comes in again: whole from our JSON, and by columns from our tables."""

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import import_json
from bot.circle import Level
from bot.errors import UserError
from bot.export import Entry, Format, Paper, Wanted, What
from bot.export_json import VERSION
from bot.import_columns import recognise
from bot.import_file import read
from bot.import_json import records
from bot.import_record import Line, Person, Reason, Record, Refused, Words
from bot.import_refused import write
from bot.import_rows import records as records_of_rows
from bot.import_sheet import Register, Sheet
from bot.import_story import Idea
from bot.partner import ContactPerson, Kind, Partner, Purpose, RelationType, Room, Status
from bot.translation import Translator
from bot.workspace import Language, Workspace
from tests.bot.export_entries import CARLA, IDEA, LATE, PAPER, SPONSOR, SPRINGBRAET, WHOLE, written
from tests.bot.import_files import workbook

TODAY = date(2026, 11, 22)
GOALS = ("Flere læser, og flere taler", "Unge med")
WORDS = Words(Workspace(goals=GOALS), colleagues={"U02": "Mette Øst", "U03": "Ali Khan"})
NAMED = replace(PAPER, names={"U02": "Mette Øst", "U03": "Ali Khan"})
JSON, CSV, XLSX = Format.JSON, Format.CSV, Format.XLSX


def register(data: bytes) -> Register:
    found = read(BytesIO(data), "register.json")
    assert isinstance(found, Register)
    return found


def json_of(*entries: Entry, ideas: bool = False) -> bytes:
    return written(Wanted(JSON), *entries, ideas=[IDEA] if ideas else [])[0]


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        list(records(register(data), WORDS, TODAY))
    return caught.value.msgid.format(**caught.value.values)


def card(found: Record | Refused | Idea) -> Partner:
    """The partner that the record makes."""
    assert isinstance(found, Record)
    assert found.ours
    people = tuple(replace(person.new, id=person.id) for person in found.people)
    return replace(Partner(""), id=found.id, people=people, **found.fields)


def as_read(partner: Partner) -> Partner:
    """What is read onto the card; who noted it is nobody's, and when is told with the story."""
    return replace(partner, created_by="", created_at=None)


def test_cards_and_contact_persons_are_read_from_our_own_json() -> None:
    found = register(json_of(WHOLE, SPONSOR, CARLA, ideas=True))
    assert found.made_at == LATE
    for _ in range(2):  # a preview, and then the import itself
        *cards, idea = records(found, WORDS, TODAY)
        partners = [card(one) for one in cards]
        assert idea == Idea(4, replace(IDEA, started_by=""), "[anonymiseret]")
        assert partners == [as_read(each.partner) for each in (WHOLE, SPONSOR, CARLA)]


def test_one_who_is_no_colleague_here_is_not_made_responsible() -> None:
    theirs = Entry(replace(SPRINGBRAET, responsible="UFOREIGN", deputy="U02"))
    (found,) = records(register(json_of(theirs)), WORDS, TODAY)
    assert isinstance(found, Record)
    assert "responsible" not in found.fields
    assert found.fields["deputy"] == "U02"
    (doubt,) = found.doubts
    assert (doubt.field, doubt.value, doubt.taken) == ("responsible", "UFOREIGN", False)
    assert doubt.reason.values == {"value": "UFOREIGN"}


def test_a_record_of_our_json_says_what_a_row_would() -> None:
    (found,) = records(register(json_of(WHOLE)), WORDS, TODAY)
    assert isinstance(found, Record)
    assert (found.id, found.numbers, found.last_contact) == (3, (1,), None)
    assert found.fields["responsible"] == "U02"
    assert found.fields["archived"] is False
    assert not found.fields.keys() & {"id", "people", "area", "created_at"}
    assert found.people[0] == Person(
        "Anne Holm",
        "formand",
        "anne@springbraet.dk",
        "+4533663000",
        "har nøglen",
        "visitkort",
        id=4,
        told_on=date(2025, 3, 1),
        told_how="mail",
    )
    assert found.people[1].no_contact
    assert found.own is None


def test_goals_of_json_are_those_of_this_library() -> None:
    entry = replace(WHOLE, partner=replace(WHOLE.partner, goals=("Unge med", "Rumfart")))
    here = replace(WORDS, library=Workspace(goals=("Unge med",)))
    (found,) = records(register(json_of(entry)), here, TODAY)
    assert isinstance(found, Record)
    assert found.fields["goals"] == ("Unge med",)
    (doubt,) = [one for one in found.doubts if one.field == "goals"]
    assert (doubt.value, doubt.taken) == ("Rumfart", False)
    assert doubt.reason.values == {"value": "Rumfart", "known": "Unge med"}
    nowhere = replace(WORDS, library=Workspace())
    (found,) = records(register(json_of(entry)), nowhere, TODAY)
    assert isinstance(found, Record)
    assert "goals" not in found.fields
    assert [one.value for one in found.doubts if one.field == "goals"] == ["Unge med", "Rumfart"]


def test_json_of_before_there_were_goals_still_reads() -> None:
    now = json_of(WHOLE)
    data = now.replace(b'"goals":[],', b"", 1)
    assert data != now
    (found,) = records(register(data), WORDS, TODAY)
    assert card(found) == as_read(WHOLE.partner)


def test_json_that_a_person_has_laid_out_anew_is_the_same() -> None:
    whole = json.loads(json_of(WHOLE, SPONSOR, ideas=True))
    again = {"note": "x" * 300_000, **whole, "more": [1, 2]}
    spread = json.dumps(again, indent=4, ensure_ascii=False).encode("utf-16")
    first, second, _ = records(register(spread.decode("utf-16").encode()), WORDS, TODAY)
    assert card(first) == as_read(WHOLE.partner)
    assert card(second) == as_read(SPONSOR.partner)


def test_one_partner_that_is_wrong_is_refused_by_itself() -> None:
    data = json_of(WHOLE, SPONSOR).replace(b'"name":"Byens Bank"', b'"name":7')
    first, second = records(register(data), WORDS, TODAY)
    assert isinstance(first, Record)
    assert isinstance(second, Refused)
    assert second.number == 2
    assert second.reasons[0].values == {"field": "partner.name"}
    assert "Byens" not in str(second.lines[0].cells)
    hidden = json_of(SPONSOR).replace(b"Byens", b"By\\u0000ens")
    (only,) = records(register(hidden), WORDS, TODAY)
    assert isinstance(only, Refused)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"format": "partnerbot", "version": 1, "made_at": "x", "partners": []}', "not one that"),
        (b'{"format": "partnerbot", "version": "1", "partners": []}', "not one that"),
        (b'{"format": "kumu", "version": 1, "partners": []}', "not one that"),
        (b'{"elements": []}', "not one that"),
        (b"{}", "not one that"),
        (b"[]", "After 0 partners"),
        (b'{"format" "partnerbot"', "After 0 partners"),
        (b'{"format": ', "After 0 partners"),
        (b'{"a": ' + b"[" * 100_000, "After 0 partners"),
        (json_of(WHOLE, SPONSOR)[:-3], "After 2 partners"),
        (json_of(WHOLE, SPONSOR)[:-60], "After 1 partners"),
        (json_of(SPONSOR).replace(b"Bank", b"Bank\xe6"), "After 0 partners"),
        (json_of(SPONSOR).replace(b'"version": 1', b'"version": 2'), "newer version"),
    ],
)
def test_half_a_file_and_anothers_are_told(data: bytes, sentence: str) -> None:
    assert VERSION == 1
    assert sentence in refusal(data)


def test_a_partner_longer_than_any_and_too_many_of_them_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_json, "MOST_LINES", 2)
    assert "more than 2 partners" in refusal(json_of(WHOLE, SPONSOR, CARLA))
    monkeypatch.setattr(import_json, "_LONGEST", 1000)
    monkeypatch.setattr(import_json, "_BLOCK", 100)
    data = json_of(SPONSOR).replace(b"Bank", b"x" * 5000)
    assert "After 0 partners" in refusal(data)


@pytest.mark.parametrize("block", [1, 7])
def test_wherever_a_block_ends_a_partner_is_read_whole(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in the middle of a number, which is one already."""
    data = json_of(SPONSOR)
    monkeypatch.setattr(import_json, "_BLOCK", block)
    assert [card(one) for one in records(register(data), WORDS, TODAY)] == [
        as_read(SPONSOR.partner)
    ]


# Tables: everything that stands in one comes back as it was

NAMES = st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=1, max_size=20)
LINES = st.lists(NAMES, min_size=1, max_size=4).map(" ".join)
DATES = st.dates(date(2000, 1, 1), TODAY)


def listed(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=3, unique_by=str.casefold).map(tuple)


def enums(kind: type[StrEnum]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(list(kind)), unique=True).map(tuple)


PERSONS = st.builds(
    ContactPerson,
    name=LINES,
    title=LINES | st.just(""),
    email=st.sampled_from(["", "anne@springbraet.dk", "bo.lind@kode-klubben.dk"]),
    phone=st.sampled_from(["", "+4533663000", "+46812345678", "lokal 12"]),
    note=st.sampled_from(["", "=SUM(A1)", "har nøglen\ntil døren", "'s'"]),
    source=LINES | st.just(""),
    id=st.integers(1, 10**6),
)
PARTNERS = st.builds(
    Partner,
    name=LINES,
    id=st.integers(1, 10**6),
    archived=st.booleans(),
    kind=st.none() | st.sampled_from(Kind),
    website=st.sampled_from(["", "https://springbraet.dk", "https://xn--4ca0bs.dk/a?b=1"]),
    cvr=st.sampled_from(["", "10150817", "26134439"]),
    area=LINES | st.just(""),
    branch=LINES | st.just(""),
    keywords=st.just(()) | st.just(("lektier", "børn")),
    target_groups=st.just(()) | st.just(("unge",)),
    age_groups=st.sampled_from([(), ("0-5",), ("6-12", "13-17"), ("18+",)]),
    rooms=enums(Room),
    purposes=enums(Purpose),
    goals=st.sampled_from([(), GOALS, GOALS[1:]]),
    relation_type=st.just(RelationType.PARTNER),
    level=st.sampled_from(Level),
    status=st.sampled_from(Status),
    start=st.none() | DATES,
    agreement_link=st.sampled_from(["", "https://aftaler.dk/1"]),
    case_number=st.sampled_from(["", "24/1234", "-7"]),
    next_step=LINES | st.just(""),
    responsible=st.none() | st.just("U02"),
    deputy=st.none() | st.just("U03"),
    note=st.sampled_from(["", "@hej", "to\n\nafsnit; med, tegn|", '"citat"', "æøå ÆØÅ €"]),
    picture_link=st.just(""),
    people=st.lists(PERSONS, max_size=2).map(tuple),
)


def rows_of(wanted: Wanted, paper: Paper, *entries: Entry) -> list[Record | Refused]:
    return read_as_records(written(wanted, *entries, paper=paper)[0])


def read_as_records(data: bytes) -> list[Record | Refused]:
    found = read(BytesIO(data), "x")
    assert isinstance(found, Sheet)
    return list(records_of_rows(found, recognise(found, WORDS), WORDS, TODAY))


@settings(max_examples=40)
@given(PARTNERS, st.sampled_from([CSV, XLSX]), st.sampled_from(Language))
def test_a_partner_taken_out_as_a_row_comes_in_as_it_was(
    partner: Partner, form: Format, language: Language
) -> None:
    paper = replace(NAMED, t=Translator(language))
    (found,) = rows_of(Wanted(form, What.PARTNERS), paper, Entry(partner))
    assert isinstance(found, Record), found
    assert not found.doubts
    assert found.id == partner.id
    changed = replace(partner, **found.fields)
    # A cell cannot tell a partner that is not archived from a cell left blank.
    assert changed == partner


def as_workbook(data: bytes) -> bytes:
    """A CSV of ours opened in a spreadsheet program and saved as a workbook."""
    return workbook({"Ark1": list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))})


def test_a_csv_saved_as_a_workbook_comes_in_as_it_was() -> None:
    anne = replace(SPRINGBRAET.people[0], phone="+4533663000")
    partner = replace(SPRINGBRAET, note="=SUM(A1)", people=(anne,))
    data, _ = written(Wanted(CSV, What.PEOPLE), Entry(partner), paper=NAMED)
    assert b"'+4533663000" in data
    (found,) = read_as_records(as_workbook(data))
    assert isinstance(found, Record)
    assert found.people[0].phone == "+4533663000"
    data, _ = written(Wanted(CSV, What.PARTNERS), Entry(partner), paper=NAMED)
    (found,) = read_as_records(as_workbook(data))
    assert isinstance(found, Record)
    assert found.fields["note"] == "=SUM(A1)"


def test_refused_rows_saved_as_a_workbook_come_in_once_put_right() -> None:
    data = "Navn;Mail;Telefon\nSpringbræt;anne@;+45 33 66 30 00\n".encode()
    file, _ = refused_file(data, Language.DANISH)
    (found,) = read_as_records(as_workbook(file.replace(b"anne@", b"anne@x.dk")))
    assert isinstance(found, Record)
    assert found.people[0].phone == "+4533663000"


@settings(max_examples=30)
@given(PARTNERS.filter(lambda partner: partner.people), st.sampled_from([CSV, XLSX]))
def test_persons_taken_out_as_rows_come_in_as_they_were(partner: Partner, form: Format) -> None:
    (found,) = rows_of(Wanted(form, What.PEOPLE), NAMED, Entry(partner))
    assert isinstance(found, Record), found
    assert (found.id, found.name) == (partner.id, partner.name)
    once = list(dict.fromkeys(found.people))
    assert [replace(person.new, id=person.id) for person in once] == list(
        dict.fromkeys(partner.people)
    )


@settings(max_examples=30)
@given(st.lists(PARTNERS, max_size=4), st.sampled_from([40, 1 << 18]))
def test_the_cards_of_a_register_taken_out_come_in_as_they_were(
    partners: list[Partner], block: int
) -> None:
    entries = [Entry(partner) for partner in partners]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_json, "_BLOCK", block)
        found = list(records(register(json_of(*entries)), WORDS, TODAY))
    assert [card(each) for each in found] == [as_read(partner) for partner in partners]


# Rows that were refused


def refused_file(data: bytes, language: Language) -> tuple[bytes, int]:
    found = read(BytesIO(data), "x.csv")
    assert isinstance(found, Sheet)
    columns = recognise(found, WORDS)
    wrong = [
        each for each in records_of_rows(found, columns, WORDS, TODAY) if isinstance(each, Refused)
    ]
    file = BytesIO()
    count = write(file, columns, wrong, Translator(language))
    return file.getvalue(), count


def table_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_refused_rows_are_a_file_to_put_right_and_import_again() -> None:
    data = b"Navn;Mail;Sidst kontakt\nA;a@;1/2/2024\nB;b@x.dk;\n=C;c@;28/2/2024\n"
    file, count = refused_file(data, Language.DANISH)
    assert count == 2
    header, first, second = table_of(file)
    assert header == ["Navn", "Mail", "Sidst kontakt", "Hvorfor rækken ikke kom med", "Række"]
    assert first[:3] == ["A", "a@", "1/2/2024"]
    assert first[3].startswith("Kolonnen ”Mail”: ”a@” er ikke en mailadresse.")
    assert (first[4], second[4]) == ("2", "4")
    assert second[0] == "'=C"
    again = file.replace(b"a@;", b"a@x.dk;").replace(b"c@;", b"c@x.dk;")
    found = read(BytesIO(again), "x.csv")
    assert isinstance(found, Sheet)
    columns = recognise(found, WORDS)
    assert [column.header for column in columns.left_out] == header[3:]
    good = list(records_of_rows(found, columns, WORDS, TODAY))
    assert [each.name for each in good if isinstance(each, Record)] == ["A", "=C"]


def test_columns_without_headings_get_one_in_the_file_of_refused_rows() -> None:
    data = b"A;a@x.dk;x\nB;b@;x\nC;c@x.dk;x\n"
    header, row = table_of(refused_file(data, Language.ENGLISH)[0])
    assert header == ["Name", "Mail", "Is not read (C)", "Why the row was not imported", "Row"]
    assert row[:3] == ["B", "b@", "x"]


def test_a_cell_too_many_and_a_date_stand_in_the_file_too() -> None:
    found = read(BytesIO(b"Navn;Mail\nA;a@x.dk\n"), "x")
    assert isinstance(found, Sheet)
    columns = recognise(found, WORDS)
    line = Line(7, ("A", date(2024, 2, 1), "mere"))
    short = Line(8, ("B",))
    file = BytesIO()
    refused = Refused((line, short), (Reason("no"), Reason("not at all")))
    assert write(file, columns, [refused], Translator(Language.ENGLISH)) == 2
    assert table_of(file.getvalue())[1:] == [
        ["A", "2024-02-01", "no not at all", "7", "mere"],
        ["B", "", "no not at all", "8"],
    ]


def test_refused_partners_of_our_json_stand_in_one_cell() -> None:
    file = BytesIO()
    refused = Refused((Line(1, ('{"partner": 1}',)),), (Reason("no"),))
    write(file, None, [refused], Translator(Language.ENGLISH))
    assert table_of(file.getvalue()) == [
        ["JSON", "Why the row was not imported", "Row"],
        ['{"partner": 1}', "no", "1"],
    ]


def test_the_moment_of_a_file_is_a_moment() -> None:
    moment = datetime(2026, 1, 1, 9, tzinfo=UTC)
    data = json_of(Entry(SPRINGBRAET)).replace(
        LATE.isoformat().encode(), b"2026-01-01T10:00:00+01:00", 1
    )
    assert register(data).made_at == moment
