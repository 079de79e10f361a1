import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.circle_question import Kind, Question, ask_again, hello
from bot.errors import UserError
from bot.partner import Partner, RelationType
from storage import circle_question, partner
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)


async def added(store: Store, name: str = "Springbræt") -> Partner:
    return await store.write(partner.add, "T1", Partner(name), by="U01", now=NOW)


async def put(store: Store, question: Question) -> Question:
    await store.write(circle_question.put, "T1", question)
    opened = await store.read(circle_question.open_of, "T1", question.partner_id)
    return next(one for one in opened if replace(one, id=0) == question)


async def answered(store: Store, question: Question) -> Question:
    return await store.write(circle_question.answer, "T1", question.id, now=NOW)


async def withdrawn(store: Store, found: Partner, *kinds: Kind) -> None:
    await store.write(circle_question.withdraw, "T1", found.id, kinds, now=NOW)


async def test_a_question_is_put_once_whoever_asks_for_it(store: Store) -> None:
    question = ask_again((await added(store)).id, TODAY, by="U02")
    await asyncio.gather(*(store.write(circle_question.put, "T1", question) for _ in range(4)))
    (stored,) = await store.read(circle_question.open_of, "T1", question.partner_id)
    assert stored == replace(question, id=stored.id)
    assert stored.id
    assert await store.read(circle_question.get, "T1", stored.id) == stored


async def test_what_is_due_comes_by_its_day_until_it_is_answered(store: Store) -> None:
    one, other = await added(store), await added(store, "Byens Museum")
    late = await put(store, hello(one.id, TODAY, by="U02"))
    soon = await put(store, ask_again(other.id, TODAY, by="U02"))
    assert await store.read(circle_question.due, "T1", soon.due_on - DAY) == []
    assert await store.read(circle_question.due, "T1", soon.due_on) == [soon]
    assert await store.read(circle_question.due, "T1", late.due_on) == [soon, late]
    done = await answered(store, soon)
    assert done == replace(soon, answered_at=NOW)
    assert await store.read(circle_question.get, "T1", soon.id) == done
    assert await store.read(circle_question.due, "T1", late.due_on) == [late]


async def test_of_two_who_answer_at_once_one_hears_that_it_is_answered(store: Store) -> None:
    question = await put(store, ask_again((await added(store)).id, TODAY, by="U02"))
    outcomes = await asyncio.gather(
        answered(store, question), answered(store, question), return_exceptions=True
    )
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
    assert "has answered this meanwhile" in refusal.msgid
    assert [one for one in outcomes if isinstance(one, Question)]


async def test_a_withdrawn_question_can_be_put_again_but_an_answered_one_cannot(
    store: Store,
) -> None:
    springbraet = await added(store)
    question = ask_again(springbraet.id, TODAY, by="U02")
    first = await put(store, question)
    await withdrawn(store, springbraet, Kind.ACTIVITY)
    with pytest.raises(UserError, match="something else was decided"):
        await answered(store, first)
    assert await put(store, question) == first
    done = await answered(store, first)
    await withdrawn(store, springbraet, Kind.ACTIVITY)
    await store.write(circle_question.put, "T1", question)
    assert await store.read(circle_question.open_of, "T1", springbraet.id) == []
    assert await store.read(circle_question.get, "T1", first.id) == done


async def test_only_the_kinds_and_the_subject_that_are_named_are_withdrawn(store: Store) -> None:
    springbraet, other = await added(store), await added(store, "Byens Museum")
    kept = await put(store, hello(springbraet.id, TODAY, by="U02"))
    gone = await put(store, ask_again(springbraet.id, TODAY, by="U02"))
    elsewhere = await put(store, ask_again(other.id, TODAY, by="U02"))
    await withdrawn(store, springbraet, Kind.ACTIVITY)
    assert await store.read(circle_question.due, "T1", kept.due_on) == [elsewhere, kept]
    await store.write(circle_question.withdraw_about, "T1", other.id, now=NOW)
    assert await store.read(circle_question.due, "T1", kept.due_on) == [kept]
    found = await store.read(circle_question.get, "T1", gone.id)
    assert found == replace(gone, withdrawn_at=NOW)


@pytest.mark.parametrize(
    "aside", [{"archived": True}, {"relation_type": RelationType.SPONSOR}], ids=["archived", "type"]
)
async def test_nothing_is_asked_about_a_partner_put_aside_until_it_is_back(
    store: Store, aside: dict[str, object]
) -> None:
    before = await added(store)
    question = await put(store, ask_again(before.id, TODAY, by="U02"))

    async def edit(values: dict[str, object]) -> None:
        found = await store.read(partner.get, "T1", before.id)
        assert found
        after = replace(found, **values)  # type: ignore[arg-type] # a field and its value
        await store.write(partner.update, "T1", found, after, by="U01", now=NOW)

    await edit(aside)
    assert await store.read(circle_question.due, "T1", question.due_on) == []
    await edit({name: getattr(before, name) for name in aside})
    assert await store.read(circle_question.due, "T1", question.due_on) == [question]


async def test_another_library_is_asked_nothing(store: Store) -> None:
    question = await put(store, ask_again((await added(store)).id, TODAY, by="U02"))
    assert await store.read(circle_question.due, "T2", question.due_on) == []
    assert await store.read(circle_question.open_of, "T2", question.partner_id) == []
    assert await store.read(circle_question.get, "T2", question.id) is None
    for team, question_id in (("T2", question.id), ("T1", 999)):
        with pytest.raises(UserError, match="no longer there"):
            await store.write(circle_question.answer, team, question_id, now=NOW)
    with pytest.raises(UserError, match="not in the register"):
        await store.write(circle_question.put, "T2", question)


async def test_what_is_answered_before_its_day_is_not_asked(store: Store) -> None:
    found = await added(store)
    about_it = Question(Kind.TRIAL, found.id, 77, TODAY + DAY)
    await put(store, about_it)
    await put(store, hello(found.id, TODAY, by="U02"))
    await store.write(circle_question.answer_about, "T1", 77, now=NOW)
    left = await store.read(circle_question.open_of, "T1", found.id)
    assert [question.kind for question in left] == [Kind.HELLO]


async def test_a_question_put_anew_stands_in_place_of_the_open_one(store: Store) -> None:
    found = await added(store)
    kept = await put(store, hello(found.id, TODAY, by="U02"))
    for day in (TODAY, TODAY + DAY, TODAY):
        again = ask_again(found.id, day, by="U03")
        await store.write(circle_question.put_anew, "T1", again, now=NOW)
        opened = await store.read(circle_question.open_of, "T1", found.id)
        assert [replace(one, id=0) for one in opened] == [again, replace(kept, id=0)]
