from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.partner import ContactPerson, Kind, Partner
from bot.privacy import Information, Standing, Uninformed
from bot.privacy_document import document
from bot.privacy_everything import Event, Everything, LogLine, Mention, Place
from bot.privacy_notice import gaps, notice_text
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import partner_people, privacy_access, privacy_erasure
from handlers.views import privacy as views
from handlers.views.partner_people import Owed
from handlers.views.parts import plain
from tests.handlers.views.extreme import (
    DANISH,
    ENGLISH,
    LANGUAGES,
    LIBRARIES,
    PARTNERS,
    PERSONS,
    USERS,
    Json,
    accepted_message,
    accepted_view,
    extremes,
    filled,
    maybe,
    texts,
    words,
)

TODAY = date(2026, 11, 24)
PLACES = st.sampled_from(Place)
MENTIONS = st.lists(
    st.builds(Mention, PLACES, words(3000), st.just(datetime(2026, 1, 1, tzinfo=UTC))), max_size=60
).map(tuple)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", "+4586123456", id=7)
SPRINGBRAET = Partner("Springbræt", id=3, people=(ANNE,))


@LANGUAGES
@extremes(
    library=LIBRARIES, partner=PARTNERS, person=PERSONS, texts_=words(300), users=st.lists(USERS)
)
def test_every_notice_is_accepted_and_whole(
    t: Translator,
    library: Workspace,
    partner: Partner,
    person: ContactPerson,
    texts_: str,
    users: list[str],
) -> None:
    for update in ({}, dict.fromkeys(("purpose", "controller", "transfer", "dpo"), texts_ * 5)):
        own = library.model_copy(update={**update, "coordinators": tuple(users)})
        text = notice_text(t, own, organisation=partner.name, source=person.source)
        view = views.notice_view(t, partner, person, text, gaps(own), own, TODAY, "3:7:list.0")
        shown = accepted_view(view)
        pieces = [
            b["element"]["initial_value"] for b in shown["blocks"] if "notice." in b["block_id"]
        ]
        assert "".join(pieces) == text
        assert views.read_told(filled(shown)) == (TODAY, views.WAYS["mail"])
    accepted_view(views.told_view(t, person))


@LANGUAGES
@extremes(
    people=st.lists(
        st.builds(Uninformed, st.integers(1, 10**9), words(200), PERSONS, DAYS), max_size=120
    ),
    page=st.integers(0, 9),
)
def test_every_page_of_the_list_is_accepted(
    t: Translator, people: list[Uninformed], page: int
) -> None:
    shown = accepted_view(views.uninformed_view(t, people, page, TODAY))
    rows = [block for block in shown["blocks"] if block["type"] == "section"]
    assert bool(rows) == bool(people)


@LANGUAGES
@extremes(partner=PARTNERS, person=PERSONS, left=MENTIONS, users=st.lists(USERS, max_size=50))
def test_every_question_before_forgetting_and_every_end_is_accepted(
    t: Translator,
    partner: Partner,
    person: ContactPerson,
    left: tuple[Mention, ...],
    users: list[str],
) -> None:
    accepted_view(privacy_erasure.ask_view(t, partner, person))
    accepted_view(privacy_erasure.done_view(t, partner, left, users, "partner_show"))
    view = partner_people.person_view(
        t, partner, person, Owed(TODAY, {}, {}), privacy_erasure.question(t, person)
    )
    shown = accepted_view(view)
    assert privacy_erasure.ASKED in [block["block_id"] for block in shown["blocks"]]


def test_of_a_person_who_is_the_partner_it_is_said_that_the_name_goes() -> None:
    poet = Partner("Anne Holm", id=3, kind=Kind.INDIVIDUAL, people=(ANNE,))
    assert "hvis partneren er personen selv" in texts(
        accepted_view(privacy_erasure.ask_view(DANISH, poet, ANNE))
    )
    assert "personen selv" not in texts(
        accepted_view(privacy_erasure.ask_view(DANISH, SPRINGBRAET, ANNE))
    )


