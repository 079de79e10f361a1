"""A partner's contact persons on screen, with what we owe each; and who may come back."""

from collections.abc import Sequence

from slackblocks import Block, ModalView

from bot.errors import UserError
from bot.partner import ContactPerson, Partner
from bot.privacy import people_of
from bot.workspace_roles import Action, may
from handlers.turn import Turn
from handlers.views import partner_people as views
from handlers.views.privacy_erasure import ASKED
from storage import partner as register_of
from storage import privacy, privacy_erasure
from storage.database import Connection


async def people_view(turn: Turn, partner: Partner) -> ModalView:
    """All of them."""
    return views.people_view(turn.t, partner, await turn.read(_owed, turn, partner.id))


async def person_view(
    turn: Turn, partner: Partner, person: ContactPerson, above: Sequence[Block] = ()
) -> ModalView:
    """One person's form, with what this colleague may do there."""
    owed = await turn.read(_owed, turn, partner.id)
    coordinator = may(turn.role, Action.ANONYMISE)
    return views.person_view(turn.t, partner, person, owed, above, may_anonymise=coordinator)


def load(
    conn: Connection, team: str, partner_id: int, person_id: int
) -> tuple[Partner, ContactPerson]:
    """A partner and one of its persons; UserError where either is gone."""
    partner = register_of.existing(conn, team, partner_id)
    for person in people_of(partner):
        if person.id == person_id:
            return partner, person
    raise UserError(privacy.PERSON_GONE)


def asked(turn: Turn) -> bool:
    """Whether the form being submitted has asked about somebody forgotten."""
    return any(block["block_id"] == ASKED for block in turn.view["blocks"])


def forgotten(
    conn: Connection, team: str, partner: Partner, person: ContactPerson, *, sure: bool
) -> bool:
    """Whether the person, who is on the partner's new card, must be asked about first.

    Who was forgotten and is noted again knowingly is welcome.
    """
    known = {other.id for other in partner.people if other.id != person.id}
    back = privacy_erasure.forgotten_among(conn, team, partner, known=known)
    if person not in back:
        return False
    if sure:
        privacy_erasure.welcome_back(conn, team, partner, person)
    return not sure


def _owed(conn: Connection, team: str, turn: Turn, partner_id: int) -> views.Owed:
    untold = privacy.uninformed(conn, team, turn.t.zone, partner_id=partner_id)
    return views.Owed(
        turn.today,
        privacy.standings(conn, team, [partner_id]),
        {one.person.id: one.deadline for one in untold},
    )
