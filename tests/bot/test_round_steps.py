from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import UserError
from bot.round import Kind, Round, Sheet, Standing, State
from bot.round_steps import (
    check_answer,
    check_cancel,
    check_correct,
    check_decide,
    check_sheet,
    check_show,
    check_shown,
    check_steward,
    is_empty,
    lays_out,
    may_show,
)
from bot.workspace_roles import Colleagues

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OPEN = Round(
    kind=Kind.TJEK,
    subject_id=7,
    called_by="U01",
    opened_at=NOW,
    deadline=NOW + timedelta(days=7),
    standings={"U02": Standing.ANSWERED, "U03": Standing.WAITING},
    named=True,
)
ORPHAN = replace(OPEN, caller_left=True)


def refusal(check: Callable[[], None]) -> UserError:
    with pytest.raises(UserError) as error:
        check()
    return error.value


def in_state(state: State) -> Round:
    return replace(OPEN, state=state)


# Answering


def test_those_invited_may_answer_and_change_their_minds_until_the_deadline() -> None:
    for user in ("U02", "U03"):
        check_answer(OPEN, user, OPEN.deadline - SECOND)


def test_the_others_may_not_nor_may_the_caller() -> None:
    for user in ("U01", "U99"):
        assert "for those who were asked" in refusal(lambda: check_answer(OPEN, user, NOW)).msgid  # noqa: B023 - called at once


def test_a_late_answer_is_refused_at_the_deadline_whether_or_not_it_was_shown() -> None:
    late = refusal(lambda: check_answer(OPEN, "U03", OPEN.deadline))
    assert "The round is over" in late.msgid
    for state in (State.REVEALED, State.CLOSED):
        after = refusal(lambda: check_answer(in_state(state), "U03", NOW))  # noqa: B023 - as above
        assert after.msgid == late.msgid


def test_an_answer_to_a_round_called_off_is_told_that_nobody_saw_any() -> None:
    gone = refusal(lambda: check_answer(in_state(State.CANCELLED), "U02", NOW))
    assert "called off" in gone.msgid


def test_a_sheet_that_is_sent_says_something() -> None:
    check_sheet(Sheet({"goals": "unknown"}))
    assert "cannot this time" in refusal(lambda: check_sheet(Sheet({}, {"fit": "hm"}))).msgid


# The one who called it


def test_the_caller_decides_even_when_she_is_coordinator_or_left_and_came_back() -> None:
    check_steward(OPEN, "U01", ())
    check_steward(OPEN, "U01", ("U01",))
    check_steward(ORPHAN, "U01", ("U09",))


@pytest.mark.parametrize("user", ["U02", "U09"])
def test_nobody_else_does_while_she_is_here_not_even_the_coordinator(user: str) -> None:
    fault = refusal(lambda: check_steward(OPEN, user, ("U09",)))
    assert fault.values == {"caller": Colleagues(("U01",))}


def test_of_an_evaluation_the_bot_has_asked_and_somebody_leads_it() -> None:
    fault = refusal(lambda: check_steward(replace(OPEN, kind=Kind.EVALUATION), "U02", ("U02",)))
    assert "leads this round" in fault.msgid
    assert fault.values == {"caller": Colleagues(("U01",))}


def test_a_coordinator_steps_in_when_the_caller_has_left() -> None:
    check_steward(ORPHAN, "U09", ("U08", "U09"))
    fault = refusal(lambda: check_steward(ORPHAN, "U02", ("U08", "U09")))
    assert fault.values == {"coordinators": Colleagues(("U08", "U09"))}
    assert "there is none yet" in refusal(lambda: check_steward(ORPHAN, "U02", ())).msgid


# States


ANSWERED, WAITING, DECLINED = Standing.ANSWERED, Standing.WAITING, Standing.DECLINED


@pytest.mark.parametrize(
    ("caller", "others", "told"),
    [
        (ANSWERED, (ANSWERED, WAITING), ""),
        (DECLINED, (ANSWERED, ANSWERED, WAITING), ""),
        (None, (ANSWERED, ANSWERED, WAITING), ""),
        (WAITING, (WAITING,), "Nobody has answered"),
        (DECLINED, (DECLINED, WAITING), "Nobody has answered"),
        (WAITING, (ANSWERED, WAITING), "Your own answer is still missing"),
        (WAITING, (ANSWERED, ANSWERED, ANSWERED), "Your own answer is still missing"),
        (ANSWERED, (WAITING, WAITING), "Only one has answered"),
        (DECLINED, (ANSWERED, WAITING), "Only one has answered"),
        (None, (ANSWERED, WAITING), "Only one has answered"),
    ],
)
def test_answers_are_shown_early_when_there_are_several_and_ones_own_among_them(
    caller: Standing | None, others: tuple[Standing, ...], told: str
) -> None:
    standings = {f"U1{n}": how for n, how in enumerate(others)}
    this = replace(OPEN, standings=standings | ({"U01": caller} if caller else {}))
    assert may_show(this, "U01") is not bool(told)
    if told:
        assert told in refusal(lambda: check_show(this, "U01")).msgid
    else:
        check_show(this, "U01")


