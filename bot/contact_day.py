"""The day of a contact, from the line that a person typed about it.

Words are compared as bot.text.fold spells them: "gaar" is the one with å.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.contact import EARLIEST
from bot.text import fold

# A day and month without a year: an older one comes again within the quarter, and then it is more
# likely what was agreed on than what was done.
OLDEST_WITHOUT_YEAR = timedelta(days=275)

_WEEKDAYS = (
    ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "loerdag", "soendag"),
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
MONTHS = (
    "jan|januar|january",
    "feb|februar|february",
    "mar|marts|march",
    "apr|april",
    "maj|may",
    "jun|juni|june",
    "jul|juli|july",
    "aug|august",
    "sep|sept|september",
    "okt|oct|oktober|october",
    "nov|november",
    "dec|december",
)

_DAYS_AGO = (
    (0, re.compile(r"\b(?:i ?dag|today)\b")),
    (1, re.compile(r"\b(?:i ?gaar|i ?aftes|yesterday)\b")),
    (2, re.compile(r"\b(?:i ?forgaars|(?:the )?day before yesterday)\b")),
)
_NUMBERS = {
    word: number
    for number, several in enumerate(
        ("en|et|a|an|one", "to|two", "tre|three", "fire|four", "fem|five", "seks|six"), start=1
    )
    for word in several.split("|")
}
_NUMBER = "|".join(_NUMBERS)
_UNITS = {"d": 1, "u": 7, "w": 7, "m": 30}  # days, by the first letter in either language
_AGO = re.compile(
    rf"\b(?:for )?(?P<number>\d{{1,3}}|{_NUMBER}) "
    r"(?P<unit>dage?|uger?|maaned(?:er)?|days?|weeks?|months?) (?:siden|ago)\b"
)
_LAST_WEEK = re.compile(r"\b(?:i )?(?:sidste uge|last week)\b")
_DANISH_DAY, _ENGLISH_DAY = ("|".join(names) for names in _WEEKDAYS)
_LAST_WEEKDAY = re.compile(
    rf"\b(?:i ?({_DANISH_DAY})s|sidste ({_DANISH_DAY})|last ({_ENGLISH_DAY}))\b"
)

# Said of what is agreed on, and not of what has happened.
_TO_COME = re.compile(
    r"\b(?:i ?morgen|i ?overmorgen|tomorrow|naeste uge|next week"
    rf"|(?:paa|kommende) (?:{_DANISH_DAY})|(?:on|this|coming) (?:{_ENGLISH_DAY}))\b"
)
# A date without a year within a season from now: it is in the calendar, not in the memory.
SOON = timedelta(days=120)

_MONTH = "|".join(MONTHS)
_WRITTEN = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(  # 12/3, 12/3-26, 12/3 2026; no fraction of an hour
        r"(?<![\d/.,-])(?P<day>\d{1,2})/(?P<month>\d{1,2})"
        r"(?:[/-](?P<year>\d{4}|\d\d)| (?P<year2>\d{4}))?(?![\d/]| ?(?:time|timer|af|del|aar)\b)"
    ),
    re.compile(  # 12.3.2026, 12-03-26; no telephone number
        r"(?<![\d/.,-])(?P<day>\d{1,2})([.-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d\d)(?![.-]?\d)"
    ),
    re.compile(  # 12.3. as Danes write it; no time of day
        r"(?<![\d/.,-])(?<!kl )(?<!kl\. )(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?!\d)(?P<year>)"
    ),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\.? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>\d{{4}}))?"),
    re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})\b(?:,? (?P<year>\d{{4}}))?"),
)
# What follows is what it was about or what was agreed on, and so are the dates in it.
_TOPIC = re.compile(
    r"\b(?:om|ang|angaaende|vedr|vedroerende|aftal\w*|planlae\w*|skal|vil|ses|moedes|naeste|inden"
    r"|senest|frist|about|regarding|agreed?|will|meet|next|before|deadline)\b|[,;:?!]"
)
# Behind these a day to come is only talked about.
_SUBJECT = re.compile(
    r"\b(?:om|ang|angaaende|vedr|vedroerende|aftal\w*|planlae\w*|about|regarding|agreed?)\b|[,;:?!]"
)
_LAST_CLAUSE = re.compile(r"[,;(-] ?(?:den |d\. ?|on )?$")


def guess_day(text: str, today: date) -> date:
    """The day that the text tells, never one to come; today where it tells none.

    A relative day ("i går", "i mandags") counts anywhere. A date counts before the topic, or as the
    last thing said; day before month.
    """
    folded = fold(text)
    found = sorted([*_relative(folded, today), *_written(folded, today)])
    return found[0][1] if found else today


def is_to_come(text: str, today: date) -> bool:
    """Whether the text tells of a day that has not come, and of none that has."""
    folded = fold(text)
    if any([*_relative(folded, today), *_written(folded, today)]):
        return False
    subject = _SUBJECT.search(folded)
    head = subject.start() if subject else len(folded)
    said = _TO_COME.search(folded)
    if said and said.start() <= head:
        return True
    matches = (match for form in _WRITTEN for match in form.finditer(folded))
    return any(match.start() < head and _is_ahead(match, today) for match in matches)


def _is_ahead(match: re.Match[str], today: date) -> bool:
    day, month, year = _parts(match)
    ahead = _exists(year or today.year, month, day) or today
    if year is None and ahead < today:
        ahead = _exists(today.year + 1, month, day) or today
    return today < ahead and (year is not None or ahead - today <= SOON)


def _relative(folded: str, today: date) -> Iterator[tuple[int, date]]:
    """Where in the text a day stands, and which."""
    for days, words in _DAYS_AGO:
        for match in words.finditer(folded):
            yield match.start(), today - timedelta(days=days)
    for match in _AGO.finditer(folded):
        number = _NUMBERS.get(match["number"]) or int(match["number"])
        yield match.start(), today - timedelta(days=number * _UNITS[match["unit"][0]])
    for match in _LAST_WEEK.finditer(folded):
        yield match.start(), today - timedelta(days=_UNITS["w"])
    for match in _LAST_WEEKDAY.finditer(folded):
        named = next(name for name in match.groups() if name)
        weekday = next(names.index(named) for names in _WEEKDAYS if named in names)
        # Said on a Tuesday, "last Tuesday" is a week ago.
        yield match.start(), today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _written(folded: str, today: date) -> Iterator[tuple[int, date]]:
    topic = _TOPIC.search(folded)
    head = topic.start() if topic else len(folded)
    for form in _WRITTEN:
        for match in form.finditer(folded):
            counts = match.start() < head or _is_last_clause(folded, match)
            day = _date(match, today) if counts else None
            if day:
                yield match.start(), day


def _is_last_clause(folded: str, match: re.Match[str]) -> bool:
    behind = folded[match.end() :].strip(" .)")
    return not behind and _LAST_CLAUSE.search(folded[: match.start()]) is not None


def _date(match: re.Match[str], today: date) -> date | None:
    """The date, if it exists and can have been a contact's."""
    day, month, year = _parts(match)
    if year:
        return _past(year, month, day, today)
    this_year = _past(today.year, month, day, today)
    found = this_year or _past(today.year - 1, month, day, today)
    return found if found and today - found <= OLDEST_WITHOUT_YEAR else None


def _parts(match: re.Match[str]) -> tuple[int, int, int | None]:
    """Day, month, and the year where one is written; "26" is 2026."""
    parts = match.groupdict()
    year = parts["year"] or parts.get("year2")
    return int(parts["day"]), month_of(parts["month"]), int(f"20{year}"[-4:]) if year else None


def _past(year: int, month: int, day: int, today: date) -> date | None:
    found = _exists(year, month, day)
    return found if found and EARLIEST <= found <= today else None


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(written: str) -> int:
    """The month, 1 to 12, of its number or of one of its names in MONTHS."""
    if written.isdecimal():
        return int(written)
    return next(n for n, names in enumerate(MONTHS, start=1) if written in names.split("|"))
