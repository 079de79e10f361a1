"""The weekly message, as the colleagues of a library get it while the clock is wound forward."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.contact import Contact, Kind
from bot.partner import Partner, Status
from bot.round_step import Step
from bot.timetable import calendar_of
from bot.timetable_week import Tuesdays
from bot.tjek import Check
from bot.workspace import ClosedDays, Frequency, Member, Workspace
from storage import contact as contacts_of
from storage import partner as register_of
from storage import reminder as told_of
from storage import tjek as checks_of
from storage import tjek_step as steps_of
from storage import workspace as settings_of
from tests.handlers.deliveries import TEAM
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide

METTE, ALI, SOFIE = "U02", "U03", "U06"
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# The usual calendar: the tests wind to a partner morning of the weeks to come, whichever it is.
TUESDAYS = Tuesdays(calendar_of(Workspace()))


async def quiet(library: Library, name: str = "Byens Museum", **fields: Any) -> int:
    """A partner of Mette's whom nobody has been in touch with for long."""
    now = library.house.clock.now() - 400 * DAY
    new = Partner(name, **{"responsible": METTE, **fields})
    return (await library.store.write(register_of.add, TEAM, new, by=METTE, now=now)).id


async def wind(library: Library, to: datetime) -> None:
    told = await library.control("clock", now=to.isoformat(), jump=True)
    assert told["ok"], told


async def partner_morning(library: Library, *, before: timedelta = timedelta()) -> datetime:
    """Wind to the next one, or to some time before it."""
    morning = TUESDAYS.following(library.house.clock.now())
    assert morning
    await wind(library, morning - before)
    return morning


async def letters(library: Library, user: str = METTE) -> list[Json]:
    """What the bot has said to her alone."""
    done = await library.look("idle?quiet_ms=50")
    assert done["idle"], done
    channels = (await library.state(user))["channels"]
    return [
        m
        for c in channels
        if c["is_im"]
        for m in c["messages"]
        if m.get("bot_id") and not m["ephemeral"]
    ]


async def use(
    library: Library, action: str, user: str = METTE, *, nth: int = -1, **more: Any
) -> Json:
    """Use the first element of a message to her, the newest, whose action begins so."""
    letter = (await letters(library, user))[nth]
    channels = (await library.state(user))["channels"]
    here = next(c["id"] for c in channels if c["is_im"] and letter in c["messages"])
    for block_id, element in elements(letter):
        if element["action_id"].startswith(action):
            return await library.control(
                "click",
                user=user,
                action_id=element["action_id"],
                block_id=block_id,
                message={"channel": here, "ts": letter["ts"]},
                **more,
            )
    raise AssertionError(f"no {action} in: {said(letter)}")


async def put_later(library: Library, way: str, number: int) -> None:
    done = await use(library, "reminder_later", value=f"{way}:care.{number}")
    assert done["ok"], done


async def talked(library: Library, number: int, by: str = ALI) -> None:
    now = library.house.clock.now()
    contact = Contact(number, Kind.TALKED, (now - DAY).date(), by, now, "festivalen")
    await library.store.write(contacts_of.note, TEAM, contact)


async def chose(library: Library, user: str, **settings: Any) -> None:
    now = library.house.clock.now()
    await library.store.write(settings_of.save_member, TEAM, user, Member(**settings), now)


async def stored(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, TEAM, number)


@pytest.fixture
async def on(library: Library) -> Library:
    """A library that let the bot speak long ago."""
    await decide(library, coordinators=("U01",), switched_on=True)
    await wind(library, library.house.clock.now() + 5 * WEEK)
    return library


async def test_it_comes_on_tuesday_at_nine_and_says_why(on: Library) -> None:
    number = await quiet(on)
    await quiet(on, "Repair Café Vest", next_step="sende datoer")
    await partner_morning(on, before=timedelta(minutes=1))
    assert not await letters(on)
    morning = await partner_morning(on)
    assert morning.astimezone(TUESDAYS.calendar.zone).hour == 9
    (letter,) = await letters(on)
    shown = said(letter)
    assert "To ting i din partneruge" in shown
    assert "Byens Museum · netværk" in shown
    assert "Har I talt sammen?" in shown
    assert "Du får den, fordi der venter noget på dig: højst én om ugen" in shown
    assert "Byens Museum" in letter["text"]
    assert not await letters(on, ALI)
    assert number


