"""What came with our own JSON is nobody's, and as long as a file can make it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.circle import Level, Move, Why
from bot.circle_course import Course
from bot.contact import Acquaintance, Contact, Kind
from bot.history import Entry, Happened, Past, What
from bot.import_plan import Plan
from bot.import_step import Step
from bot.import_story import Story
from bot.import_undo import Undoing
from bot.partner import Hit, Partner
from bot.tjek import Answer, Check, Decision, Sheet, asked
from bot.tjek_read_in import apart, laid_out
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import (
    circle_way,
    contact,
    contact_who,
    history,
    import_change,
    import_done,
    import_preview,
    tjek_result,
)
from handlers.views.history_words import Words
from handlers.views.import_note import Note
from sandbox.validation import check_view
from tests.handlers.library import said
from tests.handlers.views.extreme import DANISH, LANGUAGES, accepted_view

NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LONG = "<!channel> **Ö** {who} " * 26  # what a file may hold
TALK = Contact(1, Kind.TALKED, date(2026, 5, 2), "", NOW, LONG, LONG, id=3)
MOVE = Move(1, Level.NETWORK, Level.PARTNERSHIP, Why.JUDGED, "", NOW, LONG, LONG, LONG, id=4)
CHECK = Check("", NOW, partner_name=LONG, idea=LONG, finished_at=NOW, reason=LONG, id=5)
STORY = Story((TALK,) * 12_345, (MOVE,), (CHECK,) * 2)
BEFORE = Partner("Springbræt", id=1)
PLAN = Plan((Step((2,), None, BEFORE, story=STORY),), (Step((3,), BEFORE, BEFORE, story=STORY),))


@LANGUAGES
def test_what_comes_along_is_told_before_and_after(t: Translator) -> None:
    for plan in (PLAN, replace(PLAN, ideas=(CHECK,)), Plan(ideas=(CHECK,))):
        view = import_preview.preview_view(t, plan, LONG, Note("F1"), {}, columns=False)
        assert not check_view(view.to_dict())
        assert view.to_dict()["submit"]
        assert not check_view(import_done.done_view(t, plan, 7, LONG).to_dict())
    undone = Undoing((), (), (), story={"contacts": 1, "moves": 12, "checks": 0})
    assert not check_view(import_done.undone_view(t, undone).to_dict())


def test_the_sentences_of_what_comes_along() -> None:
    assert import_preview.counted(DANISH, PLAN) == [
        "én er ny",
        "én rettes",
        "24.690 kontakter kommer med",
        "2 flytninger i cirklen kommer med",
        "4 tjek kommer med",
    ]
    assert import_change.sentences(DANISH, PLAN.changed[0]) == [
        "nyt: 12.345 kontakter, én flytning i cirklen og 2 tjek"
    ]
    undone = Undoing((), (), (), story={"contacts": 1, "moves": 0, "checks": 1})
    assert import_done.taken_back(DANISH, undone) == [
        "det, der kom med, er slettet: én kontakt og ét tjek"
    ]


@LANGUAGES
def test_a_contact_that_came_fits_and_names_nobody(t: Translator) -> None:
    many = [replace(TALK, id=number) for number in range(1, 30)]
    view = contact.all_view(t, BEFORE, many, "U01", NOW)
    shown = accepted_view(view)
    assert "'user'" not in str(shown)
    assert t("read in") in said(shown)
    found = Acquaintance(Hit(1, "Springbræt"), about=TALK)
    reply = contact_who.answer(t, "foråret", [found], TODAY)
    assert "'user'" not in str(reply.payload())


@LANGUAGES
@pytest.mark.parametrize("why", list(Why))
def test_a_move_that_came_names_nobody(t: Translator, why: Why) -> None:
    course = Course(moves=[replace(MOVE, why=why)])
    (line,) = circle_way.told(t, course, TODAY, whole=True)
    assert "'user'" not in str(line._resolve())
    assert t("read in") in str(line._resolve())


def test_the_history_tells_where_it_is_from() -> None:
    words = Words(DANISH, Workspace(), {}, TODAY)
    past = Past(BEFORE)
    entries = [Entry("", NOW, (Happened(What.ADDED, "", NOW),))]
    entries += [Entry("", NOW, (Happened(What.MOVED, "", NOW, MOVE),))]
    for entry in entries:
        shown = accepted_view(history.history_view(words, history.Shown(past, [entry], 0, 1)))
        assert "Kl. 9.05 (fra en fil, der blev læst ind)" in said(shown)
    alone = Entry("", NOW, (Happened(What.FORGOTTEN, "", NOW),))
    shown = accepted_view(history.history_view(words, history.Shown(past, [alone], 0, 1)))
    assert "fra en fil" not in said(shown)


@LANGUAGES
@pytest.mark.parametrize("decision", [None, *Decision])
def test_a_check_that_came_is_read_and_not_decided(
    t: Translator, decision: Decision | None
) -> None:
    questions = asked(CHECK)
    notes = {page.id: LONG for page in questions.pages}
    sheets = {
        str(n): Sheet({one.id: list(Answer)[n % 4] for one in questions.questions}, notes)
        for n in range(60)
    }
    check = replace(CHECK, sheets=sheets, decision=decision)
    view = tjek_result.result_view(
        t, check, laid_out(check, short=False), 0, mine=False, apart=apart(check)
    )
    shown = accepted_view(view)
    assert "'user'" not in str(shown)
    assert "'button'" not in str(shown)
    assert questions.questions[-1].short.in_(t.language) in said(shown)
