from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.circle import Level
from bot.partner import Change, Kind, Partner, Purpose, RelationType, Room, Status
from bot.partner_question import choices
from bot.partner_sort import (
    FACTS,
    ROUND,
    STEPS,
    Asked,
    Course,
    Fact,
    Out,
    Step,
    facts,
    given,
    is_missing,
    out,
    taken_back,
)
from bot.workspace import Workspace

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
NEW = Partner("Springbræt", id=3, level=Level.COLLABORATION)
FULL = replace(
    NEW,
    kind=Kind.ASSOCIATION,
    rooms=(Room.MEETING,),
    age_groups=("6-12",),
    goals=("Flere børn læser",),
    purposes=(Purpose.NEW_USERS,),
    branch="Børn",
    responsible="U02",
)
ALL = Workspace(branches=("Børn", "Voksen"), goals=("Flere børn læser",))


def change(
    version: int, field: str, after: object, before: object = None, by: str = "U01"
) -> Change:
    return Change(version, by, NOW, field, before, after)


def step(fact: str, version: int = 0) -> Step:
    return Step(Asked(3, fact), version)


def test_what_the_pictures_count_is_asked_first() -> None:
    pictured = [fact.field for fact in FACTS if fact.pictured]
    assert pictured == [fact.field for fact in FACTS[: len(pictured)]]
    assert {"kind", "rooms", "age_groups"} <= set(pictured)


def test_every_fact_is_a_field_with_answers() -> None:
    for fact in FACTS:
        assert hasattr(NEW, fact.field)
        assert fact.typed or choices(fact.field, ALL)
        assert fact.several == isinstance(getattr(FULL, fact.field), tuple)


def test_what_the_library_has_no_answers_to_is_not_asked() -> None:
    assert facts(ALL) == FACTS
    asked = [fact.field for fact in facts(Workspace(age_groups=()))]
    assert asked == ["kind", "rooms", "purposes", "responsible"]


@pytest.mark.parametrize("fact", FACTS)
def test_what_is_empty_is_missing(fact: Fact) -> None:
    assert is_missing(NEW, fact)
    assert not is_missing(FULL, fact)


@pytest.mark.parametrize(
    "gone",
    [
        {"archived": True},
        {"status": Status.ENDED},
        {"relation_type": RelationType.SPONSOR},
    ],
)
def test_of_a_relation_that_is_over_or_no_partnership_nothing_is_missing(
    gone: dict[str, object],
) -> None:
    assert not any(is_missing(replace(NEW, **gone), fact) for fact in FACTS)  # type: ignore[arg-type] # any field


def test_somebody_responsible_is_missing_where_we_do_something_together() -> None:
    (responsible,) = (fact for fact in FACTS if fact.together)
    assert is_missing(NEW, responsible)
    assert not is_missing(replace(NEW, level=Level.NETWORK), responsible)
    assert not is_missing(replace(NEW, status=Status.RESTING), responsible)


def test_a_round_is_over_after_twenty_answers_and_skipping_is_none() -> None:
    course = Course()
    for n in range(ROUND - 1):
        course = course.after(step("kind", n + 1)).after(step("rooms"))
    assert not course.over
    assert [fact.field for fact in course.facts] == ["kind"]
    assert course.after(step("rooms", 9)).over


def test_a_step_back_takes_its_answer_off_the_round() -> None:
    course = Course().after(step("kind", 2)).after(step("rooms"))
    assert course.before() == Course(1, (step("kind", 2),))
    assert course.before().before() == Course()


def test_no_more_steps_are_kept_than_can_be_carried() -> None:
    course = Course()
    for n in range(STEPS + 5):
        course = course.after(Step(Asked(n, "kind")))
    assert len(course.steps) == STEPS
    assert course.steps[-1].asked.partner_id == STEPS + 4


@pytest.mark.parametrize(
    ("way", "after"),
    [
        (Out.SPONSOR, {"relation_type": RelationType.SPONSOR}),
        (Out.FUND, {"relation_type": RelationType.FUND}),
        (Out.SUPPLIER, {"relation_type": RelationType.SUPPLIER}),
        (Out.ARCHIVE, {"archived": True}),
    ],
)
def test_what_a_relation_turns_out_to_be(way: Out, after: dict[str, object]) -> None:
    gone = out(NEW, way)
    assert gone == replace(NEW, **after)  # type: ignore[arg-type] # that one field
    assert not any(is_missing(gone, fact) for fact in FACTS)


def test_an_answer_is_taken_back_and_known_still() -> None:
    now = replace(FULL, version=4)
    changes = [
        change(4, "rooms", ["meeting"], []),
        change(4, "known_by", ["U09"], []),  # a button, which makes no version
        change(5, "note", "Ring", ""),
    ]
    assert taken_back(now, changes, 4) == replace(now, rooms=())
    assert given(changes, step("rooms", 4)) == ("meeting",)
    assert given([change(2, "kind", "firm")], step("kind", 2)) == ("firm",)


def test_what_a_colleague_has_changed_since_stays() -> None:
    now = replace(FULL, version=5)
    changes = [change(4, "kind", "firm"), change(5, "kind", "association", "firm")]
    assert taken_back(now, changes, 4) is None


def test_taken_back_twice_it_is_as_it_was() -> None:
    now = replace(FULL, version=5, kind=None)
    changes = [change(4, "kind", "firm"), change(5, "kind", None, "firm")]
    assert taken_back(now, changes, 4) == now


def test_what_is_in_the_log_no_more_is_not_taken_back() -> None:
    assert taken_back(FULL, [], 4) is None


def test_of_a_partner_that_is_none_no_answer_is_known() -> None:
    changes = [change(2, "relation_type", "sponsor", "partner")]
    now = replace(NEW, relation_type=RelationType.SPONSOR)
    assert taken_back(now, changes, 2) == NEW
    assert given(changes, step("kind", 2)) == ()
