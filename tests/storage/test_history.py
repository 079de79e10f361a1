"""The history is read by moments and pages, on both databases, and is the team's own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.circle import Level, Move, Why
from bot.circle_gate import Gate, checked
from bot.circle_trial import PutOff, Trial
from bot.errors import UserError
from bot.history import Merger, Page, Past, entries, happened, pages
from bot.partner import ContactPerson, Partner
from storage import (
    circle,
    circle_gate,
    circle_trial,
    duplicate_merge,
    duplicate_snapshot,
    duplicate_undo,
    history,
    partner,
    privacy_erasure,
)
from storage.database import Connection, Store
from storage.import_tables import IMPORT, IMPORT_PARTNER
from storage.partner_tables import CHANGE

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL = Page(NOW + 10000 * HOUR, NOW)
ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk", source="messen")


async def added(store: Store, name: str = "Springbræt", team: str = "T1", **more: Any) -> Partner:
    return await store.write(partner.add, team, Partner(name, **more), by="U02", now=NOW)


async def edited(store: Store, before: Partner, hours: int, **fields: Any) -> Partner:
    after = replace(before, **fields)
    done: dict[str, Any] = {"by": "U03", "now": NOW + hours * HOUR}

    def save(conn: Connection) -> Partner:
        now = partner.existing(conn, "T1", before.id, lock=True)
        return partner.update(conn, "T1", now, after, **done)

    return await store.write(save)


async def past(store: Store, one: Partner) -> Past:
    return await store.read(history.past, "T1", one)


async def numbers(store: Store, one: Partner) -> list[int]:
    return [line.id for line in await store.read(history.logged, "T1", one.id, ALL)]


async def test_the_log_is_counted_by_moments_and_read_by_pages(store: Store) -> None:
    one = await added(store)
    one = await edited(store, one, 1, area="Vestbyen", note="nøgle")
    await edited(store, one, 2, area="")
    counted = await store.read(history.counted, "T1", one.id)
    assert counted == {NOW + HOUR: 2, NOW + 2 * HOUR: 1}
    newest = Page(NOW + 2 * HOUR, NOW + 2 * HOUR)
    (line,) = await store.read(history.logged, "T1", one.id, newest)
    assert (line.change.field, line.change.before, line.change.after) == ("area", "Vestbyen", "")
    assert (line.change.by, line.change.at) == ("U03", NOW + 2 * HOUR)
    assert len(await numbers(store, one)) == 3


async def test_another_library_sees_nothing_of_it(store: Store) -> None:
    one = await edited(store, await added(store), 1, area="Vestbyen")
    (number,) = await numbers(store, one)
    assert await store.read(history.counted, "T2", one.id) == {}
    assert await store.read(history.logged, "T2", one.id, ALL) == []
    assert await store.read(history.last_since, "T2", one.id, 0, ["area"]) is None
    with pytest.raises(UserError):
        await store.read(history.together, "T2", one.id, number)


async def test_a_change_comes_with_those_of_its_moment(store: Store) -> None:
    one = await edited(store, await added(store), 1, area="Vestbyen", note="nøgle")
    await edited(store, one, 2, area="Nordbyen")
    first, second, last = await numbers(store, one)
    found = await store.read(history.together, "T1", one.id, second)
    assert [line.id for line in found] == [second, first]
    since = await store.read(history.last_since, "T1", one.id, first, ["area", "note"])
    assert since
    assert since.id == last
    assert await store.read(history.last_since, "T1", one.id, first, ["cvr"]) is None
    other = await added(store, "Pixelværket")
    with pytest.raises(UserError):
        await store.read(history.together, "T1", other.id, first)


async def test_what_the_circle_and_the_criteria_tell_is_read_beside(store: Store) -> None:
    one = await added(store)
    step = Move(one.id, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U02", NOW + HOUR)
    await store.write(circle.move, "T1", step)
    trial = Trial(one.id, NOW.date(), date(2027, 2, 1), "U02", NOW + 2 * HOUR)
    trial = await store.write(circle_trial.begin, "T1", trial)
    await store.write(circle_gate.keep, "T1", checked(Gate(one.id, "U02", NOW + 3 * HOUR)))
    later: dict[str, Any] = {"decide_on": date(2027, 3, 1), "by": "U05", "now": NOW + 4 * HOUR}
    await store.write(circle_trial.postpone, "T1", trial, **later)
    found = await past(store, await store.read(partner.existing, "T1", one.id))
    assert [move.why for move in found.course.moves] == [Why.ACTIVITY]
    off = PutOff("U05", NOW + 4 * HOUR, date(2027, 2, 1), date(2027, 3, 1))
    assert found.course.put_off == [off]
    assert len(found.gates) == 1
    logged = await store.read(history.logged, "T1", one.id, ALL)
    told = entries(found, ALL, logged)
    assert [len(entry.happened) + len(entry.logged) for entry in told] == [1] * 5


async def test_a_trial_that_keeps_its_day_was_not_put_off(store: Store) -> None:
    one = await added(store, level=Level.COLLABORATION)
    trial = Trial(one.id, NOW.date(), date(2027, 2, 1), "U02", NOW)
    trial = await store.write(circle_trial.begin, "T1", trial)
    same: dict[str, Any] = {"decide_on": trial.decide_on, "by": "U05", "now": NOW}
    await store.write(circle_trial.postpone, "T1", trial, **same)
    assert await store.read(circle_trial.put_off, "T1", one.id) == []


async def test_a_merger_is_told_with_the_name_while_it_is_kept(store: Store) -> None:
    old, new = await added(store), await added(store, "Brættet", case_number="26-1")
    seen = [(old.id, old.version), (new.id, new.version)]
    done: dict[str, Any] = {"by": "U06", "now": NOW + HOUR}
    merged, number = await store.write(duplicate_merge.merge, "T1", seen, {}, **done)
    assert (await past(store, merged)).mergers == [Merger("U06", NOW + HOUR, "Brættet")]
    await store.write(duplicate_snapshot.drop_old, "T1", NOW, NOW + 24 * 31 * HOUR)
    assert (await past(store, merged)).mergers == [Merger("U06", NOW + HOUR)]
    assert number


async def test_a_merger_undone_is_told_on_both_cards(store: Store) -> None:
    old, new = await added(store), await added(store, "Brættet")
    seen = [(old.id, old.version), (new.id, new.version)]
    done: dict[str, Any] = {"by": "U06", "now": NOW + HOUR}
    _, number = await store.write(duplicate_merge.merge, "T1", seen, {}, **done)
    back: dict[str, Any] = {"by": "U07", "now": NOW + 2 * HOUR}
    for one in await store.write(duplicate_undo.undo, "T1", number, **back):
        told = Merger("U06", NOW + HOUR, "", "U07", NOW + 2 * HOUR)
        assert (await past(store, one)).mergers == [told]


async def test_nothing_is_left_of_somebody_who_was_anonymised(store: Store) -> None:
    one = await added(store, people=(ANNE,), note="Anne Holm har nøglen")
    one = await edited(store, one, 1, people=(replace(one.people[0], title="formand"),))
    one = await edited(store, one, 2, note="Ring til Anne Holm, anne@springbraet.dk")
    why: dict[str, Any] = {
        "word": "[x]",
        "purpose": "bedt om det",
        "by": "U01",
        "now": NOW + 3 * HOUR,
    }
    await store.write(privacy_erasure.anonymise, "T1", one.id, one.people[0].id, **why)
    one = await store.read(partner.existing, "T1", one.id)
    found = await past(store, one)
    assert found.forgotten == {NOW + 3 * HOUR}
    told = entries(found, ALL, await store.read(history.logged, "T1", one.id, ALL))
    for trace in ("Anne", "Holm", "anne@", "formand"):
        assert trace not in repr(told)
    assert [entry.by for entry in told][:2] == ["U01", "U03"]


async def test_another_partner_may_have_the_cvr_number(store: Store) -> None:
    one = await added(store, cvr="12345674")
    assert await store.read(history.of_same_cvr, "T1", one) is None
    await added(store, "Brættet", cvr="12345674")
    assert await store.read(history.of_same_cvr, "T1", one) == "Brættet"
    assert await store.read(history.of_same_cvr, "T1", replace(one, cvr="")) is None
    assert await store.read(history.of_same_cvr, "T2", one) is None


async def test_a_page_of_a_thousand_changes_reads_what_it_shows(store: Store) -> None:
    one = await added(store)

    def many(conn: Connection) -> None:
        rows = [
            {
                "team_id": "T1",
                "id": 10_000 + n,
                "partner_id": one.id,
                "version": n + 2,
                "field": "area",
                "before": f"sted {n}",
                "after": f"sted {n + 1}",
                "by": "U03",
                "at": NOW + n * HOUR,
            }
            for n in range(1000)
        ]
        conn.execute(sa.insert(CHANGE), rows)

    await store.write(many)
    counted = await store.read(history.counted, "T1", one.id)
    every = pages(counted, happened(await past(store, one)))
    assert len(every) == 51
    newest = await store.read(history.logged, "T1", one.id, every[0])
    assert [line.id for line in newest] == list(range(10_980, 11_000))


async def test_the_imports_that_a_card_or_one_made_part_of_it_came_from(store: Store) -> None:
    def read_in(conn: Connection, number: int, hours: int, *partners: int) -> None:
        row = {"team_id": "T1", "id": number, "by": "U01", "at": NOW + hours * HOUR, "counts": {}}
        conn.execute(sa.insert(IMPORT), [{**row, "file": f"{number}.xlsx"}])
        for one in partners:
            what = {"version": 1, "new": False, "noted": []}
            key = {"team_id": "T1", "import_id": number, "partner_id": one}
            conn.execute(sa.insert(IMPORT_PARTNER), [{**key, **what}])

    one, other, third = [await added(store, name) for name in ("Springbræt", "Brættet", "Kor")]
    for number, hours, partners in ((901, 1, [one.id]), (902, 2, [other.id]), (903, 3, [third.id])):
        await store.write(read_in, number, hours, *partners)
    await edited(store, other, 2, area="Nord")

    async def files() -> list[str]:
        return [imported.file for imported in (await past(store, one)).imports]

    assert await files() == ["901.xlsx"]
    seen = ((one.id, one.version), (other.id, other.version + 1))
    await store.write(duplicate_merge.merge, "T1", seen, {}, by="U06", now=NOW + 4 * HOUR)
    assert await files() == ["901.xlsx", "902.xlsx"]
