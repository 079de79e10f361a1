"""White spots as they are seen: a picture to choose, its counts, and where to look first."""

from collections.abc import Sequence

from slackblocks import (
    Block,
    Button,
    ModalView,
    Option,
    StaticSelectMenu,
)

from bot.circle import Level
from bot.goal_gap import ENOUGH, Dimension, Facts, Gap, gaps, is_sparse
from bot.goal_gap_matrix import Counts, Picture, Shows, seen_in
from bot.goal_gap_start import has_nobody_near
from bot.tjek import Form
from bot.translation import Translator, mark
from bot.workspace import Workspace
from handlers.views import tjek
from handlers.views.goal_gap_table import Seen, lines, table
from handlers.views.goal_gap_words import COUNTS, SHOWS, idea, sentence
from handlers.views.partner import ADD
from handlers.views.partner_sort import begin_button
from handlers.views.parts import Reply, button, heading, option, plain, rich, row, small

__all__ = [
    "OPEN",
    "SEE",
    "Seen",
    "form_of",
    "message",
    "new_button",
    "open_button",
    "see_button",
    "sentence",
    "view",
]

OPEN = "goal_gap_open"
SEE = "goal_gap_see"  # its value is the gap's key
CHOOSE = "goal_gap_choose"  # its value is the picture

NAMED = 4  # of the white spots; of more nobody knows where to begin
BRANCHES = 99  # that a menu has room for beside the whole house

SPARSE = {
    Dimension.ROOM: mark("{number} of {of} relations have no room on their card"),
    Dimension.AGE: mark("{number} of {of} relations have no age on their card"),
    Dimension.KIND: mark("{number} of {of} relations have no sort on their card"),
    Dimension.GOAL: mark("{number} of {of} relations have no goal on their card"),
}


def message(t: Translator, seen: Seen, *, drawn: bool = True) -> Reply:
    """As a message; not `drawn` where Slack knows no tables: then in words."""
    return Reply(t("White spots"), _blocks(t, seen, drawn=drawn))


def view(t: Translator, seen: Seen) -> ModalView:
    """The same where there is no message to answer in; a modal has no tables."""
    return ModalView(
        plain(t("White spots")),
        _blocks(t, seen, drawn=False),
        close=plain(t("Close")),
        callback_id="goal_gap",
    )


def open_button(t: Translator) -> Button:
    """The way here, for Home and others."""
    return button(t("White spots"), OPEN)


def see_button(t: Translator, gap: Gap, ending: str = "") -> Button:
    """The way to who could be a start."""
    words = t("See them") if gap.starts else t("See who")
    return button(words, f"{SEE}.{ending}" if ending else SEE, gap.key)


def new_button(t: Translator, library: Workspace, gap: Gap, ending: str = "new") -> Button:
    """The way into a check of somebody who is in no register yet."""
    value = tjek.begin_value(0, idea(t, library, gap), form_of(gap))
    return button(t("Check somebody new"), f"{tjek.BEGIN}.{ending}", value)


def form_of(gap: Gap) -> Form:
    """What a check about it asks for."""
    return Form.PARTNERSHIP if gap.lacks is Level.PARTNERSHIP else Form.COLLABORATION


def _blocks(t: Translator, seen: Seen, *, drawn: bool) -> list[Block]:
    if not seen.facts.whole.all and not seen.facts.branch:
        return _nobody(t)
    above = [
        heading(t("White spots"), "goal_gap_title"),
        row("goal_gap_choices", *_menus(t, seen)),
    ]
    if not seen.facts.whole.all:
        said = t("No partner in the circle belongs to {branch} yet.")
        return [*above, rich(said, block_id="goal_gap_empty", branch=seen.facts.branch)]
    return [
        *above,
        *(table(t, seen) if drawn else lines(t, seen)),
        *_sparse(t, seen),
        *_named(t, seen),
        small(
            t("Counted are the partners in the circle; one may stand in several rooms and ages."),
            "goal_gap_foot",
        ),
    ]


