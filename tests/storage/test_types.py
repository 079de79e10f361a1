from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.tjek import Answer
from storage.database import Store
from storage.schema import insert_once, next_ids, padded, team_column, upsert
from storage.types import Json, OneOf, PlainText, UtcDateTime, storable

THING = sa.Table(
    "thing",
    sa.MetaData(),
    team_column(),
    sa.Column("text", PlainText),
    sa.Column("at", UtcDateTime),
    sa.Column("answer", OneOf(Answer)),
    sa.Column("data", Json),
)


@pytest.fixture
async def things(store: Store) -> Store:
    await store.write(THING.metadata.create_all)
    return store


def put(conn: sa.Connection, /, **values: object) -> sa.Row[tuple[object, ...]]:
    upsert(conn, THING, {"team_id": "T1", **values})
    return conn.execute(sa.select(THING).where(THING.c.team_id == "T1")).one()


async def test_moments_come_back_in_utc(things: Store) -> None:
    summer = datetime(2026, 7, 1, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))
    row = await things.write(put, at=summer)
    assert row.at == summer
    assert row.at.tzinfo is UTC


async def test_moments_without_a_zone_are_refused(things: Store) -> None:
    with pytest.raises(sa.exc.StatementError, match="without a time zone"):
        await things.write(put, at=datetime(2026, 7, 1))  # noqa: DTZ001 - the mistake in question


async def test_nothing_stays_nothing(things: Store) -> None:
    row = await things.write(put, text=None, at=None, answer=None, data=None)
    assert (row.text, row.at, row.answer, row.data) == (None, None, None, None)
    empty = sa.select(THING.c.team_id).where(THING.c.team_id == "T1", THING.c.data.is_(sa.null()))
    assert await things.read(lambda conn: conn.execute(empty).scalar_one()) == "T1"


async def test_words_of_a_list_come_back_as_such_and_others_are_refused(things: Store) -> None:
    row = await things.write(put, answer=Answer.PARTLY)
    assert row.answer is Answer.PARTLY
    with pytest.raises(sa.exc.StatementError):
        await things.write(put, answer="perhaps")


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    text=st.text(st.characters(codec=None)) | st.sampled_from(["\0", "a\0b", "\ud800", "🎉\udfff"])
)
async def test_any_text_is_stored_without_what_no_database_holds(things: Store, text: str) -> None:
    row = await things.write(put, text=text, data={text: [text, None, 1.5, True]})
    assert row.text == storable(text)
    assert row.data == {storable(text): [storable(text), None, 1.5, True]}
    assert "\0" not in row.text


async def test_insert_once_tells_whether_it_did(things: Store) -> None:
    assert await things.write(insert_once, THING, {"team_id": "T1", "text": "first"})
    assert not await things.write(insert_once, THING, {"team_id": "T1", "text": "second"})
    row = await things.read(lambda conn: conn.execute(sa.select(THING)).one())
    assert row.text == "first"


async def test_ids_are_never_given_twice_and_are_each_teams_own(store: Store) -> None:
    assert await store.write(next_ids, "T1") == range(1, 2)
    assert await store.write(next_ids, "T1", 3) == range(2, 5)
    assert await store.write(next_ids, "T2", 2) == range(1, 3)
    assert await store.write(next_ids, "T1") == range(5, 6)


@given(st.lists(st.integers(), max_size=70))
def test_padding_adds_no_value_and_leaves_few_lengths(values: list[int]) -> None:
    assert set(padded(values)) == set(values)
    assert len(padded(values)) in {0, 1, 2, 4, 8, 16, 32, 64, 128}
