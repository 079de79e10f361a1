from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.circle import (
    RINGS,
    TRANSITIONS,
    WHYS_DOWN,
    Level,
    Move,
    Offer,
    Reply,
    Suggestion,
    Why,
    checked,
    from_collaboration,
    from_network,
    net,
    outwards,
    skips_collaboration,
    triggers,
)
from bot.errors import UserError

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NETWORK, COLLABORATION, PARTNERSHIP = Level
LIFT = Move(3, NETWORK, COLLABORATION, Why.ACTIVITY, "U01", NOON)
DOWN = Move(3, PARTNERSHIP, COLLABORATION, Why.LESS_OFTEN, "U01", NOON)


def refused(move: Move) -> UserError:
    with pytest.raises(UserError) as error:
        checked(move)
    return error.value


def taken(*ways: tuple[Level, Level, Why]) -> list[Move]:
    """The steps of one relation, a day each; the newest first, for they come in any order."""
    days = (NOON + timedelta(days=n) for n in range(len(ways)))
    steps = [Move(3, *way, "U01", at) for way, at in zip(ways, days, strict=True)]
    return steps[::-1]


# The table


def test_the_circle_has_three_rings_and_every_way_between_them() -> None:
    ways = {(way.from_level, way.to_level) for way in TRANSITIONS}
    assert len(ways) == len(TRANSITIONS)
    between = {(one, other) for one, other in product(Level, Level) if one is not other}
    assert ways == between | {(NETWORK, NETWORK)}


@pytest.mark.parametrize(
    ("from_level", "to_level", "whys"),
    [
        (NETWORK, COLLABORATION, (Why.ACTIVITY,)),
        (COLLABORATION, PARTNERSHIP, (Why.FRAME, Why.TRIAL)),
        (PARTNERSHIP, COLLABORATION, WHYS_DOWN),
        (COLLABORATION, NETWORK, (*WHYS_DOWN, Why.ENDED)),
        (NETWORK, NETWORK, (Why.ENDED,)),
        (PARTNERSHIP, PARTNERSHIP, ()),
    ],
)
def test_what_moves_a_relation_which_way(
    from_level: Level, to_level: Level, whys: tuple[Why, ...]
) -> None:
    assert triggers(from_level, to_level) == whys


def test_an_ending_leads_back_to_the_network_from_every_ring() -> None:
    endings = [way for way in TRANSITIONS if Why.ENDED in way.whys]
    assert {way.from_level for way in endings} == set(Level)
    assert {way.to_level for way in endings} == {NETWORK}


def test_every_reason_moves_something_except_what_no_form_offers() -> None:
    offered = {why for way in TRANSITIONS for why in way.whys}
    assert set(Why) - offered == {Why.JUDGED, Why.READ_IN}


def test_the_rings_are_all_levels_from_the_inside_out() -> None:
    assert tuple(reversed(Level)) == RINGS


@pytest.mark.parametrize(("from_level", "to_level"), list(product(Level, Level)))
def test_inwards_is_towards_a_partnership(from_level: Level, to_level: Level) -> None:
    rank = {NETWORK: 0, COLLABORATION: 1, PARTNERSHIP: 2}
    move = replace(LIFT, from_level=from_level, to_level=to_level)
    assert move.inwards == (rank[to_level] > rank[from_level])


# The dialogue


@pytest.mark.parametrize(
    ("activity", "suggestion"),
    [
        (Reply.YES, Suggestion(COLLABORATION, Why.ACTIVITY)),
        (Reply.MAYBE, Suggestion(NETWORK, offer=Offer.ASK_AGAIN)),
        (Reply.NO, Suggestion(NETWORK)),
    ],
)
def test_an_activity_makes_a_collaboration(activity: Reply, suggestion: Suggestion) -> None:
    assert from_network(activity) == suggestion


@pytest.mark.parametrize(("repeated", "framed"), list(product(Reply, Reply)))
def test_repeated_and_within_a_frame_makes_a_partnership(repeated: Reply, framed: Reply) -> None:
    both = (repeated, framed) == (Reply.YES, Reply.YES)
    assert from_collaboration(repeated, framed) == (
        Suggestion(PARTNERSHIP, Why.FRAME, Offer.GATE)
        if both
        else Suggestion(COLLABORATION, offer=Offer.TRIAL)
    )


@pytest.mark.parametrize("why", WHYS_DOWN)
@pytest.mark.parametrize("running", [True, False])
def test_a_partnership_comes_down_a_ring_or_to_the_network(why: Why, *, running: bool) -> None:
    finished = why in {Why.ACTIVITY_OVER, Why.REACHED}
    to_level = NETWORK if finished and not running else COLLABORATION
    assert outwards(PARTNERSHIP, why, running=running) == Suggestion(to_level, why)
    assert why in triggers(PARTNERSHIP, to_level)


@pytest.mark.parametrize("why", WHYS_DOWN)
@pytest.mark.parametrize("running", [True, False])
def test_a_collaboration_comes_down_unless_something_else_runs(why: Why, *, running: bool) -> None:
    stays = Suggestion(COLLABORATION)
    leads = outwards(COLLABORATION, why, running=running)
    assert leads == (stays if running else Suggestion(NETWORK, why))


def test_only_from_the_network_straight_to_a_partnership_is_a_ring_passed_over() -> None:
    skipping = [pair for pair in product(Level, Level) if skips_collaboration(*pair)]
    assert skipping == [(NETWORK, PARTNERSHIP)]


