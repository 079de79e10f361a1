"""`/partner mål`: the library's goals, what carries them, and the list itself."""

from dataclasses import dataclass, field

from bot.edits import edited, rewind
from bot.errors import UserError
from bot.goal import Draft, found, listed_as, on_the_list
from bot.home import page_of
from bot.intake import checked
from bot.partner import Partner
from bot.translation import mark
from bot.workspace import Workspace
from bot.workspace_roles import Action, may, require, role_of
from handlers.desk import Desk
from handlers.turn import Next, Turn, UnknownBlocksError
from handlers.views import goal as views
from handlers.views import goal_form as forms
from handlers.views.notice import notice_view
from handlers.views.partner_form import read as read_partner
from handlers.views.parts import Reply
from storage import duplicate_redirect, goal
from storage import partner as register_of
from storage import workspace as settings_of
from storage.database import Connection

NO_GOALS = mark("The library has no goals to choose from any more. Write `/partner goals`.")


@dataclass(frozen=True)
class Saved:
    """What became of an edit of the list: stored, or the form to be shown again.

    `bearing`: by goal, how many partners it is to be taken off; `by`: who was faster.
    """

    draft: Draft
    version: int
    stored: bool = False
    bearing: dict[str, int] = field(default_factory=dict)
    by: str = ""


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.OPEN, open_here, Action.SEE_PARTNER)
    desk.action(views.CARRIERS, show_list, Action.SEE_PARTNER)
    desk.action(views.WITHOUT, show_list, Action.SEE_PARTNER)
    desk.action(views.EDIT, edit, Action.EDIT_GOALS)
    desk.submit(forms.SUBMIT, save, Action.EDIT_GOALS)
    desk.action(views.CHOOSE, choose, Action.EDIT_PARTNER)
    desk.submit(forms.CHOSEN, chosen, Action.EDIT_PARTNER)


async def begin(turn: Turn) -> None:
    """`/partner mål`; where Slack does not know the table, the text alone."""
    try:
        await turn.reply(await _overview(turn, table=True))
    except UnknownBlocksError:
        await turn.reply(await _overview(turn, table=False))


async def open_here(turn: Turn) -> None:
    """The same from Home or from another view, where no table can stand."""
    await turn.show(notice_view(turn.t, await _overview(turn, table=False)))


async def show_list(turn: Turn) -> None:
    """Those with a goal, or without any; a page of it."""
    turn.remember_message(_name(turn.value))
    wanted, page = views.read_place(turn.value)
    view = views.list_view(turn.t, await turn.read(_listed, wanted, page))
    await turn.show(view)


async def edit(turn: Turn) -> None:
    """The form with the list."""
    turn.remember_message(_name(turn.value))
    library, version = await turn.read(_settings)
    await turn.open(forms.edit_view(turn.t, Draft(library.goals, library.goals), version))


async def save(turn: Turn) -> Next:
    """Store the list; first tell what is taken off relations, or that a colleague was faster."""
    result = await turn.claim(_save, turn)
    if not result.stored:
        above = forms.taken_off(turn.t, result.bearing)
        if not result.bearing:
            above = forms.changed_meanwhile(turn.t, result.by)
        view = forms.edit_view(
            turn.t, result.draft, result.version, above, sure=bool(result.bearing)
        )
        return Next(view)
    turn.saved = True
    turn.house.workspaces.drop(turn.team)
    await _renew(turn)
    return Next(notice_view(turn.t, forms.saved(turn.t)))


async def choose(turn: Turn) -> None:
    """The goals of one relation."""
    number, _, page = turn.value.partition(":")
    partner = await turn.read(register_of.existing, int(number))
    library, _ = await turn.read(_settings)
    _check_any(library)
    await turn.open(forms.choose_view(turn.t, library, partner, int(page)))