async def test_nothing_comes_when_nothing_is_due(on: Library) -> None:
    await on.known(responsible=METTE)
    await partner_morning(on)
    assert not await letters(on)


async def test_nothing_comes_before_the_library_has_switched_it_on(library: Library) -> None:
    await quiet(library)
    await partner_morning(library)
    assert not await letters(library)
    await decide(library, switched_on=True)
    await wind(library, library.house.clock.now() + DAY)
    assert not await letters(library)
    await partner_morning(library)
    assert len(await letters(library)) == 1


async def test_a_contact_that_somebody_else_noted_yesterday_silences_it(on: Library) -> None:
    number = await quiet(on)
    await partner_morning(on, before=DAY / 2)
    await talked(on, number)
    await partner_morning(on)
    assert not await letters(on)


async def test_twice_and_then_it_stands_on_home(on: Library) -> None:
    await quiet(on)
    await partner_morning(on)
    for _ in range(6):
        await wind(on, on.house.clock.now() + WEEK)
    first, second = await letters(on)
    assert "Det er anden gang" not in said(first)
    assert "Det er anden gang, jeg nævner Byens Museum." in said(second)
    assert float(second["ts"]) - float(first["ts"]) >= 14 * 86_400 - 3_600


async def test_a_closed_tuesday_moves_it_to_the_next_day(on: Library) -> None:
    await quiet(on)
    morning = await partner_morning(on, before=DAY)
    closed = morning.date()
    await decide(on, closed_days=(ClosedDays(first=closed, last=closed),))
    await wind(on, morning + timedelta(hours=1))
    assert not await letters(on)
    await wind(on, morning + DAY)
    assert len(await letters(on)) == 1


async def test_july_is_silent(on: Library) -> None:
    now = on.house.clock.now()
    await wind(on, now.replace(year=now.year + (now.month >= 7), month=7, day=1, hour=4))
    await quiet(on)
    for _ in range(30):
        await wind(on, on.house.clock.now() + DAY)
    assert not await letters(on)
    await partner_morning(on)
    assert len(await letters(on)) == 1


async def test_yes_notes_the_contact_and_undo_takes_it_back(on: Library) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await use(on, "reminder_yes")
    (letter,) = await letters(on)
    assert "Noteret." in said(letter)
    assert "Har I talt sammen" not in said(letter)
    assert "højst én om ugen" in said(letter)
    (contact,) = await on.store.read(contacts_of.of_partner, TEAM, number, limit=5)
    assert contact.noted_by == METTE
    await use(on, "reminder_line")
    assert (await on.view())["title"]
    await on.close()
    await use(on, "reminder_undo")
    (letter,) = await letters(on)
    assert "Har I talt sammen?" in said(letter)
    assert not await on.store.read(contacts_of.of_partner, TEAM, number, limit=5)


async def test_later_is_later(on: Library) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await put_later(on, "month", number)
    assert "Byens Museum kommer igen tirsdag den" in said((await letters(on))[0])
    for _ in range(3):
        await wind(on, on.house.clock.now() + WEEK)
    assert len(await letters(on)) == 1
    for _ in range(3):
        await wind(on, on.house.clock.now() + WEEK)
    assert len(await letters(on)) == 2


async def test_on_a_day_of_her_own_choice(on: Library) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await put_later(on, "date", number)
    day = (on.house.clock.now() + 3 * WEEK).date().isoformat()
    assert (await on.submit({"on": day}))["ok"]
    assert "Byens Museum kommer igen tirsdag den" in said(await on.view())
    await wind(on, on.house.clock.now() + 2 * WEEK)
    assert len(await letters(on)) == 1


async def test_put_to_rest_and_not_hers(on: Library) -> None:
    museum, cafe = await quiet(on), await quiet(on, "Repair Café Vest")
    await partner_morning(on)
    await put_later(on, "pause", museum)
    await put_later(on, "not_me", cafe)
    (letter,) = await letters(on)
    assert "Byens Museum er sat på pause." in said(letter)
    assert (
        "tovholder for Repair Café Vest. Nu spørger Venner af huset, hvem der tager den."
        in said(letter)
    )
    assert (await stored(on, museum)).status is Status.RESTING
    assert (await stored(on, cafe)).responsible is None


