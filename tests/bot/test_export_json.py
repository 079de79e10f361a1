import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.export import Entry, Format, Wanted
from bot.export_json import CHECK, ENTRY, VERSION, unsigned
from bot.partner import ContactPerson, Kind, Partner
from bot.workspace import Workspace
from tests.bot.export_entries import CARLA, IDEA, PAPER, SPONSOR, SPRINGBRAET, WHOLE, written


def whole(*entries: Entry, **more: Any) -> Any:
    return json.loads(written(Wanted(Format.JSON), *entries, **more)[0])


def test_the_whole_register_is_in_it() -> None:
    told = whole(WHOLE, SPONSOR, CARLA, ideas=[IDEA])
    assert (told["format"], told["version"]) == ("partnerbot", VERSION)
    assert told["made_at"] == "2026-09-30T23:30:00+00:00"
    every = [unsigned(one) for one in (WHOLE, SPONSOR, CARLA)]
    assert [ENTRY.validate_python(one) for one in told["partners"]] == every
    (idea,) = told["ideas"]
    assert CHECK.validate_python(idea) == replace(IDEA, started_by="")


def test_nothing_in_it_tells_who_noted_moved_told_or_checked() -> None:
    nobodys = replace(SPRINGBRAET, responsible=None, known_by=())
    (one,) = whole(replace(WHOLE, partner=nobodys))["partners"]
    assert "U02" not in json.dumps(one)
    assert "U03" not in json.dumps(one)
    (check,) = one["checks"]
    assert check["sheets"] == {"1": {"answers": {"mission": "yes"}, "notes": {"fit": "ja"}}}


def test_an_empty_register_is_a_whole_one_too() -> None:
    told = whole()
    assert (told["partners"], told["ideas"]) == ([], [])


@given(
    st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.text("æ,;\n\"'\\"), max_size=3)
)
def test_whatever_was_typed_comes_back(name: str, keywords: list[str]) -> None:
    partner = Partner(name, keywords=tuple(keywords), people=(ContactPerson(name),))
    (one,) = whole(Entry(partner))["partners"]
    assert ENTRY.validate_python(one) == Entry(partner)


def test_the_circle_is_drawn_around_the_library() -> None:
    firm = Entry(Partner("Byens Museum", id=4, kind=Kind.CULTURE))
    content, to = written(Wanted(Format.KUMU), WHOLE, firm, SPONSOR, CARLA)
    told = json.loads(content)
    centre, springbraet, museum, bank = told["elements"]
    assert centre == {"id": "library", "label": "Byens Bibliotek", "type": "Biblioteket"}
    assert springbraet == {
        "id": "p3",
        "label": "Foreningen Springbræt",
        "type": "forening",
        "tags": ["lektier", "børn"],
        "Plads i cirklen": "partnerskab",
        "Ring": 1,
        "Hvor langt er I?": "i gang",
        "Rum": ["læringsrummet", "møderummet"],
        "Vores afdeling": "Nord",
        "Seneste kontakt": "2026-05-02",
    }
    assert museum["Ring"] == 3
    assert "Ring" not in bank
    assert told["connections"] == [
        {"from": "library", "to": "p3", "type": "partnerskab", "direction": "undirected"},
        {"from": "library", "to": "p4", "type": "netværk", "direction": "undirected"},
        {"from": "library", "to": "p20", "type": "sponsor", "direction": "undirected"},
    ]
    assert to.counts == {"elements": 3}


def test_nobody_is_on_the_drawing_and_an_unnamed_library_is_just_that() -> None:
    paper = replace(PAPER, library=Workspace())
    content, _ = written(Wanted(Format.KUMU), WHOLE, CARLA, paper=paper)
    for person in ("Anne", "Bo Lind", "Carla", "Mette", "U02", "U03"):
        assert person not in content.decode()
    assert json.loads(content)["elements"][0]["label"] == "Biblioteket"
