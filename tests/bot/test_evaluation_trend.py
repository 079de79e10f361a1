from decimal import Decimal
from xml.etree import ElementTree as ET

from bot.evaluation_figures import Held, Side, courses
from bot.evaluation_picture import Dot, Panel, Picture, svg
from bot.evaluation_questions import Instrument
from bot.evaluation_result import result
from bot.evaluation_trend import MOST_LINES, change, charts, moves
from tests.bot.evaluations_held import PULSE, SIX, YEARLY, answered, held

OURS, THEIRS = Side.OURS, Side.THEIRS


def both(value: int, days_ago: int = 0, instrument: Instrument = SIX, them: int = 4) -> Held:
    sheets = {
        "1": answered(*[value] * 9, instrument=instrument),
        "@#2": answered(*[them] * 9, instrument=instrument),
    }
    return held(sheets, instrument=instrument, days_ago=days_ago)


def test_the_first_time_there_is_nothing_to_draw_and_nothing_has_moved() -> None:
    found = courses(both(4), [])
    assert not charts(found)
    assert not moves(found)
    assert {change(one) for one in found} == {0}


def test_what_moved_most_is_told_of_each_side_if_it_moved() -> None:
    before = held(
        {"1": answered(3, 3, 2, 2, 4, 4), "@#2": answered(4, 4, 4, 4, 4, 4)}, days_ago=180
    )
    now = held({"1": answered(4, 4, 4, 4, 4, 4), "@#2": answered(4, 4, 4, 4, 4, 4)})
    (course,) = moves(courses(now, [before]))
    assert (course.side, course.theme.id) == (OURS, "progress")
    assert change(course) == 2


def test_both_sides_are_in_one_chart_where_there_is_room() -> None:
    (chart,) = charts(courses(both(4), [both(3, 180), both(2, 360)]))
    assert chart.sides == {OURS, THEIRS}
    assert len(chart.courses) == MOST_LINES
    assert len(chart.at) == 3


def test_lines_with_other_moments_have_a_chart_of_their_own_and_none_is_made_up() -> None:
    pulse = held({"1": answered(3, 3, 3, instrument=PULSE)}, instrument=PULSE, days_ago=180)
    found = charts(courses(both(4, 0, YEARLY), [pulse, both(3, 360, YEARLY)]))
    assert [({*chart.sides}, len(chart.courses), len(chart.at)) for chart in found] == [
        ({OURS}, 3, 3),
        ({OURS}, 2, 2),
        ({THEIRS}, 5, 2),
    ]
    for chart in found:
        assert all(tuple(one.at for one in course.points) == chart.at for course in chart.courses)


def test_criteria_are_counted_and_not_drawn() -> None:
    year = held({"1": answered(*[""] * 9, "met", instrument=YEARLY)}, instrument=YEARLY)
    before = held(
        {"1": answered(*[""] * 9, "met", instrument=YEARLY)}, instrument=YEARLY, days_ago=360
    )
    assert len(result(year, [before]).courses[0].points) == 2
    assert not charts(courses(year, [before]))


# The drawing


def picture(*panels: Panel, partner: str = "Springbræt") -> ET.Element:
    sides = {OURS: "Vi", THEIRS: partner}
    drawn = svg(Picture("Tendens", sides, ["maj", "nov."], panels))
    return ET.fromstring(drawn)  # noqa: S314 - a drawing of our own


def dots(*values: str) -> list[Dot]:
    return [Dot(place, Decimal(value), value) for place, value in enumerate(values)]


def texts(drawn: ET.Element) -> dict[str, int]:
    found = drawn.iter("{http://www.w3.org/2000/svg}text")
    return {str(one.text): int(one.attrib["y"]) for one in found}


def test_every_figure_is_written_and_the_sides_differ_by_more_than_colour() -> None:
    panel = Panel("Samarbejde", {OURS: dots("3.6", "4.3"), THEIRS: dots("3.5", "3.0")})
    drawn = picture(panel, partner="<b>Æbler & æøå</b>")
    shown = texts(drawn)
    assert {"3.6", "4.3", "3.5", "3.0", "Vi", "<b>Æbler & æøå</b>", "Samarbejde"} <= shown.keys()
    assert shown["3.6"] < shown["3.5"]  # the upper one's figure stands above it
    lines = drawn.iter("{http://www.w3.org/2000/svg}polyline")
    assert {one.attrib["stroke-dasharray"] for one in lines} == {"none", "9 6"}
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}circle"))) == 3  # one in the legend


def test_equal_figures_stand_above_and_below_their_point() -> None:
    drawn = picture(Panel("Fremdrift", {OURS: dots("3.5"), THEIRS: dots("3.5")}))
    found = drawn.iter("{http://www.w3.org/2000/svg}text")
    assert len({one.attrib["y"] for one in found if one.text == "3.5"}) == 2
