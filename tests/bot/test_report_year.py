"""The figures of a year: what is at its end is what the next begins with, and moves explain it."""

import csv
import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.circle import Level, Why
from bot.circle_trial import Outcome
from bot.contact import Kind as How
from bot.errors import UserError
from bot.evaluation import Decision as Comes
from bot.partner import Kind, RelationType, Room, Status
from bot.report_file import Form, form_of, written
from bot.report_life import Card, Cause, Life, Place, Step
from bot.report_table import tables
from bot.report_words import notes, title
from bot.report_year import (
    Evaluated,
    Figures,
    Happened,
    Other,
    Way,
    Year,
    checked_year,
    figures,
    noted_until,
)
from bot.timetable import Calendar
from bot.tjek import Decision
from bot.tjek_letter import reasons
from bot.translation import Translator
from bot.workspace import Language, Workspace

CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
TODAY = date(2027, 2, 1)
SINCE = date(2025, 6, 1)
DANISH, ENGLISH = Translator(Language.DANISH), Translator(Language.ENGLISH)
BEGUN = datetime(2025, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def of(number: int, today: date = TODAY) -> Year:
    return checked_year(number, SINCE, today, CALENDAR)


def life(*steps: tuple[datetime, Card, Why | Cause], gone: datetime | None = None) -> Life:
    return Life(tuple(Step(*step) for step in steps), gone)


NOTHING = Happened()


def told(*lives: Life, year: int = 2026, happened: Happened = NOTHING) -> Figures:
    return figures(of(year), lives, happened)


SPRING = datetime(2026, 4, 1, tzinfo=UTC)
OLD = (BEGUN, Card(), Cause.ADDED)
PARTNERSHIP = Card(Level.PARTNERSHIP)


def test_a_year_that_is_over_and_one_that_runs() -> None:
    over, runs = of(2026), of(2027)
    assert (over.first, over.last, over.over) == (date(2026, 1, 1), date(2026, 12, 31), True)
    assert (runs.last, runs.over) == (TODAY, False)
    assert over.start == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert over.end == of(2027).start
    assert noted_until(over) == over.end + 31 * DAY


@pytest.mark.parametrize(
    ("number", "since", "sentence"),
    [
        (2028, SINCE, "2028 has not begun. The last year with figures is 2027."),
        (2024, SINCE, "The register begins on 2025-06-01. There are no figures of 2024."),
        (2026, None, "There is nothing in the register yet, so there is nothing to report."),
    ],
)
def test_a_year_without_figures(number: int, since: date | None, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        checked_year(number, since, TODAY, CALENDAR)
    assert ENGLISH.error(refused.value) == sentence


def test_a_step_through_the_circle_is_told_with_its_reason() -> None:
    found = told(life(OLD, (SPRING, PARTNERSHIP, Why.FRAME)))
    assert found.ways == [(Way(Place.NETWORK, Place.PARTNERSHIP, Why.FRAME), 1)]
    network, partnership = found.accounts[Place.NETWORK], found.accounts[Place.PARTNERSHIP]
    assert (network.start, network.left, network.end) == (1, 1, 0)
    assert (partnership.start, partnership.came, partnership.end) == (0, 1, 1)
    assert found.cards == [(PARTNERSHIP, Place.PARTNERSHIP)]


def test_new_ones_by_hand_and_from_a_file() -> None:
    found = told(
        life((SPRING, Card(), Cause.ADDED)),
        life((SPRING, PARTNERSHIP, Cause.READ_IN)),
        life((SPRING, Card(relation_type=RelationType.SUPPLIER), Cause.ADDED)),
        life(OLD),
    )
    assert found.new == {Cause.ADDED: 1, Cause.READ_IN: 1}
    assert found.accounts[Place.PARTNERSHIP].new == 1


def test_what_is_no_way_through_the_circle() -> None:
    archived, sponsor = Card(archived=True), Card(relation_type=RelationType.SPONSOR)
    found = told(
        life(OLD, (SPRING, archived, Cause.EDITED)),
        life((BEGUN, archived, Cause.ADDED), (SPRING, Card(), Cause.EDITED)),
        life(OLD, (SPRING, sponsor, Cause.EDITED)),
        life(OLD, (SPRING, PARTNERSHIP, Cause.MADE_ONE)),
        life(OLD, gone=SPRING),
        life(OLD, (SPRING, archived, Cause.EDITED), (SPRING + DAY, sponsor, Cause.EDITED)),
    )
    assert found.ways == []
    assert found.others == [
        (Other.ARCHIVED, Place.NETWORK, -2),
        (Other.BACK, Place.NETWORK, 1),
        (Other.MADE_ONE, Place.NETWORK, -2),
        (Other.MADE_ONE, Place.PARTNERSHIP, 1),
        (Other.SORT, Place.NETWORK, -1),
    ]
    assert found.accounts[Place.NETWORK].other == -4


CARDS = st.builds(
    Card,
    st.sampled_from(Level),
    st.sampled_from(Status),
    st.booleans(),
    st.sampled_from([RelationType.PARTNER, RelationType.SPONSOR]),
)
CAUSES: st.SearchStrategy[Why | Cause] = st.one_of(
    st.sampled_from(Why), st.just(Cause.EDITED), st.just(Cause.MADE_ONE)
)
MOMENTS = st.datetimes(datetime(2025, 6, 1), datetime(2027, 1, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants its bounds naive


@st.composite
def lived_through(draw: st.DrawFn) -> Life:
    moments = sorted(draw(st.lists(MOMENTS, min_size=1, max_size=6)))
    causes = [draw(st.sampled_from((Cause.ADDED, Cause.READ_IN)))]
    steps = [
        Step(at, draw(CARDS), causes[0] if number == 0 else draw(CAUSES))
        for number, at in enumerate(moments)
    ]
    gone = draw(st.none() | MOMENTS.filter(lambda at: at >= moments[-1]))
    return Life(tuple(steps), gone)


@given(st.lists(lived_through(), max_size=8))
def test_one_years_end_is_the_nexts_beginning_and_the_moves_explain_it(lives: list[Life]) -> None:
    years = [figures(of(number), lives, Happened()) for number in (2025, 2026, 2027)]
    for before, after in pairwise(years):
        ends = {place: account.end for place, account in before.accounts.items()}
        assert ends == {place: account.start for place, account in after.accounts.items()}
    for one in years:
        for account in one.accounts.values():
            ours = account.new + account.came - account.left + account.other
            assert account.start + ours == account.end
        assert sum(each.came for each in one.accounts.values()) == sum(n for _, n in one.ways)
        assert sum(one.new.values()) == sum(each.new for each in one.accounts.values())
        assert len(one.cards) == sum(each.end for each in one.accounts.values())


@given(st.lists(lived_through(), max_size=6))
def test_what_happens_later_changes_no_year_that_is_over(lives: Sequence[Life]) -> None:
    year = of(2026)
    later = [
        one
        if one.gone_at
        else Life((*one.steps, Step(year.end, Card(Level.PARTNERSHIP), Why.FRAME)))
        for one in lives
    ]
    assert figures(year, lives, Happened()) == figures(year, later, Happened())


EVERYTHING = Happened(
    contacts={How.TALKED: 1200, How.READ_IN: 2},
    contacted=30,
    checks={Decision.KINDLY_NO: 2, Decision.GO_ON: 1},
    noes={next(iter(reasons())): 2},
    unsaid=1,
    evaluated=Evaluated(4, 3, 2, {Comes.ADJUST: 3, "": 1}, 5, 4),
    trials=2,
    outcomes={Outcome.PARTNERSHIP: 1},
    running=1,
    told=3,
)
WHOLE = told(
    life(
        (BEGUN, Card(kind=Kind.FIRM, branch="=Syd", rooms=(Room.MEETING,)), Cause.ADDED),
        (
            SPRING,
            Card(Level.PARTNERSHIP, kind=Kind.FIRM, branch="=Syd", rooms=(Room.MEETING,)),
            Why.TRIAL,
        ),
    ),
    life(OLD, (SPRING, Card(status=Status.ENDED), Why.ENDED)),
    life(OLD, (SPRING, Card(Level.COLLABORATION, goals=("Læselyst",)), Cause.EDITED)),
    life(OLD, (SPRING, Card(archived=True), Cause.EDITED)),
    happened=EVERYTHING,
)
RENAMED = Workspace(kind_names={Kind.FIRM: "forretning"}, room_names={Room.MEETING: "stuen"})


def test_everything_has_a_name_in_both_languages() -> None:
    for t in (DANISH, ENGLISH):
        found = tables(t, WHOLE, Workspace())
        assert len({table.id for table in found}) == len(found) == 13
        for table in found:
            assert len({row.id for row in table.rows}) == len(table.rows)
            assert all(len(row.values) == len(table.columns) for row in table.rows)


def test_an_empty_house_has_the_circle_and_no_traits() -> None:
    found = {table.id for table in tables(DANISH, told(), Workspace())}
    assert found == {"circle", "new", "contacts", "checks", "evaluations", "trials"}


def test_it_is_read_in_danish() -> None:
    text = written(DANISH, WHOLE, RENAMED, Form.TEXT, TODAY)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[0] == "Partnerskaber i 2026"
    assert lines[2] == "Taget ud mandag den 1. februar 2027."
    assert "Netværk 4 0 0 3 -1 0" in lines
    assert "I alt 4 0 3 3 -1 3" in lines
    assert "Netværk → Partnerskaber: det blev prøvet, og det holder 1" in lines
    assert "Netværk → Gamle venner af huset: vi sluttede pænt af 1" in lines
    assert "Netværk → Samarbejder: rettet på kortet 1" in lines
    assert "Lagt i arkivet: Netværk -1" in lines
    assert "Vi talte sammen 1.200" in lines
    assert "forretning 0 0 1 0" in lines
    assert "stuen 0 0 1 0" in lines
    assert "Læselyst 0 1 0 0" in lines
    assert "Ikke noteret 0 1 0 1" in lines
    assert "- Ingen tal handler om en kollega." in lines
    assert any("3 flytninger i cirklen er hentet fra en fil" in line for line in lines)


def test_a_year_that_runs_says_until_when() -> None:
    runs = told(year=2027)
    assert title(DANISH, runs) == "Partnerskaber i 2027 til og med 1. feb."
    first = told(year=2025)
    assert notes(ENGLISH, first)[0].startswith("The register begins on Sunday 1 June;")
    assert not any("begins on" in note for note in notes(ENGLISH, runs))


def test_a_spreadsheet_takes_nothing_for_a_formula() -> None:
    text = written(DANISH, WHOLE, Workspace(), Form.CSV, TODAY)
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    (start,) = (
        row
        for row in rows
        if (row["table"], row["row"]) == ("circle", "network") and row["column"] == "start"
    )
    assert start["Antal"] == "4"
    assert (start["from"], start["to"], start["as_of"]) == (
        "2026-01-01",
        "2026-12-31",
        "2027-02-01",
    )
    branches = {row["row"] for row in rows if row["table"] == "branches"}
    assert branches == {"'=Syd", "none"}


def test_a_program_reads_all_of_it() -> None:
    whole = json.loads(written(ENGLISH, WHOLE, Workspace(), Form.JSON, TODAY))
    assert (whole["year"], whole["over"], whole["as_of"]) == (2026, True, "2027-02-01")
    network = whole["tables"]["circle"]["rows"][0]
    assert network == {
        "row": "network", "label": "Network", "start": 4, "new": 0, "came": 0, "left": 3,
        "other": -1, "end": 0,
    }  # fmt: skip
    assert whole["tables"]["evaluations"]["rows"][0]["number"] == 4


def test_only_the_day_it_was_taken_out_differs() -> None:
    one, other = (
        written(DANISH, WHOLE, Workspace(), Form.TEXT, day) for day in (TODAY, TODAY + DAY)
    )
    differing = [
        pair
        for pair in zip(one.splitlines(), other.splitlines(), strict=True)
        if pair[0] != pair[1]
    ]
    assert len(differing) == 1


def test_a_files_name_says_how_it_is_written() -> None:
    assert form_of("tal.CSV") is Form.CSV
    assert form_of("tal.json") is Form.JSON
    assert form_of("tal.txt") is Form.TEXT
    with pytest.raises(UserError):
        form_of("tal.pdf")


def test_no_figure_is_about_a_colleague() -> None:
    assert not {"by", "user_id"} & {one.name for one in fields(Happened)}
