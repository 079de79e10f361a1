import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.circle import Level
from bot.errors import UserError
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_open import Opening, Place
from bot.evaluation_questions import shipped
from bot.partner import Partner
from bot.round import Kind, Round, State, called
from bot.round_voice import THE_PARTNER
from bot.timetable import Calendar
from bot.workspace import Workspace
from handlers.evaluation_open import open_round
from storage import evaluation, partner, workspace
from storage import round as rounds
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
GONE = "no longer there"


async def known(store: Store, name: str = "Springbræt", team: str = "T1") -> int:
    fields = {"level": Level.COLLABORATION, "responsible": "U02", "deputy": "U03"}
    new = Partner(name, **fields)  # type: ignore[arg-type] # the three of them
    return (await store.write(partner.add, team, new, by="U02", now=NOW)).id


def evaluation_of(partner_id: int, at: datetime = NOW) -> Evaluation:
    return Evaluation(
        partner_id,
        Occasion.ACTIVITY,
        shipped().get("collaboration"),
        Level.COLLABORATION,
        TODAY,
        at,
        subject="Lektiecafé for <alle> 🎉",
        activity_id=7,
        asks_partner=False,
    )


async def added(store: Store, partner_id: int, at: datetime = NOW) -> Evaluation:
    return await store.write(evaluation.add, "T1", evaluation_of(partner_id, at))


async def asked(store: Store, about: Evaluation) -> Round:
    values = {"now": NOW, "calendar": CALENDAR, "partner_id": about.partner_id}
    new = called(Kind.EVALUATION, about.id, by="U02", invited=["U02", THE_PARTNER], **values)  # type: ignore[arg-type] # the three of them
    return await store.write(rounds.start, "T1", new)


async def test_every_field_comes_back_with_its_instrument(store: Store) -> None:
    stored = await added(store, await known(store))
    assert stored == replace(evaluation_of(stored.partner_id), id=stored.id)
    assert await store.read(evaluation.existing, "T1", stored.id) == stored


async def test_what_is_gone_is_said(store: Store) -> None:
    for gone in (evaluation.existing, evaluation.with_round):
        with pytest.raises(UserError, match=GONE):
            await store.read(gone, "T1", 99)


async def test_a_library_never_sees_anothers(store: Store) -> None:
    stored = await added(store, await known(store))
    with pytest.raises(UserError, match=GONE):
        await store.read(evaluation.existing, "T2", stored.id)
    assert await store.read(evaluation.of_partners, "T2", [stored.partner_id]) == []


async def test_a_round_is_found_by_its_evaluation_and_the_other_way(store: Store) -> None:
    stored = await added(store, await known(store))
    assert await store.read(evaluation.round_of, "T1", stored.id) is None
    this = await asked(store, stored)
    assert await store.read(evaluation.round_of, "T1", stored.id) == this
    found = await store.write(partial(evaluation.with_round, lock=True), "T1", this.id)
    assert found == (this, stored)


async def test_those_of_several_partners_come_the_newest_first(store: Store) -> None:
    one, other = await known(store), await known(store, "Kodeklubben")
    first = await added(store, one)
    second = await added(store, other, NOW + timedelta(days=1))
    third = await added(store, one, NOW + timedelta(days=2))
    assert await store.read(evaluation.of_partners, "T1", [one, other]) == [third, second, first]
    assert await store.read(evaluation.of_partners, "T1", [one]) == [third, first]
    assert await store.read(evaluation.of_partners, "T1", []) == []


# Opened once, whoever opens it


async def switched_on(store: Store) -> None:
    chosen = Workspace(switched_on=True)
    await store.write(partial(workspace.save_settings, now=NOW), "T1", chosen)


async def open_it(store: Store, opening: Opening) -> Round | None:
    return await store.write(
        partial(
            open_round,
            now=NOW,
            calendar=CALENDAR,
            here=("U02", "U03"),
            places=(Place("C01"),),
        ),
        "T1",
        opening,
    )


async def test_of_several_at_the_same_moment_one_opens_it(store: Store) -> None:
    await switched_on(store)
    opening = Opening(await known(store), Occasion.YEARLY, TODAY)
    found = await asyncio.gather(*(open_it(store, opening) for _ in range(5)))
    (this,) = [one for one in found if one]
    assert this.state is State.OPEN
    assert len(await store.read(evaluation.of_partners, "T1", [opening.partner_id])) == 1


async def test_a_partner_that_is_gone_is_not_asked_about(store: Store) -> None:
    await switched_on(store)
    assert await open_it(store, Opening(99, Occasion.YEARLY, TODAY)) is None
