from hypothesis import strategies as st

from bot.partner import Hit
from bot.tjek import Check
from bot.translation import Translator
from handlers.views import home as views
from tests.handlers.views.extreme import (
    CHECKS,
    HITS,
    LANGUAGES,
    accepted_message,
    accepted_view,
    extremes,
    maybe,
    words,
)


@LANGUAGES
@extremes(
    name=maybe(200),
    waiting=st.lists(CHECKS, max_size=5),
    mine=st.lists(HITS, max_size=10),
)
def test_home_and_its_message_take_anybody(
    t: Translator, name: str, waiting: list[Check], mine: list[Hit]
) -> None:
    accepted_view(views.home(t, name, waiting, mine))
    accepted_message(t, views.overview(t, name, waiting, mine))


@extremes(sentence=words(1000))
def test_a_closed_home_says_its_sentence(sentence: str) -> None:
    accepted_view(views.closed_home(sentence))
