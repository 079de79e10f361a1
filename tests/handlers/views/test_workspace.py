from datetime import date

import pytest
from hypothesis import strategies as st

from bot.translation import Translator
from bot.workspace import Frequency, Language, Member
from handlers.views import workspace as views
from tests.handlers.views.extreme import (
    LANGUAGES,
    NOBODY_OR_ONE,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    filled,
)

MEMBERS = st.builds(
    Member,
    language=st.one_of(st.none(), st.sampled_from(Language)),
    away_until=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2099, 12, 31))),
    deputy=NOBODY_OR_ONE,
    frequency=st.sampled_from(Frequency),
)
COLLEAGUES = st.sampled_from(((), ("U01",), tuple(f"U{n:010}" for n in range(100))))


@LANGUAGES
@extremes(chosen=MEMBERS, library=st.sampled_from(Language), user=USERS, others=COLLEAGUES)
def test_the_settings_come_back_untouched(
    t: Translator, chosen: Member, library: Language, user: str, others: tuple[str, ...]
) -> None:
    shown = accepted_view(views.settings_view(t, views.Me(user, chosen, library, others)))
    assert views.read_settings(filled(shown)) == chosen


@LANGUAGES
@pytest.mark.parametrize(
    ("coordinators", "button"),
    [(("U01",), views.LIBRARY), (("U02",), None), ((), views.BECOME)],
)
def test_what_one_is_decides_the_button_on_top(
    t: Translator, coordinators: tuple[str, ...], button: str | None
) -> None:
    me = views.Me("U01", Member(), Language.DANISH, coordinators)
    shown = accepted_view(views.settings_view(t, me))
    rows = [block for block in shown["blocks"] if block["type"] == "actions"]
    assert [e["action_id"] for row in rows for e in row["elements"]] == ([button] if button else [])


@LANGUAGES
def test_what_is_saved_is_said(t: Translator) -> None:
    accepted_message(t, views.saved(t))
