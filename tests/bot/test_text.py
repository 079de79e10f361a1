import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import text

ANY_TEXT = st.text(max_size=60)  # includes lone surrogates, marks and controls


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ålborg", "ålborg", "aalborg", "Aalborg", "AALBORG", "A\u030alborg"),
        ("Ærø", "aeroe", "ÆRØ", "AEROE"),
        ("Café  Olé", "cafe ole", "\tCAFÉ\u00a0OLÉ\n", "Cafe\u0301 Ole\u0301"),
        ("Malmø", "Malmö", "malmoe"),
        ("Bo's \u201chus\u201d", "Bo\u2019s \u201ehus\u201f", 'bo\u00b4s "hus"'),
        ("VR-huset", "vr\u2013huset", "VR\u2014HUSET", "vr\u2212huset"),
        ("Spring\u200bbræt", "\u202eSpring\u00adbræt\u2066", "springbraet", "Springbræt\ufeff"),
        ("Øl & Œuvre, Łódź", "oel & oeuvre, lodz"),
        ("\ufb01lm \uff21\uff22", "film ab"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_that_people_mix_up_fold_to_one(spellings: tuple[str, ...]) -> None:
    assert len({text.fold(spelling) for spelling in spellings}) == 1


def test_different_words_stay_different() -> None:
    names = ("Ålborg", "Alborg", "Ærø", "Aro", "øre", "ore")
    assert len({text.fold(name) for name in names}) == len(names)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(typed: str) -> None:
    assert text.fold(text.fold(typed)) == text.fold(typed)


def test_no_character_of_unicode_folds_twice() -> None:
    letters = [*range(0x3400), *range(0xA000, 0xAD00), *range(0xF900, 0x11000)]
    signs = [*range(0x1D400, 0x1D800), *range(0x1F000, 0x1FA00)]
    every = " ".join(map(chr, letters + signs))  # without ideographs, which fold to themselves
    once = text.fold(every)
    assert text.fold(once) == once


@given(ANY_TEXT)
def test_folded_text_hides_nothing(typed: str) -> None:
    assert not [char for char in text.fold(typed) if unicodedata.category(char) in {"Cc", "Cf"}]


def test_words_are_letters_and_digits() -> None:
    assert text.words("Børne-festival_2026: lege & løb!") == [
        "boerne",
        "festival",
        "2026",
        "lege",
        "loeb",
    ]
    assert text.words(" \u202e !? ") == []


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Springbræt", "springbraet"),
        ("Foreningen Springbræt", "springbraet"),
        ("SPRINGBRÆT ApS.", "springbraet"),
        ("A/S Øresund", "oeresund"),
        ("Øresund A / S", "oeresund"),
        ("Kunst AS", "kunst"),
        ("Lind & Holm I/S", "lind holm"),
        ("Andel F.M.B.A.", "andel"),
        ("Andel A.M.B.A", "andel"),
        ("Vækst IVS", "vaekst"),
        ("Fonden Huset K/S", "huset"),
        ("Kompas P/S", "kompas"),
        ("Den selvejende institution Huset", "huset"),
        ("Pixelværket v/ Bo Lind", "pixelvaerket"),
        ("Pixelværket v/Bo Lind", "pixelvaerket"),
        ("Pixelværket c/o Byens Hus", "pixelvaerket"),
        ("Lokalhistorisk Forening", "lokalhistorisk forening"),
        ("Kaps & Lapsus", "kaps lapsus"),
        ("As You Like It", "as you like it"),
        ("Fonden", "fonden"),
        ("v/ Bo", "v bo"),
        ("🎉", "🎉"),
        ("", ""),
    ],
)
def test_a_bare_name_has_no_legal_form(name: str, bare: str) -> None:
    assert text.bare_name(name) == bare


@given(ANY_TEXT)
def test_a_bare_name_is_empty_only_for_nothing(typed: str) -> None:
    assert bool(text.bare_name(typed)) == bool(text.fold(typed))


def test_cleaning_takes_out_what_cannot_be_seen() -> None:
    typed = "\ufeffNavn\x00\x1b[0m\u202egnirps\u202c\u2066!\u2069\u200e\u200b\ud800\u3164"
    assert text.clean(typed) == "Navn[0mgnirps!"