async def chosen(turn: Turn) -> Next | None:
    """Put them on the card, and draw the list below anew."""
    number, version, page = forms.of_choice(turn.note)
    stored = await turn.write(_choose, turn, number, version)
    if stored is None:
        library, _ = await turn.read(_settings)
        _check_any(library)
        now = await turn.read(register_of.existing, number)
        above = forms.list_changed(turn.t)
        return Next(forms.choose_view(turn.t, library, now, page, above))
    await _renew(turn)
    view = views.list_view(turn.t, await turn.read(_listed, "", page))
    return None if await turn.show_below(view) else Next(view)


def _name(value: str) -> str:
    """What a message is remembered by, after a button of it: as Slack has taken it."""
    return f"{views.LIST}.{value.rpartition(':')[2]}"


async def _renew(turn: Turn) -> None:
    """The overview that one came from, as long as Slack lets it be changed."""
    for shown in (views.TABLE, views.TEXT):
        reply = await _overview(turn, table=shown == views.TABLE)
        turn.renew_message(f"{views.LIST}.{shown}", reply, again=True)


async def _overview(turn: Turn, *, table: bool) -> Reply:
    found_of_all = await turn.read(goal.overview)
    may_edit = may(turn.role, Action.EDIT_GOALS)
    library = await turn.library()
    return views.overview(turn.t, library, found_of_all, may_edit=may_edit, table=table)


def _listed(conn: Connection, team: str, wanted: str, number: int) -> views.Listed:
    goals = settings_of.settings(conn, team).goals
    if not wanted:
        total = sum(goal.count_without(conn, team, goals).values())
        page = page_of(number, total, views.PER_PAGE)
        found_here = goal.without(conn, team, goals, limit=views.PER_PAGE, offset=page.first)
        return views.Listed(found_here, page, total)
    one = found(goals, wanted)
    total = sum(goal.carried(conn, team).get(one, {}).values())
    page = page_of(number, total, views.PER_PAGE)
    found_here = goal.carriers(conn, team, one, limit=views.PER_PAGE, offset=page.first)
    return views.Listed(found_here, page, total, one)


def _settings(conn: Connection, team: str) -> tuple[Workspace, int]:
    return settings_of.settings(conn, team), settings_of.version(conn, team)


def _save(conn: Connection, team: str, turn: Turn) -> Saved:
    shown, told = forms.where(turn.note)
    library = settings_of.settings(conn, team, lock=True)
    require(role_of(turn.user, library, staff=True), Action.EDIT_GOALS, library)
    version = settings_of.version(conn, team)
    typed = forms.read(settings_of.settings_at(conn, team, shown).goals, turn.typed)
    if typed.base != library.goals:
        by = settings_of.changed_by(conn, team, since=shown) or ""
        return Saved(typed.moved(library.goals), version, by=by)
    draft = typed.checked()
    bearing = dict(goal.bearing(conn, team, draft.removed))
    if bearing and told != listed_as(draft.removed):
        return Saved(draft, version, bearing=bearing)
    if draft.goals != library.goals:
        goal.take_off(conn, team, draft.removed, by=turn.user, now=turn.now)
        goal.rename(conn, team, draft.renamed)
        after = library.model_copy(update={"goals": draft.goals})
        settings_of.save_settings(conn, team, after, now=turn.now, by=turn.user)
    return Saved(draft, version, stored=True)


def _choose(conn: Connection, team: str, turn: Turn, number: int, version: int) -> Partner | None:
    """The partner as stored; None where a goal was chosen that has left the list."""
    now = register_of.existing(conn, team, number, lock=True)
    duplicate_redirect.check_form(conn, team, number, version, now)
    base = rewind(now, register_of.changes_since(conn, team, number, version))
    mine = checked(read_partner(base, turn.typed))
    if on_the_list(settings_of.settings(conn, team), now, mine) != mine:
        return None
    after = edited(base, mine, now).merged
    return register_of.update(conn, team, now, after, by=turn.user, now=turn.now)


def _check_any(library: Workspace) -> None:
    if not library.goals:
        raise UserError(NO_GOALS)
