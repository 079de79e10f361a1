from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.circle import Level
from bot.errors import UserError
from bot.partner import RelationType, Status
from bot.reminder_cadence import (
    USUAL,
    Cadence,
    Place,
    Relation,
    Standing,
    cadence_of,
    checked,
    due,
    place_of,
    spread,
    standing,
)

DAY = timedelta(days=1)
ADDED = date(2024, 1, 1)
CONTACT = date(2026, 3, 1)
OLD = Relation(1, ADDED, last_contact=CONTACT)


def stands(relation: Relation, today: date) -> Standing:
    return standing(due(relation, {}), today)


@pytest.mark.parametrize(
    ("relation", "on_the_way", "ask"),
    [
        (OLD, 180, 270),
        (replace(OLD, level=Level.COLLABORATION), 45, 90),
        (replace(OLD, level=Level.COLLABORATION, on_trial=True), 30, 45),
        (replace(OLD, level=Level.PARTNERSHIP), 30, 60),
        (replace(OLD, status=Status.POSSIBLE), 30, 60),
        (replace(OLD, status=Status.ENDED), 330, 365),
    ],
)
def test_each_place_in_the_circle_has_its_two_thresholds(
    relation: Relation, on_the_way: int, ask: int
) -> None:
    assert stands(relation, CONTACT + (on_the_way - 1) * DAY) is Standing.FINE
    assert stands(relation, CONTACT + on_the_way * DAY) is Standing.ON_THE_WAY
    assert stands(relation, CONTACT + (ask - 1) * DAY) is Standing.ON_THE_WAY
    assert stands(relation, CONTACT + ask * DAY) is Standing.ASK


def test_a_trial_is_of_a_collaboration_only() -> None:
    assert place_of(replace(OLD, level=Level.PARTNERSHIP, on_trial=True)) is Place.PARTNERSHIP


def test_every_place_has_a_usual_cadence_that_may_be_chosen() -> None:
    assert set(USUAL) == set(Place)
    assert [checked(cadence) for cadence in USUAL.values()] == list(USUAL.values())


def test_a_librarys_cadence_replaces_the_usual_and_a_partners_own_both() -> None:
    library = {Place.NETWORK: Cadence(100, 200)}
    assert cadence_of(OLD, {}) == USUAL[Place.NETWORK]
    assert cadence_of(OLD, library) == Cadence(100, 200)
    assert cadence_of(replace(OLD, own=Cadence(10, 20)), library) == Cadence(10, 20)


@pytest.mark.parametrize(
    "left",
    [
        replace(OLD, status=Status.ENDED),
        replace(OLD, status=Status.POSSIBLE, declined_on=CONTACT),
    ],
)
def test_what_was_chosen_for_a_partner_ends_with_the_relation(left: Relation) -> None:
    assert cadence_of(replace(left, own=Cadence(10, 20)), {}) == USUAL[place_of(left)]


@pytest.mark.parametrize(
    "relation", [replace(OLD, status=Status.RESTING), replace(OLD, archived=True)]
)
def test_nobody_is_asked_about_what_rests_or_lies_in_the_archive(relation: Relation) -> None:
    assert due(relation, {}) is None
    assert stands(relation, CONTACT + 5000 * DAY) is Standing.FINE


def test_who_adds_a_partner_or_moves_it_had_to_do_with_them() -> None:
    new = Relation(1, ADDED)
    assert stands(new, ADDED + 179 * DAY) is Standing.FINE
    assert stands(new, ADDED + 270 * DAY) is Standing.ASK
    moved = replace(OLD, level=Level.PARTNERSHIP, moved_on=CONTACT + 200 * DAY)
    assert stands(moved, CONTACT + 201 * DAY) is Standing.FINE
    assert stands(moved, CONTACT + 260 * DAY) is Standing.ASK


# A kind no


def test_a_kind_no_is_asked_about_on_the_day_that_its_letter_names() -> None:
    promised = CONTACT + 100 * DAY
    said = replace(OLD, status=Status.POSSIBLE, declined_on=CONTACT, ask_again_on=promised)
    assert stands(said, promised - DAY) is Standing.FINE
    assert stands(said, promised) is Standing.ASK
    seen = replace(said, last_contact=promised - 10 * DAY)
    assert stands(seen, promised) is Standing.ASK  # what was promised is kept
    assert stands(replace(said, last_contact=promised), promised + DAY) is Standing.FINE


def test_a_kind_no_without_a_day_is_asked_about_after_a_year() -> None:
    declined_on = CONTACT + 20 * DAY
    said = replace(OLD, status=Status.POSSIBLE, declined_on=declined_on)
    assert stands(said, declined_on + 364 * DAY) is Standing.FINE
    assert stands(said, declined_on + 365 * DAY) is Standing.ASK


