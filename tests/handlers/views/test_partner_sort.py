"""A round's views are fine with any data, and carry where the round is."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from bot.contact import Contact
from bot.partner import Partner
from bot.partner_sort import FACTS, STEPS, Asked, Course, Known, Step, facts
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import partner_sort as views
from handlers.views.partner_question import QUESTION
from handlers.views.partner_sort_field import (
    EVERY,
    MENU,
    SEVERAL,
    Shown,
    read_answer,
    suggested,
)
from handlers.views.parts import row
from tests.handlers.views.extreme import (
    CONTACTS,
    DANISH,
    LANGUAGES,
    LIBRARIES,
    PARTNERS,
    USERS,
    accepted_view,
    extremes,
    filled,
    several,
)

STEPS_TAKEN = st.builds(
    Step,
    st.builds(Asked, st.integers(1, 10**9), st.sampled_from([fact.field for fact in FACTS])),
    st.integers(0, 10**6),
)
COURSES = st.builds(
    Course, st.integers(0, 20), st.lists(STEPS_TAKEN, max_size=STEPS, min_size=STEPS).map(tuple)
)
DAY = date(2026, 11, 24)
MANY = st.builds(Workspace, branches=several(75, 200), age_groups=several(75, 200))


@LANGUAGES
@extremes(
    library=st.one_of(LIBRARIES, MANY), partner=PARTNERS, contact=CONTACTS, course=COURSES, by=USERS
)
def test_every_question_is_accepted(
    t: Translator,
    library: Workspace,
    partner: Partner,
    contact: Contact,
    course: Course,
    by: str,
) -> None:
    for fact in facts(library):
        had = getattr(replace(partner, responsible=by), fact.field)
        chosen = (had,) if isinstance(had, str) else tuple(had or ())
        for shown in (Shown(partner, fact), Shown(partner, fact, contact, chosen, "Ja.")):
            drawn = accepted_view(views.question_view(t, library, course, shown, contact.on))
            asked = Asked(partner.id, fact.field)
            assert views.read_note(drawn["private_metadata"]) == (course, asked)
        if not fact.typed:
            assert len(suggested(t, library, fact.field, "")) <= MENU


@LANGUAGES
@extremes(course=COURSES, known=st.integers(0, 10**6), waiting=st.integers(0, 10**5))
def test_every_end_is_accepted(t: Translator, course: Course, known: int, waiting: int) -> None:
    told = [Known(fact, known, known + 1) for fact in FACTS]
    for ended in (course, Course()):
        drawn = accepted_view(views.over_view(t, ended, told, waiting, "Ja."))
        assert views.read_note(drawn["private_metadata"]) == (ended, None)


def test_what_was_chosen_is_read_again() -> None:
    partner = Partner("Koret", id=7, version=3)
    for name, chosen in (("kind", ("firm",)), ("rooms", ("meeting", "learning"))):
        fact = next(fact for fact in FACTS if fact.field == name)
        shown = Shown(partner, fact, chosen=chosen)
        drawn = views.question_view(DANISH, Workspace(), Course(), shown, DAY)
        field, values = read_answer(filled(accepted_view(drawn)), Workspace())
        assert field == f"{name}.7-3"
        assert set(values) == set(chosen)


def test_everybody_is_all_the_ages_there_are() -> None:
    typed = {"age_groups.7-3": {"a": {"selected_options": [{"value": EVERY}, {"value": "18+"}]}}}
    assert read_answer(typed, Workspace()) == ("age_groups.7-3", ("0-5", "6-12", "13-17", "18+"))


def test_the_button_stands_wherever_a_round_may_begin() -> None:
    (button,) = row("any", views.begin_button(DANISH))._resolve()["elements"]
    assert (button["action_id"], button["text"]["text"]) == (views.BEGIN, "Sortér i fem minutter")


def test_every_fact_has_its_words() -> None:
    fields = {fact.field for fact in FACTS}
    assert fields == set(views.HAVE)
    assert fields <= set(QUESTION)
    assert set(SEVERAL) <= {fact.field for fact in FACTS if fact.several}
