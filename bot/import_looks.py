"""What a text looks like, where no heading says it: an address, a number, a date."""

import re

from bot import identifiers
from bot.errors import UserError
from bot.import_day import is_written_out
from bot.text import fold

_MAIL = re.compile(r"[^@\s<>;,]+@[^@\s<>;,]+\.[^\W\d_]{2,}")
_WEB = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:dk|com|org|net|eu|info)(?:/\S*)?",
    re.IGNORECASE,
)
# Written where nothing is known, in a field that has room for one thing only.
_NOTHING = frozenset(
    (
        *("-", "--", ".", "/", "?", "??", "ukendt", "ved ikke", "vides ikke", "ingen", "aldrig"),
        *("mangler", "unknown", "none", "never", "n/a", "na"),
    )
)
_EXACT = frozenset(
    (
        *("id", "cvr", "website", "start", "agreement_link", "next_step_on", "picture_link"),
        *("last_contact", "person.id", "person.email", "person.phone", "person.told_on"),
    )
)
_DIGITS = re.compile(r"[\d +().-]{8,}")


def says_nothing(field: str, text: str) -> bool:
    """Whether the cell is as good as blank: a dash for a date, “ukendt” for an address."""
    return field in _EXACT and fold(text) in _NOTHING


def is_mail(text: str) -> bool:
    """Whether an e-mail address stands in it."""
    return _MAIL.search(text) is not None


def is_web(text: str) -> bool:
    """Whether it is an address on the web."""
    return _WEB.fullmatch(text) is not None


def is_cvr(text: str) -> bool:
    """Whether it is a CVR number with its check digits."""
    try:
        return bool(identifiers.cvr(text))
    except UserError:
        return False


def is_phone(text: str) -> bool:
    """Whether it is a telephone number by the plan of its country."""
    return _DIGITS.search(text) is not None and identifiers.phone(text).startswith("+")


def is_day(text: str) -> bool:
    """Whether it has the form of a date."""
    return is_written_out(text)


def is_data(text: str) -> bool:
    """Whether a heading would never look like this."""
    return any(looks(text) for looks in (is_mail, is_web, is_day, is_phone, is_cvr))
