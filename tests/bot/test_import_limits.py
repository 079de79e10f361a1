from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot import import_draft, import_limits
from bot.circle import Level, Move, Why
from bot.contact import Contact, Kind
from bot.errors import UserError
from bot.import_choice import Choice, Likely
from bot.import_draft import Register, draft
from bot.import_limits import within
from bot.import_record import Cell, Line, Person, Reason, Record, Refused
from bot.import_story import Idea, Story
from bot.import_traits import traits
from bot.questions import load
from bot.tjek import Answer, Check, Sheet
from tests.bot.export_entries import EVALUATION

NOBODY = Register("T1", ())
NOW = datetime(2026, 1, 1, tzinfo=UTC)
TALK = Contact(1, Kind.TALKED, NOW.date(), "", NOW)
MOVE = Move(1, Level.NETWORK, Level.COLLABORATION, Why.FRAME, "", NOW)
CHECK = Check("", NOW)


def row(number: int, name: str, *cells: Cell, **more: object) -> Record:
    return Record((number,), {"name": name, **more}, lines=(Line(number, cells),))


def persons_row(number: int, partners: int) -> Record:
    """One of many persons, in no order of their partners."""
    person = Person(f"Person {number}", email=f"person{number}@eksempel.dk")
    return Record((number,), {"name": f"Hus {number % partners}"}, (person,))


def told(people: int = 0, **story: Any) -> Record:
    """A partner of our own JSON."""
    persons = (Person("Bo"),) * people
    return Record((1,), {"name": "Hus"}, persons, ours=True, story=Story(**story))


def taken(*rows: Record | Refused | Idea) -> Sequence[Record | Refused | Idea]:
    return list(within(rows))


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_limits, "MOST_PARTNERS", 3)
    monkeypatch.setattr(import_draft, "MOST_PARTNERS", 3)
    monkeypatch.setattr(import_limits, "MOST_TEXT", 1000)
    monkeypatch.setattr(import_limits, "MOST_NOTES", 500)
    monkeypatch.setattr(import_limits, "MOST_TOLD", 20)


@pytest.mark.usefixtures("narrow")
def test_the_persons_of_few_partners_are_no_partners_in_whatever_order_they_stand() -> None:
    rows = [persons_row(number, 3) for number in range(30)]
    assert taken(*rows) == rows
    assert len(draft(rows, NOBODY, Choice()).targets) == 3


@pytest.mark.usefixtures("narrow")
def test_one_partner_too_many_is_refused_before_the_rest_is_read() -> None:
    seen: list[int] = []

    def rows() -> Iterator[Record]:
        for number in range(30):
            seen.append(number)
            yield persons_row(number, 4)

    with pytest.raises(UserError) as refused:
        list(within(rows()))
    assert refused.value.values == {"most": 3}
    assert seen == [0, 1, 2, 3]


@pytest.mark.usefixtures("narrow")
def test_partners_of_one_name_are_counted_once_it_is_known_who_is_meant() -> None:
    rows = [row(number, "Kommunen", cvr=f"1000000{number}") for number in range(4)]
    assert taken(*rows) == rows
    with pytest.raises(UserError) as refused:
        draft(rows, NOBODY, Choice(Likely.NEW))
    assert refused.value.values == {"most": 3}


@pytest.mark.usefixtures("narrow")
def test_two_spellings_of_a_partner_that_we_have_are_one() -> None:
    ours = Register("T1", (traits(7, ("Hus 1", "Hus 2"), "", "", ()),))
    rows = [row(number, f"Hus {number % 3 + 1}") for number in range(9)]
    assert set(draft(rows, ours, Choice()).targets) == {7, -3}


@pytest.mark.usefixtures("narrow")
def test_a_row_that_cannot_be_read_is_held_too() -> None:
    broken = [Refused((Line(number, ()),), (Reason("x"),)) for number in range(4)]
    assert taken(*broken[:3]) == broken[:3]
    with pytest.raises(UserError) as refused:
        taken(*broken)
    assert refused.value.values == {"most": 3}


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    "one",
    [
        row(2, "Hus", "a" * 990, date(2026, 1, 1)),
        Refused((Line(2, ("a" * 1000,)),), (Reason("x"),)),
        Record((2,), {"name": "Hus", "note": "a" * 480}, (Person(note="b" * 20), Person("Bo"))),
    ],
)
def test_much_text_is_refused_wherever_it_stands(one: Record | Refused) -> None:
    beside = Idea(3, CHECK)
    assert taken(one, beside) == [one, beside]
    with pytest.raises(UserError, match="more text"):
        taken(one, one)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    "one",
    [
        told(people=11),
        told(contacts=(TALK,) * 11),
        told(moves=(MOVE,) * 11),
        told(checks=(CHECK,) * 11),
        told(checks=(replace(CHECK, sheets={"1": Sheet({"a": Answer.YES}, {"b": "x"})}),) * 4),
        Idea(2, replace(CHECK, wording=load("tjek").model_dump(mode="json"))),
        told(contacts=(replace(TALK, about="a" * 250, with_whom="Bo"),)),
        told(moves=(replace(MOVE, reason="a" * 200, learned="b" * 200, told="c" * 200),)),
        told(checks=(replace(CHECK, idea="a" * 500, reason="b" * 100),)),
        told(evaluations=(replace(EVALUATION, sheets={}),)),
        told(evaluations=(replace(EVALUATION, sheets={}, reason="a" * 500),)),
        Idea(2, replace(CHECK, sheets={"1": Sheet(notes={"page": "a" * 600})})),
        Record((2,), {"name": "a" * 300}, (Person("b" * 300),), ours=True),
    ],
)
def test_what_our_own_json_tells_beside_the_card_is_counted_too(one: Record | Idea) -> None:
    assert taken(one) == [one]
    with pytest.raises(UserError, match="one level at a time"):
        taken(one, one)
