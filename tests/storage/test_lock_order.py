"""Locks are taken in one order, so that two who change the same never wait for each other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from bot.evaluation import Occasion
from bot.partner import ContactPerson, Partner
from bot.round import Round
from bot.round_step import Step
from bot.round_voice import of_person
from storage import (
    duplicate_merge,
    evaluation,
    evaluation_link,
    evaluation_step,
    evaluation_year,
    partner,
    privacy_erasure,
    round_queries,
)
from storage.database import Connection, Store
from tests.storage.test_evaluation_link import LATER, NOW, opened

DUE = date(2026, 11, 24)
THEN = date(2027, 1, 4)
_WAITING = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")

Change = Callable[[Connection, str], object]


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    store = await Store.open(postgres_url)
    yield store
    await store.close()


async def crossed(
    store: Store, hold: Change, go_on: Change, other: Callable[[Connection], object]
) -> None:
    """`other` begins while one has what it holds, and that one goes on once `other` waits."""
    holding = asyncio.Event()

    def one(conn: Connection, team: str) -> None:
        hold(conn, team)
        holding.set()
        while not conn.execute(_WAITING).scalar_one():
            assert not second.done(), "nothing was held that the other needs"
        go_on(conn, team)

    async def after() -> None:
        await holding.wait()
        await store.write(other)

    second = asyncio.create_task(after())
    await asyncio.gather(store.write(one, "T1"), second)


async def asked(store: Store) -> tuple[Round, int]:
    """An evaluation that a contact person of theirs is asked in, and her number."""
    this = await opened(store)

    def ask(conn: Connection, team: str) -> int:
        before = partner.existing(conn, team, this.partner_id or 0, lock=True)
        after = replace(before, people=(ContactPerson("Anne Holm", email="anne@holm.dk"),))
        (person,) = partner.update(conn, team, before, after, by="U02", now=NOW).people
        fresh = round_queries.existing(conn, team, this.id, lock=True)
        evaluation_link.let_in(conn, team, fresh, of_person(person.id))
        return person.id

    return this, await store.write(ask, "T1")


def holds(this: Round) -> Change:
    return lambda conn, team: evaluation.with_round(conn, team, this.id, lock=True)


def asks_again(this: Round) -> Change:
    return lambda conn, team: evaluation_year.move(
        conn, team, this.partner_id or 0, Occasion.YEARLY, DUE, to_on=THEN, by="U02", now=LATER
    )


async def merging(store: Store, this: Round) -> Callable[[Connection], object]:
    """The evaluation's partner becomes part of another."""
    about = await store.read(partner.existing, "T1", this.partner_id or 0)
    other = await store.write(partner.add, "T1", Partner("Springbræt Nord"), by="U02", now=NOW)
    seen = [(about.id, about.version), (other.id, other.version)]
    return lambda conn: duplicate_merge.merge(conn, "T1", seen, {}, by="U02", now=LATER)


async def test_a_person_is_forgotten_while_the_evaluation_is_decided(store: Store) -> None:
    this, person = await asked(store)
    step = Step("Ring til dem", THEN, ("U02",))

    def decide(conn: Connection, team: str) -> None:
        evaluation_step.assign(conn, team, this.subject_id, [step], by="U02", now=LATER)

    def forget(conn: Connection) -> None:
        privacy_erasure.anonymise(
            conn, "T1", this.partner_id or 0, person, word="-", purpose="-", by="U01", now=LATER
        )

    await crossed(store, holds(this), decide, forget)
    after = await store.read(round_queries.existing, "T1", this.id)
    assert of_person(person) not in after.standings
    assert len(await store.read(evaluation_step.of, "T1", [this.subject_id])) == 1


async def test_two_become_one_while_an_evaluation_is_put_off(store: Store) -> None:
    this, _ = await asked(store)
    await crossed(store, holds(this), asks_again(this), await merging(store, this))


async def test_the_year_is_changed_while_two_become_one(store: Store) -> None:
    this, _ = await asked(store)
    merge, move = await merging(store, this), asks_again(this)

    def begin(conn: Connection, team: str) -> None:
        partner.existing(conn, team, this.partner_id or 0, lock=True)

    await crossed(store, begin, lambda conn, _: merge(conn), lambda conn: move(conn, "T1"))
