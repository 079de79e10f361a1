from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_gate import Gate
from bot.circle_trial import PutOff, Trial
from bot.evaluation_decision import Ended
from bot.guard import NOTE_LENGTH
from bot.history import Entry, Happened, Logged, Merger, Past, What
from bot.import_undo import Imported
from bot.partner import Change, ContactPerson, Kind, Partner, Room
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import history as views
from handlers.views.history_told import told
from handlers.views.history_words import Words, changed, stands, users_of
from storage.partner_rows import plain
from tests.bot.evaluations import held
from tests.handlers.library import said
from tests.handlers.views.extreme import (
    DANISH,
    ENGLISH,
    LANGUAGES,
    LIBRARIES,
    PARTNERS,
    accepted_view,
    extremes,
    objects,
    words,
)

NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)
NAMES = {"U02": "Mette", "U03": "Ali"}
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", source="messen", id=7)
MADE = {"id", "version", "created_by", "created_at"}
NAMES_OF_FIELDS = [field.name for field in fields(Partner) if field.name not in MADE]
DONE = held(decision="go_on")
HAPPENED = [
    Happened(What.ADDED, "U02", NOW),
    Happened(What.FORGOTTEN, "", NOW),
    Happened(
        What.MOVED,
        "U02",
        NOW,
        Move(1, Level.NETWORK, Level.COLLABORATION, Why.JUDGED, "U02", NOW, "x" * 300, id=9),
    ),
    Happened(
        What.MOVED, "U02", NOW, Move(1, Level.NETWORK, Level.NETWORK, Why.ENDED, "U02", NOW, id=10)
    ),
    Happened(What.TRIAL, "U02", NOW, Trial(1, TODAY, TODAY + DAY, "U02", NOW)),
    Happened(What.STAYED, "U02", NOW, Trial(1, TODAY, TODAY + DAY, "U02", NOW)),
    Happened(What.PUT_OFF, "U02", NOW, PutOff("U02", NOW, TODAY, TODAY + DAY)),
    Happened(What.GATE, "U02", NOW, Gate(1, "U02", NOW)),
    Happened(What.ACTIVITY, "U02", NOW, Activity(1, "loppemarked", "U02", NOW)),
    Happened(What.OVER, "U02", NOW, Activity(1, "loppemarked", "U02", NOW)),
    Happened(What.MERGED, "U02", NOW, Merger("U02", NOW, "Brættet <!channel>")),
    Happened(What.MERGED, "U02", NOW, Merger("U02", NOW)),
    Happened(What.PARTED, "U02", NOW, Merger("U02", NOW)),
    Happened(What.READ_IN, "U01", NOW, Imported(1, "U01", NOW, "x" * 150, {})),
    Happened(What.TAKEN_BACK, "", NOW, Imported(1, "U01", NOW, "", {})),
    Happened(What.EVALUATED, "U02", NOW, Ended(DONE.evaluation, DONE.this)),
]


def within(t: Translator, library: Workspace | None = None) -> Words:
    return Words(t, library or Workspace(), NAMES, TODAY)


def change(name: str, before: object, after: object) -> Change:
    return Change(2, "U02", NOW, name, plain(before), plain(after))


def differences(one: Partner, other: Partner) -> list[Logged]:
    return [
        Logged(n, change(name, getattr(one, name), getattr(other, name)))
        for n, name in enumerate(NAMES_OF_FIELDS)
        if getattr(one, name) != getattr(other, name)
    ]


@LANGUAGES
@extremes(one=PARTNERS, other=PARTNERS, library=LIBRARIES)
def test_any_edit_is_told_and_can_be_asked_about(
    t: Translator, one: Partner, other: Partner, library: Workspace
) -> None:
    lines, here = within(t, library), views.Where(one.id)
    logged = differences(one, other)
    entry = Entry("U02", NOW, tuple(HAPPENED), tuple(logged))
    shown = views.Shown(Past(one), [entry], 1, 3)
    view = accepted_view(views.history_view(lines, shown))
    ids = [element["action_id"] for element in objects(view) if "action_id" in element]
    assert len(ids) == len(set(ids))
    for line in logged:
        accepted_view(views.more_view(lines, Past(one), [line], here))
        accepted_view(
            views.history_view(lines, shown, views.undone(t, [line.change.field])),
        )
        users_of(line.change)
    names = [line.change.field for line in logged][:2]
    accepted_view(views.ask_view(lines, views.Asked(one, other, names, None), here))


@LANGUAGES
@extremes(text=words(3000), at=st.integers(0, 19))
def test_a_full_page_fits(t: Translator, text: str, at: int) -> None:
    """Each line its own moment on its own day, and one with a text to be shown whole."""
    texts = {n: text if n == at else "Vestbyen" for n in range(20)}
    entries = [
        Entry("U02", NOW - n * DAY, (), (Logged(n, change("note", "", texts[n])),))
        for n in range(20)
    ]
    view = accepted_view(
        views.history_view(within(t), views.Shown(Past(Partner("Å", id=1)), entries, 1, 3))
    )
    assert len(view["blocks"]) == 62


def test_the_longest_note_stands_whole_on_both_sides() -> None:
    before, after = "a" * NOTE_LENGTH, "b" * NOTE_LENGTH
    one = Logged(7, change("note", before, after))
    for t in (DANISH, ENGLISH):
        view = accepted_view(views.more_view(within(t), Past(Partner("Å")), [one], views.Where(1)))
        assert before in said(view)
        assert after in said(view)
    cleared = Logged(7, change("note", before, ""))
    view = accepted_view(
        views.more_view(within(DANISH), Past(Partner("Å")), [cleared], views.Where(1))
    )
    assert "Note · efter ingenting" in said(view)


