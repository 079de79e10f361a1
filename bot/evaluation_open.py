"""How an evaluation opens: with which questions, who is asked, until when, and when it may not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from bot.circle import Level
from bot.errors import UserError
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import Instrument, Instruments
from bot.evaluation_room import ONE_PARTNER
from bot.partner import Partner, RelationType, Status
from bot.round import deadline_on
from bot.round_steps import FEWEST_SHOWN
from bot.round_voice import THE_PARTNER
from bot.timetable import Calendar

# Those closest to the partner talk it over in one thread; with more of them nobody reads it all.
MOST_ASKED = 8
# Of fewer than these each can guess who answered what: the form says so.
FEW = FEWEST_SHOWN + 1
# Reading a question, thinking, and choosing takes twelve seconds.
_A_MINUTE = 5  # questions

_FRIDAY = 4
_WEEK = timedelta(days=7)
_WORKING_DAYS = timedelta(days=5)


@dataclass(frozen=True)
class Opening:
    """What is to be opened. There is one evaluation of a partner for an occasion and a day."""

    partner_id: int
    occasion: Occasion
    due_on: date
    activity_id: int | None = None
    subject: str = ""  # what we do together; empty where it is the relation as a whole
    instrument_id: str = ""  # in place of instrument_for()


@dataclass(frozen=True)
class Place:
    """A channel that the thread may hang in; an empty one is none.

    Where it is `shared` with others, `voices` are those of them who are in it: they answer there.
    """

    channel: str = ""
    shared: bool = False
    voices: tuple[str, ...] = ()
    open_to_all: bool = False


def instrument_for(level: Level, occasion: Occasion) -> str:
    """The id of the instrument that is shipped for it."""
    if occasion is Occasion.PULSE:
        return "pulse"
    whole = occasion in (Occasion.YEARLY, Occasion.BY_HAND)
    return "partnership" if whole and level is Level.PARTNERSHIP else "collaboration"


def chosen(instruments: Instruments, level: Level, opening: Opening) -> Instrument:
    """The instrument that was chosen, as long as the library has it; else the usual one."""
    known = {one.id for one in instruments.instruments}
    wanted = opening.instrument_id
    return instruments.get(wanted if wanted in known else instrument_for(level, opening.occasion))


def minutes(questions: int) -> int:
    """How long so many questions take; a pulse of three is said to take one."""
    return ceil(questions / _A_MINUTE)


def goes_on(partner: Partner) -> bool:
    """Whether there is a relation to ask about."""
    return not partner.archived and partner.status is not Status.ENDED


def is_asked_about(partner: Partner) -> bool:
    """Whether the card offers to ask: care is enough for a network, and a supplier is no friend."""
    in_circle = partner.relation_type is RelationType.PARTNER
    return goes_on(partner) and in_circle and partner.level is not Level.NETWORK


def asked(
    partner: Partner, here: Collection[str], away: Collection[str] = frozenset()
) -> tuple[str, ...]:
    """Who answers for us, MOST_ASKED at most, those first who are closest to the partner.

    Args:
        partner: Whom it is about.
        here: Those who are colleagues still.
        away: Those who are not at work.
    """
    first = (partner.responsible, partner.deputy)
    tied = dict.fromkeys(user for user in (*first, *partner.known_by) if user)
    return tuple(user for user in tied if user in here and user not in away)[:MOST_ASKED]


def steward(partner: Partner, here: Collection[str], coordinators: Iterable[str]) -> str | None:
    """Who leads it to its end: the responsible, else the first coordinator still here."""
    first = (partner.responsible, *coordinators)
    return next((user for user in first if user and user in here), None)


def check_asker(partner: Partner, user: str, coordinators: Collection[str]) -> None:
    """To ask by hand: the responsible, the deputy or a coordinator, of a relation that goes on."""
    if not goes_on(partner):
        raise UserError(
            "{name} is archived or ended, so there is nothing to ask about.", name=partner.name
        )
    if not may_ask(partner, user, coordinators):
        raise UserError(
            "Those who can ask about {name} are the responsible, the deputy and the coordinator.",
            name=partner.name,
        )


def may_ask(partner: Partner, user: str, coordinators: Collection[str]) -> bool:
    """Whether that colleague may open a round about them by hand."""
    return user in (partner.responsible, partner.deputy, *coordinators)


def asks_partner(
    instrument: Instrument, earlier: Iterable[Evaluation], now: datetime, calendar: Calendar
) -> bool:
    """Whether the partner is asked too: the instrument does, and it is not too soon.

    `earlier` are the partner's evaluations whose rounds were not called off.
    """
    today, rests = calendar.day(now), timedelta(days=ONE_PARTNER[1])  # in days, as the year counts
    days = (calendar.day(one.opened_at) for one in earlier if one.asks_partner)
    return instrument.asks_partner and all(today - day >= rests for day in days)


def place_in(places: Iterable[Place], *, asks_partner: bool) -> Place:
    """The first that will do: what is shared with others only where they are asked as well."""
    fits = (one for one in places if not one.shared or (asks_partner and one.voices))
    return next(fits, Place())


def voices(place: Place, *, asks_partner: bool) -> tuple[str, ...]:
    """Whose answers are asked for on the partner's side: of those in the channel, or as a whole."""
    return (place.voices or (THE_PARTNER,)) if asks_partner else ()


def deadline(now: datetime, calendar: Calendar) -> datetime:
    """Friday at noon in the week after, or the last working day before it in that week.

    A week in which nobody is at work is passed over.
    """
    today = calendar.day(now)
    friday = today + timedelta(days=_FRIDAY - today.weekday()) + _WEEK
    while (last := _last_working(friday, calendar)) <= friday - _WORKING_DAYS:
        friday += _WEEK
    return deadline_on(last, calendar)


def _last_working(day: date, calendar: Calendar) -> date:
    return day if calendar.is_working(day) else calendar.working_day(day, -1)
