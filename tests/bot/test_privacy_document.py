import json
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.partner import ContactPerson, Kind, Partner
from bot.privacy import Information, Standing
from bot.privacy_document import PLACE, document
from bot.privacy_everything import Event, Everything, LogLine, Mention, Place
from bot.translation import Translator
from bot.workspace import Language, Workspace

T = Translator(Language.ENGLISH)
TODAY = date(2026, 11, 24)
LATE = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)  # the first of October in Denmark

ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk", source="messen", id=7)
BARE = Everything(
    person=ANNE,
    partner=Partner("Springbræt"),
    former=False,
    standing=Standing(),
    mentions=(),
    unsure=(),
    log=(),
)
FULL = replace(
    BARE,
    partner=Partner("Springbræt", kind=Kind.ASSOCIATION),
    former=True,
    standing=Standing(Information(date(2026, 10, 2), "mail"), "U02", no_contact=True),
    mentions=(
        Mention(Place.NOTE, "Anne Holm har nøglen"),
        Mention(Place.TJEK, "spørg Anne Holm", LATE),
    ),
    unsure=(Mention(Place.NEXT_STEP, "ring til Anne, 2"),),
    log=(
        LogLine(LATE, Event.ADDED, "U01"),
        LogLine(LATE, Event.CHANGED, "U02", ("email", "phone")),
        LogLine(LATE, Event.DISCLOSED, "U01", purpose="indsigt"),
    ),
)


def test_the_document_tells_a_person_everything_in_words() -> None:
    text = document(T, FULL, Workspace(), today=TODAY).text
    for line in (
        "What we have on Anne Holm",
        "November 24, 2026",
        "Name: Anne Holm",
        "Mail: anne@springbraet.dk",
        "Where we have the details from: messen",
        "You are no longer on the organisation's card; these are the last details.",
        "You wish not to be contacted.",
        "association",
        "You were told on October 2, 2026 that we have your details. mail",
        "The note about the organisation: Anne Holm har nøglen",
        "A check of whether to work together (October 1, 2026): spørg Anne Holm",
        "October 1, 2026: The person was noted",
        "October 1, 2026: Changed: Mail and Phone",
        "October 1, 2026: This document was made. Purpose: indsigt",
    ):
        assert f"{line}\n" in text
    assert "because Springbræt is in touch" in text
    assert "Title or role" not in text


def test_what_may_be_about_somebody_else_is_not_handed_out() -> None:
    made = document(T, FULL, Workspace(), today=TODAY)
    assert "ring til Anne, 2" not in made.text
    assert "ring til Anne, 2" not in json.dumps(made.data, ensure_ascii=False)


def test_colleagues_are_named_only_when_asked_for() -> None:
    quiet = document(T, FULL, Workspace(), today=TODAY)
    assert not [user for user in ("U01", "U02") if user in quiet.text + json.dumps(quiet.data)]
    named = document(T, FULL, Workspace(), today=TODAY, with_staff=True)
    assert "October 1, 2026: The person was noted (U01)" in named.text
    assert json.dumps(named.data).count('"by": "U0') == 3


def test_little_is_said_where_there_is_little() -> None:
    made = document(T, BARE, Workspace(), today=TODAY)
    assert "It is not noted that you were told" in made.text
    assert made.text.count("Nothing.") == 2
    assert made.data["informed_on"] is None


def test_a_person_without_a_name_is_called_by_her_mail() -> None:
    nameless = replace(BARE, person=replace(ANNE, name=""))
    made = document(T, nameless, Workspace(), today=TODAY)
    assert made.title == "What we have on anne@springbraet.dk"


def test_the_data_are_plain_and_whole() -> None:
    data = json.loads(json.dumps(document(T, FULL, Workspace(), today=TODAY).data))
    assert data == {
        "as_of": "2026-11-24",
        "person": {
            "name": "Anne Holm",
            "title": "",
            "email": "anne@springbraet.dk",
            "phone": "",
            "note": "",
            "source": "messen",
        },
        "on_the_card": False,
        "organisation": {"name": "Springbræt", "kind": "association", "relation": "partner"},
        "informed_on": "2026-10-02",
        "informed_how": "mail",
        "no_contact": True,
        "recipients": ["the library's own staff", "Slack"],
        "texts": [
            {"where": "note", "text": "Anne Holm har nøglen", "at": None},
            {"where": "tjek", "text": "spørg Anne Holm", "at": LATE.isoformat()},
        ],
        "log": [
            {"at": LATE.isoformat(), "event": "added", "fields": [], "purpose": ""},
            {
                "at": LATE.isoformat(),
                "event": "changed",
                "fields": ["email", "phone"],
                "purpose": "",
            },
            {"at": LATE.isoformat(), "event": "disclosed", "fields": [], "purpose": "indsigt"},
        ],
    }


def test_every_place_has_its_words() -> None:
    assert PLACE.keys() == set(Place)


def test_of_one_who_is_the_partner_all_of_the_partner_is_hers() -> None:
    poet = Partner(
        "Anne Holm",
        kind=Kind.INDIVIDUAL,
        website="https://anne.dk",
        other_names=("Frøken Havfrue", "Havfruen"),
    )
    made = document(T, replace(BARE, partner=poet), Workspace(), today=TODAY)
    assert "Website: https://anne.dk\n" in made.text
    assert "Other names: Frøken Havfrue, Havfruen\n" in made.text
    told = json.loads(json.dumps(made.data))["organisation"]
    assert told["website"] == "https://anne.dk"
    assert told["other_names"] == ["Frøken Havfrue", "Havfruen"]
    agent = replace(BARE, partner=poet, person=ContactPerson("Bo Lind"))
    assert "anne.dk" not in document(T, agent, Workspace(), today=TODAY).text
