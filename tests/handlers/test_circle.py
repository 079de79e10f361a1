from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.circle import Level
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_gate import Criterion
from bot.partner import Partner, RelationType, Status
from bot.timetable import calendar_of
from bot.translation import Translator
from bot.workspace import ClosedDays, Language, Workspace
from storage import circle_activity, circle_course, circle_question, partner
from storage import workspace as settings_of
from storage.database import Connection
from storage.partner_tables import PARTNER
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide

TEAM = "T01"
EARLIER = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DANISH = Translator(Language.DANISH)


async def add(library: Library, name: str = "Springbræt", **more: Any) -> int:
    """A partner of Mette's."""
    given = Partner(name, **{"responsible": "U02", **more})
    stored = await library.store.write(partner.add, TEAM, given, by="U09", now=EARLIER)
    return stored.id


async def change(library: Library, number: int, **more: Any) -> None:
    def write(conn: Connection) -> None:
        before = partner.existing(conn, TEAM, number, lock=True)
        partner.update(conn, TEAM, before, replace(before, **more), by="U09", now=EARLIER)

    await library.store.write(write)


async def stored(library: Library, number: int) -> Partner:
    return await library.store.read(partner.existing, TEAM, number)


async def course(library: Library, number: int) -> Course:
    return await library.store.read(circle_course.of_partner, TEAM, number)


async def begin(library: Library, name: str = "springbræt", user: str = "U02") -> str:
    await library.write(f"niveau {name}", user)
    return said(await library.view(user))


async def fill(library: Library, user: str = "U02", **values: str) -> Json:
    """Fill in the modal on top, press its button, and answer what is on top then."""
    done = await library.submit(values, user)
    assert done["ok"], done
    views = (await library.state(user))["views"]
    return views[-1] if views else {}


async def card(library: Library, name: str = "springbræt", user: str = "U02") -> str:
    await close(library, user)
    await library.write(name, user)
    return said(await library.message(user))


async def close(library: Library, user: str = "U02") -> None:
    for view in reversed((await library.state(user))["views"]):
        await library.control("close", user=user, view_id=view["id"])


async def home(library: Library, user: str = "U02") -> Json:
    view: Json = (await library.control("home", user=user))["view"]
    return view


async def press_home(library: Library, words: str, user: str = "U02", **more: bool) -> Json:
    view = (await library.state(user))["home"]
    for block_id, element in elements(view):
        if element["text"]["text"] == words:
            where = {"action_id": element["action_id"], "block_id": block_id}
            return await library.control("click", user=user, view_id=view["id"], **where, **more)
    raise AssertionError(f"no button “{words}” in: {said(view)}")


async def later(library: Library, days: int) -> None:
    done = await library.control("clock", advance=days * 86400, jump=True)
    assert done["ok"], done


def today(library: Library) -> date:
    return library.house.clock.now().date()


def ahead(library: Library, days: int) -> str:
    return (today(library) + timedelta(days=days)).isoformat()


def long(library: Library, days: int) -> str:
    return DANISH.long_day(today(library) + timedelta(days=days), today(library))


def at_work(library: Library, days: int) -> int:
    """So many days ahead, or the few more to the next working day."""
    calendar = calendar_of(Workspace())
    while not calendar.is_working(today(library) + timedelta(days=days)):
        days += 1
    return days


def ago(library: Library, days: int) -> str:
    return DANISH.ago(today(library) - timedelta(days=days), today(library))


def buttons(view: Json) -> list[str]:
    return [e["text"]["text"] for _, e in elements(view) if isinstance(e.get("text"), dict)]


# From the network to a collaboration.


async def test_an_activity_makes_a_collaboration_and_stands_on_the_card(library: Library) -> None:
    number = await add(library)
    assert "Springbræt er i vores netværk." in await begin(library)
    view = await fill(library, activity="yes")
    assert "Så samarbejder vi med Springbræt." in said(view)
    ends = ahead(library, 30)
    view = await fill(library, what="en lektiecafé om tirsdagen", ends_on=ends)
    assert "Nu samarbejder vi med Springbræt." in said(view)
    assert "To uger efter aktiviteten spørger jeg dig på fanen Home" in said(view)
    assert "Du er tovholder." in said(view)
    shown = await card(library)
    assert "Vi samarbejder med Springbræt." in shown
    assert f"Sammen om: en lektiecafé om tirsdagen (til {long(library, 30)})" in shown
    assert "I dag: fra netværk til samarbejde, @U02: en lektiecafé om tirsdagen." in shown
    assert (await stored(library, number)).level is Level.COLLABORATION
    (question,) = await library.store.read(circle_question.open_of, TEAM, number)
    assert question.due_on == today(library) + 44 * DAY


