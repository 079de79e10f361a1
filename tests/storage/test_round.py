import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.errors import UserError
from bot.partner import ContactPerson, Partner
from bot.round import Count, Kind, Round, Sheet, Standing, State, Why, called, count, to_reveal
from bot.timetable import Calendar
from storage import partner, round_queries, round_sheets
from storage import round as rounds
from storage.database import Store
from storage.privacy_erasure import anonymise
from storage.privacy_texts import ELSEWHERE
from storage.round_tables import ANSWER, INVITED, NOTE

CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


async def started(
    store: Store,
    *invited: str,
    kind: Kind = Kind.TJEK,
    subject: int = 7,
    by: str = "U01",
    partner_id: int | None = None,
    now: datetime = NOW,
    team: str = "T1",
) -> Round:
    new = called(
        kind,
        subject,
        by=by,
        invited=invited or ("U02", "U03"),
        now=now,
        calendar=CALENDAR,
        partner_id=partner_id,
        channel="C01",
    )
    return await store.write(rounds.start, team, new)


async def answered(
    store: Store,
    this: Round,
    user: str,
    answers: dict[str, str | None],
    notes: dict[str, str] | None = None,
    *,
    sent: bool = True,
    now: datetime = NOW,
) -> Round:
    given = {"answers": answers, "notes": notes or {}, "now": now, "sent": sent}
    return await store.write(rounds.answer, "T1", this.id, user, **given)  # type: ignore[arg-type] # the four of them


async def revealed(store: Store, this: Round, why: Why = Why.CALLED) -> Round | None:
    return await store.write(rounds.reveal, "T1", this.id, why=why, now=NOW + DAY)


async def closed(store: Store, this: Round, by: str = "U01") -> Round:
    told = {"decision": "kindly_no", "reason": "ikke nu", "by": by}
    return await store.write(rounds.close, "T1", this.id, now=NOW + 2 * DAY, **told)


async def cancelled(store: Store, this: Round) -> Round:
    return await store.write(rounds.cancel, "T1", this.id, by="U01", now=NOW + DAY)


async def loaded(store: Store, this: Round) -> Round:
    return await store.read(round_queries.existing, "T1", this.id)


async def shown(store: Store, this: Round) -> dict[str, Sheet]:
    return await store.read(round_sheets.shown, "T1", this.id)


async def own(store: Store, this: Round, user: str) -> Sheet:
    return await store.read(round_sheets.own, "T1", this.id, user)


async def written(store: Store) -> int:
    """How many answers and notes there are at all."""

    def read(conn: sa.Connection) -> int:
        return sum(
            conn.execute(
                sa.select(sa.func.count()).select_from(table).where(table.c.team_id == "T1")
            ).scalar_one()
            for table in (ANSWER, NOTE)
        )

    return await store.read(read)


def ids(found: Iterable[Round]) -> list[int]:
    return [this.id for this in found]


# Calling one


async def test_every_field_comes_back(store: Store) -> None:
    springbraet = await store.write(partner.add, "T1", Partner("Springbræt"), by="U01", now=NOW)
    new = called(
        Kind.EVALUATION,
        9,
        by="U01",
        invited=["U03", "U02"],
        now=NOW,
        calendar=CALENDAR,
        partner_id=springbraet.id,
        channel="C01",
    )
    stored = await store.write(rounds.start, "T1", new)
    assert stored.id
    assert stored == replace(new, id=stored.id)
    assert await loaded(store, stored) == stored
    await store.write(rounds.stands_in_channel, "T1", stored.id, "1.2")
    assert await loaded(store, stored) == replace(stored, ts="1.2")


