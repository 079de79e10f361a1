import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
import yaml
from pydantic import ValidationError

from bot import identifiers
from bot.circle import Level
from bot.intake import checked
from bot.partner import Kind, Partner, Purpose, RelationType, Room, Status
from bot.questions import load
from bot.text import looks_like_cpr
from bot.timetable_week import is_quiet
from bot.tjek import Check, Decision, pages
from bot.workspace import Language, Workspace
from handlers import delivery_outbox, delivery_pace
from handlers.demo_furniture import house, parse
from handlers.demo_house import furnish, move_in
from storage import home, partner_search
from storage import partner as register_of
from storage import tjek as checks_of
from storage import workspace as settings_of
from storage.database import Connection, Store
from tests.handlers.deliveries import idle
from tests.handlers.library import Json, Library, said
from tests.storage.databases import sqlite_url

TEAM = "T01"
ZONE = ZoneInfo("Europe/Copenhagen")
TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
TEXT = (files("bot") / "demo.yaml").read_text(encoding="utf-8")
SCENE = yaml.safe_load((files("sandbox") / "scenes" / "default.yaml").read_text(encoding="utf-8"))
FIRST_FOUR_WEEKS = timedelta(weeks=4)
TWO_YEARS = timedelta(days=731)


class House:
    """What the database holds after moving in."""

    def __init__(self, conn: Connection, team: str) -> None:
        everything = range(1, 400)  # more numbers than a demo gives out
        self.partners = register_of.get_many(conn, team, everything)
        kept = (checks_of.get(conn, team, number) for number in everything)
        self.checks = [check for check in kept if check]
        self.library = settings_of.settings(conn, team)

    def named(self, name: str) -> Partner:
        return next(partner for partner in self.partners if partner.name == name)


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Store]:
    store = await Store.open(sqlite_url(file))
    try:
        yield store
    finally:
        await store.close()


async def moved_in(file: Path, *moments: datetime) -> list[House]:
    """A library for each moment, all in one database; the first is TEAM."""
    async with opened(file) as store:
        teams = [f"T{number:02}" for number, _ in enumerate(moments, 1)]
        for team, now in zip(teams, moments, strict=True):
            await store.write(move_in, team, now)
        return [await store.read(House, team) for team in teams]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "partnerbot.db"


@pytest.fixture(scope="module")
def stored(file: Path) -> House:
    return asyncio.run(moved_in(file, TUESDAY))[0]


@pytest.fixture
async def store(file: Path, stored: House) -> AsyncIterator[Store]:
    assert stored.partners
    async with opened(file) as store:
        yield store


def test_everybody_in_the_file_moves_in(stored: House) -> None:
    told = house()
    assert {partner.name for partner in stored.partners} == set(told.partners)
    assert len(stored.partners) >= 24
    assert len(stored.checks) == len(told.checks) == 5


def test_what_is_stored_went_through_the_registers_door(stored: House) -> None:
    for partner in stored.partners:
        assert checked(partner) == partner, partner.name


def test_a_partner_is_kept_whole(stored: House) -> None:
    museum = stored.named("Byens Museum")
    assert museum.kind is Kind.CULTURE
    assert museum.level is Level.PARTNERSHIP
    assert museum.rooms == (Room.INSPIRATION, Room.PERFORMATIVE)
    assert museum.website == "https://byensmuseum-eksempel.dk"
    assert [person.name for person in museum.people] == ["Birgitte Ravnholt", "Mads Fuglevig"]
    assert (museum.responsible, museum.deputy, museum.known_by) == ("U06", "U08", ("U01", "U03"))
    assert museum.created_by == "U06"
    assert museum.next_step.startswith("Gå programmet")
    assert museum.next_step_on == datetime(2026, 12, 3, tzinfo=ZONE).date()
    assert museum.start == datetime(2025, 2, 21, tzinfo=ZONE).date()


@pytest.mark.parametrize(
    ("kinds", "values"),
    [
        (Kind, lambda p: [p.kind]),
        (Level, lambda p: [p.level]),
        (Status, lambda p: [p.status]),
        (RelationType, lambda p: [p.relation_type]),
        (Room, lambda p: p.rooms),
        (Purpose, lambda p: p.purposes),
    ],
)
def test_the_house_has_some_of_every(kinds: Any, values: Any, stored: House) -> None:
    seen = {value for partner in stored.partners for value in values(partner)}
    assert seen == set(kinds)


