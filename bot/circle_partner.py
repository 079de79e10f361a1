"""What the circle means for a partner's card: who has a place in it, and what a move changes."""

from dataclasses import replace

from bot.circle import Level, Move
from bot.errors import UserError
from bot.partner import Partner, RelationType, Status
from bot.translation import mark

MOVED = mark(
    "A colleague has changed their place in the circle meanwhile. Open the card again to see how."
)


def carries_level(relation_type: RelationType) -> bool:
    """Whether such a relation has a place in the circle (Byg partnerskaber!, pages 13-14)."""
    return relation_type is RelationType.PARTNER


def check_carries_level(partner: Partner) -> None:
    """Raise the UserError that says why the partner has no place in the circle, if it has none."""
    if not carries_level(partner.relation_type):
        raise UserError("Sponsors, funds and suppliers carry no place in the circle.")


def check_may_move(partner: Partner) -> None:
    """Raise the UserError that says why nothing is decided about the partner now, if so it is."""
    check_carries_level(partner)
    if partner.archived:
        raise UserError("They are in the archive. Take them out of it first, then go on here.")


def still_stands(partner: Partner, move: Move) -> bool:
    """Whether the partner is where the move begins; not so where a colleague was faster."""
    if move.from_level is move.to_level:  # an ending in the network shows in the status only
        return partner.level is move.from_level and partner.status is not Status.ENDED
    return partner.level is move.from_level


def moved(partner: Partner, move: Move) -> Partner:
    """The partner after the move.

    What moves inwards is active again, a possible, a resting or an old friend too. An ending is
    back in the network and keeps all else: the long cadence follows from its status.
    """
    if move.ends:
        return replace(partner, level=Level.NETWORK, status=Status.ENDED)
    status = Status.ACTIVE if move.inwards else partner.status
    return replace(partner, level=move.to_level, status=status)