async def test_the_card_leads_into_the_dialogue_and_back(library: Library) -> None:
    await add(library)
    await card(library)
    await library.press("Flyt i cirklen")
    assert (await library.view())["title"]["text"] == "Bliver det samarbejde?"
    await fill(library, activity="yes")
    await fill(library, what="en lektiecafé")
    assert "Skriv datoen på" in said(await library.view())
    await library.press("Vis partneren")
    assert "Vi samarbejder med Springbræt." in said(await library.view())
    await library.press("Flyt i cirklen")
    view = await library.view()
    assert view["title"]["text"] == "Bliver det partnerskab?"


async def test_an_activity_that_is_talked_about_is_asked_about_in_a_month(library: Library) -> None:
    number = await add(library)
    await begin(library)
    view = await fill(library, activity="maybe")
    assert "Så bliver de i netværket lidt endnu. Skal jeg spørge dig igen?" in said(view)
    assert not await fill(library)
    await later(library, 29)
    assert "Er der en aktivitet nu?" not in said(await home(library))
    await later(library, 1)
    assert "Springbræt: I talte om at lave noget sammen." in said(await home(library))
    await press_home(library, "Vi taler stadig om den")
    await close(library)
    assert "Er der en aktivitet nu?" not in said(await home(library))
    await later(library, 30)
    await home(library)
    await press_home(library, "Ja, den er aftalt")
    await fill(library, what="en lektiecafé")
    assert (await stored(library, number)).level is Level.COLLABORATION
    assert not await library.store.read(circle_question.open_of, TEAM, number)


async def test_no_activity_is_fine_too(library: Library) -> None:
    number = await add(library)
    await begin(library)
    view = await fill(library, activity="no")
    assert "det er et godt sted at være" in said(view)
    assert view["close"]["text"] == "Lad dem blive"
    assert (await stored(library, number)).level is Level.NETWORK


# Into a partnership.


async def test_a_collaboration_that_is_repeated_in_a_frame_is_a_partnership(
    library: Library,
) -> None:
    number = await add(library, level=Level.COLLABORATION)
    await begin(library)
    view = await fill(library, repeated="yes", framed="yes")
    assert "Så kalder vi det et partnerskab." in said(view)
    view = await fill(library, reason="aftalen om børnefestivalen hvert år")
    assert "Nu har vi partnerskab med Springbræt." in said(view)
    await library.press("Se de seks kendetegn")
    met = dict.fromkeys(("goal", "together", "method", "equality"), "met")
    view = await fill(library, **met, agreements="not_yet", frame="unknown")
    assert "4 af 6 kendetegn er på plads. Ikke endnu: aftaler. Ved ikke: ramme." in said(view)
    assert said(view).index("Aftaler (ikke endnu)") < said(view).index("Ramme (ved ikke)")
    view = await fill(library, agreements="vi mangler at skrive det ned")
    assert "Aftaler (ikke endnu): vi mangler at skrive det ned" in said(view)
    shown = await card(library)
    assert "4 af 6 kendetegn er på plads." in shown
    assert "fra samarbejde til partnerskab, @U02: aftalen om børnefestivalen hvert år." in shown
    assert (await stored(library, number)).level is Level.PARTNERSHIP


async def test_the_criteria_are_answered_again_and_a_note_stays_with_its_answer(
    library: Library,
) -> None:
    number = await add(library, level=Level.PARTNERSHIP)
    await begin(library)
    await library.press("Se de seks kendetegn")
    await fill(library, goal="met", agreements="not_yet")
    await fill(library, goal="målet om børn", agreements="mangler")
    await later(library, 2)
    await library.press("Svar på de seks igen")
    view = await library.view()
    chosen = {b["block_id"]: b["element"].get("initial_option") for b in view["blocks"][1:]}
    assert chosen["goal"]["value"] == "met"
    view = await fill(library, agreements="met")
    assert "målet om børn" in said(view)
    assert "mangler" not in said(view)
    assert "2 af 6 kendetegn er på plads." in said(view)
    await fill(library)
    gate = (await course(library, number)).gate
    assert gate
    assert gate.answers[Criterion.GOAL].note == "målet om børn"
    assert f"({DANISH.day(today(library))})" in await card(library)


