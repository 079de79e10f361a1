"""Data as bad as people, mail programs and imports can make them, and what a view must be."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slackblocks import HomeTabView, ModalView

from bot.circle import REASON_LENGTH, TRANSITIONS, Level, Move
from bot.contact import ABOUT_LENGTH, EARLIEST, WHOM_LENGTH, Contact
from bot.contact import Kind as ContactKind
from bot.goal import GOAL_LENGTH, GOALS
from bot.intake import NAME_LENGTH, TAG_LENGTH
from bot.partner import ContactPerson, Hit, Kind, Partner, Purpose, RelationType, Room, Status
from bot.questions import load
from bot.tjek import NOTE_LENGTH, Answer, Check, Decision, Form, Sheet
from bot.translation import Translator
from bot.workspace import Language, Workspace
from bot.workspace_settings import NAME_LENGTH as NAMED
from handlers.views.notice import notice_view
from handlers.views.parts import Reply
from sandbox.validation import Problem, check_message, check_view

Json = dict[str, Any]

DANISH, ENGLISH = Translator(Language.DANISH), Translator(Language.ENGLISH)
LANGUAGES = pytest.mark.parametrize("t", [DANISH, ENGLISH], ids=["da", "en"])

NASTY = (
    "<!channel>",
    "<@U01>",
    "<#C01|general>",
    "<http://evil.example|bank>",
    "&lt;",
    "&amp;",
    "@everyone",
    "*fed*",
    "**fed**",
    "_skrå_",
    "`kode`",
    "~streg~",
    ":smile:",
    "{name}",
    "{0}",
    "%s",
    "'; DROP TABLE partner;--",
    "\u202e",
    "\u200f",
    "\u200b",
    "\N{PARTY POPPER}",
    "\N{FAMILY}\u200d\N{GIRL}",
    "a\u0301",
    "\n",
    "\n\n> ",
    '"\\',
    "Ærø Bræt",
    " ",
    "x" * 60,
)


def words(limit: int) -> st.SearchStrategy[str]:
    """Text with something to see in it, of up to `limit` characters, often of exactly so many."""
    pieces = st.lists(st.sampled_from(NASTY), max_size=12).map("".join)
    full = st.sampled_from(NASTY).map(lambda piece: "Å" + piece * limit)
    return st.one_of(pieces.map(lambda text: "A" + text), full).map(lambda text: text[:limit])


def maybe(limit: int) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), words(limit))


def several(limit: int, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    few = st.lists(words(limit), max_size=4, unique=True)
    many = words(limit - 4).map(lambda text: [f"{n:03} {text}" for n in range(most)])
    return st.one_of(few, many).map(tuple)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
USERS = st.integers(0, 400).map(lambda n: f"U{n:010}")
NOBODY_OR_ONE = st.one_of(st.none(), USERS)
LINKS = st.one_of(
    st.just(""),
    st.just("https://springbraet.dk"),
    st.just("https://xn--sprngbrt-j0a.dk/" + "%C3%A6/" * 140),
)

PERSONS = st.builds(
    ContactPerson,
    name=words(NAME_LENGTH),
    title=maybe(NAME_LENGTH),
    email=st.sampled_from(("", "a@b.dk", f"{'m' * 64}@{'d' * 60}.{'d' * 60}.dk")),
    phone=st.sampled_from(("", "+4586123456", "86 12 34 56 lok. 17 " * 3)),
    note=maybe(3000),
    source=maybe(200),
    id=st.integers(1, 10**9),
)
PEOPLE = st.one_of(
    st.lists(PERSONS, max_size=3).map(tuple), PERSONS.map(lambda person: (person,) * 60)
)

LIBRARIES = st.builds(
    Workspace,
    language=st.sampled_from(Language),
    keywords=several(TAG_LENGTH, 100),
    branches=several(TAG_LENGTH, 30),
    target_groups=several(TAG_LENGTH, 100),
    age_groups=st.sampled_from(((), ("0-5", "6-12", "13-17", "18+"), ("små", "store"))),
    room_names=st.dictionaries(st.sampled_from(Room), words(NAMED)),
    kind_names=st.dictionaries(st.sampled_from(Kind), words(NAMED)),
    kinds_off=st.lists(st.sampled_from(Kind), unique=True, max_size=len(Kind) - 1).map(tuple),
    goals=several(GOAL_LENGTH, GOALS),
)
PARTNERS = st.builds(
    Partner,
    name=words(NAME_LENGTH),
    id=st.integers(1, 10**9),
    version=st.integers(1, 10**6),
    archived=st.booleans(),
    other_names=several(NAME_LENGTH, 60),
    kind=st.one_of(st.none(), st.sampled_from(Kind)),
    website=LINKS,
    cvr=st.sampled_from(("", "10150817")),
    area=maybe(300),
    branch=maybe(TAG_LENGTH),
    keywords=several(TAG_LENGTH, 100),
    target_groups=several(TAG_LENGTH, 100),
    age_groups=st.lists(st.sampled_from(("0-5", "6-12", "13-17", "18+", "små")), unique=True).map(
        tuple
    ),
    rooms=st.lists(st.sampled_from(Room), unique=True).map(tuple),
    purposes=st.lists(st.sampled_from(Purpose), unique=True).map(tuple),
    goals=several(GOAL_LENGTH, GOALS),
    relation_type=st.sampled_from(RelationType),
    level=st.sampled_from(Level),
    status=st.sampled_from(Status),
    start=DAYS,
    agreement_link=LINKS,
    case_number=maybe(300),
    next_step=maybe(300),
    next_step_on=DAYS,
    note=maybe(3000),
    picture_link=LINKS,
    channel=st.sampled_from(("", "C0123456789", "G1")),
    people=PEOPLE,
    responsible=NOBODY_OR_ONE,
    deputy=NOBODY_OR_ONE,
    known_by=st.one_of(
        st.lists(USERS, max_size=4, unique=True).map(tuple),
        st.just(tuple(f"U{n:010}" for n in range(300))),
    ),
    created_by=USERS,
    created_at=MOMENTS,
)
CONTACTS = st.builds(
    Contact,
    partner_id=st.integers(1, 10**9),
    kind=st.sampled_from(ContactKind),
    on=st.dates(EARLIEST, date(2099, 12, 31)),
    noted_by=USERS,
    noted_at=MOMENTS,
    about=maybe(ABOUT_LENGTH),
    with_whom=maybe(WHOM_LENGTH),
    link=LINKS,
    id=st.integers(1, 10**9),
    version=st.integers(1, 10**6),
    changed_by=NOBODY_OR_ONE,
)
HITS = st.builds(
    Hit,
    id=st.integers(1, 10**9),
    name=words(NAME_LENGTH),
    detail=maybe(300),
    archived=st.booleans(),
)

QUESTIONS = load("tjek")
SHEETS = st.builds(
    Sheet,
    answers=st.dictionaries(
        st.sampled_from([question.id for question in QUESTIONS.questions]), st.sampled_from(Answer)
    ),
    notes=st.dictionaries(
        st.sampled_from([page.id for page in (*QUESTIONS.pages, QUESTIONS.short_page)]),
        words(NOTE_LENGTH),
    ),
)


def _named(check: Check) -> bool:
    return bool(check.idea or check.partner_name)


CHECKS = st.builds(
    Check,
    started_by=USERS,
    started_at=MOMENTS,
    form=st.sampled_from(Form),
    partner_id=st.one_of(st.none(), st.integers(1, 10**9)),
    partner_name=maybe(NAME_LENGTH),
    idea=maybe(200),
    short=st.booleans(),
    id=st.integers(1, 10**9),
    finished_at=st.one_of(st.none(), MOMENTS),
    decision=st.one_of(st.none(), st.sampled_from(Decision)),
    reason=maybe(300),
    decided_by=NOBODY_OR_ONE,
    decided_at=st.one_of(st.none(), MOMENTS),
).filter(_named)


def extremes(**data: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """Run a test on such data; a view of the largest kind takes a while to make."""
    patient = settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    return lambda test: patient(given(**data)(test))


# What every view and message must be.


def accepted_view(view: ModalView | HomeTabView) -> Json:
    shown: Json = view.to_dict()
    assert_fine(shown, check_view(shown))
    return shown


def accepted_message(t: Translator, reply: Reply) -> Json:
    """As a message, and as the modal it becomes where there is nothing to answer in."""
    payload = reply.payload()
    assert_fine(payload, check_message(payload))
    assert "<" not in reply.text
    accepted_view(notice_view(t, reply))
    return payload


def assert_fine(shown: Json, problems: list[Problem]) -> None:
    assert not problems, [(p.pointer, p.message) for p in problems]
    assert not [o for o in objects(shown) if o.get("type") == "mrkdwn"]
    assert not [o for o in objects(shown) if o.get("emoji")], "a person's :smile: stays as typed"
    assert not [o for o in objects(shown) if "block_id" not in o and o.get("type") in BLOCKS]


BLOCKS = {"section", "header", "context", "actions", "input", "rich_text"}


def objects(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for item in node:
            yield from objects(item)


def texts(shown: Json) -> str:
    """Every piece of text in it, one after another."""
    found = [o["text"] for o in objects(shown) if isinstance(o.get("text"), str)]
    return "".join(found)


def filled(shown: Json) -> dict[str, dict[str, Json]]:
    """The state that Slack sends when nothing in the form is touched."""
    state: dict[str, dict[str, Json]] = {}
    for block in shown["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            state[block["block_id"]] = {element["action_id"]: _untouched(element)}
    return state


def _untouched(element: Json) -> Json:
    fields = {
        "plain_text_input": ("value", "initial_value"),
        "email_text_input": ("value", "initial_value"),
        "datepicker": ("selected_date", "initial_date"),
        "users_select": ("selected_user", "initial_user"),
        "conversations_select": ("selected_conversation", "initial_conversation"),
        "timepicker": ("selected_time", "initial_time"),
        "number_input": ("value", "initial_value"),
        "multi_users_select": ("selected_users", "initial_users"),
        "static_select": ("selected_option", "initial_option"),
        "external_select": ("selected_option", "initial_option"),
        "radio_buttons": ("selected_option", "initial_option"),
        "multi_static_select": ("selected_options", "initial_options"),
        "checkboxes": ("selected_options", "initial_options"),
    }
    name, initial = fields[element["type"]]
    empty: Any = [] if name.endswith("s") else None
    return {"type": element["type"], name: element.get(initial, empty)}


def moves(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Move]:
    """Any way through the circle, of partners with these numbers."""
    return st.sampled_from(TRANSITIONS).flatmap(
        lambda way: st.builds(
            Move,
            numbers,
            st.just(way.from_level),
            st.just(way.to_level),
            st.sampled_from(way.whys),
            USERS,
            MOMENTS,
            words(REASON_LENGTH),
        )
    )
