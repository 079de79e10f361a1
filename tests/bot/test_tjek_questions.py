from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import UserError
from bot.questions import load
from bot.questions.put import changed, english_left, in_force, in_step, merged, taken_back
from bot.tjek_questions import (
    PART,
    Change,
    Put,
    Step,
    as_put,
    as_question,
    edited,
    own_id,
    question_set,
    shipped,
    steps,
)
from bot.tjek_questions_rules import MOST_IN_THE_SHORT_CHECK, MOST_ON_A_PAGE, checked

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TJEK = load("tjek")
HOURS = shipped()["hours"]
JOY = Put("own_7", "fit", "Er det rart?", "Det bliver ved.", "Glæde")


def change(put: Put, number: int = 1) -> Change:
    return Change(put, "U02", NOW, number)


def put_with(*puts: Put) -> dict[str, Put]:
    return as_put(change(put, number) for number, put in enumerate(puts, 1))


def test_without_a_change_the_questions_are_those_that_are_shipped() -> None:
    assert question_set(as_put([])) == TJEK
    assert not any(edited(put) or put.own for put in shipped().values())


def test_a_change_stands_in_its_place_and_the_last_one_holds() -> None:
    first = replace(HOURS, text_da="Har vi tid?")
    asked = question_set(put_with(first, replace(first, text_da="Har vi timer?")))
    assert asked.question("hours").text.da == "Har vi timer?"
    assert asked.question("hours").number == 13
    assert asked.question("hours").source == TJEK.source
    assert edited(first)


def test_switched_off_leaves_no_gap_in_the_numbers() -> None:
    asked = question_set(put_with(replace(HOURS, on=False)))
    assert [question.number for question in asked.questions] == list(range(1, 14))
    assert asked.question("money").number == 13


def test_a_page_without_questions_is_not_there() -> None:
    asked = question_set(put_with(replace(HOURS, on=False), replace(shipped()["money"], on=False)))
    assert [page.id for page in asked.pages] == ["fit", "effect", "strength"]


def test_their_own_come_last_on_their_page_in_the_order_they_were_added() -> None:
    other = replace(JOY, question_id="own_12", short_da="Mod", short_check=True, stop=True)
    asked = question_set(put_with(JOY, other, replace(JOY, why_da="Derfor.")))
    assert [question.id for question in asked.page("fit").questions][4:] == ["own_7", "own_12"]
    assert asked.question("own_12").number == 6
    assert asked.question("own_12").source is None
    assert asked.question("own_12") in asked.short
    assert JOY.own
    assert not edited(JOY)
    assert own_id(7) == "own_7"


def test_what_is_asked_survives_being_stored_with_a_check() -> None:
    asked = question_set(put_with(JOY, replace(HOURS, on=False)))
    assert type(asked).model_validate(asked.model_dump(mode="json")) == asked


def test_where_the_english_is_empty_the_danish_stands() -> None:
    bare = replace(HOURS, text_en="", why_en="", short_en="")
    asked = question_set(put_with(bare)).question("hours")
    assert (asked.text.en, asked.why.en, asked.short.en) == (
        HOURS.text_da,
        HOURS.why_da,
        HOURS.short_da,
    )


