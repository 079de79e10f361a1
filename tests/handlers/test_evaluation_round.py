"""An evaluation's round led to its end, and where it is listed meanwhile."""

from bot.evaluation_questions import LAST
from bot.round import Standing, State, Why
from handlers.views.evaluation_round import SHOW
from storage import round as rounds
from storage import round_sheets
from storage.database import Connection
from tests.handlers.evaluation_rounds import (
    ALI,
    CHANNEL,
    KAREN,
    METTE,
    SOFIE,
    TOM,
    answers,
    look,
    opened,
    parent,
    press,
    ready,
    settled,
    standing,
    told,
    wound_past_deadline,
)
from tests.handlers.library import Library, elements, said
from tests.handlers.partner_rounds import browser, linked, words
from tests.handlers.test_circle_said import moved_by
from tests.handlers.test_reminder import partner_morning
from tests.handlers.tjek_rounds import direct, press_direct, wound_to_wednesday
from tests.handlers.wire import show_modal


async def sheets(library: Library, number: int) -> int:
    def of(conn: Connection, team: str) -> int:
        voices = (METTE, ALI, SOFIE, "@0", "1", "2", "3", "@#1")
        found = [round_sheets.own(conn, team, number, voice) for voice in voices]
        return sum(bool(sheet.answers) for sheet in found)

    return await library.store.read(of, "T01")


async def answer_outside(library: Library, number: int) -> None:
    """The partner answers by another way than Slack."""
    now = library.house.clock.now()

    def write(conn: Connection, team: str) -> None:
        rounds.answer(conn, team, number, "@0", answers={"easy": "4"}, notes={}, now=now)

    await library.store.write(write, "T01")


async def test_who_leads_it_sees_how_many_have_answered_and_who_is_told_to_nobody(
    library: Library,
) -> None:
    await ready(library)
    number = await opened(library)
    await answers(library, ALI)
    await answer_outside(library, number)
    await look(library, METTE, number)
    shown = said(await library.view())
    assert "2 af 4 har svaret." in shown
    assert "@U03" not in shown
    assert "Springbræt har svaret." in shown
    assert "@0" not in shown
    await library.close()
    for user in (ALI, TOM, KAREN):
        await look(library, user, number)
        assert "Det er @U02, der står for runden, så det er @U02, der kan det." in await told(
            library, user
        )
    assert "@U03" not in said(await parent(library))


async def test_who_leads_it_cannot_show_one_colleagues_answer_beside_her_own(
    library: Library,
) -> None:
    await ready(library)
    number = await opened(library, invited=(METTE, ALI, SOFIE, KAREN, TOM), voices=())
    await answers(library, ALI, {"easy": "1"})
    await answers(library, METTE)
    await look(library, METTE, number)
    assert "Vis svarene nu" not in str(await library.view())
    await library.close()
    await show_anyway(library, METTE, number)
    assert "Vent, til mindst 3 af jer har svaret" in await told(library, METTE)
    assert (await standing(library, number)).state is State.OPEN
    await answers(library, SOFIE)
    await look(library, METTE, number)
    await library.press("Vis svarene nu")
    await settled(library)
    assert (await standing(library, number)).state is State.REVEALED


async def show_anyway(library: Library, user: str, number: int) -> None:
    """[Vis svarene nu] from a view of before."""
    words = {"type": "plain_text", "text": "Vis"}
    element = {"type": "button", "action_id": SHOW, "text": words, "value": f"{number}"}
    view = {"type": "modal", "callback_id": "x", "title": words}
    blocks = [{"type": "actions", "block_id": "x", "elements": [element]}]
    opened_view = await show_modal(library, {**view, "blocks": blocks}, user)
    ids = {"block_id": "x", "action_id": SHOW}
    await library.control("click", user=user, view_id=opened_view, **ids)


