from datetime import date
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from bot.partner import Kind, Room
from bot.translation import Translator
from bot.workspace import ClosedDays, Language, WorkingHours, Workspace
from bot.workspace_merge import edited
from bot.workspace_settings import LABEL, checked, faults
from handlers.views import workspace_form as forms
from handlers.views import workspace_library as views
from handlers.views import workspace_switch as switch_views
from handlers.views import workspace_typed as typed_forms
from tests.handlers.views.extreme import (
    DANISH,
    LANGUAGES,
    LIBRARIES,
    accepted_message,
    accepted_view,
    extremes,
    filled,
    maybe,
    texts,
    words,
)

CHANNEL_NAMES = {"C01": "x" * 80}
MANY = tuple(f"U{n:010}" for n in range(100))
CHRISTMAS = ClosedDays(first=date(2026, 12, 24), last=date(2026, 12, 24))
SUMMER = ClosedDays(first=date(2026, 7, 1), last=date(2026, 7, 31))


DECIDED = st.builds(
    lambda library, more: library.model_copy(update=more),
    LIBRARIES,
    st.fixed_dictionaries(
        {
            "timezone": st.sampled_from(("Europe/Copenhagen", "America/Argentina/ComodRivadavia")),
            "coordinators": st.sampled_from((("U01",), ("U01", "U02"), MANY)),
            "switched_on": st.booleans(),
            "digest_channel": st.sampled_from((None, "C01", "C0000000000")),
            "partner_channel": st.sampled_from((None, "C01", "C0000000000")),
            "closed_days": st.sampled_from(((), (CHRISTMAS,), (CHRISTMAS, SUMMER) * 50)),
            "working_hours": st.just(WorkingHours()),
            "kind_names": st.dictionaries(st.sampled_from(Kind), words(40)),
            "kinds_off": st.lists(st.sampled_from(Kind), unique=True, max_size=7).map(tuple),
            "library_name": maybe(75),
            "controller": maybe(300),
            "purpose": maybe(300),
            "legal_basis": maybe(300),
            "retention_months": st.integers(1, 120),
            "transfer": maybe(300),
            "dpo": maybe(300),
            "privacy_contact": maybe(300),
        }
    ),
)
NAMES = words(80).map(lambda name: [name] * 100)


def every_form(library: Workspace, t: Translator) -> dict[str, Any]:
    return {form: accepted_view(forms.form_view(t, library, 10**6, form)) for form in forms.FORMS}


@LANGUAGES
@extremes(library=DECIDED, names=NAMES)
def test_the_menu_takes_whatever_a_library_decides(
    t: Translator, library: Workspace, names: list[str]
) -> None:
    accepted_view(views.menu(t, library, names, CHANNEL_NAMES, views.became(t)))
    accepted_view(switch_views.switch_view(t, library, CHANNEL_NAMES, from_menu=True))


@LANGUAGES
@extremes(library=DECIDED)
def test_every_form_takes_it_even_before_it_is_checked(t: Translator, library: Workspace) -> None:
    every_form(library, t)


@extremes(library=DECIDED)
def test_every_form_comes_back_untouched(library: Workspace) -> None:
    assume(not faults(library))
    stored = checked(library)
    for form, shown in every_form(stored, DANISH).items():
        assert forms.where(shown["private_metadata"]) == (form, 10**6)
        assert typed_forms.read(stored, form, filled(shown)) == stored


@LANGUAGES
@extremes(base=DECIDED, mine=DECIDED, theirs=DECIDED)
def test_whatever_two_changed_at_once_can_be_shown(
    t: Translator, base: Workspace, mine: Workspace, theirs: Workspace
) -> None:
    merge = edited(base, mine, theirs)
    above = views.conflict(t, merge, theirs, "U01", CHANNEL_NAMES)
    for form in forms.FORMS:
        accepted_view(forms.form_view(t, merge.merged, 7, form, above))


def test_a_change_by_nobody_known_names_nobody() -> None:
    base, theirs = Workspace(), Workspace(dpo="dpo@by.dk")
    merge = edited(base, base, theirs)
    above = views.conflict(DANISH, merge, theirs, "", {})
    shown = accepted_view(forms.form_view(DANISH, theirs, 1, "notice", above))
    assert "Nogen" in texts(shown)


def test_every_setting_stands_in_one_form_and_two_apart() -> None:
    listed = [name for names in forms.FORMS.values() for name in names]
    elsewhere = ["switched_on", "goals"]  # a switch, and a form that asks before it takes away
    assert sorted([*listed, *elsewhere]) == sorted(LABEL)
    assert set(LABEL) == set(Workspace.model_fields)


@LANGUAGES
def test_titles_fit_and_what_is_done_is_said(t: Translator) -> None:
    assert all(len(t(title)) <= 24 for title in forms.TITLES.values())
    for on in (True, False):
        accepted_message(t, switch_views.switched(t, on=on))
    accepted_message(t, views.handed_over(t, ("U01", "U02")))


@pytest.mark.parametrize("language", Language)
def test_nobody_is_measured_and_the_menu_says_so(language: Language) -> None:
    t = Translator(language)
    shown = accepted_view(views.menu(t, Workspace(room_names={Room.MEETING: "Torvet"}), (), {}))
    assert t(views.NOBODY_IS_MEASURED) in texts(shown)
