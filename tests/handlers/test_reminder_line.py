"""A line of the weekly message after it was answered, put off or overtaken, and whose it is."""

import re
from dataclasses import replace

import pytest

from bot.circle_question import Kind as Asks
from bot.circle_question import Question
from bot.partner import Status
from bot.workspace import Frequency
from storage import circle_question
from storage import partner as register_of
from storage import workspace as settings_of
from tests.handlers.deliveries import TEAM
from tests.handlers.library import Library, elements, said
from tests.handlers.test_reminder import (
    ALI,
    DAY,
    METTE,
    SOFIE,
    TUESDAYS,
    WEEK,
    chose,
    letters,
    on,
    partner_morning,
    put_later,
    quiet,
    stored,
    use,
    wind,
)

__all__ = ["on"]  # the fixture

ONCE_A_WEEK = "højst én om ugen"


async def shown(library: Library, user: str = METTE, nth: int = -1) -> str:
    return said((await letters(library, user))[nth])


async def ways(library: Library, nth: int = -1) -> list[str]:
    return [one["action_id"] for _, one in elements((await letters(library))[nth])]


async def test_a_message_drawn_anew_keeps_the_day_of_a_step(on: Library) -> None:
    morning = await partner_morning(on, before=DAY / 2)
    await on.known(responsible=METTE, next_step="ring", next_step_on=morning.date() + 2 * DAY)
    await quiet(on)
    await partner_morning(on)
    before = re.findall(r"Springbræt: ring \([^)]+\)", await shown(on))
    assert before
    await wind(on, on.house.clock.now() + DAY)
    await on.write("kontakt Byens Museum talte med Anne", user=ALI)
    after = await shown(on)
    assert "@U03 talte med dem" in after
    assert re.findall(r"Springbræt: ring \([^)]+\)", after) == before


async def test_monthly_by_silence_stays_so_until_she_asks_for_every_week(on: Library) -> None:
    for n in range(25):
        await quiet(on, f"Partner {n}")
    while len(await letters(on)) < 4:
        await partner_morning(on)
    assert "så nu skriver jeg kun den første tirsdag i måneden." in await shown(on)
    await on.write("hjælp", user=METTE)
    member = await on.store.read(settings_of.member, TEAM, METTE)
    assert member.frequency is Frequency.MONTHLY
    for _ in range(2):
        await partner_morning(on)
    assert len(await letters(on)) <= 5


async def test_who_chose_monthly_reads_so_and_how_to_get_it_weekly(on: Library) -> None:
    await chose(on, METTE, frequency=Frequency.MONTHLY)
    await quiet(on)
    while not await letters(on):
        await partner_morning(on)
    letter = await shown(on)
    assert "højst én om måneden" in letter
    assert ONCE_A_WEEK not in letter
    assert "Skriv sjældnere" not in letter
    await use(on, "reminder_weekly")
    member = await on.store.read(settings_of.member, TEAM, METTE)
    assert member.frequency is Frequency.WEEKLY


async def test_what_she_put_off_comes_back_without_a_count(on: Library) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await put_later(on, "week", number)
    for _ in range(8):
        await partner_morning(on)
    first, second = [said(one) for one in await letters(on)]
    assert "kommer igen" in first
    assert "anden gang" not in second


async def test_two_things_of_one_partner_both_stand_in_it_while_there_is_room(
    on: Library,
) -> None:
    due = on.house.clock.now().date()
    number = await on.known(responsible=METTE, next_step="ring", next_step_on=due)
    await on.store.write(circle_question.put, TEAM, Question(Asks.WHAT_NOW, number, number, due))
    await partner_morning(on)
    letter = await shown(on)
    assert "To ting i din partneruge" in letter
    assert letter.count("Springbræt") == 2
    assert "Springbræt: ring" in letter
    assert "på fanen Home." not in letter


async def test_many_things_are_counted_in_words(on: Library) -> None:
    for number in range(7):
        await quiet(on, f"Partner {number}")
    due = on.house.clock.now().date()
    for name in ("Repair Café Vest", "Byorkestret"):
        await on.known(name, responsible=METTE, next_step="ring", next_step_on=due)
    await partner_morning(on)
    letter = await shown(on)
    assert "Ni ting i din partneruge" in letter
    assert "Og fire mere på fanen Home." in letter
    assert "Venter på dig (9)" in said(await on.home(METTE))


async def test_a_day_chosen_in_the_form_is_the_same_in_the_message_and_on_home(
    on: Library,
) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await put_later(on, "date", number)
    day = on.house.clock.now().date() + 9 * DAY  # a Thursday
    assert (await on.submit({"on": day.isoformat()}))["ok"]
    sentence = said(await on.view())
    await on.close()
    letter = await shown(on)
    assert "Byens Museum kommer igen tirsdag den" in letter
    assert not [one for one in await ways(on) if one.startswith("reminder_yes")]
    when = letter.partition("kommer igen ")[2].partition(" og står")[0]
    assert when in sentence
    assert f"Du ville høre om det igen {when}." in said(await on.home())