def test_a_no_to_one_idea_changes_nothing_in_a_running_partnership() -> None:
    running = replace(OLD, level=Level.PARTNERSHIP, declined_on=CONTACT, ask_again_on=CONTACT + DAY)
    assert stands(running, CONTACT + 2 * DAY) is Standing.FINE
    assert stands(running, CONTACT + 60 * DAY) is Standing.ASK


# Agreements

ENDS = date(2027, 6, 30)


@pytest.mark.parametrize("sort", sorted({*RelationType} - {RelationType.PARTNER}))
def test_of_a_sponsor_only_the_agreement_counts(sort: RelationType) -> None:
    sponsor = Relation(1, ADDED, relation_type=sort)
    assert stands(sponsor, ADDED + 5000 * DAY) is Standing.FINE
    agreed = replace(sponsor, agreement_ends=ENDS)
    assert stands(agreed, ENDS - 91 * DAY) is Standing.FINE
    assert stands(agreed, ENDS - 90 * DAY) is Standing.ASK
    assert stands(agreed, ENDS + 5 * DAY) is Standing.ASK


def test_a_contact_answers_the_one_question_about_an_agreement_and_not_the_next() -> None:
    agreed = Relation(1, ADDED, relation_type=RelationType.FUND, agreement_ends=ENDS)
    seen = replace(agreed, last_contact=ENDS - 80 * DAY)
    assert stands(seen, ENDS - 79 * DAY) is Standing.FINE
    assert stands(seen, ENDS - 30 * DAY) is Standing.ASK
    assert stands(replace(seen, last_contact=ENDS - 30 * DAY), ENDS) is Standing.FINE


def test_an_agreement_that_has_ended_for_good_is_not_asked_about() -> None:
    over = Relation(1, ADDED, relation_type=RelationType.FUND, agreement_ends=ENDS)
    assert stands(replace(over, status=Status.ENDED), ENDS) is Standing.FINE


# Out of a list, with an unknown last contact


def imported(number: int) -> Relation:
    return Relation(number, ADDED, imported=True)


def asked_on(relation: Relation) -> date:
    when = due(relation, {})
    assert when
    return when.ask_on


@given(st.integers(1, 10**9), st.sampled_from(Level))
def test_an_unknown_contact_is_asked_about_within_one_threshold(number: int, level: Level) -> None:
    relation = replace(imported(number), level=level)
    ask = USUAL[Place(level)].ask
    assert ADDED + DAY <= asked_on(relation) <= ADDED + ask * DAY
    assert asked_on(relation) == asked_on(replace(relation))
    assert asked_on(replace(relation, partner_id=0)) == ADDED + DAY  # never on the day it came


@given(st.integers(1, 10**6))
def test_those_of_one_list_are_spread_evenly_over_it(first: int) -> None:
    weeks = Counter((asked_on(imported(first + n)) - ADDED).days // 7 for n in range(400))
    whole = [weeks[week] for week in range(1, 38)]  # 400 in 270 days are 10.4 a week
    assert min(whole) >= 8
    assert max(whole) <= 13


@given(st.integers(0, 2**31), st.integers(1, 1000))
def test_a_spread_stays_within_its_days(number: int, days: int) -> None:
    assert 0 <= spread(number, days) < days


def test_those_whose_contact_was_over_already_when_they_came_are_spread_too() -> None:
    long_ago = replace(imported(7), last_contact=ADDED - 500 * DAY)
    assert asked_on(long_ago) == asked_on(imported(7))
    just_over = replace(imported(7), last_contact=ADDED - 270 * DAY)
    assert asked_on(just_over) == asked_on(imported(7))
    lately = replace(imported(7), last_contact=ADDED - 10 * DAY)
    assert asked_on(lately) == ADDED + 260 * DAY


def test_a_contact_with_an_imported_one_counts_as_with_any_other() -> None:
    assert asked_on(replace(imported(7), last_contact=CONTACT)) == CONTACT + 270 * DAY


def test_an_imported_one_is_on_the_way_no_sooner_than_it_is_there() -> None:
    when = [due(imported(number), {}) for number in range(1, 300)]
    assert all(one and ADDED <= one.on_the_way_on <= one.ask_on for one in when)
    assert all(one and one.since <= one.ask_on for one in when)


# Choosing


@pytest.mark.parametrize(
    ("cadence", "field"),
    [
        (Cadence(1, 6), "ask"),
        (Cadence(1, 731), "ask"),
        (Cadence(0, 30), "on_the_way"),
        (Cadence(31, 30), "on_the_way"),
    ],
)
def test_a_cadence_that_makes_no_sense_is_refused(cadence: Cadence, field: str) -> None:
    with pytest.raises(UserError) as refused:
        checked(cadence)
    assert refused.value.field == field


@pytest.mark.parametrize("cadence", [Cadence(1, 7), Cadence(730, 730)])
def test_the_shortest_and_the_longest_cadence(cadence: Cadence) -> None:
    assert checked(cadence) == cadence
