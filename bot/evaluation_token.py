"""The link by which somebody of the partner's answers without an account: whoever has it may.

The token is drawn at the edge and stands in the link alone; kept is only its hash, and it is looked
up by that. So neither the database nor how long a look-up takes tells anything about a token.
"""

import hashlib
import re
from collections import deque
from datetime import datetime, timedelta

from bot.round import Round, State

RANDOM_BYTES = 24  # 192 bits: nobody guesses one
PATH = "/e/"

# A link that was mistyped is tried a few times; a list of guesses is longer.
MOST_MISSES = 20
WITHIN_SECONDS = 60.0
# Whoever comes from more addresses than this at once is counted as one.
_MOST_VISITORS = 1000

# Who finds the mail again after the summer is still told whom to write to.
REMEMBERED = timedelta(days=90)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def is_token(text: str) -> bool:
    """Whether it can be a token at all; what cannot is not looked up."""
    return _TOKEN.fullmatch(text) is not None


def hashed(token: str) -> str:
    """What is kept of a token. It is random, so nothing shorter than trying all leads back."""
    return hashlib.sha256(token.encode()).hexdigest()


def link(public_url: str, token: str) -> str:
    """The address that is sent; nothing of the library or the partner stands in it."""
    return f"{public_url}{PATH}{token}"


def is_open(this: Round, voice: str, now: datetime) -> bool:
    """Whether that voice may answer now, or change what it has answered."""
    return this.state is State.OPEN and now < this.deadline and voice in this.standings


def is_forgotten(this: Round, now: datetime) -> bool:
    """Whether a link to it is answered as one that never was."""
    return now >= this.deadline + REMEMBERED


class Misses:
    """How often somebody has lately come with a link that leads nowhere; times are in seconds."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[float]] = {}

    def too_many(self, visitor: str, now: float) -> bool:
        """Whether that visitor is told to wait before the next one."""
        lately = self._lately(self._called(visitor), now)
        return len(lately) >= MOST_MISSES

    def missed(self, visitor: str, now: float) -> None:
        """It led nowhere."""
        self._forget_old(now)
        self._seen.setdefault(self._called(visitor), deque(maxlen=MOST_MISSES)).append(now)

    def _called(self, visitor: str) -> str:
        return visitor if visitor in self._seen or len(self._seen) < _MOST_VISITORS else ""

    def _lately(self, visitor: str, now: float) -> list[float]:
        return [at for at in self._seen.get(visitor, ()) if now - at < WITHIN_SECONDS]

    def _forget_old(self, now: float) -> None:
        self._seen = {who: at for who, at in self._seen.items() if now - at[-1] < WITHIN_SECONDS}
