"""What Home shows of the house: the circle to everybody, and to the coordinator what lacks."""

from datetime import date

from slackblocks import Block, Button, RichTextBlock, RichTextList, SectionBlock

from bot.circle import Level
from bot.circle_picture import Missing, Shown, month
from bot.circle_words import moved
from bot.home import Desktop
from bot.home_house import Circle, Duties, Which
from bot.home_start import Start
from bot.translation import Translator
from handlers.views import (
    evaluation_year,
    goal,
    goal_gap,
    home_start,
    partner_sort,
    privacy,
    report,
)
from handlers.views.circle_picture import image
from handlers.views.home_list import open_button
from handlers.views.notice import NOT_ALLOWED
from handlers.views.parts import button, cut, heading, line, plain, rich, row, small

NAME = 200  # characters


def duties(t: Translator, desktop: Desktop) -> list[Block]:
    """What the coordinator sees to, and the ways to what tells of the whole house."""
    if desktop.duties is None:
        return []
    return [
        heading(t("You coordinate"), "home_duties"),
        *_lacking(t, desktop.duties),
        *_year(t, desktop.duties),
        row("home_ways", *_ways(t, desktop)),
    ]


def circle(t: Translator, desktop: Desktop) -> list[Block]:
    """Where our partners stand, what has moved, and the picture last."""
    found = desktop.circle
    if found is None:
        return []
    blocks: list[Block] = [heading(t("The circle"), "home_circle"), _levels(t, found)]
    blocks += _moved(t, found, desktop.today)
    if desktop.duties is None:  # else it stands among those
        blocks.append(row("home_report", report.open_button(t)))
    return blocks + _picture(t, desktop, found.picture)


def _picture(t: Translator, desktop: Desktop, picture: Shown | Missing | None) -> list[Block]:
    """The picture; where there is none, what can be done, for who can do it."""
    if picture is None or isinstance(picture, Shown):
        return image(picture, "home_picture")
    said = t("The picture did not come along this time. /partner circle shows the circle.")
    if picture is Missing.NOT_ALLOWED:
        said = t("The picture of the circle cannot be shown yet.")
        if desktop.duties is not None:
            said += " " + t(NOT_ALLOWED)
    return [small(said, "home_no_picture")]


def _lacking(t: Translator, of: Duties) -> list[Block]:
    unheld = t.n(
        "One of our partners has nobody responsible.",
        "{number} of our partners have nobody responsible.",
        of.unheld,
        number=t.count(of.unheld, first=True),
    )
    on_offer = t.n(
        "One partner is about to be handed over.",
        "{number} partners are about to be handed over.",
        of.on_offer,
        number=t.count(of.on_offer, first=True),
    )
    uninformed = t.n(
        "One contact person is still to be told what we have noted.",
        "{number} contact persons are still to be told what we have noted.",
        of.uninformed,
    )
    to_sort = t.n(
        "Of one partner something is still not known. It takes a minute.",
        "Of {number} partners something is still not known. Five minutes go a long way.",
        of.to_sort,
    )
    lines = (
        (of.unheld, unheld, open_button(t, Which.UNHELD)),
        (of.on_offer, on_offer, open_button(t, Which.ON_OFFER)),
        (of.uninformed, uninformed, button(t("See the list"), privacy.UNINFORMED)),
        (of.to_sort, to_sort, partner_sort.begin_button(t)),
    )
    return [_line(said, way) for number, said, way in lines if number]


def _year(t: Translator, of: Duties) -> list[Block]:
    """The evaluations that are open, and the way to those that are planned."""
    if not of.plans_the_year:
        return []
    said = t("No evaluation is open. I open them by myself in the year ahead.")
    if of.evaluations:
        said = t.n(
            "One evaluation is open. I open the next by myself in the year ahead.",
            "{number} evaluations are open. I open the next by myself in the year ahead.",
            of.evaluations,
            number=t.count(of.evaluations, first=True),
        )
    return [_line(said, evaluation_year.open_button(t))]


def _ways(t: Translator, desktop: Desktop) -> list[Button]:
    ways = [
        button(t("Gaps"), goal_gap.OPEN),
        goal.open_button(t),
        report.open_button(t),
    ]
    if desktop.start is Start.ANSWERED:
        ways.append(home_start.see_button(t))
    return ways


def _levels(t: Translator, found: Circle) -> Block:
    levels = found.figures.levels
    numbers = {level: t.number(levels.get(level, 0)) for level in Level}
    return rich(
        t("Partnerships: {partnership} · Collaborations: {collaboration} · Network: {network}"),
        block_id="home_levels",
        **numbers,
    )


def _moved(t: Translator, found: Circle, today: date) -> list[Block]:
    day = t.day(month(today, t.zone), today)
    if not found.moved:
        return [small(t("Since {day} nobody has moved in the circle.", day=day), "home_moved")]
    steps = [
        line("**{name}** – {way}", name=cut(one.name, NAME), way=t(moved(one.move)))
        for one in found.moved
    ]
    above = line(t("**Moved since {day}**"), day=day)
    blocks: list[Block] = [
        RichTextBlock([above, RichTextList("bullet", steps)], block_id="home_moved")
    ]
    if found.more:
        more = t.n("And one more.", "And {number} more.", found.more)
        blocks.append(small(more, "home_moved_more"))
    return blocks


def _line(said: str, way: Button) -> Block:
    return SectionBlock(plain(said), block_id=f"home_lacks.{way.action_id}", accessory=way)
