"""The picture of the circle in a message: Slack takes it, whatever the partners are called."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.circle import Level
from bot.circle_finding import Seen, finding
from bot.circle_picture import Facts, Missing, Moved, Placed, Shown, Way
from bot.intake import NAME_LENGTH
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import circle_picture as views
from tests.handlers.views.extreme import LANGUAGES, accepted_message, extremes, words

SINCE = datetime(2026, 10, 26, tzinfo=UTC)


@LANGUAGES
@extremes(
    name=words(NAME_LENGTH), way=st.sampled_from(Way), missing=st.sampled_from([None, *Missing])
)
def test_it_is_taken_with_and_without_the_picture(
    t: Translator, name: str, way: Way, missing: Missing | None
) -> None:
    partners = [Placed(number, Level.PARTNERSHIP, name=name) for number in range(9)]
    moves = [Moved(number, Level.NETWORK, SINCE) for number in range(9)]
    seen = Seen(t, Workspace(), date(2026, 11, 24))
    told = finding(seen, Facts(partners, moves), SINCE)
    shown = missing or Shown("F0123ABCD", told)
    accepted_message(t, views.reply(t, told, shown, way))
    accepted_message(t, views.on_its_way(t))
