"""Venner af huset through the front door, by the sandbox's clock."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.circle import Level, Move, Why
from bot.contact import Contact
from bot.contact import Kind as How
from bot.partner import ContactPerson, Kind, Partner, Room, Tie
from bot.reminder_handover import released
from bot.workspace import ClosedDays
from storage import circle
from storage import contact as contacts
from storage import delivery as deliveries
from storage import partner as register_of
from storage.database import Connection
from storage.delivery import State
from tests.handlers.deliveries import TEAM, direct, greets, idle, outcome, posts, put
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.tjek_rounds import ALI, METTE, SOFIE, asked, ready
from tests.handlers.wire import PATIENCE, held_up
from tests.handlers.wire import let_go as let_go_of

CHANNEL = "C01"
# Copenhagen is an hour ahead of UTC in winter.
FRIDAY = datetime(2027, 1, 8, 12, tzinfo=UTC)
NINE = datetime(2027, 1, 12, 8, tzinfo=UTC)
KEY = "digest.2027-W02"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
async def friday(library: Library) -> Library:
    """A library with its channel, switched on long ago, on a Friday that the bot has seen."""
    await decide(library, coordinators=("U01",), digest_channel=CHANNEL, switched_on=True)
    await wind(library, FRIDAY)
    return library


async def wind(library: Library, to: datetime) -> None:
    """Jump there: nothing in between is seen."""
    told = await library.control("clock", now=to.isoformat(), jump=True)
    assert told["ok"], told
    assert await idle(library)


async def told(library: Library) -> list[Json]:
    """The digests in the channel."""
    return await library.in_channel(CHANNEL)


async def friend(library: Library, name: str = "Kodeklubben Nord", **more: Any) -> int:
    return await library.known(name, known_by=("U03",), **more)


async def quiet(library: Library, name: str = "Havnegades Boghandel", days: int = 300) -> int:
    """A relation that nobody is responsible for and nobody has talked to."""
    then = library.house.clock.now() - days * DAY
    stored = await library.store.write(
        register_of.add, TEAM, Partner(name), by="U03", now=then - DAY
    )
    await noted(library, stored.id, at=then)
    return stored.id


async def noted(library: Library, partner_id: int, *, at: datetime, about: str = "") -> None:
    happened = Contact(partner_id, How.TALKED, at.date(), "U03", at, about=about)
    await library.store.write(contacts.note, TEAM, happened)


# When.


async def test_on_tuesday_at_nine_and_not_before(friday: Library) -> None:
    await friend(friday)
    await wind(friday, NINE - MINUTE)
    assert not await told(friday)
    await wind(friday, NINE)
    (one,) = await told(friday)
    assert "Venner af huset · uge 2" in said(one)
    assert "Kodeklubben Nord. Kendes af" in said(one)


async def test_once_a_week_whatever_the_clock_does(friday: Library) -> None:
    await friend(friday)
    await friday.control("clock", now=(NINE + 6 * DAY).isoformat(), jump=False, step=3600)
    assert len(await told(friday)) == 1


async def test_what_was_told_is_not_told_again(friday: Library) -> None:
    await friend(friday)
    await wind(friday, NINE)
    await friend(friday, "Sundhedshuset")
    await wind(friday, NINE + WEEK)
    first, second = await told(friday)
    assert "Kodeklubben Nord" in said(first)
    assert "Sundhedshuset" in said(second)
    assert "Kodeklubben Nord" not in said(second)


async def test_what_is_noted_while_it_is_composed_is_told_once(friday: Library) -> None:
    await friend(friday)
    await held_up(friday, "conversations.info")
    winding = asyncio.create_task(wind(friday, NINE))
    await until_asked(friday, "conversations.info")
    await friend(friday, "Sundhedshuset")
    await let_go_of(friday, "conversations.info")
    await winding
    await wind(friday, NINE + WEEK)
    first, second = [said(one) for one in await told(friday)]
    assert "Sundhedshuset" not in first
    assert "Sundhedshuset" in second


async def until_asked(library: Library, method: str) -> None:
    """Slack has been asked that, and the answer is held up."""
    async with asyncio.timeout(10):
        while f"api {method}" not in (await library.look("idle?timeout=0.02"))["waiting_for"]:
            pass


async def test_in_the_first_four_weeks_it_is_every_other(library: Library) -> None:
    await wind(library, datetime(2026, 11, 27, 12, tzinfo=UTC))
    await decide(library, coordinators=("U01",), digest_channel=CHANNEL, switched_on=True)
    tuesday = datetime(2026, 12, 1, 8, tzinfo=UTC)
    for week in range(3):
        await friend(library, f"Forening {week}")
        await wind(library, tuesday + week * WEEK)
    first, second = await told(library)
    assert "Forening 0" in said(first)
    assert "Forening 1" in said(second)
    assert "Forening 2" in said(second)


async def test_an_empty_week_is_skipped(friday: Library) -> None:
    await wind(friday, NINE)
    assert not await told(friday)
    assert (await outcome(friday, KEY)).state is State.DROPPED


async def test_a_closed_tuesday_is_stepped_over(friday: Library) -> None:
    closed = ClosedDays(first=date(2027, 1, 12), last=date(2027, 1, 13))
    await decide(friday, closed_days=(closed,))
    await friend(friday)
    await wind(friday, NINE + DAY)
    assert not await told(friday)
    await wind(friday, NINE + 2 * DAY)
    assert len(await told(friday)) == 1


async def test_a_holiday_is_stepped_over(friday: Library) -> None:
    """The fifth of June 2029 is a Tuesday, and Constitution Day."""
    await wind(friday, datetime(2029, 6, 1, 12, tzinfo=UTC))
    await friend(friday)
    await wind(friday, datetime(2029, 6, 5, 12, tzinfo=UTC))
    assert not await told(friday)
    await wind(friday, datetime(2029, 6, 6, 7, tzinfo=UTC))
    assert "uge 23" in said((await told(friday))[0])


async def test_july_is_silent_and_august_tells_of_it(friday: Library) -> None:
    await friend(friday, "Sundhedshuset")
    await wind(friday, NINE)
    july = datetime(2027, 7, 2, 8, tzinfo=UTC)
    await wind(friday, july)
    await friend(friday)
    for week in range(1, 5):
        await wind(friday, july + week * WEEK)
    assert len(await told(friday)) == 1
    await wind(friday, datetime(2027, 8, 3, 7, tzinfo=UTC))
    assert "Kodeklubben Nord" in said((await told(friday))[1])


async def test_after_a_morning_down_it_comes_the_same_week(friday: Library) -> None:
    await friend(friday)
    await wind(friday, NINE + 2 * DAY)
    assert len(await told(friday)) == 1


async def test_after_a_week_down_it_comes_on_its_normal_day(friday: Library) -> None:
    await wind(friday, NINE + 2 * DAY)
    await friend(friday)
    await wind(friday, NINE + 6 * DAY)
    assert not await told(friday)
    await wind(friday, NINE + WEEK)
    assert "uge 3" in said((await told(friday))[0])


async def test_on_its_first_day_it_waits_for_the_next_morning(library: Library) -> None:
    await wind(library, NINE + HOUR)
    await decide(library, coordinators=("U01",), digest_channel=CHANNEL, switched_on=True)
    await friend(library)
    assert await idle(library)
    assert not await told(library)


@pytest.mark.parametrize("without", [{"switched_on": False}, {"digest_channel": None}])
async def test_without_a_channel_or_switched_off_the_week_passes(
    friday: Library, without: Json
) -> None:
    await decide(friday, **without)
    await friend(friday)
    await wind(friday, NINE)
    await decide(friday, switched_on=True, digest_channel=CHANNEL)
    await wind(friday, NINE + HOUR)
    assert not await posts(friday)


@pytest.mark.parametrize(
    ("to", "moment"), [("C02", NINE), (CHANNEL, NINE + 4 * DAY)], ids=["another channel", "late"]
)
async def test_what_was_planned_and_does_not_fit_any_more_is_dropped(
    friday: Library, to: str, moment: datetime
) -> None:
    """By a process that died on the way: the channel is another since, or the week is over."""
    await friend(friday)
    planned = deliveries.Delivery("digest", 202702, to, NINE, KEY)
    await friday.store.write(deliveries.put, TEAM, planned)
    await wind(friday, moment)
    assert (await outcome(friday, KEY)).state is State.DROPPED
    assert not await posts(friday)


# What.


async def test_of_persons_nothing_is_told(friday: Library) -> None:
    anne = ContactPerson("Anne Holm", email="anne@kode.example", source="mail")
    number = await friend(
        friday,
        people=(anne,),
        note="Anne vil gerne",
        next_step="Ring til Anne",
        next_step_on=NINE.date() + DAY,
    )
    await noted(friday, number, at=FRIDAY, about="Annes forårsplaner")
    await friend(friday, "Inger Dahl", kind=Kind.INDIVIDUAL)
    await wind(friday, NINE)
    words = said((await told(friday))[0])
    assert "næste skridt med Kodeklubben Nord" in words
    assert "Én kontakt: Ali og Kodeklubben Nord i fredags" in words
    assert "Anne" not in words
    assert "Inger" not in words


async def test_colleagues_are_named_and_not_called_out(friday: Library) -> None:
    """A mention in a channel is a notification on somebody's telephone."""
    await friend(friday)
    await quiet(friday)
    await wind(friday, NINE)
    (entry,) = [one for one in await posts(friday) if one["request"].get("channel") == CHANNEL]
    assert "user_id" not in str(entry["request"]["blocks"])
    assert "<@" not in str(entry["request"])


