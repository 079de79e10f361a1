from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.circle import Level
from bot.errors import UserError
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import shipped
from bot.partner import Partner
from bot.round import Kind, Round, Standing, Why
from storage import evaluation as evaluations
from storage import partner
from storage import round as rounds
from storage.database import Store
from storage.evaluation_result import with_earlier

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


def held(
    conn: sa.Connection,
    team: str,
    partner_id: int,
    at: datetime,
    answers: Mapping[str, str],
    *,
    shown: bool = True,
) -> int:
    """An evaluation in which each voice gave that answer to the first question."""
    instrument = shipped().get("pulse")
    new = Evaluation(partner_id, Occasion.PULSE, instrument, Level.PARTNERSHIP, at.date(), at)
    evaluation = evaluations.add(conn, team, new)
    this = rounds.start(
        conn,
        team,
        Round(
            kind=Kind.EVALUATION,
            subject_id=evaluation.id,
            called_by="U01",
            opened_at=at,
            deadline=at + timedelta(days=5),
            standings=dict.fromkeys(answers, Standing.WAITING),
            named=False,
            partner_id=partner_id,
        ),
    )
    for voice, answer in answers.items():
        rounds.answer(conn, team, this.id, voice, answers={"easy": answer}, notes={}, now=at)
    if shown:
        rounds.reveal(conn, team, this.id, why=Why.ALL_IN, now=at)
    return evaluation.id


async def known(store: Store, name: str) -> int:
    return (await store.write(partner.add, "T1", Partner(name), by="U01", now=NOW)).id


async def test_the_earlier_ones_of_the_same_partner_come_along(store: Store) -> None:
    here, other = await known(store, "Springbræt"), await known(store, "Kodeklubben")
    both = {"U01": "3", "U02": "3", "@7": "5"}
    first = await store.write(held, "T1", here, NOW - 2 * YEAR, both)
    second = await store.write(held, "T1", here, NOW - YEAR, both)
    await store.write(held, "T1", other, NOW - YEAR, both)
    await store.write(held, "T1", here, NOW - YEAR / 2, both, shown=False)
    now = await store.write(held, "T1", here, NOW, both)
    found, earlier = await store.read(with_earlier, "T1", now)
    assert sorted(voice.rstrip("123") for voice in found.sheets) == ["", "", "@#"]
    assert {sheet.answers["easy"] for sheet in found.sheets.values()} == {"3", "5"}
    assert [one.evaluation.id for one in earlier] == [second, first]
    assert all(len(one.sheets) == 3 for one in earlier)
    found, earlier = await store.read(with_earlier, "T1", second)
    assert [one.evaluation.id for one in earlier] == [first]  # nothing of what came later


async def test_nothing_is_read_before_it_may_be_seen(store: Store) -> None:
    here = await known(store, "Springbræt")
    secret = await store.write(held, "T1", here, NOW, {"U01": "1", "U02": "1"}, shown=False)
    found, earlier = await store.read(with_earlier, "T1", secret)
    assert not found.sheets
    assert not earlier


async def test_what_is_gone_or_elsewhere_is_gone(store: Store) -> None:
    here = await known(store, "Springbræt")
    number = await store.write(held, "T1", here, NOW, {"U01": "1"})
    with pytest.raises(UserError, match="no longer there"):
        await store.read(with_earlier, "T2", number)

    def without_round(conn: sa.Connection, team: str) -> int:
        instrument = shipped().get("pulse")
        new = Evaluation(here, Occasion.PULSE, instrument, Level.PARTNERSHIP, NOW.date(), NOW)
        return evaluations.add(conn, team, new).id

    alone = await store.write(without_round, "T1")
    with pytest.raises(UserError, match="no longer there"):
        await store.read(with_earlier, "T1", alone)
