from datetime import UTC, datetime, timedelta

import pytest

from bot import evaluation_token as tokens
from bot.evaluation_token import Misses
from bot.round import Kind, Round, Standing, State

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOKEN = "Abcdefghijklmnopqrstuvwxyz-_0123"


def round_with(**more: object) -> Round:
    given = {"standings": {"U02": Standing.WAITING, "@0": Standing.WAITING}, "named": False}
    times = {"opened_at": NOW, "deadline": NOW + timedelta(days=9)}
    return Round(Kind.EVALUATION, 7, "U02", **(given | times | more))  # type: ignore[arg-type] # made up


def test_a_token_is_long_enough_that_nobody_guesses_it() -> None:
    assert tokens.RANDOM_BYTES * 8 >= 128


def test_the_link_holds_the_token_and_nothing_else() -> None:
    assert tokens.link("https://byen.example", TOKEN) == f"https://byen.example/e/{TOKEN}"


def test_the_hash_is_another_for_each_and_shows_nothing() -> None:
    assert len(tokens.hashed(TOKEN)) == 64
    assert tokens.hashed(TOKEN) != tokens.hashed(TOKEN.swapcase())
    assert TOKEN not in tokens.hashed(TOKEN)


@pytest.mark.parametrize("text", ["", "short", TOKEN + "x", TOKEN[:-1] + "æ", TOKEN[:-1] + "\n"])
def test_what_can_be_no_token_is_known_at_once(text: str) -> None:
    assert not tokens.is_token(text)
    assert tokens.is_token(TOKEN)


def test_a_voice_answers_until_the_deadline_or_the_reveal() -> None:
    this = round_with()
    assert tokens.is_open(this, "@0", NOW)
    assert not tokens.is_open(this, "@1", NOW)
    assert not tokens.is_open(this, "@0", this.deadline)
    assert not tokens.is_open(round_with(state=State.REVEALED), "@0", NOW)


def test_a_link_is_forgotten_long_after_the_deadline() -> None:
    this = round_with()
    assert not tokens.is_forgotten(this, this.deadline + timedelta(days=89))
    assert tokens.is_forgotten(this, this.deadline + tokens.REMEMBERED)


def test_misses_are_counted_for_each_visitor_and_for_a_minute() -> None:
    misses = Misses()
    for number in range(tokens.MOST_MISSES):
        assert not misses.too_many("a", number)
        misses.missed("a", number)
    assert misses.too_many("a", 20.0)
    assert not misses.too_many("b", 20.0)
    assert not misses.too_many("a", tokens.WITHIN_SECONDS + 0.5)


def test_what_is_over_is_not_kept() -> None:
    misses = Misses()
    misses.missed("a", 0.0)
    misses.missed("b", tokens.WITHIN_SECONDS)
    assert set(misses._seen) == {"b"}


def test_a_crowd_of_addresses_is_one_visitor() -> None:
    misses = Misses()
    for number in range(tokens._MOST_VISITORS + tokens.MOST_MISSES):
        misses.missed(f"v{number}", 0.0)
    assert len(misses._seen) == tokens._MOST_VISITORS + 1
    assert misses.too_many("another", 1.0)
    assert not misses.too_many("v0", 1.0)
