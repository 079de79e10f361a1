"""An evaluation told to anybody: figures of each side, and numbers in place of names."""

from dataclasses import replace

import pytest

from bot.evaluation import Decision, Evaluation, Occasion, Unanswered
from bot.evaluation_told import DECISION, OCCASION, asked, is_criteria, mean, told
from bot.export import Entry, Paper
from bot.export_evaluation import evaluation_rows
from bot.partner import Partner
from bot.round import Kind, Round, Sheet, Standing
from bot.translation import Translator
from bot.workspace import Language, Workspace
from tests.bot.export_entries import EVALUATION, LATE


def test_each_side_is_by_itself_and_what_nobody_knows_is_no_figure() -> None:
    assert mean(EVALUATION, "cooperation", theirs=False) == pytest.approx(4.5)
    assert mean(EVALUATION, "cooperation", theirs=True) == pytest.approx(2)
    assert mean(EVALUATION, "criteria", theirs=False) == pytest.approx(0.5)
    assert mean(EVALUATION, "criteria", theirs=True) is None
    assert mean(replace(EVALUATION, sheets={}), "cooperation", theirs=False) is None


def test_how_many_answered_and_were_asked() -> None:
    assert asked(EVALUATION, theirs=False) == (2, 3)
    assert asked(EVALUATION, theirs=True) == (1, 1)
    assert is_criteria(EVALUATION, "criteria")
    assert not is_criteria(EVALUATION, "cooperation")


def test_every_occasion_and_every_decision_has_its_words() -> None:
    assert {*OCCASION} == {*Occasion}
    assert {*DECISION} == {*Decision, *Unanswered}


def test_nobody_who_was_asked_is_in_it() -> None:
    about = Evaluation(
        3, EVALUATION.occasion, EVALUATION.instrument, EVALUATION.level, EVALUATION.due_on, LATE
    )
    standings = {
        "U09": Standing.WAITING,
        "U02": Standing.ANSWERED,
        "@17": Standing.DECLINED,
        "@5": Standing.ANSWERED,
    }
    this = Round(Kind.EVALUATION, 7, "U02", LATE, LATE, standings, named=False)
    made = told(about, this, {"@#2": Sheet({"easy": "2"}), "1": Sheet({"easy": "4"})}, (), ())
    assert made.invited == {
        "1": Standing.ANSWERED,
        "2": Standing.WAITING,
        "@#1": Standing.ANSWERED,
        "@#2": Standing.DECLINED,
    }
    assert [*made.sheets] == ["1", "@#2"]
    assert "U0" not in repr(made)


def test_a_word_of_another_version_is_shown_as_it_is() -> None:
    paper = Paper(Translator(Language.DANISH), Workspace())
    (row, _) = evaluation_rows(paper, Entry(Partner("S"), evaluations=(EVALUATION,)))
    assert "justeret" in row
    later = replace(EVALUATION, decision="celebrated", revealed_at=None)
    (row, _) = evaluation_rows(paper, Entry(Partner("S"), evaluations=(later,)))
    assert "celebrated" in row


def test_no_number_leads_from_one_answer_to_another() -> None:
    about = Evaluation(
        3, EVALUATION.occasion, EVALUATION.instrument, EVALUATION.level, EVALUATION.due_on, LATE
    )
    standings = dict.fromkeys(("U02", "U03", "U04"), Standing.ANSWERED)
    this = Round(Kind.EVALUATION, 7, "U02", LATE, LATE, standings, named=False)
    sheets = {
        "1": Sheet({"easy": "5", "worth": "1"}, {"easy": "å", "last": "b"}),
        "2": Sheet({"easy": "1", "worth": "5"}, {"last": "a"}),
        "3": Sheet({"worth": "3"}),
    }
    made = told(about, this, sheets, (), ())
    assert made.sheets == {
        "1": Sheet({"easy": "1", "worth": "1"}, {"easy": "å", "last": "a"}),
        "2": Sheet({"easy": "5", "worth": "3"}, {"last": "b"}),
        "3": Sheet({"worth": "5"}),
    }
    assert told(about, this, made.sheets, (), ()).sheets == made.sheets