async def test_what_there_is_no_room_for_hangs_below(friday: Library) -> None:
    for n in range(5):
        await friend(friday, f"Forening {n}")
    await wind(friday, NINE)
    (one,) = await told(friday)
    assert said(one).count("Kendes af") == 3
    picture, below = one["replies"]
    assert picture["files"]
    assert said(below).startswith("Mere fra overblikket")
    assert said(below).count("Kendes af") == 2


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("missing_scope", "Billedet af cirklen kunne ikke vises her. Jeg må ikke sende filer"),
        ("internal_error", "Billedet af cirklen kunne ikke vises her. /partner cirkel viser det."),
    ],
)
async def test_a_picture_that_cannot_be_shown_is_told_of(
    friday: Library, error: str, sentence: str
) -> None:
    await friend(friday)
    await friday.control("faults", method="files.getUploadURLExternal", error=error, times=9)
    await wind(friday, NINE)
    (one,) = await told(friday)
    assert said(one["replies"][0]).startswith(sentence)


async def test_on_a_long_day_it_stays_short(friday: Library) -> None:
    for n in range(6):
        await friend(friday, f"{n} " + "Foreningen til fremme af lokal kultur " * 4)
        await quiet(friday, f"{n} " + "Selskabet for Havnens Historie " * 5, days=300 + n)
    await wind(friday, NINE)
    assert len(said((await told(friday))[0])) < 2000


