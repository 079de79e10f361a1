"""What somebody wants kept of the talk in an evaluation's thread, which the bot does not read."""

from dataclasses import dataclass
from datetime import datetime

from bot import guard
from bot.errors import UserError

# As many as a modal has room for at their longest, and as one reads at a time.
PER_PAGE = 10

TEXT = "text"


@dataclass(frozen=True)
class Remark:
    """One of them, word by word."""

    evaluation_id: int
    user_id: str
    text: str
    at: datetime
    id: int = 0  # 0 until stored


def checked_remark(text: str) -> str:
    """The remark as it is kept.

    Raises:
        UserError: it is empty, too long, or holds a CPR number.
    """
    remark = guard.note(text, field=TEXT)
    if not remark:
        raise UserError("Write what is to be kept, or close the form.", field=TEXT)
    return remark