async def test_a_ring_is_not_passed_over_without_a_question(library: Library) -> None:
    number = await add(library)
    await begin(library)
    await library.press("Jeg ser det anderledes …")
    done = await library.submit({"to_level": "partnership", "reason": " "})
    assert "Skriv én linje om hvorfor" in done["errors"]["reason"]
    view = await fill(library, to_level="partnership", reason="vi har haft festival i ti år")
    assert "I springer samarbejdet over." in said(view)
    assert "vi har haft festival i ti år" in said(view)
    assert (await stored(library, number)).level is Level.NETWORK
    await fill(library)
    assert (await stored(library, number)).level is Level.PARTNERSHIP
    assert "fra netværk til partnerskab, @U02: vi har haft" in await card(library)


async def test_who_would_skip_a_ring_may_think_better_of_it(library: Library) -> None:
    number = await add(library)
    await begin(library)
    await library.press("Jeg ser det anderledes …")
    await fill(library, to_level="partnership", reason="festivalen")
    await library.press("Så er det et samarbejde")
    await fill(library, what="festivalen")
    assert (await stored(library, number)).level is Level.COLLABORATION


# A trial.


async def on_trial(library: Library, days: int) -> int:
    number = await add(library, "Byorkestret", level=Level.COLLABORATION)
    await begin(library, "byorkestret")
    view = await fill(library, repeated="yes", framed="maybe")
    assert "Vil I prøve jer frem til en dato?" in said(view)
    await fill(library, decide_on=ahead(library, days), agreed_with="Rasmus Klintholm")
    return number


async def test_a_trial_is_decided_on_its_day(library: Library) -> None:
    days = at_work(library, 60)
    number = await on_trial(library, days)
    assert f"Byorkestret er på prøve til {long(library, days)}." in said(await library.view())
    shown = await card(library, "byorkestret")
    assert f"På prøve til {long(library, days)}." in shown
    assert "Prøven begyndte i dag, aftalt med Rasmus Klintholm." in shown
    await library.write("kontakt Byorkestret tredje koncert")
    await later(library, days - 1)
    assert "skal I beslutte" not in said(await home(library))
    await later(library, 1)
    shown = said(await home(library))
    assert "Byorkestret: I dag skal I beslutte, om det bliver et partnerskab." in shown
    assert f"Prøven begyndte {ago(library, days)}; én kontakt siden da." in shown
    assert "I dag skal I beslutte" not in said(await home(library, "U03"))
    await press_home(library, "Ja, partnerskab")
    assert "Nu har vi partnerskab med Byorkestret." in said(await library.view())
    await close(library)
    assert "skal I beslutte" not in said(await home(library))
    assert "det blev prøvet, og det holder" in await card(library, "byorkestret")
    assert (await stored(library, number)).level is Level.PARTNERSHIP


async def test_a_trial_may_stay_a_collaboration_or_go_on(library: Library) -> None:
    days = at_work(library, 60)
    number = await on_trial(library, days)
    await later(library, days + 1)
    assert "I går skulle I beslutte" in said(await home(library))
    await press_home(library, "Prøv til en ny dato …")
    done = await library.submit({"decide_on": today(library).isoformat()})
    assert "Vælg en dag, der kommer" in done["errors"]["decide_on"]
    days = at_work(library, 10)
    await fill(library, decide_on=ahead(library, days))
    await close(library)
    assert "skulle I beslutte" not in said(await home(library))
    await later(library, days)
    await home(library)
    await press_home(library, "Et samarbejde er fint")
    assert "prøven sluttede, og det blev ved samarbejdet, @U02." in said(await library.view())
    assert (await stored(library, number)).level is Level.COLLABORATION
    assert (await course(library, number)).trial is None


async def test_a_trial_may_be_decided_before_its_day(library: Library) -> None:
    number = await on_trial(library, 60)
    await card(library, "byorkestret")
    await library.press("Se forløbet")
    await library.press("Beslut nu")
    assert "Byorkestret: Skal det være et partnerskab?" in said(await library.view())
    await library.press("Ja, partnerskab")
    assert (await stored(library, number)).level is Level.PARTNERSHIP
    assert not await library.store.read(circle_question.open_of, TEAM, number)


async def test_a_trial_that_runs_is_given_another_day_by_the_dialogue(library: Library) -> None:
    days = at_work(library, 60)
    number = await on_trial(library, days)
    await begin(library, "byorkestret")
    view = await fill(library, repeated="no", framed="no")
    assert f"På prøve til {long(library, days)}." in said(view)
    await fill(library, decide_on=ahead(library, 20))
    assert len((await course(library, number)).trials) == 1