async def hand_to_ali(on: Library) -> int:
    number = await quiet(on)
    await partner_morning(on)
    await put_later(on, "hand_over", number)
    assert (await on.submit({"to": ALI}))["ok"]
    assert "er Byens Museum stadig din" in said(await on.view())
    await on.close()
    return number


async def test_handed_over_to_one_who_says_yes(on: Library) -> None:
    number = await hand_to_ali(on)
    (letter,) = await letters(on, ALI)
    assert "@U02 spørger, om du vil være tovholder for Byens Museum (netværk)." in said(letter)
    await use(on, "reminder_accept", ALI)
    assert "Du er nu tovholder for Byens Museum." in said((await letters(on, ALI))[0])
    partner = await stored(on, number)
    assert (partner.responsible, partner.known_by) == (ALI, (METTE,))


async def test_who_says_no_is_left_alone_and_the_giver_hears_of_it(on: Library) -> None:
    number = await hand_to_ali(on)
    await use(on, "reminder_decline", ALI)
    assert (await stored(on, number)).responsible == METTE
    await wind(on, on.house.clock.now() + 2 * DAY)
    letter = (await letters(on))[-1]
    assert "@U03 kan ikke lige nu. Byens Museum er stadig din." in said(letter)
    await use(on, "reminder_release")
    assert (await stored(on, number)).responsible is None


async def test_while_she_is_away_her_deputy_is_asked(on: Library) -> None:
    await quiet(on, deputy=SOFIE)
    await quiet(on, "Repair Café Vest")
    away = (on.house.clock.now() + 3 * WEEK).date()
    await chose(on, METTE, away_until=away)
    await partner_morning(on)
    assert not await letters(on)
    (letter,) = await letters(on, SOFIE)
    assert "Byens Museum" in said(letter)
    assert "Repair Café Vest" not in said(letter)


async def test_once_a_month_with_one_click(on: Library) -> None:
    await quiet(on)
    await partner_morning(on)
    await use(on, "reminder_fewer")
    member = await on.store.read(settings_of.member, TEAM, METTE)
    assert member.frequency is Frequency.MONTHLY
    assert "Hver uge igen" in said((await letters(on))[-1])
    await use(on, "reminder_weekly")
    member = await on.store.read(settings_of.member, TEAM, METTE)
    assert member.frequency is Frequency.WEEKLY
    assert "Skriv sjældnere" in said((await letters(on))[-1])


async def test_her_own_zone_decides_when_it_is_nine(on: Library) -> None:
    await on.control("members", id=METTE, tz="America/Nuuk")
    on.house.profiles.drop(TEAM, METTE)
    await quiet(on)
    morning = await partner_morning(on)
    assert not await letters(on)
    await wind(on, morning + timedelta(hours=4))
    assert len(await letters(on)) == 1


async def test_three_letters_without_a_click_and_it_comes_monthly_said_once(on: Library) -> None:
    for n in range(25):
        await quiet(on, f"Partner {n}")
    shown = []
    for _ in range(14):
        await partner_morning(on)
        shown = [said(letter) for letter in await letters(on)]
    monthly = "så nu skriver jeg kun den første tirsdag i måneden."
    assert [monthly in text for text in shown[:4]] == [False, False, False, True]
    assert len([text for text in shown if monthly in text]) == 1
    assert len(shown) <= 7
    await use(on, "reminder_weekly", nth=3)
    before = len(await letters(on))
    await quiet(on, "Endnu en")
    await partner_morning(on)
    await partner_morning(on)
    assert len(await letters(on)) > before


async def test_home_keeps_what_is_due_and_what_is_put_off(on: Library) -> None:
    number = await quiet(on)
    home = said(await on.home())
    assert "Byens Museum · netværk" in home
    assert "Har I talt sammen?" in home
    await partner_morning(on)
    await put_later(on, "month", number)
    assert "Du ville høre om det igen" in said(await on.home())
    await on.press_on_home("Ja, for nylig")
    assert "Noteret: I har talt med Byens Museum for nylig." in said(await on.view())
    await on.close()
    assert "Har I talt sammen?" not in said(await on.home())