async def test_who_leads_it_shows_the_answers_before_the_deadline(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await answers(library, ALI)
    await answers(library, METTE)
    await answers(library, SOFIE)
    await look(library, METTE, number)
    done = await library.press("Vis svarene nu")
    assert done["ok"], done
    assert "Svarene er på vej ind i tråden." in said(await library.view())
    await settled(library)
    this = await standing(library, number)
    assert (this.state, this.why) == (State.REVEALED, Why.CALLED)
    assert (await parent(library))["replies"]
    assert await sheets(library, number) == 3


async def test_who_has_not_answered_yet_shows_nothing(library: Library) -> None:
    await ready(library)
    number = await opened(library, invited=(METTE, ALI, SOFIE, KAREN))
    for user in (ALI, SOFIE, KAREN):
        await answers(library, user)
    await look(library, METTE, number)
    words = [e.get("text", {}).get("text") for _, e in elements(await library.view())]
    assert "Vis svarene nu" not in words
    assert "Svar selv" in words
    done = await library.press("Jeg svarer ikke selv")
    assert done["ok"], done
    assert "Vis svarene nu" in str(await library.view())


async def test_called_off_nobody_sees_anything(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await answers(library, ALI, notes={LAST: "Hemmeligt"})
    await look(library, METTE, number)
    await library.press("Aflys runden")
    await settled(library)
    assert (await standing(library, number)).state is State.CANCELLED
    assert await sheets(library, number) == 0
    assert "Runden er aflyst." in said(await library.view())
    channels = (await library.state(METTE))["channels"]
    here = next(c for c in channels if c["id"] == CHANNEL)
    assert not [e for m in here["messages"] for _, e in elements(m) if "answer" in e["action_id"]]


async def test_the_deadline_shows_them_by_itself(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await answers(library, ALI)
    await answers(library, SOFIE)
    await wound_past_deadline(library, number)
    this = await standing(library, number)
    assert (this.state, this.why) == (State.REVEALED, Why.DEADLINE)
    assert len((await parent(library))["replies"]) == 1


async def test_the_last_answer_shows_them(library: Library) -> None:
    await ready(library)
    number = await opened(library, invited=(ALI, SOFIE))
    await answers(library, ALI)
    await answer_outside(library, number)
    await answers(library, SOFIE)
    assert (await standing(library, number)).why is Why.ALL_IN


async def test_who_declines_is_waited_for_no_more_and_the_channel_message_stands(
    library: Library,
) -> None:
    await ready(library)
    number = await opened(library)
    before = await parent(library)
    await answers(library, ALI)
    await press(library, ALI, "evaluation_decline")
    await settled(library)
    assert "Det er helt i orden." in await told(library, ALI)
    after = await parent(library)
    assert after["ts"] == before["ts"]
    assert "0 af 3 har svaret" in said(after)
    assert (await standing(library, number)).standings[ALI] is Standing.DECLINED
    assert await sheets(library, number) == 0


async def test_that_the_partner_would_rather_talk_reaches_who_leads_and_the_thread(
    library: Library,
) -> None:
    await ready(library)
    number = await opened(library, invited=(METTE, ALI))
    note = {LAST: "Ring til Bo <om> torsdagen"}
    async with browser(library) as web:
        token = await linked(library, await standing(library, number))
        status, html = await web.send(token, {"easy": "2"}, note, do="meeting")
    assert status == 200
    assert "Det, I skrev, er ikke sendt. Tag det med, når I taler om det." in words(html)
    assert "Ring til Bo &lt;om&gt; torsdagen" in html
    await look(library, METTE, number)
    shown = said((await library.state(METTE))["views"][-1])
    assert "Springbræt vil hellere tale om det, når I ses." in shown
    assert "kan ikke denne gang" not in shown
    await library.close(METTE)
    await answers(library, METTE)
    await answers(library, ALI)
    channels = (await library.state(METTE))["channels"]
    thread = " ".join(
        said(reply) for c in channels for m in c["messages"] for reply in m.get("replies", ())
    )
    assert "Springbræt vil hellere tale om det, når I ses." in thread
    assert "ikke noget svar fra Springbræt" not in thread
    assert "Ring til Bo" not in str(await library.log("api"))


async def test_that_they_would_rather_talk_stands_where_nobody_answered(library: Library) -> None:
    await ready(library)
    number = await opened(library, invited=(METTE, ALI))
    async with browser(library) as web:
        token = await linked(library, await standing(library, number))
        await web.send(token, do="meeting")
    await wound_past_deadline(library, number)
    channels = (await library.state(METTE))["channels"]
    thread = " ".join(
        said(reply) for c in channels for m in c["messages"] for reply in m.get("replies", ())
    )
    assert "Springbræt vil hellere tage det på et møde" in thread


async def test_who_would_rather_meet_may_think_again_until_the_deadline(library: Library) -> None:
    await ready(library)
    number = await opened(library, invited=(METTE, ALI))
    for user in (METTE, ALI):
        await press(library, user, "evaluation_decline")
    async with browser(library) as web:
        token = await linked(library, await standing(library, number))
        _, html = await web.send(token, do="meeting")
        assert "Skifter I mening, kan I svare med det samme link" in words(html)
        assert (await standing(library, number)).state is State.OPEN
        assert "I kan stadig svare her, hvis I vil." in words((await web.get(token))[1])
    await wound_past_deadline(library, number)
    assert (await standing(library, number)).state is State.REVEALED
    above = await parent(library)
    for told_there in (said(above), " ".join(said(one) for one in above["replies"])):
        assert "Springbræt vil hellere tage det på et møde" in told_there
        assert "Ingen nåede" not in told_there
    assert "Tag det på et møde" in str(above["replies"])


async def test_who_answers_after_all_is_heard_at_once(library: Library) -> None:
    await ready(library)
    number = await opened(library, invited=(METTE,))
    await press(library, METTE, "evaluation_decline")
    async with browser(library) as web:
        token = await linked(library, await standing(library, number))
        await web.send(token, do="meeting")
        status, _ = await web.send(token, {"easy": "4"})
    assert status == 200
    assert (await standing(library, number)).state is State.REVEALED


async def test_nobody_waits_for_who_has_left_slack(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await library.control("members", id=SOFIE, name="sofie", deleted=True)
    await settled(library)
    this = await standing(library, number)
    assert this.standings[SOFIE] is Standing.LEFT
    assert "0 af 3 har svaret" in said(await parent(library))


async def test_once_the_responsible_has_left_it_falls_to_the_coordinator(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await library.control("members", id=METTE, name="mette", deleted=True)
    await settled(library)
    assert (await standing(library, number)).caller_left
    await look(library, KAREN, number)
    assert "Aflys runden" in str(await library.view(KAREN))
    await library.close(KAREN)
    home = said(await library.home(KAREN))
    assert "Hvordan går det med Springbræt? 0 af 3 har svaret." in home


# Where it is listed


async def test_home_has_what_waits_and_what_is_hers_to_end(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    assert "Hvordan går det med Springbræt? Dit svar mangler. Frist " in said(
        await library.home(ALI)
    )
    await library.press_on_home("Svar", ALI)
    assert "Er det let at arbejde sammen?" in said(await library.view(ALI))
    mine = said(await library.home(METTE))
    assert mine.count("Hvordan går det med Springbræt?") == 1
    assert "Dit eget svar mangler. 0 af 4 har svaret." in mine
    await library.press_on_home("Se runden", METTE)
    assert "0 af 4 har svaret." in said(await library.view(METTE))
    await library.close(METTE)
    await answers(library, METTE)
    await answers(library, SOFIE)
    await wound_past_deadline(library, number)
    mine = said(await library.home(METTE))
    assert "Svarene om Springbræt er vist." in mine
    await library.press_on_home("Skriv beslutningen", METTE)
    view = await library.view(METTE)
    assert "2 af 4 har svaret. Svarene står i tråden." in said(view)
    ids = [element["action_id"] for _, element in elements(view)]
    assert {"evaluation_go_on", "evaluation_result"} < set(ids)
    assert "Hvordan går det med" not in said(await library.home(ALI))


async def test_the_weekly_message_asks_her_too_who_leads_it(library: Library) -> None:
    await ready(library)
    await wound_to_wednesday(library)
    await opened(library, days=9)
    await partner_morning(library)
    for user in (METTE, ALI):
        (letter,) = [m for m in await direct(library, user) if "reminder" in str(m)]
        assert "Hvordan går det med Springbræt? · dit svar mangler" in said(letter)
    await press_direct(library, METTE, "Svar")
    assert "Er det let at arbejde sammen?" in said(await library.view())


async def test_moved_while_it_is_open_the_responsible_hears_and_the_answers_say_so(
    library: Library,
) -> None:
    await ready(library)
    number = await opened(library, voices=())
    assert "@U02 er tovholder og får besked af mig." in await moved_by(library, ALI)
    for user in (METTE, ALI):
        await answers(library, user)
    while (await standing(library, number)).state is State.OPEN:
        done = await library.control("clock", advance=3600, jump=True)
        assert done["ok"], done
        await settled(library)
    heard = [said(one) for one in await direct(library, METTE)]
    assert any("@U03 har flyttet Springbræt fra netværk til samarbejde" in one for one in heard)
    first = said((await parent(library))["replies"][0])
    assert "Siden runden åbnede, er Springbræt flyttet i cirklen." in first
    assert "Spørgsmålene er dem, I begyndte med." in first
