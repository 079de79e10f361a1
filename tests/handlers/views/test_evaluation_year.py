"""The year of evaluations with data as bad as it gets: Slack takes every view of it."""

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from bot.circle import Level
from bot.evaluation import Occasion
from bot.evaluation_questions import shipped
from bot.evaluation_relation import Due, Moved, Relation
from bot.evaluation_year import Beyond, How, Line
from bot.home import page_of
from bot.translation import Translator
from handlers.views import evaluation_move as forms
from handlers.views import evaluation_year as views
from tests.handlers.views.extreme import (
    DANISH,
    LANGUAGES,
    accepted_view,
    extremes,
    texts,
    words,
)

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
USERS = [f"U{n:02}" for n in range(8)]


def line(number: int, name: str, how: How, subject: str, *, moved: bool = True) -> Line:
    due_on = TODAY + number * 20 * DAY
    decided = Moved(Occasion.YEARLY, due_on, due_on, TODAY) if moved else None
    planned = how is How.PLANNED
    return Line(
        Relation(10**9 + number, TODAY, name=name, level=Level.PARTNERSHIP, responsible="U01"),
        Due([*Occasion][number % 5], due_on, subject=subject, moved=decided),
        how,
        due_on if planned else None,
        tuple(USERS) if planned else (),
        asks_partner=True,
        beyond=tuple(Beyond) if planned else (),
    )


@LANGUAGES
@extremes(name=words(250), subject=words(200), called=words(80), how=st.sampled_from(How))
def test_every_page_of_the_year_is_taken(
    t: Translator, name: str, subject: str, called: str, how: How
) -> None:
    lines = [line(n, name, how, subject) for n in range(views.A_PAGE)]
    names = dict.fromkeys(USERS, called)
    accepted_view(views.year_view(t, lines, page_of(2, 45), names, TODAY))
    here = views.about(lines[0], 3)
    assert views.About.read(str(here)) == here
    accepted_view(forms.move_view(t, lines[0], here, TODAY))
    accepted_view(forms.now_view(t, lines[0], here, names))
    instruments = shipped().instruments
    accepted_view(forms.questions_view(t, lines[0], here, instruments, "pulse"))


def test_an_empty_year_says_so() -> None:
    shown = accepted_view(views.year_view(DANISH, [], page_of(1, 0), {}, TODAY))
    assert "Der er ikke noget at evaluere det næste år." in texts(shown)


@pytest.mark.parametrize("occasion", Occasion)
def test_each_occasion_has_its_words(occasion: Occasion) -> None:
    assert views.occasion(DANISH, Due(occasion, TODAY))
    assert views.occasion(DANISH, Due(occasion, TODAY, subject="Kaffe")) == "efter Kaffe"
