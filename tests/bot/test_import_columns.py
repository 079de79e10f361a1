"""Which column is what: by heading, spelling, content, and by what somebody says."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import pytest

from bot.errors import UserError
from bot.export import What
from bot.export_rows import header
from bot.import_columns import checked, corrected, recognise
from bot.import_fields import FIELDS, field_named
from bot.import_file import read
from bot.import_header import all_known, letter, meanings
from bot.import_record import Words
from bot.import_sheet import WHY, Columns, Sheet, Sure
from bot.translation import Translator
from bot.workspace import Language, Workspace
from tests.bot.export_entries import PAPER
from tests.bot.import_files import CARD_3, HEADERS, table, workbook

WORDS = Words(Workspace())


def sheet(headers: Sequence[str] | None, *rows: Sequence[object]) -> Sheet:
    below = rows or [["Springbræt", *[""] * (len(headers or ()) - 1)]]
    found = read(BytesIO(table(below, headers)), "liste.csv")
    assert isinstance(found, Sheet)
    return found


def fields(headers: Sequence[str] | None, *rows: Sequence[object]) -> list[str]:
    return [column.field for column in recognise(sheet(headers, *rows), WORDS).all]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Navn", "name"),
        ("NAVN PÅ FORENING", "name"),
        ("Organisation", "name"),
        ("Kontaktperson", "person.name"),
        ("E-mail", "person.email"),
        ("Mail", "person.email"),
        ("Tlf.", "person.phone"),
        ("Telefon (dag)", "person.phone"),
        ("Mobil", "person.phone"),
        ("CVR-nr.", "cvr"),
        ("Hjemmeside", "website"),
        ("Adresse", "note.headed"),
        ("Niveau", "level"),
        ("Type", "kind"),
        ("Emneord", "keywords"),
        ("Noter", "note"),
        ("Sidst kontakt", "last_contact"),
        ("Sidst talt med", "last_contact"),
        ("Ansvarlig", "responsible"),
        ("Kontaktpersonens mail", "person.email"),
        ("Formandens telefon", "person.phone"),
        ("Contact person: phone number", "person.phone"),
        ("Company", "name"),
        ("Telfon", "person.phone"),
        ("Forenign", "name"),
        ("Hjemeside", "website"),
    ],
)
def test_headings_of_both_languages_and_misspelled_ones(heading: str, field: str) -> None:
    found, sure, _ = meanings(heading)
    assert found[0] == field
    assert sure in (Sure.HEADER, Sure.SPELLING)


@pytest.mark.parametrize("heading", ["", "Bo", "Kage", "Xyzzy", "Formandens kage", "***"])
def test_a_heading_that_says_nothing_is_left_alone(heading: str) -> None:
    assert meanings(heading) == ((), Sure.UNKNOWN, 0)


@pytest.mark.parametrize(
    ("heading", "field", "person"),
    [
        ("Kontaktperson 2", "person.name", 1),
        ("2. kontaktperson", "person.name", 1),
        ("Mail1", "person.email", 0),
        ("E-mail 3", "person.email", 2),
        ("Mail 0", "person.email", 0),
    ],
)
def test_a_number_in_a_heading_counts_the_persons(heading: str, field: str, person: int) -> None:
    assert (meanings(heading)[0][0], meanings(heading)[2]) == (field, person)


@pytest.mark.parametrize("language", list(Language))
def test_every_label_of_our_own_means_its_field(language: Language) -> None:
    t = Translator(language)
    for key, each in FIELDS.items():
        assert field_named(key) == key
        assert field_named(t(each.label)) in (key, "relation_type" if key == "level" else key)
    assert field_named("kage") is None


def test_our_own_table_of_partners_is_read_whole_but_for_its_day_of_noting() -> None:
    headers = header(PAPER, What.PARTNERS)
    found = recognise(sheet(headers, ["1", "Springbræt"]), WORDS)
    assert [column.header for column in found.left_out] == ["Noteret den"]
    assert len({column.field for column in found.read}) == len(headers) - 1
    assert all_known(found)
    assert not all_known(recognise(sheet((*headers, "Kage"), ["1", "Springbræt"]), WORDS))


def test_our_own_table_of_persons_has_the_organisation_beside_the_person() -> None:
    headers = header(PAPER, What.PEOPLE)
    assert fields(headers, ["1", "Springbræt", "4", "Anne"]) == [
        "id",
        "name",
        "person.id",
        "person.name",
        "person.title",
        "person.email",
        "person.phone",
        "person.note",
        "person.source",
        "person.told_on",
        "person.no_contact",
    ]


def test_two_names_are_the_organisations_and_the_persons() -> None:
    assert fields(["Forening", "Navn", "Mail"]) == ["name", "person.name", "person.email"]
    assert fields(["Forening", "Navn", "Kontaktperson"]) == ["name", "", "person.name"]
    assert fields(["Fornavn", "Efternavn", "Firma"]) == ["person.first", "person.last", "name"]


def test_a_heading_with_several_meanings_is_decided_by_what_stands_below() -> None:
    assert fields(["Navn", "Type"], ["A", "forening"]) == ["name", "kind"]
    assert fields(["Navn", "Type"], ["A", "sponsor"]) == ["name", "relation_type"]
    assert fields(["Navn", "Relation"], ["A", "netværk"]) == ["name", "level"]
    assert fields(["Navn", "Relation"], ["A", "leverandør"]) == ["name", "relation_type"]


def test_the_same_heading_twice_is_another_person_or_is_not_read() -> None:
    found = recognise(
        sheet(["Navn", "Kontaktperson", "Mail", "Kontaktperson", "Mail", "Navn"]), WORDS
    )
    assert [(column.field, column.person) for column in found.all] == [
        ("name", 0),
        ("person.name", 0),
        ("person.email", 0),
        ("person.name", 1),
        ("person.email", 1),
        ("", 0),
    ]
    assert fields(["Navn", "Emneord", "Tags"]) == ["name", "keywords", "keywords"]


def test_a_second_telephone_is_the_same_persons() -> None:
    found = recognise(sheet(["Navn", "Kontaktperson", "Telefon", "Telefon 2"]), WORDS)
    assert [column.person for column in found.all] == [0, 0, 0, 0]


def test_without_headings_the_content_tells() -> None:
    first = "Springbræt|anne@springbraet.dk|33 66 30 00|10150817|www.springbraet.dk"
    second = "Kodeklubben|bo@kodeklubben.dk|22 33 44 55|26134439|kodeklubben.dk"
    rows = [
        [*first.split("|"), "1/2/2024", "netværk", "forening", "hej"],
        [*second.split("|"), "3/4/2025", "partnerskab", "firma", "hov"],
    ]
    found = recognise(sheet(None, *rows), WORDS)
    assert [column.field for column in found.all] == [
        "name",
        "person.email",
        "person.phone",
        "cvr",
        "website",
        "last_contact",
        "level",
        "kind",
        "",
    ]
    assert {column.sure for column in found.read} == {Sure.CONTENT}
    assert [column.header for column in found.all[:3]] == ["A", "B", "C"]
    assert all(column.nameless for column in found.all)
    assert found.all[0].examples == ("Springbræt", "Kodeklubben")


def test_a_heading_that_is_empty_or_unknown_leaves_it_to_the_content() -> None:
    found = fields(["Navn", "", "Blandet"], ["A", "a@x.dk", "33 66 30 00"])
    assert found == ["name", "person.email", "person.phone"]
    assert fields(["Navn", "Jubilæum"], ["A", "1/2/2024"]) == ["name", ""]
    assert fields(["Hvem", "Mail"], ["A", "a@x.dk"], ["B", "b@x.dk"]) == ["name", "person.email"]
    assert fields(["Rum", "Mail", "Mail"], ["A", "a@x.dk", "b@x.dk"]) == [
        "rooms",
        "person.email",
        "person.email",
    ]


def test_a_column_wider_than_the_headings_is_a_column() -> None:
    assert fields(["Navn"], ["A", "a@x.dk"], ["B", "b@x.dk"]) == ["name", "person.email"]


def test_nothing_that_differs_is_no_name() -> None:
    assert fields(["Hvem", "Mail"], ["x", "a@x.dk"], ["x", "b@x.dk"], ["x", "c@x.dk"]) == [
        "",
        "person.email",
    ]
    assert fields(["Række", "Mail"], ["1", "a@x.dk"], ["2", "b@x.dk"]) == ["", "person.email"]
    noted = fields(["Noteret den", "Mail"], ["A", "a@x.dk"], ["B", "b@x.dk"])
    assert noted == ["", "person.email"]


def test_a_title_above_the_headings_is_passed_over() -> None:
    data = b"Vores partnere 2024;;\n;;\nNavn;Mail;Noter\nA;a@x.dk;hej\n"
    found = read(BytesIO(data), "x.csv")
    assert isinstance(found, Sheet)
    assert found.headers == ("Navn", "Mail", "Noter")
    assert [line.number for line in found.lines()] == [4]


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (b"Foreninger\nA\nB\n", ("Foreninger",)),
        (b"Springbrat\nKodeklubben\n", ()),
        (b"Hvem;Kage\nA;a@x.dk\n", ("Hvem", "Kage")),
        (b"Anna;Kage\nBo;Te\n", ()),
        (b"Anna;Te\n" * 12, ()),
        (b"A;b;c;d\nNavn;Mail;x;y\n", ()),
        (b"Navn;a@x.dk\nB;b@x.dk\n", ()),
    ],
)
def test_where_the_headings_stand(data: bytes, headers: tuple[str, ...]) -> None:
    found = read(BytesIO(data), "x.csv")
    assert isinstance(found, Sheet)
    assert found.headers == headers


def test_a_date_among_the_headings_is_no_heading() -> None:
    moment = datetime(2024, 2, 1)  # noqa: DTZ001 - as a workbook has it
    dated = workbook({"A": [("Springbræt", moment, "hej"), ("Kode", moment, "x")]})
    found = read(BytesIO(dated), "x.xlsx")
    assert isinstance(found, Sheet)
    assert found.headers == ()
    titled = read(BytesIO(workbook({"A": [("Liste", moment), HEADERS, ("A",)]})), "x.xlsx")
    assert isinstance(titled, Sheet)
    assert titled.headers == HEADERS
    named = read(BytesIO(workbook({"A": [HEADERS, ("A", "", "", "", "", moment)]})), "x.xlsx")
    assert isinstance(named, Sheet)
    assert recognise(named, WORDS).all[5].examples == ("2024-02-01",)


def test_the_columns_of_cards_are_what_the_form_says() -> None:
    found = read(BytesIO(CARD_3), "x.vcf")
    assert isinstance(found, Sheet)
    columns = recognise(found, WORDS)
    assert {column.sure for column in columns.all} == {Sure.FILE}
    assert columns.all[0].field == "name"


def recognised(*headers: str) -> Columns:
    return recognise(sheet(headers), WORDS)


def test_somebody_may_know_better() -> None:
    found = corrected(recognised("Navn", "Kage", "Mail", "Hov"), {"kage": "Emneord", "C": "note"})
    assert [column.field for column in found.all] == ["name", "keywords", "note", ""]
    assert [column.sure for column in found.all[1:3]] == [Sure.GIVEN, Sure.GIVEN]
    left = corrected(found, {"Kage": ""})
    assert (left.all[1].field, left.all[1].sure) == ("", Sure.UNKNOWN)


def test_what_somebody_chooses_takes_the_place_of_our_guess() -> None:
    found = corrected(recognised("Navn", "Kage"), {"Kage": "name"})
    assert [column.field for column in found.all] == ["", "name"]
    with pytest.raises(UserError, match="can be one column only"):
        corrected(recognised("Navn", "Kage"), {"Kage": "name", "Navn": "name"})


def test_a_column_or_field_that_does_not_exist_is_told() -> None:
    with pytest.raises(UserError, match="has no column") as caught:
        corrected(recognised("Navn", "Mail"), {"Kage": "name"})
    assert caught.value.values == {"column": "Kage", "known": "Navn, Mail"}
    with pytest.raises(UserError, match="nothing that a partner has"):
        corrected(recognised("Navn", "Mail"), {"Navn": "kage"})


def test_partners_need_something_to_be_told_apart_by() -> None:
    with_names = recognised("Navn", "Mail")
    assert checked(with_names) is with_names
    with pytest.raises(UserError, match="which column has the partners' names"):
        checked(recognised("Niveau", "Noter"))


def test_every_way_of_knowing_has_its_words() -> None:
    assert set(WHY) == set(Sure)
    assert recognised("Navn", "Mail").all[0].why == "recognised by its heading"


def test_columns_are_lettered_as_in_excel() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_what_looks_like_a_cpr_number_is_no_example() -> None:
    rows = (["A", "010203-1234"], ["B", "skak"])
    assert recognise(sheet(["Navn", "Hov"], *rows), WORDS).all[1].examples == ("skak",)