async def test_a_trial_is_told_in_the_history_and_in_the_dialogue(library: Library) -> None:
    days = at_work(library, 60)
    await on_trial(library, days)
    begun = f"I dag: på prøve til {long(library, days)}, @U02"
    assert f"{begun}." in await card(library, "byorkestret")
    assert f"På prøve til {long(library, days)}." in await begin(library, "byorkestret")
    await library.press("Beslut nu")
    await library.press("Et samarbejde er fint")
    story = said(await library.view())
    assert f"{begun}: aftalt med Rasmus Klintholm." in story
    assert story.index("prøven sluttede, og det blev ved samarbejdet, @U02") < story.index(begun)
    assert "prøven sluttede, og det blev ved" in await card(library, "byorkestret")
    shown = await begin(library, "byorkestret")
    assert "I dag: prøven sluttede, og det blev ved samarbejdet, @U02." in shown
    assert "Beslut nu" not in shown


async def test_a_step_that_decides_a_trial_says_so(library: Library) -> None:
    await on_trial(library, 60)
    await begin(library, "byorkestret")
    await library.press("Slut pænt af")
    await fill(library, reason="orkestret flytter")
    shown = await card(library, "byorkestret")
    assert "@U02: orkestret flytter. Dermed sluttede prøven." in shown


async def test_a_trial_is_decided_on_a_working_day(library: Library) -> None:
    days = next(n for n in range(20, 30) if (today(library) + n * DAY).weekday() == 5)
    await on_trial(library, days)
    shown = said(await library.view())
    assert f"Byorkestret er på prøve til {long(library, at_work(library, days))}." in shown
    assert f"L{long(library, days)[1:]} er ikke en arbejdsdag, så jeg har valgt" in shown
    closed = ClosedDays(first=today(library) + 40 * DAY, last=today(library) + 42 * DAY)
    await decide(library, closed_days=(closed,))
    opens = at_work(library, 43)
    await begin(library, "byorkestret")
    await library.press("Beslut nu")
    await library.press("Prøv til en ny dato …")
    shown = said(await fill(library, decide_on=ahead(library, 41)))
    assert f"Byorkestret er på prøve til {long(library, opens)}." in shown
    assert f"{long(library, 41)[1:]} er ikke en arbejdsdag, så" in shown


# An activity that ends.


async def collaborating(library: Library, ends: int = 10) -> int:
    number = await add(library, "Danseskolen Trin")
    await begin(library, "danseskolen trin")
    await fill(library, activity="yes")
    await fill(library, what="forestillingen i foyeren", ends_on=ahead(library, ends))
    await close(library)
    return number


async def test_what_now_is_asked_two_weeks_after(library: Library) -> None:
    number = await collaborating(library)
    await later(library, 23)
    assert "Hvad nu?" not in said(await home(library))
    await later(library, 1)
    shown = await home(library)
    said_so = f"Danseskolen Trin: forestillingen i foyeren sluttede {ago(library, 14)}. Hvad nu?"
    assert said_so in said(shown)
    await press_home(library, "Tilbage i netværket", confirm=False)
    assert "Hvad nu?" in said(await home(library))
    await press_home(library, "Tilbage i netværket", confirm=True)
    view = await library.view()
    assert "Tak for det, I lavede. Danseskolen Trin er i vores netværk." in said(view)
    assert not await fill(library, learned="Gulvet i foyeren er godt at danse på.")
    await close(library)
    assert "Hvad nu?" not in said(await home(library))
    assert (await stored(library, number)).level is Level.NETWORK
    await card(library, "danseskolen")
    await library.press("Se forløbet")
    story = said(await library.view())
    assert "I dag: fra samarbejde tilbage til netværket, @U02: aktiviteten var slut." in story
    assert "Det tager vi med: ”Gulvet i foyeren er godt at danse på”." in story
    assert f"D{ago(library, 24)[1:]}: fra netværk til samarbejde" in story


async def test_what_now_may_be_the_same_again(library: Library) -> None:
    number = await collaborating(library)
    await later(library, 24)
    await home(library)
    await press_home(library, "Vi gør det igen")
    view = await fill(library, ends_on=ahead(library, 90))
    assert view["title"]["text"] == "Forløbet"
    (running,) = (await course(library, number)).running
    assert running.ends_on == today(library) + 90 * DAY
    await close(library)
    assert "Hvad nu?" not in said(await home(library))


