from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.circle import Level
from bot.errors import UserError
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import shipped
from bot.evaluation_sense import Answer, Answered
from bot.evaluation_step import Agreed
from bot.partner import Partner
from bot.round_step import Step
from storage import evaluation as evaluations
from storage import evaluation_sense as sense
from storage import evaluation_step as steps_of
from storage import partner as register_of
from storage.database import Store

TEAM = "T1"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ON = NOW.date() + timedelta(days=20)
RING = Step("Ring", ON, ("U02", "U03"))
WRITE = Step("Skriv", ON - timedelta(days=1), ("U02",))


@pytest.fixture
async def evaluation(store: Store) -> Evaluation:
    partner = await store.write(register_of.add, TEAM, Partner("Springbræt"), by="U01", now=NOW)
    new = Evaluation(
        partner.id,
        Occasion.YEARLY,
        shipped().get("collaboration"),
        Level.COLLABORATION,
        NOW.date(),
        NOW,
    )
    return await store.write(evaluations.add, TEAM, new)


async def assigned(store: Store, number: int, *steps: Step) -> list[str]:
    return await store.write(steps_of.assign, TEAM, number, steps, by="U01", now=NOW)


async def waiting(store: Store, user: str, team: str = TEAM) -> list[Agreed]:
    return await store.read(steps_of.waiting_for, team, user, limit=9)


async def test_each_who_sees_to_a_step_has_it(store: Store, evaluation: Evaluation) -> None:
    assert await assigned(store, evaluation.id, RING, WRITE) == ["U02", "U03"]
    first, second = await waiting(store, "U02")
    assert (first.text, second.text, second.due_on) == ("Skriv", "Ring", ON)
    assert replace(first, id=0) == Agreed(evaluation.id, "U02", "Skriv", WRITE.on, "U01", NOW)
    assert await waiting(store, "U02", "T2") == []
    assert await store.read(steps_of.partner_of, TEAM, first.id) == evaluation.partner_id
    assert await store.read(steps_of.partner_of, TEAM, 999) is None


async def test_each_comes_with_the_partner_that_it_is_about(
    store: Store, evaluation: Evaluation
) -> None:
    await assigned(store, evaluation.id, RING, WRITE)
    mine = [(one, evaluation.partner_id) for one in await waiting(store, "U02")]
    assert await store.read(steps_of.waiting_about, TEAM, "U02", limit=9) == mine
    assert await store.read(steps_of.waiting_about, TEAM, "U02", limit=1) == mine[:1]
    assert await store.read(steps_of.waiting_about, "T2", "U02", limit=9) == []


async def test_what_stays_the_same_is_new_to_nobody(store: Store, evaluation: Evaluation) -> None:
    await assigned(store, evaluation.id, RING, WRITE)
    (hers,) = await waiting(store, "U03")
    await store.write(steps_of.finish, TEAM, hers, now=NOW)
    assert await assigned(store, evaluation.id, RING, replace(WRITE, who=("U04",))) == ["U04"]
    assert [one.text for one in await waiting(store, "U04")] == ["Skriv"]
    assert await waiting(store, "U02") == []
    assert await assigned(store, evaluation.id) == []
    assert await store.read(steps_of.of, TEAM, [evaluation.id]) == []


async def test_it_is_done_for_all_who_see_to_it(store: Store, evaluation: Evaluation) -> None:
    await assigned(store, evaluation.id, RING, WRITE)
    (hers,) = await waiting(store, "U03")
    await store.write(steps_of.finish, TEAM, hers, now=NOW)
    assert [one.text for one in await waiting(store, "U02")] == ["Skriv"]
    assert await store.read(steps_of.get, TEAM, hers.id) is None
    assert [one.text for one in await store.read(steps_of.every_open, TEAM)] == ["Skriv"]


async def test_it_is_handed_on_once(store: Store, evaluation: Evaluation) -> None:
    await assigned(store, evaluation.id, RING)
    (hers,) = await waiting(store, "U02")
    assert await store.write(steps_of.hand_on, TEAM, hers.id, of="U02", to="U03")
    (one,) = await waiting(store, "U03")
    assert one.id == hers.id
    assert not await store.write(steps_of.hand_on, TEAM, hers.id, of="U02", to="U04")
    assert not await store.write(steps_of.hand_on, TEAM, 999, of="U02", to="U04")


async def test_whether_it_makes_sense_is_answered_once(
    store: Store, evaluation: Evaluation
) -> None:
    assert await store.read(sense.answered, TEAM, evaluation.id) is None
    answer = Answered(evaluation.id, Answer.FINE, "U01", NOW, "for byen")
    await store.write(sense.answer, TEAM, answer)
    assert await store.read(sense.answered, TEAM, evaluation.id) == answer
    with pytest.raises(UserError):
        await store.write(sense.answer, TEAM, replace(answer, by="U02"))
