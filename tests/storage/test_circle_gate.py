from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.circle_gate import Answer, Criterion, Gate, Standing, result
from bot.errors import UserError
from bot.partner import Partner
from storage import circle_gate, partner
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HALF_A_YEAR = timedelta(days=182)
ANSWERS = dict.fromkeys(Criterion, Answer(Standing.MET)) | {
    Criterion.AGREEMENTS: Answer(Standing.NOT_YET, "<!channel> \x00mangler 🎉"),
    Criterion.FRAME: Answer(Standing.UNKNOWN),
}


async def added(store: Store, name: str = "Springbræt") -> int:
    return (await store.write(partner.add, "T1", Partner(name), by="U01", now=NOW)).id


async def test_every_answer_comes_back(store: Store) -> None:
    typed = Gate(await added(store), "U02", NOW, ANSWERS)
    stored = await store.write(circle_gate.keep, "T1", typed)
    assert stored == replace(typed, id=stored.id)
    assert stored.id
    found = await store.read(circle_gate.newest, "T1", typed.partner_id)
    assert found
    kept = {**ANSWERS, Criterion.AGREEMENTS: Answer(Standing.NOT_YET, "<!channel> mangler 🎉")}
    assert found == replace(stored, answers=kept)
    assert result(found) == result(typed)


async def test_the_criteria_are_answered_anew_and_the_former_answers_kept(store: Store) -> None:
    springbraet, other = await added(store), await added(store, "Byens Museum")
    first = await store.write(circle_gate.keep, "T1", Gate(springbraet, "U01", NOW, ANSWERS))
    six = dict.fromkeys(Criterion, Answer(Standing.MET))
    later = Gate(springbraet, "U02", NOW + HALF_A_YEAR, six)
    second = await store.write(circle_gate.keep, "T1", later)
    await store.write(circle_gate.keep, "T1", Gate(other, "U01", NOW, ANSWERS))
    gates = await store.read(circle_gate.of_partner, "T1", springbraet)
    assert [(gate.id, gate.by, gate.at) for gate in gates] == [
        (first.id, "U01", NOW),
        (second.id, "U02", NOW + HALF_A_YEAR),
    ]
    assert await store.read(circle_gate.newest, "T1", springbraet) == second


async def test_nothing_is_answered_of_nobody_nor_seen_by_others(store: Store) -> None:
    springbraet = await added(store)
    assert await store.read(circle_gate.newest, "T1", springbraet) is None
    await store.write(circle_gate.keep, "T1", Gate(springbraet, "U01", NOW, ANSWERS))
    assert await store.read(circle_gate.newest, "T2", springbraet) is None
    for team, partner_id in (("T1", 999), ("T2", springbraet)):
        with pytest.raises(UserError, match="not in the register"):
            await store.write(circle_gate.keep, team, Gate(partner_id, "U01", NOW, ANSWERS))


async def test_notes_are_put_in_place_of_those_that_stood_there(store: Store) -> None:
    number = await added(store)
    first = await store.write(circle_gate.keep, "T1", Gate(number, "U01", NOW, ANSWERS))
    second = await store.write(circle_gate.keep, "T1", Gate(number, "U02", NOW, ANSWERS))
    noted = {one: replace(answer, note=f"om {one}") for one, answer in ANSWERS.items()}
    await store.write(circle_gate.note, "T1", replace(second, answers=noted))
    found = await store.read(circle_gate.get, "T1", second.id)
    assert found.answers == noted
    assert (await store.read(circle_gate.get, "T1", first.id)).answers != noted


async def test_answers_that_are_gone_are_a_sentence(store: Store) -> None:
    number = await added(store)
    gate = await store.write(circle_gate.keep, "T1", Gate(number, "U01", NOW, ANSWERS))
    for team, gate_id in (("T1", 999), ("T2", gate.id)):
        with pytest.raises(UserError, match="no longer there"):
            await store.read(circle_gate.get, team, gate_id)