async def test_what_now_may_be_not_over_yet(library: Library) -> None:
    number = await collaborating(library)
    await later(library, 24)
    await home(library)
    await press_home(library, "Ikke slut endnu, ny dato …")
    done = await library.submit({})
    assert "Den dag er forbi" in done["errors"]["ends_on"]
    await fill(library, ends_on=ahead(library, 5))
    await close(library)
    assert "Hvad nu?" not in said(await home(library))
    await later(library, 19)
    assert "Hvad nu?" in said(await home(library))
    assert (await stored(library, number)).level is Level.COLLABORATION


async def test_a_partnership_goes_on_after_an_activity(library: Library) -> None:
    number = await collaborating(library)
    await change(library, number, level=Level.PARTNERSHIP)
    await later(library, 24)
    shown = await home(library)
    assert "Tilbage i netværket" not in buttons(shown)
    await press_home(library, "Den er slut, vi fortsætter")
    assert (await stored(library, number)).level is Level.PARTNERSHIP
    assert not (await course(library, number)).running


async def test_an_activity_is_corrected_and_ended_from_the_story(library: Library) -> None:
    number = await collaborating(library)
    await card(library, "danseskolen")
    await library.press("Se forløbet")
    await library.press("Ret")
    view = await fill(library, what="to forestillinger i foyeren", ends_on=ahead(library, 20))
    assert f"to forestillinger i foyeren (til {long(library, 20)})" in said(view)
    await library.press("Tilføj en aktivitet")
    await fill(library, what="åben træning")
    assert len((await course(library, number)).running) == 2
    await library.press("Den er slut …")
    assert "to forestillinger i foyeren. Hvad nu?" in said(await library.view())
    await library.press("Den er slut, vi fortsætter")
    assert [one.what for one in (await course(library, number)).running] == ["åben træning"]


async def test_the_text_of_an_activity_that_has_ended_can_be_corrected(library: Library) -> None:
    number = await collaborating(library)
    await later(library, 12)
    await card(library, "danseskolen")
    await library.press("Se forløbet")
    await library.press("Ret")
    await fill(library, what="forestillingen Trin for trin")
    (running,) = (await course(library, number)).running
    assert running.what == "forestillingen Trin for trin"


# Outwards.


async def test_a_partnership_comes_down_and_it_is_ordinary(library: Library) -> None:
    number = await add(library, "Byens Museum", level=Level.PARTNERSHIP, responsible="U06")
    shown = await begin(library, "byens museum")
    assert "Det er helt almindeligt, at et partnerskab bliver til et samarbejde igen." in shown
    view = await fill(library, why="other")
    assert "Så samarbejder vi med Byens Museum." in said(view)
    assert (await library.submit({}))["by"] == "client"
    view = await fill(library, reason="museet bygger om i to år")
    assert "Nu samarbejder vi med Byens Museum. Forløbet er gemt. @U06 er tovholder" in said(view)
    shown = await card(library, "byens museum")
    assert "fra partnerskab til samarbejde igen, @U02: museet bygger om i to år." in shown
    assert (await stored(library, number)).level is Level.COLLABORATION


@pytest.mark.parametrize(
    ("why", "level"), [("activity_over", "network"), ("less_often", "collaboration")]
)
async def test_where_it_comes_down_to_depends_on_what_happened(
    library: Library, why: str, level: str
) -> None:
    number = await add(library, level=Level.PARTNERSHIP)
    await begin(library)
    await fill(library, why=why)
    await fill(library)
    assert (await stored(library, number)).level == level


async def test_a_collaboration_goes_a_step_outwards(library: Library) -> None:
    number = await add(library, level=Level.COLLABORATION)
    await begin(library)
    await library.press("Flyt et skridt ud")
    assert "at et samarbejde slutter, og kontakten bliver" in said(await library.view())
    await fill(library, why="people_changed")
    view = await fill(library, reason="Anne er gået på pension")
    assert "Springbræt er i vores netværk" in said(view)
    assert "folk er skiftet ud – Anne er gået på pension." in await card(library)
    assert (await stored(library, number)).level is Level.NETWORK


async def two_things_on(library: Library) -> int:
    """A theatre café that ends today, and a party to come."""
    number = await collaborating(library, 0)
    await card(library, "danseskolen")
    await library.press("Se forløbet")
    await library.press("Tilføj en aktivitet")
    await fill(library, what="Sommerfest", ends_on=ahead(library, 250))
    await close(library)
    return number


