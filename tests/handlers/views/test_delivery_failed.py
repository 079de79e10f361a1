from datetime import date

import pytest
from hypothesis import strategies as st

from bot.delivery_failed import Failed, Help
from bot.home import Desktop
from bot.translation import Translator
from handlers.delivery_slack import NEVER
from handlers.views import delivery_failed as views
from handlers.views.home import home
from tests.handlers.views.extreme import (
    DANISH,
    ENGLISH,
    LANGUAGES,
    USERS,
    accepted_view,
    extremes,
    words,
)

TODAY = date(2026, 11, 24)
FAILED = st.builds(
    Failed,
    key=words(400),
    kind=st.one_of(st.sampled_from(sorted(views.WHAT)), words(40)),
    subject_id=st.integers(0, 10**9),
    to=st.one_of(st.just(""), USERS, USERS.map(lambda user: "C" + user[1:])),
    on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    reason=st.one_of(st.sampled_from(sorted(NEVER)), words(3000)),
)


@LANGUAGES
@extremes(failed=st.lists(FAILED, max_size=8))
def test_home_takes_whatever_did_not_get_through(t: Translator, failed: list[Failed]) -> None:
    shown = accepted_view(home(t, Desktop(today=TODAY, failed=failed)))
    lines = [block for block in shown["blocks"] if block["block_id"].startswith("failed_ways.")]
    assert len(lines) == min(len(failed), views.MOST)


@pytest.mark.parametrize("t", [DANISH, ENGLISH])
@pytest.mark.parametrize("reason", ["is_archived", "user_not_found"])
def test_what_helps_stands_first(t: Translator, reason: str) -> None:
    one = Failed("digest.2026-W48", "digest", 202648, "C02", TODAY, reason)
    shown = accepted_view(home(t, Desktop(today=TODAY, failed=[one])))
    (ways,) = [block for block in shown["blocks"] if block["block_id"] == "failed_ways.0"]
    first = ways["elements"][0]["action_id"]
    assert first.startswith(views.LET_BE if one.helps is Help.NOBODY_THERE else views.AGAIN)
    assert all(element["value"] == "digest.2026-W48" for element in ways["elements"])
