"""The sheet of evaluations: a row for each theme, our figure and theirs beside each other.

The two are never put together to one, and nobody's name stands by an answer.
"""

from collections.abc import Iterator

from bot.evaluation_told import DECISION, OCCASION, Told, asked, is_criteria, mean
from bot.export import Cell, Entry, Paper
from bot.translation import mark

COLUMNS = (
    mark("Date of the answers"),
    mark("Why it was asked"),
    mark("Questionnaire"),
    mark("What we do together"),
    mark("Theme"),
    mark("Scale"),
    mark("We say"),
    mark("The partner says"),
    mark("We answered"),
    mark("We were asked"),
    mark("The partner answered"),
    mark("The partner was asked"),
    mark("What was decided"),
    mark("Why"),
    mark("What was agreed on"),
)
_FIVE = mark("1 to 5")
_SHARE = mark("share in place, 0 to 1")
_BY = mark("{what} (by {day})")
_DONE = mark("{what} (done)")


def evaluation_rows(paper: Paper, entry: Entry) -> Iterator[list[Cell]]:
    """The partner's evaluations, theme by theme."""
    partner: list[Cell] = [entry.partner.id, entry.partner.name]
    for one in entry.evaluations:
        for theme in one.instrument.themes:
            yield [*partner, *_which(paper, one), *_theme(paper, one, theme.id), *_came(paper, one)]


def _which(paper: Paper, one: Told) -> list[Cell]:
    shown = one.revealed_at or one.deadline
    name = one.instrument.name.in_(paper.t.language)
    on = shown.astimezone(paper.t.zone).date()
    return [on, paper.t(OCCASION[one.occasion]), name, one.subject]


def _theme(paper: Paper, one: Told, theme_id: str) -> list[Cell]:
    (name,) = (theme.name for theme in one.instrument.themes if theme.id == theme_id)
    scale = _SHARE if is_criteria(one, theme_id) else _FIVE
    means = (mean(one, theme_id, theirs=side) for side in (False, True))
    return [name.in_(paper.t.language), paper.t(scale), *means]


def _came(paper: Paper, one: Told) -> list[Cell]:
    many = (number for side in (False, True) for number in asked(one, theirs=side))
    decision = paper.t(DECISION[one.decision]) if one.decision in DECISION else one.decision
    return [*many, decision, one.reason, "\n".join(_steps(paper, one))]


def _steps(paper: Paper, one: Told) -> Iterator[str]:
    for step in one.steps:
        words = _DONE if step.done_at else _BY
        yield paper.t(words, what=step.text, day=step.due_on.isoformat())
