"""Whatever encoding and separator, the same rows; and a sentence where there can be none."""

from io import BytesIO

import pytest

from bot import import_text
from bot.errors import UserError
from bot.import_csv import rows
from bot.import_text import Encoding, encoding_of, opened
from tests.bot.import_files import (
    HEADERS,
    KODEKLUBBEN,
    SPRINGBRAET,
    mixed_encodings,
    table,
    text,
)

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "latin-1",
)


def cells(data: bytes) -> list[tuple[object, ...]]:
    return [line.cells for line in rows(BytesIO(data))]


def refusal(data: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        cells(data)
    return caught.value


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_separator_and_encoding_gives_the_same_rows(
    encoding: str, separator: str
) -> None:
    assert cells(table(separator=separator, encoding=encoding)) == [
        HEADERS,
        SPRINGBRAET,
        KODEKLUBBEN[:5],
    ]


def test_letters_that_only_latin_1_has_are_read_as_latin_1() -> None:
    assert encoding_of(BytesIO(b"Navn;\x81\n\xe6;b\n")) == Encoding("latin-1")


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    data = b'\r\nNavn;Note\r\n;\r\nA;"to\r\nlinjer"\r\nB;b\r\n'
    assert [(line.number, line.cells[0]) for line in rows(BytesIO(data))] == [
        (2, "Navn"),
        (4, "A"),
        (5, "B"),
    ]


def test_line_ends_of_an_old_mac_are_line_ends() -> None:
    assert cells(b"Navn;Mail\rA;a@b.dk\r") == [("Navn", "Mail"), ("A", "a@b.dk")]


def test_excels_own_line_about_the_separator_is_believed() -> None:
    assert [(line.number, line.cells) for line in rows(BytesIO(b"sep=|\r\nNavn|x;y\r\n"))] == [
        (2, ("Navn", "x;y"))
    ]


def test_a_list_of_names_is_one_column() -> None:
    assert cells(b"Hansen & Co\nDansk; men sjov\nKor, Nord\n") == [
        ("Hansen & Co",),
        ("Dansk; men sjov",),
        ("Kor, Nord",),
    ]


def test_a_separator_within_quotation_marks_is_text() -> None:
    assert cells(b'Navn,Note\n"Hansen, Bo","siger ""hej"""\n')[1] == ("Hansen, Bo", 'siger "hej"')


def test_the_apostrophe_that_defuses_a_formula_is_taken_off_again() -> None:
    assert cells(b"Navn;Telefon\n'=SUM(A1);'+4533663000\n'hej';'s\n")[1:] == [
        ("=SUM(A1)", "+4533663000"),
        ("'hej'", "'s"),
    ]


def test_a_row_in_another_encoding_is_told_apart_and_readable() -> None:
    *good, bad = rows(BytesIO(mixed_encodings()))
    assert not any(line.fault for line in good)
    assert bad.number == 4
    assert bad.cells == ("Møllen", "Åse Ærø")
    assert bad.fault
    assert "another encoding" in bad.fault.msgid


def test_where_most_is_windows_the_row_in_utf_8_is_the_odd_one() -> None:
    data = table([("Møllen på Ærø", "æøåæøå")] * 3, encoding="cp1252")
    found = list(rows(BytesIO(data + "Ål;b\n".encode())))
    assert [bool(line.fault) for line in found] == [False, False, False, False, True]
    assert found[1].cells == ("Møllen på Ærø", "æøåæøå")


@pytest.mark.parametrize("data", [b"Navn;\0\0\n", bytes(range(1, 32)) * 9, b"ab\0c"])
def test_what_is_no_text_is_no_table(data: bytes) -> None:
    assert "not a table" in refusal(data).msgid


def test_a_file_that_stops_within_a_letter_is_half_a_file() -> None:
    error = refusal(table(encoding="utf-16")[:-1])
    assert "stops in the middle of row" in error.msgid


def test_a_line_without_an_end_is_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_text, "_LONGEST_LINE", 20)
    error = refusal(b"Navn;Mail\n" + b"x" * 30)
    assert error.values == {"row": 2, "limit": 20}


@pytest.mark.parametrize(
    "data",
    [
        'Navn;Note\nA;"b\n',  # the file ends within it
        'Navn;Note\nA;"' + "b\n" * 200 + '";c\n',  # more lines than a note has
        'Navn;Note\nA;"' + "b" * 140_000 + '"\n',  # more letters than a cell has
    ],
)
def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row(data: str) -> None:
    error = refusal(data.encode())
    assert "quotation mark" in error.msgid
    assert error.values == {"row": 2}


def test_a_quotation_mark_in_the_middle_of_a_text_is_just_that() -> None:
    assert cells(b'Navn;Note\nA;5" skive\nB;"x"y\n')[1:] == [("A", '5" skive'), ("B", "xy")]


def test_the_file_is_left_open_and_one_that_is_closed_is_left_alone() -> None:
    file = BytesIO(table())
    assert len(list(rows(file))) == 3
    assert not file.closed
    half = rows(file)
    next(half)
    file.close()
    half.close()
    with opened(BytesIO(b"a"), Encoding("utf-8")) as words:
        assert words.read() == "a"


def test_the_table_is_what_the_generator_says() -> None:
    assert text().startswith("Organisation;Kontaktperson")