async def test_there_is_one_open_round_about_a_thing(store: Store) -> None:
    first = await started(store)
    with pytest.raises(UserError, match="a round about this already"):
        await started(store, "U08", by="U09")
    await started(store, subject=8)
    await started(store, kind=Kind.EVALUATION)
    await revealed(store, first)
    second = await started(store, now=NOW + DAY)
    assert ids(await store.read(round_queries.of_subject, "T1", Kind.TJEK, 7)) == [
        second.id,
        first.id,
    ]
    await cancelled(store, second)
    await started(store)


async def test_of_two_called_at_once_one_is_refused(store: Store) -> None:
    outcomes = await asyncio.gather(
        *(started(store, by=f"U0{n}") for n in range(1, 6)), return_exceptions=True
    )
    assert len([outcome for outcome in outcomes if isinstance(outcome, Round)]) == 1
    assert len([outcome for outcome in outcomes if isinstance(outcome, UserError)]) == 4


async def test_a_partner_may_be_asked_about_for_two_reasons(store: Store) -> None:
    springbraet = await store.write(partner.add, "T1", Partner("Springbræt"), by="U01", now=NOW)
    late = await started(store, partner_id=springbraet.id, now=NOW + DAY)
    early = await started(store, subject=8, partner_id=springbraet.id)
    await revealed(store, await started(store, subject=9, partner_id=springbraet.id))
    await started(store, subject=10)
    about = await store.read(round_queries.open_about, "T1", Kind.TJEK, springbraet.id)
    assert about == [early, late]


async def test_another_library_sees_nothing(store: Store) -> None:
    mine, theirs = await started(store), await started(store, team="T2")
    assert mine.id == theirs.id
    await answered(store, mine, "U02", {"goals": "yes"}, {"fit": "ja"})
    await revealed(store, mine)
    assert await store.read(round_sheets.shown, "T2", mine.id) == {}
    assert await store.read(round_sheets.own, "T2", mine.id, "U02") == Sheet()
    assert await store.read(round_queries.existing, "T2", mine.id) == theirs
    await store.write(rounds.cancel, "T2", theirs.id, by="U01", now=NOW)
    assert len(await shown(store, mine)) == 1


async def test_a_round_that_is_gone_says_so(store: Store) -> None:
    gone = replace(await started(store), id=4711)
    for outcome in await asyncio.gather(
        answered(store, gone, "U02", {"goals": "yes"}),
        revealed(store, gone),
        cancelled(store, gone),
        closed(store, gone),
        store.write(rounds.decline, "T1", gone.id, "U02", NOW),
        return_exceptions=True,
    ):
        assert isinstance(outcome, UserError)
        assert "no longer there" in outcome.msgid


# Answering


async def test_answers_are_merged_and_cleared_by_name_only(store: Store) -> None:
    this = await started(store)
    await answered(store, this, "U02", {"goals": "yes", "drive": "no"}, {"fit": "en", "able": "to"})
    this = await answered(store, this, "U02", {"drive": None, "money": "unknown"}, {"fit": ""})
    assert await own(store, this, "U02") == Sheet(
        {"goals": "yes", "money": "unknown"}, {"able": "to"}
    )
    assert await own(store, this, "U03") == Sheet()
    assert this.standings == {"U02": Standing.ANSWERED, "U03": Standing.WAITING}
    assert await loaded(store, this) == this


async def test_a_draft_counts_for_nothing_until_it_is_sent(store: Store) -> None:
    this = await started(store)
    this = await answered(store, this, "U02", {}, {"fit": "hm"}, sent=False)
    this = await answered(store, this, "U02", {"goals": "yes"}, sent=False)
    assert count(this).answered == 0
    assert await own(store, this, "U02") == Sheet({"goals": "yes"}, {"fit": "hm"})
    this = await answered(store, this, "U02", {})
    assert count(this).answered == 1
    this = await answered(store, this, "U02", {"goals": "no"}, sent=False)
    assert count(this).answered == 1
    assert (await own(store, this, "U02")).answers == {"goals": "no"}


