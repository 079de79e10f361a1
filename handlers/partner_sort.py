"""`/partner sortering`: five minutes of questions about what the register does not know yet."""

from collections.abc import Sequence

from slackblocks import ModalView, Option

from bot.partner import Partner
from bot.partner_question import choices, filled
from bot.partner_sort import (
    FACTS,
    Asked,
    Course,
    Out,
    Step,
    given,
    is_missing,
    out,
    taken_back,
)
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import access
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import partner_sort as views
from handlers.views.partner_sort_field import ANSWER, Shown, read_answer, suggested
from storage import contact as contacts_of
from storage import partner as register_of
from storage import partner_sort
from storage.database import Connection

LIST_CHANGED = mark("The list was changed while you chose. Here it is as it is now.")
TAKEN_BACK = mark("Your answer is taken back. Choose again, or skip it.")
NOT_SKIPPED = mark("You skipped this one. Now you can answer it.")
CHANGED_SINCE = mark("A colleague has changed that answer since, so it stays.")

_FACTS = {fact.field: fact for fact in FACTS}


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, begin, Action.SORT_PARTNERS)
    desk.submit(ANSWER, answer, Action.SORT_PARTNERS)
    desk.options(ANSWER, suggest, Action.SORT_PARTNERS)
    desk.action(views.SKIP, skip, Action.SORT_PARTNERS)
    desk.action(views.BACK, back, Action.SORT_PARTNERS)
    desk.action(views.OUT, leave_out, Action.SORT_PARTNERS)


async def begin(turn: Turn) -> None:
    """`/partner sortering`, and each button that begins a round."""
    view = await _next(turn, Course())
    if turn.view.get("callback_id") == views.OVER:
        await turn.turn_into(view)
    else:
        await turn.open(view)


async def answer(turn: Turn) -> Next:
    """Put the answer on the card, and ask the next; what a colleague has told meanwhile stands."""
    course, asked = _asked(turn)
    fact, library = _FACTS[asked.fact], await turn.library()
    field, values = read_answer(turn.typed, library)
    if fact.typed:
        await access.check_colleagues(turn.house, turn.client, turn.team, values, field=field)
    elif not set(values) <= set(choices(asked.fact, library)):
        chosen = await turn.read(_shown, asked, values, turn.t(LIST_CHANGED))
        return Next(await (_drawn(turn, course, chosen) if chosen else _next(turn, course)))
    step = await turn.write(_answer, turn, asked, values)
    return Next(await _next(turn, course.after(step) if step else course))


async def suggest(turn: Turn) -> list[Option]:
    """What is offered while a person types, where the answers are many."""
    _, asked = _asked(turn)
    typed = str(turn.body.get("value", ""))
    return suggested(turn.t, await turn.library(), asked.fact, typed)


async def skip(turn: Turn) -> None:
    """Let the question rest, and ask the next."""
    course, asked = _asked(turn)
    await turn.write(_skip, turn, asked)
    await _renew(turn, await _next(turn, course.after(Step(asked))))


async def leave_out(turn: Turn) -> None:
    """It is no partner: as such it is asked about no more."""
    course, asked = _asked(turn)
    way = Out(turn.value)
    await turn.require(Action.ARCHIVE_PARTNER if way is Out.ARCHIVE else Action.EDIT_PARTNER)
    left = await turn.write(_leave_out, turn, asked, way)
    if left is None:
        await _renew(turn, await _next(turn, course))
    else:
        step, name = left
        said = views.left_out(turn.t, name, way)
        await _renew(turn, await _next(turn, course.after(step), said))


async def back(turn: Turn) -> None:
    """Take the last step back, and ask it again with what was chosen."""
    course, _ = views.read_note(turn.note)
    shown = await turn.write(_take_back, turn, course.steps[-1])
    before = course.before()
    if shown is None:
        await _renew(turn, await _next(turn, before, turn.t(CHANGED_SINCE)))
    else:
        await _renew(turn, await _drawn(turn, before, shown))


def _asked(turn: Turn) -> tuple[Course, Asked]:
    course, asked = views.read_note(turn.note)
    if asked is None:
        raise RuntimeError("a round that is over has nothing to answer")
    return course, asked


async def _renew(turn: Turn, view: ModalView) -> None:
    """Not by the view's hash: a second click asks for the same view, and is to get it."""
    await turn.renew(str(turn.view["id"]), view)


async def _next(turn: Turn, course: Course, said: str = "") -> ModalView:
    if not course.over:
        asked = await turn.read(partner_sort.next_of, turn.today)
        shown = await turn.read(_shown, asked, (), said) if asked else None
        if shown:
            return await _drawn(turn, course, shown)
    waiting = await turn.read(partner_sort.waiting, turn.today)
    known = await turn.read(partner_sort.known)
    return views.over_view(turn.t, course, known, waiting, said)


async def _drawn(turn: Turn, course: Course, shown: Shown) -> ModalView:
    return views.question_view(turn.t, await turn.library(), course, shown, turn.today)


def _shown(
    conn: Connection, team: str, asked: Asked, chosen: Sequence[str], said: str
) -> Shown | None:
    """The partner to be asked about, if the question is still one."""
    partner = _missing(conn, team, asked)
    if partner is None:
        return None
    last = contacts_of.of_partner(conn, team, partner.id, limit=1)
    last_one = last[0] if last else None
    return Shown(partner, _FACTS[asked.fact], last_one, tuple(chosen), said)


def _missing(conn: Connection, team: str, asked: Asked, *, lock: bool = False) -> Partner | None:
    partner = register_of.get(conn, team, asked.partner_id, lock=lock)
    meant = partner is not None and partner.id == asked.partner_id
    return partner if partner and meant and is_missing(partner, _FACTS[asked.fact]) else None


def _answer(
    conn: Connection, team: str, turn: Turn, asked: Asked, values: Sequence[str]
) -> Step | None:
    partner = _missing(conn, team, asked, lock=True)
    if partner is None:
        return None
    return _edited(conn, team, turn, asked, partner, filled(partner, asked.fact, values))


def _leave_out(
    conn: Connection, team: str, turn: Turn, asked: Asked, way: Out
) -> tuple[Step, str] | None:
    """The step, and the partner's name."""
    partner = _missing(conn, team, asked, lock=True)
    if partner is None:
        return None
    return _edited(conn, team, turn, asked, partner, out(partner, way)), partner.name


def _edited(
    conn: Connection, team: str, turn: Turn, asked: Asked, before: Partner, after: Partner
) -> Step:
    stored = register_of.update(conn, team, before, after, by=turn.user, now=turn.now)
    return Step(asked, stored.version)


def _skip(conn: Connection, team: str, turn: Turn, asked: Asked) -> None:
    if _missing(conn, team, asked, lock=True):
        partner_sort.skip(conn, team, asked, turn.now)


def _take_back(conn: Connection, team: str, turn: Turn, step: Step) -> Shown | None:
    """The question again; None where it is not to be asked any more."""
    asked = step.asked
    if not step.version:
        partner_sort.unskip(conn, team, asked)
        return _shown(conn, team, asked, (), turn.t(NOT_SKIPPED))
    partner = register_of.get(conn, team, asked.partner_id, lock=True)
    if partner is None or partner.id != asked.partner_id:
        return None
    changes = register_of.changes_since(conn, team, partner.id, step.version - 1)
    before = taken_back(partner, changes, step.version)
    if before is None:
        return None
    register_of.update(conn, team, partner, before, by=turn.user, now=turn.now)
    return _shown(conn, team, asked, given(changes, step), turn.t(TAKEN_BACK))
