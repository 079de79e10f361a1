import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_gate import Answer, Criterion, Gate, Standing
from bot.circle_question import Kind, Question, ask_again, hello
from bot.circle_trial import Outcome, Trial
from bot.errors import UserError
from bot.partner import ContactPerson, Partner, RelationType, Status
from bot.privacy_everything import Mention, Place
from storage import (
    circle,
    circle_activity,
    circle_gate,
    circle_question,
    circle_trial,
    partner,
    privacy_access,
    privacy_erasure,
)
from storage.database import Store
from storage.partner_search import suggest
from storage.schema import METADATA

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NETWORK, COLLABORATION, PARTNERSHIP = Level
CHRISTMAS = Activity(0, "juleforestillingen", "U01", NOW, ends_on=TODAY + 26 * DAY)
TRIAL = Trial(0, TODAY, TODAY + 90 * DAY, "U01", NOW, agreed_with="Anne Holm")


async def added(
    store: Store, name: str = "Springbræt", level: Level = NETWORK, *, now: datetime = NOW
) -> Partner:
    return await store.write(partner.add, "T1", Partner(name, level=level), by="U01", now=now)


def step(found: Partner, to_level: Level, why: Why, *, by: str = "U02", reason: str = "") -> Move:
    return Move(found.id, found.level, to_level, why, by, NOW + HOUR, reason=reason)


async def moved(
    store: Store, found: Partner, to_level: Level, why: Why, *, by: str = "U02"
) -> Partner:
    after, _ = await store.write(circle.move, "T1", step(found, to_level, why, by=by))
    return after


async def on_trial(store: Store, found: Partner) -> Trial:
    return await store.write(circle_trial.begin, "T1", replace(TRIAL, partner_id=found.id))


async def rehearsing(store: Store, found: Partner) -> Activity:
    return await store.write(circle_activity.begin, "T1", replace(CHRISTMAS, partner_id=found.id))


async def asked(store: Store, found: Partner) -> list[Question]:
    return await store.read(circle_question.open_of, "T1", found.id)


# Moving


async def test_a_move_changes_the_card_and_is_kept_with_who_when_and_why(store: Store) -> None:
    before = await added(store)
    typed = replace(
        step(before, COLLABORATION, Why.ACTIVITY),
        reason="<!channel> \x00scenen 🎉",
        learned="bedst om foråret",
        told="Bo siger det",
    )
    after, stored = await store.write(circle.move, "T1", typed)
    assert after == replace(before, level=COLLABORATION, version=before.version + 1)
    assert await store.read(partner.get, "T1", before.id) == after
    assert stored == replace(typed, id=stored.id, reason="<!channel> scenen 🎉")
    assert stored.id
    assert await store.read(circle.get, "T1", stored.id) == stored
    assert await store.read(circle.history, "T1", before.id) == [stored]


async def test_the_log_says_who_moved_it_and_the_partner_is_the_one_touched_last(
    store: Store,
) -> None:
    before = await added(store)
    await added(store, "Byens Museum", now=NOW + HOUR / 2)
    await moved(store, before, COLLABORATION, Why.ACTIVITY)
    (change,) = await store.read(partner.changes_since, "T1", before.id, 1)
    assert (change.field, change.before, change.after) == ("level", "network", "collaboration")
    assert (change.by, change.at, change.version) == ("U02", NOW + HOUR, 2)
    hits = await store.read(suggest, "T1", "")
    assert [hit.name for hit in hits] == ["Springbræt", "Byens Museum"]


async def test_the_history_is_told_from_the_beginning(store: Store) -> None:
    found = await added(store)
    other = await added(store, "Byens Museum")
    way = [
        (COLLABORATION, Why.ACTIVITY),
        (PARTNERSHIP, Why.FRAME),
        (COLLABORATION, Why.LESS_OFTEN),
        (NETWORK, Why.ACTIVITY_OVER),
    ]
    for to_level, why in way:
        found = await moved(store, found, to_level, why)
    await moved(store, other, COLLABORATION, Why.ACTIVITY)
    history = await store.read(circle.history, "T1", found.id)
    assert [(one.to_level, one.why) for one in history] == way
    assert [one.from_level for one in history] == [
        NETWORK,
        COLLABORATION,
        PARTNERSHIP,
        COLLABORATION,
    ]


@pytest.mark.parametrize("level", Level)
async def test_an_ending_keeps_the_contact_as_an_old_friend(store: Store, level: Level) -> None:
    found = await added(store, level=level)
    after = await moved(store, found, NETWORK, Why.ENDED)
    assert (after.level, after.status) == (NETWORK, Status.ENDED)
    with pytest.raises(UserError, match="meanwhile"):
        await moved(store, after, NETWORK, Why.ENDED)
    again = await moved(store, after, COLLABORATION, Why.ACTIVITY)
    assert again.status is Status.ACTIVE


