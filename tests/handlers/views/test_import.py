"""The views of an import hold whatever a file says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.import_choice import Choice, Likely, Sort
from bot.import_header import letter
from bot.import_plan import Doubtful, Plan
from bot.import_record import Doubt, Line, Reason, Record, Refused
from bot.import_sheet import Column, Columns, Sure
from bot.import_step import Step
from bot.import_undo import WORKED_ON, Imported, Noted, Stay, Undoing
from bot.partner import ContactPerson, Partner
from bot.translation import Translator
from bot.workspace import Language
from handlers.views import import_done, import_doubt, import_form, import_preview
from handlers.views.import_note import Note, read_note
from sandbox.validation import check_view

LONG = "<!channel> **Ö** {x} " * 150
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
BEFORE = Partner(LONG, id=1, people=(ContactPerson(LONG, id=2),))
AFTER = Partner(
    LONG,
    id=1,
    area=LONG,
    note=LONG,
    website=LONG,
    archived=True,
    keywords=(LONG,) * 9,
    people=(ContactPerson(LONG, email=LONG, id=2), ContactPerson(LONG)),
)
REASON = Reason("It says {value}.", {"value": LONG})
RECORD = Record((7,), {"name": LONG}, lines=(Line(7, (LONG,)),))
UNCLEAR = Record((8,), {}, doubts=(Doubt("kind", LONG, REASON, taken=False),))
PLAN = Plan(
    new=(Step((2,), None, AFTER),) * 50,
    changed=(Step((3,), BEFORE, AFTER, date(2026, 1, 1)),) * 50,
    same=12_345,
    doubtful=(Doubtful(RECORD, (REASON,), Sort.SIMILAR, (AFTER,)), Doubtful(UNCLEAR, (REASON,))),
    refused=(Refused((Line(9, ()),), (REASON,)),) * 50,
    notes=((4, REASON),) * 50,
)
CHOICE = Choice(
    Likely.SAME, unclear=True, sorts={Sort.SIMILAR: Likely.NEW}, rows={7: "12"}, taken={8: False}
)
NOTE = Note("F1", 2, {"A": "name"}, CHOICE, "abc")
LETTERS = [letter(number) for number in range(import_form.LISTED)]
FULL = Note(
    "F0123456789",
    9,
    dict.fromkeys(LETTERS, "person.no_contact"),
    Choice(rows=dict.fromkeys(range(199_990, 200_002), "123456789")),
    "0123456789abcdef",
)


def doubtful(number: int, sort: Sort | None) -> Doubtful:
    meant = (BEFORE, replace(AFTER, id=2)) if sort is Sort.SEVERAL else (AFTER,)
    record = Record((number,), {"name": LONG}, doubts=() if sort else UNCLEAR.doubts)
    return Doubtful(record, (REASON,), sort, meant if sort else ())


def _number(one: Doubtful) -> int:
    return one.record.numbers[0]


def of_every_sort(rows: int) -> tuple[Doubtful, ...]:
    sorts = (*Sort, None)
    return tuple(doubtful(199_990 + n, sorts[n % len(sorts)]) for n in range(rows))


@pytest.fixture(params=Language)
def t(request: pytest.FixtureRequest) -> Translator:
    return Translator(request.param)


def test_the_forms_fit(t: Translator) -> None:
    past = Imported(1, "U01", NOW, LONG, {"new": 1}, "U01", NOW)
    standing = Imported(1, "U01", NOW, LONG, {})
    assert not check_view(import_form.file_view(t, [past, standing] * 3, NOW.date()).to_dict())
    columns = Columns(
        tuple(
            Column(n, LONG if n else "", "name" if n else "", Sure.HEADER, 0, (LONG,) * (n % 2))
            for n in range(200)
        ),
        sheets=("**Partnere** <!channel>", *(f"{n} {LONG}" for n in range(200))),
        title="**Partnere** <!channel>",
    )
    view = import_form.columns_view(t, columns, LONG, NOTE)
    assert not check_view(view.to_dict())
    assert "**Partnere** <!channel>" in str(view.to_dict())
    assert "import_sheet" not in str(
        import_form.columns_view(t, Columns(columns.all), LONG, NOTE).to_dict()
    )
    last = replace(columns, title=columns.sheets[-1])
    assert not check_view(import_form.columns_view(t, last, LONG, FULL).to_dict())


def test_a_form_remembers_all_of_it() -> None:
    assert read_note(NOTE.written()) == NOTE
    assert read_note(FULL.written()) == FULL


def preview(t: Translator, plan: Plan, note: Note = FULL) -> dict[str, Any]:
    view = import_preview.preview_view(t, plan, LONG, note, {}, columns=True, answered=True)
    return view.to_dict()


def test_a_preview_fits(t: Translator) -> None:
    few = of_every_sort(import_doubt.FEW)
    taken = tuple(doubtful(number, None) for number in sorted({*map(_number, few)}))
    several = replace(PLAN, doubtful=tuple(one for one in few if one.sort), settled=taken)
    for plan in (PLAN, Plan(), Plan(doubtful=of_every_sort(300)), several):
        assert not check_view(preview(t, plan))


@pytest.mark.parametrize("rows", [import_doubt.FEW, import_doubt.FEW + 1])
@pytest.mark.parametrize("settled", [True, False])
def test_whatever_was_answered_can_be_answered_otherwise(rows: int, *, settled: bool) -> None:
    doubts = of_every_sort(rows)
    plan = Plan(settled=doubts) if settled else Plan(doubtful=doubts)
    view = preview(Translator(Language.ENGLISH), plan, Note("F1"))
    ids = {block["block_id"].partition(".")[0] for block in view["blocks"]}
    one_by_one = {import_doubt.ROW, import_doubt.TAKE, import_doubt.AGAIN}
    all_at_once = {import_doubt.SORT, import_doubt.UNCLEAR}
    assert one_by_one <= ids if rows <= import_doubt.FEW else all_at_once <= ids
    assert not ids & (all_at_once if rows <= import_doubt.FEW else one_by_one)


@pytest.mark.parametrize("rows", [import_doubt.FEW, import_doubt.FEW + 1])
@pytest.mark.parametrize(
    "choice", [Choice(), Choice(Likely.SAME), Choice(Likely.NEW, unclear=True)]
)
def test_a_form_that_is_sent_as_it_was_shown_says_nothing_new(rows: int, choice: Choice) -> None:
    plan = Plan(doubtful=of_every_sort(rows))
    pinned = import_doubt.pinned(plan, choice)
    view = preview(Translator(Language.ENGLISH), plan, Note("F1", choice=pinned))
    assert import_doubt.read_choice(_state(view), pinned) == pinned


def _state(view: dict[str, Any]) -> dict[str, Any]:
    """What Slack says of a form in which nobody has touched anything."""
    found: dict[str, Any] = {}
    for block in view["blocks"]:
        for one in (*block.get("elements", ()), block.get("accessory")):
            if one and "options" in one:
                several = one.get("initial_options", [])
                state = {"selected_option": one.get("initial_option"), "selected_options": several}
                found[block["block_id"]] = {one["action_id"]: state}
    return found


def test_what_was_done_and_undone_fits(t: Translator) -> None:
    assert not check_view(import_done.done_view(t, PLAN, 1, LONG).to_dict())
    one = Imported(1, "U01", NOW, LONG, {"new": 1})
    assert not check_view(import_done.past_view(t, one, NOW.date(), undoable=True).to_dict())
    stays = (Stay(LONG, WORKED_ON), Stay("", WORKED_ON)) * 30
    what = Undoing((1, 2), (), stays, (Noted(1, no_contact=True),))
    assert not check_view(import_done.undone_view(t, what).to_dict())
