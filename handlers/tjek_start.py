"""Who and what: the first form of a check, opened anew or gone back to from the first page."""

from dataclasses import dataclass, replace
from datetime import timedelta

from slackblocks import ModalView

from bot.contact import DOUBLE_CONTACT_DAYS, double
from bot.partner import Hit, meant
from bot.questions import QuestionSet
from bot.round import Kind, Round
from bot.tjek import Check, Form, checked_idea, pages, undecided
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.tjek_page import alone, page
from handlers.tjek_questions import questions_of
from handlers.turn import Next, Turn
from handlers.views import tjek as views
from handlers.views import tjek_start as form
from handlers.views.tjek_lately import Lately, lately_lines
from handlers.views.tjek_start import Start, Wanted
from storage import contact as contacts_of
from storage import partner as register_of
from storage import partner_search, round_queries
from storage import tjek as checks_of
from storage.database import Connection


@dataclass(frozen=True)
class Opening:
    """What the form is opened with, an older draft, and what colleagues did with the partner."""

    start: Start
    draft: Check | None
    lately: Lately


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, begin_with, Action.CHECK)
    desk.action(views.DISCARD, discard, Action.CHECK)
    desk.submit(form.START, start, Action.CHECK)


async def begin(turn: Turn) -> None:
    """`/partner tjek [name]`: a name that fits one partner picks it, any other is the idea."""
    await turn.open(await _view(turn, await turn.read(_named, turn)))


async def begin_with(turn: Turn) -> None:
    """From a card or a list, with the partner picked where there is one."""
    await turn.open(await _view(turn, await turn.read(_picked, turn)))


async def discard(turn: Turn) -> None:
    """Delete the draft; what was chosen in the form meanwhile stays."""
    await turn.turn_into(await _view(turn, await turn.write(_without_draft, turn)))


async def start(turn: Turn) -> Next:
    """Who and what is settled: keep it, and show the first page."""
    check, lately = await turn.write(settle, turn, await questions_of(turn))
    return Next(page(turn, check, lately_lines(turn.t, lately, turn.today, turn.team)))


async def back_to_it(turn: Turn, check: Check) -> ModalView:
    """The form of a check that is begun; its answers stay, whatever is changed."""
    return await _view(turn, await turn.read(_stated, turn, check))


async def _view(turn: Turn, opening: Opening) -> ModalView:
    told = lately_lines(turn.t, opening.lately, turn.today, turn.team)
    return form.start_view(turn.t, await questions_of(turn), opening.start, opening.draft, told)


def _named(conn: Connection, team: str, turn: Turn) -> Opening:
    """The partner that the words name, and what they leave for the idea.

    "springbræt: sommerfest" names both; words that name nobody are the idea.
    """
    draft = checks_of.draft_of(conn, team, turn.user)
    name, _, rest = turn.words.partition(":")
    for called, idea in ((turn.words, ""), (name.strip(), rest.strip())):
        hits = partner_search.search(conn, team, called) if called else []
        if (hit := meant(called, hits)) is not None:
            return Opening(Start(hit, idea), draft, _lately(conn, team, turn, hit.id))
    return Opening(Start(idea=turn.words), draft, Lately())


def _picked(conn: Connection, team: str, turn: Turn) -> Opening:
    """The value is a partner's number, perhaps a form, and behind a colon what it is about."""
    picked, _, idea = turn.value.partition(":")
    number, _, wanted = picked.partition(".")
    hit = _hit(conn, team, int(number or 0))
    lately = _lately(conn, team, turn, hit.id if hit else None)
    stated = Start(hit, idea, Form(wanted or Form.COLLABORATION))
    return Opening(stated, checks_of.draft_of(conn, team, turn.user), lately)


def _without_draft(conn: Connection, team: str, turn: Turn) -> Opening:
    undecided(alone(conn, team, int(turn.value), turn.user, lock=True))
    checks_of.discard(conn, team, int(turn.value), turn.user)
    wanted = form.read_start(turn.typed)
    hit = _hit(conn, team, wanted.partner_id)
    stated = Start(hit, wanted.idea, wanted.form, wanted.short)
    return Opening(stated, None, _lately(conn, team, turn, hit.id if hit else None))


def _stated(conn: Connection, team: str, turn: Turn, check: Check) -> Opening:
    hit = _hit(conn, team, check.partner_id)
    stated = Start(hit, check.idea, check.form, check.short, check.id)
    return Opening(stated, None, _lately(conn, team, turn, check.partner_id))


def settle(conn: Connection, team: str, turn: Turn, questions: QuestionSet) -> tuple[Check, Lately]:
    """Keep what the form says; what it has told about the partner is not told again."""
    number, told = form.where(turn.note)
    wanted = form.read_start(turn.typed)
    draft = undecided(alone(conn, team, number, turn.user, lock=True)) if number else None
    hit = _hit(conn, team, wanted.partner_id, lock=True)  # it may become part of another just now
    if draft:
        check = _as_wanted(draft, wanted, hit)
        checks_of.restate(conn, team, check)
    else:
        asked = questions.model_dump(mode="json")
        check = Check(started_by=turn.user, started_at=turn.now, wording=asked)
        check = _begun(conn, team, _as_wanted(check, wanted, hit))
    if hit is None or hit.id == told:
        return check, Lately()
    return check, _lately(conn, team, turn, hit.id)


def _begun(conn: Connection, team: str, new: Check) -> Check:
    """The check as stored: in place of one of the same idea that stood open and was closed."""
    for former in checks_of.unbegun(conn, team, new):
        if not round_queries.of_subject(conn, team, Kind.TJEK, former.id):
            again = replace(new, id=former.id)
            checks_of.begin_anew(conn, team, again)
            return again
    return checks_of.start(conn, team, new)


def _as_wanted(check: Check, wanted: Wanted, hit: Hit | None) -> Check:
    name = hit.name if hit else ""
    stated = replace(
        check,
        form=wanted.form,
        partner_id=hit.id if hit else None,
        partner_name=name,
        idea=checked_idea(wanted.idea, partner=name),
        short=wanted.short,
        gone_on=check.gone_on and wanted.short,
    )
    return replace(stated, page=pages(stated)[0].id)


def _hit(conn: Connection, team: str, partner_id: int | None, *, lock: bool = False) -> Hit | None:
    partner = register_of.get(conn, team, partner_id, lock=lock) if partner_id else None
    return Hit(partner.id, partner.name) if partner else None


def _lately(conn: Connection, team: str, turn: Turn, partner_id: int | None) -> Lately:
    """What the others did with the partner, as far back as two contacts count as double."""
    if not partner_id:
        return Lately()
    reach = timedelta(days=DOUBLE_CONTACT_DAYS)
    contacts = contacts_of.since(conn, team, partner_id, turn.today - reach)
    begun = checks_of.under_way(conn, team, partner_id, turn.now - reach)
    others = (check for check in begun if check.started_by != turn.user)
    return Lately(
        double(contacts, turn.user, turn.today),
        next(others, None),
        _asked(conn, team, turn.user, partner_id),
    )


def _asked(conn: Connection, team: str, user: str, partner_id: int) -> tuple[Round, str] | None:
    """A colleague's open round about the partner."""
    for this in round_queries.open_about(conn, team, Kind.TJEK, partner_id):
        if this.called_by != user and (check := checks_of.get(conn, team, this.subject_id)):
            return this, views.heading_of(check)
    return None
