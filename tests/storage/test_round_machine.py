"""Any order of answers, second thoughts, leavings and deadlines: nothing early, nothing twice."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.errors import UserError
from bot.round import (
    Count,
    Kind,
    Round,
    Sheet,
    Standing,
    State,
    Why,
    called,
    count,
    to_nudge,
    to_reveal,
    waits_for,
    who_answered,
)
from bot.round_spread import YES_TO_NO, reveal
from bot.round_steps import check_show, check_steward
from bot.round_voice import THE_PARTNER, is_outside
from bot.timetable import Calendar
from storage import round as rounds
from storage import round_queries, round_sheets
from storage.partner_tables import PARTNER
from storage.round_tables import ANSWER, INVITED, NOTE, ROUND
from storage.schema import METADATA

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CALLER, COORDINATOR, STRANGER = "U01", "U90", "U99"
EVERYBODY = [f"U0{n}" for n in range(1, 6)]
THEIRS = [THE_PARTNER, "@17"]
PEOPLE = st.sampled_from([*EVERYBODY, *THEIRS, STRANGER])
STEWARDS = st.sampled_from([CALLER, COORDINATOR, STRANGER])
TABLES = [METADATA.tables["last_id"], PARTNER, ROUND, INVITED, ANSWER, NOTE]
QUESTIONS = ("goals", "drive", "money")
GIVEN = st.dictionaries(
    st.sampled_from(QUESTIONS), st.sampled_from([*YES_TO_NO.points, "unknown", None])
)
NOTES = st.dictionaries(st.just("fit"), st.sampled_from(["", "note", "another note"]))


@pytest.fixture
def _every_query_names_team() -> None:
    """The same statements are watched in test_round; here it would take most of the time."""


class Machine(RuleBasedStateMachine):
    """A round on a database in memory beside a model of it in plain dicts."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        METADATA.create_all(self.engine, tables=TABLES)
        self.now = NOW
        self.standing: dict[str, Standing] = {}
        self.sheets: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
        self.state = State.OPEN
        self.caller_left = False
        self.reveals = 0
        self.to_be_seen: dict[str, Sheet] = {}

    def teardown(self) -> None:
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction, as Store.write makes it."""
        with self.engine.begin() as conn:
            yield conn

    def refused(self, step: str, *args: object, **values: object) -> None:
        """That step raises a sentence, and leaves nothing."""
        with suppress(UserError), self.writing() as conn:
            getattr(rounds, step)(conn, "T1", self.id, *args, **values)
            raise AssertionError(f"{step} was let through")

    def open(self) -> bool:
        return self.state is State.OPEN

    def may_answer(self, user: str) -> bool:
        return self.open() and user in self.standing and self.now < self.deadline

    @initialize(
        invited=st.lists(st.sampled_from(EVERYBODY), max_size=4),
        kind=st.sampled_from(Kind),
        theirs=st.lists(st.sampled_from(THEIRS), max_size=2),
    )
    def call(self, invited: list[str], kind: Kind, theirs: list[str]) -> None:
        """A check is among us; an evaluation may ask us, them, or one of us alone."""
        invited = ["U05", *invited] if kind is Kind.TJEK else [*invited, *theirs] or [CALLER]
        self.new = called(
            kind,
            7,
            by=CALLER,
            invited=invited,
            now=NOW,
            calendar=Calendar(ZoneInfo("Europe/Copenhagen")),
        )
        with self.writing() as conn:
            stored = rounds.start(conn, "T1", self.new)
        self.id, self.deadline = stored.id, stored.deadline
        self.standing = dict.fromkeys(invited, Standing.WAITING)

    @rule(user=PEOPLE, given=GIVEN, notes=NOTES, sent=st.booleans())
    def answer(
        self,
        user: str,
        given: dict[str, str | None],
        notes: dict[str, str],
        sent: bool,  # noqa: FBT001 - drawn
    ) -> None:
        answers, written = (dict(part) for part in self.sheets.get(user, ({}, {})))
        merged = {q: a for q, a in {**answers, **given}.items() if a}
        counts = sent or self.standing.get(user) is Standing.ANSWERED
        values = {"answers": given, "notes": notes, "now": self.now, "sent": sent}
        if not self.may_answer(user) or (counts and not merged):
            self.refused("answer", user, **values)
            return
        with self.writing() as conn:
            rounds.answer(conn, "T1", self.id, user, **values)  # type: ignore[arg-type] # the four
        self.sheets[user] = (merged, {k: n for k, n in {**written, **notes}.items() if n})
        self.standing[user] = Standing.ANSWERED if counts else Standing.WAITING

    @rule(user=PEOPLE)
    def decline(self, user: str) -> None:
        if not self.may_answer(user):
            self.refused("decline", user, self.now)
            return
        with self.writing() as conn:
            rounds.decline(conn, "T1", self.id, user, self.now)
        self.standing[user] = Standing.DECLINED
        self.sheets.pop(user, None)

    @rule(user=PEOPLE)
    def leave(self, user: str) -> None:
        with self.writing() as conn:
            rounds.leave(conn, "T1", self.new.kind, user)
        if self.open() and self.standing.get(user) is Standing.WAITING:
            self.standing[user] = Standing.LEFT
        if user == CALLER and self.state in (State.OPEN, State.REVEALED):
            self.caller_left = True

    @rule(hours=st.sampled_from([1, 24, 200]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(times=st.integers(1, 3))
    def tick(self, times: int) -> None:
        """As the clock does, and as is done after each answer; also by several at once."""
        waiting = Standing.WAITING in self.once()
        expected = self.open() and (not waiting or self.now >= self.deadline)
        with self.writing() as conn:
            why = to_reveal(round_queries.existing(conn, "T1", self.id), self.now)
            values = {"why": why, "now": self.now}
            shown = [rounds.reveal(conn, "T1", self.id, **values) for _ in range(times) if why]  # type: ignore[arg-type] # the two of them
        won = len([one for one in shown if one])
        assert won == expected
        if won:
            self.is_shown()

    @rule(user=STEWARDS)
    def show(self, user: str) -> None:
        steward = user == CALLER or (self.caller_left and user == COORDINATOR)
        several = self.once().count(Standing.ANSWERED) > 1
        hers = self.standing.get(user) is not Standing.WAITING
        ours = [how for who, how in self.standing.items() if not is_outside(who)]
        enough = self.new.named or ours.count(Standing.ANSWERED) >= min(3, len(ours))
        expected = steward and self.open() and several and hers and enough
        try:
            with self.writing() as conn:
                found = round_queries.existing(conn, "T1", self.id, lock=True)
                check_steward(found, user, (COORDINATOR,))
                check_show(found, user)
                assert rounds.reveal(conn, "T1", self.id, why=Why.CALLED, now=self.now)
        except UserError:
            assert not expected
        else:
            assert expected
            self.is_shown()

    def once(self) -> list[Standing]:
        """How all stand; theirs, asked by mail, as one who has answered once one of them has."""
        ours = [how for who, how in self.standing.items() if not is_outside(who)]
        theirs = [how for who, how in self.standing.items() if is_outside(who)]
        for how in (Standing.ANSWERED, Standing.WAITING):
            if how in theirs:
                return [*ours, how]
        return ours

    def lays_out(self, sent: set[str]) -> bool:
        """Ours, in words of the model: several, or with names, or who was asked alone."""
        ours = {user for user in self.standing if not is_outside(user)}
        alone = self.new.kind is Kind.EVALUATION and len(ours) == 1
        return self.new.named or alone or len(sent & ours) > 1

    def is_shown(self) -> None:
        self.state = State.REVEALED
        self.reveals += 1
        sent = {u for u, how in self.standing.items() if how is Standing.ANSWERED}
        if not self.lays_out(sent):  # it would be plain whose it is
            sent = {user for user in sent if is_outside(user)}
        self.to_be_seen = {u: Sheet(*self.sheets[u]) for u in sent}
        kept = sent if self.new.named else set()
        self.sheets = {u: sheet for u, sheet in self.sheets.items() if u in kept}

    @precondition(lambda self: self.now > NOW + timedelta(days=3))
    @rule()
    def cancel(self) -> None:
        values = {"by": CALLER, "now": self.now}
        if not self.open():
            self.refused("cancel", **values)
            return
        with self.writing() as conn:
            rounds.cancel(conn, "T1", self.id, **values)  # type: ignore[arg-type] # the two of them
        self.state = State.CANCELLED
        self.sheets = {}

    @rule()
    def decide(self) -> None:
        told = {"decision": "go_on", "reason": "ja", "by": CALLER, "now": self.now}
        if self.state is not State.REVEALED:
            self.refused("close", **told)
            return
        with self.writing() as conn:
            rounds.close(conn, "T1", self.id, **told)  # type: ignore[arg-type] # the four of them
        self.state = State.CLOSED

    @precondition(lambda self: self.open())
    @rule()
    def call_a_second(self) -> None:
        with suppress(UserError), self.writing() as conn:
            rounds.start(conn, "T1", self.new)
            raise AssertionError("two rounds about one thing")

    @invariant()
    def all_is_well(self) -> None:
        with self.engine.connect() as conn:
            found = round_queries.existing(conn, "T1", self.id)
            seen = round_sheets.shown(conn, "T1", self.id)
            due = round_queries.due(conn, "T1", self.new.kind, self.now)
            for user in [*self.standing, STRANGER]:
                own = round_sheets.own(conn, "T1", self.id, user)
                assert own == Sheet(*self.sheets.get(user, ({}, {})))
                waiting = round_queries.waiting_for(conn, "T1", user, self.now)
                assert waiting == ([found] if waits_for(found, user, self.now) else [])
        assert due == ([found] if self.open() and self.now >= self.deadline else [])
        self.nobody_sees_more_than_she_may(seen)
        self.the_counts_are_right(found)
        self.what_is_laid_out_is_what_was_sent(found, seen)

    def nobody_sees_more_than_she_may(self, seen: dict[str, Sheet]) -> None:
        if self.reveals == 0:
            assert seen == {}
        elif self.new.named:
            assert seen == self.to_be_seen
        else:
            assert not seen.keys() & {*EVERYBODY, *THEIRS}
            assert sum(map(is_outside, seen)) == sum(map(is_outside, self.to_be_seen))
            assert sorted(map(repr, seen.values())) == sorted(map(_repr, self.to_be_seen.values()))
        assert self.reveals <= 1

    def the_counts_are_right(self, found: Round) -> None:
        assert found.state is self.state
        assert found.standings == self.standing
        assert found.caller_left is self.caller_left
        standings, once = [*self.standing.values()], self.once()
        out = {how: standings.count(how) for how in Standing}
        assert count(found) == Count(
            answered=once.count(Standing.ANSWERED),
            asked=once.count(Standing.ANSWERED) + once.count(Standing.WAITING),
            declined=out[Standing.DECLINED],
            left=out[Standing.LEFT],
        )
        assert {u for u in EVERYBODY if who_answered(found, u)} <= {CALLER}
        missing = {u for u, how in self.standing.items() if how is Standing.WAITING}
        voices = [*EVERYBODY, *THEIRS]
        waiting = {user for user in voices if waits_for(found, user, self.now)}
        assert waiting == (missing if self.open() and self.now < self.deadline else set())
        assert {*to_nudge(found, self.now)} <= waiting

    def what_is_laid_out_is_what_was_sent(self, found: Round, seen: dict[str, Sheet]) -> None:
        scales = dict.fromkeys(QUESTIONS, YES_TO_NO)
        if self.reveals == 0:
            with suppress(UserError):
                reveal(found, seen, scales)
                raise AssertionError("laid out before it was shown")
            return
        laid_out = reveal(found, seen, scales)
        told = sum(sum(spread.counts.values()) for spread in laid_out.spreads)
        sent = {user for user, how in self.standing.items() if how is Standing.ANSWERED}
        enough = self.to_be_seen if self.lays_out(sent) else {}  # theirs alone stands as theirs
        assert told == sum(len(sheet.answers) for sheet in enough.values())
        if not self.new.named:
            assert not any(user in repr(laid_out) for user in EVERYBODY)


def _repr(sheet: Sheet) -> str:
    """As storage reads it: by question."""
    return repr(Sheet(dict(sorted(sheet.answers.items())), dict(sorted(sheet.notes.items()))))


def test_a_round_in_any_order_of_events() -> None:
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=50, stateful_step_count=25, deadline=None)
    )