async def test_a_step_in_the_circle_is_told_either_way(friday: Library) -> None:
    by: Json = {"by": "U03", "at": FRIDAY}
    inwards = await friend(friday, "Byens Museum", level=Level.COLLABORATION)
    outwards = await friend(friday, "Danseskolen Trin", level=Level.COLLABORATION)
    levels = (Level.COLLABORATION, Level.PARTNERSHIP)
    await friday.store.write(circle.move, TEAM, Move(inwards, *levels, Why.FRAME, **by))
    levels = (Level.COLLABORATION, Level.NETWORK)
    over = Move(outwards, *levels, Why.ACTIVITY_OVER, reason="Anne er rejst", **by)
    await friday.store.write(circle.move, TEAM, over)
    await wind(friday, NINE)
    words = said((await told(friday))[0])
    assert "Byens Museum gik fra samarbejde til partnerskab" in words
    assert "Danseskolen Trin gik fra samarbejde tilbage til netværket: " in words
    assert "Anne" not in words


async def test_the_circle_is_the_first_answer_with_what_it_shows_in_words(friday: Library) -> None:
    await friend(friday)
    await wind(friday, NINE)
    (one,) = await told(friday)
    assert "Cirklen ligger i tråden · Dine egne står på Partnerbots Home · Sat op af Karen" in said(
        one
    )
    (picture,) = one["replies"]
    (file,) = picture["files"]
    assert file["alt_txt"].startswith("Cirklen, uge 2:")


NO_FILES = (
    "Billedet af cirklen kunne ikke vises her. Jeg må ikke sende filer endnu."
    " Bed den, der passer Partnerbot, om at installere appen igen."
)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"method": "files.getUploadURLExternal", "error": "missing_scope"}, NO_FILES),
        (
            {"method": "files.completeUploadExternal", "error": "internal_error"},
            "Billedet af cirklen kunne ikke vises her. /partner cirkel viser det.",
        ),
    ],
)
async def test_a_picture_that_cannot_be_sent_is_missed_in_one_sentence(
    friday: Library, fault: Json, sentence: str
) -> None:
    await friend(friday)
    await friday.control("faults", **fault)
    await wind(friday, NINE)
    (one,) = await told(friday)
    assert "Kodeklubben Nord" in said(one)
    (below,) = one["replies"]
    assert said(below) == sentence
    assert (await outcome(friday, f"{KEY}.picture")).reason == "gone"


async def test_the_rest_says_it_where_there_is_one(friday: Library) -> None:
    for n in range(5):
        await friend(friday, f"Forening {n}")
    await friday.control("faults", method="files.getUploadURLExternal", error="missing_scope")
    await wind(friday, NINE)
    (one,) = await told(friday)
    (below,) = one["replies"]
    assert said(below).startswith("Billedet af cirklen kunne ikke vises her.")
    assert "Mere fra overblikket" in said(below)


async def test_a_picture_whose_answer_is_lost_is_not_sent_twice(friday: Library) -> None:
    await friend(friday)
    lost = {"method": "files.completeUploadExternal", "drop_answer": True}
    await friday.control("faults", times=1, **lost)
    await wind(friday, NINE)
    (one,) = await told(friday)
    assert sum(bool(reply.get("files")) for reply in one["replies"]) == 1


