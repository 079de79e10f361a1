from dataclasses import replace
from datetime import date

import pytest

from bot.round_step import Step
from bot.tjek import Check, Decision
from bot.tjek_told import Told, condition_of, kept, on_card, to_do, told_in, verdict
from bot.translation import Translator
from bot.workspace import Language
from tests.bot.test_tjek_round import NOW

DANISH = Translator(Language.DANISH)
ENGLISH = Translator(Language.ENGLISH)
STEP = Step("Hvis de kan komme om lørdagen.", date(2026, 12, 7), ("U03", "U06"))
CHECK = Check("U02", NOW, decision=Decision.GO_ON_IF, reason="Vi vil gerne")


@pytest.mark.parametrize(
    "told",
    [
        Told("Vi vil gerne"),
        Told("Vi vil gerne", "Få afklaret, om de kan – Ali", STEP),
        Told("Vi vil gerne", "Få afklaret, om de kan", replace(STEP, who=())),
        Told("Vi vil gerne", "Spor og Penge (Ali)"),
    ],
)
def test_what_is_kept_is_read_again(told: Told) -> None:
    assert told_in(kept(told)) == told


def test_nothing_kept_is_nothing_told() -> None:
    assert told_in("") == Told()


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("Hvis de kan komme.", "de kan komme"),
        ("  if they come", "they come"),
        ("klubben selv har nøgler", "klubben selv har nøgler"),
        ("Hvisken i salen", "Hvisken i salen"),
    ],
)
def test_a_condition_goes_on_from_an_if(typed: str, condition: str) -> None:
    assert condition_of(typed) == condition


def test_a_yes_says_its_condition_once() -> None:
    told = Told("Vi vil gerne", "Få afklaret …", STEP)
    said = "Ja, hvis de kan komme om lørdagen"
    assert verdict(DANISH, CHECK, told) == (said, "Vi vil gerne")
    assert (
        verdict(DANISH, CHECK, Told("Vi vil gerne", "de kan (Ali)"))[0] == "Ja, hvis de kan (Ali)"
    )
    alone = replace(CHECK, reason="Hvis de kan komme om lørdagen.")
    assert verdict(DANISH, alone) == (said, "")
    assert verdict(ENGLISH, replace(CHECK, reason="If they pay."))[0] == "Yes, if they pay"


def test_without_a_condition_the_decision_has_its_own_words() -> None:
    assert verdict(DANISH, CHECK) == ("Ja, hvis …", "Vi vil gerne")
    assert verdict(DANISH, CHECK, Told("Vi vil gerne")) == ("Ja, hvis …", "Vi vil gerne")
    no = replace(CHECK, decision=Decision.KINDLY_NO, reason="Hvis bare vi kunne")
    assert verdict(DANISH, no) == ("Pænt nej", "Hvis bare vi kunne")


def test_a_condition_becomes_something_one_does() -> None:
    step = to_do(DANISH, Decision.GO_ON_IF, STEP)
    assert step == replace(STEP, text="Få afklaret, om de kan komme om lørdagen")
    assert to_do(DANISH, Decision.FIND_OUT, STEP) == STEP


def test_the_card_has_what_and_who_in_one_line() -> None:
    assert on_card(DANISH, replace(STEP, text="Spor"), []) == "Spor"
    assert on_card(DANISH, replace(STEP, text="Spor"), ["Ali", "Mette"]) == "Spor – Ali og Mette"
    assert len(on_card(DANISH, replace(STEP, text="x " * 100), ["Alexandra" * 4] * 5)) <= 300
