import csv
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.export import Entry, Format, Wanted, What, defused
from bot.partner import ContactPerson, Kind, Partner, Room
from bot.workspace import Workspace
from tests.bot.export_entries import CARLA, IDEA, PAPER, SPONSOR, WHOLE, written


def read(what: What, *entries: Entry, **more: Any) -> list[dict[str, str]]:
    """The CSV opened again."""
    content, _ = written(Wanted(Format.CSV, what), *entries, **more)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def test_the_partners() -> None:
    first, second, third = read(What.PARTNERS, WHOLE, SPONSOR, CARLA)
    assert first["Partnerens nummer"] == "3"
    assert first["Navn"] == "Foreningen Springbræt"
    assert first["Andre navne"] == "Springbrættet, SB"
    assert first["Slags"] == "forening"
    assert first["Plads i cirklen"] == "partnerskab"
    assert first["Rum"] == "læringsrummet, møderummet"
    assert first["Alder"] == "6-12 år, unge"
    assert first["Formål"] == "nå nye brugere"
    assert first["Samarbejde siden"] == "2025-02-01"
    assert first["Tovholder"] == "Mette Øst"
    assert first["Note"] == "'=SUM(A1)"
    assert first["Seneste kontakt"] == "2026-05-02"
    assert first["Noteret den"] == "2026-10-01"
    assert (first["Arkiveret"], second["Arkiveret"]) == ("", "ja")
    assert (second["Plads i cirklen"], second["Relation"]) == ("", "sponsor")
    assert (third["Slags"], third["Tovholder"], third["Seneste kontakt"]) == (
        "enkeltperson",
        "",
        "",
    )
    assert second["Slags"] == ""


def test_the_librarys_own_words_and_a_colleague_without_a_name() -> None:
    library = Workspace(kind_names={Kind.ASSOCIATION: "klub"}, room_names={Room.MEETING: "torvet"})
    (row,) = read(What.PARTNERS, WHOLE, paper=replace(PAPER, library=library, names={}))
    assert (row["Slags"], row["Rum"]) == ("klub", "læringsrummet, torvet")
    assert row["Tovholder"] == "U02"


def test_of_those_who_wish_no_contact_mail_and_phone_are_left_out() -> None:
    anne, bo = read(What.PEOPLE, WHOLE)
    assert (anne["Mail"], anne["Telefon"]) == ("anne@springbraet.dk", "'+4533663000")
    assert (anne["Har fået besked den"], anne["Ønsker ikke kontakt"]) == ("2025-03-01", "")
    assert (bo["Navn"], bo["Mail"], bo["Telefon"]) == ("Bo Lind", "", "")
    assert (bo["Har fået besked den"], bo["Ønsker ikke kontakt"]) == ("", "ja")


def test_contacts_moves_and_checks() -> None:
    met, _ = read(What.CONTACTS, WHOLE)
    assert [*met.values()] == [
        *("3", "Foreningen Springbræt", "2026-05-02", "Vi mødtes", "foråret", "Anne", "")
    ]
    inwards, ended = read(What.MOVES, WHOLE)
    assert (inwards["Dato"], inwards["Fra"], inwards["Til"]) == (
        *("2026-10-01", "netværk", "partnerskab"),
    )
    assert (inwards["Hvorfor"], ended["Hvad der flyttede det"]) == ("aftale", "det sluttede")
    assert ended["Hvad vi lærte"] == "tid"
    check, idea = read(What.CHECKS, WHOLE, ideas=[IDEA])
    assert (check["Kort tjek"], check["Konklusion"]) == ("ja", "Ja, hvis …")
    assert check["Besluttet den"] == "2026-10-01"
    assert (idea["Partnerens nummer"], idea["Partner"]) == ("", "Dansehallerne")
    assert (idea["Idéen"], idea["Konklusion"]) == ("'@dans", "")