async def test_a_sheet_without_an_answer_is_not_sent_and_none_is_emptied(store: Store) -> None:
    this = await started(store)
    with pytest.raises(UserError, match="at least one question"):
        await answered(store, this, "U02", {}, {"fit": "hm"})
    await answered(store, this, "U02", {"goals": "yes"})
    with pytest.raises(UserError, match="at least one question"):
        await answered(store, this, "U02", {"goals": None}, sent=False)
    assert await own(store, this, "U02") == Sheet({"goals": "yes"})


async def test_strangers_and_latecomers_leave_nothing(store: Store) -> None:
    this = await started(store)
    with pytest.raises(UserError, match="those who were asked"):
        await answered(store, this, "U01", {"goals": "yes"})
    with pytest.raises(UserError, match="is over"):
        await answered(store, this, "U02", {"goals": "yes"}, now=this.deadline)
    with pytest.raises(UserError, match="is over"):
        await store.write(rounds.decline, "T1", this.id, "U02", this.deadline)
    await answered(store, this, "U02", {"goals": "yes"}, now=this.deadline - SECOND)
    await revealed(store, this)
    with pytest.raises(UserError, match="is over"):
        await answered(store, this, "U03", {"goals": "no"})
    assert await shown(store, this) == {"U02": Sheet({"goals": "yes"})}


async def test_who_declines_takes_her_answers_along_and_may_come_back(store: Store) -> None:
    this = await started(store)
    await answered(store, this, "U02", {"goals": "yes"}, {"fit": "ja"})
    await answered(store, this, "U03", {"goals": "no"})
    this = await store.write(rounds.decline, "T1", this.id, "U02", NOW)
    assert count(this) == Count(answered=1, asked=1, declined=1, left=0)
    assert await own(store, this, "U02") == Sheet()
    assert await own(store, this, "U03") == Sheet({"goals": "no"})
    assert to_reveal(this, NOW) is Why.ALL_IN
    this = await answered(store, this, "U02", {"goals": "partly"})
    assert count(this) == Count(answered=2, asked=2, declined=0, left=0)


async def test_who_begins_to_answer_after_all_is_waited_for(store: Store) -> None:
    this = await started(store)
    await answered(store, this, "U03", {"goals": "no"})
    await store.write(rounds.decline, "T1", this.id, "U02", NOW)
    this = await answered(store, this, "U02", {"goals": "yes"}, sent=False)
    assert to_reveal(this, NOW) is None
    assert await own(store, this, "U02") == Sheet({"goals": "yes"})


async def test_notes_are_read_by_nobody_before_they_are_shown(store: Store) -> None:
    """Also not as what is known about a person, who may be named in one."""
    springbraet = await store.write(partner.add, "T1", Partner("Springbræt"), by="U01", now=NOW)

    async def notes(*, to_read: bool) -> list[str]:
        (of_rounds,) = (one for one in ELSEWHERE if one.table is NOTE)

        def look(conn: sa.Connection, team: str) -> list[str]:
            rows = of_rounds.rows(conn, team, springbraet.id, to_read=to_read)
            return [row["note"] for row in rows]

        return await store.read(look, "T1")

    this = await started(store, partner_id=springbraet.id)
    await answered(store, this, "U02", {"goals": "yes"}, {"fit": "spørg Anne"})
    assert await notes(to_read=True) == []
    assert await notes(to_read=False) == ["spørg Anne"], "to be cleared when she is forgotten"
    await revealed(store, this)
    assert await notes(to_read=True) == ["spørg Anne"]


async def test_two_pages_saved_at_once_are_both_kept(store: Store) -> None:
    this = await started(store)
    await asyncio.gather(
        *(answered(store, this, "U02", {f"q{n}": "yes", "same": "no"}) for n in range(8))
    )
    assert len((await own(store, this, "U02")).answers) == 9


