"""Handing a partner over: offered to one colleague, who says yes or no. Nobody gets one unasked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.circle_asked import Absent, Tied, everybody
from bot.errors import UserError
from bot.partner import Partner

# Two partner days. Without a word by then it is over, and whose it is is asked again.
OPEN_FOR = timedelta(days=14)
# So long whoever has asked finds on Home what came of it.
TOLD_FOR = timedelta(days=7)


class State(StrEnum):
    """Where an offer is."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # it was offered to somebody else since


class Answer(StrEnum):
    """What whoever has asked hears."""

    WAITS = "waits"
    YES = "yes"
    NO = "no"
    NONE = "none"  # in all the time that there was


@dataclass(frozen=True)
class Handover:
    """One partner offered to one colleague. `version` grows with each change."""

    partner_id: int
    to: str  # Slack user ids, as in by and responsible
    by: str  # whoever asks: the responsible, her deputy, a coordinator
    at: datetime
    responsible: str | None = None  # at that time: the offer is over with anybody else
    state: State = State.OFFERED
    settled_at: datetime | None = None
    id: int = 0  # 0 until stored
    version: int = 0


TiedOne = TypeVar("TiedOne", bound=Tied)


def offered(partner: Partner, to: str, *, by: str, now: datetime, absent: Absent) -> Handover:
    """The offer as it may be stored.

    Raises:
        UserError: with the name of the field; the colleague has it already, has left, or is away.
    """
    if to == partner.responsible:
        raise UserError("That is whose it is already. Choose somebody else.", field="to")
    if to in absent.left:
        raise UserError("That colleague is no longer in Slack. Choose somebody else.", field="to")
    if to in absent.away:
        raise UserError("That colleague is away. Choose somebody who is here.", field="to")
    return Handover(partner.id, to, by, now, partner.responsible)


def is_open(handover: Handover, now: datetime) -> bool:
    """Whether it waits for an answer, as far as it tells itself: see also stands()."""
    return handover.state is State.OFFERED and now - handover.at < OPEN_FOR


def stands(handover: Handover, tied: Tied) -> bool:
    """Whether the partner is still whose it was: nobody gets it from somebody who was not asked."""
    return handover.responsible == tied.responsible


def answered(
    handover: Handover, tied: Tied, user: str, *, accepts: bool, now: datetime
) -> Handover:
    """The offer with its answer.

    Raises:
        UserError: it was offered to somebody else, is settled, or over.
    """
    if user != handover.to:
        raise UserError("This was offered to a colleague. You can take it on the partner's card.")
    if handover.state is not State.OFFERED:
        raise UserError("This is settled already. The card shows whose it is now.")
    if not stands(handover, tied):
        raise UserError("It has changed hands since you were asked. The card shows whose it is.")
    if not is_open(handover, now):
        raise UserError("It is too long since you were asked. You can take it on the card.")
    state = State.ACCEPTED if accepts else State.DECLINED
    return replace(handover, state=state, settled_at=now)


def is_news(handover: Handover, now: datetime) -> bool:
    """Whether what came of it is told to whoever has asked."""
    over = handover.settled_at or handover.at + OPEN_FOR
    return now - over < TOLD_FOR


def answer(handover: Handover, tied: Tied, now: datetime) -> Answer | None:
    """What whoever has asked is told; None where whose it is was settled otherwise since."""
    if handover.state is State.ACCEPTED:
        return Answer.YES if tied.responsible == handover.to else None
    if handover.state is State.WITHDRAWN or not stands(handover, tied):
        return None
    if handover.state is State.DECLINED:
        return Answer.NO
    return Answer.WAITS if is_open(handover, now) else Answer.NONE


def taken(partner: Partner, to: str) -> Partner:
    """The partner in the colleague's hands. Who had it before goes on knowing them."""
    return replace(
        partner,
        responsible=to,
        deputy=None if partner.deputy == to else partner.deputy,
        known_by=_known(partner, {to}),
    )


def released(partner: Partner) -> Partner:
    """The partner without a responsible, for "Who takes it?"."""
    return replace(partner, responsible=None, known_by=_known(partner, set()))


def disowned(partner: Partner) -> Partner:
    """The same after "It is not me": who says so is not put down as knowing them."""
    return replace(partner, responsible=None)


def left_behind(user: str, partners: Iterable[TiedOne]) -> list[TiedOne]:
    """Those that a colleague who has left Slack was responsible for: the coordinator's now."""
    return [partner for partner in partners if partner.responsible == user]


def candidates(tied: Tied, absent: Absent, asked: Collection[str] = ()) -> Sequence[str]:
    """Whom to offer it to: those who are tied to them and here, the deputy first.

    Without who was `asked` before: nobody says no twice to what no colleague asks her.
    """
    without = {tied.responsible, *absent.left, *absent.away, *asked}
    return [user for user in everybody(tied) if user not in without]


def _known(partner: Partner, without: set[str]) -> tuple[str, ...]:
    before = (partner.responsible, *partner.known_by)
    return tuple(dict.fromkeys(user for user in before if user and user not in without))