def test_the_circle_is_widest_at_its_rim(stored: House) -> None:
    ours = [p for p in stored.partners if p.relation_type is RelationType.PARTNER]
    network, collaboration, partnership = (
        sum(partner.level is level for partner in ours) for level in Level
    )
    assert network > collaboration > partnership > 1


def test_some_have_nobody_and_one_is_put_away(stored: House) -> None:
    assert sum(partner.archived for partner in stored.partners) == 1
    open_ones = [partner for partner in stored.partners if not partner.archived]
    assert sum(partner.responsible is None for partner in open_ones) >= 3
    nobody = [p for p in open_ones if not (p.responsible or p.deputy or p.known_by)]
    assert [partner.name for partner in nobody] == ["Havnegades Boghandel"]


async def test_every_colleague_has_something_on_their_desk(store: Store) -> None:
    for user in ("U01", "U02", "U03", "U05", "U06", "U07", "U08", "U09"):
        mine = await store.read(home.own_partners, TEAM, user)
        assert mine, user


async def test_the_two_alike_are_told_apart(store: Store) -> None:
    hits = await store.read(partner_search.search, TEAM, "springbræt")
    told = {hit.name: hit.detail for hit in hits}
    assert told["Springbræt"] == "lektiehjælp"
    assert told["Springbrættet"] == "svømmeklub"


def test_one_name_is_long_and_danish(stored: House) -> None:
    longest = max((partner.name for partner in stored.partners), key=len)
    assert len(longest) > 75  # what an option in Slack holds
    assert set("æøå") <= set(longest.lower())


def test_lists_hold_only_the_librarys_own_words(stored: House) -> None:
    library = stored.library
    for partner in stored.partners:
        assert set(partner.keywords) <= set(library.keywords), partner.name
        assert set(partner.target_groups) <= set(library.target_groups), partner.name
        assert set(partner.age_groups) <= set(library.age_groups), partner.name
        assert partner.branch in library.branches, partner.name


def test_every_word_of_the_library_is_used(stored: House) -> None:
    used = {word for p in stored.partners for word in (*p.keywords, *p.target_groups, p.branch)}
    offered = (stored.library.keywords, stored.library.target_groups, stored.library.branches)
    assert {word for words in offered for word in words} == used


async def test_the_library_speaks_danish_and_emma_english(store: Store, stored: House) -> None:
    assert stored.library.language is Language.DANISH
    assert stored.library != Workspace()
    assert await store.read(settings_of.language_of, TEAM, "U05") is Language.ENGLISH
    assert await store.read(settings_of.language_of, TEAM, "U02") is None


def test_everybody_named_works_at_the_sandboxs_library(stored: House) -> None:
    staff = {m["id"] for m in SCENE["members"] if not m.get("is_restricted")}
    assert set(re.findall(r"\bU\d+\b", TEXT)) <= staff
    assert stored.checks[0].started_by in staff


def test_no_address_or_number_can_reach_a_real_person(stored: House) -> None:
    for partner in stored.partners:
        links = (partner.website, partner.agreement_link)
        mails = [person.email for person in partner.people]
        for address in filter(None, (*links, *mails)):
            assert identifiers.domain(address).endswith("-eksempel.dk"), address
        for number in filter(None, (person.phone for person in partner.people)):
            assert re.fullmatch(r"0[1-9] \d\d \d\d \d\d", number), number
            assert not phonenumbers.is_valid_number(phonenumbers.parse(number, "DK")), number


def test_no_two_people_share_a_number_or_address(stored: House) -> None:
    people = [person for partner in stored.partners for person in partner.people]
    for taken in ([p.phone for p in people if p.phone], [p.email for p in people]):
        assert len(set(taken)) == len(taken)
    assert len(people) > len(stored.partners)


def test_we_can_say_where_we_have_each_persons_details_from(stored: House) -> None:
    people = [person for partner in stored.partners for person in partner.people]
    assert [person.name for person in people if not person.source] == []


def test_cvr_numbers_pass_their_check_digit_and_are_unlike(stored: House) -> None:
    numbers = [partner.cvr for partner in stored.partners if partner.cvr]
    assert len(numbers) >= 10
    assert [identifiers.cvr(number) for number in numbers] == numbers
    assert len(set(numbers)) == len(numbers)


def test_nothing_in_the_file_looks_like_a_cpr_number() -> None:
    assert not looks_like_cpr(TEXT)


