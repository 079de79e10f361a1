"""The goals' views hold whatever a library may call its goals and its partners."""

from dataclasses import replace

from hypothesis import strategies as st

from bot.circle import Level
from bot.goal import GOAL_LENGTH, GOALS, NAMED, Draft, Overview, Relation
from bot.home import page_of
from bot.intake import NAME_LENGTH
from bot.partner import Partner
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import goal as views
from handlers.views import goal_form as forms
from sandbox.validation import check_message
from tests.handlers.views.extreme import (
    LANGUAGES,
    LIBRARIES,
    PARTNERS,
    accepted_view,
    assert_fine,
    extremes,
    several,
    words,
)

LISTS = several(GOAL_LENGTH, GOALS)
RELATIONS = st.lists(
    st.builds(
        Relation, id=st.integers(1, 10**9), name=words(NAME_LENGTH), level=st.sampled_from(Level)
    ),
    max_size=views.PER_PAGE,
    unique_by=lambda one: one.id,
)
COUNTS = st.dictionaries(st.sampled_from(Level), st.integers(1, 10**6), min_size=1)


@st.composite
def overviews(draw: st.DrawFn) -> Overview:
    goals = draw(LISTS)
    carried = {goal: draw(COUNTS) for goal in goals if draw(st.booleans())}
    first = {goal: draw(RELATIONS)[:NAMED] for goal in goals}
    return Overview(goals, carried, first, draw(COUNTS | st.just({})))


@LANGUAGES
@extremes(library=LIBRARIES, found=overviews(), may_edit=st.booleans(), table=st.booleans())
def test_any_overview_is_accepted(
    t: Translator, library: Workspace, found: Overview, *, may_edit: bool, table: bool
) -> None:
    reply = views.overview(t, library, found, may_edit=may_edit, table=table)
    payload = reply.payload()
    assert_fine(payload, check_message(payload))
    assert "<" not in reply.text


@LANGUAGES
@extremes(relations=RELATIONS, total=st.integers(0, 10**6), goal=st.just("") | words(GOAL_LENGTH))
def test_any_page_of_a_list_is_accepted(
    t: Translator, relations: list[Relation], total: int, goal: str
) -> None:
    listed = views.Listed(relations, page_of(2, total, views.PER_PAGE), total, goal)
    accepted_view(views.list_view(t, listed))


@LANGUAGES
@extremes(base=LISTS, new=LISTS, bearing=LISTS)
def test_any_list_can_be_edited(
    t: Translator, base: tuple[str, ...], new: tuple[str, ...], bearing: tuple[str, ...]
) -> None:
    above = forms.taken_off(t, dict.fromkeys(bearing, 10**6))
    draft = Draft(base, base, new)
    shown = accepted_view(forms.edit_view(t, draft, 7, above, sure=bool(bearing)))
    assert forms.where(shown["private_metadata"])[0] == 7


@LANGUAGES
@extremes(library=LIBRARIES, partner=PARTNERS)
def test_the_goals_of_any_partner_can_be_chosen(
    t: Translator, library: Workspace, partner: Partner
) -> None:
    ours = replace(partner, goals=(*partner.goals, "et til"))
    shown = accepted_view(forms.choose_view(t, library, ours, 3, forms.list_changed(t)))
    assert forms.of_choice(shown["private_metadata"]) == (partner.id, partner.version, 3)
