import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.contact_who import Question
from bot.edits import rewind
from bot.errors import UserError
from bot.partner import ContactPerson, Kind, Partner
from bot.privacy import Information, Standing
from bot.privacy_everything import Event, Mention, Place
from bot.tjek import Check, Sheet
from storage import (
    contact_who,
    partner,
    partner_search,
    privacy,
    privacy_access,
    privacy_disclosure,
    privacy_erasure,
    privacy_files,
    tjek,
)
from storage.database import Store, address
from storage.privacy_erasure import Forgotten
from storage.schema import METADATA

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
WORD = "[anonymiseret]"
ANNE = ContactPerson("Anne Holm", "formand", "anne@holm.dk", "+4521436587", "rar", "messen")
BO = ContactPerson("Bo Lind", note="afløser for Anne Holm", source="hjemmesiden")
SPRINGBRAET = Partner(
    "Springbræt",
    website="https://springbraet.dk",
    note="Anne Holm har nøglen",
    next_step="ring til Anne",
    people=(ANNE, BO),
)


async def forget(store: Store, partner_id: int, person_id: int, team: str = "T1") -> Forgotten:
    why = {"word": WORD, "purpose": "Anne Holm bad om det", "by": "U01"}
    return await store.write(
        privacy_erasure.anonymise, team, partner_id, person_id, **why, now=LATER
    )


async def whole_database(url: str) -> str:
    """Every row of every table, as text."""
    engine = create_async_engine(address(url).url, poolclass=sa.NullPool)
    async with engine.connect() as conn:
        rows = [
            [str(value) for value in row]
            for table in METADATA.sorted_tables
            for row in await conn.execute(sa.select(table).execution_options(every_team=True))
        ]
    await engine.dispose()
    return json.dumps(rows, ensure_ascii=False)


async def with_a_past(store: Store) -> Partner:
    """A partner with edits, a check and notes that all name the person."""
    springbraet = await store.write(partner.add, "T1", SPRINGBRAET, by="U01", now=NOW)
    anne, bo = springbraet.people
    moved = replace(
        springbraet,
        note="Anne Holm har nøglen, 21 43 65 87",
        people=(replace(anne, email="anne.holm@springbraet.dk"), bo),
    )
    edited = await store.write(partner.update, "T1", springbraet, moved, by="U02", now=NOW)
    sheet = Sheet({}, {"fit": "spørg anne.holm@springbraet.dk"})
    check = Check("U01", NOW, partner_id=edited.id, partner_name="Springbræt", idea="Anne Holms")
    await store.write(tjek.start, "T1", replace(check, reason="", sheets={"U01": sheet}))
    told = Information(date(2026, 11, 24), "talte med Anne Holm")
    await store.write(privacy.inform, "T1", edited.id, anne.id, told, by="U02")
    ask = {"purpose": "mail fra anne@holm.dk", "by": "U03"}
    await store.write(
        privacy_disclosure.log_disclosure, "T1", anne.id, Event.DISCLOSED, **ask, at=NOW
    )
    return edited


async def test_nothing_of_a_forgotten_person_is_left_in_any_table(store: Store, url: str) -> None:
    springbraet = await with_a_past(store)
    (anne, bo) = springbraet.people
    cleared = replace(springbraet, next_step="")
    await store.write(partner.update, "T1", springbraet, cleared, by="U02", now=NOW)
    done = await forget(store, springbraet.id, anne.id)

    assert done.partner.people == (replace(bo, note=f"afløser for {WORD}"),)
    assert done.partner.note == f"{WORD} har nøglen, {WORD}"
    assert done.partner.name == "Springbræt"
    assert done.partner.version == cleared.version + 2
    assert done.left == ()
    left = (await whole_database(url)).casefold()
    assert "springbræt" in left
    assert f"{WORD} bad om det" in left
    assert f"mail fra {WORD}" in left
    for trace in ("anne holm", "holm", "21436587", "21 43", "anne@", "formand", "rar", "messen"):
        assert trace not in left, trace


async def test_the_organisations_history_stays(store: Store) -> None:
    springbraet = await with_a_past(store)
    before = await store.read(partner.changes_since, "T1", springbraet.id, 0)
    anne = springbraet.people[0]
    await forget(store, springbraet.id, anne.id)
    after = await store.read(partner.changes_since, "T1", springbraet.id, 0)
    assert [(one.field, one.by, one.at) for one in after[: len(before)]] == [
        (one.field, one.by, one.at) for one in before
    ]
    checks = await store.read(tjek.waiting_for, "T1", "U01", limit=5)
    assert [(one.partner_name, one.idea) for one in checks] == [("Springbræt", WORD)]
    assert checks[0].sheets["U01"].notes == {"fit": f"spørg {WORD}"}


