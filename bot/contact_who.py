"""Asking the others who knows somebody: what may stand in a channel, and what came of it.

A question is about an organisation or a topic, never about a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import guard
from bot.errors import UserError
from bot.intake import NAME_LENGTH, TAG_LENGTH
from bot.partner import Partner
from bot.text import bare_name, fold, words

# As long as a colleague's contact counts as fresh: the first question is still in sight.
ASK_AGAIN_DAYS = 14
# Slack answers within seconds or, as a rule, not at all; then the question may be posted anew.
POSTING_SECONDS = 60


@dataclass(frozen=True)
class Question:
    """What a colleague asked in a channel. `ts` is empty until it is known to stand there."""

    words: str
    topic: bool
    asked_by: str  # a Slack user id
    asked_at: datetime
    channel: str
    partner_id: int | None = None
    ts: str = ""
    posting_until: datetime | None = None  # while somebody is posting it
    id: int = 0


@dataclass(frozen=True)
class Answer:
    """A colleague knows a partner; what the answer changed on the card is kept to be undone."""

    answered_by: str
    partner_id: int
    tied: bool = False
    keyword: bool = False  # the topic was added to the partner's keywords
    added: bool = False  # the partner came into the register by it


@dataclass(frozen=True)
class Known:
    """A partner that colleagues have answered with, as the channel may be shown it."""

    name: str  # empty for an individual, who is not named in a channel
    users: tuple[str, ...]


def checked_words(text: str, *, field: str) -> str:
    """What is asked about, cleaned. Raises UserError for nothing, too much, or a CPR number."""
    if not words(text):
        raise UserError("Write whom or what you are asking about.", field=field)
    return guard.line(text, field=field, limit=NAME_LENGTH)


def is_asked(question: Question, text: str, partner_id: int | None) -> bool:
    """Whether the question is about the same partner, or in the same words."""
    if partner_id is not None and question.partner_id == partner_id:
        return True
    return bare_name(question.words) == bare_name(text)


def asked_since(now: datetime) -> datetime:
    """From when on a question counts as asked already."""
    return now - timedelta(days=ASK_AGAIN_DAYS)


def is_being_posted(question: Question, now: datetime) -> bool:
    """Whether somebody is just posting it."""
    return question.posting_until is not None and now < question.posting_until


def names_person(text: str, names: Iterable[str]) -> bool:
    """Whether the text is a part of one of the names, or holds all of one."""
    typed = set(words(text))
    every = (set(words(name)) for name in names)
    return bool(typed) and any(named <= typed or typed <= named for named in every if named)


def topic_keyword(question: Question, partner: Partner) -> str | None:
    """The topic as a new keyword of the partner; None where it is none, or has no room there."""
    known = {fold(keyword) for keyword in partner.keywords}
    fits = (
        question.topic and len(question.words) <= TAG_LENGTH and fold(question.words) not in known
    )
    return question.words if fits else None
