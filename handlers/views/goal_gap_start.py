"""One white spot: who could be a start, who here knows them, and the way into a check."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import Block, ModalView

from bot.goal_gap import Gap, Tally, is_filled
from bot.goal_gap_start import Starter
from bot.partner import Status
from bot.translation import Translator
from bot.words import STATUS
from bot.workspace import Workspace
from handlers.views import tjek
from handlers.views.contact_who import colleagues
from handlers.views.goal_gap import form_of, new_button, open_button
from handlers.views.goal_gap_words import idea, name_of, sentence
from handlers.views.partner import SHOW
from handlers.views.parts import button, cut, plain, rich, row, small

NAME = 80  # characters of a partner's name

SHOWN = 6  # of those who could be a start; of more nobody would choose


@dataclass(frozen=True)
class Begun:
    """A white spot as it is now, and who could be a start, the best first."""

    gap: Gap
    now: Tally
    starters: Sequence[Starter]
    more: bool = False
    listed: bool = True  # the library still sorts by what it names


def start_view(t: Translator, library: Workspace, begun: Begun) -> ModalView:
    """Who could be a start; where it is filled by now, or nobody sorts by it any more, that."""
    if not begun.listed:
        blocks = _unlisted(t)
    else:
        blocks = _filled(t) if is_filled(begun.gap, begun.now) else _blocks(t, library, begun)
    return ModalView(
        plain(t("White spot")), blocks, close=plain(t("Close")), callback_id="goal_gap_start"
    )


def _unlisted(t: Translator) -> list[Block]:
    said = t("**That is not on the library's list any more.** The list has been changed since.")
    return [rich(said, block_id="goal_gap_unlisted"), row("goal_gap_back", open_button(t))]


def _filled(t: Translator) -> list[Block]:
    said = t("**That spot is not white any more.** Something has come since.")
    return [rich(said, block_id="goal_gap_filled"), row("goal_gap_back", open_button(t))]


def _blocks(t: Translator, library: Workspace, begun: Begun) -> list[Block]:
    gap, about, form = begun.gap, idea(t, library, begun.gap), form_of(begun.gap)
    beside = next((n for n, one in enumerate(begun.starters) if not one.counted), None)
    said = sentence(t, gap, library)
    blocks: list[Block] = [rich("**{said}**", block_id="goal_gap_said", said=said)]
    for n, one in enumerate(begun.starters):
        if n == beside:
            blocks.append(small(t("Or perhaps:"), "goal_gap_beside"))
        blocks.append(_starter(t, library, gap, one, n))
        number = str(one.id)
        check = button(t("Check"), f"{tjek.BEGIN}.{n}", tjek.begin_value(one.id, about, form))
        blocks.append(row(f"start_buttons.{n}", check, button(t("Show"), f"{SHOW}.{n}", number)))
    if not begun.starters:
        nobody = t("Nobody in the register fits. Perhaps you must find somebody new.")
        blocks.append(rich(nobody, block_id="goal_gap_nobody"))
    if begun.more:
        blocks.append(small(t("There are more who do not stand here."), "goal_gap_more"))
    return [*blocks, row("goal_gap_new", new_button(t, library, gap))]


def _starter(t: Translator, library: Workspace, gap: Gap, one: Starter, number: int) -> Block:
    them, values = colleagues(t, one.known_by)
    known = t("Known by {them}.").replace("{them}", them) if them else ""
    sentence_ = "**{name}**{details}\n" + (known or t("Nobody has noted that they know them."))
    return rich(
        sentence_,
        block_id=f"start.{number}",
        name=cut(one.name, NAME),
        details="".join(f" · {detail}" for detail in _details(t, library, gap, one)),
        **values,
    )


def _details(t: Translator, library: Workspace, gap: Gap, one: Starter) -> Sequence[str]:
    """What it has in common with the white spot, and what it is."""
    details = [name_of(t, library, place.dimension, place.value) for place in one.fits]
    if not details:
        details.append(t("by its keywords"))
    if one.possible:
        details.append(t(STATUS[Status.POSSIBLE]))
    if one.branch and one.branch != gap.branch:
        details.append(one.branch)
    return details