async def test_handed_over_in_the_form_the_line_says_so(on: Library) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await put_later(on, "hand_over", number)
    assert (await on.submit({"to": ALI}))["ok"]
    letter = await shown(on)
    assert "Jeg spørger @U03. Indtil der er svar, er Byens Museum stadig din." in letter
    assert not [one for one in await ways(on) if one.startswith("reminder_later")]


@pytest.mark.parametrize("way", ["not_me", "pause"])
async def test_one_click_too_many_is_undone(on: Library, way: str) -> None:
    number = await quiet(on, status=Status.POSSIBLE)
    await partner_morning(on)
    await put_later(on, way, number)
    await use(on, "reminder_back")
    partner = await stored(on, number)
    assert (partner.responsible, partner.status) == (METTE, Status.POSSIBLE)
    assert [one for one in await ways(on) if one.startswith("reminder_yes")]


async def test_what_a_colleague_has_taken_since_is_not_taken_back(on: Library) -> None:
    number = await quiet(on)
    await quiet(on, "Repair Café Vest")
    await partner_morning(on)
    await put_later(on, "not_me", number)
    await on.control("faults", method="chat.update", times=1, error="message_not_found")
    taken = replace(await stored(on, number), responsible=ALI)
    now = on.house.clock.now()
    await on.store.write(register_of.update, TEAM, await stored(on, number), taken, by=ALI, now=now)
    refused = await use(on, "reminder_back")
    assert refused["ok"]
    assert (await stored(on, number)).responsible == ALI
    await on.write("kontakt Repair Café Vest talte med Anne", user=ALI)
    letter = await shown(on)
    assert "Du er ikke længere tovholder for Byens Museum." in letter
    assert not [one for one in await ways(on) if one.startswith("reminder_back")]


async def test_a_deputys_line_says_why_it_is_hers(on: Library) -> None:
    await quiet(on, deputy=SOFIE)
    await quiet(on, "Repair Café Vest", responsible=SOFIE)
    away = (on.house.clock.now() + 3 * WEEK).date()
    await chose(on, METTE, away_until=away)
    await partner_morning(on)
    assert (await shown(on, SOFIE)).count("mens @U02 er væk") == 1


async def test_the_deputy_she_named_hears_of_her_steps_and_decisions(on: Library) -> None:
    today = on.house.clock.now().date()
    number = await on.known("Byorkestret", responsible=METTE, next_step="ring", next_step_on=today)
    other = await on.known("Sparekassen", responsible=METTE)
    await on.store.write(circle_question.put, TEAM, Question(Asks.TRIAL, other, other, today))
    await chose(on, METTE, away_until=today + 3 * WEEK, deputy=SOFIE)
    await partner_morning(on)
    letter = await shown(on, SOFIE)
    assert "Byorkestret: ring" in letter
    assert "Sparekassen" in letter
    assert letter.count("Jeg spørger dig, mens @U02 er væk.") == 2
    home = said(await on.home(SOFIE))
    assert "Byorkestret: ring" in home
    assert "Jeg spørger dig, mens @U02 er væk." in home
    assert number


async def test_on_its_own_day_a_step_is_today_and_home_has_the_button(on: Library) -> None:
    day = TUESDAYS.calendar.day(await partner_morning(on, before=DAY / 2))
    await on.known("Byorkestret", responsible=METTE, next_step="ring", next_step_on=day)
    await partner_morning(on)
    assert "Byorkestret: ring (i dag)" in await shown(on)
    home = said(await on.home(METTE))
    assert "Byorkestret: ring (i dag) Gjort" in home


async def test_a_day_is_chosen_in_a_form_that_names_the_partner(on: Library) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await put_later(on, "date", number)
    assert "Hvornår skal jeg vende tilbage til Byens Museum?" in said(await on.view(METTE))


async def test_a_step_that_is_nobodys_says_why_it_is_mentioned_to_her(on: Library) -> None:
    today = on.house.clock.now().date()
    await on.known("Byorkestret", known_by=(METTE,), next_step="ring", next_step_on=today)
    await on.known(
        "Byens Museum",
        responsible=SOFIE,
        known_by=(METTE,),
        next_step="skrive",
        next_step_on=today,
    )
    await on.known("Springbræt", next_step="mødes", next_step_on=today)
    await on.control("members", id=SOFIE, name="sofie", deleted=True)
    await partner_morning(on)
    why = "Der er ingen tovholder lige nu, og du kender dem."
    assert (await shown(on)).count(why) == 2
    assert said(await on.home(METTE)).count(why) == 2
    coordinator = said(await on.home("U01"))
    assert "Der er ingen tovholder lige nu, og du er koordinator." in coordinator