async def test_home_names_who_is_on_the_way(on: Library) -> None:
    now = on.house.clock.now() - 200 * DAY
    new = Partner("Kodeklubben Nord", responsible=METTE)
    await on.store.write(register_of.add, TEAM, new, by=METTE, now=now)
    assert "På vej Det haster ikke: Det kan vente lidt at tale med Kodeklubben Nord igen." in said(
        await on.home()
    )
    await quiet(on)
    await partner_morning(on)
    (letter,) = await letters(on)
    assert "På vej, men ingen hast: Kodeklubben Nord." in said(letter)


async def test_with_whom_something_is_due_it_does_not_say_that_it_can_wait(on: Library) -> None:
    now = on.house.clock.now()
    for name, step in (("Kodeklubben Nord", "hold det første møde"), ("Byens Kor", "")):
        day = now.date() - 2 * DAY if step else None
        new = Partner(name, responsible=METTE, next_step=step, next_step_on=day)
        await on.store.write(register_of.add, TEAM, new, by=METTE, now=now - 200 * DAY)
    home = said(await on.home())
    assert "Kodeklubben Nord: hold det første møde" in home
    assert "Det kan vente lidt at tale med Byens Kor igen." in home


async def test_an_offer_is_answered_on_home_as_well(on: Library) -> None:
    number = await hand_to_ali(on)
    assert "@U02 spørger, om du vil være tovholder for Byens Museum (" in said(await on.home(ALI))
    await on.press_on_home("Ja, det vil jeg", ALI)
    assert (await stored(on, number)).responsible == ALI


async def test_her_own_next_step_is_named_in_the_week_of_its_day(on: Library) -> None:
    morning = await partner_morning(on, before=DAY / 2)
    day = morning.date() + 2 * DAY
    await on.known(responsible=METTE, next_step="sende forårets datoer", next_step_on=day)
    await partner_morning(on)
    (letter,) = await letters(on)
    assert "Springbræt: sende forårets datoer" in said(letter)
    await use(on, "reminder_done")
    (letter,) = await letters(on)
    assert "Springbræt: Det er gjort. Notér kontakt Fortryd" in said(letter)
    await use(on, "reminder_back")
    (letter,) = await letters(on)
    assert "Springbræt: sende forårets datoer" in said(letter)
    await use(on, "reminder_done")
    await wind(on, on.house.clock.now() + 2 * WEEK)
    assert len(await letters(on)) == 1


async def test_nobody_is_lost_when_a_colleague_leaves_slack(on: Library) -> None:
    await partner_morning(on, before=DAY - timedelta(hours=1))
    museum = await quiet(on, known_by=(SOFIE,))
    await quiet(on, "Repair Café Vest")
    await on.control("members", id=METTE, deleted=True)
    (letter,) = await letters(on, "U01")
    assert "er ikke længere i Slack. 2 partnere mangler en tovholder." in said(letter)
    await use(on, "reminder_left_list", "U01")
    shown = said(await on.view("U01"))
    assert "Byens Museum" in shown
    assert "Repair Café Vest" in shown
    await on.close("U01")
    await use(on, "reminder_left_ask", "U01")
    (offer,) = await letters(on, SOFIE)
    assert "@U01 spørger, om du vil være tovholder for Byens Museum (" in said(offer)
    await use(on, "reminder_accept", SOFIE)
    assert (await stored(on, museum)).responsible == SOFIE


async def test_a_colleagues_contact_shows_in_the_message_that_was_sent(on: Library) -> None:
    number = await quiet(on)
    await quiet(on, "Repair Café Vest")
    await partner_morning(on)
    await on.write("kontakt Byens Museum talte med Anne om festivalen", user=ALI)
    (letter,) = await letters(on)
    shown = said(letter)
    assert "Byens Museum: @U03 talte med dem i dag." in shown
    assert shown.count("Har I talt sammen?") == 1  # the other one is still open
    assert "Repair Café Vest" in shown
    (contact,) = await on.store.read(contacts_of.of_partner, TEAM, number, limit=5)
    await on.store.write(contacts_of.undo, TEAM, contact.id, now=on.house.clock.now())
    await on.write("hjælp", user=ALI)
    await on.write("kontakt Repair Café Vest mødtes med dem", user=ALI)
    (letter,) = await letters(on)
    assert "Repair Café Vest: @U03 mødtes med dem i dag." in said(letter)
    assert "Byens Museum · netværk" in said(letter)