async def test_an_activity_that_is_over_takes_nothing_else_along(library: Library) -> None:
    number = await two_things_on(library)
    await begin(library, "danseskolen trin")
    await library.press("Flyt et skridt ud")
    view = await fill(library, why="activity_over")
    assert "Så samarbejder I stadig med Danseskolen Trin. Det her er stadig i gang:" in said(view)
    assert "i gang: Sommerfest." in said(view)
    await library.press("Den er slut …")
    assert "Tilbage i netværket" not in buttons(await library.view())
    await library.press("Den er slut, vi fortsætter")
    (running,) = (await course(library, number)).running
    assert running.what == "Sommerfest"
    await close(library)
    await begin(library, "danseskolen trin")
    await library.press("Flyt et skridt ud")
    await fill(library, why="activity_over")
    shown = said(await fill(library))
    assert "Danseskolen Trin er i vores netværk. Det her står nu som slut: Sommerfest." in shown
    assert (await stored(library, number)).level is Level.NETWORK


async def test_what_began_while_the_dialogue_was_open_is_not_ended_by_it(library: Library) -> None:
    number = await collaborating(library, 0)
    await begin(library, "danseskolen trin")
    await library.press("Flyt et skridt ud")
    await fill(library, why="activity_over")
    new = Activity(number, "Sommerfest", "U03", library.house.clock.now())
    await library.store.write(circle_activity.begin, TEAM, new)
    done = await library.submit({})
    assert "for det her er i gang: Sommerfest." in str(done["errors"])
    assert (await stored(library, number)).level is Level.COLLABORATION


async def test_who_meets_less_often_but_has_something_on_still_collaborates(
    library: Library,
) -> None:
    number = await collaborating(library, 40)
    await begin(library, "danseskolen trin")
    await library.press("Flyt et skridt ud")
    view = await fill(library, why="less_often")
    assert "stadig i gang: forestillingen i foyeren." in said(view)
    assert len((await course(library, number)).running) == 1


async def test_a_colleague_sees_it_otherwise_and_says_why(library: Library) -> None:
    number = await add(library)
    await begin(library)
    await fill(library, activity="no")
    await library.press("Jeg ser det anderledes …")
    await fill(
        library, to_level="collaboration", reason="vi mødes hver måned, men uden en aktivitet"
    )
    shown = await card(library)
    assert "Flyttet af @U02, fordi ”vi mødes hver måned, men uden en aktivitet”." in shown
    assert (await stored(library, number)).level is Level.COLLABORATION


async def test_ending_nicely_keeps_the_contact(library: Library) -> None:
    number = await add(library, "Byens Museum", level=Level.PARTNERSHIP)
    await begin(library, "byens museum")
    await library.press("Slut pænt af")
    assert "At slutte er også partnerskabsarbejde." in said(await library.view())
    view = await fill(library, learned="Børn vil røre ved tingene.", told="Mette ringer til dem")
    shown = said(view)
    assert f"{long(library, 365)[1:]} minder jeg dig om at sige hej." in shown
    assert "Partnerskabet med Byens Museum er slut. Kontakten er det ikke." in shown
    assert "Fra nu af står der ”gammel ven af huset” på kortet." in shown
    assert "Venlig hilsen Mette" in shown
    await fill(library)
    after = await stored(library, number)
    assert (after.level, after.status) == (Level.NETWORK, Status.ENDED)
    shown = await card(library, "byens museum")
    assert "partnerskabet er slut, men vi holder kontakten, @U02. " in shown
    assert "Byens Museum er en gammel ven af huset." in shown
    assert "er i vores netværk" not in shown
    assert "afsluttet" not in shown
    assert f"Vi siger hej: {long(library, 365)}" in shown
    mine = said(await home(library))
    assert "Byens Museum er en gammel ven af huset." in mine
    assert "afsluttet" not in mine
    await begin(library, "byens museum")
    assert "Byens Museum er en gammel ven af huset." in said(await library.view())
    await close(library)
    await later(library, 365)
    assert "Det er et år siden, I sluttede. Vil I sige hej?" in said(await home(library))
    await press_home(library, "Vi har sagt hej")
    await close(library)
    await later(library, 365)
    await home(library)
    await press_home(library, "Spørg ikke igen")
    assert not await library.store.read(circle_question.open_of, TEAM, number)


async def test_an_old_friend_comes_back_by_an_activity(library: Library) -> None:
    number = await add(library, status=Status.ENDED)
    assert "Slut pænt af" not in await begin(library)
    await fill(library, activity="yes")
    await fill(library, what="et loppemarked")
    after = await stored(library, number)
    assert (after.level, after.status) == (Level.COLLABORATION, Status.ACTIVE)


