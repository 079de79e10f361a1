"""How the picture of the circle is to be read, told in the two corners below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.circle_labels import LINE, Words, lines_of
from bot.circle_picture import STEPS, Facts, Shape, Style, Way
from bot.circle_places import Box
from bot.circle_sheet import Dot, Sheet, Trace, Wanted
from bot.partner import Kind
from bot.translation import Translator

_LINES = 5.8  # of words in a corner, at the most
_SAMPLE = Style(Shape.CIRCLE, "#9a9a9a")


@dataclass(frozen=True)
class Shown:
    """What came of the rest of the picture."""

    names: int
    pitch: float
    traces: bool
    left_out: int  # partners that there was no room for


def boxes(sheet: Sheet) -> list[Box]:
    """Where nothing else may stand: below to the left and to the right."""
    left, right = sheet.margin, sheet.width - sheet.margin
    bottom = sheet.height - sheet.margin / 2
    top = bottom - _LINES * sheet.words * LINE
    return [(left, top, left + sheet.side, bottom), (right - sheet.side, top, right, bottom)]


def sizes(sheet: Sheet, pitch: float, wanted: Wanted) -> tuple[list[Words], list[Dot]]:
    """To the left: what the size of a dot says."""
    left, _, _, bottom = boxes(sheet)[0]
    t, size = wanted.seen.t, sheet.words
    lines = lines_of(t("The size: contacts in the last year"), size, sheet.side, most=3)
    base = bottom - size * 0.6
    told = [Words(left, base - size * 3.2 - (len(lines) - 1) * size * LINE, lines, size)]
    dots = []
    each = sheet.side / len(STEPS)
    for step, (least, amount) in enumerate(zip(STEPS, amounts(t, STEPS), strict=True)):
        x = left + step * each + size * 0.8
        dots.append(Dot((x, base - size * 1.75), sheet.radius_of(least, pitch), _SAMPLE))
        told.append(Words(x - size * 0.8, base, (amount,), size * 0.8))
    return told, dots


def amounts(t: Translator, steps: Sequence[int]) -> list[str]:
    """From none to the last step, which has no end, in words."""
    told = [t("none")]
    for least, beyond in pairwise(steps[1:]):
        most = beyond - 1
        told.append(t.number(least) if least == most else f"{t.number(least)}–{t.number(most)}")
    return [*told, t("{number} or more", number=t.number(steps[-1]))]


def notes(
    sheet: Sheet, facts: Facts, shown: Shown, wanted: Wanted
) -> tuple[list[Words], list[Trace]]:
    """To the right: what the arrows say, and what is left out."""
    left, _, _, bottom = boxes(sheet)[1]
    size = sheet.words * 0.85
    said = list(_notes(facts, shown, wanted))
    told: list[Words] = []
    y = bottom - size * 0.6
    for words in reversed(said):
        lines = lines_of(words, size, sheet.side, most=3)
        told.append(Words(left, y - (len(lines) - 1) * size * LINE, lines, size))
        y -= len(lines) * size * LINE + size * 0.25
    if not shown.traces:
        return told, []
    arrow = Trace((left, y - size * 0.3), (left + size * 2.5, y - size * 0.3))
    moved = wanted.seen.t("Moved since {day}", day=wanted.seen.t.day(wanted.since))
    return [*told, Words(left + size * 3.2, y, (moved,), size)], [arrow]


def _notes(facts: Facts, shown: Shown, wanted: Wanted) -> Sequence[str]:
    t = wanted.seen.t
    named = sum(bool(one.name) for one in facts.partners)
    said = []
    if wanted.way is Way.ROOM and any(len(one.rooms) > 1 for one in facts.partners):
        said.append(t("Who is in several rooms stands in the first of them."))
    if not shown.left_out and any(one.kind is Kind.INDIVIDUAL for one in facts.partners):
        said.append(t("Individuals stand without a name."))
    if shown.left_out:
        said.append(t("There is not room for a dot for each; the figures count them all."))
    if shown.names < named:
        values = {"shown": t.number(shown.names), "all": t.number(named)}
        said.append(t("{shown} of {all} names are shown.", **values))
    return [*said, wanted.source] if wanted.source else said