async def test_a_picture_that_slack_is_too_busy_for_comes_a_little_later(friday: Library) -> None:
    for n in range(5):
        await friend(friday, f"Forening {n}")
    busy = {"method": "files.getUploadURLExternal", "error": "ratelimited", "retry_after": 1}
    await friday.control("faults", times=1, status=429, **busy)
    await wind(friday, NINE)
    (one,) = await told(friday)
    picture, below = one["replies"]
    assert picture["files"]
    assert said(below).startswith("Mere fra overblikket")


async def test_in_a_quiet_week_there_are_only_who_takes_it_and_a_look(friday: Library) -> None:
    await quiet(friday)
    await wind(friday, NINE)
    words = said((await told(friday))[0])
    assert words.startswith("Venner af huset · uge 2 Hvem tager den?")
    assert "Et kig:" in words
    assert not [one for one in ("Nye venner", "Siden sidst", "På vej") if one in words]


async def test_a_week_with_three_hundred_events_is_as_short_as_another(friday: Library) -> None:
    at = friday.house.clock.now()
    for n in range(300):
        new = Partner(f"Forening {n}", known_by=("U03",))
        await friday.store.write(register_of.add, TEAM, new, by="U03", now=at)
    await wind(friday, NINE)
    (one,) = await told(friday)
    assert len(said(one)) < 2000
    assert said(one).count("Kendes af") == 3
    assert "Og 277 til. De står på kortene." in said(one["replies"][-1])


async def test_a_white_spot_has_its_turn_and_leads_to_who_could_be_a_start(
    friday: Library,
) -> None:
    everybody = {"age_groups": ("0-5", "6-12", "18+"), "rooms": (Room.LEARNING,)}
    for n in range(9):
        level = Level.COLLABORATION
        await friend(friday, f"Forening {n}", level=level, responsible="U03", **everybody)
    await friend(friday, "Ungdomsskolen", age_groups=("13-17",), rooms=(Room.LEARNING,))
    looks = []
    for week in range(3):
        await friend(friday, f"Ny {week}")
        await wind(friday, NINE + week * WEEK)
        looks.append((await told(friday))[-1])
    (one,) = [look for look in looks if "Et kig: hvid plet" in said(look)]
    assert "Vi har ingen samarbejder" in said(one)
    assert "goal_gap_see" in str(one["blocks"])


# The buttons.


async def test_one_press_and_everybody_sees_who_takes_it(friday: Library) -> None:
    number = await quiet(friday)
    await wind(friday, NINE)
    assert "stille siden 14. marts 2026, sidst Ali" in said((await told(friday))[0])
    await friday.press_in_channel("Jeg tager den", "U03")
    assert await idle(friday)
    assert "Nu er du tovholder for Havnegades Boghandel" in said(
        await friday.message("U03", CHANNEL)
    )
    (one,) = await told(friday)
    assert "Havnegades Boghandel – Ali har taget den" in said(one)
    assert "Jeg tager den" not in said(one)
    partner = await friday.store.read(register_of.existing, TEAM, number)
    assert partner.responsible == "U03"


async def test_in_the_thread_they_can_be_taken_as_well(friday: Library) -> None:
    for n in range(4):
        await quiet(friday, f"Boghandel {n}")
    await wind(friday, NINE)
    (above,) = await told(friday)
    _, below = above["replies"]
    assert said(above).count("Jeg tager den") == 3
    assert said(below).count("Jeg tager den") == 1
    where = {"channel": CHANNEL, "ts": below["ts"]}
    ((block_id, way),) = elements(below)
    ids = {"action_id": way["action_id"], "block_id": block_id}
    pressed = await friday.control("click", user="U03", message=where, **ids)
    assert pressed["ok"], pressed
    assert "Nu er du tovholder for Boghandel" in said(await friday.message("U03", CHANNEL))


async def test_who_comes_second_hears_who_was_first(friday: Library) -> None:
    number = await quiet(friday)
    await wind(friday, NINE)
    tied = (number, "U03", Tie.RESPONSIBLE)
    await friday.store.write(register_of.add_tie, TEAM, *tied, by="U03", now=NINE)
    await friday.press_in_channel("Jeg tager den", "U02")
    assert await idle(friday)
    assert "er tovholder for Havnegades Boghandel nu" in said(await friday.message("U02", CHANNEL))
    partner = await friday.store.read(register_of.existing, TEAM, number)
    assert partner.responsible == "U03"
    assert "Ali har taget den" in said((await told(friday))[0])