@pytest.mark.parametrize(
    ("ours", "theirs", "shown"),
    [
        ((ANSWERED, ANSWERED, WAITING, WAITING, WAITING), (), False),
        ((ANSWERED, ANSWERED, WAITING), (ANSWERED,), False),
        ((ANSWERED, ANSWERED, ANSWERED, WAITING), (), True),
        ((ANSWERED, ANSWERED), (WAITING,), True),
        ((ANSWERED, WAITING), (ANSWERED,), False),
        ((ANSWERED,), (ANSWERED, WAITING), True),
    ],
)
def test_without_names_three_of_ours_have_answered_before_they_are_shown_early(
    ours: tuple[Standing, ...],
    theirs: tuple[Standing, ...],
    shown: bool,  # noqa: FBT001 - a parameter
) -> None:
    standings = {f"U0{n}": how for n, how in enumerate(ours, 1)}
    standings |= {f"@{n}": how for n, how in enumerate(theirs)}
    assert may_show(replace(OPEN, named=False, standings=standings), "U01") is shown


@pytest.mark.parametrize("check", [lambda this: check_show(this, "U01"), check_cancel])
def test_what_is_over_is_neither_shown_again_nor_called_off(
    check: Callable[[Round], None],
) -> None:
    check(replace(OPEN, standings={"U01": ANSWERED, "U02": ANSWERED, "U03": WAITING}))
    assert not may_show(replace(in_state(State.REVEALED), standings={"U01": ANSWERED}), "U01")
    for state, told in [
        (State.REVEALED, "shown already"),
        (State.CLOSED, "shown already"),
        (State.CANCELLED, "called off"),
    ]:
        assert told in refusal(lambda: check(in_state(state))).msgid  # noqa: B023 - called at once


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.OPEN, "Nobody can see the answers yet"),
        (State.CLOSED, "written already"),
        (State.CANCELLED, "called off"),
    ],
)
def test_a_decision_comes_once_and_after_the_answers(state: State, told: str) -> None:
    check_decide(in_state(State.REVEALED))
    assert told in refusal(lambda: check_decide(in_state(state))).msgid


def test_a_decision_is_corrected_once_it_is_written() -> None:
    check_correct(in_state(State.CLOSED))
    for state in (State.OPEN, State.REVEALED, State.CANCELLED):
        assert "no decision" in refusal(lambda: check_correct(in_state(state))).msgid  # noqa: B023 - called at once


def test_nobody_sees_anything_before_it_is_shown_or_after_it_was_called_off() -> None:
    for state in (State.REVEALED, State.CLOSED):
        check_shown(in_state(state))
    for state in (State.OPEN, State.CANCELLED):
        assert "all at once" in refusal(lambda: check_shown(in_state(state))).msgid  # noqa: B023 - called at once


@pytest.mark.parametrize("answers", [0, 1, 2])
def test_a_single_answer_is_laid_out_only_with_its_name(answers: int) -> None:
    standings = {f"U{n}": ANSWERED for n in range(answers)} | {"U9": WAITING}
    this = replace(in_state(State.REVEALED), standings=standings)
    assert lays_out(this)
    assert lays_out(replace(this, named=False)) is (answers > 1)


@pytest.mark.parametrize(
    ("answered", "empty"),
    [((), True), (("U1",), True), (("U1", "U2"), False), (("@0",), False), (("U1", "@0"), False)],
)
def test_nothing_is_there_where_nobody_answered_or_one_alone(
    answered: tuple[str, ...],
    empty: bool,  # noqa: FBT001 - pytest's
) -> None:
    waiting = dict.fromkeys(("U1", "U2", "U9", "@0"), WAITING)
    this = replace(
        in_state(State.REVEALED), named=False, standings=waiting | dict.fromkeys(answered, ANSWERED)
    )
    assert is_empty(this) is empty
