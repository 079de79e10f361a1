from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from bot.edits import Merge
from bot.identifiers import phone_shown
from bot.likeness import Likeness, Reason
from bot.partner import ContactPerson, Hit, Kind, Partner
from bot.privacy import Information, Standing
from bot.translation import Translator
from bot.words import FIELD
from bot.workspace import Workspace
from handlers.views import partner as views
from handlers.views import (
    partner_add,
    partner_added,
    partner_form,
    partner_found,
    partner_people,
    partner_pick,
)
from handlers.views.parts import plain
from tests.handlers.views.extreme import (
    CHECKS,
    CONTACTS,
    DANISH,
    HITS,
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
from tests.handlers.views.test_circle import COURSES

PASTS = st.builds(
    views.Past,
    contacts=st.lists(CONTACTS, max_size=5),
    checks=st.lists(CHECKS, max_size=5),
    course=COURSES,
)
FORMS = st.sampled_from(sorted(partner_form.FORMS))
MERGES = st.builds(
    Merge,
    merged=PARTNERS,
    theirs=PARTNERS,
    theirs_changed=st.lists(st.sampled_from(sorted(FIELD)), min_size=1, unique=True).map(tuple),
    both_changed=st.lists(
        st.sampled_from(sorted(FIELD.keys() - {"people", "archived"})), unique=True
    ).map(tuple),
)


@LANGUAGES
@extremes(library=LIBRARIES, partner=PARTNERS, past=PASTS, user=USERS)
def test_every_card_is_accepted(
    t: Translator, library: Workspace, partner: Partner, past: views.Past, user: str
) -> None:
    for reader in (user, partner.responsible or user, *partner.known_by[:1]):
        reply = views.card(t, library, partner, past, reader, date(2026, 11, 24))
        accepted_message(t, reply)
        accepted_view(views.card_view(t, reply, said="Det er gemt."))
    accepted_view(partner_added.added(t, library, partner))
    accepted_view(partner_added.saved(t, partner))


@LANGUAGES
@extremes(hits=st.lists(HITS, min_size=1, max_size=8), typed=words(10_000))
def test_every_search_is_answered(t: Translator, hits: list[Hit], typed: str) -> None:
    accepted_message(t, partner_found.several(t, typed, hits))
    accepted_message(t, partner_found.nothing(t, typed, None))
    accepted_message(t, partner_found.nothing(t, typed, "tjek"))


@LANGUAGES
@extremes(
    library=LIBRARIES,
    partner=PARTNERS,
    pasted=maybe(3000),
    source=maybe(200),
    like=st.lists(st.builds(Likeness, PARTNERS, st.sampled_from(Reason), st.just(1.0)), max_size=5),
    more=st.booleans(),
    sure=st.booleans(),
)
def test_every_form_that_adds_is_accepted_and_keeps_what_was_typed(
    t: Translator,
    library: Workspace,
    partner: Partner,
    pasted: str,
    source: str,
    like: list[Likeness],
    more: bool,  # noqa: FBT001 - Hypothesis calls it
    sure: bool,  # noqa: FBT001 - as above
) -> None:
    above = partner_added.lookalikes(t, like) if like else []
    view = partner_add.add_view(
        t, library, partner, pasted, source, more=more, sure=sure, above=above
    )
    again, pasted_again, source_again = partner_add.read_add(filled(accepted_view(view)))
    assert (pasted_again, source_again) == (pasted, source)
    assert again.name == partner.name
    if more:
        assert again.kind == partner.kind
        assert again.area == partner.area


@LANGUAGES
@extremes(library=LIBRARIES, partner=PARTNERS, form=FORMS)
def test_an_untouched_form_gives_the_partner_back(
    t: Translator, library: Workspace, partner: Partner, form: str
) -> None:
    partner = _without_commas(partner)
    shown = accepted_view(partner_form.edit_view(t, library, partner, form))
    assert partner_form.where(shown["private_metadata"]) == (partner.id, partner.version, form)
    assert partner_form.read(partner, filled(shown)) == partner


def _without_commas(partner: Partner) -> Partner:
    """A list in a text field is written with commas; nobody can type one into a word of it."""
    return replace(
        partner,
        other_names=_tidy(partner.other_names),
        keywords=_tidy(partner.keywords),
        target_groups=_tidy(partner.target_groups),
    )


def _tidy(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(value.replace(",", ".").split()) for value in values)


@LANGUAGES
@extremes(library=LIBRARIES, partner=PARTNERS, form=FORMS, merge=MERGES, by=USERS)
def test_a_form_that_tells_of_a_colleagues_changes_is_accepted(
    t: Translator, library: Workspace, partner: Partner, form: str, merge: Merge, by: str
) -> None:
    above = partner_added.conflict(t, merge, by)
    shown = accepted_view(partner_form.edit_view(t, library, partner, form, above))
    assert by in str(shown)


def owed_to(partner: Partner, person: ContactPerson) -> partner_people.Owed:
    """As much as there can be: one who was told and is to be left alone, the others waiting."""
    told = Standing(Information(date(2025, 10, 3), "mail"), no_contact=True)
    waiting = {other.id: date(2026, 12, 24) for other in partner.people}
    return partner_people.Owed(date(2026, 11, 24), {person.id: told}, waiting)


@LANGUAGES
@extremes(partner=PARTNERS, person=PERSONS)
def test_contact_persons_are_listed_and_come_back_from_their_form(
    t: Translator, partner: Partner, person: ContactPerson
) -> None:
    owed = owed_to(partner, person)
    accepted_view(partner_people.people_view(t, partner, owed))
    for one in (person, replace(person, id=0), ContactPerson()):
        view = partner_people.person_view(t, partner, one, owed, may_anonymise=True)
        shown = accepted_view(view)
        form = partner_people.form_of(shown["private_metadata"])
        assert form == (partner.id, one.id, partner.version)
        as_shown = replace(one, phone=phone_shown(one.phone))
        assert partner_people.read_person(filled(shown), one.id) == as_shown


@LANGUAGES
@extremes(hits=st.lists(HITS, max_size=20))
def test_the_select_offers_what_was_found(t: Translator, hits: list[Hit]) -> None:
    for chosen in (None, *hits[:1]):
        block = partner_pick.pick(t, chosen, optional=True)._resolve()
        view: Json = {
            "type": "modal",
            "title": plain("T")._resolve(),
            "submit": plain("S")._resolve(),
            "blocks": [block],
        }
        assert partner_pick.picked(filled(view)) == (chosen.id if chosen else None)
    options = [option._resolve() for option in partner_pick.choices(hits)]
    assert all(1 <= len(option["text"]["text"]) <= 75 for option in options)
    assert all(
        1 <= len(option.get("description", {"text": "x"})["text"]) <= 75 for option in options
    )


def test_a_card_says_all_of_a_note() -> None:
    note = "Svarer bedst på mail. " * 130
    partner = Partner("Springbræt", id=1, note=note)
    shown = accepted_message(
        DANISH, views.card(DANISH, Workspace(), partner, views.Past(), "U01", date(2026, 11, 24))
    )
    assert note in texts(shown)


def test_a_form_offers_the_librarys_own_kinds() -> None:
    library = Workspace(kind_names={Kind.FIRM: "erhverv"}, kinds_off=(Kind.STATE, Kind.CULTURE))
    partner = Partner("Byens Museum", id=1, kind=Kind.CULTURE)
    shown = texts(accepted_view(partner_form.edit_view(DANISH, library, partner, "about")))
    assert "erhverv" in shown
    assert "virksomhed" not in shown
    assert "stat eller region" not in shown
    assert "kulturinstitution" in shown, "it stays on those that are of it"