def test_cleaning_keeps_lines_emoji_and_letters() -> None:
    typed = (
        "  Familie 👨\u200d👩\u200d👧 ❤\ufe0f\r\nA\u030aben\tdag  \u2028\r\x85Æ <!channel> &lt;\n\n"
    )
    assert text.clean(typed) == (
        "Familie 👨\u200d👩\u200d👧 ❤\ufe0f\nÅben dag\n\n\nÆ <!channel> &lt;"
    )


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_and_can_be_stored(typed: str) -> None:
    once = text.clean(typed)
    assert text.clean(once) == once
    assert once.encode().decode() == once
    assert text.fold(once) == text.fold(typed)


def test_one_line_has_no_line_ends() -> None:
    assert text.one_line(" a \r\n\n b\u2028c  d ") == "a b c d"


def test_shortened_cuts_at_a_word() -> None:
    assert text.shortened("Springbræt", 10) == "Springbræt"
    assert text.shortened("En lang sætning", 10) == "En lang…"
    assert text.shortened("Springbrættet", 10) == "Springbræ…"


@given(ANY_TEXT, st.integers(min_value=1, max_value=80))
def test_shortened_never_exceeds_its_limit(typed: str, limit: int) -> None:
    assert len(text.shortened(typed, limit)) <= limit


COMMANDS = ("kontakt", "hvem", "ny", "tjek", "hjælp", "mål", "hvide pletter", "indstillinger")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tejk", "tjek"),
        ("TJÆK", "tjek"),
        ("kontkt", "kontakt"),
        ("hjaelp", "hjælp"),
        ("maal", "mål"),
        ("vhem", "hvem"),
        ("indst", "indstillinger"),
        ("hvid", "hvide pletter"),
        ("nu", None),
        ("i", None),
        ("springbræt", None),
        ("", None),
    ],
)
def test_the_nearest_word_is_what_was_meant(typed: str, meant: str | None) -> None:
    assert text.nearest(typed, COMMANDS) == meant


def test_nearest_of_nothing_is_nothing() -> None:
    assert text.nearest("tjek", ()) is None


@pytest.mark.parametrize(
    "typed",
    [
        "010180-1234",
        "0101801234",
        "010180 1234",
        "010180 - 1234",
        "010180\u20131234",
        "0101\u200b80-1234",
        "\uff10\uff11\uff10\uff11\uff18\uff10-1234",
        "Anne (cpr 311299-4321) ringede",
        "cpr:2902001234",
        "CPR010180-1234.",
        "Linje et\nAnne 010180-1234\nlinje tre",
        "Ring 21 43 65 87, cpr 010180-1234",
        "+45 21436587 010180-1234",
        "13. februar: 300613-0000, og 310613-0000",
        "290299-1234 eller 280299-1234",
    ],
)
def test_a_personal_number_is_seen(typed: str) -> None:
    assert text.looks_like_cpr(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "21436587",
        "21 43 65 87",
        "+45 21 43 65 87",
        "+4521436587",
        "004521436587",
        "+46 0101801234",
        "+3101801234",
        "+31 010180 1234",
        "CVR 12345674",
        "DK 12 34 56 74",
        "EAN 5798000123456",
        "P-nr. 1012345678",
        "p-nummer: 1012345678",
        "ISBN 0306406152",
        "isbn-10: 0306406152",
        "320180-1234",
        "011380-1234",
        "310280-1234",
        "290299-1234",
        "000000-0000",
        "2026-010180-1234",
        "010180-1234-7",
        "010180-12345",
        "9010180-1234",
        "010180-123",
        "1012345678.123456",
        "Mødet er 010126\n2100 København Ø",
        "01-01-80 kl. 12.34",
        "uge 48, 2026",
    ],
)
def test_other_numbers_are_left_alone(typed: str) -> None:
    assert not text.looks_like_cpr(typed)


@given(st.dates(), st.integers(min_value=0, max_value=9999), st.sampled_from(["", "-", " "]))
def test_every_date_of_birth_is_seen(born: object, serial: int, between: str) -> None:
    assert text.looks_like_cpr(f"Født {born:%d%m%y}{between}{serial:04} ja")


def test_a_capital_leaves_the_other_letters() -> None:
    assert text.capital("fabLab") == "FabLab"
    assert text.capital("ældre Sagen") == "Ældre Sagen"
    assert text.capital("") == ""


def test_words_are_sorted_by_the_danish_alphabet() -> None:
    written = ["Ålborg", "zoo", "Østerbro", "café", "æbler", "cafeteria", "A\u030arhus", "børn"]
    assert sorted(written, key=text.alphabetic) == [
        "børn",
        "café",
        "cafeteria",
        "zoo",
        "æbler",
        "Østerbro",
        "Ålborg",
        "A\u030arhus",
    ]
