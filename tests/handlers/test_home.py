from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.contact import Contact, Kind
from bot.partner import ContactPerson, Partner, Status
from bot.reminder import Thing, Value, What
from bot.round_step import Step
from bot.timetable import Calendar
from bot.tjek import Answer, Check, Sheet
from bot.workspace import Language
from handlers import home_quiet
from handlers.reminder_waiting import Reader
from storage import contact, partner, tjek, tjek_step
from storage import workspace as settings_of
from storage.database import Connection
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide, decided
from tests.handlers.test_tjek import ALL, answer_page
from tests.handlers.wire import fault
from tests.storage.test_evaluation_year import counted

TEAM = "T01"
METTE = "U02"
EARLIER = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
CHANNEL = {"partner_channel": "C01"}


def buttons(view: Json) -> list[str]:
    return [found["text"]["text"] for _, found in elements(view) if found["type"] == "button"]


async def speak(library: Library, user: str, language: Language) -> None:
    """Somebody has chosen that language."""
    await library.store.write(settings_of.set_language, TEAM, user, language, EARLIER)
    library.house.forget(TEAM)


async def add(library: Library, *partners: Partner) -> list[int]:
    def write(conn: Connection) -> list[int]:
        later = [EARLIER + timedelta(minutes=n) for n in range(len(partners))]
        added = zip(partners, later, strict=True)
        return [partner.add(conn, TEAM, one, by="U09", now=now).id for one, now in added]

    return await library.store.write(write)


async def note(library: Library, number: int, by: str, **more: Any) -> None:
    contacted = Contact(number, Kind.TALKED, library.house.clock.now().date(), by, EARLIER, **more)
    await library.store.write(contact.note, TEAM, contacted)


def many(number: int) -> list[Partner]:
    return [Partner(f"Forening {n:03}", known_by=("U02",)) for n in range(number)]


# What waits, and what one can do.


async def test_the_bare_command_greets_and_shows_what_one_can_do(library: Library) -> None:
    await library.write("")
    message = await library.message()
    assert "Hej Mette. Der venter ikke noget på dig." in said(message)
    assert buttons(message)[:6] == [
        "Notér kontakt",
        "Hvem kender …?",
        "Tjek en idé",
        "Tilføj partner",
        "Indstillinger",
        "Hjælp",
    ]
    await library.press("Tilføj partner")
    assert (await library.view())["title"]["text"] == "Tilføj partner"


@pytest.mark.parametrize("words", ["Notér kontakt", "Tjek en idé", "Tilføj partner"])
async def test_the_quick_actions_of_home_open_their_forms(library: Library, words: str) -> None:
    await library.home()
    await library.press_on_home(words)
    assert (await library.view())["submit"]


async def test_home_is_useful_on_the_first_day(library: Library) -> None:
    shown = await library.home("U06")
    assert "Hej Sofie" in said(shown)
    assert "Der venter ikke noget på dig." in said(shown)
    assert "Du er ikke tovholder for nogen endnu, og det behøver du heller ikke" in said(shown)
    assert "Side" not in said(shown)
    assert buttons(shown)[:3] == ["Notér kontakt", "Hvem kender …?", "Tjek en idé"]


async def test_home_lists_my_partners_and_what_waits(library: Library) -> None:
    await library.write("ny Springbræt")
    await library.submit({})
    await library.close()
    await library.write("tjek Springbræt")
    await library.submit({})
    assert "Venter på dig" not in said(await library.home())  # nothing is answered yet
    await answer_page(library, ALL)
    shown = said(await library.home())
    assert "Venter på dig (1)" in shown
    assert "Dine partnere Springbræt er i vores netværk." in shown
    assert "Der er ikke noteret nogen kontakt endnu." in shown


async def test_a_guest_gets_one_friendly_sentence(library: Library) -> None:
    shown = await library.home("U04")
    assert said(shown).strip() == (
        "Partnerbot er for bibliotekets ansatte. Spørg den, der inviterede dig."
    )
    assert buttons(shown) == []


