"""What a card was on any day, from its log."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.circle import Level, Why
from bot.partner import Kind, RelationType, Room, Status
from bot.report_life import Card, Cause, Life, Place, Step, Was, lived

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_where_a_card_stands() -> None:
    assert Card().place is Place.NETWORK
    assert Card(level=Level.PARTNERSHIP).place is Place.PARTNERSHIP
    assert Card(status=Status.ENDED).place is Place.FRIEND
    assert Card(status=Status.RESTING).place is Place.NETWORK
    assert Card(archived=True).place is None
    assert Card(relation_type=RelationType.SPONSOR).place is None


def test_a_card_that_was_never_changed_was_always_so() -> None:
    life = lived(Card(), NOW, (), added=Cause.READ_IN)
    assert life.steps == (Step(NOW, Card(), Cause.READ_IN),)
    assert life.place(NOW) is None
    assert life.place(NOW + DAY) is Place.NETWORK


def test_every_field_is_read_back() -> None:
    was = [
        Was(NOW + DAY, "level", "network"),
        Was(NOW + DAY, "status", "possible"),
        Was(NOW + 2 * DAY, "archived", before=True),
        Was(NOW + 2 * DAY, "relation_type", "fund"),
        Was(NOW + 3 * DAY, "kind", None),
        Was(NOW + 3 * DAY, "branch", "Nord"),
        Was(NOW + 4 * DAY, "rooms", ["meeting"]),
        Was(NOW + 4 * DAY, "goals", None),
    ]
    today = Card(
        Level.PARTNERSHIP, kind=Kind.FIRM, branch="Syd", rooms=(Room.LEARNING,), goals=("læs",)
    )
    first, *_, last = lived(today, NOW, was).steps
    before = Card(status=Status.POSSIBLE, archived=True, branch="Nord")
    assert first.card == replace(before, relation_type=RelationType.FUND, rooms=(Room.MEETING,))
    assert last.card == today


def test_a_field_that_was_changed_twice_at_once_was_what_it_was_first() -> None:
    was = [Was(NOW + DAY, "branch", "Nord"), Was(NOW + DAY, "branch", "Øst")]
    first, second = lived(Card(branch="Syd"), NOW, was).steps
    assert (first.card.branch, second.card.branch) == ("Nord", "Syd")


def test_why_it_was_changed() -> None:
    was = [Was(NOW + DAY, "level", "network"), Was(NOW + 2 * DAY, "level", "collaboration")]
    whys = {NOW + DAY: Why.ACTIVITY}
    _, moved, edited = lived(Card(Level.PARTNERSHIP), NOW, was, whys=whys).steps
    assert (moved.cause, edited.cause) == (Why.ACTIVITY, Cause.EDITED)


def test_a_clock_that_was_set_back_turns_nothing_around() -> None:
    was = [Was(NOW + 5 * DAY, "level", "network"), Was(NOW - DAY, "level", "collaboration")]
    life = lived(Card(Level.PARTNERSHIP), NOW, was)
    assert [step.at for step in life.steps] == [NOW, NOW + 5 * DAY, NOW + 5 * DAY]
    assert life.place(NOW + 6 * DAY) is Place.PARTNERSHIP


def test_once_made_one_it_is_nowhere() -> None:
    life = Life(lived(Card(), NOW, ()).steps, NOW + DAY)
    assert life.place(NOW + DAY) is Place.NETWORK
    assert life.card(NOW + 2 * DAY) is None
