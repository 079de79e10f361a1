"""How an evaluation's figures have moved, as Slack's own charts, with what they show in words."""

from collections.abc import Sequence
from datetime import datetime

from slackblocks import (
    AxisConfig,
    Block,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    LineChart,
)

from bot.evaluation_figures import Course, Side, rounded
from bot.evaluation_parts import Part
from bot.evaluation_picture import Dot, Panel, Picture
from bot.evaluation_result import Result
from bot.evaluation_trend import Chart, drawn
from bot.translation import Translator, mark
from handlers.views import evaluation_figures as figures
from handlers.views.evaluation_figure import partial
from handlers.views.parts import Reply, cut, notice, rich, small

HEADING = mark("How it has gone")

# Slack's limits, in characters.
_TITLE = 50
_LABEL = 20
_WHOSE = 24  # of the partner's name in a title
_HEADING = 200
# What the picture has room for: moments, and characters of a name.
_MOMENTS = 5
_THEME = 40

_LINE = {Side.OURS: mark("We: {theme}"), Side.THEIRS: mark("They: {theme}")}


def message(t: Translator, result: Result, part: Part, partner: str) -> Reply:
    """The charts, two at most; what they show is said above, and to whoever does not see them."""
    themes = _themes(t, [course for chart in part.charts for course in chart.courses])
    heading = t("**How it has gone with {partner}: {themes}**")
    blocks: list[Block] = [rich(heading, "trend", partner=partner, themes=cut(themes, _HEADING))]
    blocks += [
        DataVisualizationBlock(title, _chart(t, chart), f"trend.{number}")
        for number, (title, chart) in enumerate(
            zip(_titles(t, part.charts, partner), part.charts, strict=True)
        )
    ]
    if missing := _partly(t, part.charts, partner):
        blocks.append(small(missing, "trend_partly"))
    said = figures.finding(t, result, partner)
    return Reply(notice("{partner}. {said}", partner=partner, said=said), blocks)


def picture(t: Translator, result: Result, partner: str) -> Picture:
    """The same as a drawing, which shows every moment that a theme has a figure of."""
    courses = drawn(result.courses)
    moments = sorted({point.at for course in courses for point in course.points})[-_MOMENTS:]
    panels: dict[str, dict[Side, Sequence[Dot]]] = {}
    for course in courses:
        theme = cut(course.theme.name.in_(t.language), _THEME)
        panels.setdefault(theme, {})[course.side] = [
            Dot(moments.index(point.at), value, t.figure(value))
            for point in course.points
            if point.at in moments
            for value in [rounded(point.figure.value)]
        ]
    words = {Side.OURS: t("We"), Side.THEIRS: cut(partner, _THEME)}
    sides = {side: words[side] for side in Side if any(course.side is side for course in courses)}
    title = t("{partner}: how it has gone, from 1 to 5", partner=cut(partner, _THEME))
    drawings = [Panel(title, dots) for title, dots in panels.items()]
    return Picture(title, sides, labels(t, moments), drawings)


def labels(t: Translator, at: Sequence[datetime]) -> list[str]:
    """Each moment by its month, or by its day where two are of one month."""
    days = [moment.astimezone(t.zone).date() for moment in at]
    months = [t.short_month(day) for day in days]
    return [
        month if months.count(month) == 1 else f"{number}. {month}"
        for number, month in enumerate(months, 1)
    ]


def _partly(t: Translator, charts: Sequence[Chart], partner: str) -> str:
    """Which points rest on some of the questions only."""
    whose = {Side.OURS: t("we"), Side.THEIRS: partner}
    found = [
        t(
            "{theme}, {whose}, {month} ({partial})",
            theme=course.theme.name.in_(t.language),
            whose=whose[course.side],
            month=t.short_month(point.at.astimezone(t.zone).date()),
            partial=partial(t, point.figure),
        )
        for chart in charts
        for course in chart.courses
        for point in course.points[-len(chart.at) :]
        if point.figure.is_partial
    ]
    return t("Not all questions are answered: {points}.", points="; ".join(found)) if found else ""


def _titles(t: Translator, charts: Sequence[Chart], partner: str) -> list[str]:
    """Whose lines they are, and of which themes; Slack's axis does not show from where to where."""
    titles: list[str] = []
    for number, chart in enumerate(charts, 1):
        whose = t("We and they") if len(chart.sides) > 1 else t("We")
        if chart.sides == {Side.THEIRS}:
            whose = cut(partner, _WHOSE)
        title = cut(f"{whose}: {_themes(t, chart.courses)}", _TITLE)
        titles.append(cut(f"{number}. {title}", _TITLE) if title in titles else title)
    return titles


def _themes(t: Translator, courses: Sequence[Course]) -> str:
    return t.list(dict.fromkeys(course.theme.name.in_(t.language) for course in courses))


def _chart(t: Translator, chart: Chart) -> LineChart:
    categories = labels(t, chart.at)
    names = _names(t, chart)
    series = [
        DataSeries(name, _points(course, chart, categories))
        for name, course in zip(names, chart.courses, strict=True)
    ]
    return LineChart(series, AxisConfig(categories))


def _names(t: Translator, chart: Chart) -> list[str]:
    """What the lines are called; Slack wants each to be another."""
    both = len(chart.sides) > 1
    names: list[str] = []
    for number, course in enumerate(chart.courses, 1):
        theme = course.theme.name.in_(t.language)
        name = cut(t(_LINE[course.side], theme=theme) if both else theme, _LABEL)
        names.append(cut(f"{number}. {name}", _LABEL) if name in names else name)
    return names


def _points(course: Course, chart: Chart, categories: Sequence[str]) -> list[DataPoint]:
    values = [point.figure.value for point in course.points[-len(chart.at) :]]
    return [
        DataPoint(label, float(rounded(value)))
        for label, value in zip(categories, values, strict=True)
    ]
