from dataclasses import replace
from datetime import date

import pytest

from bot.circle import Level, Move, Why
from bot.evaluation import Decision, Unanswered
from bot.evaluation_decision import (
    Ended,
    agreed_in,
    around,
    decided_by,
    decided_in_words,
    is_decided,
    way_of,
    word_of,
)
from bot.translation import Translator
from bot.workspace import Language
from tests.bot.evaluations import FINE, NOW, held

DANISH = Translator(Language.DANISH)
SHOWN = held(FINE, FINE)


@pytest.mark.parametrize("decision", [*Decision, *Unanswered])
def test_every_decision_has_its_words(decision: str) -> None:
    reason = "collaboration>partnership" if decision == Decision.MOVE else ""
    this = replace(held(FINE, decision=decision).this, reason=reason)
    assert is_decided(this)
    assert decided_in_words(DANISH, this)
    assert word_of(DANISH, decision)


def test_nothing_is_said_before_it_is_decided() -> None:
    assert not is_decided(SHOWN.this)
    assert decided_in_words(DANISH, SHOWN.this) == ""
    assert word_of(DANISH, "") == ""
    assert way_of(DANISH, SHOWN.this) == ""


def test_a_step_through_the_circle_is_kept_with_where_it_led() -> None:
    move = Move(7, Level.PARTNERSHIP, Level.COLLABORATION, Why.REACHED, "U01", NOW)
    decision, reason = decided_by(move)
    this = replace(held(FINE, decision=decision).this, reason=reason)
    said = decided_in_words(DANISH, this)
    assert said == "nu er det et samarbejde"
    assert way_of(DANISH, this) == "fra partnerskab til samarbejde igen"
    assert Ended(SHOWN.evaluation, this).moved
    end = Move(7, Level.PARTNERSHIP, Level.NETWORK, Why.ENDED, "U01", NOW)
    assert decided_by(end) == (Decision.END, "")


def test_what_was_agreed_belongs_to_an_adjustment() -> None:
    this = replace(held(FINE, decision=Decision.ADJUST).this, reason="Vi ringer sammen")
    assert agreed_in(this) == "Vi ringer sammen"
    assert agreed_in(replace(this, decision=Decision.GO_ON)) == ""


def test_who_has_decided_and_when() -> None:
    ended = Ended(SHOWN.evaluation, held(FINE, decision=Decision.GO_ON).this)
    assert (ended.by, ended.at, ended.moved) == ("U01", NOW, False)
    bare = Ended(SHOWN.evaluation, SHOWN.this)
    assert (bare.by, bare.at) == (SHOWN.this.called_by, SHOWN.this.opened_at)


def test_the_next_time_is_told_by_its_month() -> None:
    assert around(DANISH, date(2027, 5, 3), NOW.date()) == "omkring maj 2027"


def test_an_end_is_a_decision_of_its_own() -> None:
    end = Move(7, Level.COLLABORATION, Level.NETWORK, Why.ENDED, "U01", NOW)
    assert decided_by(end) == (Decision.END, "")
