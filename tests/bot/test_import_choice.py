"""What somebody decides about doubtful rows: by sort, and row by row."""

from typing import Any

import pytest

from bot.errors import UserError
from bot.import_choice import Choice, Likely, Sort, with_rows
from bot.import_draft import Register, draft
from bot.import_plan import Plan, plan
from bot.import_record import Doubt, Line, Person, Reason, Record
from bot.import_traits import traits_of
from bot.partner import ContactPerson, Partner

ANNE = "anne@springbraet.dk"
REGISTER = (
    Partner("Springbræt", id=1, cvr="25313763", people=(ContactPerson("Anne", email=ANNE, id=9),)),
    Partner("Rotary", id=2, area="Nord"),
    Partner("Rotary", id=3, area="Syd"),
    Partner("Kulturhuset Nord", id=4),
)
STRANGE = Doubt("kind", "klub?", Reason("What is that?"), taken=False)


def row(
    number: int, name: str, *people: Person, doubts: tuple[Doubt, ...] = (), **more: Any
) -> Record:
    lines = (Line(number, (name,)),)
    return Record((number,), {"name": name, **more}, people, doubts=doubts, lines=lines)


ROWS = (
    row(2, "Bogklubben Ø", Person("Anne", email=ANNE)),
    row(3, "Springbræt", cvr="13612870"),
    row(4, "Rotary"),
    row(5, "Kulturhust Nord"),
    row(6, "Kulturhuset Nrod", doubts=(STRANGE,)),
)


def planned(choice: Choice, rows: tuple[Record, ...] = ROWS) -> Plan:
    register = Register("T01", tuple(map(traits_of, REGISTER)))
    found = draft(rows, register, choice)
    partners = {one.id: one for one in REGISTER if one.id in found.meant}
    return plan(found, partners, {}, register, "list.csv")


def left(made: Plan) -> list[int]:
    return [one.record.numbers[0] for one in made.doubtful]


def settled(made: Plan) -> list[tuple[int, Sort | None]]:
    return [(one.record.numbers[0], one.sort) for one in made.settled]


def test_each_says_why_it_is_asked_about_and_whom_it_may_be() -> None:
    made = planned(Choice())
    assert [(one.sort, [known.id for known in one.meant]) for one in made.doubtful] == [
        (Sort.OTHER_NAME, [1]),
        (Sort.OTHER_CVR, [1]),
        (Sort.SEVERAL, [2, 3]),
        (Sort.SIMILAR, [4]),
        (None, []),
    ]
    assert not made.settled


@pytest.mark.parametrize("sort", Sort)
def test_one_answer_is_for_the_rows_of_one_sort(sort: Sort) -> None:
    place = list(Sort).index(sort)
    made = planned(Choice(sorts={sort: Likely.NEW}))
    assert [step.numbers for step in made.new] == [(2 + place,)]
    assert settled(made) == [(2 + place, sort)]
    assert left(made) == [number for number in range(2, 7) if number != 2 + place]


def test_the_same_changes_the_partner_we_have_but_for_one_of_several() -> None:
    made = planned(Choice(Likely.SAME))
    assert {step.numbers: step.after.id for step in made.changed} == {(2, 3): 1, (5,): 4}
    assert left(made) == [4, 6]


def test_a_row_has_an_answer_of_its_own() -> None:
    choice = Choice(sorts={Sort.SIMILAR: Likely.NEW}, rows={2: "same", 4: "3", 5: "leave"})
    made = planned(choice)
    assert {step.numbers[0]: step.after.id for step in made.changed} == {2: 1}
    assert made.same == 1  # a Rotary says nothing new
    assert left(made) == [3, 5, 6]
    assert planned(Choice(rows={4: "2"})).same == 1
    assert 4 in left(planned(Choice(rows={4: "same"})))


def test_a_partner_that_is_none_of_those_asked_about_is_no_answer() -> None:
    assert 4 in left(planned(Choice(Likely.NEW, rows={4: "1"})))


def test_a_row_not_understood_and_taken_is_asked_whether_it_is_here_already() -> None:
    made = planned(Choice(taken={6: True}))
    assert left(made) == [2, 3, 4, 5, 6]
    assert settled(made) == [(6, None)]
    made = planned(Choice(unclear=True, taken={6: False}))
    assert not made.settled
    both = planned(Choice(unclear=True, rows={6: "new"}))
    assert settled(both) == [(6, None), (6, Sort.SIMILAR)]


def test_one_of_several_that_only_the_file_has_is_none_of_ours() -> None:
    rows = (row(2, "Lions", cvr="10150817"), row(3, "Lions", cvr="13612870"), row(4, "Lions"))
    made = planned(Choice(Likely.SAME), rows[:2])
    assert made.doubtful == ()
    made = planned(Choice(sorts={Sort.OTHER_CVR: Likely.NEW}), rows)
    (several,) = made.doubtful
    assert (several.sort, several.meant) == (Sort.SEVERAL, ())


def test_answers_are_written_on_the_command_line() -> None:
    choice = with_rows(Choice(Likely.SAME), ("7=new", "8 = take", "9=leave", "10=12"))
    assert choice.rows == {7: "new", 9: "leave", 10: "12"}
    assert choice.taken == {8: True, 9: False}
    assert choice.likely is Likely.SAME


@pytest.mark.parametrize("given", ["7", "new", "x=new", "7=perhaps", "7="])
def test_what_is_no_answer_is_refused(given: str) -> None:
    with pytest.raises(UserError, match="--row"):
        with_rows(Choice(), [given])
