import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import shipped
from bot.partner import Partner
from bot.round import Kind, Round, Standing, called
from bot.timetable import Calendar
from storage import evaluation, evaluation_link, partner, round_queries
from storage import round as rounds
from storage.database import Connection, Store
from storage.evaluation_link import Link

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))


async def opened(store: Store, *voices: str, team: str = "T1") -> Round:
    stored = await store.write(partner.add, team, Partner("Springbræt"), by="U02", now=NOW)

    def start(conn: Connection, team: str) -> Round:
        new = Evaluation(
            stored.id,
            Occasion.YEARLY,
            shipped().get("pulse"),
            Level.COLLABORATION,
            date(2026, 11, 24),
            NOW,
        )
        made = evaluation.add(conn, team, new)
        invited = ("U02", *(voices or ("@0",)))
        this = called(
            Kind.EVALUATION,
            made.id,
            by="U02",
            invited=invited,
            now=NOW,
            calendar=CALENDAR,
            partner_id=stored.id,
        )
        return rounds.start(conn, team, this)

    return await store.write(start, team)


async def keep(store: Store, this: Round, voice: str, token_hash: str, now: datetime = NOW) -> None:
    await store.write(evaluation_link.keep, "T1", this.id, voice, token_hash, by="U02", now=now)


async def let_in(store: Store, this: Round, voice: str) -> Round:
    def locked(conn: Connection, team: str) -> Round:
        fresh = round_queries.existing(conn, team, this.id, lock=True)
        return evaluation_link.let_in(conn, team, fresh, voice)

    return await store.write(locked, "T1")


async def test_a_link_leads_to_its_voice_in_whichever_library(store: Store) -> None:
    this = await opened(store)
    other = await opened(store, team="T2")
    await keep(store, this, "@0", "a" * 64)
    await store.write(evaluation_link.keep, "T2", other.id, "@0", "b" * 64, by="U09", now=LATER)
    assert await store.read(evaluation_link.find, "a" * 64) == Link("T1", this.id, "@0", "U02", NOW)
    found = await store.read(evaluation_link.find, "b" * 64)
    assert found == Link("T2", other.id, "@0", "U09", LATER)
    for wrong in ("", "a" * 63, "A" * 64, "%", "a" * 64 + " "):
        assert await store.read(evaluation_link.find, wrong) is None


async def test_several_links_of_a_voice_all_lead_there(store: Store) -> None:
    this = await opened(store)
    await keep(store, this, "@0", "a" * 64)
    await keep(store, this, "@0", "b" * 64, LATER)
    for token_hash in ("a" * 64, "b" * 64):
        found = await store.read(evaluation_link.find, token_hash)
        assert found
        assert found.voice == "@0"
    assert await store.read(evaluation_link.made, "T1", this.id) == {"@0": LATER}
    assert await store.read(evaluation_link.made, "T2", this.id) == {}


async def test_links_go_with_their_round(store: Store) -> None:
    this = await opened(store)
    await keep(store, this, "@0", "a" * 64)

    def erase(conn: Connection) -> None:
        conn.exec_driver_sql("DELETE FROM round")

    await store.write(erase)
    assert await store.read(evaluation_link.find, "a" * 64) is None


async def test_the_first_by_name_takes_the_place_that_was_kept_free(store: Store) -> None:
    this = await let_in(store, await opened(store), "@17")
    waiting = dict.fromkeys(("U02", "@17"), Standing.WAITING)
    assert this.standings == waiting
    assert (await store.read(round_queries.existing, "T1", this.id)).standings == waiting
    this = await let_in(store, this, "@18")
    assert set(this.standings) == {"U02", "@17", "@18"}
    this = await let_in(store, this, "@0")
    assert set(this.standings) == {"U02", "@17", "@18", "@0"}
    assert await let_in(store, this, "@18") == this


@pytest.mark.parametrize("how", ["sent a link", "answered", "declined"])
async def test_the_organisation_keeps_its_place_once_it_is_asked(store: Store, how: str) -> None:
    this = await opened(store)
    if how == "sent a link":
        await keep(store, this, "@0", "a" * 64)
    elif how == "declined":
        await store.write(rounds.decline, "T1", this.id, "@0", NOW)
    else:
        await store.write(
            rounds.answer, "T1", this.id, "@0", answers={"easy": "4"}, notes={}, now=NOW
        )
    this = await let_in(store, this, "@17")
    assert set(this.standings) == {"U02", "@0", "@17"}
    assert (await store.read(round_queries.existing, "T1", this.id)).standings == this.standings


async def test_two_colleagues_at_once_let_two_in(store: Store) -> None:
    this = await opened(store)
    await asyncio.gather(*(let_in(store, this, voice) for voice in ("@17", "@18", "@17")))
    found = await store.read(round_queries.existing, "T1", this.id)
    assert set(found.standings) == {"U02", "@17", "@18"}
