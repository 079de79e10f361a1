from datetime import timedelta

import pytest

from bot.timetable import calendar_of
from bot.workspace import Language, Workspace
from storage import partner as register_of
from storage import round as rounds
from storage import round_queries
from storage import workspace as settings_of
from tests.handlers.library import Library, elements, said
from tests.handlers.tjek_rounds import (
    ALI,
    GUEST,
    METTE,
    NO,
    PARTNERS,
    SOFIE,
    TOM,
    YES,
    answers,
    asked,
    decided,
    decided_in_form,
    direct,
    everybody_in,
    pages,
    parent,
    ready,
    revealed,
    settled,
    thread,
    told,
    working_day,
    wound,
)

# From asking to the decision


async def test_three_disagree_are_shown_together_and_one_says_no_kindly(library: Library) -> None:
    await ready(library)
    await asked(library, own={"hours": "partly", "breadth": "no", "money": "unknown"})
    standing = said(await parent(library))
    assert "Vi tjekker Pixelværket: fast VR-rum. 1 af 3 har svaret. Frist " in standing
    invited = said((await direct(library, ALI))[-1])
    assert "@U02 vil gerne høre, hvad du tænker om Pixelværket: fast VR-rum." in invited
    assert "14 spørgsmål, cirka 3 minutter, frist " in invited
    assert "Alle svar vises på én gang og med navn, senest ved fristen." in invited
    await answers(library, ALI, {"money": "unknown"})
    assert "2 af 3 har svaret." in said(await parent(library))
    assert not await thread(library)

    note = {"note.able": "Vi har ikke vagter nok fredag eftermiddag"}
    await answers(library, SOFIE, {"hours": "no", "breadth": "no"}, note)
    (message,) = await thread(library)
    shown = said(message)
    assert "er her (3 af 3). I er uenige om 2 af 14 spørgsmål." in shown
    assert "Stopklods: Timer (Sofie)." in shown
    first, second = shown.index("13. Er der folk og timer"), shown.index("4. Giver det os noget")
    assert "Ja (Ali) · Delvist (Mette) · Nej (Sofie)" in shown[first:second]
    assert "Ja (Ali) · Nej (Mette, Sofie)" in shown[second:]
    assert "Sofie om ”Kan vi?”: Vi har ikke vagter nok fredag eftermiddag" in shown[first:second]
    assert "Her er I enige: Mål, Lyst, Afdelinger," in shown
    assert "Skal undersøges: Penge (ved ikke: Mette, Ali; ja: Sofie)" in shown
    assert "@U02 skriver beslutningen, når I har talt sammen." in shown
    table = message["blocks"][-1]
    assert [cell["text"] for cell in table["rows"][0]] == ["Spørgsmål", "Ja", "½", "Nej", "?"]
    assert table["caption"] == "I er uenige om 2 af 14 spørgsmål. (½ delvist · ? ved ikke)"
    assert "Svarene står i tråden." in said(await parent(library))

    done = await decided(library, "kindly_no", reason="Vi mangler timer")
    assert done["ok"], done
    assert "Skriv brevet" in said(await library.view())
    assert "Mette: Pænt nej – Vi mangler timer" in said((await thread(library))[-1])
    assert "Beslutningen: Pænt nej" in said(await parent(library))


async def test_from_the_first_form_the_caller_answers_along_with_the_others(
    library: Library,
) -> None:
    await ready(library)
    await asked(library)
    assert "Dine kolleger er spurgt." in said(await library.view())
    assert "0 af 3 har svaret." in said(await parent(library))
    await library.press("Svar selv")
    await pages(library, METTE, {})
    await everybody_in(library, {ALI: {}, SOFIE: {}})
    assert "I er enige hele vejen." in revealed(await thread(library))[0]


