from dataclasses import replace
from datetime import UTC, datetime

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import shipped
from bot.evaluation_remark import Remark
from bot.partner import Partner
from storage import evaluation, partner
from storage import evaluation_remark as remarks
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def evaluated(store: Store, team: str) -> int:
    stored = await store.write(partner.add, team, Partner("Springbræt"), by="U02", now=NOW)
    pulse = shipped().get("pulse")
    new = Evaluation(stored.id, Occasion.PULSE, pulse, Level.PARTNERSHIP, NOW.date(), NOW)
    return (await store.write(evaluation.add, team, new)).id


async def test_remarks_stand_in_the_order_they_were_made(store: Store) -> None:
    one, other = [await evaluated(store, team) for team in ("T1", "T1")], "T2"
    first = await store.write(remarks.add, "T1", Remark(one[0], "U02", "først\n*sådan*", NOW))
    second = await store.write(remarks.add, "T1", Remark(one[0], "U03", "så", NOW))
    assert await store.read(remarks.remarks_of, "T1", one[0]) == [first, second]
    assert first == replace(Remark(one[0], "U02", "først\n*sådan*", NOW), id=first.id)
    assert await store.read(remarks.remarks_of, "T1", one[1]) == []
    assert await store.read(remarks.remarks_of, other, one[0]) == []
