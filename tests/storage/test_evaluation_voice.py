"""A contact person who was asked how it goes: told that she was, and forgotten without a trace."""

from typing import Any

import pytest
import sqlalchemy as sa

from bot.partner import ContactPerson, Partner
from bot.privacy_document import document
from bot.privacy_everything import Event, Everything
from bot.round import Standing, State
from bot.round_voice import THE_PARTNER, forgotten, of_person
from bot.translation import Translator
from bot.workspace import Language, Workspace
from storage import (
    evaluation_voice,
    partner,
    privacy_access,
    privacy_erasure,
    round_queries,
    round_sheets,
)
from storage import round as rounds
from storage.database import Connection, Store
from storage.evaluation_tables import LINK
from storage.schema import METADATA
from tests.storage.evaluations import LATER, NOW, answer, opened, reveal

TEAM = "T1"
ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk", source="messen")
SECRET = "vi ved ikke, hvem vi skal ringe til"


def a_partner(conn: Connection) -> Partner:
    people = (ANNE, ContactPerson("Bo Lind"))
    return partner.add(conn, TEAM, Partner("Springbræt", people=people), by="U1", now=NOW)


async def everything(store: Store, of: Partner) -> Everything:
    found = await store.read(privacy_access.everything_about, TEAM, of.id, of.people[0].id)
    assert found
    return found


async def anonymised(store: Store, of: Partner) -> None:
    why: Any = {"word": "[anonymiseret]", "purpose": "bad om det", "by": "U1", "now": LATER}
    await store.write(privacy_erasure.anonymise, TEAM, of.id, of.people[0].id, **why)


async def standing(store: Store, round_id: int) -> dict[str, Standing]:
    return dict((await store.read(round_queries.existing, TEAM, round_id)).standings)


@pytest.mark.parametrize("shown", [False, True])
async def test_she_is_told_that_she_was_asked_and_never_what_she_answered(
    store: Store, *, shown: bool
) -> None:
    springbraet = await store.write(a_partner)
    anne = of_person(springbraet.people[0].id)
    this = await store.write(opened, TEAM, springbraet.id, ["U1", anne])
    events = [line.event for line in (await everything(store, springbraet)).log]
    assert events == [Event.ADDED, Event.ASKED]
    await store.write(answer, TEAM, this, anne, {"easy": "2"}, SECRET)
    if shown:
        await store.write(reveal, TEAM, this)
    all_ = await everything(store, springbraet)
    assert all_.log[-1].event is Event.ANSWERED
    told = document(Translator(Language.DANISH), all_, Workspace(), today=NOW.date())
    assert "Du blev spurgt, hvordan det går" in told.text
    assert SECRET not in told.text + str(told.data)


async def test_anonymised_nothing_in_any_table_leads_from_the_round_to_her(store: Store) -> None:
    springbraet = await store.write(a_partner)
    anne, bo = (of_person(person.id) for person in springbraet.people)
    over = await store.write(opened, TEAM, springbraet.id, ["U1", anne])
    await store.write(answer, TEAM, over, anne, {"easy": "2"})
    await store.write(reveal, TEAM, over)
    here = await store.write(opened, TEAM, springbraet.id, ["U1", anne, bo])
    await store.write(answer, TEAM, here, anne, {"easy": "2"}, "spørg Anne Holm")
    await store.write(a_link, here.id, anne)
    await anonymised(store, springbraet)
    assert not await store.read(rows_with, anne)
    assert await standing(store, here.id) == {
        "U1": Standing.WAITING,
        "@-1": Standing.ANSWERED,
        bo: Standing.WAITING,
    }
    own = await store.read(round_sheets.own, TEAM, here.id, "@-1")
    assert (own.answers, own.notes["last"]) == ({"easy": "2"}, "spørg [anonymiseret]")
    await store.write(reveal, TEAM, here)
    assert list(await store.read(round_sheets.shown, TEAM, here.id)) == ["@#1"]


async def test_no_round_waits_for_her_and_what_she_began_is_gone(store: Store) -> None:
    springbraet = await store.write(a_partner)
    anne = of_person(springbraet.people[0].id)
    this = await store.write(opened, TEAM, springbraet.id, ["U1", anne, THE_PARTNER])
    given: Any = {"answers": {"easy": "2"}, "notes": {}, "now": NOW, "sent": False}
    await store.write(rounds.answer, TEAM, this.id, anne, **given)
    await anonymised(store, springbraet)
    told = await standing(store, this.id)
    assert told["@-1"] is Standing.LEFT
    assert told[THE_PARTNER] is Standing.WAITING
    assert not (await store.read(round_sheets.own, TEAM, this.id, "@-1")).answers


async def test_who_declined_stays_declined_and_two_forgotten_are_two(store: Store) -> None:
    springbraet = await store.write(a_partner)
    numbers = [person.id for person in springbraet.people]
    this = await store.write(opened, TEAM, springbraet.id, ["U1", *map(of_person, numbers)])
    await store.write(rounds.decline, TEAM, this.id, of_person(numbers[0]), NOW)
    await store.write(evaluation_voice.forget, TEAM, numbers)
    told = await standing(store, this.id)
    assert {voice: how for voice, how in told.items() if voice != "U1"} == {
        "@-1": Standing.DECLINED,
        "@-2": Standing.LEFT,
    }
    found = await store.read(round_queries.existing, TEAM, this.id)
    assert found.state is State.OPEN


def test_a_forgotten_voice_is_nobodys_and_taken_by_no_other() -> None:
    assert forgotten(["U1", THE_PARTNER, "@1"]) == "@-1"
    assert forgotten(["@-1", "@-3"]) == "@-2"


def a_link(conn: Connection, round_id: int, voice: str) -> None:
    row = {"token_hash": "f3", "round_id": round_id, "voice": voice}
    conn.execute(sa.insert(LINK).values(team_id=TEAM, made_by="U1", made_at=NOW, **row))


def rows_with(conn: Connection, voice: str) -> list[str]:
    """Every row of the library that has the voice somewhere."""
    return [
        f"{table.name}: {row}"
        for table in METADATA.sorted_tables
        for row in conn.execute(sa.select(table).where(table.c.team_id == TEAM)).all()
        if voice in row
    ]