async def test_a_decision_on_an_idea_is_found_again(library: Library) -> None:
    await library.write("tjek lån af cykelværksted")
    await library.submit({"length": "short"})
    blocks = (await library.view())["blocks"]
    asked = [b["block_id"] for b in blocks if b["block_id"].startswith("question.")]
    await library.submit(dict.fromkeys(asked, "no"))
    await library.press("Pænt nej", values={"reason": {"reason": "Det ligger for langt væk."}})
    await library.close()
    await library.write("")
    shown = said(await library.message())
    assert "Dine seneste beslutninger" in shown
    assert "lån af cykelværksted: Pænt nej – Det ligger for langt væk." in shown


async def test_a_next_step_that_is_due_waits_without_blame(library: Library) -> None:
    today = library.house.clock.now().date()
    mine = Partner("Byens Museum", responsible="U02", next_step="ring om foråret")
    await add(
        library,
        replace(mine, next_step_on=today - timedelta(days=3)),
        replace(mine, name="Kodeklubben", next_step_on=today + timedelta(days=7)),
        replace(mine, name="Gymnasiet", next_step_on=today + timedelta(days=8)),
        replace(mine, name="Alis", responsible="U03", next_step_on=today),
    )
    shown = await library.home()
    assert "Venter på dig (2)" in said(shown)
    assert "Byens Museum: ring om foråret (tænkt til " in said(shown)
    assert "Er det gjort, eller er der en ny dato?" in said(shown)
    assert "Kodeklubben: ring om foråret (" in said(shown)
    steps = [b for b in shown["blocks"] if b["block_id"].startswith("step.")]
    assert len(steps) == 2
    await library.press_on_home("Vis")
    assert "Byens Museum" in said(await library.view())


async def test_who_has_a_lot_waiting_turns_its_pages(library: Library) -> None:
    def start(conn: Connection) -> None:
        for n in range(12):
            begun = Sheet({"goals": Answer.YES})
            tjek.start(conn, TEAM, Check("U02", EARLIER, idea=f"idé {n}", sheets={"U02": begun}))

    await library.store.write(start)
    shown = await library.home()
    assert "Venter på dig (12)" in said(shown)
    assert "Side 1 af 2" in said(shown)
    assert [f"idé {n}:" in said(shown) for n in (11, 6, 5)] == [True, True, False]
    await library.press_on_home("Næste")
    shown = (await library.state())["home"]
    assert "Venter på dig (12)" in said(shown)
    assert [f"idé {n}:" in said(shown) for n in (6, 5, 0)] == [False, True, True]
    await library.press_on_home("Forrige")
    assert "Side 1 af 2" in said((await library.state())["home"])
    await library.write("")
    message = said(await library.message())
    assert "Tolv ting venter på dig:" in message
    assert "Og syv mere på fanen Home." in message


async def chosen_for(library: Library, ideas: int) -> None:
    """After that many checks, Mette is the one who finds out."""

    def write(conn: Connection) -> None:
        now = library.house.clock.now()
        for number in range(ideas):
            check = tjek.start(conn, TEAM, Check("U03", now, idea=f"Idé {number}"))
            step = Step("Spørg om penge", now.date(), (METTE,))
            tjek_step.assign(conn, TEAM, check.id, step, by="U03", now=now)

    await library.store.write(write)


async def test_a_hundred_things_to_find_out_cost_no_more_than_the_page_shows(
    library: Library,
) -> None:
    async def statements() -> int:
        found: list[str] = []
        with counted(found):
            assert "Idé 0" in said(await library.home())
        return len([one for one in found if " tjek" in one])

    await chosen_for(library, 1)
    one = await statements()
    await chosen_for(library, 12)
    assert await statements() == one