async def test_from_one_who_has_left_it_is_free_to_take(friday: Library) -> None:
    number = await quiet(friday)
    tied = (number, "U05", Tie.RESPONSIBLE)
    await friday.store.write(register_of.add_tie, TEAM, *tied, by="U05", now=FRIDAY)
    await friday.control("members", id="U05", name="vikar", deleted=True)
    await wind(friday, NINE)
    assert "Havnegades Boghandel – stille siden" in said((await told(friday))[0])
    await friday.press_in_channel("Jeg tager den", "U02")
    partner = await friday.store.read(register_of.existing, TEAM, number)
    assert partner.responsible == "U02"


async def test_one_press_and_everybody_sees_who_knows_them(friday: Library) -> None:
    number = await friend(friday)
    await wind(friday, NINE)
    await friday.press_in_channel("Jeg kender dem", "U02")
    assert await idle(friday)
    partner = await friday.store.read(register_of.existing, TEAM, number)
    assert partner.known_by == ("U03", "U02")
    assert "og Mette" in said((await told(friday))[0])


async def test_a_guest_takes_nothing(friday: Library) -> None:
    number = await quiet(friday)
    await wind(friday, NINE)
    await friday.control("members", id="U05", name="vikar", is_restricted=True)
    await friday.press_in_channel("Jeg tager den", "U05")
    partner = await friday.store.read(register_of.existing, TEAM, number)
    assert partner.responsible is None


async def let_go(library: Library, number: int) -> None:
    """Whoever is responsible lays it in the overview."""

    def save(conn: Connection, team: str) -> None:
        before = register_of.existing(conn, team, number, lock=True)
        now = library.house.clock.now()
        register_of.update(conn, team, before, released(before), by="U03", now=now)

    await library.store.write(save, TEAM)


async def test_what_somebody_has_just_laid_there_is_in_the_next_one_whatever_it_is(
    friday: Library,
) -> None:
    number = await friend(friday, "Sparekassen Havnefronten", responsible="U03")
    await noted(friday, number, at=FRIDAY)
    await wind(friday, NINE)
    await let_go(friday, number)
    for n in range(3):
        await quiet(friday, f"Forening {n}")
    await wind(friday, NINE + WEEK)
    words = said((await told(friday))[-1])
    assert "Hvem tager den? Sparekassen Havnefronten – ingen tovholder" in words
    await wind(friday, NINE + 2 * WEEK)
    assert "Sparekassen Havnefronten – ingen" not in said((await told(friday))[-1])


async def test_who_is_not_taken_stands_back_for_four_weeks(friday: Library) -> None:
    await quiet(friday)
    for week in range(5):
        await wind(friday, NINE + week * WEEK)
    weeks = [said(one) for one in await told(friday)]
    assert ["Havnegades" in words for words in weeks] == [True, True]
    assert "uge 6" in weeks[1]


# A channel that does not take it.


@pytest.mark.parametrize("change", [{"is_archived": True}, {"is_ext_shared": True}])
async def test_a_channel_that_will_not_do_is_told_to_the_coordinator(
    friday: Library, change: Json
) -> None:
    await friend(friday)
    await friday.control("channels", id=CHANNEL, **change)
    await wind(friday, NINE)
    assert not await told(friday)
    assert "Venner af huset kom ikke frem til sin kanal i denne uge." in await direct(friday, "U01")


async def test_mended_it_is_sent_with_one_press(friday: Library) -> None:
    await friend(friday)
    await friday.control("channels", id=CHANNEL, is_archived=True)
    await wind(friday, NINE)
    await friday.control("channels", id=CHANNEL, is_archived=False)
    await press_directly(friday, "Send det nu", "U01")
    assert await idle(friday)
    assert len(await told(friday)) == 1


async def refused_while_she_has_a_letter(friday: Library, **how: Any) -> None:
    """Slack refuses it once; that is to be told on Wednesday, for she has had a message today."""
    await friend(friday)
    greets(friday.house, unasked=True)
    await put(friday, "before", "U01", in_=NINE - FRIDAY - HOUR / 2)
    refused = {"channel": CHANNEL}
    await friday.control("faults", method="chat.postMessage", times=1, match=refused, **how)
    await wind(friday, NINE - HOUR / 2)
    await wind(friday, NINE)
    assert not await told(friday)


async def test_what_has_been_sent_again_meanwhile_is_no_news(friday: Library) -> None:
    await refused_while_she_has_a_letter(friday, error="not_in_channel")
    assert "Skriv /invite @Partnerbot" in said(await friday.home("U01"))
    await friday.press_on_home("Send igen", "U01")
    assert await idle(friday)
    assert len(await told(friday)) == 1
    await wind(friday, NINE + DAY)
    assert not [one for one in await direct(friday, "U01") if "kom ikke frem" in one]


