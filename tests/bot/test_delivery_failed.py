from dataclasses import replace
from datetime import date

import pytest

from bot.delivery_failed import Failed, Help, one_of_each

ONE = Failed("a", "digest", 1, "C01", date(2026, 11, 24), "is_archived")


@pytest.mark.parametrize(
    ("to", "reason", "helps"),
    [
        ("C01", "is_archived", Help.OPEN_AGAIN),
        ("C01", "not_in_channel", Help.LET_IN),
        ("C01", "channel_not_found", Help.LET_IN),
        ("U01", "channel_not_found", Help.NOBODY_THERE),
        ("W01", "user_not_found", Help.NOBODY_THERE),
        ("C01", "thread_not_found", Help.THREAD_GONE),
        ("U01", "missing_scope", Help.ALLOW),
        ("U01", "msg_too_long", Help.ONLY_AGAIN),
        ("U01", "", Help.ONLY_AGAIN),
    ],
)
def test_what_helps_is_told_from_slacks_own_word(to: str, reason: str, helps: Help) -> None:
    assert replace(ONE, to=to, reason=reason).helps is helps


def test_the_messages_of_one_thing_are_one_and_keep_their_order() -> None:
    more = replace(ONE, key="b")
    others = [replace(ONE, key="c", to="C02"), replace(ONE, key="d", subject_id=2)]
    assert one_of_each([ONE, *others, more]) == [ONE, *others]
    assert one_of_each([]) == []
