"""Hvem tager den: which relations that nobody is responsible for stand in the digest, and when."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.circle import Level
from bot.partner import RelationType, Status
from bot.reminder_cadence import Cadences, Relation, Standing, due, standing

# Who was not taken when it stood here stands back for others, and is read anew after four weeks.
UNCLAIMED_REST = timedelta(days=28)


@dataclass(frozen=True)
class Unclaimed:
    """A relation that nobody is responsible for, so that nobody is asked about it."""

    partner_id: int
    since: date  # the last contact, or the day that it was added
    talked: bool = True  # whether there was a contact
    quiet: bool = True  # for so long that somebody would be asked
    told_on: date | None = None  # when it stood in a digest last
    let_go: bool = False  # by whoever was responsible, since the last digest
    last_by: str = ""  # who of us had that last contact: whom to ask before one takes it


def unclaimed(
    relation: Relation, cadences: Cadences, today: date, *, let_go: bool = False
) -> Unclaimed | None:
    """A relation without a responsible as "Who takes it?" has it; None where it wants nobody now.

    Somebody is wanted where it has been quiet for too long, wherever we do something together, and
    what was let go of since the last one, for that was promised.
    """
    when = due(relation, cadences)
    ask = standing(when, today) is Standing.ASK
    partner = relation.relation_type is RelationType.PARTNER
    together = relation.status is Status.ACTIVE and relation.level is not Level.NETWORK
    if not (let_go or ask or (when and partner and together)):
        return None
    last = relation.last_contact
    since = last or relation.added_on
    quiet = ask and partner
    return Unclaimed(relation.partner_id, since, last is not None, quiet=quiet, let_go=let_go)


def is_rested(one: Unclaimed, today: date) -> bool:
    """Whether it may stand there again; what was let go of may at once."""
    return one.let_go or one.told_on is None or today - one.told_on >= UNCLAIMED_REST


def turn_of(one: Unclaimed) -> tuple[bool, date, bool, date, int]:
    """Whose turn it is in "Who takes it?": the smaller, the sooner."""
    return not one.let_go, one.told_on or date.min, not one.quiet, one.since, one.partner_id
