from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import strategies as st

from bot.contact import ABOUT_LENGTH, DOUBLE_CONTACT_DAYS, OURS, Contact, Kind
from bot.translation import Translator
from handlers.views.contact_double import double_lines
from handlers.views.parts import Reply
from tests.handlers.library import said
from tests.handlers.views.extreme import (
    DANISH,
    ENGLISH,
    LANGUAGES,
    MOMENTS,
    USERS,
    accepted_message,
    extremes,
    maybe,
    objects,
    texts,
)

TODAY = date(2026, 11, 26)  # a Thursday
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

CONTACTS = st.builds(
    Contact,
    partner_id=st.integers(1, 10**9),
    kind=st.sampled_from(OURS),
    on=st.integers(0, DOUBLE_CONTACT_DAYS).map(lambda days: TODAY - timedelta(days=days)),
    noted_by=USERS,
    noted_at=MOMENTS,
    about=maybe(ABOUT_LENGTH),
)


@LANGUAGES
@extremes(contact=CONTACTS)
def test_any_contact_is_told_with_a_way_to_write(t: Translator, contact: Contact) -> None:
    shown = accepted_message(t, Reply("Kontakt", double_lines(t, contact, TODAY, "T01")))
    assert contact.about in texts(shown)
    assert [o["user_id"] for o in objects(shown) if o.get("type") == "user"] == [contact.noted_by]
    (link,) = [o for o in objects(shown) if o.get("type") == "link"]
    expected = f"https://slack.com/app_redirect?team=T01&channel={contact.noted_by}"
    assert link["url"] == expected


@pytest.mark.parametrize(
    ("kind", "about", "danish", "english"),
    [
        (
            Kind.TALKED,
            "lektiecaféen",
            "@U02 talte med dem i tirsdags: ”lektiecaféen”. Skriv til din kollega",
            "@U02 talked with them on Tuesday: “lektiecaféen”. Write to your colleague",
        ),
        (
            Kind.MET,
            "",
            "@U02 mødtes med dem i tirsdags. Skriv til din kollega",
            "@U02 met with them on Tuesday. Write to your colleague",
        ),
        (
            Kind.MAIL,
            "",
            "@U02 skrev med dem i tirsdags. Skriv til din kollega",
            "@U02 exchanged mails with them on Tuesday. Write to your colleague",
        ),
        (
            Kind.EVENT,
            "",
            "@U02 var til arrangement med dem i tirsdags. Skriv til din kollega",
            "@U02 was at an event with them on Tuesday. Write to your colleague",
        ),
        (
            Kind.OTHER,
            "",
            "@U02 var i kontakt med dem i tirsdags. Skriv til din kollega",
            "@U02 was in touch with them on Tuesday. Write to your colleague",
        ),
    ],
)
def test_each_kind_has_its_own_sentence(kind: Kind, about: str, danish: str, english: str) -> None:
    contact = Contact(1, kind, date(2026, 11, 24), "U02", NOON, about)
    for t, sentence in ((DANISH, danish), (ENGLISH, english)):
        assert said(Reply("", double_lines(t, contact, TODAY, "T01")).payload()) == sentence
