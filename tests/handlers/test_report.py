"""A quarter's page through the front door, and its coming by the sandbox's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.circle import Level, Move, Why
from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.tjek import Check, Decision
from bot.workspace import Frequency, Member
from handlers.tick_plan import Kind
from storage import circle, tjek
from storage import delivery as deliveries
from storage import partner as register_of
from storage import workspace as settings_of
from storage.delivery import Delivery, State
from tests.handlers.deliveries import TEAM, Greeter, direct, idle, outcome
from tests.handlers.library import Library, elements, said
from tests.handlers.library_settings import decide

KAREN, METTE, TOM = "U01", "U02", "U05"
DECEMBER = datetime(2026, 12, 10, 12, tzinfo=UTC)
# Copenhagen is an hour ahead of UTC in winter.
NINE = datetime(2027, 1, 5, 8, tzinfo=UTC)
KEY = f"report.2026-Q4.{KAREN}"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def wind(library: Library, to: datetime) -> None:
    told = await library.control("clock", now=to.isoformat(), jump=True)
    assert told["ok"], told
    assert await idle(library)


async def own(library: Library, user: str = KAREN) -> Member:
    return await library.store.read(settings_of.member, TEAM, user)


async def wishes(library: Library, user: str = KAREN, **more: object) -> None:
    chosen = Member(quarterly=True, **more)  # type: ignore[arg-type] # as a test names them
    now = library.house.clock.now()
    await library.store.write(settings_of.save_member, TEAM, user, chosen, now)


async def moved(library: Library, name: str = "Byens Museum") -> int:
    number = await library.known(name, level=Level.COLLABORATION, responsible=METTE)
    now = library.house.clock.now()
    step = Move(number, Level.COLLABORATION, Level.PARTNERSHIP, Why.FRAME, METTE, now)
    await library.store.write(circle.move, TEAM, step)
    return number


async def declined(library: Library, idea: str = "Fast VR-rum") -> None:
    now = library.house.clock.now()
    new = await library.store.write(tjek.start, TEAM, Check(METTE, now, idea=idea))
    reason = "Vi har ikke timerne."
    no = Decision.KINDLY_NO
    await library.store.write(
        tjek.decide, TEAM, new.id, decision=no, reason=reason, by=METTE, now=now
    )


@pytest.fixture
async def december(library: Library) -> Library:
    """Switched on long ago, on a day in December that the bot has seen."""
    await decide(library, coordinators=(KAREN,), switched_on=True)
    await wind(library, DECEMBER)
    return library


# The page.


async def test_the_page_of_an_empty_house(library: Library) -> None:
    await library.write("kvartal", user=KAREN)
    told = said(await library.view(KAREN))
    assert told.startswith("4. kvartal 2026")
    assert "1. okt. til og med 23. nov." in told
    assert "Ingen er flyttet i cirklen." in told
    assert "Intet har flyttet sig, vi har ikke sagt nej til noget" in told


async def test_what_moved_what_we_said_no_to_and_what_is_to_be_decided(library: Library) -> None:
    await moved(library)
    await declined(library)
    await library.known("Repair Café Vest", level=Level.COLLABORATION)
    await library.write("ledelse", user=KAREN)
    told = said(await library.view(KAREN))
    assert "1 indad i cirklen, 0 udad." in told
    assert "Byens Museum fra samarbejde til partnerskab: det gentages i en større ramme" in told
    assert "Fast VR-rum: ”Vi har ikke timerne”" in told
    assert "Uden tovholder: Repair Café Vest" in told
    assert "0 kontakter med 0 partnere, 2 nye. Hele kvartalet før: 0 kontakter" in told


async def test_in_english_for_who_has_chosen_it(library: Library) -> None:
    now = library.house.clock.now()
    await library.known("Repair Café Vest", level=Level.COLLABORATION)
    await library.write("indstillinger", user=TOM)
    await library.submit({"language": "en"}, user=TOM)
    await library.close(TOM)
    await library.write("quarter", user=TOM)
    told = said(await library.view(TOM))
    assert told.startswith(f"Quarter 4, {now.year}")
    assert "Nobody is responsible: Repair Café Vest" in told
    assert "Send it to me every quarter" in told


async def test_its_menu_leads_to_a_card(library: Library) -> None:
    number = await moved(library)
    await library.write("kvartal", user=KAREN)
    view = await library.view(KAREN)
    done = await library.control(
        "click",
        user=KAREN,
        view_id=view["id"],
        block_id="report_ways",
        action_id="partner_show.report",
        value=str(number),
    )
    assert done["ok"], done
    assert "Vi har et partnerskab med Byens Museum." in said(await library.view(KAREN))


async def test_back_a_quarter_and_on_again(library: Library) -> None:
    await moved(library)
    await library.known("Repair Café Vest", level=Level.COLLABORATION)
    await library.write("kvartal", user=KAREN)
    told = said(await library.view(KAREN))
    assert "Kvartalet efter" not in told
    assert "Det skal besluttes nu" in told
    await library.press("Kvartalet før", KAREN)
    told = said(await library.view(KAREN))
    assert told.startswith("3. kvartal 2026")
    assert "Byens Museum" not in told
    assert "Det skal besluttes nu" not in told
    assert "vi har ikke sagt nej til noget" in told
    await library.press("Kvartalet efter", KAREN)
    assert "Byens Museum" in said(await library.view(KAREN))


async def test_a_guest_gets_a_sentence(library: Library) -> None:
    await library.control("members", id=METTE, name="mette", is_restricted=True)
    await library.write("kvartal")
    assert "Partnerbot er for bibliotekets ansatte." in said(await library.message())


# Choosing it.


async def test_chosen_and_given_up_on_the_page(library: Library) -> None:
    await library.write("kvartal", user=KAREN)
    await library.press("Send mig den hvert kvartal", KAREN)
    assert (await own(library)).quarterly
    when = "Den kommer som besked fra mig den første partnerdag i kvartalet: tirsdag den 5. januar"
    assert when in said(await library.view(KAREN))
    await library.press("Send den ikke mere", KAREN)
    assert await own(library) == Member()
    assert "Send mig den hvert kvartal" in said(await library.view(KAREN))


async def test_what_else_she_has_chosen_stays(library: Library) -> None:
    await wishes(library, deputy=METTE, frequency=Frequency.NEVER)
    await library.write("kvartal", user=KAREN)
    assert "Du har valgt, at jeg aldrig skriver til dig" in said(await library.view(KAREN))
    await library.press("Send den ikke mere", KAREN)
    assert await own(library) == Member(deputy=METTE, frequency=Frequency.NEVER)
    assert "aldrig skriver" not in said(await library.view(KAREN))


async def test_it_is_chosen_in_the_settings_too(library: Library) -> None:
    await library.write("indstillinger", user=KAREN)
    assert (await library.submit({"quarterly": ["quarterly"]}, user=KAREN))["ok"]
    assert (await own(library)).quarterly
    await library.close(KAREN)
    await library.write("indstillinger", user=KAREN)
    assert (await library.submit({"frequency": "monthly"}, user=KAREN))["ok"]
    assert await own(library) == Member(frequency=Frequency.MONTHLY, quarterly=True)


# Its coming.


async def test_on_the_first_partner_morning_and_not_before(december: Library) -> None:
    await moved(december)
    await wishes(december)
    await wind(december, NINE - MINUTE)
    assert not await direct(december, KAREN)
    await wind(december, NINE)
    assert await direct(december, KAREN) == ["4. kvartal 2026"]
    assert not await direct(december, METTE)
    await wind(december, NINE + 7 * DAY)
    assert len(await direct(december, KAREN)) == 1


async def test_what_it_says_and_how_it_is_stopped(december: Library) -> None:
    number = await moved(december)
    await wishes(december)
    await wind(december, NINE)
    channels = (await december.state(KAREN))["channels"]
    (message,) = [m for c in channels if c["is_im"] for m in c["messages"] if m.get("bot_id")]
    told = said(message)
    assert "1. okt. til og med 31. dec." in told
    assert "Byens Museum fra samarbejde til partnerskab" in told
    assert "fordi du har bedt om den" in told
    where = next(c["id"] for c in channels if c["is_im"])
    (block, stop) = next(e for e in elements(message) if e[1]["action_id"] == "report_stop")
    at = {"channel": where, "ts": message["ts"]}
    ids = {"block_id": block, "action_id": stop["action_id"]}
    assert (await december.control("click", user=KAREN, message=at, **ids))["ok"]
    assert not (await own(december)).quarterly
    ids = {"block_id": "report_ways", "action_id": "report_page.back"}
    assert (await december.control("click", user=KAREN, message=at, **ids))["ok"]
    assert said(await december.view(KAREN)).startswith("3. kvartal 2026")
    assert await december.store.read(register_of.get, TEAM, number)


async def test_nothing_to_tell_is_not_told(december: Library) -> None:
    await wishes(december)
    await wind(december, NINE)
    assert not await direct(december, KAREN)
    assert (await outcome(december, KEY)).state is State.DROPPED


async def test_it_is_decided_when_it_is_sent(december: Library) -> None:
    """Given up, away and a guest: all since the morning was planned."""
    await moved(december)
    for user in (KAREN, METTE):
        await wishes(december, user, away_until=(NINE + 9 * DAY).date())
    await wind(december, NINE)
    assert not await direct(december, KAREN)
    now = december.house.clock.now()
    await december.store.write(settings_of.save_member, TEAM, KAREN, Member(), now)
    await december.control("members", id=METTE, name="mette", is_restricted=True)
    await wind(december, NINE + 9 * DAY)
    assert "4. kvartal 2026" not in await direct(december, KAREN)
    assert "4. kvartal 2026" not in await direct(december, METTE)
    assert (await outcome(december, KEY)).state is State.DROPPED


async def test_she_has_asked_for_it_so_it_waits_for_no_room(december: Library) -> None:
    """What the bot would say by itself has none: two messages in the same week."""
    await moved(december)
    await wishes(december)
    told = Greeter("Round")
    december.house.plan.kinds["Round"] = Kind(
        told.compose, unasked=True, says=Budgeted.INVITATION, value=Value.ROUND
    )
    for days in (4, 1):
        await wind(december, NINE - days * DAY)
        at = december.house.clock.now()
        await december.store.write(
            deliveries.put, TEAM, Delivery("Round", 1, KAREN, at, f"Round.{days}")
        )
    await wind(december, NINE)
    assert (await direct(december, KAREN))[-1] == "4. kvartal 2026"


async def test_who_never_wants_to_be_written_to_gets_none(december: Library) -> None:
    await moved(december)
    await wishes(december, frequency=Frequency.NEVER)
    await wind(december, NINE)
    assert not await direct(december, KAREN)


async def test_before_it_is_switched_on_a_quarter_only_passes(library: Library) -> None:
    await decide(library, coordinators=(KAREN,))
    await wind(library, DECEMBER)
    await moved(library)
    await wishes(library)
    await wind(library, NINE)
    await decide(library, switched_on=True)
    await wind(library, NINE + DAY)
    assert not await direct(library, KAREN)


async def test_not_in_july(december: Library) -> None:
    await wishes(december)
    await wind(december, datetime(2027, 6, 20, 12, tzinfo=UTC))
    await moved(december)
    await wind(december, datetime(2027, 7, 31, 12, tzinfo=UTC))
    before = len(await direct(december, KAREN))
    await wind(december, datetime(2027, 8, 3, 7, tzinfo=UTC))
    assert (await direct(december, KAREN))[before:] == ["2. kvartal 2027"]


async def test_missed_while_the_bot_was_away_it_comes_later(december: Library) -> None:
    await moved(december)
    await wishes(december)
    await wind(december, NINE + 16 * DAY)
    assert await direct(december, KAREN) == ["4. kvartal 2026"]
