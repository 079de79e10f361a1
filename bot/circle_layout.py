"""The picture of the circle laid out: every ring, dot and name at its place on a sheet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from bot import circle_corner as corner
from bot import circle_frame as frame
from bot.circle import RINGS, Level
from bot.circle_labels import Named, Taken, Words, labels
from bot.circle_picture import (
    STYLES,
    Facts,
    Placed,
    Sector,
    moved,
    sector_of,
    sectors,
    turn_of,
)
from bot.circle_places import EDGES, Box, Cell, Circle, Places, places
from bot.circle_sheet import Dot, Picture, Sheet, Trace, Wanted

_COUNTED = 120  # from so many partners on, a figure tells how many stand in each cell
_CROWD = 1000  # from so many on, a few names at the network's rim would be chance
_TRACED = 60  # traces at the most: more would hide where they lead
_EDGE = 8.0  # around the sheet: printers leave it white
_STEP = 6.0  # from one box along a trace to the next
_LINES = 3  # of a name, where there is much room; one less where there is not


@dataclass(frozen=True)
class _Stage:
    """The circle with its words, and where each partner stands in it."""

    sheet: Sheet
    circle: Circle
    words: Sequence[Words]
    symbols: Sequence[Dot]  # beside the sectors' names
    stands: Places


@dataclass(frozen=True)
class _Cast:
    """The partners that have a place, by whose name comes first, and how they are drawn."""

    partners: Sequence[Placed]
    dots: Sequence[Dot]
    traces: Sequence[Trace]
    before: Mapping[int, Level]  # where those stood who moved


def layout(sheet: Sheet, facts: Facts, wanted: Wanted) -> Picture:
    """The whole picture."""
    stage = _stage(sheet, facts, wanted)
    cast = _cast(stage, facts, wanted)
    names = _names(stage, cast)
    pitch = stage.stands.pitch
    shown = corner.Shown(len(names), pitch, bool(cast.traces), stage.stands.left_out)
    sizes, samples = corner.sizes(sheet, pitch, wanted)
    notes, arrows = corner.notes(sheet, facts, shown, wanted)
    return Picture(
        sheet,
        [edge * sheet.radius for edge in reversed(EDGES)],
        frame.spokes(stage.circle),
        [*cast.traces, *arrows],
        [*cast.dots, *stage.symbols, *samples],
        [*stage.words, *sizes, *notes],
        names,
    )


def _stage(sheet: Sheet, facts: Facts, wanted: Wanted) -> _Stage:
    around = sectors(facts, wanted.way, wanted.seen.library.kinds_off)
    circle = Circle(*sheet.middle, sheet.radius, len(around))
    cells = _cells(facts, wanted, around)
    inside = [frame.middle(sheet, wanted), *frame.ring_names(sheet, facts, wanted)]
    if len(facts.partners) > _COUNTED:
        inside += list(frame.figures(circle, cells, wanted, inside))
    stands = places(circle, cells, [one.box for one in inside])
    named = list(frame.around(sheet, circle, around, wanted))
    words = [*inside, *frame.heading(sheet, facts, wanted), *(words for words, _ in named)]
    return _Stage(sheet, circle, words, [symbol for _, symbol in named], stands)


def _cells(facts: Facts, wanted: Wanted, around: Sequence[Sector]) -> Mapping[Cell, Sequence[int]]:
    """Who stands together."""
    sector = {one: number for number, one in enumerate(around)}
    held: defaultdict[Cell, list[int]] = defaultdict(list)
    for one in facts.partners:
        held[RINGS.index(one.level), sector[sector_of(one, wanted.way)]].append(one.id)
    return held


def _cast(stage: _Stage, facts: Facts, wanted: Wanted) -> _Cast:
    before = moved(facts, wanted.since)
    partners = [one for one in facts.partners if one.id in stage.stands.at]
    partners.sort(key=lambda one: turn_of(one, before))
    dots = [_dot(one, stage, wanted) for one in partners]
    steps = [
        (dot, before[one.id]) for one, dot in zip(partners, dots, strict=True) if one.id in before
    ]
    traces = [_trace(stage.circle, dot, level) for dot, level in steps[:_TRACED]]
    return _Cast(partners, dots, traces, before)


def _dot(one: Placed, stage: _Stage, wanted: Wanted) -> Dot:
    stands = stage.stands
    size = stage.sheet.radius_of(one.contacts, stands.pitch)
    return Dot(stands.at[one.id], size, STYLES[sector_of(one, wanted.way)])


def _trace(circle: Circle, dot: Dot, level: Level) -> Trace:
    """Straight from the ring where it stood, in the same direction from the middle."""
    (x, y), ring = dot.at, RINGS.index(level)
    right, down = x - circle.x, y - circle.y
    out = hypot(right, down)
    was = (EDGES[ring] * 0.6 + EDGES[ring + 1] * 0.4) * circle.radius
    ends = out + (dot.radius + 4) * (1 if was > out else -1)
    begin, end = (
        (circle.x + right * far / out, circle.y + down * far / out) for far in (was, ends)
    )
    return Trace(begin, end)


def _names(stage: _Stage, cast: _Cast) -> list[Words]:
    sheet, circle = stage.sheet, stage.circle
    whole = (_EDGE, _EDGE, sheet.width - _EDGE, sheet.height - _EDGE)
    taken, dots = Taken(whole), Taken(whole)
    taken.add(*(one.box for one in stage.words), *corner.boxes(sheet))
    taken.add(_square(circle.x, circle.y, EDGES[0] * circle.radius))
    taken.add(*map(_around, stage.symbols), *(box for one in cast.traces for box in _along(one)))
    dots.add(*map(_around, cast.dots))
    size = sheet.name_size(stage.stands.pitch)
    crowd = len(cast.partners) > _CROWD
    named = (
        Named(dot.at, dot.radius, one.name, matters=one.id in cast.before)
        for one, dot in zip(cast.partners, cast.dots, strict=True)
        if one.name and (one.id in cast.before or not (crowd and one.level is Level.NETWORK))
    )
    return list(
        labels(
            named, size, _LINES if size == max(sheet.names.values()) else _LINES - 1, taken, dots
        )
    )


def _around(dot: Dot) -> Box:
    return _square(*dot.at, dot.radius)


def _square(x: float, y: float, half: float) -> Box:
    return x - half, y - half, x + half, y + half


def _along(trace: Trace) -> Iterator[Box]:
    """Small boxes one after another, as a line has no box of its own that is free beside it."""
    (x, y), (to_x, to_y) = trace.begin, trace.end
    count = int(hypot(to_x - x, to_y - y) // _STEP) + 1
    for step in range(count + 1):
        at_x, at_y = x + (to_x - x) * step / count, y + (to_y - y) * step / count
        yield _square(at_x, at_y, _STEP)