@LANGUAGES
@extremes(
    library=LIBRARIES,
    partner=PARTNERS,
    person=PERSONS,
    mentions=MENTIONS,
    logged=st.integers(0, 900),
    typed=words(5000),
    former=st.booleans(),
)
def test_every_document_is_accepted_however_much_there_is(
    t: Translator,
    library: Workspace,
    partner: Partner,
    person: ContactPerson,
    mentions: tuple[Mention, ...],
    logged: int,
    typed: str,
    former: bool,  # noqa: FBT001 - Hypothesis calls it
) -> None:
    line = LogLine(datetime(2026, 1, 1, tzinfo=UTC), Event.DISCLOSED, "U01", (), typed[:300])
    found = Everything(
        person, partner, former, Standing(no_contact=True), mentions, mentions, (line,) * logged
    )
    told = document(t, found, library, today=TODAY)
    for sent in (False, True):
        accepted_view(privacy_access.document_view(t, told, mentions, "3:7", sent=sent))
    accepted_message(t, privacy_access.nobody(t, typed))


def test_a_short_document_is_shown_whole_and_a_long_one_says_so() -> None:
    for notes, more in ((2, False), (40, True)):
        mentions = (Mention(Place.NOTE, "Anne Holm har nøglen. " * 40),) * notes
        found = Everything(ANNE, SPRINGBRAET, False, Standing(), mentions, (), ())  # noqa: FBT003 - the dataclass's order
        told = document(DANISH, found, Workspace(), today=TODAY)
        shown = texts(accepted_view(privacy_access.document_view(DANISH, told, (), "3:7")))
        assert ("Det hele står i filerne." in shown) == more
        assert ("Hvad der er sket med dine oplysninger" in shown) != more


@LANGUAGES
@extremes(people=st.lists(PERSONS, min_size=1, max_size=130), name=maybe(200))
def test_every_choice_of_persons_is_accepted(
    t: Translator, people: list[ContactPerson], name: str
) -> None:
    found = [privacy_access.Choice(n, name, one, bool(n % 2)) for n, one in enumerate(people)]
    shown: Json = accepted_view(privacy_access.ask_view(t, found))
    select = next(b for b in shown["blocks"] if b["block_id"] == privacy_access.WHO)
    assert len(select["element"]["options"]) == min(len(people), 100)
    if len(people) == 1:
        assert privacy_access.read_who(filled(shown)) == (0, people[0].id)


def test_who_wishes_no_contact_is_shown_without_the_ways_to_reach_her() -> None:
    left_alone = {ANNE.id: Standing(no_contact=True)}
    view: Json = {
        "type": "modal",
        "title": plain("T")._resolve(),
        "blocks": [b._resolve() for b in partner_people.people(DANISH, (ANNE,), left_alone)],
    }
    assert texts(view).endswith("Anne Holm, formand · ønsker ikke kontakt")
    owed = Owed(TODAY, left_alone, {})
    listed = texts(accepted_view(partner_people.people_view(DANISH, SPRINGBRAET, owed)))
    assert "86123456" not in listed
    assert "anne@" not in listed


def test_what_is_owed_is_said_with_its_day() -> None:
    told = Standing(Information(date(2025, 10, 3), "mail"), no_contact=True)
    before = {7: date(2025, 12, 24), 8: date(2026, 12, 24)}
    owed = Owed(TODAY, {}, before)
    assert partner_people.standing(DANISH, owed, 7).startswith("skal have besked senest onsdag")
    assert partner_people.standing(DANISH, owed, 7).endswith("december 2025")
    assert partner_people.standing(ENGLISH, owed, 8).endswith("by Thursday 24 December")
    both = partner_people.standing(DANISH, Owed(TODAY, {7: told}, {}), 7)
    assert both == "ønsker ikke kontakt · oplyst den 3. oktober 2025"
    assert partner_people.standing(DANISH, owed, 0) == ""