async def test_a_condition_becomes_the_partners_next_step_with_its_day(library: Library) -> None:
    await ready(library)
    number = await library.known("Springbræt")
    await asked(library, ALI, words="springbræt: sommerfest", own={})
    await answers(library, ALI, {"money": "unknown"})
    day = working_day(library, 14)
    done = await decided(
        library,
        "go_on_if",
        reason="Vi vil gerne",
        next_step_on=f"{day}",
        who=[ALI],
        **{"next_step.go_on_if": "Hvis de kan stille med frivillige"},
    )
    assert done["ok"], done
    partner = await library.store.read(register_of.existing, "T01", number)
    assert partner.next_step == "Få afklaret, om de kan stille med frivillige – Ali"
    assert partner.next_step_on == day
    last = said((await thread(library))[-1])
    assert "Ja, hvis de kan stille med frivillige – Vi vil gerne" in last
    assert "Ali får det afklaret senest " in last
    assert "Beslutningen: Ja, hvis de kan stille med frivillige" in said(await parent(library))
    await library.close()
    await library.write("springbræt")
    assert "Ja, hvis … – Vi vil gerne" in said(await library.message())


async def test_open_questions_are_suggested_and_somebody_finds_them_out(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, own={"money": "unknown", "trace": "unknown"})
    await answers(library, ALI, {"money": "unknown", "trace": "unknown"})
    step = "next_step.find_out"
    done = await decided(library, "find_out", reason="Vi ved for lidt", next_step_on="2026-11-20")
    assert not done["ok"]
    assert "Undersøg: Spor og Penge" in said(await library.view())
    day = f"{(library.house.clock.now() + timedelta(days=9)).date()}"
    done = await library.submit({step: "Spor og Penge", "next_step_on": day, "who": [ALI, SOFIE]})
    assert done["ok"], done
    await settled(library)
    last = said((await thread(library))[-1])
    assert "Næste skridt: Spor og Penge – Ali og Sofie, senest " in last


async def test_nothing_is_decided_half(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, own={})
    await answers(library, ALI)
    done = await decided(library, "go_on_if", reason="Måske", **{"next_step.go_on_if": " "})
    assert not done["ok"]
    assert "Svarene står i tråden." in said(await parent(library))
    assert len(await thread(library)) == 1


# Asking


async def test_nobody_is_asked_before_it_is_switched_on(library: Library) -> None:
    await ready(library, switched_on=False)
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    assert "før koordinatoren har slået det til" in await told(library, METTE)


async def test_only_colleagues_are_asked_and_oneself_is_left_out(library: Library) -> None:
    await ready(library)
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    done = await library.submit({"invited": [METTE]})
    assert done["errors"] == {"invited": "Vælg mindst én kollega ud over dig selv."}
    done = await library.submit({"invited": [ALI, GUEST]})
    assert "kan ikke vælges" in done["errors"]["invited"]
    done = await library.submit({"invited": [METTE, ALI], "channel": "C04"})
    assert "channel" in done["errors"]
    done = await library.submit({"invited": [METTE, ALI], "channel": PARTNERS})
    assert done["ok"], done
    await settled(library)
    assert "0 af 2 har svaret." in said(await parent(library))


CHANNEL_OF_GUESTS = [METTE, ALI, SOFIE, GUEST, "U0BOT"]


async def test_everybody_in_a_channel_is_asked_guests_and_bots_left_out(library: Library) -> None:
    await ready(library)
    await library.control("channels", id=PARTNERS, members=CHANNEL_OF_GUESTS)
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    done = await library.submit({"everybody": ["everybody"]})
    assert done["ok"], done
    await settled(library)
    assert "0 af 3 har svaret." in said(await parent(library))
    assert "vil gerne høre" in said((await direct(library, ALI))[-1])
    assert "vil gerne høre" in said((await direct(library, SOFIE))[-1])
    assert not await direct(library, GUEST)


async def test_a_channel_and_somebody_by_name_are_asked_together(library: Library) -> None:
    await ready(library)
    await library.control("channels", id=PARTNERS, members=CHANNEL_OF_GUESTS)
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    done = await library.submit({"everybody": ["everybody"], "invited": [ALI, TOM]})
    assert done["ok"], done
    await settled(library)
    assert "0 af 4 har svaret." in said(await parent(library))


