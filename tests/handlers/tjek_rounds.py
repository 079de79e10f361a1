"""A round among colleagues as they play it: asked, answered, shown, decided."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.questions import load
from bot.reminder_budget import BEGINNING
from bot.round import Kind, Round
from bot.timetable import calendar_of
from bot.workspace import Workspace
from storage import round_queries
from storage.database import Connection
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide

METTE, ALI, SOFIE = "U02", "U03", "U06"
PARTNERS = "C01"
KAREN, GUEST, TOM = "U01", "U04", "U05"
YES = {question.id: "yes" for question in load("tjek").questions}
NO = dict.fromkeys(YES, "no")


async def ready(library: Library, **settings: Any) -> None:
    """The library is switched on and has its channel."""
    given = {"switched_on": True, "coordinators": ("U01",), "partner_channel": PARTNERS}
    await decide(library, **given | settings)


async def click(library: Library, words: str, target: Json, **how: Any) -> Json:
    """Press the button with these words in that view or message."""
    for block_id, element in elements(target):
        if element.get("text", {}).get("text") == words:
            ids = {"action_id": element["action_id"], "block_id": block_id}
            return await library.control("click", **ids, **how)
    raise AssertionError(f"no button “{words}” in: {said(target)}")


async def settled(library: Library) -> None:
    """Everything due now is said."""
    done = await library.look("idle?quiet_ms=50")
    assert done["idle"], done


async def messages(library: Library, user: str = METTE, channel: str = PARTNERS) -> list[Json]:
    channels = (await library.state(user))["channels"]
    here = next(c for c in channels if c["id"] == channel)
    found: list[Json] = [m for m in here["messages"] if not m["ephemeral"]]
    return found


async def parent(library: Library, user: str = METTE) -> Json:
    """The message about the round in the channel."""
    return (await messages(library, user))[-1]


async def thread(library: Library, user: str = METTE) -> list[Json]:
    found: list[Json] = (await parent(library, user))["replies"]
    return found


async def told(library: Library, user: str) -> str:
    """What that person alone is told now: the modal on top, or the last line in between."""
    state = await library.state(user)
    if state["views"]:
        return said(state["views"][-1])
    own = [m for c in state["channels"] for m in c["messages"] if m["ephemeral"]]
    assert own, "nothing was said"
    return said(max(own, key=lambda message: str(message["ts"])))


def working_day(library: Library, steps: int) -> date:
    """So many working days from today; the library has no closed days of its own."""
    return calendar_of(Workspace()).working_day(library.house.clock.now().date(), steps)


async def let_in(library: Library, *users: str) -> None:
    """These are in the partners' channel too."""
    everybody = ["U01", METTE, ALI, "U05", SOFIE, "U07", "U08", "U09", "U0BOT", *users]
    done = await library.control("channels", id=PARTNERS, members=everybody)
    assert done["ok"], done


async def direct(library: Library, user: str) -> list[Json]:
    """What the bot has written to that person."""
    found = [c for c in (await library.state(user))["channels"] if c["is_im"]]
    return [dict(m, channel=c["id"]) for c in found for m in c["messages"]]


async def press_direct(library: Library, user: str, words: str, nth: int = -1, **more: str) -> Json:
    message = (await direct(library, user))[nth]
    where = {"channel": message["channel"], "ts": message["ts"]}
    return await click(library, words, message, user=user, message=where, **more)


async def press_parent(library: Library, user: str, words: str) -> Json:
    message = await parent(library, user)
    where = {"channel": PARTNERS, "ts": message["ts"]}
    return await click(library, words, message, user=user, message=where)


async def press_thread(library: Library, user: str, words: str) -> Json:
    """Press a button in the first message of the thread that has it."""
    for message in await thread(library, user):
        if words in [e.get("text", {}).get("text") for _, e in elements(message)]:
            where = {"channel": PARTNERS, "ts": message["ts"]}
            return await click(library, words, message, user=user, message=where)
    raise AssertionError(f"no button “{words}” in the thread")


async def page(library: Library, answers: Mapping[str, str], user: str, **more: str) -> Json:
    """Fill in what the page on top asks, by question id, and press its button."""
    view = await library.view(user)
    asked = [b["block_id"] for b in view["blocks"] if b["block_id"].startswith("question.")]
    assert asked, said(view)
    values = {block: answers[block.removeprefix("question.")] for block in asked}
    return await library.submit(values | more, user)


