from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.circle import Level
from bot.evaluation import Occasion
from bot.evaluation_due import APART, FORGOTTEN, due, is_evaluated
from bot.evaluation_relation import Due, Ending, Intervals, Moved, Past, Relation
from bot.partner import RelationType, Status
from bot.workspace import Workspace

DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)
USUAL = Intervals()
PARTNERSHIP = Relation(
    7, date(2020, 1, 1), level=Level.PARTNERSHIP, moved_on=date(2026, 2, 1), responsible="U02"
)
COLLABORATION = replace(PARTNERSHIP, level=Level.COLLABORATION)
EVENT = Ending(5, "Lektiecafé", date(2026, 11, 20))


def asked(occasion: Occasion, opened_on: date, due_on: date | None = None) -> Past:
    return Past(occasion, due_on or opened_on, opened_on)


def days(relation: Relation, today: date = TODAY, intervals: Intervals = USUAL) -> dict[str, date]:
    return {one.occasion: one.due_on for one in due(relation, intervals, today)}


@pytest.mark.parametrize(
    "never",
    [
        {"level": Level.NETWORK},
        {"status": Status.POSSIBLE},
        {"status": Status.RESTING},
        {"status": Status.ENDED},
        {"archived": True},
        {"switched_off": True},
        {"relation_type": RelationType.SPONSOR},
        {"relation_type": RelationType.FUND},
        {"relation_type": RelationType.SUPPLIER},
    ],
)
def test_what_is_never_evaluated(never: dict[str, Any]) -> None:
    assert is_evaluated(PARTNERSHIP)
    assert due(replace(PARTNERSHIP, **never), USUAL, TODAY) == ()


def test_a_partnership_once_a_year_and_then_a_pulse_half_way() -> None:
    assert days(PARTNERSHIP) == {"yearly": date(2027, 2, 1)}
    once = replace(PARTNERSHIP, past=[asked(Occasion.YEARLY, date(2027, 2, 9))])
    assert days(once, date(2027, 3, 1)) == {"yearly": date(2028, 2, 9), "pulse": date(2027, 8, 9)}
    twice = replace(once, past=[*once.past, asked(Occasion.PULSE, date(2027, 8, 11))])
    assert days(twice, date(2027, 9, 1)) == {"yearly": date(2028, 2, 9)}
    assert days(once, date(2027, 3, 1), Intervals(pulse=False)) == {"yearly": date(2028, 2, 9)}
    rarely = Intervals(yearly=24)
    assert days(once, date(2027, 3, 1), rarely)["pulse"] == date(2028, 2, 9)


def test_a_pulse_that_found_no_room_gives_way_to_the_yearly_one() -> None:
    once = replace(PARTNERSHIP, past=[asked(Occasion.YEARLY, date(2026, 2, 9))])
    last = date(2026, 8, 9) + FORGOTTEN
    assert "pulse" in days(once, last)
    assert "pulse" not in days(once, last + DAY)


def test_a_partnership_that_a_trial_has_become_begins_its_own_year() -> None:
    tried = replace(
        PARTNERSHIP, past=[asked(Occasion.TRIAL, date(2026, 1, 12))], moved_on=date(2026, 2, 1)
    )
    assert days(tried)["yearly"] == date(2027, 2, 1)


def test_those_out_of_a_list_are_spread_over_a_year() -> None:
    added_on = date(2026, 11, 1)
    listed = [
        Relation(n, added_on, imported=True, level=Level.PARTNERSHIP, start=start)
        for n in range(60)
        for start in (None, date(2011, 5, 1))
    ]
    found = sorted(days(one)["yearly"] for one in listed)
    assert added_on < found[0] < added_on + 10 * DAY
    assert added_on + 355 * DAY < found[-1] <= added_on + 365 * DAY
    by_hand = Relation(3, added_on, level=Level.PARTNERSHIP)
    assert days(by_hand)["yearly"] == date(2027, 11, 1)
    assert days(replace(by_hand, start=date(2026, 3, 1)))["yearly"] == date(2027, 3, 1)
    long_since = days(replace(by_hand, start=date(2011, 3, 1)))["yearly"]
    assert added_on < long_since <= date(2027, 11, 1)


