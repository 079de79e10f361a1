import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from bot.tjek_questions import Change, Put, as_put, question_set, shipped
from storage import tjek_questions as questions
from storage.database import Connection, Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOURS = shipped()["hours"]
JOY = Put(page="fit", text_da="Er det rart?", why_da="Det bliver ved.", short_da="Glæde")


async def add(store: Store, put: Put, team: str = "T1", by: str = "U02") -> Change:
    return await store.write(questions.add, team, Change(put, by, NOW))


async def test_every_change_is_kept_in_the_order_it_was_made(store: Store) -> None:
    first = await add(store, replace(HOURS, text_da="Har vi tid?", on=False))
    second = await add(store, HOURS, by="U03")
    assert second.id > first.id
    assert await store.read(questions.changes, "T1") == [first, second]
    assert (first.by, first.at, first.put.text_da) == ("U02", NOW, "Har vi tid?")


async def test_a_new_question_is_given_an_id_of_its_own(store: Store) -> None:
    one, other = await add(store, JOY), await add(store, replace(JOY, short_da="Mod"))
    assert one.put.question_id == f"own_{one.id}"
    assert one.put.question_id != other.put.question_id
    later = await add(store, replace(one.put, why_da="Derfor."))
    assert later.put.question_id == one.put.question_id
    asked = question_set(as_put(await store.read(questions.changes, "T1")))
    assert [question.short.da for question in asked.page("fit").questions][4:] == ["Glæde", "Mod"]
    assert asked.question(one.put.question_id).why.da == "Derfor."


async def test_another_library_has_its_own(store: Store) -> None:
    await add(store, JOY)
    assert await store.read(questions.changes, "T2") == []


async def test_what_no_text_can_hold_is_left_out(store: Store) -> None:
    kept = await add(store, replace(JOY, why_da="nul\0 og halv \ud800"))
    assert "\0" not in (await store.read(questions.changes, "T1"))[0].put.why_da
    assert kept.id


async def test_who_changes_waits_for_the_one_before(store: Store) -> None:
    """Each sees what the others have stored by then, and so none overwrites unseen."""

    def count_and_add(conn: Connection, team: str) -> int:
        before = len(questions.changes(conn, team, lock=True))
        questions.add(conn, team, Change(JOY, "U02", NOW))
        return before

    seen = await asyncio.gather(*(store.write(count_and_add, "T1") for _ in range(6)))
    assert sorted(seen) == list(range(6))
