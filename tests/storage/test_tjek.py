import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import UserError
from bot.partner import Partner
from bot.tjek import Answer, Check, Decision, Form, Sheet
from storage import partner, tjek
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def started(store: Store, by: str = "U01", team: str = "T1", at: datetime = NOW) -> Check:
    return await store.write(tjek.start, team, Check(by, at, idea="Dans på biblioteket"))


async def loaded(store: Store, check: Check) -> Check:
    found = await store.read(tjek.get, "T1", check.id)
    assert found
    return found


async def saved(
    store: Store,
    check: Check,
    answers: dict[str, Answer | None],
    notes: dict[str, str] | None = None,
    user: str = "U01",
    page: str = "fit",
) -> Check:
    values = {"answers": answers, "notes": notes or {}, "page": page, "now": NOW + HOUR}
    await store.write(tjek.save_sheet, "T1", check.id, user, **values)  # type: ignore[arg-type] # the four of them
    return await loaded(store, check)


async def test_every_field_comes_back(store: Store) -> None:
    dancers = await store.write(partner.add, "T1", Partner("Dansehallerne"), by="U01", now=NOW)
    check = Check(
        "U01",
        NOW,
        form=Form.PARTNERSHIP,
        partner_id=dancers.id,
        partner_name="Dansehallerne",
        idea="Dans for <alle> 🎉",
        short=True,
        page="effect",
        finished_at=NOW + HOUR,
        decision=Decision.GO_ON_IF,
        reason="hvis vi får penge",
        decided_by="U02",
        decided_at=NOW + HOUR,
        sheets={"U01": Sheet({"mission": Answer.YES, "hours": Answer.NO}, {"fit": "ja"})},
    )
    stored = await store.write(tjek.start, "T1", check)
    assert stored == replace(check, id=stored.id)
    assert await loaded(store, stored) == stored
    assert await store.write(tjek.get, "T1", stored.id, lock=True) == stored


async def test_the_wording_is_kept_with_the_answers(store: Store) -> None:
    plain = await started(store)
    assert plain.wording is None
    wording = {"mission": {"da": "Passer det til os? 🎉", "en": "Does it fit?"}, "version": 2}
    check = await store.write(tjek.start, "T1", Check("U01", NOW, wording=wording))
    assert check.wording == wording


async def test_an_unknown_check_is_none(store: Store) -> None:
    assert await store.read(tjek.get, "T1", 4711) is None


async def test_saving_merges_and_clears_only_what_is_named(store: Store) -> None:
    check = await started(store)
    check = await saved(
        store, check, {"mission": Answer.YES, "hours": Answer.NO}, {"fit": "en", "effect": "to"}
    )
    check = await saved(
        store, check, {"hours": None, "funding": Answer.UNKNOWN}, {"fit": ""}, page="strength"
    )
    assert check.sheets == {
        "U01": Sheet({"mission": Answer.YES, "funding": Answer.UNKNOWN}, {"effect": "to"})
    }
    assert check.page == "strength"
    check = await saved(store, check, {"mission": Answer.PARTLY}, {"effect": "tre"})
    assert check.sheets["U01"].answers["mission"] is Answer.PARTLY
    assert check.sheets["U01"].notes == {"effect": "tre"}


async def test_each_person_has_a_sheet_of_their_own(store: Store) -> None:
    check = await started(store)
    await saved(store, check, {"mission": Answer.YES}, {"fit": "ja"})
    check = await saved(store, check, {"mission": Answer.NO}, user="U02")
    assert check.sheets == {
        "U01": Sheet({"mission": Answer.YES}, {"fit": "ja"}),
        "U02": Sheet({"mission": Answer.NO}),
    }


async def test_two_pages_saved_at_once_are_both_kept(store: Store) -> None:
    check = await started(store)
    saves = (
        saved(store, check, {f"q{n}": Answer.YES, "same": Answer.NO}, {f"p{n}": "x"})
        for n in range(12)
    )
    await asyncio.gather(*saves)
    check = await loaded(store, check)
    assert len(check.sheets["U01"].answers) == 13
    assert len(check.sheets["U01"].notes) == 12


async def test_the_draft_is_the_newest_unfinished_one_of_that_person(store: Store) -> None:
    assert await store.read(tjek.draft_of, "T1", "U01") is None
    newest = await started(store, at=NOW + HOUR)
    await saved(store, await started(store), {"mission": Answer.NO})
    theirs = await started(store, by="U02", at=NOW + 2 * HOUR)
    await started(store, at=NOW + 3 * HOUR)
    await saved(store, theirs, {"mission": Answer.NO}, user="U02")
    newest = await saved(store, newest, {"mission": Answer.YES})
    assert await store.read(tjek.draft_of, "T1", "U01") == newest
    await store.write(tjek.finish, "T1", newest.id, NOW + 3 * HOUR)
    older = await store.read(tjek.draft_of, "T1", "U01")
    assert older
    assert older.started_at == NOW


async def test_finishing_and_deciding(store: Store) -> None:
    check = await started(store)
    await store.write(tjek.finish, "T1", check.id, NOW + HOUR)
    decision = {"decision": Decision.KINDLY_NO, "reason": "ikke nu", "by": "U02"}
    await store.write(tjek.decide, "T1", check.id, now=NOW + 2 * HOUR, **decision)  # type: ignore[arg-type] # the three of them
    assert await loaded(store, check) == replace(
        check,
        finished_at=NOW + HOUR,
        decision=Decision.KINDLY_NO,
        reason="ikke nu",
        decided_by="U02",
        decided_at=NOW + 2 * HOUR,
    )