async def test_that_it_was_refused_is_told_with_what_helps_why_and_how_often(
    friday: Library,
) -> None:
    await refused_while_she_has_a_letter(friday, error="not_in_channel")
    await wind(friday, NINE + DAY)
    words = said(await said_directly(friday, "U01"))
    assert "Venner af huset kom ikke frem til sin kanal i denne uge." in words
    assert "Jeg er ikke med i kanalen. Skriv /invite @Partnerbot" in words
    assert "fordi du er koordinator." in words
    await wind(friday, NINE + 2 * DAY)
    await press_directly(friday, "Send det nu", "U01")
    assert await idle(friday)
    assert len(await told(friday)) == 1


async def test_that_it_was_refused_is_not_told_when_its_week_is_over(friday: Library) -> None:
    await refused_while_she_has_a_letter(friday, error="not_in_channel")
    await wind(friday, NINE + WEEK)
    assert not [one for one in await direct(friday, "U01") if "kom ikke frem" in one]


async def said_directly(library: Library, user: str) -> Json:
    """The newest message to that person alone."""
    channels = (await library.state(user))["channels"]
    (messages,) = [c["messages"] for c in channels if c["is_im"] and c["messages"]]
    newest: Json = messages[-1]
    return newest


async def press_directly(library: Library, words: str, user: str) -> None:
    """Press a button in what the bot has said to that person alone."""
    channels = (await library.state(user))["channels"]
    (here,) = [c["id"] for c in channels if c["is_im"] and c["messages"]]
    message = next(c for c in channels if c["id"] == here)["messages"][-1]
    where = {"channel": here, "ts": message["ts"]}
    await library._click(words, message, user=user, message=where)


async def test_refused_for_its_blocks_it_is_said_once_more_in_plainer_ones(friday: Library) -> None:
    number = await friend(friday, next_step="Ring", next_step_on=NINE.date())
    here = {"channel": CHANNEL}
    refused = {"method": "chat.postMessage", "match": here, "error": "invalid_blocks"}
    await friday.control("faults", times=1, **refused)
    await wind(friday, NINE)
    (one,) = await told(friday)
    assert "Kodeklubben Nord. Kendes af" in said(one)
    assert "• I dag: næste skridt med Kodeklubben Nord" in said(one)
    (picture,) = one["replies"]
    assert picture["files"]
    await friday.press_in_channel("Jeg kender dem", "U02")
    partner = await friday.store.read(register_of.existing, TEAM, number)
    assert partner.known_by == ("U03", "U02")
    await wind(friday, NINE + WEEK)
    assert len(await told(friday)) == 1  # it counts as told


async def takes_no_rich_blocks(library: Library) -> None:
    """What was rich text is refused in this workspace, said or changed."""
    for method in ("chat.postMessage", "chat.update"):
        how = {"match": "rich_text", "error": "invalid_blocks", "times": 99}
        await library.control("faults", method=method, **how)


async def test_where_it_had_to_be_plain_everybody_sees_who_takes_it(friday: Library) -> None:
    await takes_no_rich_blocks(friday)
    await quiet(friday)
    await wind(friday, NINE)
    await friday.press_in_channel("Jeg tager den", "U03")
    assert await idle(friday)
    (one,) = await told(friday)
    assert "Havnegades Boghandel – Ali har taget den" in said(one)
    assert "Jeg tager den" not in said(one)


async def test_where_it_had_to_be_plain_what_hangs_below_is_plain_too(friday: Library) -> None:
    await takes_no_rich_blocks(friday)
    for n in range(5):
        await friend(friday, f"Forening {n}")
    await wind(friday, NINE)
    (one,) = await told(friday)
    picture, below = one["replies"]
    assert picture["files"]
    assert said(below).startswith("Mere fra overblikket")
    assert said(below).count("Kendes af") == 2


async def test_plain_and_refused_for_its_channel_it_is_told_and_sent_again(
    friday: Library,
) -> None:
    """The channel is archived between the two."""
    await friend(friday)
    refused = {"error": "invalid_blocks", "delay": PATIENCE}
    await friday.control("faults", method="chat.postMessage", times=1, **refused)
    winding = asyncio.create_task(wind(friday, NINE))
    await until_asked(friday, "chat.postMessage")
    await friday.control("channels", id=CHANNEL, is_archived=True, wait="ack")
    await let_go_of(friday, "chat.postMessage")
    await winding
    assert "Venner af huset kom ikke frem til sin kanal i denne uge." in await direct(friday, "U01")
    await friday.control("channels", id=CHANNEL, is_archived=False)
    await press_directly(friday, "Send det nu", "U01")
    assert await idle(friday)
    (one,) = await told(friday)
    assert "rich_text" not in str(one["blocks"])


