from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.round import (
    LONGEST_DAYS,
    MOST_INVITED,
    Count,
    Kind,
    Round,
    Sheet,
    Standing,
    State,
    Why,
    called,
    count,
    deadline_on,
    default_deadline,
    nudge_at,
    to_nudge,
    to_reveal,
    waits_for,
    who_answered,
)
from bot.timetable import Calendar

CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WAITING, ANSWERED = Standing.WAITING, Standing.ANSWERED
DECLINED, LEFT = Standing.DECLINED, Standing.LEFT


def asked(*users: str, by: str = "U01", deadline: datetime | None = None) -> Round:
    return called(Kind.TJEK, 7, by=by, invited=users, now=NOW, calendar=CALENDAR, deadline=deadline)


def standing(*standings: Standing) -> Round:
    """A round that U01 called, with U02, U03 and so on standing like that."""
    users = [f"U{number:02}" for number in range(2, len(standings) + 2)]
    return replace(asked(*users), standings=dict(zip(users, standings, strict=True)))


def refused(invited: Iterable[str] = ("U02",), deadline: datetime | None = None) -> UserError:
    with pytest.raises(UserError) as error:
        asked(*invited, deadline=deadline)
    return error.value


# Calling one


def test_a_new_round_waits_for_everybody_until_noon_in_five_working_days() -> None:
    this = called(
        Kind.TJEK,
        7,
        by="U01",
        invited=["U02", "U03"],
        now=NOW,
        calendar=CALENDAR,
        partner_id=3,
        channel="C01",
    )
    assert this == Round(
        kind=Kind.TJEK,
        subject_id=7,
        called_by="U01",
        opened_at=NOW,
        deadline=datetime(2026, 12, 1, 11, tzinfo=UTC),  # 12:00 in Copenhagen
        standings={"U02": WAITING, "U03": WAITING},
        named=True,
        partner_id=3,
        nudge_at=datetime(2026, 11, 30, 8, tzinfo=UTC),  # 9:00 the day before
        channel="C01",
    )
    assert this.state is State.OPEN


def test_a_round_carries_nobodys_answers() -> None:
    assert not {"sheets", "answers", "notes"} & {field.name for field in fields(Round)}


@pytest.mark.parametrize(("kind", "named"), [(Kind.TJEK, True), (Kind.EVALUATION, False)])
def test_a_tjek_carries_names_and_an_evaluation_does_not(kind: Kind, named: bool) -> None:  # noqa: FBT001 - a parameter
    this = called(kind, 7, by="U01", invited=["U02"], now=NOW, calendar=CALENDAR)
    assert this.named is named


def test_nobody_is_invited_twice() -> None:
    assert [*asked("U03", "U02", "U03").standings] == ["U03", "U02"]


def test_the_caller_may_be_among_them_or_not() -> None:
    assert "U01" in asked("U01", "U02").standings
    assert "U01" not in asked("U02").standings


@pytest.mark.parametrize("invited", [[], ["U01"], ["U01", "U01"]])
def test_a_round_needs_a_colleague(invited: list[str]) -> None:
    assert refused(invited).field == "invited"


def test_sixty_are_invited_and_so_are_two_hundred_but_not_more() -> None:
    users = [f"U{number}" for number in range(100, 101 + MOST_INVITED)]
    assert len(asked(*users[:60]).standings) == 60
    assert len(asked(*users[:-1]).standings) == MOST_INVITED
    fault = refused(users)
    assert (fault.field, fault.values) == (
        "invited",
        {"count": MOST_INVITED + 1, "limit": MOST_INVITED},
    )


# Deadlines


def test_the_deadline_steps_over_days_off() -> None:
    closed = replace(CALENDAR, holidays={date(2026, 11, 27)})
    assert default_deadline(NOW, closed) == datetime(2026, 12, 2, 11, tzinfo=UTC)


def test_a_day_means_noon_in_the_librarys_own_time() -> None:
    assert deadline_on(date(2027, 7, 1), CALENDAR) == datetime(2027, 7, 1, 10, tzinfo=UTC)


def test_a_deadline_is_chosen_from_now_on_and_within_two_months() -> None:
    on = NOW + LONGEST_DAYS * DAY - DAY  # a Friday
    assert asked("U02", deadline=on).deadline == on
    for wrong in (NOW - SECOND, NOW, NOW + LONGEST_DAYS * DAY + SECOND):
        assert refused(deadline=wrong).field == "deadline"


def test_a_deadline_is_on_a_day_when_people_are_at_work() -> None:
    assert refused(deadline=deadline_on(date(2026, 11, 28), CALENDAR)).field == "deadline"


