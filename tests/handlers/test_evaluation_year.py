"""The year of evaluations through the front door: opened by itself, moved, left out, caught up."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.round import Round
from bot.timetable import calendar_of
from bot.workspace import Workspace
from handlers.evaluation_year import Mornings
from storage import evaluation as evaluations
from storage import evaluation_year as moves
from storage import partner as register_of
from storage.database import Connection
from tests.handlers.deliveries import TEAM
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide, open_form, open_menu

KAREN, METTE, ALI, SOFIE = "U01", "U02", "U03", "U06"
CALENDAR = calendar_of(Workspace())
DAY = timedelta(days=1)
NINE = time(9)


@pytest.fixture
async def ours(library: Library) -> Library:
    """Switched on for long."""
    await decide(library, coordinators=(KAREN,), partner_channel="C01", switched_on=True)
    return library


def today(library: Library) -> date:
    return CALENDAR.day(library.house.clock.now())


async def partnership(library: Library, name: str = "Springbræt", **fields: Any) -> int:
    """One that was begun so long ago that its evaluation is due in March."""
    given: dict[str, Any] = {
        "responsible": METTE,
        "level": Level.PARTNERSHIP,
        "start": date(2026, 3, 9),
    } | fields
    return await library.known(name, by=METTE, **given)


# The bot hears of the new time a little later on a busy machine.
OPENED = time(NINE.hour, 1)


async def wind(library: Library, day: date, at: time = OPENED, *, jump: bool = True) -> None:
    moment = CALENDAR.moment(day, at).isoformat()
    done = await library.control("clock", now=moment, jump=jump, step=86400, timeout=120)
    assert done["ok"], done


async def opened(library: Library) -> list[Evaluation]:
    def load(conn: Connection, team: str) -> Sequence[Evaluation]:
        every = [one.id for one in register_of.get_many(conn, team, range(1, 2000))]
        return evaluations.of_partners(conn, team, every)

    return sorted(await library.store.read(load, TEAM), key=lambda one: one.opened_at)


async def open_year(library: Library) -> str:
    await open_menu(library, KAREN)
    await library.press("Se året", KAREN)
    return said(await library.view(KAREN))


async def choose(library: Library, words: str, name: str, user: str = KAREN) -> Json:
    """Choose from the menu at the line of that partner."""
    view = await library.view(user)
    lines = {block["block_id"]: said({"blocks": [block]}) for block in view["blocks"]}
    for block_id, element in elements(view):
        if element["type"] == "overflow" and name in lines[block_id]:
            (value,) = [o["value"] for o in element["options"] if o["text"]["text"] == words]
            ids = {"action_id": element["action_id"], "block_id": block_id}
            done = await library.control("click", user=user, view_id=view["id"], value=value, **ids)
            assert done["ok"], done
            return done
    raise AssertionError(f"no line of {name} in: {said(view)}")


async def test_a_year_after_it_began_the_round_opens_by_itself_and_once(ours: Library) -> None:
    number = await partnership(ours, deputy=ALI, known_by=(SOFIE,))
    await wind(ours, date(2027, 3, 9))
    assert await opened(ours) == []
    for day in (10, 11, 12):
        await wind(ours, date(2027, 3, day), time(8, 59))
        await wind(ours, date(2027, 3, day))
    (one,) = await opened(ours)
    assert (one.partner_id, one.occasion, one.due_on) == (number, Occasion.YEARLY, date(2027, 3, 9))
    assert one.opened_at.astimezone(CALENDAR.zone).hour == 9
    assert CALENDAR.day(one.opened_at) == date(2027, 3, 10)
    assert one.asks_partner
    this = await round_of(ours, one)
    assert set(this.standings) >= {METTE, ALI, SOFIE}


async def test_nothing_opens_before_the_library_is_switched_on(library: Library) -> None:
    await decide(library, coordinators=(KAREN,), partner_channel="C01")
    await partnership(library)
    await wind(library, date(2027, 3, 10))
    await wind(library, date(2027, 3, 16))
    assert await opened(library) == []
    await decide(library, switched_on=True)
    await wind(library, date(2027, 3, 17))
    assert len(await opened(library)) == 1


async def test_nothing_opens_in_the_evening_and_what_was_missed_comes_bit_by_bit(
    ours: Library,
) -> None:
    for number, user in enumerate((METTE, ALI, SOFIE, "U07", "U08", "U09")):
        await partnership(ours, f"Forening {number}", responsible=user)
    await wind(ours, date(2027, 3, 30), time(16, 1))  # the bot was down for three weeks
    assert await opened(ours) == []
    found: list[int] = []
    for day in (31, 32, 33, 36, 37, 38, 39, 40):
        await wind(ours, date(2027, 3, 1) + (day - 1) * DAY)
        found.append(len(await opened(ours)))
    assert found[0] <= 2
    assert found[-1] == 6
    assert found == sorted(found)
    assert all(n <= 4 for n in found[:3])


async def test_later_the_same_day_it_is_not_too_late(ours: Library) -> None:
    await partnership(ours)
    await wind(ours, date(2027, 3, 9), time(17))
    await wind(ours, date(2027, 3, 10), time(14, 30))
    assert len(await opened(ours)) == 1


async def test_the_coordinator_moves_one_and_takes_it_back(ours: Library) -> None:
    await partnership(ours)
    year = await open_year(ours)
    assert "Årets evalueringer" in year
    assert "Marts 2027" in year
    assert "onsdag den 10. marts 2027 Springbræt · én gang om året Spørger Mette og Spr" in year
    await choose(ours, "Flyt til …", "Springbræt")
    assert (await ours.submit({"to_on": "2027-07-06"}, KAREN))["ok"]
    year = said(await ours.view(KAREN))
    assert "tirsdag den 6. juli 2027" in year
    assert "Lagt her af en af jer. På den tid af året begynder der ellers ingen runder." in year
    await choose(ours, "Fortryd", "Springbræt")
    assert "onsdag den 10. marts 2027" in said(await ours.view(KAREN))
    await choose(ours, "Flyt til …", "Springbræt")
    assert (await ours.submit({"to_on": "2027-03-20"}, KAREN))["ok"]  # a Saturday
    assert "mandag den 22. marts 2027" in said(await ours.view(KAREN))
    await wind(ours, date(2027, 3, 10))
    await wind(ours, date(2027, 3, 19))
    assert await opened(ours) == []
    await wind(ours, date(2027, 3, 22))
    (one,) = await opened(ours)
    assert one.due_on == date(2027, 3, 9)


async def test_a_day_that_cannot_be_meant_is_told_at_its_field(ours: Library) -> None:
    await partnership(ours)
    await open_year(ours)
    await choose(ours, "Flyt til …", "Springbræt")
    told = await ours.submit({"to_on": "2026-11-20"}, KAREN)
    assert told["errors"] == {"to_on": "Vælg en dag, i dag eller senere."}
    told = await ours.submit({"to_on": "2029-11-20"}, KAREN)
    assert "mere end to år frem" in told["errors"]["to_on"]


async def test_one_left_out_is_not_asked_this_time(ours: Library) -> None:
    await partnership(ours)
    await open_year(ours)
    await choose(ours, "Spring over denne gang", "Springbræt")
    year = said(await ours.view(KAREN))
    assert "Springbræt · én gang om året Sprunget over denne gang." in year
    await wind(ours, date(2027, 3, 10))
    await wind(ours, date(2027, 6, 8))
    assert await opened(ours) == []
    await ours.close(KAREN)
    assert "marts 2028" in (await open_year(ours)).casefold()


async def test_asked_now_with_other_questions(ours: Library) -> None:
    number = await partnership(ours)
    await open_year(ours)
    await choose(ours, "Vælg andre spørgsmål …", "Springbræt")
    assert (await ours.submit({"instrument": "collaboration"}, KAREN))["ok"]
    await choose(ours, "Spørg nu …", "Springbræt")
    form = said(await ours.view(KAREN))
    assert "Jeg spørger Mette og Springbræt." in form
    assert (await ours.submit({}, KAREN))["ok"]
    (one,) = await opened(ours)
    assert (one.partner_id, one.instrument.id) == (number, "collaboration")
    assert CALENDAR.day(one.opened_at) == today(ours)
    assert "halvårs" not in said(await ours.view(KAREN))
    assert "tre spørgsmål midtvejs" in said(await ours.view(KAREN))


async def test_other_questions_open_nothing_that_has_no_room(ours: Library) -> None:
    await decide(ours, weeks_off=tuple(range(1, 54)))
    await partnership(ours)
    assert "Ikke plads det næste år Springbræt" in await open_year(ours)
    await choose(ours, "Vælg andre spørgsmål …", "Springbræt")
    assert (await ours.submit({"instrument": "collaboration"}, KAREN))["ok"]
    year = said(await ours.view(KAREN))
    assert "Ikke plads det næste år Springbræt" in year
    assert "En af jer har valgt spørgsmålene." in year
    await wind(ours, CALENDAR.working_day(today(ours), 1))
    await wind(ours, CALENDAR.working_day(today(ours), 1))
    assert await opened(ours) == []


async def test_other_questions_neither_pin_a_day_nor_take_one_back(ours: Library) -> None:
    await partnership(ours)
    await open_year(ours)
    await choose(ours, "Vælg andre spørgsmål …", "Springbræt")
    assert (await ours.submit({"instrument": "collaboration"}, KAREN))["ok"]
    year = said(await ours.view(KAREN))
    assert "onsdag den 10. marts 2027" in year
    assert "Lagt her af en af jer." not in year
    await choose(ours, "Fortryd", "Springbræt")
    assert "En af jer har valgt" not in said(await ours.view(KAREN))
    await choose(ours, "Flyt til …", "Springbræt")
    assert (await ours.submit({"to_on": "2027-03-22"}, KAREN))["ok"]
    await choose(ours, "Vælg andre spørgsmål …", "Springbræt")
    assert (await ours.submit({"instrument": "collaboration"}, KAREN))["ok"]
    year = said(await ours.view(KAREN))
    assert "mandag den 22. marts 2027" in year
    assert "Lagt her af en af jer. En af jer har valgt spørgsmålene." in year
    await wind(ours, date(2027, 3, 19))
    assert await opened(ours) == []
    await wind(ours, date(2027, 3, 22))
    (one,) = await opened(ours)
    assert one.instrument.id == "collaboration"


async def test_other_questions_do_not_take_up_what_was_left_out_meanwhile(ours: Library) -> None:
    number = await partnership(ours)
    await open_year(ours)
    await choose(ours, "Vælg andre spørgsmål …", "Springbræt")
    key, now = (number, Occasion.YEARLY, date(2027, 3, 9)), ours.house.clock.now()
    await ours.store.write(moves.move, TEAM, *key, to_on=None, by=METTE, now=now)
    told = await ours.submit({"instrument": "collaboration"}, KAREN)
    assert "sprunget over i mellemtiden" in str(told["errors"])
    await wind(ours, date(2027, 3, 10))
    assert await opened(ours) == []


async def test_who_uses_an_old_line_is_told(ours: Library) -> None:
    await partnership(ours)
    await open_year(ours)
    await choose(ours, "Flyt til …", "Springbræt")
    await wind(ours, date(2027, 3, 10))  # it opens behind her back
    assert await opened(ours)
    told = await ours.submit({"to_on": "2027-04-06"}, KAREN)
    assert "Den står ikke længere i året" in str(told["errors"])


async def test_a_long_year_has_pages_and_names_what_nobody_is_responsible_for(
    ours: Library,
) -> None:
    for number in range(20):
        await partnership(ours, f"Forening {number:02}", responsible=("U02", "U03")[number % 2])
    await partnership(ours, "Klubben", responsible=None)
    assert "Klubben" not in await open_year(ours)
    await ours.press("Længere frem", KAREN)
    year = said(await ours.view(KAREN))
    assert "Ingen tovholder, så ingen bliver spurgt Klubben" in year
    await ours.press("Tilbage", KAREN)
    assert "Forening 00" in said(await ours.view(KAREN))


async def test_only_the_coordinator_plans(ours: Library) -> None:
    home = said(await ours.home(KAREN))
    assert "Ingen evaluering er i gang. Jeg åbner dem selv i løbet af året." in home
    assert "De evalueringer" not in said(await ours.home(METTE))
    await ours.press_on_home("Se året", KAREN)
    assert "Der er ikke noget at evaluere" in said(await ours.view(KAREN))


async def test_a_partner_that_is_not_to_be_evaluated_is_not(ours: Library) -> None:
    await partnership(ours)
    await ours.write("Springbræt")
    await ours.press("Hvor tit?")
    assert (await ours.submit({"evaluate": ["never"]}))["ok"]
    await ours.close()
    await ours.write("Springbræt")
    assert "Ingen evaluering: En af jer har slået den fra." in said(await ours.message())
    assert "Der er ikke noget at evaluere" in await open_year(ours)
    await ours.press("Hvor tit?")
    assert (await ours.submit({"evaluate": [], "ask": "40", "on_the_way": "20"}))["ok"]
    await ours.close(KAREN)
    assert "Springbræt" in await open_year(ours)


async def test_the_library_chooses_how_often(ours: Library) -> None:
    await partnership(ours)
    await open_form(ours, "evaluation", KAREN)
    told = await ours.submit({"evaluate_months": "4"}, KAREN)
    assert not told["ok"]
    chosen = {"evaluate_months": "18", "evaluate_pulse": "no", "evaluate_before": "30"}
    assert (await ours.submit(chosen, KAREN))["ok"]
    assert "hver 18. måned · 14 dage efter en aktivitet" in said(await ours.view(KAREN))
    await ours.press("Se året", KAREN)
    assert "September 2027" in said(await ours.view(KAREN))


async def test_what_nobody_answered_is_asked_again(ours: Library) -> None:
    number = await partnership(ours)
    await wind(ours, date(2027, 3, 10))
    (one,) = await opened(ours)

    def again(conn: Connection, team: str, now: datetime) -> None:
        key = (number, one.occasion, one.due_on)
        moves.move(conn, team, *key, to_on=date(2027, 4, 20), by=METTE, now=now)

    await ours.store.write(again, TEAM, ours.house.clock.now())
    await wind(ours, date(2027, 4, 19))
    assert len(await opened(ours)) == 1
    await wind(ours, date(2027, 4, 20))
    first, second = await opened(ours)
    assert (second.occasion, second.due_on) == (first.occasion, date(2027, 4, 20))


async def test_forty_on_one_morning_all_open_where_they_were_put(ours: Library) -> None:
    day = date(2027, 2, 2)

    def put(conn: Connection, team: str, partner: int, now: datetime) -> None:
        key = (partner, Occasion.YEARLY, date(2027, 3, 9))
        moves.move(conn, team, *key, to_on=day, by=KAREN, now=now)

    for number in range(40):
        partner = await partnership(ours, f"Forening {number:02}", responsible="U02")
        await ours.store.write(put, TEAM, partner, ours.house.clock.now())
    await wind(ours, day)
    assert len(await opened(ours)) == 40


async def round_of(library: Library, one: Evaluation) -> Round:
    this = await library.store.read(evaluations.round_of, TEAM, one.id)
    assert this
    return this


async def test_a_second_bot_at_the_same_morning_opens_nothing_again(ours: Library) -> None:
    await partnership(ours)
    await wind(ours, date(2027, 3, 10), time(8, 59))
    other = Mornings()
    await wind(ours, date(2027, 3, 10))
    await other.look(ours.house, ours.house.clock.now())
    await other.look(ours.house, ours.house.clock.now() + timedelta(minutes=2))
    await ours.house.drain()
    assert len(await opened(ours)) == 1