async def test_texts_that_may_still_mean_her_are_shown_to_be_read(store: Store) -> None:
    springbraet = await with_a_past(store)
    done = await forget(store, springbraet.id, springbraet.people[0].id)
    assert done.left == (Mention(Place.NEXT_STEP, "ring til Anne"),)


async def test_she_is_found_no_more(store: Store) -> None:
    springbraet = await with_a_past(store)
    anne = springbraet.people[0]
    await forget(store, springbraet.id, anne.id)
    assert await store.read(privacy_access.people_named, "T1", "Anne") == []
    assert await store.read(partner_search.search, "T1", "Holm") == []
    key = ("T1", springbraet.id, anne.id)
    assert await store.read(privacy_access.everything_about, *key) is None
    for _ in range(2):
        with pytest.raises(UserError, match="not on the card"):
            await forget(store, springbraet.id, anne.id)
    known = await store.read(privacy.standings, "T1", [springbraet.id])
    assert known[anne.id] == Standing(Information(date(2026, 11, 24), ""), "U02")


async def test_one_who_has_left_the_card_can_be_forgotten_too(store: Store, url: str) -> None:
    springbraet = await with_a_past(store)
    anne, bo = springbraet.people
    after = replace(springbraet, people=(bo,))
    await store.write(partner.update, "T1", springbraet, after, by="U02", now=NOW)
    await forget(store, springbraet.id, anne.id)
    assert "holm" not in (await whole_database(url)).casefold()


async def test_a_form_opened_before_does_not_bring_her_back(store: Store) -> None:
    springbraet = await with_a_past(store)
    anne, bo = springbraet.people
    await forget(store, springbraet.id, anne.id)
    now = await store.read(partner.get, "T1", springbraet.id)
    assert now
    changes = await store.read(partner.changes_since, "T1", now.id, springbraet.version)
    base = rewind(now, changes)
    assert base.people == (ContactPerson(id=anne.id), now.people[0])
    mine = replace(base, people=(anne, bo))
    back = await store.read(privacy_erasure.forgotten_among, "T1", mine, known={bo.id})
    assert back == (anne,)


async def test_an_import_recognises_her_and_nobody_else(store: Store) -> None:
    springbraet = await with_a_past(store)
    await forget(store, springbraet.id, springbraet.people[0].id)
    again = ContactPerson("anne  HOLM")
    elsewhere = ContactPerson("A. Holm-Jensen", email="ANNE@holm.dk")
    bo = ContactPerson("Bo Lind", email="info@springbraet.dk")
    row = Partner("Foreningen Springbræt", people=(again, elsewhere, bo))
    found = await store.read(privacy_erasure.forgotten_among, "T1", row)
    assert found == (again, elsewhere)
    assert await store.read(privacy_erasure.forgotten_among, "T2", row) == ()
    namesake = Partner("Byens Museum", people=(again,))
    assert await store.read(privacy_erasure.forgotten_among, "T1", namesake) == ()
    assert not await store.read(privacy_erasure.is_forgotten, "T1", [])


async def test_who_is_noted_again_knowingly_is_welcome(store: Store) -> None:
    springbraet = await with_a_past(store)
    await forget(store, springbraet.id, springbraet.people[0].id)
    row = Partner("Springbræt", people=(ANNE,))
    await store.write(privacy_erasure.welcome_back, "T2", row, ANNE)
    assert await store.read(privacy_erasure.forgotten_among, "T1", row) == (ANNE,)
    await store.write(privacy_erasure.welcome_back, "T1", row, ANNE)
    assert await store.read(privacy_erasure.forgotten_among, "T1", row) == ()