def test_texts_are_cleaned() -> None:
    tidy = checked(replace(JOY, text_da=" Er  det\nrart? "), as_put([]))
    assert tidy == JOY


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text_da": ""}, "text_da"),
        ({"why_da": " \u200b"}, "why_da"),
        ({"short_da": ""}, "short_da"),
        ({"text_da": "x" * 151}, "text_da"),
        ({"why_en": "x" * 201}, "why_en"),
        ({"short_en": "x" * 25}, "short_en"),
        ({"why_da": "ring til 010190-1234"}, "why_da"),
        ({"short_da": "TIMER"}, "short_da"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(wrong: dict[str, str], field: str) -> None:
    with pytest.raises(UserError) as refused:
        checked(replace(JOY, **wrong), as_put([]))  # type: ignore[arg-type] # a field and its text
    assert refused.value.field == field


def test_a_name_is_free_again_when_its_question_is_switched_off() -> None:
    off = replace(HOURS, on=False)
    puts = put_with(off)
    assert checked(replace(JOY, short_da="Timer"), puts)
    assert checked(off, put_with(off, replace(JOY, short_da="Timer"))) == off


def test_a_page_has_room_for_so_many_and_no_more() -> None:
    others = [
        replace(JOY, question_id=f"own_{number}", short_da=f"Glæde {number}", on=number > 2)
        for number in range(MOST_ON_A_PAGE - 4)
    ]
    full = put_with(*others)
    with pytest.raises(UserError, match="no more") as refused:
        checked(replace(JOY, question_id=""), full)
    assert refused.value.field == "page"
    assert checked(others[3], full) == others[3]
    assert checked(replace(JOY, question_id="", page="able"), full)


def test_one_question_is_left_to_ask_and_one_in_the_short_check() -> None:
    *others, last = shipped().values()
    off = put_with(*(replace(put, on=False) for put in others))
    with pytest.raises(UserError, match="left to ask") as refused:
        checked(replace(last, on=False), off)
    assert refused.value.field == "choices"
    with pytest.raises(UserError, match="left in the short check"):
        checked(replace(last, short_check=False), off)
    assert checked(last, off) == last


def test_the_short_check_stays_short() -> None:
    short = put_with(
        *(replace(put, short_check=True) for put in [*shipped().values()][:MOST_IN_THE_SHORT_CHECK])
    )
    in_it = sum(put.short_check for put in short.values())
    assert in_it > MOST_IN_THE_SHORT_CHECK
    with pytest.raises(UserError, match="already") as refused:
        checked(replace(JOY, short_check=True), short)
    assert refused.value.field == "choices"


def test_what_differs_is_told_in_the_order_of_the_form() -> None:
    after = replace(HOURS, short_check=False, text_da="Har vi tid?")
    assert changed(HOURS, after) == ("text_da", "short_check")
    assert changed(HOURS, HOURS) == ()


def test_english_that_may_say_something_else_by_now_is_noticed() -> None:
    danish = replace(HOURS, text_da="Har vi tid?", short_da="Tid")
    assert english_left(HOURS, danish) == ("text_en", "short_en")
    assert english_left(HOURS, replace(danish, text_en="Is there time?")) == ("short_en",)
    assert not english_left(HOURS, replace(HOURS, text_da="Har vi tid?", text_en=""))
    assert not english_left(HOURS, replace(HOURS, stop=False))
    assert not english_left(JOY, replace(JOY, text_da="Er det sjovt?"))


def test_where_the_danish_alone_was_changed_it_is_what_everybody_is_asked() -> None:
    put = in_step(HOURS, replace(HOURS, text_da="Har vi tid?"))
    question = as_question(put, 1)
    assert question.text.en == question.text.da == "Har vi tid?"
    assert question.why.en == HOURS.why_en, "that stands as it was in both"
    again = replace(put, text_en=HOURS.text_en)
    assert in_step(put, again) == again, "who writes it anew says that it still fits"
    better = replace(HOURS, text_en="Is there time?")
    assert in_step(HOURS, better) == better, "a better translation asks nothing else"


def test_a_change_is_in_force_until_nothing_of_it_is_left() -> None:
    step = Step(Change(replace(HOURS, text_da="Har vi tid?", stop=False), "U01", NOW), HOURS)
    assert in_force(step, step.change.put)
    assert in_force(step, replace(HOURS, stop=False))
    assert not in_force(step, HOURS)


def test_two_edits_are_put_together() -> None:
    mine = replace(HOURS, text_da="Mit?", stop=False)
    theirs = replace(HOURS, text_da="Deres?", why_da="Deres.", stop=False)
    merge = merged(HOURS, mine, theirs)
    assert merge.merged == replace(theirs, text_da="Mit?")
    assert merge.theirs_changed == ("text_da", "why_da", "stop")
    assert merge.both_changed == ("text_da",)


def test_the_history_has_the_newest_step_first_with_what_it_replaced() -> None:
    first = replace(HOURS, text_da="Har vi tid?")
    second = replace(first, stop=False)
    told = steps([change(first, 1), change(JOY, 2), change(second, 3)])
    assert [step.change.id for step in told] == [3, 2, 1]
    assert [step.before for step in told] == [first, None, HOURS]
    assert [step.parts for step in told] == [("stop",), tuple(PART), ("text_da",)]


def test_a_step_taken_back_leaves_later_steps_alone() -> None:
    first = replace(HOURS, text_da="Har vi tid?")
    second = replace(first, stop=False)
    *_, oldest = steps([change(first, 1), change(second, 2)])
    assert taken_back(oldest, second) == replace(HOURS, stop=False)
    (added,) = steps([change(JOY)])
    assert taken_back(added, JOY) == replace(JOY, on=False)
