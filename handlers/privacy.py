"""Telling contact persons that we have their details, and leaving alone who wishes it."""

from dataclasses import dataclass, replace
from typing import Self

from bot.privacy import checked_information
from bot.privacy_notice import gaps, notice_text
from bot.workspace_roles import Action, may
from handlers import privacy_access, privacy_erasure, privacy_files, privacy_people
from handlers.desk import Desk
from handlers.language import of_the_library
from handlers.turn import Next, Turn
from handlers.views import privacy as views
from handlers.views.parts_values import in_todays_form
from storage import privacy as duties

_LIST = "list."  # where one came from: a page of the list, or a form of that version


@dataclass(frozen=True)
class Meant:
    """Whom a button or a form is about, and where one came from."""

    partner_id: int
    person_id: int
    back: str  # "" where there is nothing to go back to

    @classmethod
    @in_todays_form()
    def of(cls, value: str) -> Self:
        """As written in a button's value and in private_metadata."""
        partner, person, back = value.split(":")
        return cls(int(partner), int(person), back)

    @property
    def note(self) -> str:
        """The same, for private_metadata."""
        return f"{self.partner_id}:{self.person_id}:{self.back}"


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.UNINFORMED, show_uninformed, Action.SEE_UNINFORMED)
    desk.action(views.PAGE, turn_page, Action.SEE_UNINFORMED)
    desk.action(views.INFORM, show_notice, Action.INFORM_PERSON)
    desk.submit(views.SUBMIT, inform, Action.INFORM_PERSON)
    desk.action(views.NO_CONTACT, note_no_contact, Action.NOTE_NO_CONTACT)
    privacy_access.register(desk)
    privacy_erasure.register(desk)


async def begin(turn: Turn) -> None:
    """`/partner oplysninger`: who is still to be told; with a name, all about that person."""
    if turn.words:
        await turn.require(Action.EXPORT_PERSON)
        await privacy_access.begin(turn)
    else:
        await turn.require(Action.SEE_UNINFORMED)
        await show_uninformed(turn)


async def show_uninformed(turn: Turn) -> None:
    """The one list of those who are still to be told."""
    people = await turn.read(duties.uninformed, turn.t.zone)
    await turn.open(views.uninformed_view(turn.t, people, 0, turn.today))
    await privacy_files.delete_of_forgotten(turn)  # what Slack would not delete the last time


async def turn_page(turn: Turn) -> None:
    """Another page of it."""
    people = await turn.read(duties.uninformed, turn.t.zone)
    await turn.turn_into(views.uninformed_view(turn.t, people, int(turn.value), turn.today))


async def show_notice(turn: Turn) -> None:
    """The text to copy, and the form to note that the person was told."""
    meant = Meant.of(turn.value)
    if turn.at_the_top:  # it will stand in the form's place, with the list of persons below it
        meant = replace(meant, back="")
    partner, person = await turn.read(privacy_people.load, meant.partner_id, meant.person_id)
    library = await turn.library()
    paper = await of_the_library(turn.house, turn.team)
    text = notice_text(paper, library, organisation=partner.name, source=person.source)
    view = views.notice_view(
        turn.t, partner, person, text, gaps(library), library, turn.today, meant.note
    )
    await turn.open(view)


async def inform(turn: Turn) -> Next | None:
    """Note it, and show the list or the form below as it is now."""
    meant = Meant.of(turn.note)
    on, way = views.read_told(turn.typed)
    paper = await of_the_library(turn.house, turn.team)
    told = checked_information(on, paper(way), today=turn.today)
    await turn.write(duties.inform, meant.partner_id, meant.person_id, told, by=turn.user)
    listed = meant.back.startswith(_LIST)
    if listed and may(turn.role, Action.SEE_UNINFORMED):
        page = int(meant.back.removeprefix(_LIST))
        people = await turn.read(duties.uninformed, turn.t.zone)
        view = views.uninformed_view(turn.t, people, page, turn.today)
        return None if await turn.show_below(view) else Next(view)
    partner, person = await turn.read(privacy_people.load, meant.partner_id, meant.person_id)
    if meant.back and not listed:
        form = replace(partner, version=int(meant.back))  # what was typed belongs to that version
        await turn.show_below(await privacy_people.person_view(turn, form, person))
        await turn.client.views_update(
            view_id=turn.view["root_view_id"],
            view=(await privacy_people.people_view(turn, partner)).to_dict(),
        )
        return None
    return Next(views.told_view(turn.t, person))


async def note_no_contact(turn: Turn) -> None:
    """The person wishes no contact, or may be contacted again; the form keeps what was typed."""
    partner_id, person_id, version, wish = _wish(turn.value)
    await turn.write(duties.wishes_no_contact, partner_id, person_id, wish=wish)
    partner, person = await turn.read(privacy_people.load, partner_id, person_id)
    form = replace(partner, version=version)
    await turn.turn_into(await privacy_people.person_view(turn, form, person))
    await turn.show_below(await privacy_people.people_view(turn, partner))


@in_todays_form()
def _wish(value: str) -> tuple[int, int, int, bool]:
    """Of a button: partner, person, the version of the form below it, and what is wished."""
    partner_id, person_id, version, wish = (int(part) for part in value.split(":"))
    return partner_id, person_id, version, bool(wish)