async def test_sixty_people_answer_at_once_and_all_is_in(store: Store) -> None:
    users = [f"U{n}" for n in range(100, 160)]
    this = await started(store, *users)
    answers = {f"q{n}": "yes" for n in range(14)}
    for n in range(0, 60, 10):  # as many at a time as there are connections
        await asyncio.gather(*(answered(store, this, u, {**answers}) for u in users[n : n + 10]))
    this = await loaded(store, this)
    assert count(this) == Count(answered=60, asked=60, declined=0, left=0)
    assert to_reveal(this, NOW) is Why.ALL_IN
    await revealed(store, this)
    assert [*await shown(store, this)] == users


# People who leave


async def test_who_leaves_is_not_waited_for_and_what_she_answered_stays(store: Store) -> None:
    waiting = await started(store)
    done = await answered(
        store, await started(store, "U02", "U03", subject=8), "U02", {"goals": "yes"}
    )
    over = await started(store, "U02", subject=9)
    await cancelled(store, over)
    await started(store, "U08", subject=10)
    gone = await store.write(rounds.leave, "T1", Kind.TJEK, "U02")
    assert ids(gone) == [waiting.id, done.id]
    assert gone == [await loaded(store, waiting), await loaded(store, done)]
    assert gone[0].standings == {"U02": Standing.LEFT, "U03": Standing.WAITING}
    assert gone[1].standings == {"U02": Standing.ANSWERED, "U03": Standing.WAITING}
    assert (await loaded(store, over)).standings == {"U02": Standing.WAITING}


async def test_a_round_whose_caller_left_falls_to_the_coordinator(store: Store) -> None:
    this = await started(store, "U01", "U02")
    other = await started(store, subject=8)
    await revealed(store, other)
    over = await started(store, subject=9)
    await revealed(store, over)
    await closed(store, over)
    assert await store.read(round_queries.without_caller, "T1") == []
    gone = await store.write(rounds.leave, "T1", Kind.TJEK, "U01")
    assert ids(gone) == [this.id, other.id]
    assert all(one.caller_left for one in gone)
    assert gone[0].standings["U01"] is Standing.LEFT
    assert await store.read(round_queries.without_caller, "T1") == gone
    assert not (await loaded(store, over)).caller_left


# Showing


async def test_nothing_can_be_read_before_it_is_shown_but_ones_own(store: Store) -> None:
    this = await answered(store, await started(store), "U02", {"goals": "yes"}, {"fit": "ja"})
    await answered(store, this, "U03", {"goals": "no"}, sent=False)
    assert await shown(store, this) == {}
    assert await own(store, this, "U02") == Sheet({"goals": "yes"}, {"fit": "ja"})
    after = await revealed(store, this)
    assert after == replace(this, state=State.REVEALED, why=Why.CALLED, revealed_at=NOW + DAY)
    assert await loaded(store, this) == after
    assert await shown(store, this) == {"U02": Sheet({"goals": "yes"}, {"fit": "ja"})}
    assert await own(store, this, "U03") == Sheet()  # a draft is deleted, not shown
    await closed(store, this)
    assert len(await shown(store, this)) == 1


async def test_of_many_who_show_at_the_same_moment_one_does(store: Store) -> None:
    this = await answered(store, await started(store), "U02", {"goals": "yes"})
    outcomes = await asyncio.gather(*(revealed(store, this, why) for why in [*Why] * 3))
    (won,) = [outcome for outcome in outcomes if outcome]
    assert await loaded(store, this) == won


async def test_an_answer_at_that_moment_is_shown_or_refused(store: Store) -> None:
    this = await answered(store, await started(store), "U02", {"goals": "yes"})
    late, _ = await asyncio.gather(
        answered(store, this, "U03", {"goals": "no"}),
        revealed(store, this),
        return_exceptions=True,
    )
    assert ("U03" in await shown(store, this)) is not isinstance(late, UserError)