def test_a_collaboration_a_fortnight_after_its_activity() -> None:
    ended = replace(COLLABORATION, endings=[EVENT])
    (one,) = due(ended, USUAL, TODAY)
    assert (one.occasion, one.due_on) == (Occasion.ACTIVITY, date(2026, 12, 4))
    assert (one.activity_id, one.subject) == (5, "Lektiecafé")
    ahead = replace(COLLABORATION, endings=[replace(EVENT, on=date(2027, 4, 1))])
    assert days(ahead) == {"activity": date(2027, 4, 15)}
    assert days(ahead, intervals=Intervals(after_activity=30)) == {"activity": date(2027, 5, 1)}


def test_a_collaboration_that_goes_on_once_a_year() -> None:
    assert days(COLLABORATION) == {"yearly": date(2027, 2, 1)}
    later = replace(COLLABORATION, endings=[replace(EVENT, on=date(2027, 9, 1))])
    assert days(later) == {"yearly": date(2027, 2, 1)}


def test_an_activity_of_long_ago_is_asked_about_no_more() -> None:
    last = EVENT.on + 14 * DAY + FORGOTTEN
    ended = replace(COLLABORATION, endings=[EVENT], moved_on=date(2026, 10, 1))
    assert "activity" in days(ended, last)
    assert "yearly" in days(ended, last + DAY)
    before = replace(ended, moved_on=date(2026, 11, 21))
    assert days(before) == {"yearly": date(2027, 11, 21)}


def test_a_collaboration_is_never_asked_twice_in_nine_months() -> None:
    since = asked(Occasion.ACTIVITY, date(2026, 11, 22))
    assert days(replace(COLLABORATION, endings=[EVENT], past=[since])) == {
        "yearly": date(2027, 11, 22)
    }
    before = asked(Occasion.YEARLY, date(2026, 3, 15))
    waits = replace(COLLABORATION, endings=[EVENT], past=[before])
    assert days(waits) == {"activity": date(2026, 3, 15) + APART}
    too_late = replace(
        COLLABORATION, endings=[EVENT], past=[replace(before, opened_on=TODAY - 100 * DAY)]
    )
    assert "activity" not in days(too_late)
    pulse = replace(COLLABORATION, past=[asked(Occasion.PULSE, date(2026, 10, 1))])
    assert days(pulse) == {"yearly": date(2027, 7, 1)}


def test_a_trial_three_weeks_before_its_day_and_once() -> None:
    trial = replace(COLLABORATION, trial=(date(2026, 11, 1), date(2027, 2, 1)), endings=[EVENT])
    (one,) = due(trial, USUAL, TODAY)
    assert (one.occasion, one.due_on) == (Occasion.TRIAL, date(2027, 1, 11))
    assert one.latest == date(2027, 2, 1)
    assert due(trial, USUAL, date(2027, 2, 2)) == ()
    short = replace(trial, trial=(TODAY, TODAY + 10 * DAY))
    assert days(short) == {"trial": TODAY - 11 * DAY}
    assert due(replace(trial, past=[asked(Occasion.TRIAL, date(2027, 1, 12))]), USUAL, TODAY) == ()
    earlier = replace(trial, past=[asked(Occasion.YEARLY, date(2026, 10, 1))])
    assert days(earlier) == {"trial": date(2027, 1, 11)}


def test_one_that_is_moved_is_told_with_it_though_its_day_was_corrected() -> None:
    moved = Moved(Occasion.TRIAL, date(2027, 1, 11), date(2027, 1, 20), TODAY)
    trial = replace(COLLABORATION, trial=(TODAY, date(2027, 2, 5)), moved=[moved])
    (one,) = due(trial, USUAL, TODAY)
    assert (one.due_on, one.moved, one.about) == (date(2027, 1, 15), moved, date(2027, 1, 11))
    other = replace(trial, trial=(TODAY, date(2027, 4, 5)))
    assert due(other, USUAL, TODAY)[0].moved is None


