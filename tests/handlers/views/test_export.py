from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.circle import Level
from bot.errors import UserError
from bot.export import Filters, Format, Taken, Wanted, What
from bot.intake import TAG_LENGTH
from bot.partner import Kind, Room
from bot.translation import Translator
from bot.workspace import Language, Workspace
from bot.workspace_settings import NAME_LENGTH
from handlers.views import export as views
from tests.handlers.views.extreme import (
    LANGUAGES,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    several,
    words,
)

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TAKEN = st.builds(
    Taken,
    by=st.one_of(st.none(), USERS),
    at=st.just(NOW),
    format=st.sampled_from([form for form in Format if form is not Format.CSV]),
    what=st.just(None),
    filters=words(300) | words(3000).map(lambda said: f"keyword: {said}; branch: {said}"),
    counts=st.none(),
) | st.builds(
    Taken,
    by=USERS,
    at=st.just(NOW),
    format=st.sampled_from([Format.CSV, Format.XLSX]),
    what=st.sampled_from(What),
    filters=st.just(""),
    counts=st.none(),
)
LIBRARIES = st.builds(
    Workspace,
    kind_names=st.dictionaries(st.sampled_from(Kind), words(NAME_LENGTH)),
    room_names=st.dictionaries(st.sampled_from(Room), words(NAME_LENGTH)),
)
NOTHING = views.Choices((), (), ())


@LANGUAGES
@extremes(
    library=LIBRARIES,
    keywords=several(TAG_LENGTH, 150),
    branches=several(200, 150),
    latest=st.lists(TAKEN, max_size=3).map(tuple),
)
def test_slack_takes_the_form(
    t: Translator,
    library: Workspace,
    keywords: tuple[str, ...],
    branches: tuple[str, ...],
    latest: tuple[Taken, ...],
) -> None:
    choices = views.Choices(keywords, branches, latest)
    accepted_view(views.ask_view(t, library, choices, TODAY))


def test_the_conditions_of_an_earlier_time_stand_as_in_the_form() -> None:
    filters = Filters(
        (Level.NETWORK, Level.PARTNERSHIP),
        (Kind.FIRM, Kind.EDUCATION),
        ("leg", "læring"),
        (Room.MEETING,),
        ("Nord",),
    )
    library = Workspace(
        kind_names={Kind.EDUCATION: "Institution"}, room_names={Room.MEETING: "Torvet"}
    )
    taken = Taken(None, NOW, Format.MAIL, None, str(filters), None)
    latest = replace(NOTHING, latest=(taken, replace(taken, filters="level: attic")))
    shown = str(views.ask_view(Translator(Language.DANISH), library, latest, TODAY).to_dict())
    assert (
        "Plads i cirklen: netværk, partnerskab · Slags: virksomhed, Institution"
        " · Emneord: leg, læring · Rum: Torvet · Vores afdeling: Nord"
    ) in shown
    assert "Plads i cirklen: attic" in shown


@LANGUAGES
def test_what_is_said_meanwhile(t: Translator) -> None:
    accepted_message(t, views.on_its_way(t))


def chosen(form: str, **several: list[str]) -> dict[str, Any]:
    state: dict[str, Any] = {"form": {"form": {"selected_option": {"value": form}}}}
    for name, values in several.items():
        state[name] = {name: {"selected_options": [{"value": value} for value in values]}}
    return state


def test_the_form_is_read() -> None:
    typed = chosen(
        "csv:moves",
        levels=["network"],
        kinds=["firm"],
        keywords=["lektier"],
        rooms=["meeting"],
        branches=["Nord"],
    )
    every = Filters((Level.NETWORK,), (Kind.FIRM,), ("lektier",), (Room.MEETING,), ("Nord",))
    assert views.read(typed) == Wanted(Format.CSV, What.MOVES, every)
    assert views.read(chosen("mail", levels=[])) == Wanted(Format.MAIL)


def test_a_form_of_another_version_is_said_to_be_old() -> None:
    with pytest.raises(UserError, match="earlier time"):
        views.read(chosen("pdf"))
