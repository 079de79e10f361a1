"""What a library makes of the instruments: edited, added to, switched off, and back again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import UserError
from bot.evaluation_instruments import (
    ITSELF,
    NEW,
    PART,
    Change,
    Put,
    as_put,
    edited,
    instruments_of,
    own_id,
    questions_of,
    steps,
    theme_name,
    themes,
)
from bot.evaluation_instruments import shipped as puts_shipped
from bot.evaluation_instruments_rules import (
    MOST_ASKED,
    MOST_INSTRUMENTS,
    MOST_KEPT,
    NAME_LENGTH,
    checked,
)
from bot.evaluation_questions import Answers, shipped
from bot.questions.put import english_left, in_force, in_step, merged, taken_back

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EASY = puts_shipped()["pulse", "easy"]
GOAL = puts_shipped()["partnership", "goal"]
SCHOOLS = Put("own_1", ITSELF, text_da="Skoler", why_da="vores egne")
JOY = Put("own_1", "own_2", "Glæde", text_da="Er det sjovt?", why_da="Det bliver ved.")


def changes(*puts: Put) -> Sequence[Change]:
    return [Change(put, "U02", NOW, number) for number, put in enumerate(puts, 1)]


def test_unchanged_they_are_as_shipped() -> None:
    assert instruments_of([]) == shipped()
    assert not any(edited(put) or put.own for put in puts_shipped().values())


def test_every_shipped_instrument_tells_its_source_in_both_languages() -> None:
    heads = [put for put in puts_shipped().values() if not put.is_question]
    assert len(heads) == len(shipped().instruments)
    assert all("egne" in head.why_da and "our own" in head.why_en for head in heads)


def test_an_edit_is_asked_in_its_instrument_alone() -> None:
    put = replace(EASY, text_da="Går det let?", text_en="")
    made = instruments_of(changes(put))
    question = made.get("pulse").question("easy")
    assert (question.text.da, question.text.en) == ("Går det let?", "Går det let?")
    assert made.get("collaboration") == shipped().get("collaboration")
    assert edited(put)


def test_a_question_switched_off_is_not_asked_and_an_empty_theme_goes() -> None:
    made = instruments_of(changes(replace(EASY, on=False))).get("pulse")
    assert [question.id for question in made.questions] == ["forward", "difference"]
    assert [theme.id for theme in made.themes] == ["progress", "results"]


def test_what_is_used_no_more_is_not_there() -> None:
    on = instruments_of(changes(SCHOOLS, JOY))
    assert on.get("own_1").name.en == "Skoler"
    assert on.get("own_1").asks_partner
    assert not on.get("pulse").asks_partner
    for off in (replace(SCHOOLS, on=False), replace(JOY, on=False)):
        assert instruments_of(changes(SCHOOLS, JOY, off)) == shipped()


def test_a_theme_of_their_own_is_the_same_in_every_year_and_stands_before_the_criteria() -> None:
    here = replace(JOY, instrument_id="partnership")
    again = replace(here, question_id="own_3", theme=" glæde ", text_da="Ler vi?")
    made = instruments_of(changes(here, again)).get("partnership")
    assert [theme.id for theme in made.themes][-1] == "criteria"
    assert len({question.theme for question in made.questions[-8:-6]}) == 1
    assert made.questions[-8].answers is Answers.FIVE
    assert theme_name(here).en == "Glæde"
    assert theme_name(GOAL).da == "De seks kendetegn"
    assert theme_name(replace(JOY, theme="trust")).en == "Trust"


def test_criteria_are_no_theme_to_choose() -> None:
    assert [*themes()] == ["cooperation", "progress", "results", "trust", "value"]


def test_questions_stand_by_theme_those_switched_off_too() -> None:
    late = Put("pulse", "own_9", "cooperation", text_da="Er det rart?", why_da="Ja.")
    here = questions_of(as_put(changes(late, replace(EASY, on=False))), "pulse")
    assert [put.question_id for put in here] == ["easy", "own_9", "forward", "difference"]
    assert not here[0].on


def test_the_history_begins_with_the_newest_and_goes_back_step_by_step() -> None:
    put = replace(EASY, text_da="Går det let?")
    made = changes(put, JOY, replace(put, why_da="Derfor."))
    told = steps(made)
    assert [step.parts for step in told] == [("why_da",), tuple(PART), ("text_da",)]
    now = as_put(made)
    assert taken_back(told[2], now[EASY.key]).text_da == EASY.text_da
    assert not taken_back(told[1], JOY).on
    assert in_force(told[0], now[EASY.key])
    assert not in_force(told[0], put)


def test_two_edits_are_one_and_the_english_does_not_stay_behind() -> None:
    mine, theirs = replace(EASY, text_da="Går det let?"), replace(EASY, why_da="Derfor.", on=False)
    both = merged(EASY, mine, theirs)
    assert (both.merged.text_da, both.merged.why_da, both.merged.on) == (
        "Går det let?",
        "Derfor.",
        False,
    )
    assert (both.theirs_changed, both.both_changed) == (("why_da", "on"), ())
    assert english_left(EASY, mine) == ("text_en",)
    assert in_step(EASY, mine).text_en == ""


def test_a_number_makes_an_id() -> None:
    assert own_id(7) == "own_7"


PUTS = as_put(changes(SCHOOLS, JOY))


def refused(put: Put, puts: dict[tuple[str, str], Put] | None = None) -> str | None:
    with pytest.raises(UserError) as error:
        checked(put, puts or PUTS)
    return error.value.field


def test_what_may_be_stored_is_tidied() -> None:
    new = replace(JOY, question_id=NEW, theme="  Trust ", text_da=" Kan  vi\nalle? ")
    tidy = checked(new, PUTS)
    assert (tidy.theme, tidy.text_da) == ("trust", "Kan vi alle?")
    assert checked(EASY, PUTS) == EASY
    assert checked(replace(JOY, theme="Mod"), PUTS).theme == "Mod"
    assert checked(replace(EASY, text_da="Er {other} med?"), PUTS).text_da == "Er {other} med?"
    assert checked(replace(SCHOOLS, text_da="Børn"), PUTS).text_da == "Børn"


@pytest.mark.parametrize(
    ("put", "field"),
    [
        (replace(JOY, text_da=" \u200b"), "text_da"),
        (replace(JOY, why_da=""), "why_da"),
        (replace(JOY, text_da="a" * 151), "text_da"),
        (replace(JOY, text_en="{navn}"), "text_en"),
        (replace(JOY, why_da="010203-1234"), "why_da"),
        (replace(JOY, theme=" "), "theme"),
        (replace(JOY, theme="a" * 25), "theme"),
        (replace(JOY, on=False), "choices"),
        (replace(JOY, question_id=NEW, text_da="er det sjovt?"), "text_da"),
        (replace(SCHOOLS, text_da=""), "text_da"),
        (replace(SCHOOLS, text_da="a" * (NAME_LENGTH + 1)), "text_da"),
        (replace(SCHOOLS, instrument_id="", text_da="Halvårspuls"), "text_da"),
    ],
)
def test_what_may_not_be_stored_is_said_at_its_field(put: Put, field: str) -> None:
    assert refused(put) == field


def test_two_alike_may_stand_there_where_one_is_not_asked() -> None:
    off = replace(JOY, question_id="own_3", text_da="er det sjovt?", on=False)
    assert checked(off, PUTS) == off


def test_twelve_are_asked_and_the_criteria_are_not_counted() -> None:
    many = [
        replace(JOY, question_id=f"own_{n}", text_da=f"Nummer {n}?")
        for n in range(2, MOST_ASKED + 2)
    ]
    full = as_put(changes(SCHOOLS, *many))
    new = replace(JOY, question_id=NEW)
    assert refused(new, full) == "choices"
    assert checked(replace(new, on=False), full)
    assert checked(replace(many[0], why_da="Derfor."), full)
    more = [replace(put, instrument_id="partnership") for put in many[:3]]
    assert checked(GOAL, as_put(changes(*more))) == GOAL
    assert refused(replace(new, instrument_id="partnership"), as_put(changes(*more))) == "choices"


def test_there_is_an_end_to_what_is_kept() -> None:
    off = [
        replace(JOY, question_id=f"own_{n}", text_da=f"Nummer {n}?", on=n == 0)
        for n in range(MOST_KEPT)
    ]
    assert refused(replace(JOY, question_id=NEW), as_put(changes(SCHOOLS, *off))) == "text_da"
    heads = [
        replace(SCHOOLS, instrument_id=f"own_{n}", text_da=f"Skema {n}")
        for n in range(MOST_INSTRUMENTS)
    ]
    new = replace(SCHOOLS, instrument_id="")
    assert refused(new, as_put(changes(*heads))) == "text_da"
