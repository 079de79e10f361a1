"""What the responsible is told when a colleague moves her partner."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.circle import Level
from bot.reminder_budget import BEGINNING
from bot.timetable import calendar_of
from bot.timetable_week import NINE
from bot.workspace import Frequency, Language, Member, Workspace
from storage import partner
from storage import workspace as settings_of
from storage.database import Connection
from tests.handlers.library import Json, Library, said
from tests.handlers.library_settings import decide
from tests.handlers.test_circle import EARLIER, add, begin, close, fill, today

METTE, ALI, SOFIE = "U02", "U03", "U06"


async def on(library: Library) -> None:
    """The bot may speak and is past its quiet beginning, on a morning when it does so unasked."""
    await decide(library, switched_on=True)
    calendar, day = calendar_of(Workspace()), timedelta(days=1)
    morning = today(library) + BEGINNING + day
    # Nobody is off the day after, either.
    while not all(calendar.is_working(morning + n * day) for n in range(2)):
        morning += day
    at = calendar.moment(morning, NINE).isoformat()
    await library.control("clock", now=at, jump=True)


async def direct(library: Library, user: str = METTE) -> list[Json]:
    """What the bot has said to her alone, once all that is due is said."""
    done = await library.look("idle?quiet_ms=50")
    assert done["idle"], done
    channels = (await library.state(user))["channels"]
    return [m for c in channels if c["is_im"] for m in c["messages"] if m.get("bot_id")]


async def moved_by(library: Library, user: str, name: str = "springbræt") -> str:
    """Springbræt becomes a collaboration; what is said to the one who moves them."""
    await begin(library, name, user)
    await fill(library, user, activity="yes")
    shown = said(await fill(library, user, what="en lektiecafé"))
    await close(library, user)
    return shown


async def hand_over(library: Library, number: int, to: str) -> None:
    def write(conn: Connection) -> None:
        before = partner.existing(conn, "T01", number, lock=True)
        partner.update(conn, "T01", before, replace(before, responsible=to), by=ALI, now=EARLIER)

    await library.store.write(write)


async def test_the_responsible_is_told_who_moved_her_partner_and_why(library: Library) -> None:
    await on(library)
    await add(library)
    assert "@U02 er tovholder og får besked af mig." in await moved_by(library, ALI)
    (message,) = await direct(library)
    shown = said(message)
    assert "@U03 har flyttet Springbræt fra netværk til samarbejde: en lektiecafé." in shown
    assert "Du får det at vide, når en kollega flytter nogen, du er tovholder for." in shown
    assert message["text"] == "En kollega har flyttet Springbræt fra netværk til samarbejde."
    button = message["blocks"][-1]["elements"][0]
    channels = (await library.state(METTE))["channels"]
    here = next(c["id"] for c in channels if c["is_im"])
    await library.control(
        "click",
        user=METTE,
        action_id=button["action_id"],
        block_id=message["blocks"][-1]["block_id"],
        message={"channel": here, "ts": message["ts"]},
    )
    assert "Vi samarbejder med Springbræt." in said(await library.message(METTE, here))


async def test_her_own_step_is_no_news_to_her(library: Library) -> None:
    await on(library)
    await add(library)
    shown = await moved_by(library, METTE)
    assert "Du er tovholder." in shown
    assert "besked" not in shown
    assert not await direct(library)


async def test_nobody_is_responsible_and_nobody_is_told(library: Library) -> None:
    await on(library)
    await add(library, responsible=None)
    assert "Ingen er tovholder for dem" in await moved_by(library, ALI)
    assert not await direct(library)


async def test_before_the_bot_may_speak_the_colleague_says_it_herself(library: Library) -> None:
    await add(library)
    assert "men får ikke besked af mig. Sig det selv." in await moved_by(library, ALI)
    await on(library)
    assert not await direct(library)


async def test_who_wants_no_messages_is_told_by_the_colleague(library: Library) -> None:
    await on(library)
    silent = Member(frequency=Frequency.NEVER)
    await library.store.write(settings_of.save_member, "T01", METTE, silent, EARLIER)
    await add(library)
    assert "men får ikke besked af mig. Sig det selv." in await moved_by(library, ALI)
    assert not await direct(library)


async def test_it_is_said_in_her_language(library: Library) -> None:
    await on(library)
    await library.store.write(settings_of.set_language, "T01", METTE, Language.ENGLISH, EARLIER)
    library.house.forget("T01")
    await add(library)
    await moved_by(library, ALI)
    (message,) = await direct(library)
    assert "@U03 has moved Springbræt from network to collaboration: en lektiecafé." in said(
        message
    )


async def test_an_end_is_told_too(library: Library) -> None:
    await on(library)
    await add(library, level=Level.PARTNERSHIP)
    await begin(library, user=ALI)
    await library.press("Slut pænt af", ALI)
    view = await fill(library, ALI, reason="foreningen er nedlagt.")
    assert "@U02 er tovholder og får besked af mig." in said(view)
    (message,) = await direct(library)
    assert "@U03 har sluttet pænt af med Springbræt: foreningen er nedlagt." in said(message)
    assert message["text"] == "En kollega har sluttet pænt af med Springbræt."


@pytest.mark.parametrize("steps", [1, 2])
async def test_one_message_a_day_and_only_the_newest_step(library: Library, steps: int) -> None:
    await on(library)
    await add(library, "Byorkestret")
    await moved_by(library, ALI, "byorkestret")
    assert len(await direct(library)) == 1
    number = await add(library)
    await moved_by(library, ALI)
    if steps == 2:
        await begin(library, user=ALI)
        await fill(library, ALI, repeated="yes", framed="yes")
        await fill(library, ALI, reason="aftalen")
        await close(library, ALI)
    assert len(await direct(library)) == 1
    await library.control("clock", advance=timedelta(days=4).total_seconds())
    _, newest = await direct(library)
    way = ("fra netværk til samarbejde", "fra samarbejde til partnerskab")[steps - 1]
    assert f"@U03 har flyttet Springbræt {way}: " in said(newest)
    assert (await library.store.read(partner.existing, "T01", number)).responsible == METTE


async def test_who_is_no_longer_responsible_is_not_told(library: Library) -> None:
    await on(library)
    await add(library, "Byorkestret")
    await moved_by(library, ALI, "byorkestret")
    number = await add(library)
    await moved_by(library, ALI)
    await hand_over(library, number, SOFIE)
    await library.control("clock", advance=timedelta(days=2).total_seconds())
    assert len(await direct(library)) == 1
    assert not await direct(library, SOFIE)
