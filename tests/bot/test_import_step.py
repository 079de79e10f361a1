from dataclasses import replace

import pytest

from bot.guard import NOTE_LENGTH
from bot.partner import Partner
from tests.bot.test_import_plan import OURS, only_change, planned, row

NOTED = replace(OURS, note="Ring først")


@pytest.mark.parametrize(
    ("said", "afterwards"),
    [
        ("Har nøgle", "Ring først\n\nHar nøgle"),
        ("Ring", "Ring først\n\nRing"),
        ("Ring først\nHar nøgle", "Ring først\nHar nøgle"),
    ],
)
def test_a_note_comes_below_the_one_that_stands_there(said: str, afterwards: str) -> None:
    made = planned(row(2, "Springbræt", note=said), register=(NOTED,))
    assert only_change(made).note == afterwards
    again = planned(row(2, "Springbræt", note=said), register=(replace(NOTED, note=afterwards),))
    assert again.same == 1


def test_a_note_that_stands_there_already_is_not_written_twice() -> None:
    assert planned(row(2, "Springbræt", note="ring først"), register=(NOTED,)).same == 1


def test_the_notes_of_several_rows_come_one_below_the_other() -> None:
    rows = (row(2, "Klub Nord", note="første"), row(3, "Klub Nord", note="anden"))
    (step,) = planned(*rows, register=()).new
    assert step.after.note == "første\n\nanden"


def test_with_our_own_number_the_cell_is_the_whole_note() -> None:
    made = planned(row(2, "Springbræt", id=1, note="Har nøgle"), register=(NOTED,))
    assert only_change(made).note == "Har nøgle"


def test_two_notes_that_are_too_long_together_are_refused() -> None:
    known = Partner("Springbræt", id=1, note="a" * NOTE_LENGTH)
    (refused,) = planned(row(2, "Springbræt", note="b"), register=(known,)).refused
    assert refused.number == 2
    assert refused.reasons[0].values["limit"] == NOTE_LENGTH