async def test_an_end_is_come_to_by_the_dialogue_only(library: Library) -> None:
    number = await add(library)
    await card(library)
    await library.choose("Ret: hvad vi laver sammen")
    view = await library.view()
    fields = {block["block_id"] for block in view["blocks"]}
    assert "level" not in fields
    assert "afsluttet" not in said(view)
    await close(library)
    await change(library, number, status=Status.ENDED)
    await card(library)
    await library.choose("Ret: hvad vi laver sammen")
    assert "afsluttet" in said(await library.view())


# Who has no place, and what is in the way.


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (RelationType.SPONSOR, "En sponsor giver penge til noget bestemt"),
        (RelationType.FUND, "En fond betaler for noget, I selv laver"),
        (RelationType.SUPPLIER, "En leverandør sælger noget"),
    ],
)
async def test_who_only_pays_or_sells_has_no_place_and_the_form_says_why(
    library: Library, kind: RelationType, sentence: str
) -> None:
    await add(library, relation_type=kind, level=Level.COLLABORATION)
    shown = await begin(library)
    assert sentence in shown
    assert "ingen plads i cirklen" in shown
    await library.press("Ret, hvad de er for os")
    await fill(library, relation_type="partner")
    assert "Flyt i cirklen" in await card(library)


async def test_the_card_of_a_sponsor_says_why_there_is_no_place_and_what_to_do(
    library: Library,
) -> None:
    number = await add(library, relation_type=RelationType.SPONSOR)
    shown = await card(library)
    assert "De har ingen plads i cirklen, fordi vi ikke laver noget sammen med dem." in shown
    assert "Flyt i cirklen" not in shown
    await library.press("Ret, hvad de er for os")
    await fill(library, relation_type="partner")
    assert (await stored(library, number)).relation_type is RelationType.PARTNER
    await change(library, number, relation_type=RelationType.FUND, archived=True)
    assert "Ret, hvad de er for os" not in await card(library)


async def test_the_archive_moves_nobody(library: Library) -> None:
    number = await add(library, archived=True)
    await library.write("niveau springbræt")
    assert "De ligger i arkivet. Tag dem frem først" in said(await library.message())
    await change(library, number, archived=False)
    await begin(library)
    await change(library, number, archived=True)
    done = await library.submit({"activity": "yes"})
    assert "De ligger i arkivet" in done["errors"]["activity"]
    assert (await stored(library, number)).level is Level.NETWORK


async def test_two_at_once_move_once(library: Library) -> None:
    number = await add(library)
    for user in ("U02", "U03"):
        await begin(library, user=user)
        await fill(library, user, activity="yes")
    await fill(library, what="en lektiecafé")
    done = await library.submit({"what": "en læsekreds"}, "U03")
    assert "En kollega har flyttet dem i cirklen imens." in done["errors"]["what"]
    assert done["by"] == "app"
    assert [one.what for one in (await course(library, number)).running] == ["en lektiecafé"]


async def test_a_question_is_answered_once(library: Library) -> None:
    number = await collaborating(library)
    await change(library, number, responsible=None, known_by=("U02", "U03"))
    await later(library, 24)
    await home(library)
    await home(library, "U03")
    await press_home(library, "Tilbage i netværket", confirm=True)
    await press_home(library, "Tilbage i netværket", "U03", confirm=True)
    assert "En kollega har flyttet dem i cirklen imens." in said(await library.view("U03"))
    assert len((await course(library, number)).moves) == 2


async def test_a_partner_that_is_gone_is_a_sentence(library: Library) -> None:
    number = await add(library)
    await begin(library)
    mine = sa.delete(PARTNER).where(PARTNER.c.team_id == TEAM, PARTNER.c.id == number)

    def remove(conn: Connection) -> None:
        conn.execute(mine)

    await library.store.write(remove)
    done = await library.submit({"activity": "yes"})
    assert "ikke i registret længere" in done["errors"]["activity"]


async def test_a_form_without_a_partner_is_not_sent(library: Library) -> None:
    await begin(library, "")
    done = await library.control(
        "submit",
        user="U02",
        view_id=(await library.view())["id"],
        values={
            "partner_pick": {"partner_pick": {"type": "external_select", "selected_option": None}}
        },
    )
    assert done["by"] == "client"