async def test_who_was_made_one_with_another_meanwhile_is_left_out(library: Library) -> None:
    """What there is for her was read before Slack was asked, and is loaded after it."""
    now = library.house.clock.now()
    (number,) = await add(library, Partner("Springbræt"))
    gone = number + 1
    quiet = [Thing(What.CARE, one, Value.CARE, now.date(), one) for one in (gone, number)]
    reader = Reader(TEAM, METTE, now, Calendar(ZoneInfo("Europe/Copenhagen")))
    care = home_quiet.Cared(reader, quiet, [gone], {}, [gone, number])

    def load(conn: Connection) -> list[Partner]:
        assert home_quiet.offers(conn, TEAM, care.offers) == []
        shown = [one.partner for one in home_quiet.quiet(care, conn, TEAM, care.quiet)]
        return [*shown, *home_quiet.on_the_way(conn, TEAM, care)]

    assert [one.id for one in await library.store.read(load)] == [number, number]


async def test_home_speaks_english_to_who_chose_it(library: Library) -> None:
    (number,) = await add(library, Partner("Springbræt", responsible="U05"))
    await note(library, number, "U03", about="lektiecafé")
    await speak(library, "U05", Language.ENGLISH)
    shown = said(await library.home("U05"))
    assert "Hi Emma" in shown
    assert "Nothing is waiting for you." in shown
    assert "Springbræt is in our network. Last contact today, @U03: lektiecafé" in shown
    assert "Nobody coordinates your partners in Partnerbot yet." in shown


# My partners.


async def test_a_possible_partner_is_not_in_the_network_at_once(library: Library) -> None:
    possible = Partner("Sundhedshuset", responsible="U03", status=Status.POSSIBLE)
    await add(library, possible)
    shown = said(await library.home("U03"))
    assert "Sundhedshuset er en mulig partner. Der er" in shown
    await library.write("sundhedshuset")
    assert "Sundhedshuset er en mulig partner." in said(await library.message())


async def test_a_partner_says_where_it_stands_and_who_was_last_in_touch(library: Library) -> None:
    number, *_ = await add(
        library,
        Partner("Byens Museum", known_by=("U02",)),
        Partner("Springbræt", responsible="U03"),
    )
    await note(library, number, "U03", about="børnefestivalen")
    shown = await library.home()
    assert "Byens Museum er i vores netværk. Sidste kontakt i dag, @U03: børnefest" in said(shown)
    assert "Springbræt" not in said(shown)
    await library.press_on_home("Vis")
    assert "Byens Museum" in said(await library.view())


async def test_a_partner_i_was_in_touch_with_is_mine(library: Library) -> None:
    (number,) = await add(library, Partner("Springbræt"))
    assert "Springbræt" not in said(await library.home())
    await note(library, number, "U02")
    assert "Springbræt er i vores netværk. Sidste kontakt i dag, @U02" in said(await library.home())


async def test_one_click_on_home_notes_a_contact_and_home_shows_it(library: Library) -> None:
    await add(library, Partner("Springbræt", known_by=("U02",)))
    assert "Der er ikke noteret nogen kontakt endnu." in said(await library.home())
    await library.press_on_home("Vi har talt sammen")
    assert "Noteret" in said(await library.view())
    shown = said((await library.state())["home"])
    assert "Springbræt er i vores netværk. Sidste kontakt i dag, @U02" in shown


async def test_ten_partners_are_one_page(library: Library) -> None:
    await add(library, *many(10))
    shown = await library.home()
    assert len([b for b in shown["blocks"] if b["block_id"].startswith("own.")]) == 10
    assert "Side 1 af" not in said(shown)
    assert "Næste" not in buttons(shown)


async def test_five_hundred_partners_are_fifty_pages(library: Library) -> None:
    await add(library, *many(500))
    shown = await library.home()
    assert len(shown["blocks"]) <= 100
    assert "Side 1 af 50" in said(shown)
    assert "Forening 499" in said(shown)
    assert "Forening 489" not in said(shown)
    assert "Forrige" not in buttons(shown)
    await library.press_on_home("Næste")
    shown = (await library.state())["home"]
    assert "Side 2 af 50" in said(shown)
    assert "Forening 489" in said(shown)
    assert {"Forrige", "Næste"} <= {*buttons(shown)}
    await library.press_on_home("Forrige")
    assert "Side 1 af 50" in said((await library.state())["home"])