async def test_of_two_who_move_at_once_the_first_counts_and_the_other_hears(store: Store) -> None:
    found = await added(store, level=COLLABORATION)
    outcomes = await asyncio.gather(
        store.write(circle.move, "T1", step(found, PARTNERSHIP, Why.FRAME, by="U01")),
        store.write(circle.move, "T1", step(found, NETWORK, Why.ACTIVITY_OVER, by="U02")),
        return_exceptions=True,
    )
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
    ((after, stored),) = [outcome for outcome in outcomes if isinstance(outcome, tuple)]
    assert "meanwhile" in refusal.msgid
    assert await store.read(partner.get, "T1", found.id) == after
    assert after.level is stored.to_level
    assert after.version == found.version + 1
    assert await store.read(circle.history, "T1", found.id) == [stored]


@pytest.mark.parametrize(
    "relation_type", [one for one in RelationType if one is not RelationType.PARTNER]
)
async def test_who_carries_no_level_is_neither_moved_nor_asked_about(
    store: Store, relation_type: RelationType
) -> None:
    new = Partner("Fonden", relation_type=relation_type, level=COLLABORATION)
    found = await store.write(partner.add, "T1", new, by="U01", now=NOW)
    with pytest.raises(UserError, match="no place in the circle"):
        await moved(store, found, PARTNERSHIP, Why.FRAME)
    with pytest.raises(UserError, match="no place in the circle"):
        await rehearsing(store, found)
    with pytest.raises(UserError, match="no place in the circle"):
        await on_trial(store, found)
    with pytest.raises(UserError, match="no place in the circle"):
        await store.write(circle_gate.keep, "T1", Gate(found.id, "U01", NOW))
    assert await store.read(partner.get, "T1", found.id) == found
    assert await store.read(circle.history, "T1", found.id) == []


async def test_nobody_moves_another_librarys_partner(store: Store) -> None:
    found = await added(store)
    _, stored = await store.write(circle.move, "T1", step(found, COLLABORATION, Why.ACTIVITY))
    with pytest.raises(UserError, match="not in the register"):
        await store.write(circle.move, "T2", step(found, COLLABORATION, Why.ACTIVITY))
    with pytest.raises(UserError, match="history"):
        await store.write(circle.keep_learned, "T2", stored.id, "x")
    assert await store.read(circle.get, "T2", stored.id) is None
    assert await store.read(circle.history, "T2", found.id) == []
    assert await store.read(circle.get, "T1", stored.id) == stored


async def test_one_line_about_what_worked_can_be_written_afterwards(store: Store) -> None:
    found = await added(store, level=COLLABORATION)
    _, first = await store.write(circle.move, "T1", step(found, NETWORK, Why.ACTIVITY_OVER))
    kept = await store.write(circle.keep_learned, "T1", first.id, "begynd i august")
    assert kept == replace(first, learned="begynd i august")
    assert await store.read(circle.history, "T1", found.id) == [kept]
    with pytest.raises(UserError, match="history"):
        await store.write(circle.keep_learned, "T1", 999, "x")


# What a move closes


async def test_back_in_the_network_nothing_runs_and_nobody_is_asked(store: Store) -> None:
    found = await added(store, level=COLLABORATION)
    other = await added(store, "Byens Museum", COLLABORATION)
    show, elsewhere = await rehearsing(store, found), await rehearsing(store, other)
    trial = await on_trial(store, found)
    await moved(store, found, NETWORK, Why.ACTIVITY_OVER)
    over = await store.read(circle_activity.get, "T1", show.id)
    assert over == replace(show, over_by="U02", over_at=NOW + HOUR, version=2)
    settled = await store.read(circle_trial.get, "T1", trial.id)
    assert settled == replace(
        trial, outcome=Outcome.NETWORK, settled_by="U02", settled_at=NOW + HOUR, version=2
    )
    assert await asked(store, found) == []
    assert await store.read(circle_activity.running, "T1", [found.id, other.id]) == [elsewhere]
    assert len(await asked(store, other)) == 1


async def test_a_partnership_settles_the_trial_and_the_activity_goes_on(store: Store) -> None:
    found = await added(store, level=COLLABORATION)
    show, trial = await rehearsing(store, found), await on_trial(store, found)
    await moved(store, found, PARTNERSHIP, Why.TRIAL)
    assert await store.read(circle_activity.running, "T1", [found.id]) == [show]
    settled = await store.read(circle_trial.get, "T1", trial.id)
    assert settled
    assert settled.outcome is Outcome.PARTNERSHIP
    assert [question.kind for question in await asked(store, found)] == [Kind.WHAT_NOW]


async def test_lifting_answers_whether_there_is_an_activity_and_the_old_friends_hello(
    store: Store,
) -> None:
    found = await added(store)
    found = await moved(store, found, NETWORK, Why.ENDED)
    await store.write(circle_question.put, "T1", ask_again(found.id, TODAY, by="U02"))
    await store.write(circle_question.put, "T1", hello(found.id, TODAY, by="U02"))
    await moved(store, found, COLLABORATION, Why.ACTIVITY)
    assert await asked(store, found) == []


