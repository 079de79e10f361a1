"""Changing a partner: the short forms, their contact persons, the archive, and two at once."""

from dataclasses import dataclass, replace

from bot.edits import Merge, edited, edited_person, rewind
from bot.errors import UserError
from bot.goal import on_the_list
from bot.intake import checked, checked_person
from bot.partner import ContactPerson, Partner
from bot.text import fold
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import privacy_people
from handlers.desk import Desk
from handlers.partner_channel import check_channel
from handlers.turn import Next, Turn
from handlers.views import partner_form as forms
from handlers.views import partner_people as people
from handlers.views.goal_form import list_changed
from handlers.views.partner import MORE, STEP_DONE
from handlers.views.partner_added import conflict, saved
from handlers.views.parts_values import partner_and_person
from handlers.views.privacy_erasure import question
from handlers.views.round_step import done
from storage import duplicate_redirect
from storage import partner as register_of
from storage import workspace as settings_of
from storage.database import Connection
from storage.privacy import PERSON_GONE

STEP_CHANGED = mark("Somebody has changed the next step meanwhile. Open the card to see it.")
SOURCE_MISSING = mark(
    "Write where you know each other from: we must be able to answer that if the person asks."
)


@dataclass(frozen=True)
class Saved:
    """What became of an edit: stored, or first to be looked at.

    Because of a colleague's edit (`merge`), or because the person was forgotten (`back`).
    """

    partner: Partner
    merge: Merge | None = None
    by: str = ""
    back: bool = False
    listed: bool = True  # False: a goal was chosen that has left the library's list


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(MORE, choose, Action.EDIT_PARTNER)
    desk.submit(forms.SUBMIT, save, Action.EDIT_PARTNER)
    desk.action(STEP_DONE, step_done, Action.EDIT_PARTNER)
    desk.action(people.EDIT, open_person, Action.EDIT_PARTNER)
    desk.submit(people.SUBMIT, save_person, Action.EDIT_PARTNER)
    desk.action(people.REMOVE, remove_person, Action.EDIT_PARTNER)


async def choose(turn: Turn) -> None:
    """A choice from the card's menu: which form, or the archive."""
    what, _, number = turn.value.partition(":")
    if what == "archive":
        await turn.require(Action.ARCHIVE_PARTNER)
        partner = await turn.write(_archive, turn, int(number))
        await turn.show(saved(turn.t, partner))
        return
    partner = await turn.read(register_of.existing, int(number))
    if what == "people":
        await turn.open(await privacy_people.people_view(turn, partner))
    elif what in forms.FORMS:
        await turn.open(forms.edit_view(turn.t, await turn.library(), partner, what))


async def save(turn: Turn) -> Next:
    """Save a form; if a colleague saved meanwhile, show it again with both in it."""
    number, _, form = forms.where(turn.note)
    await check_channel(turn, forms.read(Partner(""), turn.typed).channel, number)
    result = await turn.write(_save, turn)
    if result.merge is None and result.listed:
        return Next(saved(turn.t, result.partner))
    above = conflict(turn.t, result.merge, result.by) if result.merge else list_changed(turn.t)
    return Next(forms.edit_view(turn.t, await turn.library(), result.partner, form, above))


async def step_done(turn: Turn) -> None:
    """The next step is done."""
    partner = await clear_step(turn)
    if not turn.view:
        await turn.reply(done(turn.t, partner.name))


async def clear_step(turn: Turn) -> Partner:
    """Take off the step that was shown; one that was put in its place meanwhile stays."""
    number, _, version = turn.value.partition(":")

    def clear(conn: Connection, team: str) -> Partner:
        partner = register_of.existing(conn, team, int(number), lock=True)
        since = register_of.changes_since(conn, team, partner.id, int(version))
        if any(change.field == "next_step" for change in since):
            raise UserError(STEP_CHANGED)
        after = replace(partner, next_step="", next_step_on=None)
        return register_of.update(conn, team, partner, after, by=turn.user, now=turn.now)

    return await turn.write(clear)


async def open_person(turn: Turn) -> None:
    """One contact person's form, empty for a new one."""
    number, person_id = partner_and_person(turn.value)
    partner = await turn.read(register_of.existing, number)
    person = _person(partner, person_id) if person_id else ContactPerson()
    await turn.open(await privacy_people.person_view(turn, partner, person))