@pytest.mark.parametrize(
    ("deadline", "nudge"),
    [
        (date(2026, 11, 24), None),  # today
        (date(2026, 11, 25), None),  # the day before is that of the invitation
        (date(2026, 11, 26), datetime(2026, 11, 25, 8, tzinfo=UTC)),
        (date(2026, 11, 30), datetime(2026, 11, 27, 8, tzinfo=UTC)),  # a Monday: on Friday
    ],
)
def test_the_nudge_lies_on_the_working_day_before(deadline: date, nudge: datetime | None) -> None:
    assert nudge_at(deadline_on(deadline, CALENDAR), NOW, CALENDAR) == nudge


# Who knows what


def test_everybody_sees_how_many_and_only_the_caller_sees_who() -> None:
    this = standing(ANSWERED, ANSWERED, WAITING, DECLINED, LEFT)
    assert count(this) == Count(answered=2, asked=3, declined=1, left=1)
    assert who_answered(this, "U01") == ("U02", "U03")
    assert [who_answered(this, user) for user in ("U02", "U04", "U99")] == [(), (), ()]
    assert who_answered(replace(this, named=False), "U01") == ()


def test_it_waits_for_those_who_have_not_answered_until_the_deadline() -> None:
    this = standing(WAITING, ANSWERED, DECLINED)
    assert waits_for(this, "U02", this.deadline - SECOND)
    assert not waits_for(this, "U02", this.deadline)
    assert not any(waits_for(this, user, NOW) for user in ("U01", "U03", "U04"))
    assert not waits_for(replace(this, state=State.CANCELLED), "U02", NOW)


# When it ends


@pytest.mark.parametrize(
    "standings",
    [(ANSWERED, ANSWERED), (ANSWERED, DECLINED), (ANSWERED, LEFT), (DECLINED, LEFT)],
)
def test_all_is_shown_when_nobody_is_waited_for(standings: tuple[Standing, ...]) -> None:
    assert to_reveal(standing(*standings), NOW) is Why.ALL_IN


def test_until_then_the_deadline_decides() -> None:
    this = standing(ANSWERED, WAITING)
    assert to_reveal(this, this.deadline - SECOND) is None
    assert to_reveal(this, this.deadline) is Why.DEADLINE


def test_a_round_nobody_answered_ends_too() -> None:
    this = standing(WAITING, WAITING)
    assert to_reveal(this, this.deadline + DAY) is Why.DEADLINE
    assert count(this).answered == 0


@pytest.mark.parametrize("state", [State.REVEALED, State.CLOSED, State.CANCELLED])
def test_nothing_is_shown_twice_or_after_it_was_called_off(state: State) -> None:
    this = replace(standing(ANSWERED), state=state)
    assert to_reveal(this, this.deadline) is None


# The nudge


def test_those_who_have_not_answered_are_nudged() -> None:
    this = standing(WAITING, ANSWERED, DECLINED, LEFT, WAITING)
    assert this.nudge_at
    assert to_nudge(this, this.nudge_at - SECOND) == ()
    assert to_nudge(this, this.nudge_at) == ("U02", "U06")
    assert to_nudge(this, this.deadline - SECOND) == ("U02", "U06")
    assert to_nudge(this, this.deadline) == ()
    assert to_nudge(replace(this, state=State.REVEALED), this.nudge_at) == ()
    assert to_nudge(replace(this, nudge_at=None), this.deadline - SECOND) == ()


def test_an_empty_sheet_is_the_default() -> None:
    assert Sheet() == Sheet({}, {})


def test_the_partner_asked_by_mail_counts_once_however_many_have_a_link() -> None:
    def of(**standings: Standing) -> Round:
        by_voice = {who.replace("at", "@"): how for who, how in standings.items()}
        return replace(standing(WAITING), standings=by_voice)

    waits = of(U02=ANSWERED, at0=WAITING, at7=WAITING)
    assert count(waits) == Count(answered=1, asked=2, declined=0, left=0)
    assert to_reveal(waits, NOW) is None
    one = of(U02=ANSWERED, at0=WAITING, at7=ANSWERED)
    assert count(one) == Count(answered=2, asked=2, declined=0, left=0)
    assert to_reveal(one, NOW) is Why.ALL_IN
    in_slack = of(U02=ANSWERED, atU50=ANSWERED, atU51=WAITING)
    assert count(in_slack) == Count(answered=2, asked=3, declined=0, left=0)
    assert to_reveal(in_slack, NOW) is None