async def test_a_message_that_cannot_be_changed_any_more_holds_nothing_up(on: Library) -> None:
    await quiet(on)
    await partner_morning(on)
    await on.control("faults", method="chat.update", times=1, error="message_not_found")
    await on.write("kontakt Byens Museum talte med Anne", user=ALI)
    (letter,) = await letters(on)
    assert "Har I talt sammen?" in said(letter)
    assert len([one for one in await on.log("api") if one["name"] == "chat.update"]) == 1


async def test_what_was_mentioned_counts_although_the_bot_was_started_anew(on: Library) -> None:
    """What stands in a message is stored before it is said: no process need remember it."""
    await quiet(on)
    await on.control("faults", method="chat.postMessage", times=1, drop_answer=True)
    await partner_morning(on)
    past = await on.store.read(told_of.past, TEAM, METTE)
    assert [len(one.mentioned) for one in past.values()] == [1]


async def test_a_day_that_has_passed_comes_back_with_a_sentence(on: Library) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await put_later(on, "date", number)
    gone = (on.house.clock.now() - DAY).date().isoformat()
    refused = await on.submit({"on": gone})
    assert refused["errors"] == {"on": "Vælg en dag, i dag eller senere."}
    far = (on.house.clock.now() + 400 * DAY).date().isoformat()
    refused = await on.submit({"on": far})
    assert "inden for et år" in refused["errors"]["on"]


async def test_what_she_was_chosen_for_after_a_check_stands_in_it_once(on: Library) -> None:
    number = await on.known("Pixelværket", responsible=METTE)
    now = on.house.clock.now()
    new = Check(ALI, now, partner_id=number, partner_name="Pixelværket", idea="fast VR-rum")
    check = await on.store.write(checks_of.start, TEAM, new)
    step = Step("spørg om pengene", (now + 9 * DAY).date(), (METTE,))
    await on.store.write(steps_of.assign, TEAM, check.id, step, by=ALI, now=now)
    await partner_morning(on)
    (letter,) = await letters(on)
    assert "Pixelværket – fast VR-rum: spørg om pengene" in said(letter)
    await use(on, "tjek_step_done")
    (letter,) = await letters(on)
    assert "Her venter ikke mere." in said(letter)
    assert "spørg om pengene" not in said(letter)


async def test_the_giver_hears_that_the_partner_is_in_good_hands(on: Library) -> None:
    await hand_to_ali(on)
    await use(on, "reminder_accept", ALI)
    await wind(on, on.house.clock.now() + 2 * DAY)
    letter = said((await letters(on))[-1])
    assert "@U03 sagde ja og er nu tovholder for Byens Museum." in letter
    assert "Du får det at vide, fordi du har spurgt." in letter
    assert "Skriv sjældnere" in letter


async def test_a_week_that_the_library_wants_off_is_silent(on: Library) -> None:
    await quiet(on)
    morning = await partner_morning(on, before=DAY)
    await decide(on, weeks_off=(morning.isocalendar().week,))
    await wind(on, morning + 5 * DAY)
    assert not await letters(on)
    await partner_morning(on)
    assert len(await letters(on)) == 1


async def test_somebody_who_left_while_nobody_looked_is_found(on: Library) -> None:
    await quiet(on)
    on.house.profiles.put({"deleted": True}, TEAM, METTE)
    await on.known("Springbræt", responsible=ALI)
    await partner_morning(on)
    (letter,) = await letters(on, "U01")
    assert "Én partner mangler en tovholder." in said(letter)
    assert "fordi du er koordinator" in said(letter)
    assert "Én partner mangler en tovholder." in said(await on.home("U01"))
    for _ in range(8):
        await wind(on, on.house.clock.now() + WEEK)
    assert len(await letters(on, "U01")) == 2
