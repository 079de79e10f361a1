"""What a library changes of the instruments is kept, change by change."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.evaluation_instruments import ITSELF, NEW, Change, Put
from bot.evaluation_instruments import shipped as puts_shipped
from bot.evaluation_questions import shipped
from storage import evaluation_instruments as stored
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EASY = puts_shipped()["pulse", "easy"]


async def add(store: Store, put: Put, team: str = "T1", by: str = "U02") -> Change:
    return await store.write(stored.add, team, Change(put, by, NOW))


async def test_every_change_is_kept_in_the_order_it_was_made(store: Store) -> None:
    first = await add(store, replace(EASY, text_da="Går det let?", on=False))
    second = await add(store, EASY, by="U03")
    assert list(await store.read(stored.changes, "T1")) == [first, second]
    assert await store.read(stored.instruments, "T1") == shipped()


async def test_an_instrument_of_their_own_and_its_question_are_given_ids(store: Store) -> None:
    head = await add(store, Put(text_da="Skoler", why_da="vores egne"))
    own = head.put.instrument_id
    assert head.put.key == (f"own_{head.id}", ITSELF)
    made = await add(store, Put(own, NEW, "trust", text_da="Er det sjovt?", why_da="Ja."))
    assert made.put.question_id == f"own_{made.id}"
    again = await add(store, replace(made.put, why_da="Derfor."))
    assert again.put.key == made.put.key
    instrument = (await store.read(stored.instruments, "T1")).get(own)
    assert [question.why.da for question in instrument.questions] == ["Derfor."]
    assert await store.read(stored.instruments, "T2") == shipped()


async def test_the_changes_are_locked_before_one_is_decided_by_them(store: Store) -> None:
    assert list(await store.write(stored.changes, "T1", lock=True)) == []
