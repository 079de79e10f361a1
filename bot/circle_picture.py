"""The picture of Netværkscirklen: what it knows of a partner, and what each is drawn as.

Which partners stand in it, and in which sector; how it is laid out is bot/circle_layout.py's. A
partner that is one person has no name here: pictures hang on walls and stand in channels.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.circle import RINGS, Level
from bot.partner import Kind, Room, Status

# Whole weeks, each beginning on a Monday: so nothing on the picture changes with the day alone.
YEAR = timedelta(weeks=52)  # as long as a contact counts for the size of its dot
MONTH = timedelta(weeks=4)  # as long as a move is drawn, besides the week that runs

# Who is possible has no place yet, and an old friend none any more; a rest is only from reminders.
IN_THE_CIRCLE = (Status.ACTIVE, Status.RESTING)

# From how many contacts in a year on a dot is larger; the first is for those without any.
STEPS = (0, 1, 3, 6)


class Way(StrEnum):
    """By what the partners are placed around the middle."""

    KIND = "kind"
    ROOM = "room"


@dataclass(frozen=True)
class Shown:
    """A picture that Slack has, and what it shows in words."""

    file_id: str
    alt: str


class Missing(StrEnum):
    """Why there is no picture."""

    NOT_ALLOWED = "not_allowed"  # the app may not send files: to wait does not help
    NOT_NOW = "not_now"


Sector = Kind | Room | None  # None: nobody has noted it


class Shape(StrEnum):
    """What a partner is drawn as; told apart without colours, too."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    WEDGE = "wedge"
    STAR = "star"
    CROSS = "cross"
    HEXAGON = "hexagon"
    HOLLOW = "hollow"


@dataclass(frozen=True)
class Style:
    """Shape and colour."""

    shape: Shape
    colour: str


# Colours that the colour-blind tell apart (Okabe and Ito, 2008); an outline holds the light ones.
STYLES: Mapping[Sector, Style] = {
    Kind.ASSOCIATION: Style(Shape.CIRCLE, "#0072b2"),
    Kind.FIRM: Style(Shape.SQUARE, "#e69f00"),
    Kind.MUNICIPAL: Style(Shape.TRIANGLE, "#009e73"),
    Kind.EDUCATION: Style(Shape.DIAMOND, "#d55e00"),
    Kind.CULTURE: Style(Shape.STAR, "#cc79a7"),
    Kind.STATE: Style(Shape.CROSS, "#000000"),
    Kind.FOUNDATION: Style(Shape.WEDGE, "#f0e442"),
    Kind.INDIVIDUAL: Style(Shape.HEXAGON, "#56b4e9"),
    Room.INSPIRATION: Style(Shape.STAR, "#cc79a7"),
    Room.LEARNING: Style(Shape.SQUARE, "#e69f00"),
    Room.MEETING: Style(Shape.CIRCLE, "#0072b2"),
    Room.PERFORMATIVE: Style(Shape.TRIANGLE, "#009e73"),
    None: Style(Shape.HOLLOW, "#ffffff"),
}


@dataclass(frozen=True)
class Placed:
    """A partner with a place in the circle. `name` is empty for one that is not named."""

    id: int
    level: Level
    kind: Kind | None = None
    rooms: tuple[Room, ...] = ()
    contacts: int = 0  # in the last year, and the last of STEPS at the most
    name: str = ""


@dataclass(frozen=True)
class Moved:
    """A step of a partner's through the circle."""

    partner_id: int
    from_level: Level
    at: datetime


@dataclass(frozen=True)
class Facts:
    """All that is drawn: the partners by number, their latest moves with the oldest first."""

    partners: Sequence[Placed]
    moves: Sequence[Moved] = ()


def sector_of(placed: Placed, way: Way) -> Sector:
    """Where around the middle; of several rooms the first."""
    if way is Way.KIND:
        return placed.kind
    return placed.rooms[0] if placed.rooms else None


def sectors(facts: Facts, way: Way, off: Collection[Kind] = ()) -> list[Sector]:
    """All that are offered, empty ones too, for these are the finding; and those that are used."""
    used = {sector_of(one, way) for one in facts.partners}
    every: Sequence[Sector] = [*(Kind if way is Way.KIND else Room), None]
    hidden = {*off, None}
    return [one for one in every if one in used or one not in hidden]


def moved(facts: Facts, since: datetime) -> dict[int, Level]:
    """Where those stood who stood elsewhere at that moment, by their number.

    Of those that are drawn; a list of moves is made by `net` (bot/circle.py), by the same rule.
    """
    before: dict[int, Level] = {}
    for move in facts.moves:
        if move.at >= since:
            before.setdefault(move.partner_id, move.from_level)
    now = {one.id: one.level for one in facts.partners}
    return {number: level for number, level in before.items() if now.get(number, level) != level}


def turn_of(placed: Placed, before: Collection[int]) -> tuple[bool, int, int, int]:
    """Whose name comes first where there is not room for all: who moved, then from the middle."""
    ring = RINGS.index(placed.level)
    return placed.id not in before, ring, -placed.contacts, placed.id


def week(today: date) -> date:
    """The Monday of that day's week."""
    return today - timedelta(days=today.weekday())


def month(today: date, zone: ZoneInfo) -> datetime:
    """From when on moves are drawn."""
    return datetime.combine(week(today) - MONTH, time(), zone)


def fingerprint(facts: Facts, *more: object) -> str:
    """Another one as soon as anything that is drawn is another."""
    drawn = sha256(repr(more).encode())
    for one in facts.partners:
        line = f"{one.id} {one.level} {one.kind} {one.rooms} {one.contacts} {one.name}\n"
        drawn.update(line.encode())
    for move in facts.moves:
        drawn.update(f"{move.partner_id} {move.from_level} {move.at}\n".encode())
    return drawn.hexdigest()
