"""The search-as-you-type select that every form uses where it needs a partner."""

from collections.abc import Sequence

from slackblocks import ExternalSelectMenu, InputBlock, Option

from bot.partner import Hit
from bot.translation import Translator
from handlers.views.parts import Typed, option, plain

PICK = "partner_pick"  # both block_id and action_id


def pick(t: Translator, chosen: Hit | None, *, optional: bool) -> InputBlock:
    """The select; a chosen partner stands in it from the start."""
    return InputBlock(
        plain(t("Partner")),
        ExternalSelectMenu(
            PICK,
            initial_option=_option(chosen) if chosen else None,
            min_query_length=0,
            placeholder=plain(t("Type a name")),
        ),
        block_id=PICK,
        optional=optional,
    )


def choices(hits: Sequence[Hit]) -> list[Option]:
    """What the select offers."""
    return [_option(hit) for hit in hits]


def picked(typed: Typed) -> int | None:
    """The chosen partner's id, from a view's state."""
    chosen = typed.get(PICK, {}).get(PICK, {}).get("selected_option")
    return int(chosen["value"]) if chosen else None


def _option(hit: Hit) -> Option:
    return option(hit.name, str(hit.id), hit.detail or None)
