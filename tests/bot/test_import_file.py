"""Files as they come: each is read, or refused with a sentence that says what to do."""

import re
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import import_file, import_vcard, import_xlsx
from bot.errors import UserError
from bot.import_columns import corrected, recognise
from bot.import_file import read
from bot.import_json import records as records_of_json
from bot.import_record import Line, Record, Refused, Words
from bot.import_rows import records
from bot.import_sheet import Register, Sheet, others
from bot.partner import Kind
from bot.workspace import Workspace
from tests.bot import import_files as files
from tests.bot.test_import_rows import TODAY

WORDS = Words(Workspace())


def lines(data: bytes, name: str = "liste.xlsx") -> list[Line]:
    found = read(BytesIO(data), name)
    assert isinstance(found, Sheet)
    return list(found.lines())


def all_of(data: bytes, name: str = "liste.xlsx") -> list[Record | Refused]:
    found = read(BytesIO(data), name)
    assert isinstance(found, Sheet)
    return list(records(found, recognise(found, WORDS), WORDS, TODAY))


def refusal(data: bytes, name: str = "liste.csv") -> UserError:
    with pytest.raises(UserError) as caught:
        lines(data, name)
    return caught.value


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n ", "is empty"),
        (b" " * 5000, "is empty"),
        (b";;\n;;\n", "is empty"),
        (files.picture(), "is a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a picture"),
        (b"BM\x9a\0\0\0", "is a picture"),
        (b"%PDF-1.7\n%\xe2", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file"),
        (b"{\\rtf1 hej", "is not a table that I can read"),
        (b"\x1f\x8b\x08\0", "is not a table that I can read"),
        (b"\n<HTML><table>", "is a web page"),
        (b"<?xml version='1.0'?>", "is a web page"),
        (b"\x01\x02\x03\x04" * 50, "not a table that I can read"),
        (b"PK\x03\x04 half", "cannot be read as a workbook"),
        (files.workbook()[:-300], "cannot be read as a workbook"),
        (files.many_entities(), "cannot be read as a workbook"),
        (files.lying_zip_bomb(), "cannot be read as a workbook"),
        (files.formulas(), "holds a formula whose result was never saved"),
        (files.table(encoding="utf-16")[:-1], "stops in the middle"),
        (files.CARD_3[:-30], "has no end"),
        (files.CARD_3.replace(b"END:VCARD\n", b"") + files.CARD_3, "has no end"),
        (b'{"partners": []}', "not one that I wrote"),
        (b'{"hej": 1}', "not one that I wrote"),
    ],
)
def test_what_is_no_list_of_partners_is_told(data: bytes, sentence: str) -> None:
    error = refusal(data)
    assert sentence in error.msgid
    assert set(re.findall(r"{(\w+)}", error.msgid)) == set(error.values) or not re.search(
        r"{\w+}", error.msgid
    )


def test_a_word_that_begins_as_a_picture_does_is_a_word() -> None:
    assert lines(b"BMX-klubben\nAndre\n", "a.csv")[0].cells == ("BMX-klubben",)


def test_a_file_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_file, "MOST_BYTES", 3_000_000)
    assert refusal(b"x" * 3_000_001).values == {"megabytes": 4, "limit": 3}


def test_more_rows_than_a_region_has_partners_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_file, "MOST_LINES", 100)
    fitting = files.table([("A", n) for n in range(100)])
    assert len(lines(fitting)) == 100
    assert refusal(files.table([("A", n) for n in range(110)])).values == {"limit": 100}


def test_a_row_wider_than_any_list_is_told_with_its_number() -> None:
    assert refusal(b"Navn;Mail\n" + b";" * 200 + b"x\n").values == {"row": 2, "limit": 200}
    wide = files.workbook({"A": [("Navn",), ("A",) * 250]})
    assert refusal(wide).values == {"row": 2, "limit": 200}


# Workbooks


def test_a_workbook_is_read_with_its_real_dates() -> None:
    first, second = all_of(files.workbook())
    assert isinstance(first, Record)
    assert (first.numbers, first.name, str(first.last_contact)) == (
        (2,),
        "Foreningen Springbræt",
        "2024-02-01",
    )
    assert isinstance(second, Record)
    assert second.last_contact is None


