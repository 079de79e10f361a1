import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.circle import Level, Move, Why
from bot.contact import Contact
from bot.contact import Kind as ContactKind
from bot.export import Entry, Filters, Format, Paper, Wanted, What
from bot.export_writer import write, writer
from bot.partner import ContactPerson, Kind, Partner, RelationType, Room
from bot.privacy import Information
from bot.round import State
from bot.tjek import Check, Decision
from bot.translation import Translator
from bot.workspace import Language, Workspace
from storage import (
    circle,
    contact,
    export,
    partner_values,
    privacy,
    privacy_erasure,
    tjek,
    workspace,
)
from storage import partner as register
from storage.database import Store
from storage.partner_tables import PARTNER, PERSON
from storage.round_tables import ROUND
from tests.storage.test_round import started

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk")
BO = ContactPerson("Bo Lind", email="Bo@springbraet.dk")
JSON, MAIL = Wanted(Format.JSON), Wanted(Format.MAIL)


async def add(store: Store, name: str, team: str = "T1", **fields: Any) -> Partner:
    partner = Partner(name, **fields)
    return await store.write(register.add, team, partner, by="U01", now=NOW)


async def pages(store: Store, wanted: Wanted = JSON, limit: int = 2) -> list[Entry]:
    """All of them, page by page."""
    found: list[Entry] = []
    after = 0
    while entries := await store.read(export.page, "T1", wanted, after=after, limit=limit):
        assert len(entries) <= limit
        found += entries
        after = entries[-1].partner.id
    assert await store.read(export.count, "T1", wanted) == len(found)
    return found


async def named(store: Store, wanted: Wanted = JSON) -> list[str]:
    return [entry.partner.name for entry in await pages(store, wanted)]


async def test_an_empty_register_has_no_page(store: Store) -> None:
    assert await pages(store) == []
    assert await store.read(export.ideas, "T1", after=0) == []
    assert await store.read(workspace.teams) == []
    assert await store.read(export.unwilling, "T1") == frozenset()


async def test_every_partner_comes_once_and_none_of_another_library(store: Store) -> None:
    for name in ("Ærø", "Bo & co", "Café", "Dans", "Elev"):
        await add(store, name)
    await add(store, "De andres", team="T2")
    assert await named(store) == ["Ærø", "Bo & co", "Café", "Dans", "Elev"]
    assert await store.read(workspace.teams) == ["T1", "T2"]


