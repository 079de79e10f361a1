"""The leader's page with data as bad as people can make them: Slack takes it, on one screen."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from bot.report import Count, Facts, Needs, No, Quarter, Waiting, page
from bot.tjek import IDEA_LENGTH
from bot.tjek import REASON_LENGTH as WHY_NOT
from bot.translation import Translator
from handlers.views import report as views
from handlers.views.parts import Reply, row
from handlers.views.report import Reader
from tests.handlers.library import said
from tests.handlers.views.extreme import (
    DANISH,
    LANGUAGES,
    MOMENTS,
    accepted_message,
    accepted_view,
    extremes,
    moves,
    words,
)

TODAY = date(2026, 12, 8)
FOURTH = Quarter(2026, 4)
NUMBERS = st.integers(1, 30)
MOVES = moves(NUMBERS)
NAMES = words(80).filter(bool)
ANYBODY = st.none() | NUMBERS
NOES = st.builds(No, NUMBERS, NAMES, words(IDEA_LENGTH), words(WHY_NOT), MOMENTS, ANYBODY)
WAITING = st.builds(
    Waiting,
    st.sampled_from(Needs),
    NUMBERS,
    st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1)),
)
COUNTS = st.builds(Count, *[st.integers(0, 10**7)] * 3)
FACTS = st.builds(
    Facts,
    st.lists(MOVES, max_size=9),
    st.lists(NOES, max_size=6),
    st.lists(WAITING, max_size=40),
    COUNTS,
    COUNTS,
)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
READERS = st.builds(Reader, st.booleans(), st.booleans(), st.none() | DAYS, DAYS)
NEITHER = Reader(gets_it=False, never=False, next_on=date(2027, 1, 5), today=date(2026, 11, 24))
SCREEN = 3000  # characters: what a leader reads in two minutes


@LANGUAGES
@extremes(
    facts=FACTS,
    names=st.dictionaries(NUMBERS, NAMES, max_size=30),
    reader=READERS,
    newest=st.booleans(),
)
def test_slack_takes_it_and_it_is_short(
    t: Translator, facts: Facts, names: dict[int, str], reader: Reader, *, newest: bool
) -> None:
    told = replace(page(FOURTH, facts, TODAY), names=names)
    view = views.report_view(t, told, reader, newest=newest)
    accepted_view(view)
    reply = views.message(t, told)
    accepted_message(t, reply)
    shown = reply.payload()
    assert isinstance(shown["blocks"], list)
    spoken = said({"blocks": [one for one in shown["blocks"] if one["type"] == "rich_text"]})
    assert len(spoken) < SCREEN


@LANGUAGES
@extremes(reader=READERS)
def test_the_answers(t: Translator, reader: Reader) -> None:
    accepted_message(t, views.chosen(t, reader))
    accepted_message(t, Reply("x", [row("open", views.open_button(t))]))


def test_many_are_named_and_the_rest_counted() -> None:
    waiting = [Waiting(Needs.NOBODY, number) for number in range(5)]
    names = {number: f"Nr. {number}" for number in range(5)}
    told = replace(page(FOURTH, Facts(waiting=waiting), TODAY), names=names)
    shown = said(views.report_view(DANISH, told, NEITHER, newest=True).to_dict())
    assert "Uden tovholder: Nr. 0, Nr. 1, Nr. 2 og 2 mere" in shown


def test_a_day_has_its_year_where_it_is_another() -> None:
    trial = Waiting(Needs.TRIAL, 1, TODAY + timedelta(days=60))
    told = page(FOURTH, Facts(waiting=[trial]), TODAY)
    told = replace(told, names={1: "Byorkestret"})
    shown = said(views.report_view(DANISH, told, NEITHER, newest=True).to_dict())
    assert "På prøve: Byorkestret (6. feb. 2027)" in shown
