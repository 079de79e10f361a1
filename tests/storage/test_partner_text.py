"""That the databases' own text search finds what looking through all partners would find."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import create_async_engine

from bot.partner import ContactPerson, Hit, Partner
from bot.text import fold, words
from storage import duplicate_merge, duplicate_undo, partner, partner_text, partner_words
from storage.database import Store, address
from storage.migrate import MIGRATIONS
from storage.partner_search import search
from storage.partner_tables import PARTNER, Origin

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SEARCH = next(file.stem for file in MIGRATIONS.glob("versions/*_search.py"))
TEAMS = count()  # each example has a library of its own
PROPERTY = settings(max_examples=25, suppress_health_check=[*HealthCheck], deadline=None)

# Few letters, so that beginnings meet; some that an index of ASCII alone would lose.
WORDS = st.text("abæøé漢", min_size=1, max_size=3)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
SOME = st.lists(PHRASES, max_size=2).map(tuple)
PARTNERS = st.builds(
    Partner,
    PHRASES,
    other_names=SOME,
    keywords=SOME,
    people=st.lists(st.builds(ContactPerson, PHRASES), max_size=1).map(tuple),
    note=PHRASES,
    archived=st.booleans(),
)


async def add(store: Store, team: str, one: Partner) -> Partner:
    return await store.write(partner.add, team, one, by="U01", now=NOW)


async def found(store: Store, team: str, query: str, limit: int = 50) -> list[Hit]:
    return await store.read(search, team, query, limit=limit)


async def texts(store: Store) -> list[tuple[object, ...]]:
    """All that the index holds, as text."""

    def read(conn: sa.Connection) -> list[tuple[object, ...]]:
        columns = "team_id, partner_id, CAST(names AS text), CAST(words AS text)"
        rows = conn.exec_driver_sql(f"SELECT {columns} FROM partner_text")  # noqa: S608 - named above
        return sorted(tuple(row) for row in rows)

    return await store.read(read)


def places(one: Partner) -> list[tuple[str, Origin]]:
    by_origin = {
        Origin.NAME: (one.name,),
        Origin.OTHER_NAME: one.other_names,
        Origin.PERSON: tuple(person.name for person in one.people),
        Origin.KEYWORD: one.keywords,
        Origin.NOTE: (one.note,),
    }
    return [
        (word, origin) for origin, of in by_origin.items() for text in of for word in words(text)
    ]


def worth(one: Partner, terms: Sequence[str]) -> int | None:
    """The place of the weakest word, twice, and one more where it is only begun.

    None unless all fit.
    """
    best = [
        min(
            (origin * 2 + (word != term) for word, origin in places(one) if word.startswith(term)),
            default=None,
        )
        for term in terms
    ]
    fitting = [place for place in best if place is not None]
    return max(fitting) if len(fitting) == len(terms) else None


@PROPERTY
@given(
    house=st.lists(PARTNERS, min_size=1, max_size=6), typed=st.lists(WORDS, min_size=1, max_size=3)
)
async def test_search_finds_what_a_look_through_all_partners_finds(
    store: Store, house: list[Partner], typed: list[str]
) -> None:
    team = f"T{next(TEAMS)}"
    stored = [await add(store, team, one) for one in house]
    query = " ".join(typed)
    terms = words(query)
    ends = [term for term in terms if not any(o != term and o.startswith(term) for o in terms)]
    fitting = {one.id: place for one in stored if (place := worth(one, ends)) is not None}
    hits = await found(store, team, query)
    if fitting:
        assert {hit.id for hit in hits} == {*fitting}
        order = [(hit.archived, -hit.score, fold(hit.name)) for hit in hits]
        assert order == sorted(order)
        for hit in hits:
            begun = fold(hit.name).startswith(fold(query))
            if not begun and not hit.exact:
                assert hit.score == pytest.approx(0.8 - 0.05 * fitting[hit.id])


@pytest.mark.parametrize(
    "query",
    [
        '"dansehallerne"',
        "dansehallerne*",
        "dansehallerne:*",
        "(dansehallerne)",
        "-dansehallerne",
        "^dansehallerne",
        "{dansehallerne}",
        "dansehallerne & valby",
        "'dansehallerne' | 'valby'",
        "dansehallerne\\",
        "dansehallerne'; --",
        "dansehallerne!",
        "dansehallerne\0valby",
    ],
)
async def test_what_means_something_to_a_database_is_typed_like_anything_else(
    store: Store, query: str
) -> None:
    await add(store, "T1", Partner("Dansehallerne", note="i Valby"))
    await add(store, "T1", Partner("Noget andet"))
    assert [hit.name for hit in await found(store, "T1", query)] == ["Dansehallerne"]


@pytest.mark.parametrize("operator", ["OR", "AND", "NOT", "NEAR"])
async def test_an_operator_is_a_word(store: Store, operator: str) -> None:
    await add(store, "T1", Partner("Dans og skak"))
    assert await found(store, "T1", f"dans {operator} skak") == []
    await add(store, "T1", Partner(f"Skak {operator} dans"))
    assert len(await found(store, "T1", f"dans {operator} skak")) == 1


def of_one_mark() -> tuple[str, str]:
    """Two libraries that chance has given the same mark."""
    marks: dict[str, str] = {}
    for team in (f"T{number}" for number in count()):
        mark = partner_text._mark(team, partner_text._Kind.LIVE)
        if mark in marks:
            return marks[mark], team
        marks[mark] = team
    raise AssertionError


async def test_a_neighbour_of_the_same_mark_crowds_nobody_out(store: Store) -> None:
    one, other = of_one_mark()
    for number in range(partner_text._RANKED + 5):
        await add(store, one, Partner(f"Byens kor {number:03}"))
    await add(store, other, Partner("Byens kor"))
    assert [hit.name for hit in await found(store, other, "kor")] == ["Byens kor"]


async def test_two_libraries_of_one_mark_find_their_own(store: Store) -> None:
    one, other = of_one_mark()
    ours = await add(store, one, Partner("Dansehallerne"))
    theirs = await add(store, other, Partner("Danseskolen"))
    assert ours.id == theirs.id
    for team, name in ((one, "Dansehallerne"), (other, "Danseskolen")):
        assert [hit.name for hit in await found(store, team, "danse")] == [name]
    await store.write(partner_words.forget, one, ours.id)
    assert [row[:2] for row in await texts(store)] == [(other, theirs.id)]


async def test_many_archived_ones_hide_none_that_is_not(store: Store) -> None:
    for number in range(partner_text._RANKED + 5):
        await add(store, "T1", Partner(f"Gammel {number:03} kro", archived=True))
    await add(store, "T1", Partner("Ny kro", note="gammel"))
    assert (await found(store, "T1", "kro gammel", limit=3))[0].name == "Ny kro"


async def test_out_of_the_archive_and_into_it_again(store: Store) -> None:
    await add(store, "T1", Partner("Byens Kro"))
    stored = await add(store, "T1", Partner("Kroen", archived=True, note="byens bedste"))
    for archived in (False, True):
        before = await store.read(partner.existing, "T1", stored.id)
        after = replace(before, archived=archived)
        await store.write(partner.update, "T1", before, after, by="U01", now=NOW)
        hits = await found(store, "T1", "byens kro")
        assert [(hit.name, hit.archived) for hit in hits] == [
            ("Byens Kro", False),
            ("Kroen", archived),
        ]


async def test_an_edit_leaves_no_word_of_a_person_who_went(store: Store) -> None:
    stored = await add(store, "T1", Partner("Kroen", people=(ContactPerson("Anne Holmegaard"),)))
    assert "holmegaard" in str(await texts(store))
    after = replace(stored, people=())
    await store.write(partner.update, "T1", stored, after, by="U01", now=NOW)
    assert "holmegaard" not in str(await texts(store))


async def test_made_one_and_taken_apart_each_is_found_where_its_words_are(store: Store) -> None:
    kept = await add(store, "T1", Partner("Springbræt", note="lektier"))
    gone = await add(store, "T1", Partner("Fidusen", note="skak"))
    seen = [(kept.id, kept.version), (gone.id, gone.version)]
    _, number = await store.write(duplicate_merge.merge, "T1", seen, {}, by="U01", now=NOW)
    assert [row[1] for row in await texts(store)] == [kept.id]
    assert [hit.id for hit in await found(store, "T1", "fidusen skak lektier")] == [kept.id]
    await store.write(duplicate_undo.undo, "T1", number, by="U01", now=NOW)
    assert [row[1] for row in await texts(store)] == [kept.id, gone.id]
    assert [hit.id for hit in await found(store, "T1", "fidusen skak")] == [gone.id]
    assert await found(store, "T1", "springbræt skak") == []


async def test_a_migration_fills_it_with_the_same(url: str) -> None:
    store = await Store.open(url)
    for one in (
        Partner("Café Ørn", other_names=("Ørnen",), website="https://cafe-oern.example"),
        Partner("漢 B", people=(ContactPerson("Bo"),), archived=True),
        Partner("!!!"),
    ):
        await add(store, "T1", one)
    await add(store, "T2", Partner("Anden by"))
    before = await texts(store)
    await store.close()
    engine = create_async_engine(address(url).url, poolclass=sa.NullPool)
    async with engine.begin() as conn:
        await conn.execution_options(every_team=True)
        await conn.exec_driver_sql("DROP TABLE partner_text")
        await conn.run_sync(migrated_again)
    await engine.dispose()
    again = await Store.open(url)
    assert sorted(map(split, await texts(again))) == sorted(map(split, before))
    await again.close()


def migrated_again(conn: sa.Connection) -> None:
    script = ScriptDirectory(str(MIGRATIONS)).get_revision(SEARCH.partition("_")[0])
    with Operations.context(MigrationContext.configure(conn)):
        script.module.upgrade()


def split(row: tuple[object, ...]) -> tuple[object, ...]:
    """The words in any order."""
    return (*row[:2], *(sorted(str(column).split()) for column in row[2:]))


async def test_partners_gone_from_the_register_are_not_found(store: Store) -> None:
    stored = await add(store, "T1", Partner("Springbræt"))

    def delete(conn: sa.Connection) -> None:
        partner_words.forget(conn, "T1", stored.id)
        mine = (PARTNER.c.team_id == "T1", PARTNER.c.id == stored.id)
        conn.execute(sa.delete(PARTNER).where(*mine))

    await store.write(delete)
    assert await found(store, "T1", "springbræt") == []
    assert await texts(store) == []
