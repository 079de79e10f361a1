import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.contact import Contact, Kind
from bot.errors import UserError
from bot.partner import Partner
from storage import contact, partner
from storage.contact_tables import CONTACT, WORD
from storage.database import Store, address
from storage.migrate import MIGRATIONS, State, upgrade, version_state
from storage.partner_search import suggest

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


async def added(store: Store, name: str, team: str = "T1", now: datetime = NOW) -> int:
    return (await store.write(partner.add, team, Partner(name), by="U01", now=now)).id


async def noted(
    store: Store,
    partner_id: int,
    about: str = "",
    *,
    by: str = "U01",
    on: date = TODAY,
    at: datetime = NOW,
    team: str = "T1",
) -> Contact:
    new = Contact(partner_id, Kind.TALKED, on, by, at, about=about)
    return await store.write(contact.note, team, new)


async def loaded(store: Store, contact_id: int, team: str = "T1") -> Contact | None:
    return await store.read(contact.get, team, contact_id)


async def words_of(store: Store, contact_id: int) -> set[str]:
    def read(conn: sa.Connection) -> set[str]:
        mine = (WORD.c.team_id == "T1", WORD.c.contact_id == contact_id)
        return set(conn.execute(sa.select(WORD.c.word).where(*mine)).scalars())

    return await store.read(read)


# Noting


async def test_every_field_comes_back(store: Store) -> None:
    springbraet = await added(store, "Springbræt")
    typed = Contact(
        springbraet,
        Kind.EVENT,
        TODAY - DAY,
        "U02",
        NOW,
        about="<!channel> åben \x00scene 🎉",
        with_whom="Anne Holm",
        link="https://byens.slack.com/archives/C01/p1",
    )
    stored = await store.write(contact.note, "T1", typed)
    assert stored == replace(typed, id=stored.id, version=1, about="<!channel> åben scene 🎉")
    assert stored.id
    assert await loaded(store, stored.id) == stored
    assert await loaded(store, stored.id + 1) is None


async def test_a_contact_makes_the_partner_the_one_touched_last(store: Store) -> None:
    springbraet = await added(store, "Springbræt")
    await added(store, "Byens Museum", now=NOW + HOUR)
    await noted(store, springbraet, at=NOW + 2 * HOUR)
    hits = await store.read(suggest, "T1", "")
    assert [hit.name for hit in hits] == ["Springbræt", "Byens Museum"]
    found = await store.read(partner.get, "T1", springbraet)
    assert found
    assert found.version == 1  # nobody who has the form open meets a conflict