def test_one_left_out_counts_as_asked_and_can_be_taken_up_again() -> None:
    out = Moved(Occasion.YEARLY, date(2027, 2, 1), None, TODAY)
    here = replace(PARTNERSHIP, moved=[out])
    left_out, following = due(here, USUAL, TODAY)
    assert left_out.left_out
    assert left_out.due_on == date(2027, 2, 1)
    assert (following.due_on, following.left_out) == (date(2028, 2, 1), False)
    assert days(here, date(2027, 3, 5)) == {"yearly": date(2028, 2, 1)}
    event = Moved(Occasion.ACTIVITY, date(2026, 12, 4), None, TODAY)
    of_two = replace(COLLABORATION, endings=[EVENT], moved=[event])
    assert [(one.occasion, one.left_out) for one in due(of_two, USUAL, TODAY)] == [
        (Occasion.ACTIVITY, True),
        (Occasion.YEARLY, False),
    ]


def test_other_questions_choose_no_day() -> None:
    chosen = Moved(Occasion.YEARLY, date(2027, 2, 1), None, TODAY, "collaboration")
    (one,) = due(replace(PARTNERSHIP, moved=[chosen]), USUAL, TODAY)
    assert (one.due_on, one.put_on, one.instrument) == (date(2027, 2, 1), None, "collaboration")
    assert not one.left_out
    event = Moved(Occasion.ACTIVITY, date(2026, 12, 4), None, TODAY, "pulse")
    here = replace(COLLABORATION, moved_on=date(2026, 11, 1), endings=[EVENT], moved=[event])
    too_late = EVENT.on + 14 * DAY + FORGOTTEN + DAY
    assert days(here, too_late) == {"yearly": date(2027, 11, 1)}


def test_what_somebody_has_chosen_a_day_for_is_never_too_late() -> None:
    last = EVENT.on + 14 * DAY + FORGOTTEN
    moved = Moved(Occasion.ACTIVITY, date(2026, 12, 4), last + 30 * DAY, TODAY)
    here = replace(COLLABORATION, moved_on=date(2026, 11, 1), endings=[EVENT], moved=[moved])
    assert days(here, last + 10 * DAY) == {"activity": date(2026, 12, 4)}
    out = replace(here, moved=[replace(moved, to_on=None)])
    assert days(out, last + 10 * DAY) == {"yearly": date(2027, 11, 1)}


def test_what_nobody_answered_is_asked_again_on_its_day_once() -> None:
    opened = asked(Occasion.YEARLY, date(2026, 10, 20), date(2026, 10, 18))
    again = Moved(Occasion.YEARLY, date(2026, 10, 18), date(2026, 12, 1), date(2026, 11, 2))
    here = replace(PARTNERSHIP, past=[opened], moved=[again])
    first, *_ = due(here, USUAL, TODAY)
    assert first == Due(Occasion.YEARLY, date(2026, 12, 1), moved=again)
    assert first.about == date(2026, 10, 18)
    taken_back = replace(here, moved=[replace(again, to_on=None), again])
    assert days(taken_back)["yearly"] == date(2027, 10, 20)
    done = replace(here, past=[opened, asked(Occasion.YEARLY, date(2026, 12, 1))])
    assert date(2026, 12, 1) not in days(done, date(2026, 12, 2)).values()
    never = replace(here, past=[])
    assert days(never) == {"yearly": date(2027, 2, 1)}


def test_the_library_chooses_for_itself() -> None:
    chosen = Workspace(
        evaluate_months=18, evaluate_pulse=False, evaluate_after=7, evaluate_before=30
    )
    assert Intervals.of(chosen) == Intervals(7, 18, 30, pulse=False)
    assert Intervals.of(Workspace()) == USUAL


def test_who_has_left_is_asked_no_more() -> None:
    here = replace(PARTNERSHIP, people=("U02", "U03"))
    assert here.with_only({"U03"}).responsible is None
    assert here.with_only({"U03"}).people == ("U03",)
    assert here.with_only({"U02", "U03"}) == here