def test_what_the_dialogue_suggests_can_be_stored() -> None:
    suggested = [
        (NETWORK, from_network(Reply.YES)),
        (COLLABORATION, from_collaboration(Reply.YES, Reply.YES)),
    ]
    for level, suggestion in suggested:
        assert suggestion.why
        step = Move(3, level, suggestion.level, suggestion.why, "U01", NOON)
        assert checked(step) == step


# What may be stored


def test_texts_are_cleaned_to_one_line() -> None:
    typed = replace(
        DOWN, reason=" vi ses\n sjældnere ", learned="bedst  om\u200b foråret", told=" Bo "
    )
    assert checked(typed) == replace(
        DOWN, reason="vi ses sjældnere", learned="bedst om foråret", told="Bo"
    )


@pytest.mark.parametrize("field", ["reason", "learned", "told"])
def test_a_cpr_number_is_stopped_where_it_stands(field: str) -> None:
    fault = refused(replace(DOWN, **{field: "Anne, 010190-1234"}))  # type: ignore[arg-type] # a text field
    assert fault.field == field
    assert "CPR" in fault.msgid


@pytest.mark.parametrize("field", ["reason", "learned", "told"])
def test_a_text_too_long_is_refused_and_one_that_just_fits_is_not(field: str) -> None:
    fits = replace(DOWN, **{field: "æ" * 300})  # type: ignore[arg-type] # a text field
    assert checked(fits) == fits
    fault = refused(replace(DOWN, **{field: "æ" * 301}))  # type: ignore[arg-type] # as above
    assert (fault.field, fault.values["limit"]) == (field, 300)


@pytest.mark.parametrize(("from_level", "to_level"), list(product(Level, Level)))
def test_one_may_see_it_otherwise_between_any_two_rings(from_level: Level, to_level: Level) -> None:
    judged = replace(LIFT, from_level=from_level, to_level=to_level, why=Why.JUDGED, reason="nej")
    if from_level is to_level:
        assert refused(judged).field == "to_level"
    else:
        assert checked(judged) == judged


@pytest.mark.parametrize(
    "move", [replace(LIFT, why=Why.JUDGED), replace(DOWN, why=Why.OTHER), DOWN, LIFT]
)
@pytest.mark.parametrize("reason", ["", " \n\u200b "])
def test_only_what_the_code_does_not_tell_has_to_be_explained(move: Move, reason: str) -> None:
    silent = replace(move, reason=reason)
    if move.why in {Why.JUDGED, Why.OTHER}:
        assert refused(silent).field == "reason"
    else:
        assert checked(silent) == move


def test_an_ending_within_the_network_is_a_move() -> None:
    ending = Move(3, NETWORK, NETWORK, Why.ENDED, "U01", NOON)
    assert ending.ends
    assert checked(ending) == ending
    assert not LIFT.ends


@pytest.mark.parametrize(
    "stray",
    [
        replace(LIFT, why=Why.LESS_OFTEN),
        replace(DOWN, why=Why.ENDED),
        replace(LIFT, why=Why.TRIAL, to_level=PARTNERSHIP),
    ],
)
def test_a_reason_that_leads_elsewhere_is_a_fault_of_ours(stray: Move) -> None:
    with pytest.raises(ValueError, match="moves nothing"):
        checked(stray)


# Several steps, told as one.

IN = (NETWORK, COLLABORATION, Why.ACTIVITY)
FURTHER = (COLLABORATION, PARTNERSHIP, Why.FRAME)
LESS = (PARTNERSHIP, COLLABORATION, Why.LESS_OFTEN)
OVER = (COLLABORATION, NETWORK, Why.ACTIVITY_OVER)
END = (COLLABORATION, NETWORK, Why.ENDED)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([IN], IN),
        ([IN, FURTHER], (NETWORK, PARTNERSHIP, Why.FRAME)),
        ([LESS, OVER], (PARTNERSHIP, NETWORK, Why.ACTIVITY_OVER)),
        ([IN, OVER], None),
        ([END, IN], None),
        # By two rings in and by one out: further in, and not because "we meet less often".
        ([IN, FURTHER, LESS], IN),
        ([LESS, OVER, IN], LESS),
        ([(NETWORK, PARTNERSHIP, Why.FRAME), LESS], (NETWORK, COLLABORATION, Why.FRAME)),
        # An end is told as that, wherever it began; one that was taken up again is none.
        ([IN, END], (NETWORK, NETWORK, Why.ENDED)),
        ([LESS, END], (PARTNERSHIP, NETWORK, Why.ENDED)),
        ([(PARTNERSHIP, NETWORK, Why.ENDED), IN], (PARTNERSHIP, COLLABORATION, Why.ACTIVITY)),
    ],
)
def test_steps_are_told_as_one_move(
    steps: list[tuple[Level, Level, Why]], told: tuple[Level, Level, Why] | None
) -> None:
    found = [(move.from_level, move.to_level, move.why) for move in net(taken(*steps))]
    assert found == ([told] if told else [])


def test_of_several_relations_the_one_that_moved_last_is_first() -> None:
    early, late = taken(IN, FURTHER)[::-1]
    other = replace(early, partner_id=4, at=late.at - timedelta(hours=1))
    assert [(move.partner_id, move.at) for move in net([early, other, late])] == [
        (3, late.at),
        (4, other.at),
    ]
