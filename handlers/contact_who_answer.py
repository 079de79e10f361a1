"""[I know them] under a question in the channel: the tie, the thanks, and the way back."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.contact_who import Answer, Question, names_person, topic_keyword
from bot.errors import UserError
from bot.intake import checked
from bot.likeness import Likeness, likely_same
from bot.partner import Partner, Tie
from bot.text import fold
from bot.translation import mark
from bot.workspace_roles import Action
from handlers.contact_who_channel import renew
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import contact_who_answer as views
from handlers.views.notice import notice_view
from handlers.views.partner_pick import picked
from handlers.views.parts import Reply
from storage import contact_who as questions
from storage import duplicate_redirect, partner_lookalikes
from storage import partner as register_of
from storage.database import Connection

ARCHIVED = mark("**{name}** is archived. Take the card out of the archive first.")
TAKEN_BACK = mark("That is taken back already.")
ONE_OF_THEM = mark("Choose a partner, or write one that is not in the register.")
A_PERSON = mark("This is a person's name. Write the organisation that the person belongs to.")


@dataclass(frozen=True)
class Open:
    """It is not clear whom the colleague knows: to be asked."""

    question: Question
    same: tuple[Likeness, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Kept:
    """An answer as it was kept."""

    question: Question
    answer: Answer
    partner: Partner


@dataclass(frozen=True)
class TakenBack:
    """An answer as it was; the partner may be gone."""

    question: Question
    answer: Answer
    partner: Partner | None


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.ANSWER, know, Action.KNOW_PARTNER)
    desk.submit(views.WHICH, which, Action.KNOW_PARTNER)
    desk.action(views.UNDO, undo, Action.KNOW_PARTNER)


async def know(turn: Turn) -> None:
    """One press in the channel."""
    outcome = await turn.claim(_know, turn)
    turn.saved = isinstance(outcome, Kept)
    if isinstance(outcome, Open):
        await turn.open(views.which_view(turn.t, outcome.question, outcome.same))
        return
    await turn.reply(_thanks(turn, outcome))
    renew(turn, outcome.question.id)


async def which(turn: Turn) -> Next:
    """Whom the colleague knows, chosen or written."""
    outcome = await turn.write(_which, turn)
    if isinstance(outcome, Open):
        return Next(views.which_view(turn.t, outcome.question, outcome.same, outcome.name))
    renew(turn, outcome.question.id)
    return Next(notice_view(turn.t, _thanks(turn, outcome)))


async def undo(turn: Turn) -> None:
    """That was a mistake: gone from the channel, and from the card what it had put there."""
    back = await turn.write(_undo, turn)
    reply = views.taken_back(turn.t, back.partner, tied=back.answer.tied, added=back.answer.added)
    if turn.in_modal:
        await turn.turn_into(notice_view(turn.t, reply))
    else:
        await turn.reply(reply, replace=True)
    renew(turn, back.question.id)


def _know(conn: Connection, team: str, turn: Turn) -> Open | Kept:
    question = questions.existing(conn, team, int(turn.value), lock=True)
    # Where the answer to posting it was lost, this is how we learn where it stands.
    questions.stands_in_channel(conn, team, question.id, turn.body["message"]["ts"])
    if question.partner_id is not None:
        return _knows(conn, team, turn, question, question.partner_id)
    if question.topic:
        return Open(question)
    return _new(conn, team, turn, question, question.words)


def _which(conn: Connection, team: str, turn: Turn) -> Open | Kept:
    number, seen = views.asked_which(turn.note)
    partner_id, name = picked(turn.typed), views.read_name(turn.typed)
    if (partner_id is None) == (not fold(name)):
        raise UserError(ONE_OF_THEM, field=views.NAME)
    question = questions.existing(conn, team, number, lock=True)
    if partner_id is not None:
        return _knows(conn, team, turn, question, partner_id)
    if names_person(name, questions.persons(conn, team, name)):
        raise UserError(A_PERSON, field=views.NAME)
    return _new(conn, team, turn, question, name, seen)


def _new(
    conn: Connection,
    team: str,
    turn: Turn,
    question: Question,
    name: str,
    seen: Collection[int] = (),
) -> Open | Kept:
    """Put them in the register, unless they may be there and the colleague has not looked."""
    try:
        partner = checked(Partner(name, known_by=(turn.user,)))
    except UserError as fault:
        fault.field = views.NAME
        raise
    same = likely_same(partner, partner_lookalikes.lookalikes(conn, team, partner))
    if {like.partner.id for like in same}.difference(seen):
        return Open(question, tuple(same), name if seen or question.topic else "")
    stored = register_of.add(conn, team, partner, by=turn.user, now=turn.now)
    return _keep(conn, team, turn, question, stored, tied=True, added=True)


def _knows(conn: Connection, team: str, turn: Turn, question: Question, partner_id: int) -> Kept:
    partner = register_of.existing(conn, team, partner_id, lock=True)
    if partner.archived:
        raise UserError(ARCHIVED, name=partner.name)
    ours = (partner.responsible, partner.deputy, *partner.known_by)
    tied = turn.user not in ours and register_of.add_tie(
        conn, team, partner_id, turn.user, Tie.KNOWS, by=turn.user, now=turn.now
    )
    return _keep(conn, team, turn, question, partner, tied=tied)


def _keep(
    conn: Connection,
    team: str,
    turn: Turn,
    question: Question,
    partner: Partner,
    *,
    tied: bool,
    added: bool = False,
) -> Kept:
    """The answer, what it says about the partner, and whom the question turns out to be about."""
    keyword = topic_keyword(question, partner)
    if keyword:
        _set_keywords(conn, team, turn, partner.id, (*partner.keywords, keyword))
    given = Answer(turn.user, partner.id, tied=tied, keyword=bool(keyword), added=added)
    questions.answer(conn, team, question.id, given, turn.now)
    if not question.topic:
        questions.settle(conn, team, question.id, partner.id)
    return Kept(question, given, partner)


def _undo(conn: Connection, team: str, turn: Turn) -> TakenBack:
    number, then = views.where(turn.value)
    partner_id = duplicate_redirect.current(conn, team, then)
    question = questions.existing(conn, team, number, lock=True)
    answer = questions.take_back(conn, team, number, turn.user, partner_id)
    if answer is None:
        raise UserError(TAKEN_BACK)
    partner = register_of.get(conn, team, partner_id, lock=True)
    if partner and answer.tied:
        register_of.remove_tie(
            conn, team, partner_id, turn.user, Tie.KNOWS, by=turn.user, now=turn.now
        )
    theirs = answer.keyword and questions.hand_keyword_on(conn, team, number, partner_id)
    if partner and answer.keyword and not theirs:
        kept = (word for word in partner.keywords if fold(word) != fold(question.words))
        _set_keywords(conn, team, turn, partner_id, tuple(kept))
    return TakenBack(question, answer, partner)


def _set_keywords(
    conn: Connection, team: str, turn: Turn, partner_id: int, keywords: tuple[str, ...]
) -> None:
    before = register_of.existing(conn, team, partner_id, lock=True)
    after = replace(before, keywords=keywords)
    register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _thanks(turn: Turn, kept: Kept) -> Reply:
    given = kept.answer
    return views.thanks(turn.t, kept.question, kept.partner, tied=given.tied, added=given.added)