def test_a_name_stands_in_the_file_once() -> None:
    names = re.findall(r"^  (\S[^\n]*):\n    added:", TEXT, re.MULTILINE)
    assert sorted(names) == sorted(house().partners)


def test_the_house_is_past_its_first_four_weeks(stored: House) -> None:
    born = sorted(partner.created_at for partner in stored.partners if partner.created_at)
    assert len(born) == len(stored.partners)
    assert TUESDAY - TWO_YEARS < born[0] < TUESDAY - timedelta(days=700)
    assert born[-1] > TUESDAY - FIRST_FOUR_WEEKS
    gaps = [later - earlier for earlier, later in pairwise(born)]
    assert max(gaps) < timedelta(days=60)


async def test_whenever_it_begins_the_past_is_past_and_weekends_are_free(tmp_path: Path) -> None:
    week = [TUESDAY + timedelta(days=days) for days in range(7)]
    for now, begun in zip(week, await moved_in(tmp_path / "a.db", *week), strict=True):
        no_weekends_and_nothing_ahead_of(now, begun)


def no_weekends_and_nothing_ahead_of(now: datetime, begun: House) -> None:
    moments = [partner.created_at for partner in begun.partners]
    for check in begun.checks:
        moments += [check.started_at, check.finished_at, check.decided_at]
    local = [moment.astimezone(ZONE) for moment in moments if moment]
    assert max(local) < now
    steps = [partner.next_step_on for partner in begun.partners if partner.next_step_on]
    assert min(steps) > now.date()
    starts = [partner.start for partner in begun.partners if partner.start]
    assert max(starts) < now.date()
    for day in (*(moment.date() for moment in local), *steps, *starts):
        assert day.weekday() < 5, day


async def test_weeks_later_everything_has_moved_along(tmp_path: Path) -> None:
    later = timedelta(weeks=30)  # into summer time
    first, second = await moved_in(tmp_path / "a.db", TUESDAY, TUESDAY + later)
    for before, after in zip(dates(first), dates(second), strict=True):
        assert after - before == later


def dates(of: House) -> list[Any]:
    moments = [(p.created_at or TUESDAY).astimezone(ZONE).date() for p in of.partners]
    moments += [check.started_at.astimezone(ZONE).date() for check in of.checks]
    days = [day for p in of.partners for day in (p.start, p.next_step_on) if day]
    return [*moments, *days]


async def test_the_day_is_the_librarys_and_not_utcs(tmp_path: Path) -> None:
    after_midnight = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # Wednesday in Denmark
    (begun,) = await moved_in(tmp_path / "a.db", after_midnight)
    assert begun.named("Springbræt").next_step_on == datetime(2026, 11, 27, tzinfo=ZONE).date()


def test_a_check_comes_after_its_partner_and_is_answered_before_decided(
    stored: House,
) -> None:
    for check in stored.checks:
        partner = stored.named(check.partner_name)
        assert check.partner_id == partner.id
        assert partner.created_at
        assert partner.created_at < check.started_at
        if check.decided_at:
            assert check.finished_at
            assert check.started_at < check.finished_at < check.decided_at


def test_each_decision_has_been_made_once(stored: House) -> None:
    decided = [check.decision for check in stored.checks if check.decision]
    assert sorted(decided) == sorted(Decision)
    assert [check.partner_name for check in stored.checks if check.short] == ["Sundhedshuset"]


async def test_finished_checks_are_whole_and_the_draft_is_alis(store: Store, stored: House) -> None:
    questions = load("tjek")
    drafts = [check for check in stored.checks if not check.finished_at]
    for check in stored.checks:
        asked = questions.short if check.short else questions.questions
        answered = check.sheets[check.started_by].answers
        whole = answered.keys() == {question.id for question in asked}
        assert whole == bool(check.finished_at), check.idea
        assert check.page in {page.id for page in pages(check)}
    assert drafts == [await store.read(checks_of.draft_of, TEAM, "U03")]
    assert drafts[0].page == "strength"
    assert notes(drafts[0])


def test_the_kind_no_says_why_and_when_again(stored: House) -> None:
    pixel = next(check for check in stored.checks if check.decision is Decision.KINDLY_NO)
    assert pixel.partner_name == "Pixelværket"
    assert pixel.sheets["U02"].answers["hours"] == "no"
    assert "timer" in pixel.reason
    assert "igen" in pixel.reason
    assert "vagter" in notes(pixel)["able"]


