"""The lively house that the demo begins with: `bot/demo.yaml`, stored as if it had all happened.

The file counts its times in days from the moment of moving in, so that the house never grows old.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.circle import Level
from bot.contact import Contact
from bot.contact import checked as checked_contact
from bot.errors import UserError
from bot.intake import checked
from bot.partner import Partner, Status
from bot.privacy import Information
from bot.questions import SHORT_PAGE, load
from bot.tjek import Check, Sheet, checked_idea, checked_note, checked_reason
from handlers import demo_circle, demo_evaluation
from handlers.demo_calendar import Calendar
from handlers.demo_furniture import (
    Decided,
    DemoCheck,
    DemoContact,
    DemoHouse,
    DemoPartner,
    house,
)
from storage import contact as contacts_of
from storage import partner as register_of
from storage import privacy, reminder_cadence
from storage import tjek as checks_of
from storage import workspace as settings_of
from storage.database import Connection

# When on its day a thing happened: partners come before the checks of them, decisions after.
ADDED, BEGUN, FINISHED, DECIDED, NOTED = time(9), time(10), time(10, 4), time(13), time(14)


def move_in(conn: Connection, team: str, now: datetime) -> None:
    """Store settings, partners, contacts and checks; `now` is when the demo begins."""
    furnish(conn, team, now, house())


def furnish(conn: Connection, team: str, now: datetime, demo: DemoHouse) -> None:
    """Store a house. Raises ValueError for a partner that the register's door refuses."""
    zone = ZoneInfo(demo.library.timezone)
    calendar = Calendar(now.astimezone(zone).date(), zone)
    opened = calendar.moment(demo.opened_days_ago, ADDED)
    settings_of.save_settings(conn, team, demo.library, now=opened)
    for user, language in demo.languages.items():
        settings_of.set_language(conn, team, user, language, opened)
    ids = _add_partners(conn, team, calendar, demo)
    for name, told in demo.partners.items():
        demo_circle.go_through(conn, team, calendar, ids[name], told)
        for evaluation in told.evaluations:
            demo_evaluation.look_back(conn, team, calendar, ids[name], told.level, evaluation)
        if told.agreement_ends_in_days:
            ends = calendar.ahead(told.agreement_ends_in_days)
            reminder_cadence.choose_own(conn, team, ids[name], None, ends)
    _note_contacts(conn, team, calendar, demo.contacts, ids)
    for check in sorted(demo.checks, key=lambda check: -check.days_ago):
        kept = _check(check, calendar, ids[check.partner])
        checks_of.start(conn, team, replace(kept, wording=load("tjek").model_dump(mode="json")))


def _add_partners(
    conn: Connection, team: str, calendar: Calendar, demo: DemoHouse
) -> Mapping[str, int]:
    """Add them in the order they came, and tell their people; their ids by name."""
    ids = {}
    for name, told in sorted(demo.partners.items(), key=lambda item: -item[1].added.days_ago):
        came = calendar.moment(told.added.days_ago, ADDED)
        partner = register_of.add(
            conn, team, _partner(name, told, calendar), by=told.added.by, now=came
        )
        ids[name] = partner.id
        days_ago = told.added.days_ago - demo.informed.after_days
        information = Information(calendar.ago(max(days_ago, 0)), demo.informed.how)
        for person in partner.people if days_ago > 0 else ():
            privacy.inform(conn, team, partner.id, person.id, information, by=told.added.by)
    return ids


def _note_contacts(
    conn: Connection,
    team: str,
    calendar: Calendar,
    contacts: Sequence[DemoContact],
    ids: Mapping[str, int],
) -> None:
    for told in sorted(contacts, key=lambda told: -told.days_ago):
        day = calendar.ago(told.days_ago)
        noted = Contact(
            ids[told.partner],
            told.kind,
            day,
            told.by,
            calendar.moment(told.days_ago, NOTED),
            about=told.about,
            with_whom=told.with_whom,
        )
        contacts_of.note(conn, team, checked_contact(noted, calendar.today))


def _partner(name: str, told: DemoPartner, calendar: Calendar) -> Partner:
    shared = {field.name for field in fields(Partner)} & told.model_fields_set
    values: dict[str, Any] = {key: getattr(told, key) for key in shared}
    if told.moves:
        values |= {"level": Level.NETWORK, "status": Status.ACTIVE}
    if told.started_days_ago is not None:
        values["start"] = calendar.ago(told.started_days_ago)
    if told.next_step is not None:
        values["next_step"] = told.next_step.what
        values["next_step_on"] = calendar.ahead(told.next_step.in_days)
    try:
        return checked(Partner(name, **values))
    except UserError as fault:
        sentence = fault.msgid.format(**fault.values)
        raise ValueError(f"demo.yaml: {name}: {fault.field}: {sentence}") from fault


def _check(told: DemoCheck, calendar: Calendar, partner_id: int) -> Check:
    last_page = SHORT_PAGE if told.short else load("tjek").pages[-1].id
    notes = {page: checked_note(note) for page, note in told.notes.items()}
    return Check(
        started_by=told.by,
        started_at=calendar.moment(told.days_ago, BEGUN),
        form=told.form,
        partner_id=partner_id,
        partner_name=told.partner,
        idea=checked_idea(told.idea, partner=told.partner),
        short=told.short,
        page=told.left_on or last_page,
        finished_at=None if told.left_on else calendar.moment(told.days_ago, FINISHED),
        sheets={told.by: Sheet(dict(told.answers), notes)},
        **(_conclusion(told.decided, calendar) if told.decided else {}),
    )


def _conclusion(decided: Decided, calendar: Calendar) -> dict[str, Any]:
    return {
        "decision": decided.decision,
        "reason": checked_reason(decided.reason),
        "decided_by": decided.by,
        "decided_at": calendar.moment(decided.days_ago, DECIDED),
    }
