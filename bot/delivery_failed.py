"""Messages that did not get through: what they were, and what somebody has to do first.

Slack says why in a word; what helps is a handful of things (docs.slack.dev, chat.postMessage).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# After a month it is no news to anybody, and nobody would want it sent.
SHOWN = timedelta(days=30)


class Help(StrEnum):
    """What has to happen before it is sent again."""

    LET_IN = "let_in"  # the bot into the channel
    OPEN_AGAIN = "open_again"  # the channel, which is archived
    NOBODY_THERE = "nobody_there"  # whom it was for: nothing helps
    THREAD_GONE = "thread_gone"  # nothing helps
    ALLOW = "allow"  # by whoever administers Slack
    ONLY_AGAIN = "only_again"  # the bot's own fault, perhaps a passing one


_HELPS = {
    "channel_not_found": Help.LET_IN,
    "not_in_channel": Help.LET_IN,
    "is_archived": Help.OPEN_AGAIN,
    "cannot_dm_bot": Help.NOBODY_THERE,
    "is_inactive": Help.NOBODY_THERE,
    "user_disabled": Help.NOBODY_THERE,
    "user_not_found": Help.NOBODY_THERE,
    "user_not_visible": Help.NOBODY_THERE,
    "cannot_reply_to_message": Help.THREAD_GONE,
    "thread_not_found": Help.THREAD_GONE,
    "access_denied": Help.ALLOW,
    "account_inactive": Help.ALLOW,
    "channel_is_limited_access": Help.ALLOW,
    "ekm_access_denied": Help.ALLOW,
    "messages_tab_disabled": Help.ALLOW,
    "missing_scope": Help.ALLOW,
    "no_permission": Help.ALLOW,
    "restricted_action": Help.ALLOW,
    "restricted_action_read_only_channel": Help.ALLOW,
    "restricted_action_thread_only_channel": Help.ALLOW,
}


@dataclass(frozen=True)
class Failed:
    """One thing that did not get through; it may have been to be said in several messages."""

    key: str  # of one of them
    kind: str
    subject_id: int
    to: str  # a channel's id or a person's
    on: date
    reason: str  # Slack's own word, or ours

    @property
    def to_person(self) -> bool:
        """Whether it was a direct message."""
        return self.to[:1] in {"U", "W"}

    @property
    def helps(self) -> Help:
        """What somebody has to do first."""
        found = _HELPS.get(self.reason, Help.ONLY_AGAIN)
        return Help.NOBODY_THERE if found is Help.LET_IN and self.to_person else found


def one_of_each(failed: Iterable[Failed]) -> list[Failed]:
    """The answers of a round may take several messages, and are one thing to whoever repairs it."""
    found: dict[tuple[str, int, str], Failed] = {}
    for one in failed:
        found.setdefault((one.kind, one.subject_id, one.to), one)
    return list(found.values())