def test_numbers_times_and_truths_become_text() -> None:
    row = (33663000, 2.5, True, time(10, 30), timedelta(hours=2), date(2024, 2, 1), " a ")
    book = files.workbook({"A": [("Navn", "Mail"), row]})
    texts = ("33663000", "2.5", "True", "10:30:00", "2:00:00")
    assert lines(book)[0].cells == (*texts, date(2024, 2, 1), "a")
    number = rb'<c r="A2"[^>]*><v>33663000</v>'
    iso = re.sub(number, b'<c r="A2" t="d"><v>2024-02-01</v>', files.sheet_of(book))
    dated = lines(files.repacked(book, {"xl/worksheets/sheet1.xml": iso}))
    assert dated[0].cells[0] == date(2024, 2, 1)
    whole = re.sub(number, b'<c r="A2"><v>33663000.0</v>', files.sheet_of(book))
    pictured = {"xl/worksheets/sheet1.xml": whole, "xl/media/logo.png": b"\x89PNG"}
    assert lines(files.repacked(book, pictured))[0].cells[0] == "33663000"


def test_the_first_visible_sheet_that_holds_something_is_meant() -> None:
    book = files.workbook(
        {
            "Skjult": [("Navn", "Mail"), ("Hemmelig", "h@x.dk")],
            "Tom": [],
            "Liste": [("Navn", "Mail"), ("A", "a@x.dk")],
            "Andre": [("Navn", "Mail"), ("B", "b@x.dk")],
        },
        hidden="Skjult",
    )
    assert [line.cells[0] for line in lines(book)] == ["A"]
    empty = files.workbook({"Skjult": [("A",)], "Tom": []}, hidden="Skjult")
    assert "visible sheets" in refusal(empty).msgid


def test_a_formula_is_read_by_its_result() -> None:
    book = files.workbook({"A": [("Navn", "Mail"), ("Springbræt", "=1+1"), ("Kode", '=""')]})
    sheet = files.sheet_of(book)
    done = sheet.replace(b'<c r="B2"><f>1+1</f><v /></c>', b'<c r="B2"><f>1+1</f><v>2</v></c>')
    done = done.replace(b'<c r="B3"><f>""</f><v /></c>', b'<c r="B3" t="str"><f>""</f><v></v></c>')
    assert done.count(b"<v />") == 0
    found = lines(files.repacked(book, {"xl/worksheets/sheet1.xml": done}))
    assert [line.cells for line in found] == [("Springbræt", "2"), ("Kode",)]
    half = sheet.replace(b'<c r="B2"><f>1+1</f><v /></c>', b'<c r="B2"><f>1+1</f></c>')
    assert refusal(files.repacked(book, {"xl/worksheets/sheet1.xml": half})).values == {
        "cell": "B2"
    }


def test_a_formula_that_went_wrong_refuses_its_row() -> None:
    book = files.workbook({"A": [("Navn", "Mail"), ("#REF!", "a@x.dk"), ("B", "b@x.dk")]})
    wrong, right = lines(book)
    assert wrong.fault
    assert wrong.fault.values == {"value": "#REF!"}
    assert right.fault is None


def test_a_workbook_that_unpacks_without_end_is_never_unpacked() -> None:
    bomb = files.zip_bomb()
    tracemalloc.start()
    error = refusal(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unpacks to more than" in error.msgid
    assert most < 20_000_000


def test_what_must_be_kept_in_memory_has_a_limit_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_xlsx, "_MOST_KEPT", 1000)
    assert "unpacks to more than" in refusal(files.workbook()).msgid


def test_another_zip_file_is_no_workbook() -> None:
    assert (
        "no Excel workbook"
        in refusal(files.repacked(files.workbook(), {"[Content_Types].xml": b""})).msgid
    )
    book = files.repacked(files.workbook(), {"xl/workbook.xml": b"<x"})
    assert "cannot be read" in refusal(book).msgid


def test_a_row_beyond_the_last_of_excel_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = files.sheet_of(files.workbook()).replace(b'r="3"', b'r="2000000000"')
    far = files.repacked(files.workbook(), {"xl/worksheets/sheet1.xml": sheet})
    monkeypatch.setattr(import_xlsx, "_LAST_ROW", 1000)
    assert "cannot be read" in refusal(far).msgid


