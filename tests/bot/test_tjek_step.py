from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.round_step import Step
from bot.timetable import Calendar
from bot.tjek import Decision
from bot.tjek_step import (
    MOST,
    STEP_LENGTH,
    Task,
    belongs_to,
    checked_step,
    left_over,
    to_find_out,
    usual_day,
)
from tests.bot.test_tjek_round import ALL, laid_out

TODAY = date(2026, 11, 24)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))


def test_a_step_is_one_line_with_a_day() -> None:
    step = checked_step(Decision.GO_ON_IF, " hvis de\nkan ", TODAY, (), TODAY)
    assert step == Step("hvis de kan", TODAY)


@pytest.mark.parametrize("decision", [Decision.GO_ON, Decision.KINDLY_NO])
def test_what_waits_for_nothing_has_no_step(decision: Decision) -> None:
    assert checked_step(decision, "", None, (), TODAY) is None


@pytest.mark.parametrize(
    ("decision", "text", "on", "who", "field"),
    [
        (Decision.GO_ON_IF, " ", TODAY, (), "next_step"),
        (Decision.GO_ON_IF, "x" * (STEP_LENGTH + 1), TODAY, (), "next_step"),
        (Decision.GO_ON_IF, "hvis 010190-1234", TODAY, (), "next_step"),
        (Decision.FIND_OUT, "penge", TODAY, (), "who"),
        (Decision.FIND_OUT, "penge", None, ("U01",), "next_step_on"),
        (Decision.GO_ON_IF, "hvis", date(2026, 11, 23), (), "next_step_on"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(
    decision: Decision, text: str, on: date | None, who: tuple[str, ...], field: str
) -> None:
    with pytest.raises(UserError) as told:
        checked_step(decision, text, on, who, TODAY)
    assert told.value.field == field


def test_what_nobody_knows_is_found_out_first() -> None:
    same = {"money": "unknown"}
    found = to_find_out(laid_out(same | {"hours": "no"}, same))
    assert [question.id for question in found] == ["money"]


def test_else_what_is_seen_most_differently() -> None:
    found = to_find_out(laid_out(dict.fromkeys(ALL, "no"), {}))
    assert len(found) == MOST


def test_a_working_day_a_week_ahead_is_proposed() -> None:
    assert usual_day(date(2026, 11, 24), CALENDAR) == date(2026, 12, 1)


def test_a_task_is_the_cards_next_step_with_the_names_behind_it() -> None:
    task = Task(1, "U03", "Penge", date(2026, 12, 1), "U02", datetime(2026, 11, 24, tzinfo=UTC))
    assert belongs_to(task, "Penge (Ali)")
    assert not belongs_to(task, "ring om foråret")


def test_what_all_who_were_chosen_have_left_behind_is_left_over() -> None:
    at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    one, other, hers = (
        Task(number, user, "Penge", TODAY, "U02", at)
        for number, user in ((1, "U03"), (1, "U04"), (2, "U03"))
    )
    assert left_over([one, other, hers], ["U02", "U04"]) == [hers]
    assert left_over([one, other, hers], ["U02"]) == [one, other, hers]
