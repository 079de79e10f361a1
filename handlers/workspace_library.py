"""The library's settings: the menu, its forms, two who save at once, and switching on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slackblocks import Block, ModalView

from bot.workspace import Workspace
from bot.workspace_merge import Merge, edited
from bot.workspace_roles import Action, require, role_of
from bot.workspace_settings import checked
from handlers import access, workspace_channel
from handlers.desk import Desk
from handlers.language import translator
from handlers.turn import Next, Turn
from handlers.views import workspace as own
from handlers.views import workspace_form as forms
from handlers.views import workspace_library as views
from handlers.views import workspace_switch as switch_views
from handlers.views import workspace_typed as typed_forms
from handlers.views.notice import notice_view
from storage import workspace as settings_of
from storage.database import Connection


@dataclass(frozen=True)
class Saved:
    """What became of an edit: stored, or first to be looked at because of a colleague's."""

    library: Workspace  # as it is stored
    version: int
    merge: Merge | None = None
    by: str = ""


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(own.LIBRARY, open_library, Action.LIBRARY_SETTINGS)
    desk.action(views.EDIT, edit, Action.LIBRARY_SETTINGS)
    desk.submit(forms.SUBMIT, save, Action.LIBRARY_SETTINGS)
    desk.action(own.SWITCH, ask_switch, Action.SWITCH_ON)
    desk.submit(switch_views.SUBMIT, switch, Action.SWITCH_ON)


async def open_library(turn: Turn) -> None:
    """The menu of the library's settings."""
    await turn.open(await menu(turn))


async def menu(turn: Turn, above: Sequence[Block] = ()) -> ModalView:
    """The menu as the settings are now."""
    library = await turn.read(settings_of.settings)
    names = await access.names(turn.house, turn.client, turn.team, library.coordinators)
    return views.menu(turn.t, library, names, await _channels(turn, library), above)


async def edit(turn: Turn) -> None:
    """One group's form."""
    library, version = await turn.read(_settings)
    await turn.open(forms.form_view(turn.t, library, version, turn.value))


async def save(turn: Turn) -> Next | None:
    """Save a form; if a colleague saved the same meanwhile, show it again with both in it."""
    form, _ = forms.where(turn.note)
    await _check_with_slack(turn, typed_forms.read(Workspace(), form, turn.typed))
    result = await turn.write(_save, turn)
    if result.merge is None:
        return await _kept(turn, result.library)
    channels = await _channels(turn, result.library)
    above = views.conflict(turn.t, result.merge, result.library, result.by, channels)
    return Next(forms.form_view(turn.t, result.merge.merged, result.version, form, above))


async def ask_switch(turn: Turn) -> None:
    """What is sent and what is not, before it is switched on or off."""
    library = await turn.read(settings_of.settings)
    in_menu = turn.view.get("callback_id") == views.MENU
    channels = await _channels(turn, library)
    await turn.open(switch_views.switch_view(turn.t, library, channels, from_menu=in_menu))


async def switch(turn: Turn) -> Next | None:
    """Switch on or off what the bot writes by itself."""
    on, from_menu = switch_views.read_switch(turn.note)
    await turn.write(_switch, turn, on=on)
    turn.house.workspaces.drop(turn.team)
    if from_menu and await turn.show_below(await menu(turn)):
        return None
    return Next(notice_view(turn.t, switch_views.switched(turn.t, on=on)))


async def _check_with_slack(turn: Turn, mine: Workspace) -> None:
    """What only Slack knows: who is a colleague, and where the bot can write."""
    await access.check_colleagues(
        turn.house, turn.client, turn.team, mine.coordinators, field="coordinators"
    )
    for name in forms.CHANNELS:
        channel = getattr(mine, name)
        if channel:
            await workspace_channel.usable(turn, channel, field=name)


async def _kept(turn: Turn, library: Workspace) -> Next | None:
    """Back to the menu, in the library's language and with what it holds now."""
    turn.house.workspaces.drop(turn.team)
    turn.house.languages.drop_team(turn.team)
    turn.t = await translator(turn.house, turn.team, turn.user)
    if turn.user in library.coordinators:
        view = await menu(turn)
    else:
        view = notice_view(turn.t, views.handed_over(turn.t, library.coordinators))
    return None if await turn.show_below(view) else Next(view)


async def _channels(turn: Turn, library: Workspace) -> dict[str, str]:
    chosen = [getattr(library, name) for name in forms.CHANNELS]
    return await workspace_channel.names(turn, [channel for channel in chosen if channel])


def _settings(conn: Connection, team: str) -> tuple[Workspace, int]:
    return settings_of.settings(conn, team), settings_of.version(conn, team)


def _save(conn: Connection, team: str, turn: Turn) -> Saved:
    form, version = forms.where(turn.note)
    theirs = _locked(conn, team, turn, Action.LIBRARY_SETTINGS)
    base = settings_of.settings_at(conn, team, version)
    merge = edited(base, typed_forms.read(base, form, turn.typed), theirs)
    in_form = tuple(name for name in merge.theirs_changed if name in forms.FORMS[form])
    if in_form:
        by = settings_of.changed_by(conn, team, since=version) or ""
        now = settings_of.version(conn, team)
        return Saved(theirs, now, replace(merge, theirs_changed=in_form), by)
    after = checked(merge.merged)
    stored = settings_of.save_settings(conn, team, after, now=turn.now, by=turn.user)
    return Saved(after, stored)


def _switch(conn: Connection, team: str, turn: Turn, *, on: bool) -> None:
    library = _locked(conn, team, turn, Action.SWITCH_ON)
    if library.switched_on != on:
        changed = library.model_copy(update={"switched_on": on})
        settings_of.save_settings(conn, team, changed, now=turn.now, by=turn.user)


def _locked(conn: Connection, team: str, turn: Turn, action: Action) -> Workspace:
    """The settings as they are now; another replica may have seen this person lose her role."""
    library = settings_of.settings(conn, team, lock=True)
    require(role_of(turn.user, library, staff=True), action, library)
    return library
