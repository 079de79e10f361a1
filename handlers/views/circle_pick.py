"""Whose place in the circle it is about, and why some partners have none."""

from collections.abc import Sequence

from slackblocks import Block, ModalView

from bot.partner import Hit, Partner, RelationType
from bot.translation import Translator, mark
from bot.words import OUTSIDE
from handlers.views.circle import BEGIN, NAME
from handlers.views.circle_ask import form
from handlers.views.circle_story import card_button
from handlers.views.partner import relation_buttons
from handlers.views.partner_found import hit_line
from handlers.views.partner_pick import pick
from handlers.views.parts import cut, plain, rich

PICKED = "circle_picked"  # callback id

WHY_NONE = {
    RelationType.SPONSOR: mark(
        "A sponsor gives money for something particular and may ask for something back. That is"
        " fine, but it has no place in the circle: you do nothing together."
    ),
    RelationType.FUND: mark(
        "A fund pays for something that you make. That is fine, but it has no place in the circle:"
        " you do nothing together."
    ),
    RelationType.SUPPLIER: mark(
        "A supplier sells something that was agreed beforehand. That is fine, but it has no place"
        " in the circle: you do nothing together."
    ),
}


def pick_view(t: Translator, words: str, hits: Sequence[Hit] = ()) -> ModalView:
    """Whose place it is about, where the command named nobody or several; `hits` are the likely."""
    said = t("I could not see which partner you mean by “{words}”. Choose it here.")
    unclear = rich(said, block_id="circle_unclear", words=cut(words, NAME))
    blocks: list[Block] = [unclear] if words else []
    blocks += [hit_line(t, hit, n, t("Choose"), BEGIN) for n, hit in enumerate(hits)]
    return form(t, t("Place in the circle"), [*blocks, pick(t, None, optional=False)], PICKED)


def outside_view(t: Translator, partner: Partner) -> ModalView:
    """Why a sponsor, a fund or a supplier has no place."""
    return ModalView(
        plain(t("Place in the circle")),
        [
            rich(
                t(OUTSIDE[partner.relation_type]),
                block_id="circle_outside",
                name=cut(partner.name, NAME),
            ),
            rich(t(WHY_NONE[partner.relation_type]), block_id="circle_why_none"),
            rich(t("If you make something together now, change it here."), block_id="circle_way"),
            *relation_buttons(t, partner),
            *card_button(t, partner.id),
        ],
        close=plain(t("Close")),
        callback_id="circle_outside",
    )