async def test_refused_however_plain_it_stands_with_what_did_not_get_through(
    friday: Library,
) -> None:
    await friend(friday)
    refused = {"channel": CHANNEL}
    fault = {"method": "chat.postMessage", "match": refused, "error": "invalid_blocks"}
    await friday.control("faults", times=9, **fault)
    await wind(friday, NINE)
    assert not await told(friday)
    assert (await outcome(friday, f"{KEY}.plain")).state is State.DEAD
    assert "Venner af huset" in said(await friday.home("U01"))


# A coordinator's line on top.


async def greeted(library: Library, words: str, user: str = "U01") -> str:
    await library.write("venner", user=user)
    button = "Skriv en hilsen" if words else "Ret hilsenen"
    await library.press(button, user=user)
    done = await library.submit({"greeting": words}, user=user)
    assert done["ok"], done
    return said(done["view"])


async def test_a_greeting_stands_on_top_of_the_next_one_and_of_no_other(friday: Library) -> None:
    await friend(friday)
    kept = await greeted(friday, "Tak til alle, der kom til partnerkaffe.")
    where = "Din hilsen står øverst i Venner af huset tirsdag den 12. januar."
    assert kept.endswith(f"{where} Tak til alle, der kom til partnerkaffe. Karen")
    await wind(friday, NINE)
    await friend(friday, "Sundhedshuset")
    await wind(friday, NINE + WEEK)
    first, second = (said(one) for one in await told(friday))
    assert "uge 2 Tak til alle, der kom til partnerkaffe. Karen Nye venner" in first
    assert "partnerkaffe" not in second


async def test_a_greeting_alone_is_sent_and_taken_away_it_is_not(friday: Library) -> None:
    await greeted(friday, "God tirsdag.")
    await friday.control("close", user="U01", view_id=(await friday.view("U01"))["id"])
    assert "kommer uden hilsen" in await greeted(friday, "")
    await wind(friday, NINE)
    assert not await told(friday)
    await friday.control("close", user="U01", view_id=(await friday.view("U01"))["id"])
    await greeted(friday, "God tirsdag.")
    await wind(friday, NINE + WEEK)
    assert "God tirsdag. Karen" in said((await told(friday))[0])


async def test_a_greeting_that_she_has_signed_is_not_signed_twice(friday: Library) -> None:
    await friend(friday)
    assert (await greeted(friday, "God tirsdag. Hilsen Karen!")).endswith("Hilsen Karen!")
    await wind(friday, NINE)
    assert "Hilsen Karen! Nye venner" in said((await told(friday))[0])


async def test_two_who_greet_at_once_see_each_others(friday: Library) -> None:
    await decide(friday, coordinators=("U01", "U02"))
    for user in ("U01", "U02"):
        await friday.write("venner", user=user)
        await friday.press("Skriv en hilsen", user=user)
    await friday.submit({"greeting": "Tak for kaffen."}, user="U01")
    await friday.submit({"greeting": "Godt nytår."}, user="U02")
    form = await friday.view("U02")
    assert "@U01 har ændret hilsenen imens: Tak for kaffen." in said(form)
    assert [field["initial_value"] for _, field in elements(form)] == ["Godt nytår."]
    await friday.submit({}, user="U02")
    assert "Godt nytår. Mette" in said(await friday.view("U02"))


async def test_a_greeting_that_was_taken_away_does_not_come_back_unseen(friday: Library) -> None:
    await greeted(friday, "Tak for kaffen.")
    await friday.close("U01")
    await decide(friday, coordinators=("U01", "U02"))
    await friday.write("venner")
    await friday.press("Ret hilsenen")
    await greeted(friday, "")
    await friday.submit({})
    assert "@U01 har fjernet hilsenen imens." in said(await friday.view())
    await friday.submit({})
    assert "Tak for kaffen. Mette" in said(await friday.view())


async def test_only_a_coordinator_is_offered_it(friday: Library) -> None:
    await friday.write("venner")
    assert "hilsen" not in said(await friday.message())


# For oneself.


async def test_a_colleague_sees_it_at_any_time_and_nobody_else(friday: Library) -> None:
    await friend(friday)
    await friday.write("venner")
    words = said(await friday.message())
    assert "Kodeklubben Nord. Kendes af" in words
    assert words.endswith("Det kommer tirsdag den 12. januar. Sådan ser det ud nu.")
    assert not await posts(friday)
    await wind(friday, NINE)
    assert "Kodeklubben Nord" in said((await told(friday))[0])


async def test_before_it_has_come_one_sees_the_days_of_the_one_that_comes(friday: Library) -> None:
    """On the Tuesday after one was said it is next week's, its heading and its days alike."""
    await wind(friday, NINE)
    for days in (1, 8):
        name = f"Forening {days}"
        await friend(friday, name, next_step="Ring", next_step_on=NINE.date() + days * DAY)
    await wind(friday, NINE + HOUR)
    await friday.write("venner")
    words = said(await friday.message())
    assert "uge 3" in words
    assert "Onsdag den 20. januar: næste skridt med Forening 8" in words
    assert "næste skridt med Forening 1" not in words