async def test_only_the_starter_discards_and_only_a_draft(store: Store) -> None:
    check = await saved(store, await started(store), {"mission": Answer.YES}, {"fit": "x"})
    await store.write(tjek.discard, "T1", check.id, "U02")
    assert await loaded(store, check) == check
    await store.write(tjek.discard, "T1", check.id, "U01")
    assert await store.read(tjek.get, "T1", check.id) is None
    finished = await started(store)
    await store.write(tjek.finish, "T1", finished.id, NOW)
    await store.write(tjek.discard, "T1", finished.id, "U01")
    assert await loaded(store, finished)


async def test_what_is_done_to_a_discarded_check_is_refused_with_a_sentence(store: Store) -> None:
    check = await started(store)
    await store.write(tjek.discard, "T1", check.id, "U01")
    with pytest.raises(UserError, match="no longer there"):
        await saved(store, check, {"mission": Answer.YES})
    with pytest.raises(UserError, match="no longer there"):
        await store.write(tjek.finish, "T1", check.id, NOW)


async def test_a_partners_checks_are_the_finished_ones_newest_first(store: Store) -> None:
    dancers = await store.write(partner.add, "T1", Partner("Dansehallerne"), by="U01", now=NOW)
    checks = []
    for hours in range(4):
        given = Check("U01", NOW, partner_id=dancers.id, idea=f"{hours}")
        check = await store.write(tjek.start, "T1", given)
        if hours:
            await store.write(tjek.finish, "T1", check.id, NOW + hours * HOUR)
        checks.append(check)
    found = await store.read(tjek.of_partner, "T1", dancers.id, limit=2)
    assert [check.idea for check in found] == ["3", "2"]
    assert len(await store.read(tjek.of_partner, "T1", dancers.id)) == 3


async def test_teams_never_see_each_others_checks(store: Store) -> None:
    mine, theirs = await started(store), await started(store, team="T2")
    assert mine.id == theirs.id
    mine = await saved(store, mine, {"mission": Answer.YES}, {"fit": "mit"})
    assert await store.read(tjek.get, "T2", theirs.id) == theirs
    await store.write(tjek.discard, "T2", theirs.id, "U01")
    assert await loaded(store, mine) == mine
    assert await store.read(tjek.draft_of, "T2", "U01") is None


async def test_a_decided_check_is_no_draft_and_cannot_be_discarded(store: Store) -> None:
    check = await started(store)
    await store.write(tjek.finish, "T1", check.id, NOW)
    decision = {"decision": Decision.GO_ON, "reason": "det passer", "by": "U01"}
    await store.write(tjek.decide, "T1", check.id, now=NOW, **decision)  # type: ignore[arg-type] # the three of them
    await store.write(tjek.reopen, "T1", check.id, page="fit")
    assert await store.read(tjek.draft_of, "T1", "U01") is None
    await store.write(tjek.discard, "T1", check.id, "U01")
    assert (await loaded(store, check)).decision is Decision.GO_ON


async def test_what_a_check_is_about_can_be_put_anew(store: Store) -> None:
    check = await saved(store, await started(store), {"mission": Answer.YES}, {"fit": "ja"})
    dancers = await store.write(partner.add, "T1", Partner("Dansehallerne"), by="U01", now=NOW)
    anew = replace(
        check,
        form=Form.SPONSORSHIP,
        partner_id=dancers.id,
        partner_name="Dansehallerne",
        idea="Dans for alle",
        short=True,
        page="short",
    )
    await store.write(tjek.restate, "T1", anew)
    assert await loaded(store, check) == anew
    with pytest.raises(UserError, match="no longer there"):
        await store.write(tjek.restate, "T1", replace(anew, id=4711))


async def test_the_checks_of_a_partner_under_way(store: Store) -> None:
    dancers = await store.write(partner.add, "T1", Partner("Dansehallerne"), by="U01", now=NOW)

    async def begun(by: str, at: datetime, **more: object) -> Check:
        check = Check(by, at, partner_id=dancers.id, partner_name="Dansehallerne")
        return await store.write(tjek.start, "T1", replace(check, **more))  # type: ignore[arg-type] # fields of a check

    older = await begun("U01", NOW)
    newer = await begun("U02", NOW + HOUR)
    await begun("U01", NOW - HOUR)
    await begun("U01", NOW, finished_at=NOW)
    await begun("U01", NOW, finished_at=None, decision=Decision.GO_ON)
    await started(store)
    assert await store.read(tjek.under_way, "T1", dancers.id, NOW) == [newer, older]
    assert await store.read(tjek.under_way, "T2", dancers.id, NOW) == []


async def test_a_finished_check_can_become_a_draft_again(store: Store) -> None:
    check = await started(store)
    await store.write(tjek.finish, "T1", check.id, NOW + HOUR)
    await store.write(tjek.unfinish, "T1", check.id)
    draft = await loaded(store, check)
    assert draft.finished_at is None
    assert not draft.gone_on
    with pytest.raises(UserError, match="no longer there"):
        await store.write(tjek.unfinish, "T2", check.id)
