import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.contact_who import Answer, Question
from bot.errors import UserError
from bot.partner import ContactPerson, Kind, Partner
from storage import contact_who as questions
from storage import partner
from storage.contact_who import ANSWER
from storage.database import Store
from storage.partner_tables import PARTNER

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WANTED = Question("Springbræt", topic=False, asked_by="U02", asked_at=NOW, channel="C01")


async def added(store: Store, new: Partner, team: str = "T1") -> int:
    return (await store.write(partner.add, team, new, by="U01", now=NOW)).id


async def posted(store: Store, wanted: Question = WANTED, ts: str = "1.2") -> Question:
    claimed, mine = await store.write(questions.claim, "T1", wanted)
    assert mine
    await store.write(questions.stands_in_channel, "T1", claimed.id, ts)
    return await store.read(questions.existing, "T1", claimed.id)


async def test_a_claimed_question_is_kept_until_it_stands_there(store: Store) -> None:
    claimed, mine = await store.write(questions.claim, "T1", WANTED)
    assert mine
    assert claimed == replace(WANTED, id=claimed.id, posting_until=NOW + 60 * SECOND)
    await store.write(questions.stands_in_channel, "T1", claimed.id, "1.2")
    await store.write(questions.stands_in_channel, "T1", claimed.id, "3.4")
    stands = await store.read(questions.existing, "T1", claimed.id)
    assert stands == replace(WANTED, id=claimed.id, ts="1.2")


async def test_the_same_is_asked_again_after_two_weeks_only(store: Store) -> None:
    first = await posted(store)
    again = replace(WANTED, words="springbraet ApS", asked_by="U03", asked_at=NOW + 13 * DAY)
    assert await store.write(questions.claim, "T1", again) == (first, False)
    other = replace(again, words="Pixelværket")
    assert (await store.write(questions.claim, "T1", other))[1]
    late = replace(again, asked_at=NOW + 14 * DAY)
    second, mine = await store.write(questions.claim, "T1", late)
    assert mine
    assert second.id != first.id


async def test_by_the_partner_it_is_the_same_whatever_it_is_called(store: Store) -> None:
    number = await added(store, Partner("Springbræt"))
    first = await posted(store, replace(WANTED, partner_id=number))
    again = replace(WANTED, words="Lektiecaféen", partner_id=number)
    assert await store.write(questions.claim, "T1", again) == (first, False)


async def test_another_library_asks_for_itself(store: Store) -> None:
    first = await posted(store)
    assert (await store.write(questions.claim, "T2", WANTED))[1]
    with pytest.raises(UserError):
        await store.read(questions.existing, "T3", first.id)


async def test_what_may_have_been_lost_is_taken_over_under_its_number(store: Store) -> None:
    first, _ = await store.write(questions.claim, "T1", WANTED)
    later = replace(WANTED, asked_by="U03", asked_at=NOW + 59 * SECOND)
    assert await store.write(questions.claim, "T1", later) == (first, False)
    killed = replace(later, asked_at=NOW + 60 * SECOND)
    second, mine = await store.write(questions.claim, "T1", killed)
    assert mine
    assert (second.id, second.asked_by) == (first.id, "U03")
    await store.write(questions.let_go, "T1", first.id)
    assert (await store.write(questions.claim, "T1", killed))[1]


async def test_six_who_ask_at_once_post_once(store: Store) -> None:
    claims = [
        store.write(questions.claim, "T1", replace(WANTED, asked_by=f"U{n}")) for n in range(6)
    ]
    outcomes = await asyncio.gather(*claims)
    assert sorted(mine for _, mine in outcomes) == [False] * 5 + [True]
    assert len({question.id for question, _ in outcomes}) == 1


async def test_answers_are_kept_once_in_their_order_and_taken_back(store: Store) -> None:
    number = await added(store, Partner("Springbræt"))
    asked = await posted(store)
    first = Answer("U03", number, tied=True, keyword=True, added=True)
    second = Answer("U02", number)
    assert await store.write(questions.answer, "T1", asked.id, first, NOW)
    assert await store.write(questions.answer, "T1", asked.id, second, NOW + SECOND)
    assert not await store.write(questions.answer, "T1", asked.id, Answer("U03", number), NOW)
    assert await store.read(questions.answers, "T1", asked.id) == [first, second]
    assert await store.read(questions.answers, "T2", asked.id) == []
    for expected in (first, None):
        back = await store.write(questions.take_back, "T1", asked.id, "U03", number)
        assert back == expected
    assert await store.read(questions.answers, "T1", asked.id) == [second]


