"""The partner's side of an evaluation: who of theirs can be asked, and who here may ask them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.errors import UserError
from bot.evaluation import Evaluation
from bot.guard import NOTE_LENGTH
from bot.partner import ContactPerson, Partner
from bot.privacy import Standing as Owed
from bot.round import Round, Standing, State
from bot.round_voice import is_asked_by_mail, is_outside
from bot.text import fold


def offered(
    partner: Partner, owed: Mapping[int, Owed], unwilling: Collection[str]
) -> tuple[ContactPerson, ...]:
    """The contact persons who may be written to: with a name, and without an objection.

    `unwilling` are the folded addresses of who objected at whichever partner.
    """
    return tuple(
        person
        for person in partner.people
        if fold(person.name)
        and not owed.get(person.id, Owed()).no_contact
        and fold(person.email) not in unwilling
    )


def rather_meet(this: Round) -> int:
    """How many of theirs would rather talk about it than write.

    Who was asked by link or mail declines in no other way; who is asked in Slack may just be busy.
    """
    return sum(
        how is Standing.DECLINED and is_asked_by_mail(who) for who, how in this.standings.items()
    )


def asks_by_mail(this: Round) -> bool:
    """Whether the partner is asked outside Slack: as an organisation, or somebody by name."""
    return any(map(is_asked_by_mail, this.standings))


def reads_along(this: Round) -> bool:
    """Whether the thread hangs in a channel where the partner's own people read it, too."""
    return any(is_outside(who) and not is_asked_by_mail(who) for who in this.standings)


def check_asks(
    this: Round, evaluation: Evaluation, user: str, coordinators: Collection[str], now: datetime
) -> None:
    """To ask the partner, or to put in what they have said: colleagues who are in it themselves.

    Raises:
        UserError: somebody else, too late, or the partner is left in peace this time.
    """
    leads = user == this.called_by or (this.caller_left and user in coordinators)
    if user not in this.standings and not leads:
        raise UserError("Only those who are asked in this round can ask the partner about it.")
    if this.state is State.CANCELLED:
        raise UserError("This round was called off, so the partner is not asked either.")
    if this.state is not State.OPEN or now >= this.deadline:
        raise UserError(
            "The round is over, so the partner's answers cannot be part of it any more. Talk about"
            " them in the thread instead."
        )
    if not evaluation.asks_partner:
        raise UserError(
            "This time only you are asked. A partner is asked every half year at most, so that"
            " nobody gets tired of us."
        )


def joined(before: str, more: str, *, field: str) -> str:
    """A note with what is added to it, once.

    Raises:
        UserError: with the field's name; a note has room for NOTE_LENGTH characters.
    """
    if not more or more in before:
        return before
    both = f"{before}\n{more}".strip()
    if len(both) > NOTE_LENGTH:
        raise UserError(
            "Together with what they have written themselves this is too long: there is room for"
            " {limit} characters in all. Make it shorter, or say it when you talk about the"
            " answers.",
            field=field,
            limit=NOTE_LENGTH,
        )
    return both
