"""A kind no at the desk: from the check's answers to a draft, and to what is noted once it is sent.

The letter is the colleague's own and is sent from her own mail; nothing of it is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot import circle_question
from bot.circle_trial import day_of_decision
from bot.contact import Contact, Kind
from bot.contact import checked as checked_contact
from bot.partner import ContactPerson, Partner
from bot.round import Kind as RoundKind
from bot.timetable import calendar_of
from bot.tjek import Check, Decision, asked
from bot.tjek_letter import (
    asked_again,
    check_is_no,
    checked,
    checked_day,
    default_again,
    reasons,
    suggested,
    to_write_to,
)
from bot.tjek_letter_text import Sender, noted_about, written
from bot.translation import Translator
from bot.workspace_roles import Action
from handlers import access
from handlers.desk import Desk
from handlers.language import of_the_library
from handlers.tjek_page import get
from handlers.turn import Next, Turn
from handlers.views import tjek_letter as views
from handlers.views import tjek_letter_draft as drafts
from handlers.views.contact import noted
from handlers.views.tjek_letter import Offer
from storage import circle_question as questions
from storage import contact as contacts_of
from storage import partner as register_of
from storage import privacy, round_queries, round_sheets
from storage.database import Connection


@dataclass(frozen=True)
class Case:
    """A check that was decided with a kind no, and whom one can write to."""

    check: Check
    partner: Partner | None
    persons: tuple[ContactPerson, ...]
    suggested: tuple[str, ...]

    def person(self, number: int) -> ContactPerson | None:
        """The one of that id, if she may be written to still."""
        return next((person for person in self.persons if person.id == number), None)


def register(desk: Desk) -> None:
    """Sign up; a bad file of reasons stops the start."""
    reasons()
    desk.action(views.BEGIN, begin, Action.WRITE_LETTER)
    desk.submit(views.FORM, draft, Action.WRITE_LETTER)
    desk.submit(drafts.SENT, sent, Action.WRITE_LETTER)


async def begin(turn: Turn) -> None:
    """The form, with the reasons that the answers suggest on top."""
    case = await turn.read(_case, int(turn.value))
    language = (await turn.library()).language
    calendar = calendar_of(await turn.library())
    again = day_of_decision(default_again(turn.today), calendar)
    offer = Offer(case.check, case.partner, case.persons, case.suggested, again, language)
    await turn.open(views.form_view(turn.t, offer))


async def draft(turn: Turn) -> Next:
    """The letter, on top of the form while there is room, so that one can go back and change."""
    wishes, language = views.read_wishes(turn.typed)
    wishes = checked(wishes, turn.today)
    case = await turn.read(_case, int(turn.note))
    if not asked_again(case.partner):
        wishes = replace(wishes, again=None)
    library = await turn.library()
    names = await access.names(turn.house, turn.client, turn.team, [turn.user])
    sender = Sender("".join(names), library.library_name)
    t = Translator(language, library.timezone)
    person = case.person(wishes.person_id)
    letter = written(t, wishes, case.check, case.partner, person, sender)
    view = drafts.draft_view(turn.t, case.check, case.partner, letter, wishes)
    return Next(view, "update" if turn.at_the_top else "push")


async def sent(turn: Turn) -> Next:
    """Note the contact, and the day on which we look at the idea again; say what now stands."""
    number, person_id = drafts.where(turn.note)
    to = (await turn.read(_case, number)).partner
    if to is None:
        return Next(drafts.end_view(turn.t, drafts.unknown(turn.t)))
    wanted, day = drafts.read_again(turn.typed)
    wished = checked_day(day, turn.today) if wanted and asked_again(to) else None
    calendar = calendar_of(await turn.library())
    again = day_of_decision(wished, calendar) if wished else None
    t = await of_the_library(turn.house, turn.team)
    contact, partner = await turn.write(_sent, turn, t, number, person_id, again)
    more = drafts.kept(turn.t, partner, again, turn.today, wished)
    said = noted(turn.t, partner.name, contact, turn.today, more)
    return Next(drafts.end_view(turn.t, said))


def _case(conn: Connection, team: str, check_id: int) -> Case:
    check = get(conn, team, check_id)
    check_is_no(check)
    partner = register_of.get(conn, team, check.partner_id) if check.partner_id else None
    persons: tuple[ContactPerson, ...] = ()
    if partner:
        persons = to_write_to(partner, privacy.standings(conn, team, [partner.id]))
    answers = _answers(conn, team, check).values()
    return Case(check, partner, persons, suggested(asked(check), answers))


def _answers(conn: Connection, team: str, check: Check) -> dict[str, Mapping[str, str]]:
    """What everybody answered, where all may see it; no notes."""
    answers: dict[str, Mapping[str, str]] = {}
    for user, sheet in check.sheets.items():
        answers[user] = sheet.answers
    for one in round_queries.of_subject(conn, team, RoundKind.TJEK, check.id):
        for user, shown in round_sheets.shown(conn, team, one.id).items():
            answers[user] = shown.answers
    return answers


def letter_sent_on(conn: Connection, team: str, t: Translator, check: Check) -> date | None:
    """The day the letter with the no was noted as sent; `t` speaks the library's language."""
    if check.decision is not Decision.KINDLY_NO or not check.partner_id or not check.decided_at:
        return None
    decided_on = check.decided_at.astimezone(t.zone).date()
    since = contacts_of.since(conn, team, check.partner_id, decided_on)
    letter = (Kind.MAIL, noted_about(t, check))
    return next((one.on for one in since if (one.kind, one.about) == letter), None)


def _sent(
    conn: Connection,
    team: str,
    turn: Turn,
    t: Translator,
    check_id: int,
    person_id: int,
    again: date | None,
) -> tuple[Contact, Partner]:
    case = _case(conn, team, check_id)
    partner = register_of.existing(conn, team, case.check.partner_id or 0, lock=True)
    person = case.person(person_id)
    contact = Contact(
        partner.id,
        Kind.MAIL,
        turn.today,
        turn.user,
        turn.now,
        about=noted_about(t, case.check),
        with_whom=person.name if person else "",
    )
    questions.withdraw_about(conn, team, check_id, now=turn.now)
    if again:
        promised = circle_question.after_no(partner.id, check_id, again, by=turn.user)
        questions.put(conn, team, promised)
    return _noted_once(conn, team, checked_contact(contact, turn.today)), partner


def _noted_once(conn: Connection, team: str, contact: Contact) -> Contact:
    """The contact, or the same one if the button was pressed twice on a day."""
    today = contacts_of.since(conn, team, contact.partner_id, contact.on)
    same = (contact.noted_by, contact.kind, contact.about)
    before = [one for one in today if (one.noted_by, one.kind, one.about) == same]
    return before[0] if before else contacts_of.note(conn, team, contact)