@pytest.mark.parametrize("many", [61, 240])
async def test_of_a_channel_that_is_too_large_nobody_is_asked(library: Library, many: int) -> None:
    await ready(library)
    crowd = [f"U5{number}" for number in range(many)]
    for user in crowd:
        await library.control("members", id=user, name=user)
    await library.control("channels", id=PARTNERS, members=[METTE, *crowd, "U0BOT"])
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    done = await library.submit({"everybody": ["everybody"]})
    assert "mere end 60 kolleger i kanalen" in done["errors"]["everybody"]


async def test_nobody_is_asked_in_a_channel_without_the_bot(library: Library) -> None:
    await ready(library)
    await library.control("channels", id=PARTNERS, members=[METTE, ALI, SOFIE])
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    done = await library.submit({"everybody": ["everybody"]})
    assert "Jeg er ikke med i #partnerskaber." in done["errors"]["channel"]


async def test_a_channel_with_nobody_else_in_it_is_nobody_to_ask(library: Library) -> None:
    await ready(library)
    await library.control("channels", id=PARTNERS, members=[METTE, GUEST, "U0BOT"])
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    done = await library.submit({"everybody": ["everybody"]})
    assert done["errors"] == {"invited": "Vælg mindst én kollega ud over dig selv."}


async def test_a_day_off_is_no_deadline(library: Library) -> None:
    await ready(library)
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    calendar = calendar_of(Workspace())
    day = calendar.day(library.house.clock.now()) + timedelta(days=1)  # today may be past
    while calendar.is_working(day):
        day += timedelta(days=1)
    done = await library.submit({"invited": [ALI], "deadline": f"{day}"})
    assert "Den dag er ingen på arbejde" in done["errors"]["deadline"]


async def test_a_second_round_on_the_same_partner_is_told_of_the_first(library: Library) -> None:
    await ready(library)
    await library.known("Springbræt")
    await asked(library, words="springbræt: sommerfest", own={})
    await library.write("tjek springbræt: kor", SOFIE)
    told = "@U02 har spurgt kolleger om Springbræt – sommerfest, frist "
    assert told in said(await library.view(SOFIE))
    await library.press("Spørg kolleger", SOFIE)
    assert told in said(await library.view(SOFIE))
    done = await library.submit({"invited": [ALI]}, SOFIE)
    assert done["ok"], done


async def test_home_has_what_waits_and_what_is_mine_to_end(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, own={})
    home = said(await library.home(ALI))
    assert "En kollega spørger, hvad du tænker om Pixelværket: fast VR-rum." in home
    assert "Du har spurgt om Pixelværket: fast VR-rum." in said(await library.home(METTE))
    await library.press_on_home("Svar", ALI)
    await pages(library, ALI, {})
    await settled(library)
    home = said(await library.home(METTE))
    assert "Svarene om Pixelværket: fast VR-rum er vist. Du skriver beslutningen." in home
    assert "En kollega spørger" not in said(await library.home(ALI))
    await library.close()
    await library.press_on_home("Skriv beslutningen")
    done = await decided_in_form(library, "go_on", reason="Ja")
    assert done["ok"], done
    assert "er vist" not in said(await library.home(METTE))


async def test_on_the_callers_home_her_own_missing_answer_stands_with_the_round(
    library: Library,
) -> None:
    await ready(library)
    await asked(library, ALI)
    home = said(await library.home(METTE))
    mine = "Du har spurgt om Pixelværket: fast VR-rum, og dit eget svar mangler. 0 af 2 har svaret."
    assert home.count(mine) == 1
    assert "En kollega spørger" not in home
    await library.close()
    await library.press_on_home("Svar", METTE)
    await pages(library, METTE, {})
    await settled(library)
    home = said(await library.home(METTE))
    assert "Du har spurgt om Pixelværket: fast VR-rum. 1 af 2 har svaret." in home


async def test_many_are_asked_after_a_second_thought(library: Library) -> None:
    await ready(library)
    people = [f"U1{n:02}" for n in range(7)]
    for user in people:
        await library.control("members", id=user, name=f"Kollega{user[2:]}")
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    await library.submit({"invited": people})
    assert "Du er ved at spørge 7 kolleger." in said(await library.view())
    assert not await direct(library, people[0])
    await library.submit({"invited": people[:6]})
    await settled(library)
    assert "0 af 7 har svaret." in said(await parent(library))