async def test_an_answer_may_settle_whom_it_is_about(store: Store) -> None:
    number = await added(store, Partner("Springbræt"))
    asked = await posted(store)
    await store.write(questions.settle, "T1", asked.id, number)
    assert (await store.read(questions.existing, "T1", asked.id)).partner_id == number


async def test_what_belongs_to_a_partner_goes_with_it(store: Store) -> None:
    number = await added(store, Partner("Springbræt"))
    about = await posted(store, replace(WANTED, partner_id=number))
    topic = await posted(store, replace(WANTED, words="lektiehjælp", topic=True), "3.4")
    await store.write(questions.answer, "T1", topic.id, Answer("U03", number), NOW)

    def delete(conn: sa.Connection) -> None:
        mine = (PARTNER.c.team_id == "T1", PARTNER.c.id == number)
        conn.execute(sa.delete(PARTNER).where(*mine))

    await store.write(delete)
    with pytest.raises(UserError):
        await store.read(questions.existing, "T1", about.id)
    assert await store.read(questions.existing, "T1", topic.id) == topic

    def left(conn: sa.Connection) -> int:
        query = sa.select(sa.func.count()).select_from(ANSWER).where(ANSWER.c.team_id == "T1")
        return conn.execute(query).scalar_one()

    assert await store.read(left) == 0


async def test_the_persons_that_no_channel_may_be_shown(store: Store) -> None:
    people = (ContactPerson("Anne Holm", source="mail"), ContactPerson(email="a@b.dk"))
    await added(store, Partner("Springbræt", people=people))
    await added(store, Partner("Carla Winther", kind=Kind.INDIVIDUAL))
    await added(store, Partner("Holm Byg"))
    await added(store, Partner("Bo Holm", kind=Kind.INDIVIDUAL), team="T2")

    async def named(text: str) -> list[str]:
        found = set(await store.read(questions.persons, "T1", text))
        return sorted(found - {""})

    assert await named("HOLM, eller Carla?") == ["Anne Holm", "Carla Winther"]
    assert await named("Springbræt") == []
    assert await named(" ".join(f"ord{n}" for n in range(40)) + " carla") == ["Carla Winther"]
    assert await named("?!") == []


async def test_the_persons_who_have_left_a_card_among_them(store: Store) -> None:
    anne = ContactPerson("Anne Holm", source="mail")
    number = await added(store, Partner("Springbræt", people=(anne,)))
    for people in ((), (ContactPerson("Bo Lind", source="mail"),)):
        before = await store.read(partner.existing, "T1", number)
        after = replace(before, people=people)
        await store.write(partner.update, "T1", before, after, by="U01", now=NOW)
    assert "Anne Holm" in await store.read(questions.persons, "T1", "holm")
    assert "Anne Holm" not in await store.read(questions.persons, "T1", "springbræt lind")
    assert "Anne Holm" not in await store.read(questions.persons, "T2", "holm")


async def test_what_a_taken_back_answer_had_put_on_the_card_is_another_ones_now(
    store: Store,
) -> None:
    one, other = [await added(store, Partner(name)) for name in ("Kodeklubben", "Robotlauget")]
    asked = await posted(store)
    elsewhere = await posted(store, replace(WANTED, words="robotter"), "3.4")
    given = [Answer("U03", one, keyword=True), Answer("U02", one), Answer("U05", other)]
    for n, answer in enumerate(given):
        await store.write(questions.answer, "T1", asked.id, answer, NOW + n * SECOND)
    await store.write(questions.answer, "T1", elsewhere.id, Answer("U04", one), NOW)
    await store.write(questions.take_back, "T1", asked.id, "U03", one)
    assert await store.write(questions.hand_keyword_on, "T1", asked.id, one)
    kept = await store.read(questions.answers, "T1", asked.id)
    assert kept == [Answer("U02", one, keyword=True), Answer("U05", other)]
    await store.write(questions.take_back, "T1", asked.id, "U02", one)
    assert not await store.write(questions.hand_keyword_on, "T1", asked.id, one)
    assert await store.read(questions.answers, "T1", elsewhere.id) == [Answer("U04", one)]
