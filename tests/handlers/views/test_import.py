"""The views of an import hold whatever a file says."""

from datetime import UTC, date, datetime

import pytest

from bot.import_draft import Choice, Likely
from bot.import_plan import Doubtful, Plan
from bot.import_record import Doubt, Line, Reason, Record, Refused
from bot.import_sheet import Column, Columns, Sure
from bot.import_step import Step
from bot.import_undo import WORKED_ON, Imported, Noted, Stay, Undoing
from bot.partner import ContactPerson, Partner
from bot.translation import Translator
from bot.workspace import Language
from handlers.views import import_done, import_form, import_preview
from handlers.views.import_form import Note
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
    doubtful=(Doubtful(RECORD, (REASON,)), Doubtful(UNCLEAR, (REASON,))) * 50,
    refused=(Refused((Line(9, ()),), (REASON,)),) * 50,
    notes=((4, REASON),) * 50,
)
NOTE = Note("F1", {"A": "name"}, Choice(Likely.SAME, unclear=True), "abc")


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
        sheets=("**Partnere** <!channel>", *(LONG,) * 9),
    )
    view = import_form.columns_view(t, columns, LONG, NOTE)
    assert not check_view(view.to_dict())
    assert "**Partnere** <!channel>" in str(view.to_dict())
    assert "import_sheet" not in str(
        import_form.columns_view(t, Columns(columns.all), LONG, NOTE).to_dict()
    )
    assert import_form.read_note(NOTE.written()) == NOTE


def test_a_preview_fits(t: Translator) -> None:
    for plan in (PLAN, Plan(), Plan(doubtful=PLAN.doubtful)):
        assert not check_view(import_preview.preview_view(t, plan, LONG, NOTE).to_dict())


def test_what_was_done_and_undone_fits(t: Translator) -> None:
    assert not check_view(import_done.done_view(t, PLAN, 1, LONG).to_dict())
    one = Imported(1, "U01", NOW, LONG, {"new": 1})
    assert not check_view(import_done.past_view(t, one, NOW.date()).to_dict())
    stays = (Stay(LONG, WORKED_ON), Stay("", WORKED_ON)) * 30
    what = Undoing((1, 2), (), stays, (Noted(1, no_contact=True),))
    assert not check_view(import_done.undone_view(t, what).to_dict())