async def save_person(turn: Turn) -> Next | None:
    """Put the person on the card; ask first if she was forgotten, or a colleague was there too."""
    _, person_id, version = people.form_of(turn.note)
    typed = checked_person(people.read_person(turn.typed, person_id))
    check_source(typed.source)
    result = await turn.write(_save_person if person_id else _add_person, turn, typed)
    if result.back:
        form = replace(result.partner, version=version)
        above = question(turn.t, typed)
        return Next(await privacy_people.person_view(turn, form, typed, above))
    if result.merge is None:
        return await _listed(turn, result.partner)
    above = conflict(turn.t, result.merge, result.by)
    person = _person(result.partner, person_id)
    return Next(await privacy_people.person_view(turn, result.partner, person, above))


async def _listed(turn: Turn, partner: Partner) -> Next | None:
    """Back to the list the form was opened from, with the person as she is now."""
    view = await privacy_people.people_view(turn, partner)
    return None if await turn.show_below(view) else Next(view)


async def remove_person(turn: Turn) -> None:
    """Take a contact person off the card."""
    number, person_id = partner_and_person(turn.value)
    partner = await turn.write(_without_person, turn, number, person_id)
    await turn.turn_into(await privacy_people.people_view(turn, partner))


def check_source(source: str) -> None:
    """Raise UserError unless it is said where we have a person's details from."""
    if not fold(source):
        raise UserError(SOURCE_MISSING, field="source")


def _save(conn: Connection, team: str, turn: Turn) -> Saved:
    number, version, form = forms.where(turn.note)
    now = register_of.existing(conn, team, number, lock=True)
    duplicate_redirect.check_form(conn, team, number, version, now)
    changes = register_of.changes_since(conn, team, number, version)
    base = rewind(now, changes)
    typed = checked(forms.read(base, turn.typed))
    mine = on_the_list(settings_of.settings(conn, team), now, typed)
    merge = edited(base, mine, now)
    in_form = tuple(name for name in merge.theirs_changed if name in forms.FORMS[form])
    if in_form:
        return Saved(merge.merged, replace(merge, theirs_changed=in_form), changes[-1].by)
    if mine != typed:
        return Saved(merge.merged, listed=False)
    return Saved(register_of.update(conn, team, now, merge.merged, by=turn.user, now=turn.now))


def _add_person(conn: Connection, team: str, turn: Turn, typed: ContactPerson) -> Saved:
    number = people.form_of(turn.note)[0]
    now = register_of.existing(conn, team, number, lock=True)
    after = replace(now, people=(*now.people, typed))
    sure = privacy_people.asked(turn)
    if privacy_people.forgotten(conn, team, after, typed, sure=sure):
        return Saved(now, back=True)
    return Saved(register_of.update(conn, team, now, after, by=turn.user, now=turn.now))


def _save_person(conn: Connection, team: str, turn: Turn, typed: ContactPerson) -> Saved:
    number, _, version = people.form_of(turn.note)
    now = register_of.existing(conn, team, number, lock=True)
    duplicate_redirect.check_form(conn, team, number, version, now)
    theirs = _person(now, typed.id)
    changes = register_of.changes_since(conn, team, number, version)
    base = _person(rewind(now, changes), typed.id)
    merged = edited_person(base, typed, theirs)
    after = _replaced(now, merged)
    if base != theirs:
        by = next(change.by for change in reversed(changes) if change.field == "people")
        return Saved(after, Merge(after, now, ("people",), ()), by)
    sure = privacy_people.asked(turn)
    if privacy_people.forgotten(conn, team, after, merged, sure=sure):
        return Saved(now, back=True)
    return Saved(register_of.update(conn, team, now, after, by=turn.user, now=turn.now))


def _archive(conn: Connection, team: str, turn: Turn, number: int) -> Partner:
    now = register_of.existing(conn, team, number, lock=True)
    after = replace(now, archived=not now.archived)
    return register_of.update(conn, team, now, after, by=turn.user, now=turn.now)


def _person(partner: Partner, person_id: int) -> ContactPerson:
    for person in partner.people:
        if person.id == person_id:
            return person
    raise UserError(PERSON_GONE)


def _without_person(
    conn: Connection, team: str, turn: Turn, number: int, person_id: int
) -> Partner:
    now = register_of.existing(conn, team, number, lock=True)
    gone = _person(now, person_id)
    after = replace(now, people=tuple(other for other in now.people if other != gone))
    return register_of.update(conn, team, now, after, by=turn.user, now=turn.now)


def _replaced(partner: Partner, person: ContactPerson) -> Partner:
    people_now = tuple(person if old.id == person.id else old for old in partner.people)
    return replace(partner, people=people_now)
