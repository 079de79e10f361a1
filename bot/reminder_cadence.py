"""How long a relation may be quiet before it is on the way, and before somebody is asked.

The days are counted from anybody's contact: what one colleague noted counts for the whole house.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.circle import Level
from bot.errors import UserError
from bot.partner import RelationType, Status


class Place(StrEnum):
    """What decides how long a relation may be quiet."""

    NETWORK = "network"
    COLLABORATION = "collaboration"
    TRIAL = "trial"
    PARTNERSHIP = "partnership"
    POSSIBLE = "possible"
    OLD_FRIEND = "old_friend"
    DECLINED = "declined"  # with a kind no


@dataclass(frozen=True)
class Cadence:
    """Days without contact until a relation is on the way, and until somebody is asked."""

    on_the_way: int
    ask: int


# Why these days: they follow the year of a public library, and the toolbox asks for care of the
# whole network (Byg partnerskaber!, page 33). With 180 days as the limit, 250 relations of the
# network meant 510 questions a year in a house; with 270 it is 340.
USUAL: Mapping[Place, Cadence] = {
    # A programme is made twice a year: one greeting each season. 270 gives air over the summer.
    Place.NETWORK: Cadence(180, 270),
    # There is an activity. Quiet for a quarter, the next season's programme closes without them.
    Place.COLLABORATION: Cadence(45, 90),
    # There is a day of decision, and it needs something to build on.
    Place.TRIAL: Cadence(30, 45),
    # A sign of life a month is usual. 60 days are two that did not come.
    Place.PARTNERSHIP: Cadence(30, 60),
    # By then it has become something, or is to be kept for later, or deleted.
    Place.POSSIBLE: Cadence(30, 60),
    # One greeting a year. The contact is kept when the collaboration is not.
    Place.OLD_FRIEND: Cadence(330, 365),
    # Where the letter names no day. A no is not softened by questions on the way.
    Place.DECLINED: Cadence(365, 365),
}
# An agreement is renewed at a meeting and signed at another: a quarter for both. A month before it
# runs out is the last time at which it can still be done.
AGREEMENT_DAYS = (90, 30)
# The mentions of one term of an agreement lie within this time; those before belong to the last.
AGREEMENT_TERM = timedelta(days=180)
# One message a week asks about nothing more often.
SHORTEST = 7
# A relation that nobody misses for two years has ended.
LONGEST = 730

_DAY = timedelta(days=1)
_GOLDEN = 2654435769  # 2**32 divided by the golden ratio: multiples of it never crowd


@dataclass(frozen=True)
class Relation:
    """What must be known of a partner to say when somebody is asked."""

    partner_id: int
    added_on: date
    imported: bool = False  # out of a list, so that adding it says nothing about a contact
    relation_type: RelationType = RelationType.PARTNER
    level: Level = Level.NETWORK
    status: Status = Status.ACTIVE
    archived: bool = False
    on_trial: bool = False
    last_contact: date | None = None  # anybody's newest that is not undone
    moved_on: date | None = None  # its last step in the circle, an ending included
    declined_on: date | None = None  # by a kind no that nothing has followed
    ask_again_on: date | None = None  # the day that its letter names, while nobody has answered it
    agreement_ends: date | None = None
    own: Cadence | None = None  # chosen for this partner


@dataclass(frozen=True)
class Due:
    """From which day a relation is on the way, and from which somebody is asked.

    What was mentioned before `since` was about an earlier silence.
    """

    on_the_way_on: date
    ask_on: date
    since: date


class Standing(StrEnum):
    """How it is with a relation today."""

    FINE = "fine"
    ON_THE_WAY = "on_the_way"
    ASK = "ask"


Cadences = Mapping[Place, Cadence]


def checked(cadence: Cadence) -> Cadence:
    """The cadence as a library or a colleague may choose it.

    Raises:
        UserError: with the name of the field.
    """
    if not SHORTEST <= cadence.ask <= LONGEST:
        raise UserError(
            "Choose a number of days from {least} to {most}.",
            field="ask",
            least=str(SHORTEST),
            most=str(LONGEST),
        )
    if not 1 <= cadence.on_the_way <= cadence.ask:
        raise UserError(
            "Choose a number of days from {least} to {most}.",
            field="on_the_way",
            least="1",
            most=str(cadence.ask),
        )
    return cadence


def place_of(relation: Relation) -> Place:
    """Which cadence is the relation's; for partners, whose place is in the circle."""
    if relation.status is Status.ENDED:
        return Place.OLD_FRIEND
    if relation.status is Status.POSSIBLE:
        return Place.DECLINED if relation.declined_on else Place.POSSIBLE
    if relation.on_trial and relation.level is Level.COLLABORATION:
        return Place.TRIAL
    return Place(relation.level)


