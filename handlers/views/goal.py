"""The library's goals: what carries each, and the relations with and without them in a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import (
    Block,
    Button,
    DataTableBlock,
    Element,
    ModalView,
    RawNumber,
    RawText,
    RichTextBlock,
    SectionBlock,
    StaticSelectMenu,
)

from bot.circle import RINGS, TOGETHER, Level
from bot.goal import NAMED, Overview, Relation, key
from bot.home import Page
from bot.text import capital
from bot.translation import Translator, mark
from bot.words import LEVEL
from bot.workspace import Workspace
from bot.workspace_roles import Colleagues
from handlers.views.partner import SHOW
from handlers.views.partner_input import of_our_own
from handlers.views.parts import Reply, button, cut, notice, plain, rich, row, small
from handlers.views.parts_values import in_todays_form

OPEN = "goal_open"
EDIT = "goal_edit"
CARRIERS = "goal_carriers"
WITHOUT = "goal_without"
CHOOSE = "goal_choose"
LIST = "goal_list"  # callback id

PER_PAGE = 10
NAME = 150  # characters of a partner's name in a list
NAMES = 50  # and where several stand in a line
NONE = "–"  # an empty cell
TABLE, TEXT = "table", "text"  # how Slack has taken the overview: its buttons' values end so

NAME_OF_IT = mark("The library's goals")
SOURCE = mark("Byg partnerskaber!, pages 21-24")


@dataclass(frozen=True)
class Listed:
    """A page of relations: those that carry the goal, or none (an empty one)."""

    relations: Sequence[Relation]
    page: Page
    total: int
    goal: str = ""


def overview(
    t: Translator, library: Workspace, found: Overview, *, may_edit: bool, table: bool
) -> Reply:
    """Each goal with how many relations carry it, and those that carry none; as a table, too."""
    if not found.goals:
        return _none_yet(t, library, may_edit=may_edit)
    blocks: list[Block] = [rich(f"**{t(NAME_OF_IT)}**", "goals")]
    if table:
        blocks.append(_table(t, found))
    blocks += [_goal(t, found, goal, n) for n, goal in enumerate(found.goals)]
    if any(found.carried.values()) or found.without:
        blocks.append(_untied(t, found))
    blocks += _buttons(t, found, may_edit=may_edit, table=table)
    blocks.append(small(t(SOURCE), "goals_source"))
    return Reply(notice(t(NAME_OF_IT)), blocks)


def open_button(t: Translator) -> Button:
    """The way to it."""
    return button(t("Goals"), OPEN)


def list_view(t: Translator, listed: Listed) -> ModalView:
    """Those that carry one goal, or partnerships and collaborations that carry none."""
    lines = [_line(t, listed, one, n) for n, one in enumerate(listed.relations)]
    return ModalView(
        plain(t("With this goal") if listed.goal else t("Without a goal")),
        [_above(t, listed), *lines, *_pages(t, listed)],
        close=plain(t("Close")),
        callback_id=LIST,
    )


@in_todays_form()
def read_place(value: str) -> tuple[str, int]:
    """The key of a goal, empty for those without one, and the page."""
    goal, page, *_ = *value.split(":"), "1"
    return goal, int(page)


def counted(t: Translator, by_level: Mapping[Level, int]) -> str:
    """How many there are of each level, the inmost ring first; without those there are none of."""
    said = {
        Level.PARTNERSHIP: lambda n: t.n("{number} partnership", "{number} partnerships", n),
        Level.COLLABORATION: lambda n: t.n("{number} collaboration", "{number} collaborations", n),
        Level.NETWORK: lambda n: t("{number} in the network", number=t.number(n)),
    }
    return " · ".join(said[level](by_level[level]) for level in RINGS if by_level.get(level))


def _none_yet(t: Translator, library: Workspace, *, may_edit: bool) -> Reply:
    none = t("**The library's goals are not written here yet.**")
    then = t(
        "Then you can see which goals you lack partners for, and which partnerships belong to no"
        " goal ({source})."
    )
    if may_edit:
        who = t("Write them in.")
    elif library.coordinators:
        who = t("{coordinators} can write them in.")
    else:
        who = t("First find a coordinator, who can write them in.")
    coordinators = Colleagues(library.coordinators)
    said = f"{none} {who} {then}"
    blocks: list[Block] = [rich(said, "goals_none", coordinators=coordinators, source=t(SOURCE))]
    if may_edit:
        blocks.append(row("goals_buttons", button(t("Write the goals"), EDIT, TEXT, primary=True)))
    return Reply(notice(t(NAME_OF_IT)), blocks)


def _table(t: Translator, found: Overview) -> Block:
    header = [t("Goal"), *(capital(t(LEVEL[level])) for level in RINGS)]
    rows: list[list[RawText | RawNumber | RichTextBlock]] = [[RawText(cell) for cell in header]]
    for goal in found.goals:
        carried = found.carried.get(goal, {})
        figures = [_figure(t, carried.get(level, 0)) for level in RINGS]
        rows.append([RawText(goal), *figures])
    return DataTableBlock(
        rows,
        t("How many work for each goal"),
        page_size=len(found.goals),
        block_id="goals_table",
    )


def _figure(t: Translator, number: int) -> RawNumber:
    return RawNumber(number, t.number(number) if number else NONE)


def _goal(t: Translator, found: Overview, goal: str, n: int) -> Block:
    carried = found.carried.get(goal, {})
    if not carried:
        nobody = t("Nobody works for it yet.")
        return rich(f"**{{goal}}**\n{nobody}", f"goal.{n}", goal=goal)
    names = [cut(one.name, NAMES) for one in found.first[goal]]
    more = sum(carried.values()) - len(names)
    if more:
        names.append(t.n("one more", "{number} more", more))
    return rich(
        "**{goal}**\n{counted}: {names}",
        f"goal.{n}",
        goal=goal,
        counted=counted(t, carried),
        names=t.list(names),
    )


def _untied(t: Translator, found: Overview) -> Block:
    number = sum(found.without.get(level, 0) for level in TOGETHER)
    if not number:
        return rich(t("All partnerships and collaborations have a goal."), "goals_without")
    said = t("**Without a goal:** {counted}.")
    return rich(said, "goals_without", counted=counted(t, found.without))


def _buttons(t: Translator, found: Overview, *, may_edit: bool, table: bool) -> list[Block]:
    elements: list[Element] = []
    shown = TABLE if table else TEXT
    many = [goal for goal in found.goals if sum(found.carried.get(goal, {}).values()) > NAMED]
    if many:
        menu = StaticSelectMenu(
            CARRIERS,
            [of_our_own(t, goal, key(goal)) for goal in many],
            placeholder=plain(t("See all with …"), 150),
        )
        elements.append(menu)
    if found.without:
        elements.append(button(t("See those without a goal"), WITHOUT, f":1:{shown}"))
    if may_edit:
        elements.append(button(t("Edit the goals"), EDIT, shown))
    return [row("goals_buttons", *elements)] if elements else []


def _above(t: Translator, listed: Listed) -> Block:
    if listed.goal:
        said = t.n("One partner works for it.", "{number} partners work for it.", listed.total)
        return rich("**{goal}**\n{said}", "goal_above", goal=listed.goal, said=said)
    if not listed.total:
        return rich(t("All partnerships and collaborations have a goal."), "goal_above")
    said = t.n(
        "**One partnership or collaboration has no goal.**",
        "**{number} partnerships and collaborations have no goal.**",
        listed.total,
    )
    none = t("They need not have one. But then it is worth a talk what you want with them.")
    return rich(f"{said}\n{none}", "goal_above")


def _line(t: Translator, listed: Listed, one: Relation, n: int) -> Block:
    number = str(one.id)
    show = button(t("Show"), f"{SHOW}.{n}", number)
    choose = button(t("Choose goals"), f"{CHOOSE}.{n}", f"{number}:{listed.page.number}")
    return SectionBlock(
        plain(f"{cut(one.name, NAME)} · {t(LEVEL[one.level])}"),
        block_id=f"goal_line.{one.id}",
        accessory=show if listed.goal else choose,
    )


def _pages(t: Translator, listed: Listed) -> list[Block]:
    page = listed.page
    if page.of == 1:
        return []
    goal = key(listed.goal) if listed.goal else ""
    to = CARRIERS if goal else WITHOUT
    ways = []
    if page.number > 1:
        ways.append(button(t("Previous"), f"{to}.back", f"{goal}:{page.number - 1}"))
    if page.number < page.of:
        ways.append(button(t("Next"), f"{to}.on", f"{goal}:{page.number + 1}"))
    where = t("Page {number} of {of}", number=page.number, of=page.of)
    return [small(where, "goal_where"), row("goal_pages", *ways)]