async def pages(
    library: Library, user: str, answers: Mapping[str, str], notes: Mapping[str, str] | None = None
) -> None:
    """Go through all pages that are on top."""
    notes = notes or {}
    while (view := await library.view(user))["blocks"] and _asks(view):
        at = next(b["block_id"] for b in view["blocks"] if b["block_id"].startswith("note."))
        more = {at: notes[at]} if at in notes else {}
        done = await page(library, YES | dict(answers), user, **more)
        assert done["ok"], done


def _asks(view: Json) -> bool:
    return any(block["block_id"].startswith("question.") for block in view["blocks"])


async def asked(
    library: Library,
    *invited: str,
    words: str = "Pixelværket: fast VR-rum",
    own: Mapping[str, str] | None = None,
    **form: Any,
) -> None:
    """Mette asks colleagues; with her own answers first, or from the first form."""
    await library.write(f"tjek {words}")
    if own is not None:
        done = await library.submit({})
        assert done["ok"], done
        await pages(library, METTE, own)
    done = await library.press("Spørg kolleger")
    assert done["ok"], done
    done = await library.submit({"invited": list(invited or (ALI, SOFIE)), **form})
    assert done["ok"], done
    if "Du er ved at spørge" in said(await library.view()):
        done = await library.submit({})
        assert done["ok"], done
    await settled(library)


async def answers(
    library: Library,
    user: str,
    given: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    words: str = "",
) -> None:
    """That colleague answers from her invitation, or once more."""
    (*_, last) = await direct(library, user)
    again = "Ret mine svar" if "Ret mine svar" in str(last) else "Svar"
    done = await press_direct(library, user, words or again)
    assert done["ok"], done
    await pages(library, user, given or {}, notes)
    await library.close(user)
    await settled(library)


async def everybody_in(library: Library, given: Mapping[str, Mapping[str, str]]) -> None:
    """All of them answer, in that order."""
    for user, theirs in given.items():
        await answers(library, user, theirs)


async def decided(library: Library, choice: str, user: str = METTE, **fields: Any) -> Json:
    """Write the decision from the thread."""
    done = await press_thread(library, user, "Skriv beslutningen")
    assert done["ok"], done
    return await decided_in_form(library, choice, user, **fields)


async def decided_in_form(library: Library, choice: str, user: str = METTE, **fields: Any) -> Json:
    view = await library.view(user)
    ids = {"action_id": "tjek_round_choice", "block_id": "tjek_round_choice"}
    done = await library.control("click", user=user, view_id=view["id"], value=choice, **ids)
    assert done["ok"], done
    done = await library.submit({"tjek_round_choice": choice, **fields}, user)
    await settled(library)
    return done


async def wound(library: Library, hours: float, *, jump: bool = False) -> None:
    """Let that much time pass."""
    done = await library.control("clock", advance=hours * 3600, jump=jump)
    assert done["ok"], done
    await settled(library)


async def wound_to_wednesday(library: Library) -> date:
    """To a Wednesday late in a month, past the quiet beginning, with two working days after it."""
    calendar = calendar_of(Workspace())
    day = calendar.day(library.house.clock.now() + BEGINNING) + timedelta(days=1)
    while (
        day.day < 15
        or day.weekday() != 2
        or calendar.working_day(day - timedelta(days=1), 3).weekday() != 4
    ):
        day += timedelta(days=1)
    morning = calendar.moment(day, time(10))
    await wound(library, (morning - library.house.clock.now()).total_seconds() / 3600, jump=True)
    return day


async def wound_past_deadline(library: Library) -> None:
    """To an hour after the latest deadline of the open rounds; the bot was down meanwhile."""
    now = library.house.clock.now()
    (this,) = await library.store.read(open_rounds, now)
    await wound(library, (this.deadline - now).total_seconds() / 3600 + 1, jump=True)


def open_rounds(conn: Connection, now: datetime) -> list[Round]:
    return round_queries.due(conn, "T01", Kind.TJEK, now + timedelta(days=365))


def revealed(found: list[Json]) -> list[str]:
    """The messages with answers."""
    return [said(message) for message in found if "Svarene om" in said(message)]