async def test_the_first_one_tells_of_who_was_added_before_it_was_switched_on(
    library: Library,
) -> None:
    """The guide has it so: first some partners, then *Switch on*."""
    history = Partner("Havnegades Boghandel", known_by=("U03",))
    now = FRIDAY - 11 * WEEK
    await library.store.write(register_of.add, TEAM, history, by="U03", now=now)
    await wind(library, FRIDAY - WEEK)
    number = await friend(library)
    await noted(library, number, at=FRIDAY - WEEK)
    await wind(library, FRIDAY)
    await decide(library, coordinators=("U01",), digest_channel=CHANNEL, switched_on=True)
    await friend(library, "Sundhedshuset")
    await wind(library, FRIDAY + HOUR)
    await wind(library, NINE)
    (one,) = await told(library)
    assert "Sundhedshuset" in said(one)
    assert "Kodeklubben Nord. Kendes af" in said(one)
    assert "Havnegades" not in said(one)  # that is history
    assert "kontakt" not in said(one)


async def test_before_the_first_one_nothing_is_not_new_since_another(friday: Library) -> None:
    await friday.write("venner")
    words = said(await friday.message())
    assert "Der er ikke noget at fortælle endnu." in words
    assert "siden sidst" not in words


async def test_for_oneself_it_is_whole_for_there_is_no_thread(friday: Library) -> None:
    for n in range(5):
        await friend(friday, f"Forening {n}")
    await friday.write("venner")
    words = said(await friday.message())
    assert words.count("Kendes af") == 5
    assert "tråden" not in words


async def test_where_nothing_is_new_one_is_told_so_and_sees_the_last_one(
    friday: Library,
) -> None:
    await friend(friday)
    await wind(friday, NINE)
    await wind(friday, NINE + HOUR)
    await friday.write("friends")
    words = said(await friday.message())
    assert words.startswith("Der er intet nyt siden sidst.")
    assert "uge 2" in words
    assert "Kodeklubben Nord" in words
    assert "tråden" not in words


async def test_for_oneself_the_circle_is_in_it(friday: Library) -> None:
    await friend(friday)
    await friday.write("venner")
    blocks = (await friday.message())["blocks"]
    (picture,) = [one for one in blocks if one["type"] == "image"]
    assert picture["alt_text"].startswith("Cirklen")
    foot = "Dine egne står på Partnerbots Home · Sat op af Karen"
    assert foot in said({"blocks": blocks})
    assert said({"blocks": blocks}).endswith("Sådan ser det ud nu.")


async def test_for_oneself_too_the_text_comes_where_the_picture_does_not(friday: Library) -> None:
    await friend(friday)
    await friday.control("faults", method="files.getUploadURLExternal", error="missing_scope")
    await friday.write("venner")
    words = said(await friday.message())
    assert "Kodeklubben Nord" in words
    assert "Billedet af cirklen kunne ikke vises her." in words


async def test_another_trouble_is_none_of_the_picture(friday: Library) -> None:
    await friend(friday)
    await friday.control("faults", method="response_url", times=1, status=503)
    await friday.write("venner")
    assert "Det gik galt hos mig" in said(await friday.message())
    await friday.write("venner")
    assert len(await friday.log("upload")) == 1  # the picture is still the one of before


async def test_a_round_in_a_private_channel_is_told_to_nobody_else(library: Library) -> None:
    there = [METTE, "U0BOT"]
    await library.control("channels", id="C05", name="ledelse", is_private=True, members=there)
    await ready(library, partner_channel="C05", digest_channel=CHANNEL)
    await friend(library)
    await library.known("Pixelværket", responsible=METTE)
    await asked(library, ALI)
    await library.write("venner", user=SOFIE)
    words = said(await library.message(SOFIE))
    assert "Kodeklubben Nord" in words
    assert "svarfrist" not in words


async def test_a_round_in_a_channel_that_all_can_read_is_told(library: Library) -> None:
    await ready(library, digest_channel="C02")
    await friend(library)
    await library.known("Pixelværket", responsible=METTE)
    await asked(library, ALI)
    await library.write("venner", user=SOFIE)
    assert "svarfrist om Pixelværket" in said(await library.message(SOFIE))


async def test_what_it_is_about_is_told_where_it_is_no_word_of_one_card_alone(
    friday: Library,
) -> None:
    await friend(friday, keywords=("Inger Dahl", "spil"))
    await friend(friday, "Spillecaféen", keywords=("spil",))
    await friday.write("venner")
    words = said(await friday.message())
    assert "Kodeklubben Nord – spil. Kendes af" in words
    assert "Inger" not in words