async def test_a_page_that_is_no_longer_there_gives_way_to_the_last(library: Library) -> None:
    numbers = await add(library, *many(11))
    await library.home()
    await library.press_on_home("Næste")
    assert "Forening 000" in said((await library.state())["home"])

    def archive(conn: Connection) -> None:
        before = partner.existing(conn, TEAM, numbers[0])
        gone = replace(before, archived=True)
        partner.update(conn, TEAM, before, gone, by="U03", now=EARLIER)

    await library.store.write(archive)
    await library.press_on_home("Forrige")
    shown = said((await library.state())["home"])
    assert "Side 1 af" not in shown
    assert "Forening 010" in shown


async def test_home_opened_again_begins_with_the_first_page(library: Library) -> None:
    await add(library, *many(11))
    await library.home()
    await library.press_on_home("Næste")
    assert "Side 1 af 2" in said(await library.home())


async def test_the_command_shows_a_few_and_says_where_the_rest_are(library: Library) -> None:
    await add(library, *many(5))
    await library.write("")
    assert "Resten står på" not in said(await library.message())
    await add(library, *many(500))
    await library.write("")
    message = await library.message()
    assert len([b for b in message["blocks"] if b["block_id"].startswith("own.")]) == 5
    assert "Resten står på Partnerbots fane Home." in said(message)
    await library.press("Vis")
    assert "Forening 499" in said(await library.message())


async def test_a_search_among_many_shows_a_few_and_says_that_there_are_more(
    library: Library,
) -> None:
    await add(library, *many(8))
    await library.write("forening")
    assert "Der er flere" not in said(await library.message())
    await add(library, *(Partner(f"Forening Ny {n}") for n in range(9)))
    await library.write("forening")
    message = await library.message()
    assert buttons(message).count("Vis") == 8
    assert "Der er flere" in said(message)


# The coordinator.


async def test_without_a_coordinator_everybody_can_become_one(library: Library) -> None:
    shown = await library.home()
    assert "I har ingen koordinator i Partnerbot endnu." in said(shown)
    assert "Bliv koordinator" in buttons(shown)
    assert "Fire ting, ti minutter" not in said(shown)
    await decide(library, coordinators=("U01",))
    assert "ingen koordinator" not in said(await library.home())


async def test_partner_by_itself_says_so_too_and_who_presses_becomes_one(library: Library) -> None:
    await library.write("")
    assert "I har ingen koordinator i Partnerbot endnu." in said(await library.message())
    await library.press("Bliv koordinator")
    await library.close()
    assert (await decided(library)).coordinators == ("U02",)
    await library.write("")
    assert "ingen koordinator" not in said(await library.message())


async def test_a_coordinator_who_left_coordinates_no_longer(library: Library) -> None:
    await decide(library, coordinators=("U01", "U77"))
    await library.control("members", id="U01", name="karen", deleted=True)
    assert "Bliv koordinator" in buttons(await library.home())


async def test_the_coordinator_has_four_first_steps(library: Library) -> None:
    await decide(library, coordinators=("U01",))
    shown = await library.home("U01")
    assert "Fire ting, ti minutter 1. Sprog, koordinator og kanal Hvem" in said(shown)
    assert "klaret" not in said(shown)
    assert "Jeg skriver ikke til nogen, før du har valgt det." in said(shown)
    fetch = ["Tilføj partner", "Hent jeres partnere"]
    wanted = ["Vælg", *fetch, "Tjek en idé", "Se teksten", "Slå til"]
    assert buttons(shown)[6:12] == wanted
    assert "Fire ting" not in said(await library.home())


async def test_what_is_done_of_the_first_steps_says_so(library: Library) -> None:
    await decide(library, coordinators=("U01",), **CHANNEL)
    await add(library, *(Partner(f"Forening {n}") for n in range(5)))
    shown = await library.home("U01")
    assert "1. Sprog, koordinator og kanal – klaret" in said(shown)
    assert "2. Jeres partnere – klaret" in said(shown)
    assert "3. Prøv et tjek Tag" in said(shown)
    assert buttons(shown)[6:9] == ["Tjek en idé", "Se teksten", "Slå til"]


