from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.circle_course import Asked
from bot.contact import ABOUT_LENGTH, Contact, Kind
from bot.home import Desktop, FirstSteps, Left, Offered, Page, Waiting
from bot.partner import Partner
from bot.reminder_handover import Answer, Handover
from bot.tjek import Check
from bot.tjek_step import Task
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import home as views
from handlers.views import home_steps
from tests.handlers.views.extreme import (
    CHECKS,
    DAYS,
    LANGUAGES,
    LIBRARIES,
    MOMENTS,
    PARTNERS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    maybe,
    objects,
    texts,
    words,
)
from tests.handlers.views.test_circle import ASKED, MOMENT, TODAY

DAY = DAYS.filter(lambda day: day is not None)
STEPS = st.one_of(
    st.none(),
    st.builds(
        FirstSteps,
        settings=st.booleans(),
        partners=st.booleans(),
        check=st.booleans(),
        switched_on=st.booleans(),
    ),
)
CONTACTS = st.builds(
    Contact,
    partner_id=st.just(1),
    kind=st.sampled_from(Kind),
    on=DAY,
    noted_by=USERS,
    noted_at=MOMENTS,
    about=maybe(ABOUT_LENGTH),
)


def pages(first: int, more: int) -> Page:
    return Page(first, first + more)


DESKTOPS = st.fixed_dictionaries(
    {
        "name": maybe(200),
        "today": DAY,
        "page": st.builds(pages, st.integers(1, 10**6), st.integers(0, 10**6)),
        "first_steps": STEPS,
        "nobody_coordinates": st.booleans(),
        "uninformed": st.integers(0, 10**6),
    }
)


def desktop(
    given: Any,
    partner: Partner,
    check: Check,
    last: Contact | None,
    most: int,
    asked: Sequence[Asked] = (),
) -> Desktop:
    """As much of everything as there may be."""
    whose: Any = {"responsible": "U77", "deputy": None, "known_by": ()}
    own = [replace(partner, id=partner.id + n, **whose) for n in range(most)]
    checks = [check] * most
    task = Task(0, "U02", check.reason, TODAY, "U03", MOMENT)
    about = [(replace(task, tjek_id=n), check.idea) for n in range(most)]
    tasks, steps = about[::2], own[::2]
    return Desktop(
        **given,
        waiting=Waiting(
            checks, steps, tasks, asked[:most], left=[Left("U77", check.idea, 1)], more=True
        ),
        decided=checks[:3],
        own=own,
        last={one.id: last for one in own[::2]} if last else {},
        offered=[
            Offered(Handover(one.id, "U02", "U03", MOMENT), one, answer)
            for one, answer in zip(own, reversed(Answer), strict=False)
        ],
    )


@LANGUAGES
@extremes(
    given=DESKTOPS,
    partner=PARTNERS,
    check=CHECKS,
    last=st.one_of(st.none(), CONTACTS),
    asked=ASKED,
)
def test_home_and_its_message_take_anybody(
    t: Translator,
    given: Any,
    partner: Partner,
    check: Check,
    last: Contact | None,
    asked: Asked,
) -> None:
    every = [replace(asked, question=replace(asked.question, id=n)) for n in range(10)]
    shown = accepted_view(views.home(t, desktop(given, partner, check, last, 10, every)))
    assert len(shown["blocks"]) <= 100
    ids = [element["action_id"] for element in objects(shown) if "action_id" in element]
    assert len(ids) == len(set(ids))
    assert views.page_in(shown["private_metadata"]) == given["page"].number
    accepted_message(t, views.overview(t, desktop(given, partner, check, last, 5, every)))


@extremes(sentence=words(1000))
def test_a_closed_home_says_its_sentence(sentence: str) -> None:
    accepted_view(views.closed_home(sentence))


@LANGUAGES
@extremes(library=LIBRARIES, channel=st.one_of(st.none(), st.just("C01")))
def test_the_text_for_the_house_fits(
    t: Translator, library: Workspace, channel: str | None
) -> None:
    given = library.model_copy(update={"partner_channel": channel})
    assert "{" not in texts(accepted_view(home_steps.text_view(t, given)))


@pytest.mark.parametrize(
    ("note", "page"), [("", 1), ("1", 1), ("50", 50), ("-3", 1), ("x", 1), ("½", 1)]
)
def test_the_page_of_a_home_is_read_back(note: str, page: int) -> None:
    assert views.page_in(note) == page


@LANGUAGES
@extremes(partner=PARTNERS.filter(lambda one: bool(one.next_step_on)), days=st.integers(0, 400))
def test_a_step_that_is_past_asks_and_one_to_come_does_not(
    t: Translator, partner: Partner, days: int
) -> None:
    assert partner.next_step_on
    for days_past, asks in ((-days, False), (days + 1, True)):
        today = partner.next_step_on + timedelta(days=days_past)
        lies = Desktop(today, waiting=Waiting(steps=[partner]))
        (step,) = [
            block
            for block in accepted_view(views.home(t, lies))["blocks"]
            if block["block_id"].startswith("step.")
        ]
        question = "Is it done, or" if t.language == "en" else "Er det gjort, eller"
        assert (question in texts(step)) is asks


@LANGUAGES
def test_nothing_on_the_desk_is_a_home_all_the_same(t: Translator) -> None:
    empty = Desktop(date(2026, 11, 24))
    accepted_view(views.home(t, empty))
    accepted_message(t, views.overview(t, empty))