def test_in_an_evaluation_our_figure_and_theirs_stand_apart_and_no_name_by_them() -> None:
    easy, criteria = read(What.EVALUATIONS, WHOLE)
    assert (easy["Svarene vist"], easy["Anledning"], easy["Spørgeskema"]) == (
        *("2026-10-01", "én gang om året", "Partnerskab"),
    )
    assert (easy["Tema"], easy["Skala"]) == ("Samarbejde", "1 til 5")
    assert (easy["Vi siger"], easy["Partneren siger"]) == ("4,5", "2")
    assert (criteria["Vi siger"], criteria["Partneren siger"]) == ("0,5", "")
    assert criteria["Skala"] == "andel på plads, 0 til 1"
    many = ("Svar fra os", "Spurgte hos os", "Svar fra partneren", "Spurgte hos partneren")
    assert [easy[name] for name in many] == ["2", "3", "1", "1"]
    assert (easy["Beslutning"], easy["Hvorfor"]) == ("justeret", "roller")
    assert easy["Aftalt"] == "skriv nummeret op (gjort)\nhold et møde (inden 2026-10-20)"


def test_a_figure_is_a_number_in_a_book_too() -> None:
    content, _ = written(Wanted(Format.XLSX, What.EVALUATIONS), WHOLE)
    (sheet,) = opened(content).worksheets
    assert [sheet.cell(2, number).value for number in (9, 10)] == [4.5, 2]


@pytest.mark.parametrize("what", What)
def test_no_table_says_which_colleague_did_what(what: What) -> None:
    content, _ = written(Wanted(Format.CSV, what), WHOLE, ideas=[IDEA] * (what is What.CHECKS))
    names = content.decode().count("U02") + content.decode().count("U03")
    assert names == 0
    assert content.decode().count("Mette") == (what is What.PARTNERS)  # the responsible


@given(st.text(), st.text())
def test_a_cell_comes_back_as_it_was(name: str, note: str) -> None:
    if "\0" in name + note:
        return
    entry = Entry(Partner(name, id=3, note=note))
    (row,) = read(What.PARTNERS, entry)
    assert (row["Navn"], row["Note"]) == (defused(name), defused(note))


def test_a_book_has_a_sheet_per_table_frozen_below_its_head() -> None:
    content, to = written(Wanted(Format.XLSX), WHOLE, SPONSOR, ideas=[IDEA])
    book = opened(content)
    assert book.sheetnames == [
        "Partnere",
        "Kontaktpersoner",
        "Kontakter",
        "Flytninger i cirklen",
        "Tjek",
        "Evalueringer",
    ]
    twos = ("partners", "people", "contacts", "moves", "checks", "evaluations")
    assert to.counts == dict.fromkeys(twos, 2)
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].value == "Partnerens nummer"
        assert sheet["A1"].font.bold
        assert sheet.max_row == 3


def test_a_book_has_real_days_and_texts_that_compute_nothing() -> None:
    content, _ = written(Wanted(Format.XLSX), WHOLE)
    book = opened(content)
    sheet = book["Partnere"]
    head, first = sheet.iter_rows(max_row=2)
    row = {name.value: cell for name, cell in zip(head, first, strict=True)}
    assert row["Samarbejde siden"].value == datetime(2025, 2, 1)  # noqa: DTZ001 - a cell has no zone
    assert row["Samarbejde siden"].is_date
    assert row["Samarbejde siden"].number_format == "dd-mm-yyyy"
    assert (row["Note"].value, row["Note"].data_type) == ("=SUM(A1)", "s")
    assert row["Note"].quotePrefix
    assert not row["Navn"].quotePrefix
    assert row["Partnerens nummer"].value == 3
    assert row["Arkiveret"].value is None
    people = book["Kontaktpersoner"]
    assert (people["G2"].value, people["G2"].data_type) == ("+4533663000", "s")
    assert people["K3"].value == "ja"


def test_one_sheet_where_one_is_wanted_and_no_character_that_a_book_cannot_hold() -> None:
    odd = Entry(Partner("Æ\x07ø", id=3, people=(ContactPerson("x" * 40_000, id=4),)))
    content, _ = written(Wanted(Format.XLSX, What.PEOPLE), odd)
    book = opened(content)
    assert book.sheetnames == ["Kontaktpersoner"]
    assert book.active is not None
    assert book.active["B2"].value == "Æø"
