from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.contact import Contact, Kind
from bot.contact_question import QUESTIONS
from bot.partner import Hit, Partner
from bot.partner_question import choices
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import contact as views
from handlers.views import contact_form, contact_question
from handlers.views.notice import notice_view
from tests.handlers.views.extreme import (
    CONTACTS,
    DANISH,
    HITS,
    LANGUAGES,
    LIBRARIES,
    MOMENTS,
    PARTNERS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    filled,
    words,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()


@LANGUAGES
@extremes(library=LIBRARIES, partner=PARTNERS, contact=CONTACTS)
def test_every_note_is_accepted_with_each_question(
    t: Translator, library: Workspace, partner: Partner, contact: Contact
) -> None:
    for field in QUESTIONS:
        asked = (
            contact_question.question(t, library, field, partner.name, contact.id)
            if choices(field, library)
            else []
        )
        for noted in (views.noted, views.noted_recent):
            reply = noted(t, partner.name, contact, TODAY, asked)
            accepted_message(t, reply)
            accepted_view(notice_view(t, reply))
        if getattr(partner, field):
            accepted_message(
                t,
                views.noted(
                    t,
                    partner.name,
                    contact,
                    TODAY,
                    contact_question.answered(t, library, field, partner),
                ),
            )
    accepted_message(t, views.undone(t, partner.name))


@LANGUAGES
@extremes(partners=st.lists(PARTNERS, min_size=2, max_size=20), typed=words(views.CARRIED))
def test_every_choice_is_accepted(t: Translator, partners: list[Partner], typed: str) -> None:
    accepted_message(t, views.which(t, [(partner, typed) for partner in partners], typed))


@LANGUAGES
@extremes(partner=PARTNERS, contacts=st.lists(CONTACTS, max_size=30), user=USERS, now=MOMENTS)
def test_every_list_is_accepted(
    t: Translator, partner: Partner, contacts: list[Contact], user: str, now: datetime
) -> None:
    once = list({contact.id: contact for contact in contacts}.values())
    accepted_view(views.all_view(t, partner, once, user, now))


@LANGUAGES
@extremes(contact=CONTACTS, hit=HITS)
def test_every_form_is_accepted_and_read_back(t: Translator, contact: Contact, hit: Hit) -> None:
    origin = contact_form.Origin(contact.id, contact.version)
    view = contact_form.contact_view(t, contact, hit, origin, contact_form.unclear(t))
    read = contact_form.read_contact(filled(accepted_view(view)), contact)
    assert (read.kind, read.on, read.partner_id) == (contact.kind, contact.on, hit.id)
    assert contact_form.Origin.read(str(origin)) == origin


def test_a_line_that_is_too_long_for_the_store_still_stands_in_the_form() -> None:
    long = "x" * 2999
    contact = Contact(0, Kind.TALKED, TODAY, "U01", NOON, about=long)
    view = accepted_view(contact_form.contact_view(DANISH, contact, None))
    assert long in str(view)


def test_a_contact_from_a_list_names_nobody_and_its_kind_is_offered_to_no_other() -> None:
    listed = Contact(1, Kind.READ_IN, TODAY, "U01", NOON, "liste.csv", id=4)
    shown = str([block._resolve() for block in views.lines(DANISH, [listed], TODAY)])
    assert "liste.csv" in shown
    assert "U01" not in shown
    assert "Fra en liste" in str(contact_form.contact_view(DANISH, listed, None).to_dict())
    another = replace(listed, kind=Kind.MET)
    assert "Fra en liste" not in str(contact_form.contact_view(DANISH, another, None).to_dict())