def _nobody(t: Translator) -> list[Block]:
    said = t(
        "**There is nobody in the circle yet.** Add those you work with, and say on their cards who"
        " it is for. Then you can see here where something is missing."
    )
    return [
        rich(said, block_id="goal_gap_nobody"),
        row("goal_gap_add", button(t("Add a partner"), ADD)),
    ]


def _menus(t: Translator, seen: Seen) -> list[StaticSelectMenu]:
    now = seen.picture
    values = seen.facts.values
    shows = [one for one in Shows if all(values[dimension] for dimension in one.dimensions)]
    menus = [
        _menu(
            f"{CHOOSE}.shows",
            [(t(SHOWS[one]), Picture(one, Counts.CLOSER, now.branch)) for one in shows],
            Picture(now.shows, Counts.CLOSER, now.branch),
        )
    ]
    if now.shows is Shows.ROOM_AGE:
        counts = [(t(COUNTS[one]), Picture(now.shows, one, now.branch)) for one in Counts]
        menus.append(_menu(f"{CHOOSE}.counts", counts, now))
    if seen.branches:
        named = [(t("The whole house"), ""), *((one, one) for one in seen.branches[:BRANCHES])]
        branches = [(name, Picture(now.shows, now.counts, branch)) for name, branch in named]
        menus.append(_menu(f"{CHOOSE}.branch", branches, now))
    return menus


def _menu(
    action_id: str, choices: Sequence[tuple[str, Picture]], chosen: Picture
) -> StaticSelectMenu:
    """One choice, made at once."""
    options: dict[Picture, Option] = {
        picture: option(words, picture.value) for words, picture in choices
    }
    return StaticSelectMenu(action_id, [*options.values()], initial_option=options.get(chosen))


def _sparse(t: Translator, seen: Seen) -> list[Block]:
    """Where little is known the counts would lead astray, and that is said."""
    facts = seen.facts
    sparse = [one for one in seen.picture.shows.dimensions if is_sparse(facts, one)]
    if not sparse:
        return []
    missing = [
        t(
            SPARSE[one],
            number=t.number(facts.whole.all - facts.known(one).all),
            of=t.number(facts.whole.all),
        )
        for one in sparse
    ]
    said = t("{missing}, so the picture is not whole.", missing=t.list(missing))
    if seen.coordinator and Dimension.GOAL not in sparse:
        words = rich("{said}", block_id="goal_gap_sparse", said=said)
        return [words, row("goal_gap_sort", begin_button(t))]
    ask = t("Write it on the cards of those you know.")
    return [rich("{said} {ask}", block_id="goal_gap_sparse", said=said, ask=ask)]


def _named(t: Translator, seen: Seen) -> list[Block]:
    """The first few white spots of this picture, each with a way on."""
    found = seen_in(seen.picture, gaps(seen.facts))
    if not found:
        return [rich(_none(t, seen.facts), block_id="goal_gap_none")]
    blocks: list[Block] = [rich(t("**Look here first**"), block_id="goal_gap_first")]
    for n, gap in enumerate(found[:NAMED]):
        said = sentence(t, gap, seen.library)
        nobody = has_nobody_near(seen.facts, gap)
        way = new_button(t, seen.library, gap, str(n)) if nobody else see_button(t, gap, str(n))
        blocks += [
            rich("{said}", block_id=f"goal_gap.{n}", said=said),
            row(f"goal_gap_buttons.{n}", way),
        ]
    if len(found) > NAMED:
        rest = t.n("There is one more.", "There are {number} more.", len(found) - NAMED)
        blocks.append(small(rest, "goal_gap_more"))
    return blocks


def _none(t: Translator, facts: Facts) -> str:
    if facts.whole.closer >= ENOUGH:
        return t("There is no white spot in this picture.")
    return t(
        "With so few collaborations most places are empty. White spots are named from {number} on.",
        number=t.count(ENOUGH),
    )
