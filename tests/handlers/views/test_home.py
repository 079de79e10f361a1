from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.circle import Level, Move, Why
from bot.circle_course import Asked
from bot.circle_picture import Shown
from bot.circle_question import hello
from bot.contact import ABOUT_LENGTH, Contact, Kind
from bot.delivery_failed import Failed
from bot.home import (
    PER_PAGE,
    Ahead,
    Coming,
    Desktop,
    FirstSteps,
    Left,
    Offered,
    Page,
    Quiet,
    Waiting,
)
from bot.home_house import Circle, Duties, Figures, Moved
from bot.home_pages import Pages
from bot.home_start import LENGTH, Draft, Question, Start
from bot.partner import Partner
from bot.reminder import What
from bot.reminder_handover import Answer, Handover
from bot.round import Kind as RoundKind
from bot.round import Round, Standing
from bot.tjek import Check
from bot.tjek_step import Task
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.home import FEW
from handlers.home_draw import WAITING
from handlers.views import home as views
from handlers.views import home_start, home_steps
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
from tests.handlers.views.test_delivery_failed import FAILED
from tests.handlers.views.test_reminder import thing

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


NUMBERS = st.integers(0, 10**6)
DESKTOPS = st.fixed_dictionaries(
    {
        "name": maybe(200),
        "user": st.sampled_from(["U77", "U78"]),
        "today": DAY,
        "page": st.builds(pages, st.integers(1, 10**6), st.integers(0, 10**6)),
        "first_steps": STEPS,
        "nobody_coordinates": st.booleans(),
        "start": st.sampled_from(Start),
        "duties": st.one_of(
            st.none(),
            st.builds(
                Duties,
                unheld=NUMBERS,
                on_offer=NUMBERS,
                uninformed=NUMBERS,
                to_sort=NUMBERS,
                evaluations=NUMBERS,
                plans_the_year=st.booleans(),
            ),
        ),
        "failed": st.lists(FAILED, max_size=8),
    }
)


# What takes most room of each kind, as many of it as a page has room for.
def waiting(kind: str, partner: Partner, check: Check, asked: Asked, most: int) -> Waiting:
    own = [replace(partner, id=n + 1) for n in range(most)]
    task = Task(0, "U02", check.reason, TODAY, "U03", MOMENT)
    offer = Handover(1, "U02", "U03", MOMENT)
    this = Round(RoundKind.TJEK, 1, "U02", MOMENT, MOMENT, {"U02": Standing.WAITING}, named=True)
    things: dict[str, list[Any]] = {
        "checks": [check] * most,
        "steps": own,
        "tasks": [(replace(task, tjek_id=n), check.idea) for n in range(most)],
        "asked": [replace(asked, question=replace(asked.question, id=n)) for n in range(most)],
        "led": [(replace(this, id=n), check.idea) for n in range(most)],
        "quiet": [
            Quiet(thing(What.CARE, one.id), one, put_off_until=TODAY, ends=TODAY) for one in own
        ],
        "offers": [(replace(offer, id=one.id, partner_id=one.id), one) for one in own],
        "left": [Left(f"U7{n}", check.idea, 1, 1) for n in range(most)],
    }
    page = Page(2, 3, most)
    return Waiting(**{kind: things[kind]}, elsewhere=10**6, page=page)


KINDS = ("checks", "steps", "tasks", "asked", "led", "quiet", "offers", "left")