async def test_a_contact_with_nobody_is_refused_and_leaves_nothing(store: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        await noted(store, 999)


async def test_another_library_sees_nothing(store: Store) -> None:
    mine = await noted(store, await added(store, "Springbræt"), "scenen")
    assert await loaded(store, mine.id, "T2") is None
    assert await store.read(contact.of_partner, "T2", mine.partner_id) == []
    assert await store.read(contact.last_of, "T2", [mine.partner_id]) == {}
    with pytest.raises(UserError, match="no longer there"):
        await store.write(contact.undo, "T2", mine.id, now=NOW)


# Reading


async def test_a_partners_contacts_come_newest_first(store: Store) -> None:
    springbraet, other = await added(store, "Springbræt"), await added(store, "Byens Museum")
    late = await noted(store, springbraet, "sent", at=NOW + HOUR)
    early = await noted(store, springbraet, "tidligt")
    old = await noted(store, springbraet, "i går", on=TODAY - DAY, at=NOW + 2 * HOUR)
    same = await noted(store, springbraet, "samme time")
    await noted(store, other, "museet")
    ordered = [late, same, early, old]
    assert await store.read(contact.of_partner, "T1", springbraet) == ordered
    assert await store.read(contact.of_partner, "T1", springbraet, limit=2) == ordered[:2]
    assert await store.read(contact.since, "T1", springbraet, TODAY - DAY) == ordered
    assert await store.read(contact.since, "T1", springbraet, TODAY) == ordered[:3]
    assert await store.read(contact.last_of, "T1", [springbraet]) == {springbraet: late}


async def test_the_last_contact_of_each_partner_whoever_noted_it(store: Store) -> None:
    ids = [await added(store, f"Partner {n}") for n in range(3)]
    await noted(store, ids[0], "først", on=TODAY - DAY)
    mettes = await noted(store, ids[0], "sidst", by="U02")
    gone = await noted(store, ids[1], "fortrudt")
    kept = await noted(store, ids[1], "før", on=TODAY - DAY)
    await store.write(contact.undo, "T1", gone.id, now=NOW)
    last = await store.read(contact.last_of, "T1", [*ids, 999])
    assert last == {ids[0]: mettes, ids[1]: kept}
    assert await store.read(contact.last_of, "T1", []) == {}


# Correcting and undoing


async def test_a_correction_says_who_made_it(store: Store) -> None:
    springbraet, other = await added(store, "Springbræt"), await added(store, "Byens Museum")
    before = await noted(store, springbraet, "foråret")
    right = replace(
        before, partner_id=other, kind=Kind.MAIL, on=TODAY - DAY, about="efteråret", with_whom="Bo"
    )
    after = await store.write(contact.change, "T1", right, by="U02")
    assert after == replace(right, version=2, changed_by="U02")
    assert await loaded(store, before.id) == after
    assert await store.read(contact.of_partner, "T1", other) == [after]
    assert await words_of(store, before.id) == {"efteraaret", "bo"}


async def test_who_noted_it_and_when_is_no_correction(store: Store) -> None:
    before = await noted(store, await added(store, "Springbræt"))
    forged = replace(before, noted_by="U02", noted_at=NOW - DAY, undone_at=NOW)
    after = await store.write(contact.change, "T1", forged, by="U02")
    assert (after.noted_by, after.noted_at, after.undone_at) == ("U01", NOW, None)


async def test_the_second_of_two_corrections_overwrites_nothing(store: Store) -> None:
    before = await noted(store, await added(store, "Springbræt"), "foråret")
    first = replace(before, about="foråret og scenen")
    second = replace(before, about="sommeren")
    outcomes = await asyncio.gather(
        store.write(contact.change, "T1", first, by="U01"),
        store.write(contact.change, "T1", second, by="U02"),
        return_exceptions=True,
    )
    refusals = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
    stored = [outcome for outcome in outcomes if isinstance(outcome, Contact)]
    (refusal,) = refusals
    assert "while you were writing" in refusal.msgid
    assert [await loaded(store, before.id)] == stored


async def test_an_undone_contact_is_kept_and_counts_no_more(store: Store) -> None:
    before = await noted(store, await added(store, "Springbræt"), "foråret")
    undone = await store.write(contact.undo, "T1", before.id, now=NOW + HOUR)
    assert undone == replace(before, undone_at=NOW + HOUR, version=2)
    assert await loaded(store, before.id) == undone
    assert await store.read(contact.of_partner, "T1", before.partner_id) == []
    assert await store.read(contact.since, "T1", before.partner_id, TODAY - DAY) == []
    assert await words_of(store, before.id) == set()
    with pytest.raises(UserError, match="undone meanwhile"):
        await store.write(contact.change, "T1", before, by="U01")


async def test_what_is_not_there_cannot_be_changed(store: Store) -> None:
    missing = Contact(1, Kind.MET, TODAY, "U01", NOW, id=7, version=1)
    with pytest.raises(UserError, match="no longer there"):
        await store.write(contact.change, "T1", missing, by="U01")
    with pytest.raises(UserError, match="no longer there"):
        await store.write(contact.undo, "T1", 7, now=NOW)


async def test_cleared_texts_are_found_by_what_they_say_now(store: Store) -> None:
    springbraet = await added(store, "Springbræt")
    one = await noted(store, springbraet, "talte med Anne om scenen")
    undone = await noted(store, springbraet, "Anne igen")
    await store.write(contact.undo, "T1", undone.id, now=NOW)

    def clear(conn: sa.Connection) -> None:
        mine = sa.update(CONTACT).where(CONTACT.c.team_id == "T1")
        conn.execute(mine.values(about="talte med [en person]"))
        contact.reindex(conn, "T1", springbraet)

    await store.write(clear)
    assert await words_of(store, one.id) == {"talte", "med", "en", "person"}
    assert await words_of(store, undone.id) == set()


async def test_the_words_of_a_contact_are_folded_and_short(store: Store) -> None:
    long = "ø" * 300
    stored = await noted(store, await added(store, "Springbræt"), f"Børn-og Café {long}")
    assert await words_of(store, stored.id) == {"boern", "og", "cafe", "oe" * 20}


# Quick questions


async def test_a_question_is_put_once_to_each_person(store: Store) -> None:
    springbraet, other = await added(store, "Springbræt"), await added(store, "Byens Museum")
    assert await store.write(contact.mark_asked, "T1", "U01", springbraet, "kind", NOW)
    assert not await store.write(contact.mark_asked, "T1", "U01", springbraet, "kind", NOW + DAY)
    assert await store.write(contact.mark_asked, "T1", "U01", springbraet, "rooms", NOW)
    assert await store.write(contact.mark_asked, "T1", "U02", springbraet, "kind", NOW)
    assert await store.read(contact.was_asked, "T1", "U01", springbraet) == {"kind", "rooms"}
    assert await store.read(contact.was_asked, "T1", "U01", other) == set()
    assert await store.read(contact.was_asked, "T2", "U01", springbraet) == set()


# Deleting and migrating


async def test_contacts_go_with_their_partner(store: Store) -> None:
    mine = await noted(store, await added(store, "Springbræt"), "foråret")
    await store.write(contact.mark_asked, "T1", "U01", mine.partner_id, "kind", NOW)

    def erase(conn: sa.Connection) -> None:
        partners = sa.table("partner", sa.column("team_id"))
        conn.execute(sa.delete(partners).where(partners.c.team_id == "T1"))

    await store.write(erase)
    assert await loaded(store, mine.id) is None
    assert await words_of(store, mine.id) == set()
    assert await store.read(contact.was_asked, "T1", "U01", mine.partner_id) == set()


OLD_PARTNER = (
    "INSERT INTO partner VALUES ('T1', 7, 3, false, 'Springbræt', 'association', '', '', '', '',"
    " 'partner', 'network', 'active', NULL, '', '', '', NULL, '', '', 'U01',"
    " '2026-01-01 08:00:00+00:00', '2026-01-01 08:00:00+00:00', 'springbraet', 'springbraet')"
)
OLD = (
    OLD_PARTNER,
    "INSERT INTO partner_tie VALUES ('T1', 7, 'knows', 'U02', 0)",
    "INSERT INTO last_id VALUES ('T1', 7)",
)


async def test_a_filled_database_of_the_first_version_goes_up(
    empty_url: str, tmp_path: Path
) -> None:
    first = tmp_path / "first"
    later = shutil.ignore_patterns("__pycache__", "000[2-9]*", "00[1-9]*")
    shutil.copytree(MIGRATIONS, first, ignore=later)
    await upgrade(empty_url, backup=False, migrations=first)
    engine = create_async_engine(address(empty_url).url)
    async with engine.begin() as conn:
        for statement in OLD:
            await conn.exec_driver_sql(statement)
    await engine.dispose()

    assert await version_state(empty_url) is State.OLD
    await upgrade(empty_url, backup=False)
    store = await Store.open(empty_url)
    found = await store.read(partner.get, "T1", 7)
    assert found
    assert (found.name, found.version, found.known_by) == ("Springbræt", 3, ("U02",))
    stored = await noted(store, 7, "foråret")
    assert stored.id == 8
    assert await store.read(contact.last_of, "T1", [7]) == {7: stored}
    await store.close()