def test_a_sheet_that_breaks_off_below_is_a_damaged_file() -> None:
    rows = [("Navn", "Mail"), *((f"A{n}", f"a{n}@x.dk") for n in range(3000))]
    book = files.workbook({"A": rows})
    sheet = files.sheet_of(book)
    half = files.repacked(book, {"xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2]})
    assert "cannot be read" in refusal(half).msgid


# Cards


def test_cards_of_three_ages_are_read() -> None:
    jorgen, anne, carla = all_of(files.CARD_OF_1998 + files.CARD_3 + files.CARD_4, "kort.vcf")
    assert isinstance(jorgen, Record)
    assert jorgen.name == "Foreningen Springbræt"
    assert jorgen.fields["note"] == "Havnegade 1, 8000 Byen"
    (person,) = jorgen.people
    assert (person.name, person.title, person.phone) == (
        "Jørgen Sørensen",
        "Formand",
        "+4533663000",
    )
    assert person.note == "Kontoret\nspiller skak\nom tirsdagen\n22 33 44 55"
    assert isinstance(anne, Record)
    assert anne.fields == {
        "name": "Springbræt",
        "website": "https://springbraet.dk",
        "keywords": ("lektier", "børn"),
    }
    assert (anne.people[0].email, anne.people[0].note) == (
        "anne@springbraet.dk",
        "anne@privat.dk",
    )
    assert isinstance(carla, Record)
    assert (carla.name, carla.fields["kind"]) == ("Carla Winther", Kind.INDIVIDUAL)
    assert carla.people[0].phone == "+4533663000"


@pytest.mark.parametrize(
    ("card", "cells"),
    [
        ("VERSION:3.0\nN:Holm;Anne;;;\nORG:A", ("A", "Anne Holm")),
        ("VERSION:3.0\nFN:Kode\nORG:Kode\nEMAIL:a@x.dk", ("Kode", "", "", "a@x.dk")),
        ("VERSION:3.0\nFN:A\nORG:B\nROLE:Leder", ("B", "A", "Leder")),
        ("VERSION:3.0\nFN:A\n B", ("AB", "AB")),
        ("VERSION:3.0\nhov\nFN:A\nX-KAGE:1", ("A", "A")),
    ],
)  # fmt: skip
def test_what_a_card_says(card: str, cells: tuple[str, ...]) -> None:
    (line,) = lines(f"BEGIN:VCARD\n{card}\nEND:VCARD\n".encode(), "a.vcf")
    assert line.cells[: len(cells)] == cells


def test_a_card_in_windows_letters_is_read() -> None:
    card = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Åse Ærø\r\nEND:VCARD\r\n"
    assert lines(card.encode("cp1252"), "a.vcf")[0].cells[1] == "Åse Ærø"


def test_a_card_that_cannot_be_read_is_refused_by_itself() -> None:
    broken = (
        b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=KAGE;ENCODING=QUOTED-PRINTABLE:J=F8rgen\nEND:VCARD\n"
    )
    wrong, right = all_of(broken + b"\nhov\n" + files.CARD_3, "kort.vcf")
    assert isinstance(wrong, Refused)
    assert "card cannot be read" in wrong.reasons[0].msgid
    assert isinstance(right, Record)


def test_a_card_with_a_picture_that_has_no_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_vcard, "_LONGEST", 150)
    assert refusal(files.CARD_OF_1998, "a.vcf").values == {"row": 1, "limit": 150}


# Anything at all


def said_of(data: bytes, name: str) -> str:
    """The sentence of refusal, or that the file was read; any other error is a failure."""
    try:
        found = read(BytesIO(data), name)
        if isinstance(found, Register):
            list(records_of_json(found, Words(Workspace()), date(2026, 11, 22)))
        else:
            list(records(found, recognise(found, WORDS), WORDS, TODAY))
    except UserError as error:
        return error.msgid
    return "It was read."


BEGINNINGS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"BEGIN:VCARD\n",
        b"{",
        b"[",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"sep=;\n",
        b'"',
    ]
)


@given(BEGINNINGS, st.binary(max_size=400))
def test_no_bytes_bring_anything_but_a_sentence(beginning: bytes, data: bytes) -> None:
    assert said_of(beginning + data, "x.csv").endswith(".")


