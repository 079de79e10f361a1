import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.circle import Level
from bot.circle_activity import Activity
from bot.circle_question import AFTER_ACTIVITY, Kind
from bot.errors import UserError
from bot.partner import Partner
from storage import circle_activity, circle_question, partner
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


async def added(store: Store, name: str = "Springbræt") -> int:
    new = Partner(name, level=Level.COLLABORATION)
    return (await store.write(partner.add, "T1", new, by="U01", now=NOW)).id


async def begun(
    store: Store, partner_id: int, what: str = "revyen", ends_on: date | None = TODAY + 30 * DAY
) -> Activity:
    new = Activity(partner_id, what, "U01", NOW, ends_on=ends_on)
    return await store.write(circle_activity.begin, "T1", new)


async def finished(store: Store, activity: Activity) -> Activity:
    finish = circle_activity.finish
    return await store.write(finish, "T1", activity.id, by="U02", now=NOW + HOUR)


async def due_days(store: Store, partner_id: int) -> list[tuple[Kind, int, date]]:
    found = await store.read(circle_question.open_of, "T1", partner_id)
    return [(one.kind, one.subject_id, one.due_on) for one in found]


async def test_every_field_comes_back_and_is_asked_about_two_weeks_after(store: Store) -> None:
    springbraet = await added(store)
    typed = Activity(springbraet, "<!channel> \x00revyen 🎉", "U02", NOW, ends_on=TODAY)
    stored = await store.write(circle_activity.begin, "T1", typed)
    assert stored == replace(typed, id=stored.id, version=1, what="<!channel> revyen 🎉")
    assert stored.id
    assert await store.read(circle_activity.get, "T1", stored.id) == stored
    asked = await due_days(store, springbraet)
    assert asked == [(Kind.WHAT_NOW, stored.id, TODAY + AFTER_ACTIVITY)]


async def test_while_nobody_knows_the_end_nobody_is_asked(store: Store) -> None:
    springbraet = await added(store)
    show = await begun(store, springbraet, ends_on=None)
    assert await due_days(store, springbraet) == []
    known = replace(show, ends_on=TODAY + DAY)
    after = await store.write(circle_activity.change, "T1", known, now=NOW)
    assert after == replace(known, version=2)
    asked = await due_days(store, springbraet)
    assert asked == [(Kind.WHAT_NOW, show.id, TODAY + DAY + AFTER_ACTIVITY)]


async def test_a_new_end_moves_the_question_and_back_again(store: Store) -> None:
    springbraet = await added(store)
    show = await begun(store, springbraet, ends_on=TODAY)
    for ends_on in (TODAY + 7 * DAY, TODAY, None, TODAY + 7 * DAY):
        show = await store.write(
            circle_activity.change, "T1", replace(show, ends_on=ends_on), now=NOW
        )
        due_on = [ends_on + AFTER_ACTIVITY] if ends_on else []
        assert [day for _, _, day in await due_days(store, springbraet)] == due_on


async def test_what_was_answered_is_not_asked_again_by_the_same_day(store: Store) -> None:
    springbraet = await added(store)
    show = await begun(store, springbraet, ends_on=TODAY)
    (question,) = await store.read(circle_question.open_of, "T1", springbraet)
    await store.write(circle_question.answer, "T1", question.id, now=NOW + HOUR)
    show = await store.write(circle_activity.change, "T1", replace(show, what="x"), now=NOW)
    assert await due_days(store, springbraet) == []
    later = replace(show, ends_on=TODAY + DAY)
    await store.write(circle_activity.change, "T1", later, now=NOW)
    assert len(await due_days(store, springbraet)) == 1


async def test_who_noted_it_and_that_it_is_over_is_no_correction(store: Store) -> None:
    show = await begun(store, await added(store))
    forged = replace(show, noted_by="U02", noted_at=NOW - DAY, over_at=NOW, over_by="U02")
    assert await store.write(circle_activity.change, "T1", forged, now=NOW) == replace(
        show, version=2
    )


async def test_the_second_of_two_corrections_overwrites_nothing(store: Store) -> None:
    show = await begun(store, await added(store))
    outcomes = await asyncio.gather(
        store.write(circle_activity.change, "T1", replace(show, what="revy"), now=NOW),
        store.write(circle_activity.change, "T1", replace(show, ends_on=TODAY), now=NOW),
        return_exceptions=True,
    )
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
    (stored,) = [outcome for outcome in outcomes if isinstance(outcome, Activity)]
    assert "while you were writing" in refusal.msgid
    assert await store.read(circle_activity.get, "T1", show.id) == stored
    assert len(await due_days(store, show.partner_id)) == (stored.ends_on is not None)


async def test_one_that_is_over_is_over_once_and_asks_nothing(store: Store) -> None:
    show = await begun(store, await added(store))
    over = await finished(store, show)
    assert over == replace(show, over_by="U02", over_at=NOW + HOUR, version=2)
    assert await due_days(store, show.partner_id) == []
    assert await store.read(circle_activity.running, "T1", [show.partner_id]) == []
    assert await store.read(circle_activity.of_partner, "T1", show.partner_id) == [over]
    with pytest.raises(UserError, match="ended meanwhile"):
        await finished(store, show)
    with pytest.raises(UserError, match="ended meanwhile"):
        await store.write(circle_activity.change, "T1", over, now=NOW)


async def test_what_ends_first_stands_first_and_what_has_no_end_last(store: Store) -> None:
    one, other, third = await added(store), await added(store, "Museet"), await added(store, "Trin")
    forever = await begun(store, one, "læsekredsen", None)
    spring = await begun(store, one, "foråret", TODAY + 120 * DAY)
    winter = await begun(store, other, "vinteren", TODAY + 30 * DAY)
    await begun(store, third)
    running = await store.read(circle_activity.running, "T1", [one, other])
    assert running == [winter, spring, forever]
    assert await store.read(circle_activity.of_partner, "T1", one) == [forever, spring]
    assert await store.read(circle_activity.running, "T1", []) == []


async def test_another_library_sees_and_ends_nothing(store: Store) -> None:
    show = await begun(store, await added(store))
    assert await store.read(circle_activity.get, "T2", show.id) is None
    assert await store.read(circle_activity.running, "T2", [show.partner_id]) == []
    assert await store.read(circle_activity.of_partner, "T2", show.partner_id) == []
    for team, activity_id in (("T2", show.id), ("T1", 999)):
        with pytest.raises(UserError, match="no longer there"):
            await store.write(circle_activity.finish, team, activity_id, by="U01", now=NOW)