async def test_a_round_without_names_loses_them_when_it_is_shown(store: Store) -> None:
    this = await started(store, "U02", "U03", "U04", kind=Kind.EVALUATION)
    sheets = [Sheet({"easy": f"{n}"}, {"easy": f"fordi {n}"}) for n in range(2, 5)]
    for n, sheet in enumerate(sheets, 2):
        given = NOW + n * SECOND
        await answered(store, this, f"U0{n}", {**sheet.answers}, {**sheet.notes}, now=given)
    assert await own(store, this, "U02") == sheets[0]
    await revealed(store, this)
    found = await shown(store, this)
    assert {*found} == {"1", "2", "3"}
    assert sorted(found.values(), key=repr) == sheets
    assert await own(store, this, "U02") == Sheet()

    def marks(conn: sa.Connection) -> set[tuple[str, datetime]]:
        return {
            (row.user_id, row.at)
            for table in (ANSWER, NOTE)
            for row in conn.execute(sa.select(table).where(table.c.team_id == "T1"))
        }

    assert await store.read(marks) == {(number, NOW + DAY) for number in found}


async def test_a_round_nobody_answered_is_shown_empty(store: Store) -> None:
    this = await started(store, kind=Kind.EVALUATION)
    assert await revealed(store, this, Why.DEADLINE)
    assert await shown(store, this) == {}


async def test_of_a_single_answer_without_a_name_nothing_is_kept(store: Store) -> None:
    this = await answered(
        store, await started(store, kind=Kind.EVALUATION), "U02", {"goals": "no"}, {"fit": "nej"}
    )
    assert await revealed(store, this, Why.DEADLINE)
    assert await shown(store, this) == {}
    assert await written(store) == 0


async def test_each_feature_is_asked_about_its_own_rounds(store: Store) -> None:
    this = await started(store, kind=Kind.EVALUATION)
    for kind, found in ((Kind.EVALUATION, [this]), (Kind.TJEK, [])):
        assert await store.read(round_queries.due, "T1", kind, this.deadline) == found
        teams = await store.read(round_queries.teams_with_due, kind, this.deadline)
        assert teams == (["T1"] if found else [])
    assert await store.write(rounds.leave, "T1", Kind.TJEK, "U02") == []
    assert len(await store.write(rounds.leave, "T1", Kind.EVALUATION, "U02")) == 1


# Ending


async def test_a_round_called_off_keeps_no_answer(store: Store) -> None:
    this = await answered(store, await started(store), "U02", {"goals": "yes"}, {"fit": "ja"})
    after = await cancelled(store, this)
    assert after == replace(this, state=State.CANCELLED, closed_by="U01", closed_at=NOW + DAY)
    assert await written(store) == 0
    assert await revealed(store, this) is None
    for again in (answered(store, this, "U02", {"goals": "yes"}), cancelled(store, this)):
        with pytest.raises(UserError, match="called off"):
            await again


async def test_a_decision_closes_it_and_comes_once(store: Store) -> None:
    this = await answered(store, await started(store), "U02", {"goals": "yes"})
    with pytest.raises(UserError, match="Nobody can see"):
        await closed(store, this)
    with_answers = await revealed(store, this)
    assert with_answers
    outcomes = await asyncio.gather(
        closed(store, this), closed(store, this, by="U09"), return_exceptions=True
    )
    (after,) = [outcome for outcome in outcomes if isinstance(outcome, Round)]
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
    assert "written already" in refusal.msgid
    assert after == replace(
        with_answers,
        state=State.CLOSED,
        decision="kindly_no",
        reason="ikke nu",
        closed_by=after.closed_by,
        closed_at=NOW + 2 * DAY,
    )
    with pytest.raises(UserError, match="shown already"):
        await cancelled(store, this)
    assert await revealed(store, this) is None


# What is due, and who is waited for