async def test_move_and_activity_are_stored_together_or_not_at_all(store: Store) -> None:
    found = await added(store)

    def lift(conn: sa.Connection, team: str, partner_id: int) -> None:
        circle.move(conn, team, step(found, COLLABORATION, Why.ACTIVITY))
        circle_activity.begin(conn, team, replace(CHRISTMAS, partner_id=partner_id))

    with pytest.raises(UserError, match="not in the register"):
        await store.write(lift, "T1", 999)
    assert await store.read(partner.get, "T1", found.id) == found
    assert await store.read(circle.history, "T1", found.id) == []
    await store.write(lift, "T1", found.id)
    assert [question.kind for question in await asked(store, found)] == [Kind.WHAT_NOW]


# People named in the texts, and partners that are deleted


async def test_a_forgotten_person_leaves_the_circle_too(store: Store) -> None:
    anne = ContactPerson("Anne Holm", source="messen")
    new = Partner("Springbræt", people=(anne,), level=COLLABORATION)
    found = await store.write(partner.add, "T1", new, by="U01", now=NOW)
    person_id = found.people[0].id
    show = replace(CHRISTMAS, partner_id=found.id, what="Anne Holms revy")
    show = await store.write(circle_activity.begin, "T1", show)
    trial = await on_trial(store, found)
    note = Answer(Standing.MET, "Anne Holm skriver referat")
    gate = Gate(found.id, "U01", NOW, {Criterion.METHOD: note})
    await store.write(circle_gate.keep, "T1", gate)
    ending = replace(
        step(found, NETWORK, Why.ENDED, reason="Anne Holm er rejst"),
        learned="Anne Holm først",
        told="Anne Holm",
    )
    await store.write(circle.move, "T1", ending)

    everything = await store.read(privacy_access.everything_about, "T1", found.id, person_id)
    assert everything
    mentions = {(one.where, one.text) for one in everything.mentions}
    moves = [ending.reason, ending.learned, ending.told]
    texts = [*moves, note.note, show.what, trial.agreed_with]
    assert mentions == {(Place.CIRCLE, text) for text in texts}

    why = {"word": "[en person]", "purpose": "bad om det", "by": "U01"}
    done = await store.write(
        privacy_erasure.anonymise, "T1", found.id, person_id, **why, now=NOW + DAY
    )
    assert [one for one in done.left if one.where is Place.CIRCLE] == []
    (kept,) = await store.read(circle.history, "T1", found.id)
    assert kept.reason == "[en person] er rejst"
    assert (kept.learned, kept.told) == ("[en person] først", "[en person]")
    newest = await store.read(circle_gate.newest, "T1", found.id)
    assert newest
    assert newest.answers[Criterion.METHOD].note == "[en person] skriver referat"
    (settled,) = await store.read(circle_trial.of_partner, "T1", found.id)
    assert settled.agreed_with == "[en person]"


async def test_a_first_name_in_the_circle_is_shown_to_be_read(store: Store) -> None:
    new = Partner("Springbræt", people=(ContactPerson("Anne Holm"),), level=COLLABORATION)
    found = await store.write(partner.add, "T1", new, by="U01", now=NOW)
    await store.write(circle.move, "T1", step(found, NETWORK, Why.OTHER, reason="Anne er rejst"))
    why = {"word": "[en person]", "purpose": "bad om det", "by": "U01"}
    done = await store.write(
        privacy_erasure.anonymise, "T1", found.id, found.people[0].id, **why, now=NOW + DAY
    )
    assert done.left == (Mention(Place.CIRCLE, "Anne er rejst", NOW + HOUR),)


async def test_all_of_it_goes_with_the_partner(store: Store) -> None:
    found = await added(store, level=COLLABORATION)
    await rehearsing(store, found)
    await on_trial(store, found)
    answers = dict.fromkeys(Criterion, Answer(Standing.MET))
    await store.write(circle_gate.keep, "T1", Gate(found.id, "U01", NOW, answers))
    await moved(store, found, PARTNERSHIP, Why.TRIAL)
    tables = [
        table
        for name, table in METADATA.tables.items()
        if name.startswith("circle_") and "partner_id" in table.c
    ]

    def rows(conn: sa.Connection) -> list[int]:
        counts = (sa.select(sa.func.count()).where(table.c.team_id == "T1") for table in tables)
        return [conn.execute(count).scalar_one() for count in counts]

    def erase(conn: sa.Connection) -> None:
        partners = sa.table("partner", sa.column("team_id"))
        conn.execute(sa.delete(partners).where(partners.c.team_id == "T1"))

    assert all(await store.read(rows))
    await store.write(erase)
    assert not any(await store.read(rows))
