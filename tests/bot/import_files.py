"""Files as they come: awkward, damaged, hostile, and plain ones in every form."""

import csv
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook

HEADERS = ("Organisation", "Kontaktperson", "E-mail", "Telefon", "Niveau", "Sidst kontakt", "Noter")
SPRINGBRAET = (
    "Foreningen Springbræt",
    "Anne Holm",
    "anne@springbraet.dk",
    "33 66 30 00",
    "netværk",
    "1/2/2024",
    "lektier på øen",
)
KODEKLUBBEN = (
    "Kodeklubben Nord",
    "Bo Lind",
    "bo@kodeklubben.dk",
    "22 33 44 55",
    "partnerskab",
    "",
    "",
)
# As a workbook has it: without a zone.
_FEBRUARY = datetime.fromisoformat("2024-02-01")
ROWS = (SPRINGBRAET, KODEKLUBBEN)


def text(
    rows: Iterable[Sequence[object]] = ROWS,
    headers: Sequence[str] | None = HEADERS,
    separator: str = ";",
) -> str:
    """A table as text."""
    file = StringIO(newline="")
    lines = csv.writer(file, delimiter=separator)
    if headers:
        lines.writerow(headers)
    lines.writerows(rows)
    return file.getvalue()


def table(
    rows: Iterable[Sequence[object]] = ROWS,
    headers: Sequence[str] | None = HEADERS,
    separator: str = ";",
    encoding: str = "utf-8",
) -> bytes:
    """A CSV file."""
    return text(rows, headers, separator).encode(encoding)


def workbook(
    sheets: Mapping[str, Iterable[Sequence[object]]] | None = None, hidden: str = ""
) -> bytes:
    """An Excel workbook; without sheets the usual rows, with a real date."""
    dated = [[*SPRINGBRAET[:5], _FEBRUARY, SPRINGBRAET[6]], KODEKLUBBEN]
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (sheets or {"Partnere": [HEADERS, *dated]}).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title == hidden:
            sheet.sheet_state = "hidden"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(book: bytes, changes: dict[str, bytes]) -> bytes:
    """The workbook with other parts in it; an empty part is taken out."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            part = changes.get(name, old.read(name) if name in old.namelist() else b"")
            if part or name not in changes:
                new.writestr(name, part)
    return file.getvalue()


def sheet_of(book: bytes) -> bytes:
    """The XML of the first sheet."""
    with zipfile.ZipFile(BytesIO(book)) as packed:
        return packed.read("xl/worksheets/sheet1.xml")


def formulas() -> bytes:
    """A column of formulas that no program has ever worked out."""
    return workbook({"Partnere": [("Navn", "Antal"), ("Springbræt", "=1+1"), ("Kode", "=A2&B2")]})


def zip_bomb(megabytes: int = 510) -> bytes:
    """A workbook of some hundred kilobytes that unpacks to that size."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook())) as old,
        zipfile.ZipFile(file, "w", 8, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            block = b" " * 1_000_000
            for _ in range(megabytes):
                part.write(block)
    return file.getvalue()


def lying_zip_bomb() -> bytes:
    """A workbook whose directory says that its sheet is small, and it is not."""
    bomb = bytearray(zip_bomb(60))
    size = (60 * 1_000_000).to_bytes(4, "little")
    told = (1_000).to_bytes(4, "little")
    return bytes(bomb.replace(size, told))


def many_entities() -> bytes:
    """A workbook whose sheet unpacks by XML entities ("a billion laughs")."""
    laughs = "".join(f'<!ENTITY l{n} "{"".join([f"&l{n - 1};"] * 10)}">' for n in range(1, 10))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet>&l9;</worksheet>'
    )
    return repacked(workbook(), {"xl/worksheets/sheet1.xml": sheet.encode()})


def mixed_encodings() -> bytes:
    """UTF-8, and its last row in Windows-1252, as two lists put together in an editor."""
    return table() + table([("Møllen", "Åse Ærø")], headers=None, encoding="cp1252")


def picture() -> bytes:
    """The beginning of a PNG."""
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


CARD_OF_1998 = (
    b"BEGIN:VCARD\r\n"
    b"VERSION:2.1\r\n"
    b"N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:S=F8rensen;J=F8rgen\r\n"
    b"FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F8rgen=\r\n"
    b" S=F8rensen\r\n"
    b"ORG;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Foreningen Springbr=E6t;Kontoret\r\n"
    b"TITLE:Formand\r\n"
    b"TEL;WORK;VOICE:33 66 30 00\r\n"
    b"TEL;CELL:22 33 44 55\r\n"
    b"EMAIL;PREF;INTERNET:jorgen@springbraet.dk\r\n"
    b"ADR;WORK:;;Havnegade 1;Byen;;8000;Danmark\r\n"
    b"PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n"
    b" /9j/4AAQSkZJRgABAQ\r\n"
    b"\r\n"
    b"NOTE;ENCODING=QUOTED-PRINTABLE:spiller skak=0D=0Aom tirsdagen\r\n"
    b"REV:19981124T101500Z\r\n"
    b"END:VCARD\r\n"
)
CARD_3 = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Holm;Anne;;;\nFN:Anne Holm\nORG:Springbræt\n"
    "item1.EMAIL;type=INTERNET:anne@springbraet.dk\nEMAIL:anne@privat.dk\n"
    "CATEGORIES:lektier,børn\nURL:springbraet.dk\nEND:VCARD\n"
).encode()
CARD_4 = (
    b"BEGIN:VCARD\nVERSION:4.0\nFN:Carla Winther\nTEL;VALUE=uri;TYPE=work:tel:+45-33-66-30-00\n"
    b"END:VCARD\n"
)


def large_table(path: Path, rows: int, note: int = 60, day: date = date(2024, 2, 1)) -> Path:
    """A CSV file of that many partners, each with a person; `note` sets how long a row is."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(HEADERS)
        for n in range(rows):
            person = (f"Person {n}", f"p{n}@forening{n}.dk", f"33{n % 1_000_000:06}")
            lines.writerow((f"Forening {n}", *person, "netværk", day, f"æ{n} " * (note // 7)))
    return path


def large_workbook(path: Path, rows: int, note: int = 60) -> Path:
    """The same as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Partnere")
    sheet.append(HEADERS)
    for n in range(rows):
        person = (f"Person {n}", f"p{n}@forening{n}.dk", f"33{n % 1_000_000:06}")
        sheet.append(
            (f"Forening {n}", *person, "netværk", date(2024, 2, 1), f"æ{n} " * (note // 7))
        )
    book.save(path)
    return path
