"""What the picture of the circle shows, in words: beside it, in place of it, and on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.circle import RINGS, Level
from bot.circle_picture import Facts, Placed, Sector, moved
from bot.translation import Translator, mark
from bot.words import called
from bot.workspace import Workspace

_BOOK = "Byg partnerskaber!"
_INWARDS, _OUTWARDS = range(2)
_ONE = (mark("one inwards"), mark("one outwards"))
_MORE = (mark("{count} inwards"), mark("{count} outwards"))
_NAMED = 4  # of those who moved each way: names may be long


@dataclass(frozen=True)
class Seen:
    """Whose eyes it is for, and when: the language, the library's own words, the day."""

    t: Translator
    library: Workspace
    today: date


def title(seen: Seen) -> str:
    """What the picture is called."""
    return seen.t("The circle, week {week}", week=seen.today.isocalendar().week)


def headline(seen: Seen) -> str:
    """What stands above the page for the wall, which hangs there for years."""
    library = seen.library.library_name or seen.t("The library")
    day = seen.t.long_day(seen.today, date.min)  # with its year, whichever it is
    return seen.t("{library}: the circle, {day}", library=library, day=day)


def source(seen: Seen) -> str:
    """Whose picture it is."""
    return seen.t("The network circle, after {book}", book=_BOOK)


def finding(seen: Seen, facts: Facts, since: datetime, *, last_time: bool = False) -> str:
    """The circle in two sentences; `last_time`: that was the digest before."""
    t = seen.t
    if not facts.partners:
        return t("{title}: nobody stands in it yet.", title=title(seen))
    told = f"{title(seen)}: {', '.join(counts(t, facts))}."
    steps = _steps(t, facts, since)
    if last_time:
        words = t("Since last time {steps}.") if steps else t("Since last time nobody has moved.")
    else:
        words = t("Since {day} {steps}.") if steps else t("Since {day} nobody has moved.")
    return f"{told} {words.format(steps=steps, day=t.day(since, seen.today))}"


def counts(t: Translator, facts: Facts) -> list[str]:
    """How many stand in each ring, from the middle."""
    number = Counter(one.level for one in facts.partners)
    return [
        t.n("{number} partnership", "{number} partnerships", number[Level.PARTNERSHIP]),
        t.n("{number} collaboration", "{number} collaborations", number[Level.COLLABORATION]),
        t("{number} in the network", number=t.number(number[Level.NETWORK])),
    ]


def sector_name(seen: Seen, sector: Sector, *, rooms: bool) -> str:
    """What the library calls it."""
    if sector is None:
        return seen.t("no room noted") if rooms else seen.t("no sort noted")
    return called(seen.t, seen.library, sector)


def _steps(t: Translator, facts: Facts, since: datetime) -> str:
    """Who moved inwards and outwards; nothing where nobody did."""
    before = moved(facts, since)
    steps = [(one, before[one.id]) for one in facts.partners if one.id in before]
    inwards = [one for one, level in steps if RINGS.index(one.level) < RINGS.index(level)]
    outwards = [one for one, level in steps if RINGS.index(one.level) > RINGS.index(level)]
    told = [
        f"{t(_ONE[way]) if len(who) == 1 else t(_MORE[way], count=t.count(len(who)))}"
        f" ({_names(t, who)})"
        for way, who in ((_INWARDS, inwards), (_OUTWARDS, outwards))
        if who
    ]
    return t.list(told)


def _names(t: Translator, who: Sequence[Placed]) -> str:
    """The first of their names; one person has none here, and counts with the rest."""
    named = [one.name for one in who if one.name][:_NAMED]
    rest = len(who) - len(named)
    if not named:
        return t.n("an individual", "{number} individuals", rest)
    more = [t.n("one more", "{number} more", rest, number=t.count(rest))] if rest else []
    return t.list([*named, *more])
