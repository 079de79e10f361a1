"""A weekly message that was said stays true: it is drawn anew whatever settles a line of it."""

from dataclasses import replace

from bot.partner import ContactPerson
from handlers.reminder_letter import compose
from storage import contact as contacts_of
from storage import delivery as deliveries
from storage import partner as register_of
from storage import reminder as told_of
from storage.database import Connection
from storage.delivery import Delivery, State
from tests.handlers.deliveries import TEAM
from tests.handlers.library import Library, said
from tests.handlers.test_privacy import persons
from tests.handlers.test_privacy_erasure import SURE
from tests.handlers.test_reminder import (
    ALI,
    DAY,
    METTE,
    hand_to_ali,
    letters,
    on,
    partner_morning,
    put_later,
    quiet,
    use,
)

__all__ = ["on"]


async def redrawn(library: Library) -> str:
    """Her message once more, when somebody has noted a contact with another of its partners."""
    await library.write("kontakt Repair Café Vest mødtes med dem", user=ALI)
    (letter,) = await letters(library)
    assert "Repair Café Vest: @U03 mødtes med dem i dag." in said(letter)
    return said(letter)


async def test_her_own_note_answers_her_message_and_no_second_contact_is_asked_for(
    on: Library,
) -> None:
    number = await quiet(on)
    await partner_morning(on)
    await on.write("kontakt Byens Museum: talte om festivalen", METTE)
    (letter,) = await letters(on)
    assert "Noteret." in said(letter)
    assert "Ja, for nylig" not in said(letter)
    await use(on, "reminder_undo")
    (letter,) = await letters(on)
    assert "Har I talt sammen?" in said(letter)
    assert not await on.store.read(contacts_of.of_partner, TEAM, number, limit=5)


async def test_what_a_click_said_still_stands_after_another_line_is_drawn_anew(
    on: Library,
) -> None:
    names = ("Byens Museum", "Kodeklubben", "Musikskolen")
    museum, club, school = [await quiet(on, name) for name in names]
    await quiet(on, "Repair Café Vest")
    await partner_morning(on)
    await put_later(on, "pause", museum)
    await put_later(on, "not_me", club)
    await put_later(on, "month", school)
    shown = await redrawn(on)
    assert "Byens Museum er sat på pause." in shown
    assert "Du er ikke længere tovholder for Kodeklubben." in shown
    assert "Musikskolen kommer igen tirsdag den" in shown


async def test_a_step_that_is_done_on_the_card_is_done_in_the_message(on: Library) -> None:
    morning = await partner_morning(on, before=DAY / 2)
    day = morning.date() + 2 * DAY
    number = await on.known(responsible=METTE, next_step="sende datoer", next_step_on=day)
    await quiet(on, "Repair Café Vest")
    await partner_morning(on)

    def done(conn: Connection, team: str) -> None:
        before = register_of.existing(conn, team, number, lock=True)
        after = replace(before, next_step="", next_step_on=None)
        register_of.update(conn, team, before, after, by=ALI, now=on.house.clock.now())

    await on.store.write(done, TEAM)
    assert "Springbræt: Det er gjort." in await redrawn(on)


async def test_a_partner_in_other_hands_is_asked_about_no_more(on: Library) -> None:
    await hand_to_ali(on)
    (letter,) = await letters(on)
    assert "Har I talt sammen?" not in said(letter)
    await use(on, "reminder_accept", ALI)
    assert "@U03 sagde ja og er nu tovholder for Byens Museum." in said((await letters(on))[0])


async def test_a_forgotten_persons_name_goes_from_this_weeks_message(on: Library) -> None:
    anne = ContactPerson("Anne Holm", email="anne@holm.dk")
    day = await partner_morning(on, before=DAY)
    await on.known(
        "Byens Museum",
        responsible=METTE,
        people=(anne,),
        next_step="ring til Anne Holm",
        next_step_on=day.date(),
    )
    await partner_morning(on)
    assert "Anne Holm" in said((await letters(on))[0])
    await persons(on, "Byens Museum", "U01")
    await on.press("Ret", "U01")
    await on.press("Anonymisér …", "U01")
    assert (await on.submit(SURE, "U01"))["ok"]
    (letter,) = await letters(on)
    assert "Anne Holm" not in said(letter)
    assert "Byens Museum: ring til [anonymiseret]" in said(letter)


async def test_a_process_that_comes_late_rewrites_nothing(on: Library) -> None:
    await quiet(on)
    morning = await partner_morning(on)
    await letters(on)
    before = await on.store.read(told_of.past, TEAM, METTE)
    await quiet(on, "Kodeklubben")
    key = f"reminder.weekly.{morning.strftime('%G-W%V')}.{METTE}"
    outcome = await on.store.read(deliveries.outcome, TEAM, key)
    assert outcome
    assert outcome.state is State.SAID
    late = Delivery("reminder.weekly", 0, METTE, morning, key)
    assert await compose(on.house, TEAM, late) is None
    assert await on.store.read(told_of.past, TEAM, METTE) == before