def desktop(
    given: Any, partner: Partner, check: Check, last: Contact | None, waits: Waiting, own: int
) -> Desktop:
    """As much of everything as there may be."""
    whose: Any = {"responsible": "U77", "deputy": None, "known_by": ()}
    mine = [replace(partner, id=partner.id + n, **whose) for n in range(own)]
    offered = [
        Offered(Handover(one.id, "U02", "U03", MOMENT), one, answer)
        for one, answer in zip(mine, [Answer.NO, Answer.NONE, *Answer], strict=False)
    ]
    step = Move(1, Level.NETWORK, Level.PARTNERSHIP, Why.FRAME, "U02", MOMENT)
    return Desktop(
        **given,
        waiting=waits,
        decided=[check] * 3,
        own=mine,
        last={one.id: last for one in mine[::2]} if last else {},
        offered=offered,
        coming=[Coming(what, TODAY, 1, partner.name) for what in Ahead] * 10,
        on_the_way=mine[:5],
        gone=["U77"],
        circle=Circle(
            Figures(dict.fromkeys(Level, 10**6)),
            [Moved(step, partner.name)] * 3,
            10**6,
            Shown("F0123456789", check.idea or "Cirklen"),
        ),
    )


@LANGUAGES
@pytest.mark.parametrize("kind", KINDS)
@extremes(
    given=DESKTOPS,
    partner=PARTNERS,
    check=CHECKS,
    last=st.one_of(st.none(), CONTACTS),
    asked=ASKED,
)
def test_home_and_its_message_take_anybody(
    # PLR0913
    t: Translator,
    kind: str,
    given: Any,
    partner: Partner,
    check: Check,
    last: Contact | None,
    asked: Asked,
) -> None:
    waits = waiting(kind, partner, check, asked, WAITING)
    shown = accepted_view(views.home(t, desktop(given, partner, check, last, waits, PER_PAGE)))
    assert len(shown["blocks"]) <= 100
    ids = [element["action_id"] for element in objects(shown) if "action_id" in element]
    assert len(ids) == len(set(ids))
    own = given["page"].number
    assert views.pages_in(shown["private_metadata"]) == Pages(own, waits.page.number)
    few = waiting(kind, partner, check, asked, FEW)
    accepted_message(t, views.overview(t, desktop(given, partner, check, last, few, FEW)))


@LANGUAGES
@pytest.mark.parametrize("kind", KINDS)
def test_everything_at_once_has_room(t: Translator, kind: str) -> None:
    """All that can stand on one Home, each part at its fullest."""
    partner = Partner("Å" * 80, id=1, next_step="ring", next_step_on=TODAY, responsible="U90")
    check = Check("U02", MOMENT, idea="Æ" * 200)
    asked = Asked(hello(1, TODAY, by="U03"), partner)
    failed = [Failed(f"k{n}", "digest", 1, "C02", TODAY, "is_archived") for n in range(9)]
    given = {
        "name": "Karen",
        "today": TODAY,
        "page": Page(2, 500, 10),
        "first_steps": FirstSteps(),
        "nobody_coordinates": True,
        "start": Start.TO_ANSWER,
        "duties": Duties(9, 9, 9, 9, 9, plans_the_year=True),
        "failed": failed,
        "away": ["U90"],
    }
    waits = waiting(kind, partner, check, asked, WAITING)
    shown = accepted_view(views.home(t, desktop(given, partner, check, None, waits, PER_PAGE)))
    assert len(shown["blocks"]) <= 100
    few = waiting(kind, partner, check, asked, FEW)
    accepted_message(t, views.overview(t, desktop(given, partner, check, None, few, FEW)))


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
    ("note", "found"),
    [
        ("", Pages()),
        ("1", Pages()),
        ("50", Pages(50)),
        ("50 3", Pages(50, 3)),
        ("-3", Pages()),
        ("x 2 9", Pages(1, 2)),
        ("½", Pages()),
    ],
)
def test_the_pages_of_a_home_are_read_back(note: str, found: Pages) -> None:
    assert views.pages_in(note) == found


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


@LANGUAGES
@extremes(mine=words(LENGTH), theirs=words(LENGTH))
def test_the_five_questions_show_what_two_have_answered(
    t: Translator, mine: str, theirs: str
) -> None:
    both = Draft(dict.fromkeys(Question, mine), dict.fromkeys(Question, theirs), (*Question,))
    accepted_view(home_start.form_view(t, both))
