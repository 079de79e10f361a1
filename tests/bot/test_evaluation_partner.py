from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import evaluation_partner as rules
from bot.circle import Level
from bot.errors import UserError
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import shipped
from bot.guard import NOTE_LENGTH
from bot.partner import ContactPerson, Partner
from bot.privacy import Standing as Owed
from bot.round import Kind, Round, Standing, State, Why
from bot.round_steps import to_show

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WAITS = Standing.WAITING
THIS = Round(
    Kind.EVALUATION,
    7,
    "U02",
    NOW,
    NOW + timedelta(days=9),
    {"U03": Standing.WAITING, "@0": Standing.WAITING},
    named=False,
)
ABOUT = Evaluation(
    1,
    Occasion.YEARLY,
    shipped().get("collaboration"),
    Level.COLLABORATION,
    date(2026, 11, 23),
    NOW,
)


def check(this: Round = THIS, about: Evaluation = ABOUT, user: str = "U02") -> None:
    rules.check_asks(this, about, user, ["U09"], NOW)


def test_who_is_in_it_or_leads_it_may_ask() -> None:
    check()
    check(user="U03")
    check(replace(THIS, caller_left=True), user="U09")


@pytest.mark.parametrize(
    ("this", "about", "user", "sentence"),
    [
        (THIS, ABOUT, "U09", "Only those who are asked"),
        (replace(THIS, caller_left=True), ABOUT, "U05", "Only those who are asked"),
        (replace(THIS, state=State.CANCELLED), ABOUT, "U02", "called off"),
        (replace(THIS, state=State.REVEALED), ABOUT, "U02", "The round is over"),
        (replace(THIS, deadline=NOW), ABOUT, "U02", "The round is over"),
        (THIS, replace(ABOUT, asks_partner=False), "U02", "This time only you"),
    ],
)
def test_others_are_told_why_not(this: Round, about: Evaluation, user: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        check(this, about, user)


def test_only_who_may_be_written_to_is_offered() -> None:
    people = (
        ContactPerson("Anne", email="anne@x.dk", id=1),
        ContactPerson("Bo", email="BO@x.dk", id=2),
        ContactPerson("", email="info@x.dk", id=3),
        ContactPerson("Dan", id=4),
        ContactPerson("Eva", id=5),
    )
    owed = {1: Owed(no_contact=True), 4: Owed()}
    offered = rules.offered(Partner("X", people=people), owed, {"bo@x.dk"})
    assert [person.name for person in offered] == ["Dan", "Eva"]


def test_who_was_asked_by_mail_and_declines_would_rather_meet() -> None:
    for standings, meets, by_mail in (
        ({"U03": Standing.DECLINED, "@0": Standing.WAITING}, 0, True),
        ({"@17": Standing.DECLINED}, 1, True),
        ({"@U50": Standing.DECLINED}, 0, False),
    ):
        this = replace(THIS, standings=standings)
        assert rules.rather_meet(this) == meets
        assert rules.asks_by_mail(this) is by_mail


def test_a_note_grows_once_and_not_beyond_its_room() -> None:
    for before, more, both in (
        ("", "a", "a"),
        ("a", "", "a"),
        ("a b", "b", "a b"),
        ("a", "b", "a\nb"),
        ("a" * (NOTE_LENGTH - 2), "b", "a" * (NOTE_LENGTH - 2) + "\nb"),
    ):
        assert rules.joined(before, more, field="note") == both
    with pytest.raises(UserError, match="too long") as refused:
        rules.joined("a" * (NOTE_LENGTH - 1), "b", field="note")
    assert refused.value.field == "note"


def test_the_partner_reads_along_where_their_own_people_are_in_the_channel() -> None:
    assert not rules.reads_along(THIS)
    assert rules.reads_along(replace(THIS, standings={"U03": Standing.WAITING, "@U50": WAITS}))


def test_with_nothing_to_show_the_round_waits_for_who_would_rather_meet() -> None:
    meets = {"U03": Standing.DECLINED, "@0": Standing.DECLINED}
    this = replace(THIS, standings=meets)
    assert to_show(this, NOW) is None
    assert to_show(this, this.deadline) is Why.ALL_IN
    answered = replace(THIS, standings={**meets, "U03": Standing.ANSWERED})
    assert to_show(answered, NOW) is Why.ALL_IN
    without = replace(THIS, standings={"U03": Standing.DECLINED, "@U50": Standing.DECLINED})
    assert to_show(without, NOW) is Why.ALL_IN
