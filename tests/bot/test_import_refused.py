"""The file of rows that were not read in: read as the first file was, without CPR numbers."""

import csv
from collections.abc import Mapping
from datetime import date
from io import BytesIO, StringIO

import pytest

from bot.import_columns import corrected, recognise
from bot.import_fields import FIELDS
from bot.import_file import read
from bot.import_record import Line, Reason, Record, Refused, Words
from bot.import_refused import headed, write
from bot.import_rows import records
from bot.import_sheet import Column, Columns, Sheet, Sure
from bot.text import cpr_hidden
from bot.translation import Translator
from bot.workspace import Language, Workspace

WORDS = Words(Workspace())
TODAY = date(2026, 11, 22)
DANISH = Translator(Language.DANISH)


def opened(data: bytes, chosen: Mapping[str, str] | None = None) -> tuple[Sheet, Columns]:
    sheet = read(BytesIO(data), "liste.csv")
    assert isinstance(sheet, Sheet)
    return sheet, corrected(recognise(sheet, WORDS), chosen or {})


def found(data: bytes, chosen: Mapping[str, str] | None = None) -> list[Record | Refused]:
    sheet, columns = opened(data, chosen)
    return list(records(sheet, columns, WORDS, TODAY))


def left_out(data: bytes, chosen: Mapping[str, str] | None = None) -> bytes:
    """The file of what is refused."""
    _, columns = opened(data, chosen)
    refused = [one for one in found(data, chosen) if isinstance(one, Refused)]
    file = BytesIO()
    assert write(file, columns, refused, DANISH) == len(refused)
    return file.getvalue()


def table_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_the_file_is_read_by_the_columns_that_were_chosen() -> None:
    data = (
        "Kunde;Kilden [web);Type;Parkering;By;Formandens mail;Andet nr\n"
        "Springbræt;springbraet.dk;Forening;bag huset;Byen;anne@;x\n"
    ).encode()
    chosen = {
        "Kunde": "name",
        "Kilden [web)": "website",
        "Type": "relation_type",
        "Parkering": "note.headed",
        "By": "",
        "Formandens mail": "person.email",
    }
    file = left_out(data, chosen)
    assert table_of(file)[0] == [
        "Navn (Kunde)",
        "Hjemmeside (Kilden  web)",
        "relationstype (Type)",
        "Note med overskriften foran (Parkering)",
        "Læses ikke (By)",
        "Formandens mail",
        "Læses ikke (Andet nr)",
        "Hvorfor rækken ikke kom med",
        "Række",
    ]
    mended = file.replace(b"anne@", b"anne@x.dk").replace(b"Forening", b"Sponsor")
    (again,) = found(mended)
    (first,) = found(data.replace(b"anne@", b"anne@x.dk").replace(b"Forening", b"Sponsor"), chosen)
    assert isinstance(again, Record)
    assert isinstance(first, Record)
    assert (again.fields, again.people) == (first.fields, first.people)
    assert again.fields["note"] == "Parkering: bag huset"


@pytest.mark.parametrize(
    ("field", "person"),
    [("", 0), *((field, person) for field in FIELDS for person in (0, field[:7] == "person."))],
)
@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("Hov", Language.DANISH),
        ("Mail 2 (privat", Language.DANISH),
        ("Relation", Language.ENGLISH),
    ],
)
def test_whatever_was_chosen_for_whatever_heading_is_seen_again(
    header: str, field: str, person: int, language: Language
) -> None:
    one = Column(0, header, field, Sure.GIVEN, int(person))
    written = headed(one, Translator(language))
    headers = (written, "Hvorfor rækken ikke kom med")
    sheet = Sheet(headers, lambda: iter(()), sample=(Line(2, ("netværk", "")),))
    again, _ = recognise(sheet, WORDS).all
    assert again.field == field
    assert again.person == one.person or "2" in header or field == "person.phone"