def cadence_of(relation: Relation, library: Cadences) -> Cadence:
    """The partner's own, else the library's, else the usual.

    What was chosen for a partner in the circle is not meant for an old friend or after a no.
    """
    place = place_of(relation)
    if relation.own and place not in (Place.OLD_FRIEND, Place.DECLINED):
        return relation.own
    return library.get(place, USUAL[place])


def due(relation: Relation, library: Cadences) -> Due | None:
    """When somebody is asked, if nothing happens until then; None: never."""
    if relation.archived or relation.status is Status.RESTING:
        return None
    if relation.relation_type is not RelationType.PARTNER:
        return _agreement_due(relation)
    cadence = cadence_of(relation, library)
    quiet_since = _quiet_since(relation)
    if relation.imported and (quiet_since is None or _over(quiet_since, cadence, relation)):
        ask_on = relation.added_on + (1 + spread(relation.partner_id, cadence.ask)) * _DAY
        return _due(relation.added_on, ask_on, cadence)
    since = quiet_since or relation.added_on
    promised = relation.ask_again_on if place_of(relation) is Place.DECLINED else None
    if promised and since < promised:  # neither sooner nor later than the letter says
        return _due(since, promised, Cadence(cadence.ask, cadence.ask))
    return _due(since, since + cadence.ask * _DAY, cadence)


def standing(due: Due | None, today: date) -> Standing:
    """How it is with a relation that is due so."""
    if due is None or today < due.on_the_way_on:
        return Standing.FINE
    return Standing.ON_THE_WAY if today < due.ask_on else Standing.ASK


def spread(number: int, days: int) -> int:
    """A day from 0 to below `days`: always the same for a number, even for numbers in a row."""
    return (number * _GOLDEN % 2**32 * days) >> 32


def _quiet_since(relation: Relation) -> date | None:
    """The last day on which somebody had to do with them, so far as we know."""
    added_on = None if relation.imported else relation.added_on
    days = (relation.last_contact, relation.moved_on, relation.declined_on, added_on)
    return max(filter(None, days), default=None)


def _over(since: date, cadence: Cadence, relation: Relation) -> bool:
    """Whether it was over already when it was imported, as half a list may be."""
    return since + cadence.ask * _DAY <= relation.added_on


def _due(quiet_since: date, ask_on: date, cadence: Cadence) -> Due:
    """Mentions count from half of the way on.

    So a contact that is noted for some days back begins anew, and a correction of its day by some
    days repeats nothing.
    """
    on_the_way_on = ask_on - (cadence.ask - cadence.on_the_way) * _DAY
    halfway = quiet_since + (ask_on - quiet_since) // 2
    return Due(max(on_the_way_on, quiet_since), ask_on, halfway)


def _agreement_due(relation: Relation) -> Due | None:
    """A quarter before it ends, and again a month before; a contact since then has answered it."""
    ends = relation.agreement_ends
    if ends is None or relation.status is Status.ENDED:
        return None
    seen = relation.last_contact or date.min
    days = (ends - before * _DAY for before in AGREEMENT_DAYS)
    ask_on = next((day for day in days if seen < day), None)
    return Due(ask_on, ask_on, ends - AGREEMENT_TERM) if ask_on else None
