"""What a row says of a partner and its persons, and every reason why it says nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import pytest

from bot.circle import Level
from bot.import_columns import recognise
from bot.import_file import read
from bot.import_join import joined
from bot.import_record import Doubt, Person, Reason, Record, Refused, Words
from bot.import_rows import records
from bot.import_sheet import Sheet
from bot.partner import ContactPerson, Kind, Room
from bot.translation import Translator
from bot.workspace import Language, Workspace
from tests.bot.import_files import (
    HEADERS,
    KODEKLUBBEN,
    SPRINGBRAET,
    mixed_encodings,
    table,
    workbook,
)

TODAY = date(2026, 11, 22)
WORDS = Words(
    Workspace(keywords=("lektier",), branches=("Nord",)),
    colleagues={"U1": "Mette Øst", "U2": "Ali Khan"},
)
DANISH = Translator(Language.DANISH)


def read_from(data: bytes) -> list[Record | Refused]:
    sheet = read(BytesIO(data), "liste.csv")
    assert isinstance(sheet, Sheet)
    return list(records(sheet, recognise(sheet, WORDS), WORDS, TODAY))


def found(headers: Sequence[str], *rows: Sequence[object]) -> list[Record | Refused]:
    return read_from(table(rows, headers))


def one(**cells: str) -> Record:
    record = only(cells)
    assert isinstance(record, Record), record
    return record


def refused(**cells: str) -> list[str]:
    record = only(cells)
    assert isinstance(record, Refused), record
    return [reason.msgid for reason in record.reasons]


def only(cells: Mapping[str, str]) -> Record | Refused:
    rest = {"Navn": "Springbræt", "Sagsnummer": "1"}
    whole = rest | {name.replace("_", " "): text for name, text in cells.items()}
    (record,) = found(list(whole), list(whole.values()))
    return record


def test_a_row_as_libraries_write_it() -> None:
    first, second = found(HEADERS, SPRINGBRAET, KODEKLUBBEN)
    assert isinstance(first, Record)
    assert first.numbers == (2,)
    assert first.fields == {
        "name": "Foreningen Springbræt",
        "level": Level.NETWORK,
        "note": "lektier på øen",
    }
    anne = Person("Anne Holm", email="anne@springbraet.dk", phone="+4533663000")
    assert first.people == (anne,)
    assert first.last_contact == date(2024, 2, 1)
    assert isinstance(second, Record)
    assert second.last_contact is None
    assert "note" not in second.fields


def test_every_field_is_brought_to_its_one_form() -> None:
    record = one(
        Partnernummer="7",
        Andre_navne="SB; Brættet, Bræt",
        CVR="DK 10 15 08 17",
        Hjemmeside="Springbraet.DK",
        Type="Forening",
        Rum="læringsrummet, møderummet",
        Emneord="Lektier, nyt",
        Tags="mere",
        Samarbejde_siden="1. februar 2024",
        Arkiveret="ja",
        Tovholder="mette",
        Noter="en",
        Bemærkninger="to",
        Adresse="Havnegade 1",
        Frist="1/2/2027",
    )
    assert record.id == 7
    assert record.cvr == "10150817"
    assert record.fields == {
        "name": "Springbræt",
        "case_number": "1",
        "other_names": ("SB", "Brættet", "Bræt"),
        "cvr": "10150817",
        "website": "https://springbraet.dk",
        "kind": Kind.ASSOCIATION,
        "rooms": (Room.LEARNING, Room.MEETING),
        "keywords": ("lektier", "nyt", "mere"),
        "start": date(2024, 2, 1),
        "archived": True,
        "responsible": "U1",
        "note": "en\nto\nAdresse: Havnegade 1",
        "next_step_on": date(2027, 2, 1),
    }


def test_a_blank_cell_says_nothing() -> None:
    record = one(CVR="", Noter=" ", Mail="", Emneord="", Arkiveret="", Sidst_kontakt="")
    assert record.fields == {"name": "Springbræt", "case_number": "1"}
    assert record.people == ()
    assert record.last_contact is None


@pytest.mark.parametrize(
    ("heading", "cell", "sentence"),
    [
        ("CVR", "12345678", "cannot be a CVR number"),
        ("Mail", "anne@", "is not an e-mail address"),
        ("Hjemmeside", "hov hov", "is not an address on the web"),
        ("Noter", "010190-1234", "looks like a CPR number"),
        ("Kontaktperson", "010190-1234", "looks like a CPR number"),
        ("Noter", "x" * 3001, "The note is too long"),
        ("Partnernummer", "syv", "is no number from our own export"),
        ("Partnernummer", "0", "is no number from our own export"),
        ("Partnernummer", "1" * 16, "is no number from our own export"),
        ("Personens nummer", "x", "is no number from our own export"),
    ],
)
def test_a_cell_that_cannot_be_right_refuses_the_row_by_its_heading(
    heading: str, cell: str, sentence: str
) -> None:
    record = only({heading: cell})
    assert isinstance(record, Refused)
    (reason,) = record.reasons
    assert sentence in reason.msgid
    assert reason.column == heading
    assert record.sentences(DANISH)[0].startswith(f"Kolonnen ”{heading}”: ")
    assert record.number == 2


@pytest.mark.parametrize(
    ("heading", "field", "cell", "sentence"),
    [
        ("Sidst kontakt", "last_contact", "31/2/2024", "does not exist"),
        ("Sidst kontakt", "last_contact", "1/2/2031", "has not come yet"),
        ("Sidst kontakt", "last_contact", "marts 2026", "is not a date"),
        ("Sidst kontakt", "last_contact", "2026", "is not a date"),
        ("Sidst kontakt", "last_contact", "12/03", "is not a date"),
        ("Samarbejde siden", "start", "engang", "is not a date"),
        ("Frist", "next_step_on", "snart", "is not a date"),
        ("Har fået besked den", "person.told_on", "1/2/2031", "has not come yet"),
    ],
)
def test_a_day_that_cannot_be_read_costs_the_row_that_field_only(
    heading: str, field: str, cell: str, sentence: str
) -> None:
    record = one(**{heading: cell, "Noter": "skak"})
    assert record.fields == {"name": "Springbræt", "case_number": "1", "note": "skak"}
    assert (record.last_contact, record.people) == (None, ())
    (doubt,) = record.doubts
    assert (doubt.field, doubt.value, doubt.taken) == (field, cell, False)
    assert sentence in doubt.reason.msgid
    assert doubt.reason.sentence(DANISH).startswith(f"Kolonnen ”{heading}”: ”{cell}”")
    assert doubt.reason.sentence(DANISH).endswith("Feltet bliver, som det er.")


def test_a_workbooks_own_date_that_cannot_be_is_told_as_well() -> None:
    ahead = datetime(2031, 2, 1)  # noqa: DTZ001 - as a workbook has it
    sheet = read(BytesIO(workbook({"A": [("Navn", "Sidst kontakt"), ("A", ahead)]})), "x.xlsx")
    assert isinstance(sheet, Sheet)
    (record,) = records(sheet, recognise(sheet, WORDS), WORDS, TODAY)
    assert isinstance(record, Record)
    assert [doubt.value for doubt in record.doubts] == ["2031-02-01"]


@pytest.mark.parametrize("cell", ["-", "–", "?", "Ukendt", "ved ikke", "aldrig", "n/a"])
@pytest.mark.parametrize("heading", ["Sidst kontakt", "CVR", "Mail", "Hjemmeside", "Telefon"])
def test_a_word_for_nothing_is_a_blank_cell(heading: str, cell: str) -> None:
    record = one(**{heading: cell})
    assert record.fields == {"name": "Springbræt", "case_number": "1"}
    assert (record.last_contact, record.people, record.doubts) == (None, (), ())


def test_a_word_for_nothing_is_a_text_where_texts_stand() -> None:
    assert one(Noter="-", Navn="Ukendt").fields["note"] == "-"


def test_a_person_in_an_address_book_needs_no_organisation() -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Åse Lund\nEMAIL:aase@x.dk\nEND:VCARD\n"
    (record,) = read_from(card.encode())
    assert isinstance(record, Record)
    assert (record.name, record.doubts) == ("Åse Lund", ())


def test_our_list_of_addresses_for_outlook_can_be_read_again() -> None:
    rows = read_from("Åse Lund <aase@x.dk>;\r\nØjvind Bæk <bo@x.dk>;\r\n".encode())
    assert [(row.name, row.emails, row.doubts) for row in rows if isinstance(row, Record)] == [
        ("Åse Lund", ("aase@x.dk",), ()),
        ("Øjvind Bæk", ("bo@x.dk",), ()),
    ]


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(refused(CVR="1", Mail="x", Partnernummer="y")) == 3
    assert len(refused(Mail="x", Kontaktperson="010190-1234")) == 2
    assert refused(Fornavn="010190-1234")
    assert refused(Navn="", Mail="a@x.dk") == [
        "The row has no name. Write what the organisation is called."
    ]
    assert len(refused(Navn="x" * 300)) == 1
    assert refused(Tovholder="mette", Afløser="mette") == [
        "A deputy steps in for the responsible, so choose somebody else."
    ]


def test_a_cell_too_many_and_a_row_in_another_encoding_are_refused() -> None:
    (record,) = read_from(b"Navn;Mail\nA;a@x.dk\n" + b"x;;\n" * 80 + b"B;b@x.dk;c\n")[-1:]
    assert isinstance(record, Refused)
    assert "more cells than there are headings" in record.reasons[0].msgid
    record = read_from(mixed_encodings())[-1]
    assert isinstance(record, Refused)
    assert "another encoding" in record.reasons[0].msgid


@pytest.mark.parametrize(
    ("heading", "field", "cell", "value"),
    [
        ("Niveau", "level", "partnerskb", Level.PARTNERSHIP),
        ("Niveau", "level", "superduper", None),
        ("Emneord", "keywords", "lektir", ("lektier",)),
        ("Tovholder", "responsible", "Ali Kahn", "U2"),
        ("Tovholder", "responsible", "Sofie", None),
        ("Arkiveret", "archived", "måske", None),
        ("Ønsker ikke kontakt", "person.no_contact", "måske", None),
    ],
)
def test_what_is_nearly_a_word_of_ours_is_told_and_never_dropped(
    heading: str, field: str, cell: str, value: object
) -> None:
    record = only({heading: cell})
    assert isinstance(record, Record)
    (doubt,) = record.doubts
    assert (doubt.field, doubt.value, doubt.taken) == (field, cell, value is not None)
    assert doubt.reason.column == heading
    assert record.fields.get(field) == value


def test_a_spreadsheets_date_for_an_age_is_an_age_again() -> None:
    dated = datetime(2026, 12, 6)  # noqa: DTZ001 - as a workbook has it
    sheet = read(BytesIO(workbook({"A": [("Navn", "Aldersgruppe"), ("A", dated)]})), "x.xlsx")
    assert isinstance(sheet, Sheet)
    (record,) = records(sheet, recognise(sheet, WORDS), WORDS, TODAY)
    assert isinstance(record, Record)
    assert record.fields["age_groups"] == ("6-12",)


# Persons


def persons(**cells: str) -> tuple[Person, ...]:
    return one(**cells).people


def test_first_and_last_name_are_one_name() -> None:
    assert persons(Fornavn="Anne", Efternavn="Holm") == (Person("Anne Holm"),)
    assert persons(Efternavn="Holm") == (Person("Holm"),)


def test_two_telephones_of_a_person_are_one_and_a_note() -> None:
    assert persons(Kontaktperson="Anne", Telefon="33663000", Mobil="22334455") == (
        Person("Anne", phone="+4533663000", note="Mobil: 22334455"),
    )


def test_several_persons_in_their_own_columns() -> None:
    people = persons(
        Kontaktperson_1="Anne", Mail_1="anne@x.dk", Kontaktperson_2="Bo", Mail_2="bo@x.dk"
    )
    assert people == (Person("Anne", email="anne@x.dk"), Person("Bo", email="bo@x.dk"))


def test_several_persons_in_one_cell() -> None:
    people = persons(
        Kontaktperson="Anne; Bo",
        Mail="anne@x.dk, bo@x.dk",
        Telefon="33663000; 22334455",
        Titel="formand; kasserer",
    )
    assert people == (
        Person("Anne", "formand", "anne@x.dk", "+4533663000"),
        Person("Bo", "kasserer", "bo@x.dk", "+4522334455"),
    )
    assert persons(Kontaktperson="Anne;Bo", Titel="formand", Mail="a@x.dk") == (
        Person("Anne", "formand", "a@x.dk"),
        Person("Bo"),
    )


@pytest.mark.parametrize("between", ["; ", ", ", " ", " / ", " og ", "\n", " & "])
def test_several_addresses_in_a_cell_are_told_apart(between: str) -> None:
    people = persons(Mail=f"anne@x.dk{between}bo@x.dk")
    assert [person.email for person in people] == ["anne@x.dk", "bo@x.dk"]


def test_addresses_among_other_words_are_not_guessed_at() -> None:
    assert len(refused(Mail="anne@x.dk kun om tirsdagen, ellers bo@x.dk")) == 1


def test_more_addresses_than_persons_are_told() -> None:
    record = one(Kontaktperson="Anne; Bo", Mail="a@x.dk;b@x.dk;c@x.dk")
    assert [person.email for person in record.people] == ["a@x.dk", "b@x.dk", "c@x.dk"]
    (doubt,) = record.doubts
    assert doubt.taken
    assert doubt.reason.values == {"names": 2, "addresses": 3}


def test_an_address_with_a_name_is_a_name_and_an_address() -> None:
    assert persons(Mail='"Anne Holm" <anne@x.dk>; Bo <bo@x.dk>') == (
        Person("Anne Holm", email="anne@x.dk"),
        Person("Bo", email="bo@x.dk"),
    )
    assert persons(Kontaktperson="A", Mail="Anne <anne@x.dk>") == (Person("A", email="anne@x.dk"),)


def test_danish_names_before_an_address_are_names() -> None:
    assert persons(Mail="Åse Lund <aase@x.dk>") == (Person("Åse Lund", email="aase@x.dk"),)
    assert persons(Mail="Åse Lund <AASE@X.dk>;") == (Person("Åse Lund", email="AASE@x.dk"),)
    assert persons(Mail='"Lund, Åse" <aase@x.dk>') == (Person("Lund, Åse", email="aase@x.dk"),)
    assert refused(Mail="Åse Lund <aase>")


@pytest.mark.parametrize("between", [", ", "; ", " og ", " & ", "\n", " / ", " "])
def test_several_names_before_their_addresses_are_told_apart(between: str) -> None:
    assert persons(Mail=f"Åse Lund <aase@x.dk>{between}Øjvind Bæk <bo@x.dk>") == (
        Person("Åse Lund", email="aase@x.dk"),
        Person("Øjvind Bæk", email="bo@x.dk"),
    )


@pytest.mark.parametrize("between", [", ", " / ", " og ", " & ", "; ", "\n", " samt "])
def test_names_in_one_cell_are_told_apart_as_their_addresses_are(between: str) -> None:
    record = one(
        Kontaktperson=f"Mette Sørensen{between}Ole Åkjær",
        Mail="mette@x.dk, ole@x.dk",
        Telefon="33663000 / 22334455",
    )
    assert record.people == (
        Person("Mette Sørensen", email="mette@x.dk", phone="+4533663000"),
        Person("Ole Åkjær", email="ole@x.dk", phone="+4522334455"),
    )
    assert record.doubts == ()


def test_two_whole_names_with_an_and_between_are_two_persons() -> None:
    assert one(Kontaktperson="Søren Kjær (formand) og Åse Lund (kasserer)").doubts == ()
    people = persons(Kontaktperson="Søren Kjær (formand) og Åse Lund (kasserer)", Mail="s@x.dk")
    assert people == (
        Person("Søren Kjær (formand)", email="s@x.dk"),
        Person("Åse Lund (kasserer)"),
    )


@pytest.mark.parametrize(
    ("names", "mails", "read"),
    [
        ("Anne Holm, Byens Museum", "a@x.dk", ["Anne Holm", "Byens Museum"]),
        ("Mette, Ole", "m@x.dk; o@x.dk", ["Mette", "Ole"]),
        ("Mette og Ole", "m@x.dk; o@x.dk", ["Mette", "Ole"]),
    ],
)
def test_names_that_a_comma_may_belong_to_are_told(
    names: str, mails: str, read: Sequence[str]
) -> None:
    record = one(Kontaktperson=names, Mail=mails)
    assert [person.name for person in record.people] == read
    (doubt,) = record.doubts
    assert (doubt.field, doubt.value, doubt.taken) == ("person.name", names, True)
    assert doubt.reason.sentence(DANISH) == (
        f"Kolonnen ”Kontaktperson”: ”{names}” er læst som {len(read)} personer:"
        f" {' · '.join(read)}. Se efter, at det passer."
    )


@pytest.mark.parametrize(
    "name", ["Anne Holm, formand", "Holm, Anne", "Anne og Bo Holm", "Anne Holm c/o Bo Lind"]
)
def test_one_name_with_a_comma_or_an_and_stays_one(name: str) -> None:
    assert one(Kontaktperson=name, Mail="a@x.dk").people == (Person(name, email="a@x.dk"),)


def test_what_our_own_table_of_persons_says() -> None:
    people = persons(
        Personens_nummer="4",
        Kontaktperson="Anne",
        Har_fået_besked_den="2025-03-01",
        Ønsker_ikke_kontakt="ja",
        Personens_note="har nøglen",
        Kilde="visitkort",
    )
    assert people == (
        Person(
            "Anne",
            note="har nøglen",
            source="visitkort",
            id=4,
            told_on=date(2025, 3, 1),
            no_contact=True,
        ),
    )
    assert persons(Personens_nummer="4") == (Person(id=4),)
    assert persons(Ønsker_ikke_kontakt="nej") == ()
    assert [p.id for p in persons(Personens_nummer="4", Kontaktperson="Anne;Bo")] == [4, 0]


def test_a_person_over_a_known_one_erases_nothing() -> None:
    known = ContactPerson("Anne Holm", "formand", "a@x.dk", id=4)
    assert Person(email="ny@x.dk").over(known) == ContactPerson(
        "Anne Holm", "formand", "ny@x.dk", id=4
    )
    assert Person("Bo").new == ContactPerson("Bo")


def test_a_person_without_an_organisation_is_an_individual() -> None:
    record = one(Navn="", Kontaktperson="Carla Winther", Niveau="netværk")
    assert record.fields["name"] == "Carla Winther"
    assert record.fields["kind"] is Kind.INDIVIDUAL
    (doubt,) = record.doubts
    assert (doubt.field, doubt.value, doubt.taken) == ("name", "Carla Winther", True)
    assert doubt.reason.sentence(DANISH) == (
        "Kolonnen ”Navn”: Rækken har ingen organisation, så ”Carla Winther” bliver læst ind som"
        " enkeltperson."
    )
    assert one(Navn="", Partnernummer="7").name == ""


# Several rows of one partner


def test_rows_of_one_partner_that_follow_each_other_are_one() -> None:
    rows = (
        ("Springbræt", "Anne", "a@x.dk", "1/2/2024", "lektier", "en"),
        ("springbraet", "Bo", "b@x.dk", "1/3/2024", "skak", "to"),
        ("Springbræt", "Anne", "a@x.dk", "", "", "en"),
        ("Kode", "", "", "", "", ""),
        ("", "", "hov", "", "", ""),
        ("Kode", "Carl", "", "", "", ""),
    )
    headers = ("Navn", "Kontaktperson", "Mail", "Sidst kontakt", "Emneord", "Noter")
    first, second, wrong, last = found(headers, *rows)
    assert isinstance(first, Record)
    assert first.numbers == (2, 3, 4)
    assert [line.number for line in first.lines] == [2, 3, 4]
    assert first.emails == ("a@x.dk", "b@x.dk")
    assert first.last_contact == date(2024, 3, 1)
    assert first.fields == {"name": "Springbræt", "keywords": ("lektier", "skak"), "note": "en\nto"}
    assert not first.doubts
    assert isinstance(second, Record)
    assert isinstance(wrong, Refused)
    assert isinstance(last, Record)
    assert last.numbers == (7,)


def test_two_numbers_are_two_partners_and_one_cvr_number_of_two_names_is_two_as_well() -> None:
    cells = ("Navn", "CVR")
    assert len(found(cells, ("A", "10150817"), ("A", "26134439"))) == 2
    assert len(found(cells, ("A", "10150817"), ("B", "10150817"))) == 2
    assert len(found(cells, ("A", "10150817"), ("A", ""))) == 1
    assert len(found(("Partnernummer", "Navn"), ("1", "A"), ("1", "B"))) == 1
    assert len(found(("Partnernummer", "Noter"), ("1", "a"), ("2", "b"))) == 2


def test_what_two_rows_disagree_on_is_told_and_the_first_kept() -> None:
    one = Record((2,), {"name": "A", "level": Level.NETWORK}, id=7)
    two = Record((9,), {"name": "a", "level": Level.PARTNERSHIP, "cvr": "10150817"})
    both = joined(one, two)
    assert both.fields == {"name": "A", "level": Level.NETWORK, "cvr": "10150817"}
    assert (both.id, both.numbers, both.last_contact) == (7, (2, 9), None)
    (doubt,) = both.doubts
    assert doubt == Doubt("level", "partnership", doubt.reason, taken=False)
    assert doubt.reason.values == {"name": "A"}


def test_a_reason_is_a_sentence_with_or_without_values_and_column() -> None:
    english = Translator(Language.ENGLISH)
    assert Reason("“{value}” hov", {"value": "x"}, "Mail").sentence(english) == (
        "Column “Mail”: “x” hov"
    )
    assert Reason("plain").sentence(english) == "plain"