async def test_what_is_due_is_open_and_past_its_deadline(store: Store) -> None:
    late = await started(store, now=NOW + DAY)
    early = await started(store, subject=8)
    await revealed(store, await started(store, subject=9))
    assert await store.read(round_queries.due, "T1", Kind.TJEK, early.deadline - SECOND) == []
    assert await store.read(round_queries.due, "T1", Kind.TJEK, early.deadline) == [early]
    assert await store.read(round_queries.due, "T1", Kind.TJEK, late.deadline) == [early, late]
    assert await store.read(round_queries.teams_with_due, Kind.TJEK, early.deadline - SECOND) == []
    assert await store.read(round_queries.teams_with_due, Kind.TJEK, late.deadline) == ["T1"]


async def test_the_rounds_that_wait_for_a_person(store: Store) -> None:
    late = await started(store, now=NOW + DAY)
    early = await started(store, subject=8)
    await answered(store, await started(store, subject=9), "U02", {"goals": "yes"})
    gone = await started(store, subject=10)
    await store.write(rounds.decline, "T1", gone.id, "U02", NOW)
    await revealed(store, await started(store, subject=11))
    waiting = await store.read(round_queries.waiting_for, "T1", "U02", NOW + DAY)
    assert waiting == [early, late]
    assert await store.read(round_queries.waiting_for, "T1", "U02", early.deadline) == [late]
    assert await store.read(round_queries.waiting_for, "T1", "U01", NOW) == []


# Persons and partners


async def test_a_person_who_is_forgotten_is_taken_out_of_notes_and_reasons(store: Store) -> None:
    with_anne = Partner("Springbræt", people=(ContactPerson("Anne Holm", source="mødet"),))
    springbraet = await store.write(partner.add, "T1", with_anne, by="U01", now=NOW)
    this = await started(store, partner_id=springbraet.id)
    await answered(store, this, "U02", {"goals": "yes"}, {"fit": "Anne Holm er god"})
    await revealed(store, this)
    told = {"decision": "go_on", "reason": "fordi Anne Holm vil", "by": "U01", "now": NOW}
    await store.write(rounds.close, "T1", this.id, **told)  # type: ignore[arg-type] # the four of them
    (anne,) = springbraet.people
    whose = {"word": "[en person]", "purpose": "", "by": "U01", "now": NOW}
    await store.write(anonymise, "T1", springbraet.id, anne.id, **whose)  # type: ignore[arg-type] # the four of them
    assert (await loaded(store, this)).reason == "fordi [en person] vil"
    assert (await shown(store, this))["U02"].notes == {"fit": "[en person] er god"}


async def test_rounds_go_with_their_partner(store: Store) -> None:
    springbraet = await store.write(partner.add, "T1", Partner("Springbræt"), by="U01", now=NOW)
    this = await started(store, partner_id=springbraet.id)
    await answered(store, this, "U02", {"goals": "yes"}, {"fit": "ja"})

    def erase(conn: sa.Connection) -> int:
        partners = sa.table("partner", sa.column("team_id"))
        conn.execute(sa.delete(partners).where(partners.c.team_id == "T1"))
        invited = sa.select(sa.func.count()).select_from(INVITED).where(INVITED.c.team_id == "T1")
        return int(conn.execute(invited).scalar_one())

    assert await store.write(erase) == 0
    assert await written(store) == 0
    with pytest.raises(UserError, match="no longer there"):
        await loaded(store, this)


async def test_a_caller_leads_her_rounds_until_they_are_decided(store: Store) -> None:
    mine = await started(store, by="U01")
    await started(store, by="U04", subject=8)
    await answered(store, mine, "U02", {"q": "yes"})
    led = await store.read(round_queries.led_by, "T1", "U01")
    assert ids(led) == [mine.id]
    await revealed(store, mine)
    assert ids(await store.read(round_queries.led_by, "T1", "U01")) == [mine.id]
    await closed(store, mine)
    assert not await store.read(round_queries.led_by, "T1", "U01")
    assert not await store.read(round_queries.led_by, "T2", "U04")