def test_our_own_heading_stays_and_means_the_same_when_it_is_read_again() -> None:
    file = left_out(b"Navn;Relation;Mail\nA;Sponsor;a@\n")
    assert table_of(file)[0][:3] == ["Navn", "Relation", "Mail"]
    mended = file.replace(b"a@", b"a@x.dk").replace(b"Sponsor", "netværk".encode())
    (again,) = found(mended)
    assert isinstance(again, Record)
    assert "level" not in again.fields


def test_what_was_left_out_twice_has_the_last_reason_only() -> None:
    twice = left_out(left_out(b"Navn;Mail;Antal\nA;a@;3\n"))
    header, row = table_of(twice)
    assert header == [
        "Navn",
        "Mail",
        "Læses ikke (Antal)",
        "Hvorfor rækken ikke kom med",
        "Række",
    ]
    assert (row[:3], row[4]) == (["A", "a@", "3"], "2")


def test_a_column_of_row_numbers_of_ones_own_stays() -> None:
    header, row = table_of(left_out("Række;Navn;Mail\n7;A;a@\n".encode()))
    assert header[:3] == ["Række", "Navn", "Mail"]
    assert row[:3] == ["7", "A", "a@"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Inger, 010203-1234", "Inger, [CPR-nummer fjernet]"),
        ("0102031234 og 020304 4321", "[CPR-nummer fjernet] og [CPR-nummer fjernet]"),
        ("hov\nCPR: 010203 - 1234\nhej", "hov\nCPR: [CPR-nummer fjernet]\nhej"),
        ("33 66 30 00", "33 66 30 00"),
        ("P-nr. 1012345678", "P-nr. 1012345678"),
    ],
)
def test_what_looks_like_a_cpr_number_is_never_sent_back(cell: str, written: str) -> None:
    file = BytesIO()
    columns = opened(b"Navn;Mail;P-nummer\nA;a@x.dk;1\n")[1]
    refused = Refused((Line(2, (cell, "", "1012345678", cell)),), (Reason(f"“{cell}”"),))
    assert write(file, columns, [refused], DANISH) == 1
    assert table_of(file.getvalue())[1] == [written, "", "1012345678", f"“{written}”", "2", written]


def test_where_a_number_is_seen_but_not_where_it_begins_all_of_the_text_goes() -> None:
    assert cpr_hidden("Bo 010203\N{ZERO WIDTH SPACE}1234", "-") == "-"
    assert cpr_hidden("1012345678", "-", after="P-nr:") == "1012345678"


def test_our_own_json_is_sent_back_without_a_cpr_number_too() -> None:
    file = BytesIO()
    refused = (
        Refused((Line(1, ('{"note": "010203-1234"}',)),), (Reason("no"),)),
        Refused((Line(2, ()),), (Reason("no"),)),
    )
    write(file, None, refused, DANISH)
    assert [row[0] for row in table_of(file.getvalue())] == [
        "JSON",
        '{"note": "[CPR-nummer fjernet]"}',
        "",
    ]


def test_a_reason_tells_what_to_do_with_a_file_and_no_cpr_number() -> None:
    (one,) = found(b"Navn;Mail;Noter;Kontaktperson\nA;010203-1234;010203-1234;Bo\n")
    assert isinstance(one, Refused)
    said = " ".join(one.sentences(DANISH))
    assert "010203" not in said
    assert "Her står noget, der ligner et CPR-nummer, og det må ikke stå der. Fjern det." in said
    assert "gemme" not in said
    (one,) = found(f"Navn;Sagsnummer;Noter\nA;{'x' * 301};{'x' * 3001}\n".encode())
    assert isinstance(one, Refused)
    assert [sentence.rpartition(" (")[0] for sentence in one.sentences(DANISH)] == [
        "Kolonnen ”Sagsnummer”: Det er for langt",
        "Kolonnen ”Noter”: Noten er for lang",
    ]
    assert "her stadig" not in " ".join(one.sentences(DANISH))
    assert "står her" not in " ".join(one.sentences(DANISH))
