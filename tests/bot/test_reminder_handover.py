from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.circle_asked import Absent, Ties, asked_of
from bot.errors import UserError
from bot.partner import Partner
from bot.reminder import asked, is_unclaimed
from bot.reminder_handover import (
    OPEN_FOR,
    TOLD_FOR,
    Answer,
    Handover,
    State,
    answer,
    answered,
    candidates,
    disowned,
    is_news,
    is_open,
    left_behind,
    offered,
    released,
    stands,
    taken,
)

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
MUSEUM = Partner("Byens Museum", 7, responsible="U01", deputy="U02", known_by=("U03",))
OFFER = Handover(7, "U02", "U01", NOW, "U01", id=1)


def test_it_is_offered_to_a_colleague_who_is_here() -> None:
    made = offered(MUSEUM, "U02", by="U01", now=NOW, absent=Absent())
    assert made == replace(OFFER, id=0)
    assert is_open(made, NOW)


@pytest.mark.parametrize(
    ("to", "absent"),
    [
        ("U01", Absent()),
        ("U02", Absent(left=frozenset({"U02"}))),
        ("U02", Absent(away={"U02": "U03"})),
    ],
)
def test_it_is_offered_to_nobody_who_has_it_has_left_or_is_away(to: str, absent: Absent) -> None:
    with pytest.raises(UserError) as refused:
        offered(MUSEUM, to, by="U01", now=NOW, absent=absent)
    assert refused.value.field == "to"


@pytest.mark.parametrize(("accepts", "state"), [(True, State.ACCEPTED), (False, State.DECLINED)])
def test_the_receiver_says_yes_or_no(*, accepts: bool, state: State) -> None:
    said = answered(OFFER, MUSEUM, "U02", accepts=accepts, now=LATER)
    assert (said.state, said.settled_at) == (state, LATER)
    assert not is_open(said, LATER)


def test_nobody_else_answers_and_nobody_twice() -> None:
    with pytest.raises(UserError, match="colleague"):
        answered(OFFER, MUSEUM, "U03", accepts=True, now=LATER)
    said = answered(OFFER, MUSEUM, "U02", accepts=False, now=LATER)
    with pytest.raises(UserError, match="settled"):
        answered(said, MUSEUM, "U02", accepts=True, now=LATER)


def test_an_offer_without_a_word_is_over() -> None:
    assert is_open(OFFER, NOW + OPEN_FOR - timedelta(seconds=1))
    assert not is_open(OFFER, NOW + OPEN_FOR)
    with pytest.raises(UserError, match="too long"):
        answered(OFFER, MUSEUM, "U02", accepts=True, now=NOW + OPEN_FOR)


@pytest.mark.parametrize("now_of", ["U03", None])
def test_an_offer_is_over_once_the_partner_has_changed_hands(now_of: str | None) -> None:
    theirs = replace(MUSEUM, responsible=now_of)
    assert stands(OFFER, MUSEUM)
    assert not stands(OFFER, theirs)
    with pytest.raises(UserError, match="changed hands"):
        answered(OFFER, theirs, "U02", accepts=True, now=LATER)


def test_what_nobody_was_responsible_for_is_offered_until_somebody_is() -> None:
    free = replace(MUSEUM, responsible=None)
    made = offered(free, "U02", by="U05", now=NOW, absent=Absent())
    assert stands(made, free)
    assert not stands(made, MUSEUM)


def test_who_takes_it_is_responsible_and_who_had_it_knows_them_still() -> None:
    theirs = taken(MUSEUM, "U02")
    assert (theirs.responsible, theirs.deputy, theirs.known_by) == ("U02", None, ("U01", "U03"))
    assert asked(theirs, Absent()) == "U02"
    others = taken(MUSEUM, "U03")
    assert (others.responsible, others.deputy, others.known_by) == ("U03", "U02", ("U01",))
    assert taken(replace(MUSEUM, responsible=None), "U09").known_by == ("U03",)


def test_what_is_released_is_unclaimed_and_its_responsible_knows_them_still() -> None:
    free = released(MUSEUM)
    assert is_unclaimed(free, Absent())
    assert free.known_by == ("U01", "U03")


def test_it_is_not_me_leaves_no_tie() -> None:
    free = disowned(MUSEUM)
    assert is_unclaimed(free, Absent())
    assert "U01" not in asked_of(free, "", Absent())


def test_what_a_colleague_leaves_behind_is_the_coordinators() -> None:
    other = replace(MUSEUM, id=8, responsible="U03")
    assert left_behind("U01", [MUSEUM, other]) == [MUSEUM]
    assert left_behind("U03", [Ties("U03"), Ties(None, "U03")]) == [Ties("U03")]


def test_it_is_offered_first_to_those_who_are_tied_to_them_and_here() -> None:
    assert candidates(MUSEUM, Absent()) == ["U02", "U03"]
    assert candidates(MUSEUM, Absent(frozenset({"U02"}))) == ["U03"]
    assert candidates(MUSEUM, Absent(away={"U03": None})) == ["U02"]


def test_nobody_who_was_asked_before_is_asked_without_a_colleague() -> None:
    assert candidates(MUSEUM, Absent(), {"U02"}) == ["U03"]
    assert candidates(MUSEUM, Absent(), {"U02", "U03"}) == []


def test_whoever_asked_hears_what_came_of_it() -> None:
    said_no = replace(OFFER, state=State.DECLINED, settled_at=LATER)
    said_yes = replace(OFFER, state=State.ACCEPTED, settled_at=LATER)
    hers = taken(MUSEUM, "U02")
    assert answer(OFFER, MUSEUM, LATER) is Answer.WAITS
    assert answer(OFFER, MUSEUM, NOW + OPEN_FOR) is Answer.NONE
    assert answer(said_no, MUSEUM, LATER) is Answer.NO
    assert answer(said_yes, hers, LATER) is Answer.YES


def test_of_what_was_settled_otherwise_since_nobody_hears() -> None:
    said_no = replace(OFFER, state=State.DECLINED, settled_at=LATER)
    said_yes = replace(OFFER, state=State.ACCEPTED, settled_at=LATER)
    elsewhere = taken(MUSEUM, "U03")
    assert answer(replace(OFFER, state=State.WITHDRAWN), MUSEUM, LATER) is None
    assert [answer(one, elsewhere, LATER) for one in (OFFER, said_no, said_yes)] == [None] * 3


def test_it_is_news_for_a_week_after_its_answer_or_its_end() -> None:
    said_no = replace(OFFER, state=State.DECLINED, settled_at=LATER)
    for over, one in ((LATER, said_no), (NOW + OPEN_FOR, OFFER)):
        assert is_news(one, over + TOLD_FOR - timedelta(minutes=1))
        assert not is_news(one, over + TOLD_FOR)
