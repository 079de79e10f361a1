"""What the library calls things, however it is spelled; and what nobody here knows."""

from typing import Any

import pytest

from bot.circle import Level
from bot.import_parts import parts
from bot.import_record import Words
from bot.import_words import (
    NO_GOALS,
    colleague,
    is_closed,
    is_worded,
    mapped,
    understands,
    vocabulary,
    yes,
)
from bot.partner import Kind, Purpose, RelationType, Room, Status
from bot.translation import Translator
from bot.words import AGE, KIND, LEVEL, PURPOSE, RELATION_TYPE, ROOM, STATUS
from bot.workspace import Language, Workspace

LIBRARY = Workspace(
    keywords=("lektier", "børn, unge"),
    branches=("Nord, Øst", "Hovedbiblioteket"),
    kind_names={Kind.FIRM: "erhvervsliv"},
    room_names={Room.MEETING: "Torvet"},
)
WORDS = vocabulary(
    Words(
        LIBRARY,
        keywords=("skak",),
        colleagues={
            "U1": "Mette Øst|mette.oest",
            "U2": "Ali Khan",
            "U3": "Mette Vest",
            "U4": "Bo Lind",
            "U5": "Bo Lind",
            "U6": "|",
        },
    )
)
BOTH = [Translator(language) for language in Language]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("kind", KIND),
        ("level", LEVEL),
        ("status", STATUS),
        ("rooms", ROOM),
        ("purposes", PURPOSE),
        ("relation_type", RELATION_TYPE),
        ("age_groups", AGE),
    ],
)
def test_every_word_on_the_screen_is_understood_in_both_languages(field: str, names: Any) -> None:
    plain = vocabulary(Words(Workspace()))
    for t in BOTH:
        for value, name in names.items():
            assert mapped(plain, field, t(name).upper()) == ([value], [])


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("level", "Partner", Level.PARTNERSHIP),
        ("level", "NETVAERK", Level.NETWORK),
        ("kind", "Firma", Kind.FIRM),
        ("kind", "Erhvervsliv", Kind.FIRM),
        ("kind", "association", Kind.ASSOCIATION),
        ("rooms", "torvet", Room.MEETING),
        ("status", "aktiv", Status.ACTIVE),
        ("relation_type", "sponsorat", RelationType.SPONSOR),
        ("keywords", "Lektier", "lektier"),
        ("keywords", "SKAK", "skak"),
        ("branch", "nord, øst", "Nord, Øst"),
        ("age_groups", "6-12", "6-12"),
        ("age_groups", "6-12 år", "6-12"),
    ],
)
def test_case_accents_and_synonyms_make_no_difference(
    field: str, written: str, value: object
) -> None:
    assert mapped(WORDS, field, written) == ([value], [])


@pytest.mark.parametrize(
    ("field", "written", "value", "named"),
    [
        ("level", "partnerskb", Level.PARTNERSHIP, "partnerskab"),
        ("kind", "erhversliv", Kind.FIRM, "erhvervsliv"),
        ("keywords", "lektir", "lektier", "lektier"),
        ("branch", "Hovedbibliotket", "Hovedbiblioteket", "Hovedbiblioteket"),
    ],
)
def test_a_near_miss_is_taken_and_told(field: str, written: str, value: object, named: str) -> None:
    found, [(word, reason, taken)] = mapped(WORDS, field, written)
    assert found == [value]
    assert (word, taken) == (written, True)
    assert reason.values == {"value": written, "taken": named}


def test_a_word_that_means_nothing_here_is_told_with_those_in_use() -> None:
    found, [(word, reason, taken)] = mapped(WORDS, "level", "superduper")
    assert (found, word, taken) == ([], "superduper", False)
    assert reason.values["known"] == "netværk, samarbejde, partnerskab"


def test_a_new_keyword_is_a_keyword_and_no_neighbour_of_a_short_one() -> None:
    assert mapped(WORDS, "keywords", "strik; skat; ski") == (["strik", "skat", "ski"], [])


def test_several_in_a_cell_are_several_where_the_field_holds_several() -> None:
    rooms, _ = mapped(WORDS, "rooms", "læringsrummet, torvet\nlæringsrummet")
    assert rooms == [Room.LEARNING, Room.MEETING]
    assert mapped(WORDS, "keywords", "skak, børn, unge, lektier")[0] == [
        "skak",
        "børn, unge",
        "lektier",
    ]
    found, doubts = mapped(WORDS, "kind", "forening, firma")
    assert not found
    assert doubts[0][0] == "forening, firma"
    assert mapped(WORDS, "purposes", "nå nye brugere")[0] == [Purpose.NEW_USERS]


def test_parts_leaves_out_what_is_empty() -> None:
    assert parts(" , ;|x", {}) == ("x",)


@pytest.mark.parametrize(
    ("written", "user", "said"),
    [
        ("Mette Øst", "U1", ""),
        ("mette.oest", "U1", ""),
        ("ali", "U2", ""),
        ("u2", "U2", ""),
        ("Ali Kahn", "U2", "read as"),
        ("Mette", None, "more than one"),
        ("Bo Lind", None, "more than one"),
        ("Bo Lindt", None, "Nobody"),
        ("Sofie", None, "Nobody"),
    ],
)
def test_a_colleague_is_found_by_name_and_never_guessed_at(
    written: str, user: str | None, said: str
) -> None:
    found, reason = colleague(WORDS, written)
    assert found == user
    assert (said in reason.msgid) if reason else not said


@pytest.mark.parametrize(
    ("written", "value"), [("Ja", True), ("x", True), ("nej", False), ("måske", None)]
)
def test_yes_and_no(written: str, *, value: bool | None) -> None:
    found, reason = yes(written)
    assert found is value
    assert (reason is None) == (value is not None)


def test_which_fields_have_words() -> None:
    assert is_closed("level")
    assert not is_closed("keywords")
    assert is_worded("keywords")
    assert not is_worded("name")
    assert understands(WORDS, "level", "netværk, samarbejde")
    assert not understands(WORDS, "level", "netværk, hov")


def test_only_the_librarys_own_goals_are_taken() -> None:
    ours = vocabulary(Words(Workspace(goals=("Flere børn læser, og flere taler", "Unge med"))))
    text = "flere børn læser, og flere taler, Unge medd; Rumfart"
    found, doubts = mapped(ours, "goals", text)
    assert found == ["Flere børn læser, og flere taler", "Unge med"]
    assert [(part, taken) for part, _, taken in doubts] == [("Unge medd", True), ("Rumfart", False)]
    assert doubts[0][1].values["taken"] == "Unge med"
    known = doubts[1][1].values["known"]
    assert known == "Flere børn læser, og flere taler, Unge med"
    assert is_closed("goals")
    assert is_worded("goals")


def test_without_goals_none_is_taken() -> None:
    found, ((part, reason, taken),) = mapped(vocabulary(Words(Workspace())), "goals", "Rumfart")
    assert (found, part, taken) == ([], "Rumfart", False)
    assert reason.msgid == NO_GOALS
    assert reason.values == {"value": "Rumfart"}
