from bot.evaluation_parts import ROOM, Part, packed, pages, parts
from bot.evaluation_result import result
from tests.bot.evaluations_held import answered, held

LONG = "æ" * 3000


def test_a_short_result_is_one_message() -> None:
    found = result(held({"1": answered(4, last="Tak"), "2": answered(4)}), [])
    (part,) = parts(found)
    assert part == Part(leads=True, written=found.written)


def test_what_was_written_about_the_talk_comes_first() -> None:
    sheets = {"1": answered(5, 5, easy="Om let"), "@#2": answered(5, 2, roles="Om roller")}
    (part,) = pages(result(held(sheets), []))
    assert [one.text for one in part.written] == ["Om roller", "Om let"]


def test_200_long_notes_are_split_and_none_is_cut() -> None:
    sheets = {f"{n}": answered(4, last=f"{n:03}{LONG}"[:3000]) for n in range(200)}
    found = result(held(sheets), [])
    laid_out = parts(found)
    assert [one for part in laid_out for one in part.written] == list(found.written)
    assert not laid_out[0].written
    assert [part.leads for part in laid_out] == [True] + [False] * (len(laid_out) - 1)
    assert all(sum(len(one.text) for one in part.written) <= ROOM for part in laid_out)


def test_many_short_notes_stand_with_the_finding_up_to_a_dozen() -> None:
    sheets = {f"{n}": answered(4, easy=f"Note {n}") for n in range(100)}
    first, *others = pages(result(held(sheets), []))
    assert len(first.written) == 12
    assert [len(part.written) for part in others] == [40, 40, 8]


def test_the_charts_come_last() -> None:
    sheets = {"1": answered(*[4] * 6), "@#2": answered(*[4] * 6, last=LONG)}
    found = result(held(sheets), [held(sheets, days_ago=180)])
    assert [(part.leads, len(part.written), len(part.charts)) for part in parts(found)] == [
        (True, 0, 0),
        (False, 1, 0),
        (False, 0, 1),
    ]


def test_nothing_is_no_lot() -> None:
    assert not list(packed([], len))
