"""`/partner tjek`: who and what, the pages, the result, and the person's own decision."""

from bot.partner import Hit, meant
from bot.questions import load
from bot.tjek import Check, checked_idea, checked_note, pages, place, undecided
from bot.workspace_roles import Action
from handlers import tjek_result
from handlers.desk import Desk
from handlers.tjek_page import get, own, page
from handlers.tjek_result import result
from handlers.turn import Next, Turn
from handlers.views import tjek as views
from handlers.views import tjek_start as start_form
from storage import partner as register_of
from storage import partner_search
from storage import tjek as checks_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, begin_with, Action.CHECK)
    desk.action(views.RESUME, resume, Action.CHECK)
    desk.action(views.DISCARD, discard, Action.CHECK)
    desk.action(views.BACK, back, Action.CHECK)
    desk.submit(start_form.START, start, Action.CHECK)
    desk.submit(views.PAGE, next_page, Action.CHECK)
    tjek_result.register(desk)


async def begin(turn: Turn) -> None:
    """`/partner tjek [name]`: a name that fits one partner picks it, any other is the idea."""
    partner, idea, draft = await turn.read(_named, turn.words, turn.user)
    await turn.open(start_form.start_view(turn.t, load("tjek"), partner, draft, idea))


async def begin_with(turn: Turn) -> None:
    """From a card or a list, with the partner picked where there is one."""
    partner, draft = await turn.read(_picked, int(turn.value or 0), turn.user)
    await turn.open(start_form.start_view(turn.t, load("tjek"), partner, draft))


async def start(turn: Turn) -> Next:
    """Who and what is settled: keep it, and show the first page."""
    wanted = start_form.read_start(turn.typed)

    def save(conn: Connection, team: str) -> Check:
        name = ""
        if wanted.partner_id is not None:
            partner = register_of.get(conn, team, wanted.partner_id)
            name = partner.name if partner else ""
        check = Check(
            started_by=turn.user,
            started_at=turn.now,
            form=wanted.form,
            partner_id=wanted.partner_id if name else None,
            partner_name=name,
            idea=checked_idea(wanted.idea, partner=name),
            short=wanted.short,
            wording=load("tjek").model_dump(mode="json"),
        )
        return checks_of.start(conn, team, check)

    return Next(page(turn, await turn.write(save)))


async def next_page(turn: Turn) -> Next:
    """Keep this page; show the next, or the result after the last."""
    check = await turn.write(_keep, turn, step=1)
    return Next(result(turn, check) if check.finished_at else page(turn, check))


async def back(turn: Turn) -> None:
    """Keep this page, and show the one before."""
    check = await turn.write(_keep, turn, step=-1)
    await turn.turn_into(page(turn, check))


async def resume(turn: Turn) -> None:
    """Go on with a draft where it was left."""
    check = await turn.read(own, int(turn.value), turn.user)
    await turn.show(page(turn, check))


async def discard(turn: Turn) -> None:
    """Delete a draft, and begin afresh."""

    def drop(conn: Connection, team: str) -> None:
        undecided(own(conn, team, int(turn.value), turn.user, lock=True))
        checks_of.discard(conn, team, int(turn.value), turn.user)

    await turn.write(drop)
    await turn.show(start_form.start_view(turn.t, load("tjek"), None))


def _named(
    conn: Connection, team: str, words: str, user: str
) -> tuple[Hit | None, str, Check | None]:
    """The partner that the words name, what they leave for the idea, and a draft if there is one.

    "springbræt: sommerfest" names both; words that name nobody are the idea.
    """
    draft = checks_of.draft_of(conn, team, user)
    name, _, rest = words.partition(":")
    for called, idea in ((words, ""), (name.strip(), rest.strip())):
        hits = partner_search.search(conn, team, called) if called else []
        if (hit := meant(called, hits)) is not None:
            return hit, idea, draft
    return None, words, draft


def _picked(conn: Connection, team: str, number: int, user: str) -> tuple[Hit | None, Check | None]:
    partner = register_of.get(conn, team, number) if number else None
    hit = Hit(partner.id, partner.name) if partner else None
    return hit, checks_of.draft_of(conn, team, user)


def _keep(conn: Connection, team: str, turn: Turn, *, step: int) -> Check:
    """Save the page that is left, and move on by `step`; past the last the check is finished."""
    number, page_id = views.where(turn.note)
    check = undecided(own(conn, team, number, turn.user, lock=True))
    typed = views.read_page(turn.typed)
    order = [page.id for page in pages(check)]
    to = place(check, page_id) + step
    checks_of.save_sheet(
        conn,
        team,
        number,
        turn.user,
        answers=typed.answers,
        notes={page: checked_note(note) for page, note in typed.notes.items()},
        page=order[to] if to < len(order) else page_id,
        now=turn.now,
    )
    if to == len(order):
        checks_of.finish(conn, team, number, turn.now)
    return get(conn, team, number)