async def test_a_check_keeps_the_questions_as_they_were_put(stored: House) -> None:
    for check in stored.checks:
        assert check.wording
        assert check.wording["pages"]


def notes(check: Check) -> dict[str, str]:
    return check.sheets[check.started_by].notes


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("    level: partnership\n", "    levl: partnership\n", "partners.Byens Museum.levl"),
        ("level: partnership", "level: partnerskab", "partners.Byens Museum.level"),
        ("kind: firm", "kind: shop", "partners.Havnegades Boghandel.kind"),
        ("title: museumsinspektør", "titel: museumsinspektør", r"people.0.titel"),
        ("in_days: 9}", "on_days: 9}", "partners.Byens Museum.next_step.on_days"),
        ("days_ago: 719", "days_ago: -719", "partners.Byens Museum.added.days_ago"),
        ('cvr: "99000007"', "cvr: 99000007", "partners.Byens Museum.cvr"),
        ("language: da", "language: dansk", "library.language"),
        ("opened_days_ago", "open_days_ago", "open_days_ago"),
        ('goals: "yes"', "goals: yes", "checks.0.answers.goals"),
        ('goals: "yes"', 'goal: "yes"', "no question or page called goal"),
        ("left_on: strength", "left_on: strenght", "no question or page called strenght"),
        ("fit: >-", "fits: >-", "no question or page called fits"),
        ("partner: Pixelværket", "partner: Pixelværk", "nobody in the house: Pixelværk"),
    ],
)
def test_a_slip_in_the_file_is_told_by_its_field(right: str, wrong: str, told: str) -> None:
    assert right in TEXT
    with pytest.raises(ValidationError, match=told):
        parse(TEXT.replace(right, wrong, 1))


async def test_what_the_register_refuses_is_told_by_its_partner(tmp_path: Path) -> None:
    slipped = parse(TEXT.replace('cvr: "99000007"', 'cvr: "99000008"'))
    async with opened(tmp_path / "partnerbot.db") as store:
        with pytest.raises(ValueError, match=r"Byens Museum: cvr: “99000008” cannot be"):
            await store.write(furnish, TEAM, TUESDAY, slipped)
        assert await store.read(register_of.count, TEAM) == 0


async def test_the_card_with_the_longest_name_opens_in_slack(library: Library) -> None:
    await library.store.write(move_in, TEAM, library.house.clock.now())
    await library.write("ærøgade")
    assert "på Åsen og ved Søen" in said(await library.message())


async def test_eight_weeks_wound_at_once_say_each_thing_in_its_own_hour(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a Tuesday before Christmas: nobody is written to on a Sunday, nor over the holidays."""
    # Real seconds between messages; they have tests of their own (test_delivery_pace.py).
    monkeypatch.setattr(delivery_outbox, "PACE_SECONDS", 0)
    monkeypatch.setattr(delivery_pace, "A_SECOND", 1000.0)
    begun = datetime(2027, 11, 22, 12, tzinfo=UTC)  # a Monday
    await library.control("clock", now=begun.isoformat(), jump=True)
    await library.store.write(move_in, TEAM, begun)
    library.house.forget(TEAM)
    assert await idle(library)
    weeks = timedelta(weeks=8).total_seconds()
    wound = await library.control("clock", advance=weeks, step=8 * 3600)  # nine o'clock is one
    assert wound["ok"], wound

    digests = moments(await library.in_channel("C02"))
    assert len(digests) == 7
    letters = {user: moments(await told_alone(library, user)) for user in ("U01", "U02", "U06")}
    assert all(letters.values())
    assert {moment.weekday() for moment in digests} == {1}
    for heard in (digests, *letters.values()):
        assert len({moment.date() for moment in heard}) == len(heard)
        for moment in heard:
            assert (moment.hour, moment.minute) == (9, 0)
            assert moment.weekday() < 5
            assert not is_quiet(moment.date())


def moments(messages: list[Json]) -> list[datetime]:
    """When the bot has said them, in the library's time."""
    spoken = [float(message["ts"]) for message in messages if message.get("bot_id")]
    return [datetime.fromtimestamp(ts, ZONE) for ts in spoken]


async def told_alone(library: Library, user: str) -> list[Json]:
    channels = (await library.state(user))["channels"]
    return [message for one in channels if one["is_im"] for message in one["messages"]]