async def test_when_all_four_are_done_the_first_steps_are_gone(library: Library) -> None:
    await decide(library, coordinators=("U01",), switched_on=True, **CHANNEL)
    await add(library, *(Partner(f"Forening {n}") for n in range(5)))
    shown = await library.home("U01")
    assert "4. Fortæl huset om det, og slå til – klaret" in said(shown)
    assert "Se teksten" in buttons(shown)
    assert "Slå til" not in buttons(shown)

    def check(conn: Connection) -> None:
        begun = tjek.start(conn, TEAM, Check("U03", EARLIER, idea="fast VR-rum"))
        tjek.finish(conn, TEAM, begun.id, EARLIER)

    await library.store.write(check)
    shown = await library.home("U01")
    assert "Fire ting" not in said(shown)
    assert "klaret" not in said(shown)


async def test_the_buttons_of_the_first_steps_open_their_forms(library: Library) -> None:
    await decide(library, coordinators=("U01",))
    view = await library.home("U01")
    for block_id, action_id in (
        ("home_step.2", "partner_begin_adding.first"),
        ("home_step.3", "tjek_begin.first"),
    ):
        where = {"action_id": action_id, "block_id": block_id, "view_id": view["id"]}
        await library.control("click", user="U01", **where)
        assert (await library.view("U01"))["submit"]


@pytest.mark.parametrize(("channels", "named"), [(CHANNEL, ["C01"]), ({}, [])])
async def test_the_text_for_the_house_names_the_channel(
    library: Library, channels: Json, named: list[str]
) -> None:
    await decide(library, coordinators=("U01",), **channels)
    await library.home("U01")
    await library.press_on_home("Se teksten", "U01")
    where, text = (await library.view("U01"))["blocks"]
    parts = where["elements"][0]["elements"]
    assert [part["channel_id"] for part in parts if part["type"] == "channel"] == named
    ready = text["element"]["initial_value"]
    assert ready.startswith("Vi har fået en hjælper til vores partnere. Skriv /partner og navnet")
    assert ready.endswith("Lige nu skriver den kun, når en af os beder den om det.")
    assert (await library.submit({}, "U01"))["ok"]
    assert not (await library.state("U01"))["views"]


async def test_the_text_for_the_house_is_true_when_it_is_switched_on_first(
    library: Library,
) -> None:
    await decide(library, coordinators=("U01",), switched_on=True)
    await library.home("U01")
    await library.press_on_home("Se teksten", "U01")
    ready = (await library.view("U01"))["blocks"][1]["element"]["initial_value"]
    assert "Lige nu" not in ready
    assert ready.endswith("Af sig selv skriver den højst to gange om ugen til hver af os.")


async def test_only_the_coordinator_gets_the_text(library: Library) -> None:
    await decide(library, coordinators=("U01",))
    view = await library.home("U01")
    await decide(library, coordinators=("U03",))
    where = {"action_id": "home_text", "block_id": "home_step.4", "view_id": view["id"]}
    await library.control("click", user="U01", **where)
    assert "Det kan kun koordinatoren" in said(await library.view("U01"))


async def test_whom_we_have_to_tell_is_the_coordinators_to_see(library: Library) -> None:
    await decide(library, coordinators=("U01",))
    assert "mangler at få besked" not in said(await library.home("U01"))
    anne = ContactPerson("Anne Holm", source="visitkort")
    await add(library, Partner("Springbræt", people=(anne,)))
    shown = await library.home("U01")
    assert "Én kontaktperson mangler at få besked" in said(shown)
    assert "Se listen" in buttons(shown)
    await add(library, Partner("Byens Museum", people=(anne, replace(anne, name="Bo"))))
    assert "3 kontaktpersoner mangler at få besked" in said(await library.home("U01"))
    assert "besked" not in said(await library.home()).replace("læser aldrig jeres beskeder", "")


async def test_a_home_that_slack_refuses_is_told_of(library: Library) -> None:
    await fault(library, "views.publish", error="invalid_blocks")
    assert "Det gik galt hos mig" in said(await library.home())
    assert "Hej Mette" in said(await library.home())
