import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.circle import Level
from bot.circle_question import Kind
from bot.circle_trial import Outcome, Trial
from bot.errors import UserError
from bot.partner import Partner
from storage import circle_question, circle_trial, partner
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
JUNE = date(2027, 6, 2)
SEPTEMBER = date(2027, 9, 1)


async def added(store: Store, name: str = "Byorkestret", level: Level = Level.COLLABORATION) -> int:
    new = Partner(name, level=level)
    return (await store.write(partner.add, "T1", new, by="U01", now=NOW)).id


def trial_of(partner_id: int, by: str = "U01") -> Trial:
    return Trial(partner_id, TODAY, JUNE, by, NOW, agreed_with="Anne \x00Holm 🎉")


async def begun(store: Store, partner_id: int) -> Trial:
    return await store.write(circle_trial.begin, "T1", trial_of(partner_id))


async def postponed(store: Store, seen: Trial, decide_on: date) -> Trial:
    day: dict[str, Any] = {"decide_on": decide_on, "by": "U03", "now": NOW}
    return await store.write(circle_trial.postpone, "T1", seen, **day)


async def settled_as(store: Store, trial: Trial, outcome: Outcome) -> Trial:
    settle = circle_trial.settle
    return await store.write(settle, "T1", trial.id, outcome, by="U02", now=NOW + HOUR)


async def due_days(store: Store, partner_id: int) -> list[tuple[Kind, int, date]]:
    found = await store.read(circle_question.open_of, "T1", partner_id)
    return [(one.kind, one.subject_id, one.due_on) for one in found]


async def test_every_field_comes_back_and_the_day_is_asked_about(store: Store) -> None:
    orchestra = await added(store)
    stored = await begun(store, orchestra)
    typed = trial_of(orchestra)
    assert stored == replace(typed, id=stored.id, version=1, agreed_with="Anne Holm 🎉")
    assert stored.id
    assert await store.read(circle_trial.get, "T1", stored.id) == stored
    assert await due_days(store, orchestra) == [(Kind.TRIAL, stored.id, JUNE)]


async def test_a_partner_is_on_one_trial_at_a_time(store: Store) -> None:
    orchestra = await added(store)
    outcomes = await asyncio.gather(
        store.write(circle_trial.begin, "T1", trial_of(orchestra)),
        store.write(circle_trial.begin, "T1", trial_of(orchestra, by="U02")),
        return_exceptions=True,
    )
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
    (stored,) = [outcome for outcome in outcomes if isinstance(outcome, Trial)]
    assert "on trial already" in refusal.msgid
    assert await store.read(circle_trial.of_partner, "T1", orchestra) == [stored]
    assert len(await due_days(store, orchestra)) == 1


@pytest.mark.parametrize("level", [Level.NETWORK, Level.PARTNERSHIP])
async def test_only_a_collaboration_is_tried(store: Store, level: Level) -> None:
    orchestra = await added(store, level=level)
    with pytest.raises(UserError, match="A trial is for a collaboration"):
        await begun(store, orchestra)
    assert await store.read(circle_trial.of_partner, "T1", orchestra) == []


async def test_another_day_moves_the_question(store: Store) -> None:
    trial = await begun(store, await added(store))
    later = await postponed(store, trial, SEPTEMBER)
    assert later == replace(trial, decide_on=SEPTEMBER, version=2)
    assert await due_days(store, trial.partner_id) == [(Kind.TRIAL, trial.id, SEPTEMBER)]
    with pytest.raises(UserError, match="another day meanwhile"):
        await postponed(store, trial, JUNE)
    assert await store.read(circle_trial.get, "T1", trial.id) == later


async def test_a_collaboration_is_fine_and_a_new_trial_may_begin(store: Store) -> None:
    trial = await begun(store, await added(store))
    settled = await settled_as(store, trial, Outcome.COLLABORATION)
    assert settled == replace(
        trial, outcome=Outcome.COLLABORATION, settled_by="U02", settled_at=NOW + HOUR, version=2
    )
    assert await due_days(store, trial.partner_id) == []
    with pytest.raises(UserError, match="decided meanwhile"):
        await settled_as(store, trial, Outcome.ENDED)
    with pytest.raises(UserError, match="decided meanwhile"):
        await postponed(store, settled, SEPTEMBER)
    again = await begun(store, trial.partner_id)
    assert await store.read(circle_trial.of_partner, "T1", trial.partner_id) == [settled, again]
    assert await store.read(circle_trial.running, "T1", [trial.partner_id]) == {
        trial.partner_id: again
    }


async def test_who_is_on_trial_among_many(store: Store) -> None:
    ids = [await added(store, f"Partner {n}") for n in range(4)]
    first, third = await begun(store, ids[0]), await begun(store, ids[2])
    await begun(store, ids[3])
    assert await store.read(circle_trial.running, "T1", ids[:3]) == {ids[0]: first, ids[2]: third}
    assert await store.read(circle_trial.running, "T1", []) == {}


async def test_another_library_sees_and_settles_nothing(store: Store) -> None:
    trial = await begun(store, await added(store))
    assert await store.read(circle_trial.get, "T2", trial.id) is None
    assert await store.read(circle_trial.running, "T2", [trial.partner_id]) == {}
    assert await store.read(circle_trial.of_partner, "T2", trial.partner_id) == []
    for team, trial_id in (("T2", trial.id), ("T1", 999)):
        with pytest.raises(UserError, match="no longer there"):
            await store.write(circle_trial.settle, team, trial_id, Outcome.ENDED, by="U01", now=NOW)
