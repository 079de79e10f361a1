"""At most one quick question about a partner after a person's own action, answered by one click."""

from collections.abc import Collection

from bot.partner import Partner, RelationType
from bot.partner_question import choices
from bot.workspace import Workspace

# Fields of Partner. Those that the pictures of white spots count come first.
QUESTIONS = ("age_groups", "kind", "rooms", "keywords")


def next_question(partner: Partner, asked: Collection[str], library: Workspace) -> str | None:
    """The field to ask about: one that is empty, was not asked before, and has answers to offer.

    Sponsors, funds and suppliers are asked nothing: they stand in none of the pictures.
    """
    if partner.relation_type is not RelationType.PARTNER or partner.archived:
        return None
    for name in QUESTIONS:
        if name not in asked and not getattr(partner, name) and choices(name, library):
            return name
    return None