async def test_two_hard_stops_are_named_in_the_plural(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, own={"goals": "no"})
    await answers(library, ALI, {"hours": "no"})
    assert "Stopklodser: Mål (Mette) og Timer (Ali). Et nej" in said((await thread(library))[0])


async def test_a_note_has_room_for_what_is_read_in_a_thread(library: Library) -> None:
    await ready(library)
    await asked(library, ALI)
    await library.press("Svar selv")
    (field,) = [e for b, e in elements(await library.view()) if b.startswith("note.")]
    assert field["max_length"] == 300


async def test_who_chose_english_is_asked_in_english(library: Library) -> None:
    await ready(library)
    now = library.house.clock.now()
    await library.store.write(settings_of.set_language, "T01", TOM, Language.ENGLISH, now)
    library.house.forget("T01")
    await asked(library, TOM, own={})
    invited = said((await direct(library, TOM))[-1])
    assert "@U02 would like to hear what you think about" in invited
    assert "at 12:00" in invited
    await answers(library, TOM, words="Answer")
    assert "(2 af 2)" in revealed(await thread(library))[0]


async def test_a_library_that_speaks_english_reads_it_in_english(library: Library) -> None:
    await ready(library, language=Language.ENGLISH)
    await library.write("check Pixel works: a room")
    await library.submit({})
    await pages(library, METTE, {"hours": "no"})
    await library.press("Ask colleagues")
    await library.submit({"invited": [ALI]})
    await settled(library)
    await answers(library, ALI, words="Answer")
    shown = said((await thread(library))[0])
    assert "The answers about Pixel works: a room are here (2 of 2)." in shown
    assert "You see one question of 14 differently." in shown
    assert "Hard stop: Hours (Mette)." in shown


# Again


async def test_again_on_the_same_partner_shows_what_changed(library: Library) -> None:
    await ready(library)
    await library.known("Springbræt")
    await asked(library, ALI, words="springbræt: sommerfest", own={"hours": "no"})
    await answers(library, ALI, {"hours": "no", "money": "unknown"})
    await decided(library, "kindly_no", reason="Ikke nu")
    await library.close()
    await wound(library, 24 * 40, jump=True)
    await library.write("tjek springbræt: julefest")
    await library.submit({})
    await pages(library, METTE, {"hours": "partly"})
    shown = said(await library.view())
    assert "Timer (før: nej, nu: delvist)" in shown
    assert "Siden sidst (" in shown
    await library.press("Spørg kolleger")
    await library.submit({"invited": [SOFIE]})
    await settled(library)
    await answers(library, SOFIE)
    assert "Timer (før: nej, nu: uenige)" in revealed(await thread(library))[0]


# Many


async def test_sixty_people_and_fourteen_questions(library: Library) -> None:
    await ready(library)
    people = [f"U1{n:02}" for n in range(60)]
    for user in people:
        await library.control("members", id=user, name=f"Kollega{user[2:]} Hansen")
    await asked(library, *people, own={})
    assert "1 af 61 har svaret." in said(await parent(library))
    number = await round_of(library)
    for n, user in enumerate(people[:-1]):
        await sent_straight(library, number, user, NO if n % 3 else YES)
    await answers(library, people[-1])
    found = await thread(library)
    assert "er her (61 af 61). I er uenige om 14 af 14 spørgsmål." in said(found[0])
    assert len(found) > 2
    everything = " ".join(said(message) for message in found)
    for user in people:
        assert everything.count(f"Kollega{user[2:]}") == 14
    assert "@U1" not in everything


async def round_of(library: Library) -> int:
    (this,) = await library.store.read(round_queries.led_by, "T01", METTE)
    return this.id


async def sent_straight(library: Library, number: int, user: str, given: dict[str, str]) -> None:
    """As from the last page; the way there is tested above."""
    now = library.house.clock.now()
    await library.store.write(rounds.answer, "T01", number, user, answers=given, notes={}, now=now)
