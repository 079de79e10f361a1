"""Who may do what in a round, and when: each check raises a UserError with the sentence why not.

They are asked on the round as it is stored at that moment, so an old button gives no rights.
"""

from collections.abc import Collection
from datetime import datetime

from bot.errors import UserError
from bot.round import Kind, Round, Sheet, Standing, State, Why, count, to_reveal
from bot.round_voice import is_asked_by_mail, is_outside
from bot.translation import mark
from bot.workspace_roles import Colleagues

# One answer alone is nothing to talk about, and without names it is plain whose it is.
FEWEST_SHOWN = 2
# Without names, before the deadline: who leads the round chooses the moment, and knows her own
# answer. Of two the other would be plain; of three she can only guess.
FEWEST_EARLY = 3

_SHOWN = frozenset({State.REVEALED, State.CLOSED})
CANCELLED = mark("This round was called off. Nobody has seen anybody's answers.")


def check_answer(this: Round, user: str, now: datetime) -> None:
    """To answer, to change an answer, or to decline: those invited, until the answers are shown."""
    if user not in this.standings:
        raise UserError(
            "This round is for those who were asked. Do join the talk in the thread once the "
            "answers are shown."
        )
    if this.state is State.CANCELLED:
        raise UserError(CANCELLED)
    if this.state is not State.OPEN or now >= this.deadline:
        raise UserError(
            "The round is over, so your answer cannot be part of it any more. "
            "Write it in the thread instead."
        )


def check_sheet(sheet: Sheet) -> None:
    """To send a sheet: it says something."""
    if not sheet.answers:
        raise UserError("Answer at least one question, or say that you cannot this time.")


def check_steward(this: Round, user: str, coordinators: Collection[str]) -> None:
    """To show the answers, decide or call it off: the caller; once she has left, a coordinator."""
    if user == this.called_by or (this.caller_left and user in coordinators):
        return
    if not this.caller_left and this.kind is Kind.EVALUATION:  # the bot has asked
        raise UserError(
            "{caller} leads this round, and is the one who can do that.",
            caller=Colleagues((this.called_by,)),
        )
    if not this.caller_left:
        raise UserError(
            "Only the one who called the round can do that. Ask {caller}.",
            caller=Colleagues((this.called_by,)),
        )
    if not coordinators:
        raise UserError(
            "The one who called the round has left, so this falls to the coordinator, and there "
            "is none yet. You can become it on the Home tab."
        )
    raise UserError(
        "The one who called the round has left, so this falls to the coordinator. "
        "Ask {coordinators}.",
        coordinators=Colleagues(tuple(coordinators)),
    )


def check_show(this: Round, user: str) -> None:
    """To show the answers before the deadline: there are several, and hers is among them.

    Who shows them chooses the moment: she does not do so to read them before she answers, and a
    colleague's answer is not put before all by itself. Without names, FEWEST_EARLY of ours have
    answered, or all of those asked where they are fewer.
    """
    _check_open(this)
    answered = count(this).answered
    if not answered:
        raise UserError(
            "Nobody has answered yet, so there is nothing to show. "
            "Wait for the deadline, or call the round off."
        )
    if this.standings.get(user) is Standing.WAITING:
        raise UserError(
            "Your own answer is still missing. Answer first, or say that you will not "
            "answer yourself; then you can show the others'."
        )
    if answered < FEWEST_SHOWN:
        raise UserError(
            "Only one has answered so far, and there is nothing to compare it with. "
            "Wait for one more, or for the deadline."
        )
    ours = _ours(this)
    needed = min(FEWEST_EARLY, len(ours))
    if not this.named and ours.count(Standing.ANSWERED) < needed:
        raise UserError(
            "Too few of you have answered so far: it would be easy to guess who has said what. "
            "Wait until at least {needed} of you have answered, or for the deadline.",
            needed=needed,
        )


def may_show(this: Round, user: str) -> bool:
    """Whether check_show() lets who leads the round pass."""
    try:
        check_show(this, user)
    except UserError:
        return False
    return True


def lays_out(this: Round) -> bool:
    """Whether what was answered is laid out once it may be seen.

    A single answer with its name is, at the deadline. Without names it is plain whose it is, so
    it is laid out for nobody, and is as unseen as it was promised to be. Who was asked alone was
    told that hers is hers; and the partner's stands as the partner's.
    """
    mine = _ours(this)
    answered = mine.count(Standing.ANSWERED)
    alone = this.kind is Kind.EVALUATION and len(mine) == 1
    return this.named or alone or answered >= FEWEST_SHOWN


def is_empty(this: Round) -> bool:
    """Whether nothing is laid out: nobody answered, or only what lays_out() keeps back."""
    answered = [who for who, how in this.standings.items() if how is Standing.ANSWERED]
    return not any(is_outside(who) or lays_out(this) for who in answered)


def to_show(this: Round, now: datetime) -> Why | None:
    """As to_reveal(), but with nothing to lay out it waits for who would rather meet.

    They were promised that they may still answer until the deadline.
    """
    why = to_reveal(this, now)
    meets = any(
        how is Standing.DECLINED and is_asked_by_mail(who) for who, how in this.standings.items()
    )
    return None if meets and now < this.deadline and is_empty(this) else why


def check_cancel(this: Round) -> None:
    """To call it off: nothing has been shown."""
    _check_open(this)


def check_decide(this: Round) -> None:
    """To write the decision: the answers are shown, and there is none yet."""
    if this.state is State.CANCELLED:
        raise UserError(CANCELLED)
    if this.state is State.CLOSED:
        raise UserError("The decision after this round is written already.")
    check_shown(this)


def check_correct(this: Round) -> None:
    """To correct the decision: there is one."""
    if this.state is not State.CLOSED:
        raise UserError("There is no decision to correct yet. Write it first.")


def check_shown(this: Round) -> None:
    """To see others' answers: nobody, in no role, before they are shown to all."""
    if this.state not in _SHOWN:
        raise UserError("Nobody can see the answers yet. They are shown to all at once.")


def _ours(this: Round) -> list[Standing]:
    return [how for who, how in this.standings.items() if not is_outside(who)]


def _check_open(this: Round) -> None:
    if this.state is State.CANCELLED:
        raise UserError(CANCELLED)
    if this.state is not State.OPEN:
        raise UserError("The answers of this round are shown already.")
