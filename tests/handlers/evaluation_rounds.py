"""An evaluation as colleagues and the partner's people play it: opened, answered."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.evaluation_questions import LOW, Instrument
from bot.round import Round, deadline_on
from bot.timetable import calendar_of
from bot.workspace import Workspace
from handlers import round as desk_of
from storage import round_queries
from storage.database import Connection
from tests.handlers import evaluations
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.wire import api

METTE, ALI, SOFIE = "U02", "U03", "U06"
KAREN, GUEST, TOM = "U01", "U04", "U05"
ANNE = "U50"  # somebody of the partner's
CHANNEL = "C01"
LAST = "evaluation_note.last"


async def ready(library: Library, **settings: object) -> None:
    """The library is switched on and has its channel."""
    given = {"switched_on": True, "coordinators": (KAREN,), "partner_channel": CHANNEL}
    await decide(library, **given | settings)


async def opened(
    library: Library,
    partner: str = "Springbræt",
    instrument: str | Instrument = "collaboration",
    invited: Collection[str] = (METTE, ALI, SOFIE),
    voices: Collection[str] = ("@0",),
    days: int = 5,
) -> int:
    """Mette is responsible for them; the number of the round that is open now."""
    now = library.house.clock.now()
    number = await library.known(partner, responsible=METTE)
    calendar = calendar_of(Workspace())
    deadline = deadline_on(calendar.working_day(now.date(), days), calendar)
    one = evaluations.new(number, now, instrument, subject="lektiecafé")

    def open_it(conn: Connection, team: str) -> Round:
        this = evaluations.put(conn, team, one, [*invited, *voices], deadline=deadline)
        desk_of.opened(conn, team, this, now)
        return this

    this = await library.store.write(open_it, "T01")
    library.house.wake()
    await settled(library)
    return this.id


async def visitor(library: Library, user: str = ANNE, name: str = "anne") -> None:
    """Somebody of the partner's is in the channel, which both share."""
    await library.control("members", id=user, name=name, is_stranger=True)
    here = ["U01", METTE, ALI, GUEST, TOM, SOFIE, "U07", "U08", "U09", "U0BOT", user]
    done = await library.control("channels", id=CHANNEL, members=here, is_ext_shared=True)
    assert done["ok"], done


async def settled(library: Library) -> None:
    """Everything due now is said."""
    done = await library.look("idle?quiet_ms=50")
    assert done["idle"], done


async def parent(library: Library, user: str = METTE) -> Json:
    """The message that the thread hangs on."""
    channels = (await library.state(user))["channels"]
    here = next(c for c in channels if c["id"] == CHANNEL)
    found = [m for m in here["messages"] if not m["ephemeral"] and "evaluation_" in str(m)]
    message: Json = found[-1]
    return message


async def press(library: Library, user: str, action_id: str) -> Json:
    """Press the parent message's button of that id."""
    message = await parent(library, user)
    where = {"channel": CHANNEL, "ts": message["ts"]}
    for block_id, element in elements(message):
        if element["action_id"].partition(".")[0] == action_id:
            ids = {"action_id": element["action_id"], "block_id": block_id}
            return await library.control("click", user=user, message=where, **ids)
    raise AssertionError(f"no {action_id} in: {said(message)}")


async def look(library: Library, user: str, number: int) -> None:
    """[Se runden], which may have come into any hand: an old button gives no rights."""
    words = {"type": "plain_text", "text": "Se runden"}
    element = {"type": "button", "action_id": "evaluation_look", "text": words}
    blocks = [{"type": "actions", "block_id": "x", "elements": [{**element, "value": f"{number}"}]}]
    told = await api(library, "chat.postMessage", channel="C03", text="Her", blocks=blocks)
    where = {"channel": "C03", "ts": told["ts"]}
    await library.control("click", user=user, action_id="evaluation_look", message=where)


async def begin(library: Library, user: str) -> Json:
    """[Svar] in the channel; the form that opens."""
    done = await press(library, user, "evaluation_answer")
    assert done["ok"], done
    return await library.view(user)


async def choose(library: Library, user: str, question: str, answer: str) -> Json:
    """One click in the form, as Slack tells of it at once."""
    view = await library.view(user)
    name = f"evaluation_choice.{question}"
    ids = {"action_id": name, "block_id": name}
    done = await library.control("click", user=user, view_id=view["id"], value=answer, **ids)
    assert done["ok"], done
    return await library.view(user)


async def answers(
    library: Library,
    user: str,
    given: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
) -> None:
    """From the channel's button to the end; 4 or "met" where nothing else is said."""
    given, notes = given or {}, notes or {}
    view = await begin(library, user)
    while asked := _asked(view):
        for question in asked:
            if given.get(question) in LOW:
                await choose(library, user, question, given[question])
        written = {f"evaluation_note.{key}": text for key, text in notes.items()}
        fields = [name for name, _ in elements(await library.view(user))]
        filled = {
            f"evaluation_choice.{question}": given.get(question, usual)
            for question, usual in asked.items()
        } | {name: text for name, text in written.items() if name in fields}
        done = await library.submit(filled, user)
        assert done["ok"], done
        view = await library.view(user)
    await library.close(user)
    await settled(library)


def _asked(view: Json) -> dict[str, str]:
    """The questions on that page, each with a good answer."""
    return {
        name.removeprefix("evaluation_choice."): element["options"][-3]["value"]
        if len(element["options"]) > 3
        else "met"
        for name, element in elements(view)
        if name.startswith("evaluation_choice.")
    }


async def told(library: Library, user: str) -> str:
    """What that person alone is told now: the modal on top, or the last line in between."""
    state = await library.state(user)
    if state["views"]:
        return said(state["views"][-1])
    own = [m for c in state["channels"] for m in c["messages"] if m["ephemeral"]]
    assert own, "nothing was said"
    return said(max(own, key=lambda message: str(message["ts"])))


async def standing(library: Library, number: int) -> Round:
    return await library.store.read(round_queries.existing, "T01", number)


async def wound_past_deadline(library: Library, number: int) -> None:
    """To an hour after it."""
    this = await standing(library, number)
    left = this.deadline - library.house.clock.now() + timedelta(hours=1)
    done = await library.control("clock", advance=left.total_seconds(), jump=True)
    assert done["ok"], done
    await settled(library)