GOOD = st.sampled_from(
    [
        files.table(),
        files.workbook(),
        files.CARD_OF_1998 + files.CARD_3 + files.CARD_4,
        (
            b'{"format": "partnerbot", "version": 1, "made_at": "2026-01-01T10:00:00+01:00",'
            b' "partners": [\n{"partner": {"name": "A", "id": 1}}\n], "ideas": [\n]}\n'
        ),
    ]
)


@settings(max_examples=60)
@given(GOOD, st.data())
def test_a_good_file_damaged_anywhere_brings_nothing_but_a_sentence(
    good: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    assert said_of(bytes(damaged), "x.xlsx").endswith(".")


def peak(path: Path) -> int:
    """The most memory in bytes while going through the rows of a file."""
    with path.open("rb") as file:
        found = read(file, path.name)
        assert isinstance(found, Sheet)
        tracemalloc.start()
        for _ in found.lines():
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return most


@pytest.mark.parametrize(
    ("make", "few"),
    [(files.large_table, 1000), (files.large_workbook, 100)],  # more than is read at a time
)
def test_reading_keeps_no_row(tmp_path: Path, make: Callable[[Path, int], Path], few: int) -> None:
    peak(make(tmp_path / "warm", 10))  # what is loaded once in a program
    some, more = (make(tmp_path / f"{rows}", rows) for rows in (few, 4 * few))
    kept = sum(map(sys.getsizeof, files.SPRINGBRAET))  # of each row, if it were
    assert peak(more) - peak(some) < 3 * few * kept / 4


def test_a_file_of_headings_is_told_at_once() -> None:
    said = "headings in the file and no partners"
    assert said in refusal(files.table([])).msgid
    assert said in refusal(b"Vores partnere;;;;;;\n\n" + files.table([])).msgid
    assert said in refusal(files.workbook({"Partnere": [files.HEADERS]})).msgid
    assert said in refusal(files.workbook({"A": [files.HEADERS], "B": [files.HEADERS]})).msgid


ROWS = [files.HEADERS, files.SPRINGBRAET]
BOOK = files.workbook(
    {"Skabelon": [files.HEADERS], "Nu": ROWS, "Før": [*ROWS, ("Rotary",)], "C": []}
)


def chosen(sheet: str | int | None, data: bytes = BOOK) -> tuple[str, int]:
    """Which sheet is read, and how many rows it has."""
    found = read(BytesIO(data), "x.xlsx", sheet)
    assert isinstance(found, Sheet)
    columns = corrected(recognise(found, WORDS), {"Noter": ""})
    assert columns.sheets == ("Skabelon", "Nu", "Før")
    assert columns.title == found.title
    return columns.title, len(list(found.lines()))


def test_of_a_workbook_the_first_sheet_with_partners_is_read_or_the_one_that_is_named() -> None:
    assert chosen(None) == ("Nu", 1)
    assert chosen("før") == ("Før", 2)
    assert chosen(2) == ("Før", 2)


@pytest.mark.parametrize("sheet", ["Skjult", 3])
def test_a_sheet_that_is_not_there_is_told_with_those_that_are(sheet: str | int) -> None:
    with pytest.raises(UserError) as told:
        read(BytesIO(BOOK), "x.xlsx", sheet)
    assert told.value.values == {"sheet": sheet, "known": "Skabelon, Nu, Før"}


def test_a_named_sheet_of_headings_names_the_others() -> None:
    with pytest.raises(UserError, match="in the sheet") as told:
        read(BytesIO(BOOK), "x.xlsx", "Skabelon")
    assert told.value.values == {"sheet": "Skabelon", "others": "Nu, Før"}


def test_a_file_without_sheets_has_none_to_choose() -> None:
    with pytest.raises(UserError, match="no sheets to choose"):
        read(BytesIO(files.table([files.SPRINGBRAET])), "liste.csv", "Nu")


def test_a_cover_is_passed_over_for_a_sheet_with_headings() -> None:
    cover = [("Foreninger i byen",), ("Rettet af Karen",)]
    books = ((("Forside", cover), ("Nu", ROWS)), "Nu"), ((("A", cover), ("B", cover)), "A")
    for sheets, title in books:
        found = read(BytesIO(files.workbook(dict(sheets))), "x.xlsx")
        assert isinstance(found, Sheet)
        assert found.title == title


def test_only_a_few_of_many_sheets_are_named() -> None:
    assert others("1234567", "3") == "1, 2, 4, 5, 6 …"
    assert others(("Nu", "Før"), "Nu") == "Før"