async def test_of_a_person_who_is_the_partner_only_the_relation_stays(
    store: Store, url: str
) -> None:
    poet = Partner(
        "Anne Holm",
        kind=Kind.INDIVIDUAL,
        other_names=("Frøken Havfrue",),
        website="https://annedigter.dk",
        people=(ANNE,),
    )
    poet = await store.write(partner.add, "T1", poet, by="U01", now=NOW)
    renamed = replace(poet, website="https://annesdigte.dk")
    await store.write(partner.update, "T1", poet, renamed, by="U01", now=NOW)
    check = Check("U01", NOW, partner_id=poet.id, partner_name="Anne Holm")
    await store.write(tjek.start, "T1", check)
    done = await forget(store, poet.id, poet.people[0].id)
    assert done.partner.name == WORD
    left = (await whole_database(url)).casefold()
    assert not [trace for trace in ("anne", "holm", "havfrue", "digt") if trace in left]
    row = Partner("anne holm", kind=Kind.INDIVIDUAL)
    assert await store.read(privacy_erasure.forgotten_among, "T1", row)


async def test_another_library_forgets_nobody_of_ours(store: Store) -> None:
    springbraet = await with_a_past(store)
    anne = springbraet.people[0]
    with pytest.raises(UserError):
        await forget(store, springbraet.id, anne.id, team="T2")
    assert await store.read(partner.get, "T1", springbraet.id) == springbraet


async def test_what_was_asked_before_anybody_knew_her_is_cleared_too(store: Store) -> None:
    wanted = (("Anne Holm", False), ("foredrag med Anne Holm", True), ("lektier", True))
    asked = [
        (await store.write(contact_who.claim, "T1", Question(words, topic, "U02", NOW, "C01")))[0]
        for words, topic in wanted
    ]
    theirs = Question("Anne Holm", topic=False, asked_by="U02", asked_at=NOW, channel="C01")
    theirs, _ = await store.write(contact_who.claim, "T2", theirs)
    springbraet = await store.write(partner.add, "T1", SPRINGBRAET, by="U01", now=NOW)
    key = ("T1", springbraet.id, springbraet.people[0].id)
    all_ = await store.read(privacy_access.everything_about, *key)
    assert all_
    in_questions = [one.text for one in all_.mentions if one.where is Place.CONTACT]
    assert in_questions == ["Anne Holm", "foredrag med Anne Holm"]
    await forget(store, springbraet.id, springbraet.people[0].id)
    after = [await store.read(contact_who.existing, "T1", one.id) for one in asked]
    assert [one.words for one in after] == [WORD, f"foredrag med {WORD}", "lektier"]
    assert await store.read(contact_who.existing, "T2", theirs.id) == theirs


async def test_of_one_who_was_a_contact_person_before_nothing_is_left(
    store: Store, url: str
) -> None:
    poet = Partner("Anne Holm", kind=Kind.INDIVIDUAL, people=(ANNE,))
    poet = await store.write(partner.add, "T1", poet, by="U01", now=NOW)
    (anne,) = poet.people
    ask = {"purpose": "mail fra anne@holm.dk", "by": "U03"}
    for number in (anne.id, poet.id):
        await store.write(
            privacy_disclosure.log_disclosure, "T1", number, Event.DISCLOSED, **ask, at=NOW
        )
    alone = replace(poet, name="Anne Bech", people=())
    alone = await store.write(partner.update, "T1", poet, alone, by="U01", now=NOW)
    alone = await store.write(
        partner.update, "T1", alone, replace(alone, name="Anne Holm"), by="U01", now=NOW
    )
    assert await store.read(privacy.count_uninformed, "T1") == 1
    done = await forget(store, poet.id, poet.id)
    assert done.ids == {poet.id, anne.id}
    assert await store.read(privacy.count_uninformed, "T1") == 0
    assert await store.read(privacy_access.people_named, "T1", "Anne") == []
    left = (await whole_database(url)).casefold()
    for trace in ("anne", "holm", "bech", "21436587", "formand", "rar", "messen"):
        assert trace not in left, trace


async def test_a_forgotten_contact_person_who_was_the_partner_has_her_files_deleted(
    store: Store,
) -> None:
    poet = Partner("Anne Holm", kind=Kind.INDIVIDUAL)
    poet = await store.write(partner.add, "T1", poet, by="U01", now=NOW)
    await store.write(privacy_files.keep, "T1", poet.id, ["F1"], by="U01", at=NOW)
    with_row = replace(poet, people=(ANNE,))
    with_row = await store.write(partner.update, "T1", poet, with_row, by="U01", now=NOW)
    await forget(store, poet.id, with_row.people[0].id)
    assert [one.file for one in await store.read(privacy_files.to_delete, "T1")] == ["F1"]
