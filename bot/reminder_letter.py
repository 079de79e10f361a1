"""What has become of a line of a weekly message that was said already, as it is drawn anew."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.contact import Contact, Kind
from bot.partner import Partner, Status
from bot.reminder import Past, What, is_put_off
from bot.reminder_handover import Answer

# Two messages: nobody looks further back, and the next one says what is so by then.
KEPT_UP_DAYS = 14

_ASKS = frozenset({What.CARE, What.AGREEMENT})
_HANDED_OVER = _ASKS | {What.STEP, What.QUESTION}  # with the partner


class Became(StrEnum):
    """How a line stands."""

    OPEN = "open"
    NOTED = "noted"  # she has noted a contact
    TALKED = "talked"  # a colleague has
    PUT_OFF = "put_off"
    OFFERED = "offered"  # its partner, to a colleague who has not answered yet
    ACCEPTED = "accepted"  # by that colleague
    REFUSED = "refused"  # the same: it is as it was
    DONE = "done"  # a next step
    RESTS = "rests"  # the relation
    NOT_HERS = "not_hers"  # any more
    HERS = "hers"  # a partner that she was offered
    DECLINED = "declined"  # the same
    SETTLED = "settled"  # otherwise, and nothing waits any more


@dataclass(frozen=True)
class Now:
    """What is known of a line's thing by now."""

    waits: bool  # for her
    past: Past
    last: Contact | None = None  # with its partner
    partner: Partner | None = None
    was_hers: bool = False  # she has been responsible for it since the message was said
    declined: bool = False  # she has said no to the offer
    offered: bool = False  # its partner, to a colleague
    answer: Answer | None = None  # of the one whom she has asked


def became(what: What, now: Now, *, user: str, said_at: datetime, today: date) -> Became:
    """What the line tells, of a message that was said to `user` at that moment."""
    last = now.last if what in _ASKS else None
    if last and last.noted_at > said_at and last.kind is not Kind.READ_IN:
        return Became.NOTED if last.noted_by == user else Became.TALKED
    if now.offered and what in _HANDED_OVER:
        return Became.OFFERED
    if now.answer is Answer.YES and what in _HANDED_OVER:
        return Became.ACCEPTED
    if not now.waits:
        return _settled(what, now, user)
    if is_put_off(now.past, today):
        return Became.PUT_OFF
    refused = now.answer is Answer.NO and what in _HANDED_OVER
    return Became.REFUSED if refused else Became.OPEN


def _settled(what: What, now: Now, user: str) -> Became:
    """What has settled it, in the words of the click that does."""
    if now.declined:
        return Became.DECLINED
    partner = now.partner
    if partner is None:
        return Became.SETTLED
    hers, is_care = partner.responsible == user, what in _ASKS
    became = (
        (what is What.STEP and not partner.next_step, Became.DONE),
        (what is What.HANDOVER and hers, Became.HERS),
        (is_care and now.was_hers and not hers, Became.NOT_HERS),
        (is_care and partner.status is Status.RESTING, Became.RESTS),
    )
    return next((what_of for is_so, what_of in became if is_so), Became.SETTLED)
