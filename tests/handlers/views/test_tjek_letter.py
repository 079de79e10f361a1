from dataclasses import replace
from datetime import date

import pytest
from hypothesis import strategies as st

from bot.guard import NOTE_LENGTH
from bot.partner import ContactPerson, Partner
from bot.tjek import Check
from bot.tjek_letter import LINE_LENGTH, Wishes, asked_again, reasons
from bot.tjek_letter_text import Sender, written
from bot.translation import Translator
from bot.workspace import Language
from handlers.views import tjek_letter as views
from handlers.views import tjek_letter_draft as drafts
from handlers.views.parts import Reply
from handlers.views.tjek_letter import Offer
from tests.handlers.views.extreme import (
    CHECKS,
    DANISH,
    ENGLISH,
    LANGUAGES,
    PARTNERS,
    PERSONS,
    accepted_message,
    accepted_view,
    extremes,
    filled,
    maybe,
    texts,
    words,
)

REASONS = list(reasons())
SOON = date(2026, 12, 1)
DAYS = st.dates(date(2026, 1, 1), date(2099, 12, 1))
SOME = st.lists(st.sampled_from(REASONS), unique=True, max_size=2).map(tuple)
OFFERS = st.builds(
    Offer,
    check=CHECKS,
    partner=st.one_of(st.none(), PARTNERS),
    persons=st.one_of(
        st.just([]),
        st.lists(PERSONS, min_size=1, max_size=3, unique_by=lambda person: person.id),
        PERSONS.map(lambda one: [replace(one, id=number) for number in range(1, 300)]),
    ),
    suggested=st.lists(st.sampled_from(REASONS), unique=True),
    again=DAYS,
    language=st.sampled_from(Language),
)
WISHES = st.builds(
    Wishes,
    reasons=st.lists(st.sampled_from(REASONS), unique=True, min_size=1, max_size=2).map(tuple),
    liked=maybe(LINE_LENGTH),
    change=maybe(LINE_LENGTH),
    person_id=st.integers(0, 10**9),
    again=st.one_of(st.none(), DAYS),
)
SENDERS = st.builds(Sender, first_name=maybe(80), library=maybe(75))


@LANGUAGES
@extremes(offer=OFFERS)
def test_every_form_is_accepted_and_read_back(t: Translator, offer: Offer) -> None:
    shown = accepted_view(views.form_view(t, offer))
    assert shown["private_metadata"] == str(offer.check.id)
    menu = next(b["element"] for b in shown["blocks"] if b["block_id"] == "reasons")
    offered = [option["value"] for group in menu["option_groups"] for option in group["options"]]
    assert sorted(offered) == sorted(REASONS)
    assert offered[: len(offer.suggested)] == list(offer.suggested)
    assert menu["max_selected_items"] == 2
    wishes, language = views.read_wishes(filled(shown))
    assert wishes.reasons == (), "the writer chooses"
    assert language is offer.language
    only = offer.persons[0].id if len(offer.persons) == 1 else 0
    assert wishes.person_id == only
    if "again" in {block["block_id"] for block in shown["blocks"]}:
        assert wishes.again == offer.again


@LANGUAGES
@pytest.mark.parametrize("letter_in", [DANISH, ENGLISH])
@extremes(
    check=CHECKS,
    partner=st.one_of(st.none(), PARTNERS),
    person=st.one_of(st.none(), PERSONS),
    wishes=WISHES,
    sender=SENDERS,
)
def test_every_draft_is_whole_and_accepted(
    t: Translator,
    letter_in: Translator,
    check: Check,
    partner: Partner | None,
    person: ContactPerson | None,
    wishes: Wishes,
    sender: Sender,
) -> None:
    letter = written(letter_in, wishes, check, partner, person, sender)
    assert len(letter.body) <= NOTE_LENGTH
    shown = accepted_view(drafts.draft_view(t, check, partner, letter, wishes))
    state = filled(shown)
    assert state["letter"]["letter"]["value"] == letter.body
    assert state["subject"]["subject"]["value"] == letter.subject
    assert drafts.where(shown["private_metadata"]) == (check.id, wishes.person_id)
    asks = asked_again(partner)
    promised = (wishes.again is not None, wishes.again)
    assert drafts.read_again(state) == (promised if asks else (False, None))


@LANGUAGES
@extremes(partner=PARTNERS, again=st.one_of(st.none(), DAYS))
def test_what_is_said_afterwards_fits(t: Translator, partner: Partner, again: date | None) -> None:
    accepted_message(t, Reply("Brevet", drafts.kept(t, partner, again, SOON)))
    reply = Reply("Brevet", drafts.kept(t, partner, again, SOON, again and SOON))
    accepted_message(t, reply)
    shown = accepted_view(drafts.end_view(t, reply))
    assert shown["clear_on_close"]


@LANGUAGES
def test_what_is_said_to_who_wrote_to_a_stranger_fits(t: Translator) -> None:
    accepted_view(drafts.end_view(t, drafts.unknown(t)))


def test_a_draft_from_before_an_update_is_read() -> None:
    assert drafts.where("7:3:2027-09-01") == (7, 3)


@extremes(check=CHECKS, partner=PARTNERS, wishes=WISHES, note=words(300))
def test_no_note_and_no_inner_reason_is_in_a_letter(
    check: Check, partner: Partner, wishes: Wishes, note: str
) -> None:
    inner = f"indre note {note}"
    check = replace(check, reason=inner, idea="fast rum")
    letter = written(DANISH, wishes, check, partner, None, Sender("Ali", ""))
    shown = accepted_view(drafts.draft_view(DANISH, check, partner, letter, wishes))
    assert "indre note" not in letter.body + texts(shown)