async def test_all_of_a_partner_comes_with_it(store: Store) -> None:
    ours = await add(store, "Springbræt", people=(ANNE, BO), responsible="U03", deputy="U02")
    await add(store, "Dansehallerne")
    anne, bo = (person.id for person in ours.people)
    told = Information(date(2026, 3, 1), "mail")
    await store.write(privacy.inform, "T1", ours.id, anne, told, by="U01")
    await store.write(privacy.wishes_no_contact, "T1", ours.id, bo, wish=True)
    late = Contact(ours.id, ContactKind.MET, date(2026, 5, 2), "U01", NOW, "foråret")
    early = Contact(ours.id, ContactKind.MAIL, date(2026, 3, 2), "U01", NOW)
    kept = [await store.write(contact.note, "T1", one) for one in (late, early)]
    slip = await store.write(contact.note, "T1", early)
    await store.write(contact.undo, "T1", slip.id, now=NOW)
    step = Move(ours.id, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U01", NOW)
    moved, step = await store.write(circle.move, "T1", step)
    check = Check("U01", NOW, partner_id=ours.id, idea="dans", finished_at=NOW)
    check = await store.write(tjek.start, "T1", check)
    await store.write(tjek.start, "T1", replace(check, finished_at=None))
    entry, _ = await pages(store)
    assert entry.partner == replace(moved, people=ours.people)
    assert entry.standings == await store.read(privacy.standings, "T1", [ours.id])
    assert entry.contacts == (kept[1], kept[0])
    assert (entry.moves, entry.checks) == ((step,), (check,))
    assert entry.last_contact == date(2026, 5, 2)
    (bare, _) = await pages(store, MAIL)
    assert (bare.contacts, bare.moves, bare.checks) == ((), (), ())
    assert [person.id for person in bare.reachable] == [anne]
    assert await store.read(export.unwilling, "T1") == {"bo@springbraet.dk"}
    assert await store.read(partner_values.responsibles, "T1") == ["U02", "U03"]


async def test_the_conditions(store: Store) -> None:
    await add(
        store,
        "Klub",
        kind=Kind.ASSOCIATION,
        keywords=("lektier", "børn"),
        rooms=(Room.LEARNING,),
        goals=("Flere læser",),
        branch="Nord",
        level=Level.PARTNERSHIP,
    )
    await add(store, "Firma", kind=Kind.FIRM, keywords=("dans",), rooms=(Room.MEETING,))
    await add(store, "Bank", kind=Kind.FIRM, relation_type=RelationType.SPONSOR, branch="Syd")
    await add(store, "Gammel", keywords=("lektier",), branch="Nord", archived=True)
    for filters, names in (
        (Filters(), ["Klub", "Firma", "Bank", "Gammel"]),
        (Filters(levels=(Level.PARTNERSHIP,)), ["Klub"]),
        (Filters(levels=(Level.NETWORK,)), ["Firma", "Gammel"]),  # a sponsor has no level
        (Filters(kinds=(Kind.FIRM, Kind.ASSOCIATION)), ["Klub", "Firma", "Bank"]),
        (Filters(keywords=("lektier", "dans")), ["Klub", "Firma", "Gammel"]),
        (Filters(keywords=("learning",)), []),  # another facet's value
        (Filters(rooms=(Room.LEARNING,)), ["Klub"]),
        (Filters(goals=("Flere læser",)), ["Klub"]),
        (Filters(branches=("Nord",)), ["Klub", "Gammel"]),
        (Filters(branches=("Nord",), keywords=("børn",)), ["Klub"]),
    ):
        assert await named(store, Wanted(Format.JSON, None, filters)) == names
    assert await named(store, MAIL) == ["Klub", "Firma", "Bank"]
    assert await store.read(partner_values.keywords, "T1") == ["børn", "dans", "lektier"]
    words = {"børn", "dans", "lektier", "andet"}
    assert await store.read(partner_values.shared_keywords, "T1", words) == {"lektier"}
    assert not await store.read(partner_values.shared_keywords, "T2", words)
    assert await store.read(partner_values.branches, "T1") == ["Nord", "Syd"]


async def test_checks_of_ideas_come_by_themselves(store: Store) -> None:
    ideas = [Check("U01", NOW, idea=f"nr. {n}", finished_at=NOW) for n in range(3)]
    kept = [await store.write(tjek.start, "T1", check) for check in ideas]
    await store.write(tjek.start, "T1", Check("U01", NOW, idea="en kladde"))
    decided = Check("U01", NOW, idea="nej", decision=Decision.KINDLY_NO, decided_at=NOW)
    kept.append(await store.write(tjek.start, "T1", decided))
    first = await store.read(export.ideas, "T1", after=0, limit=2)
    rest = await store.read(export.ideas, "T1", after=first[-1].id, limit=9)
    assert [*first, *rest] == kept


async def test_a_check_that_colleagues_still_answer_is_not_taken_out(store: Store) -> None:
    ours = await add(store, "Springbræt")
    check = Check("U01", NOW, partner_id=ours.id, finished_at=NOW)
    check = await store.write(tjek.start, "T1", check)
    begun = await started(store, "U02", subject=check.id)
    (entry,) = await pages(store)
    assert entry.checks == ()

    def shown(conn: sa.Connection) -> None:
        mine = sa.update(ROUND).where(ROUND.c.team_id == "T1", ROUND.c.id == begun.id)
        conn.execute(mine.values(state=State.REVEALED))

    await store.write(shown)
    (entry,) = await pages(store)
    assert entry.checks == (check,)


@pytest.mark.parametrize("form", Format)
async def test_somebody_forgotten_never_appears(store: Store, form: Format) -> None:
    ours = await add(
        store, "Springbræt", people=(ANNE, BO), note="Anne Holm har nøglen", keywords=("Anne Holm",)
    )
    anne = ours.people[0].id
    met = Contact(ours.id, ContactKind.MET, date(2026, 5, 2), "U01", NOW, "x", "Anne Holm")
    await store.write(contact.note, "T1", met)
    why = {"word": "[anonymiseret]", "purpose": "bad om det", "by": "U01"}
    await store.write(privacy_erasure.anonymise, "T1", ours.id, anne, **why, now=NOW)
    wanted = Wanted(form, What.PEOPLE if form is Format.CSV else None)
    (entry,) = await pages(store, wanted)
    assert anne not in entry.standings
    file = BytesIO()
    to = writer(file, Paper(Translator(Language.DANISH), Workspace()), wanted, NOW)
    write(to, [entry])
    to.close()
    assert b"Anne" not in file.getvalue()
    assert b"anne@" not in file.getvalue()


async def test_who_left_the_card_is_not_in_it(store: Store) -> None:
    ours = await add(store, "Springbræt", people=(ANNE, BO))
    await store.write(privacy.wishes_no_contact, "T1", ours.id, ours.people[0].id, wish=True)
    after = replace(ours, people=ours.people[1:])
    await store.write(register.update, "T1", ours, after, by="U01", now=NOW)
    (entry,) = await pages(store)
    assert [person.name for person in entry.partner.people] == ["Bo Lind"]
    assert entry.standings == {}


MANY = 12 * export.PAGE


def fill(conn: sa.Connection) -> None:
    """As `add` would, without the search."""
    texts = ("website", "cvr", "area", "branch", "agreement_link", "case_number", "next_step")
    blank = dict.fromkeys((*texts, "note", "picture_link"), "")
    same = {"team_id": "T1", "version": 1, "archived": False, "relation_type": RelationType.PARTNER}
    made = {"created_by": "U01", "created_at": NOW, "touched_at": NOW, "level": Level.NETWORK}
    rest = {"status": "active", "folded_name": "x", "bare_name": "x"}
    partners = [
        {**blank, **same, **made, **rest, "id": n, "name": f"Forening nr. {n}"}
        for n in range(1, MANY + 1)
    ]
    conn.execute(sa.insert(PARTNER), partners)
    person = {"team_id": "T1", "position": 0, "title": "formand", "note": "n" * 200, "source": "x"}
    people = [
        {**person, "id": MANY + n, "partner_id": n, "name": f"Åse nr. {n}", "phone": "+4512345678"}
        | {"email": f"aase{n}@forening.dk"}
        for n in range(1, MANY + 1)
    ]
    conn.execute(sa.insert(PERSON), people)


@pytest.mark.parametrize(
    "wanted",
    [Wanted(Format.CSV, What.PEOPLE), Wanted(Format.XLSX, What.PEOPLE), Wanted(Format.JSON)],
    ids=lambda wanted: wanted.format,
)
async def test_many_partners_take_the_memory_of_a_page(
    store: Store, wanted: Wanted, tmp_path: Path
) -> None:
    await store.write(fill)
    paper = Paper(Translator(Language.DANISH), Workspace())
    peaks, after = [], 0
    with (tmp_path / "export").open("wb") as file:
        to = writer(file, paper, wanted, NOW)
        while entries := await store.read(export.page, "T1", wanted, after=after):
            write(to, entries)
            after = entries[-1].partner.id
            if not tracemalloc.is_tracing() and after > 2 * export.PAGE:
                tracemalloc.start()  # when all is loaded that is loaded once
            if tracemalloc.is_tracing():
                peaks.append(tracemalloc.get_traced_memory())
        tracemalloc.stop()
        to.close()
    assert to.counts.total() == MANY
    seen = MANY - 4 * export.PAGE  # partners, of whom each takes far more than 300 bytes
    assert peaks[-1][0] - peaks[1][0] < seen * 300, peaks
    assert max(peak for _, peak in peaks) < 10_000_000