async def test_the_command_asks_whom_it_is_about(library: Library) -> None:
    number = await add(library)
    await add(library, "Springbrættet")
    assert "hvilken partner du mener med ”springbræ”" in await begin(library, "springbræ")
    view = await library.view()
    await library.control(
        "suggest", user="U02", view_id=view["id"], action_id="partner_pick", value="springbræt"
    )
    view = await fill(library, partner_pick=str(number))
    assert "Springbræt er i vores netværk." in said(view)


async def test_a_guest_moves_nobody(library: Library) -> None:
    await add(library)
    await library.control("members", id="U03", name="ali", is_restricted=True)
    await library.write("niveau springbræt", "U03")
    assert not (await library.state("U03"))["views"]
    assert "for bibliotekets ansatte" in said(await library.message("U03"))


async def test_who_loses_access_half_way_saves_nothing(library: Library) -> None:
    number = await add(library)
    await begin(library, user="U03")
    await fill(library, "U03", activity="yes")
    await library.control("members", id="U03", name="ali", is_restricted=True)
    done = await library.submit({"what": "en lektiecafé"}, "U03")
    assert "for bibliotekets ansatte" in done["errors"]["what"]
    assert (await stored(library, number)).level is Level.NETWORK


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"what": "x" * 201}, "what", "for langt"),
        ({"what": " "}, "what", "Skriv på én linje"),
        ({"what": "Anne 010180-1234"}, "what", "CPR-nummer"),
        ({"what": "fest", "ends_on": "-1"}, "ends_on", "Den dag er forbi"),
        ({"what": "fest", "ends_on": "9999"}, "ends_on", "for langt fremme"),
    ],
)
async def test_what_does_not_fit_is_said_at_the_field(
    library: Library, values: dict[str, str], field: str, sentence: str
) -> None:
    number = await add(library)
    await begin(library)
    await fill(library, activity="yes")
    days = {"ends_on": ahead(library, int(values["ends_on"]))} if "ends_on" in values else {}
    done = await library.submit(values | days)
    assert sentence in done["errors"][field], done
    assert (await stored(library, number)).level is Level.NETWORK


async def test_it_speaks_english_too(library: Library) -> None:
    await add(library)
    await library.store.write(settings_of.set_language, TEAM, "U02", Language.ENGLISH, EARLIER)
    library.house.forget(TEAM)
    assert "Is there an activity that you do together?" in await begin(library)
    await fill(library, activity="yes")
    await fill(library, what="a homework café")
    assert "Today: from network to collaboration, @U02: a homework café." in await card(library)


async def test_the_beginning_of_a_name_lists_those_who_may_be_meant(library: Library) -> None:
    await add(library)
    await add(library, "Springbrættet", area="svømmeklub")
    shown = await begin(library, "Springbr")
    assert "Jeg kunne ikke se, hvilken partner du mener med ”Springbr”." in shown
    assert "Springbræt Vælg" in shown
    view = await library.view()
    offered = [e for _, e in elements(view) if e["action_id"].startswith("circle_begin")]
    assert len(offered) == 2
    await library.press("Vælg")
    assert "Er der en aktivitet" in said(await library.view())


async def test_the_story_tells_that_a_trial_was_put_off(library: Library) -> None:
    number = await add(library, level=Level.COLLABORATION)
    await begin(library)
    await fill(library, repeated="yes", framed="maybe")
    await fill(library, decide_on="2027-02-01", agreed_with="Anne")
    await close(library)
    await later(library, 20)
    await begin(library)
    await fill(library, repeated="maybe", framed="no")
    await fill(library, decide_on="2027-03-01")
    assert "prøven blev udsat til mandag den 1. marts 2027, @U02." in await card(library)
    assert (await course(library, number)).put_off[0].by == "U02"
    await library.press("Se forløbet")
    assert "prøven blev udsat" in said(await library.view())
    await card(library)
    await library.press("Historik")
    told = "Prøven er udsat fra mandag den 1. februar 2027 til mandag den 1. marts 2027"
    assert told in said(await library.view())


async def test_the_story_tells_of_an_activity_that_was_over_without_a_move(
    library: Library,
) -> None:
    number = await add(library, level=Level.PARTNERSHIP)
    for what in ("loppemarked", "teater"):
        new = Activity(number, what, "U02", EARLIER, ends_on=date(2027, 1, 8))
        await library.store.write(circle_activity.begin, TEAM, new)
    await card(library)
    await library.press("Se forløbet")
    await library.press("Den er slut …")
    await library.press("Den er slut, vi fortsætter")
    assert "”loppemarked” var slut, @U02." in await card(library)
    assert "”teater” var slut" not in await card(library)
