from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.contact import Contact, Kind
from bot.partner import Partner, Status
from bot.reminder import Past, What
from bot.reminder_handover import Answer
from bot.reminder_letter import Became, Now, became

METTE, ALI = "U02", "U03"
TODAY = date(2026, 11, 25)
SAID_AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WAITS = Now(waits=True, past=Past((TODAY - DAY,)))
BY_ALI = Contact(7, Kind.MET, TODAY, ALI, SAID_AT + DAY)


def stands(now: Now, what: What = What.CARE) -> Became:
    return became(what, now, user=METTE, said_at=SAID_AT, today=TODAY)


def test_what_waits_is_open_until_it_is_put_off_or_waits_no_more() -> None:
    assert stands(WAITS) is Became.OPEN
    off = Past((TODAY - DAY,), TODAY, TODAY + 7 * DAY)
    assert stands(replace(WAITS, past=off)) is Became.PUT_OFF
    assert stands(replace(WAITS, waits=False)) is Became.SETTLED


@pytest.mark.parametrize("what", [What.CARE, What.AGREEMENT])
def test_a_contact_since_then_answers_it_whoever_noted_it(what: What) -> None:
    assert stands(replace(WAITS, last=BY_ALI), what) is Became.TALKED
    hers = replace(BY_ALI, noted_by=METTE)
    assert stands(replace(WAITS, waits=False, last=hers), what) is Became.NOTED


def test_a_contact_before_it_or_out_of_a_list_answers_nothing() -> None:
    before = replace(BY_ALI, noted_at=SAID_AT)
    assert stands(replace(WAITS, last=before)) is Became.OPEN
    listed = replace(BY_ALI, kind=Kind.READ_IN)
    assert stands(replace(WAITS, last=listed)) is Became.OPEN


@pytest.mark.parametrize("what", [What.STEP, What.TASK, What.QUESTION, What.ROUND, What.HANDOVER])
def test_a_promise_is_not_kept_by_a_contact(what: What) -> None:
    assert stands(replace(WAITS, last=BY_ALI), what) is Became.OPEN


def over(what: What, **known: object) -> Became:
    return stands(replace(WAITS, waits=False, **known), what)  # type: ignore[arg-type] # as a test names them


def test_a_step_that_is_gone_from_the_card_is_done_and_another_is_not() -> None:
    museum = Partner("Museet", responsible=METTE)
    assert over(What.STEP, partner=museum) is Became.DONE
    later = replace(museum, next_step="ring")
    assert over(What.STEP, partner=later) is Became.SETTLED


@pytest.mark.parametrize("what", [What.CARE, What.AGREEMENT])
def test_what_has_settled_a_relation_is_told(what: What) -> None:
    resting = Partner("Museet", responsible=METTE, status=Status.RESTING)
    assert over(what, partner=resting) is Became.RESTS
    alis = replace(resting, responsible=ALI)
    assert over(what, partner=alis, was_hers=True) is Became.NOT_HERS
    # She has only stepped in for him.
    assert over(what, partner=replace(alis, status=Status.ACTIVE)) is Became.SETTLED


def test_an_offer_is_told_by_its_answer() -> None:
    museum = Partner("Museet", responsible=METTE)
    assert over(What.HANDOVER, partner=museum) is Became.HERS
    alis = replace(museum, responsible=ALI)
    assert over(What.HANDOVER, partner=alis, declined=True) is Became.DECLINED
    assert over(What.HANDOVER, partner=alis) is Became.SETTLED


def test_while_its_partner_is_offered_to_a_colleague_it_says_so() -> None:
    offered = replace(WAITS, offered=True)
    for what in (What.CARE, What.AGREEMENT, What.STEP, What.QUESTION):
        assert stands(replace(offered, waits=False), what) is Became.OFFERED
    for what in (What.TASK, What.ROUND):  # stay hers
        assert stands(offered, what) is Became.OPEN
    assert stands(replace(offered, last=BY_ALI)) is Became.TALKED


def test_the_answer_of_whom_she_has_asked_is_told_with_what_waits() -> None:
    no, yes = replace(WAITS, answer=Answer.NO), replace(WAITS, answer=Answer.YES)
    for what in (What.CARE, What.AGREEMENT, What.STEP, What.QUESTION):
        assert stands(no, what) is Became.REFUSED
        assert stands(replace(yes, waits=False), what) is Became.ACCEPTED
    for what in (What.TASK, What.ROUND):  # stay hers
        assert stands(no, what) is Became.OPEN
        assert stands(yes, what) is Became.OPEN
    assert stands(replace(no, waits=False)) is Became.SETTLED
    off = Past((TODAY - DAY,), TODAY, TODAY + 7 * DAY)
    assert stands(replace(no, past=off)) is Became.PUT_OFF