def line(change_: Change, library: Workspace | None = None) -> tuple[str, str]:
    danish, english = (changed(within(t, library), change_) for t in (DANISH, ENGLISH))
    return danish, english


def test_the_words_of_a_line() -> None:
    assert line(change("next_step", "ring", "mød dem")) == (
        "Næste skridt: fra ”ring” til ”mød dem”",
        "Next step: from “ring” to “mød dem”",
    )
    assert line(change("note", "nøgle " * 30, "nøgle " * 30 + "\n\nfra regneark"))[0] == (
        "Note: tilføjet ”fra regneark”"
    )
    assert line(change("cvr", "", "12345674"))[0] == "CVR-nummer: tilføjet ”12345674”"
    assert line(change("next_step_on", date(2026, 12, 1), None)) == (
        "Dato for næste skridt: fjernet tirsdag den 1. december",
        "Next step, date: removed Tuesday 1 December",
    )
    assert line(change("keywords", ("a", "b"), ("b", "a")))[0] == "Emneord: i en anden rækkefølge"
    assert line(change("age_groups", (), ("0-5", "små"))) == (
        "Alder: tilføjet 0-5 år og små",
        "Age groups: added 0-5 years and små",
    )
    assert line(change("known_by", ("U02",), ("U03", "U09")))[0] == (
        "Kender dem: tilføjet Ali og en tidligere kollega; fjernet Mette"
    )
    assert line(change("archived", *(True, False)))[1] == "Taken out of the archive"


def test_a_library_that_renamed_a_room_or_a_kind_reads_its_own_words() -> None:
    own = Workspace(room_names={Room.MEETING: "torvet"}, kind_names={Kind.FIRM: "forretning"})
    assert line(change("rooms", (), (Room.MEETING,)), own)[0] == "Rum: tilføjet torvet"
    assert line(change("kind", Kind.CULTURE, Kind.FIRM), own)[0].endswith("til forretning")


def test_persons_stand_by_name_and_not_by_number() -> None:
    def people(before: tuple[ContactPerson, ...], after: tuple[ContactPerson, ...]) -> str:
        edit = Change(2, "U02", NOW, "people", [*map(asdict, before)], [*map(asdict, after)])
        return line(edit)[0].removeprefix("Kontaktpersoner: ")

    nameless = replace(ANNE, name="")
    bo = ContactPerson("Bo Lind", id=8)
    assert people((), (nameless,)) == "tilføjet en kontaktperson"
    assert people((ANNE, bo), (bo, ANNE)) == "i en anden rækkefølge"
    assert people((ANNE,), (replace(ANNE, name="Anne Lind"),)) == "Anne Holm hedder nu Anne Lind"
    assert people((ANNE,), (replace(ANNE, name="Anne Lind", title="", email="a@b.dk"),)) == (
        "Anne Holm hedder nu Anne Lind; rettet titlen og mailadressen for Anne Lind"
    )
    assert people((nameless,), (ANNE,)) == "rettet navnet for Anne Holm"


def test_what_stands_by_itself() -> None:
    lines = within(DANISH)
    assert stands(lines, "area", "") == "ingenting"
    assert stands(lines, "keywords", ("a", "b")) == "”a” og ”b”"
    assert stands(lines, "responsible", "U02") == "Mette"
    assert stands(lines, "people", (ANNE,)) == "Anne Holm"


def test_the_sentences_of_what_happened() -> None:
    sentences = [told(within(DANISH), one) for one in HAPPENED]
    assert sentences[2].startswith("Plads i cirklen: fra netværk til samarbejde (xxx")
    assert sentences[3] == "Skiltes som gode venner"
    assert sentences[4] == "På prøve til fredag den 27. november"
    assert sentences[7] == "Svar på de seks kendetegn: 0 er på plads"
    assert sentences[8:] == [
        "Sammen: ”loppemarked”",
        "”loppemarked” var slut",
        "Slået sammen med ”Brættet <!channel>”",
        "Slået sammen med et andet kort",
        "Skilt ad til to kort igen",
        f"Læst ind fra filen ”{'x' * 150}”",
        "Indlæsningen af filen ”” blev fortrudt",
        "Evalueret: vi fortsætter som nu",
    ]


def test_everything_that_can_happen_has_a_sentence_of_its_own() -> None:
    assert {one.what for one in HAPPENED} == set(What)
    sentences = [told(within(DANISH), one) for one in HAPPENED]
    assert len(set(sentences)) == len(HAPPENED)
    with pytest.raises(LookupError):  # and nothing is told as something else
        told(within(DANISH), Happened(What.MERGED, "U02", NOW))


def test_an_archived_partner_or_a_sponsor_is_not_moved_from_here() -> None:
    entry = Entry("U02", NOW, (HAPPENED[2],))
    for partner in (Partner("Å", archived=True), Partner("Å")):
        shown = views.Shown(Past(partner), [entry], 0, 1)
        view = views.history_view(within(DANISH), shown).to_dict()
        assert ("Flyt i cirklen" in said(view)) is not partner.archived


def test_a_button_names_all_that_it_is_about() -> None:
    here: Any = views.Where(5, 2, 17, 19)
    assert views.where(str(here)) == here
    assert views.where("5") == views.Where(5)
