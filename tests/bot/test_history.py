"""The log and the circle's story told as one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_gate import Gate
from bot.circle_trial import LOGGED, Outcome, PutOff, Trial
from bot.history import (
    PAGE,
    Happened,
    Logged,
    Merger,
    Page,
    Past,
    What,
    entries,
    happened,
    of_another_card,
    pages,
    values,
)
from bot.import_undo import Imported
from bot.partner import Change, ContactPerson, Kind, Partner

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TODAY = NOW.date()
ALL = Page(NOW + 1000 * HOUR, NOW - 1000 * HOUR)
BARE = Past(Partner("Springbræt", id=1))
STEP = Move(1, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U02", NOW, "loppemarked")
FAIR = Activity(1, "loppemarked", "U02", NOW, id=3)
TRIAL = Trial(1, TODAY, TODAY + timedelta(days=90), "U02", NOW, id=4)


def line(
    number: int, name: str, at: datetime = NOW, *, by: str = "U02", version: int = 2
) -> Logged:
    return Logged(number, Change(version, by, at, name, "før", "efter"))


def whats(past: Past) -> list[What]:
    return [one.what for one in happened(past)]


def test_a_new_card_was_added_and_nothing_else() -> None:
    added = replace(BARE.partner, created_by="U03", created_at=NOW)
    assert happened(BARE) == []
    assert happened(Past(added)) == [Happened(What.ADDED, "U03", NOW)]


def test_an_activity_that_they_were_moved_for_is_told_by_the_move() -> None:
    course = Course(moves=[STEP], running=[FAIR])
    assert whats(replace(BARE, course=course)) == [What.MOVED]
    later = replace(FAIR, noted_at=NOW + HOUR)
    other = replace(FAIR, what="teater")
    earlier = replace(FAIR, noted_at=NOW - HOUR)
    for running in (later, other, earlier):
        found = whats(replace(BARE, course=replace(course, running=[running])))
        assert found == [What.MOVED, What.ACTIVITY]


def test_an_activity_ends_by_itself_or_with_a_move() -> None:
    over = replace(FAIR, noted_at=NOW - HOUR, over_at=NOW + HOUR, over_by="U05")
    course = Course(moves=[STEP], over=[over])
    found = happened(replace(BARE, course=course))
    assert [(one.what, one.by) for one in found[1:]] == [
        (What.ACTIVITY, "U02"),
        (What.OVER, "U05"),
    ]
    with_it = replace(over, over_at=NOW, over_by=None)
    assert What.OVER not in whats(replace(BARE, course=replace(course, over=[with_it])))
    nobody = replace(over, over_by=None)
    assert happened(replace(BARE, course=replace(course, over=[nobody])))[-1].by == ""


def test_what_nobody_says_when_it_was_over_is_not_told() -> None:
    course = Course(over=[replace(FAIR, over_at=None)])
    assert whats(replace(BARE, course=course)) == [What.ACTIVITY]


def test_a_trial_is_told_when_it_begins_is_put_off_and_leads_nowhere() -> None:
    off = PutOff("U05", NOW + HOUR, date(2027, 2, 1), date(2027, 3, 1))
    stayed = replace(TRIAL, outcome=Outcome.COLLABORATION, settled_at=NOW + 2 * HOUR)
    course = Course(trials=[stayed, replace(TRIAL, outcome=Outcome.NETWORK)], put_off=[off])
    found = happened(replace(BARE, course=course))
    assert [one.what for one in found] == [What.TRIAL, What.STAYED, What.TRIAL, What.PUT_OFF]
    assert found[1].by == ""


def test_gates_mergers_and_who_was_forgotten_are_told() -> None:
    mergers = [Merger("U02", NOW), Merger("U02", NOW, "", "U03", NOW + HOUR)]
    parted = replace(mergers[1], parted_by=None)
    past = Past(
        BARE.partner,
        gates=[Gate(1, "U02", NOW)],
        mergers=[*mergers, parted],
        forgotten=frozenset({NOW}),
    )
    assert whats(past) == [
        What.GATE,
        What.FORGOTTEN,
        What.MERGED,
        What.MERGED,
        What.PARTED,
        What.MERGED,
        What.PARTED,
    ]
    assert happened(past)[-1].by == ""


@given(
    st.dictionaries(st.integers(0, 60), st.integers(1, 30)),
    st.lists(st.integers(0, 60)),
)
def test_pages_hold_every_moment_once_and_few_lines(
    counted: dict[int, int], others: list[int]
) -> None:
    found = pages(
        {NOW + n * HOUR: number for n, number in counted.items()},
        [Happened(What.GATE, "U02", NOW + n * HOUR) for n in others],
    )
    assert found == sorted(found, key=lambda page: page.newest, reverse=True)
    for n in {*counted, *others}:
        at = NOW + n * HOUR
        assert sum(page.oldest <= at <= page.newest for page in found) == 1
    for page in found:
        moments = [n for n in {*counted, *others} if page.oldest <= NOW + n * HOUR <= page.newest]
        lines = sum(counted.get(n, 0) + others.count(n) for n in moments)
        assert lines <= PAGE or len(moments) == 1


def test_entries_come_by_moments_the_newest_first() -> None:
    lines = [line(1, "area"), line(2, "note"), line(3, "area", NOW + HOUR, by="U05")]
    found = entries(BARE, ALL, lines)
    assert [(one.by, [each.id for each in one.logged]) for one in found] == [
        ("U05", [3]),
        ("U02", [1, 2]),
    ]


def test_what_is_off_the_page_is_left_out() -> None:
    past = replace(BARE, course=Course(moves=[STEP]))
    assert entries(past, Page(NOW + 2 * HOUR, NOW + HOUR), []) == []
    assert [one.by for one in entries(past, ALL, [])] == ["U02"]


def test_a_move_is_told_once_and_what_was_edited_beside_it_too() -> None:
    past = replace(BARE, course=Course(moves=[STEP]))
    lines = [line(1, "level"), line(2, "status"), line(3, "area"), line(4, "level", NOW + HOUR)]
    found = entries(past, ALL, lines)
    assert [[each.id for each in one.logged] for one in found] == [[4], [3]]
    assert [one.what for one in found[1].happened] == [What.MOVED]


def test_what_is_empty_now_or_of_no_field_is_passed_over() -> None:
    scrubbed = Logged(1, Change(2, "U02", NOW, "note", "[x]", "[x]"))
    assert entries(BARE, ALL, [scrubbed, line(2, LOGGED), line(3, "old_field")]) == []


def test_who_was_forgotten_is_told_by_one_sentence_and_by_whom() -> None:
    past = replace(BARE, forgotten=frozenset({NOW}))
    (found,) = entries(past, ALL, [line(1, "people", by="U01")])
    assert (found.by, found.logged) == ("U01", ())
    (found,) = entries(past, ALL, [line(1, "note", by="U01")])
    assert len(found.logged) == 1
    assert entries(past, ALL, [])[0].by == ""


def test_values_are_a_partners() -> None:
    change = Change(2, "U02", NOW, "kind", None, "firm")
    assert values(change) == (None, Kind.FIRM)
    person = {"name": "Anne", "title": "", "email": "", "phone": "", "note": "", "source": ""}
    change = Change(2, "U02", NOW, "people", [], [{**person, "id": 7}])
    assert values(change) == ((), (ContactPerson("Anne", id=7),))
    assert values(Change(2, "U02", NOW, "name", "A", "B")) == ("A", "B")


def test_an_import_and_its_undoing_are_told() -> None:
    one = Imported(7, "U01", NOW, "liste.xlsx", {})
    undone = replace(one, undone_at=NOW + HOUR)
    found = entries(replace(BARE, imports=[undone]), ALL, [line(1, "area", by="U01")])
    assert [(each.by, [told.what for told in each.happened]) for each in found] == [
        ("", [What.TAKEN_BACK]),
        ("U01", [What.READ_IN]),
    ]
    assert [each.id for each in found[1].logged] == [1]
    told = happened(replace(BARE, imports=[replace(undone, undone_by="U03"), one]))
    assert [each.by for each in told if each.what is What.TAKEN_BACK] == ["U03"]


def test_what_was_changed_on_another_card_is_known_by_its_version() -> None:
    merged = replace(BARE, mergers=[Merger("U02", NOW + HOUR)])
    first, second = line(1, "area", version=1).change, line(1, "area").change
    assert of_another_card(merged, first)
    assert not of_another_card(merged, second)
    assert not of_another_card(merged, replace(first, at=NOW + 2 * HOUR))
    parted = replace(BARE, mergers=[Merger("U02", NOW + HOUR, "", "U02", NOW + 2 * HOUR)])
    assert not of_another_card(parted, first)
