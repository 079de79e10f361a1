"""A kind no, through the front door: from the decision to what is noted once the mail is sent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.circle_question import Kind as Asked
from bot.contact import Kind
from bot.partner import ContactPerson, Partner, RelationType
from bot.questions import load
from bot.tjek import Answer, Check, Decision, Sheet
from bot.tjek_letter import default_again
from bot.workspace import Language
from storage import circle_question as questions
from storage import contact as contacts_of
from storage import partner as register_of
from storage import privacy
from storage import tjek as checks_of
from storage import workspace as settings_of
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import METTE, decide

NOTE = "Sofie gider dem ikke"
SHEET = Sheet(
    {"hours": Answer.NO, "breadth": Answer.NO, "need": Answer.YES}, {"able": NOTE, "fit": NOTE}
)


async def partner(library: Library, **more: object) -> Partner:
    people = (ContactPerson("Jonas Holm", "leder", source="mødet"), ContactPerson("Anne Bo"))
    found = replace(Partner("Pixelværket", people=people), **more)  # type: ignore[arg-type] # a field and its value
    now = library.house.clock.now()
    return await library.store.write(register_of.add, "T01", found, by=METTE, now=now)


async def check(library: Library, of: Partner | None, **more: object) -> Check:
    now = library.house.clock.now()
    new = Check(
        METTE,
        now,
        partner_id=of.id if of else None,
        partner_name=of.name if of else "",
        idea="fast VR-rum",
        wording=load("tjek").model_dump(mode="json"),
        finished_at=now,
        decision=Decision.KINDLY_NO,
        reason="Vi mangler timer",
        decided_by=METTE,
        decided_at=now,
        sheets={METTE: SHEET},
    )
    return await library.store.write(
        checks_of.start,
        "T01",
        replace(new, **more),  # type: ignore[arg-type] # as above
    )


async def begin(library: Library, user: str = METTE) -> str:
    """From the partner's card to the result, and from there to the form."""
    await library.write("pixelværket", user=user)
    await library.press("Vis", user)
    await library.press("Skriv brevet", user)
    return said(await library.view(user))


async def draft(library: Library, user: str = METTE, **values: object) -> str:
    done = await library.submit({"reasons": ["hours", "breadth"]} | values, user)
    assert done["ok"], done
    return said(await library.view(user))


async def send(library: Library, **values: str) -> Json:
    """Say that the mail is sent."""
    done = await library.submit(values)
    assert done["ok"], done
    return done


async def contacts(library: Library, of: Partner) -> list[tuple[Kind, str, str]]:
    found = await library.store.read(contacts_of.of_partner, "T01", of.id)
    return [(one.kind, one.about, one.with_whom) for one in found]


async def asked_again(library: Library, of: Partner) -> list[tuple[Asked, date]]:
    found = await library.store.read(questions.open_of, "T01", of.id)
    return [(one.kind, one.due_on) for one in found]


async def test_from_the_result_to_the_letter_and_what_is_noted(library: Library) -> None:
    await decide(library, library_name="Byens Bibliotek")
    pixel = await partner(library)
    await check(library, pixel)
    form = await begin(library)
    assert "Pænt nej Pixelværket – fast VR-rum Hvorfor siger vi nej?" in form
    assert "Det, I svarede nej til Vi har ikke de timer, det kræver" in form
    letter = await draft(
        library,
        liked="at de unge selv skulle lave indholdet",
        to=str(pixel.people[0].id),
        again="2027-09-01",
    )
    assert "Emne Jeres idé: fast VR-rum" in letter
    assert "Kære Jonas" in letter
    assert "• Vi har ikke de timer, det kræver, hvis det skal blive godt." in letter
    assert "• Vi har allerede flere samarbejder på området" in letter
    assert "Vi kunne godt lide, at de unge selv skulle lave indholdet." in letter
    assert "I september 2027 ser vi på idéen igen." in letter
    assert "Venlig hilsen Mette, Byens Bibliotek" in letter
    assert NOTE not in letter
    assert (await library.view())["submit"]["text"] == "Sendt"
    assert "Skal vi se på idéen igen?" in letter
    await send(library)
    done = said(await library.view())
    assert "Noteret: Pixelværket, i dag, ”pænt nej: fast VR-rum”." in done
    assert "Pixelværket bliver i vores netværk. Jeg minder jer om idéen onsdag den 1." in done
    await library.control("close", user=METTE, view_id=(await library.view())["id"])
    assert not (await library.state())["views"], "nothing that is done with is left to close"
    assert await contacts(library, pixel) == [(Kind.MAIL, "pænt nej: fast VR-rum", "Jonas Holm")]
    assert await asked_again(library, pixel) == [(Asked.AFTER_NO, date(2027, 9, 1))]
    kept = await library.store.read(register_of.get, "T01", pixel.id)
    assert kept
    assert (kept.level, kept.status, kept.archived) == (pixel.level, pixel.status, False)


async def test_what_is_written_in_the_letter_is_stored_nowhere(library: Library) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    await begin(library)
    await draft(library, liked="hemmelig ros", change="hvis hemmelig ting")
    await send(library, letter="hemmelig rettelse")
    stored = await library.store.read(contacts_of.of_partner, "T01", pixel.id)
    assert stored
    assert "hemmelig" not in repr(stored)
    assert "hemmelig" not in said(await library.view())


async def test_the_day_is_nine_months_ahead_on_the_first_of_a_month(library: Library) -> None:
    await check(library, await partner(library))
    await begin(library)
    view = await library.view()
    picker = next(element for block, element in elements(view) if block == "again")
    today = library.house.clock.now().date()
    day = date.fromisoformat(picker["initial_date"])
    assert day == default_again(today)
    assert day.day == 1


async def test_without_a_day_nothing_is_promised_and_nothing_asked(library: Library) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    await begin(library)
    letter = await draft(library, again=None)
    assert "løfte" not in letter
    await send(library)
    assert "**" not in said(await library.view())
    shown = said(await library.view())
    assert "Pixelværket bliver i vores netværk. Jeg minder jer ikke om idéen igen." in shown
    assert await asked_again(library, pixel) == []
    assert len(await contacts(library, pixel)) == 1


async def test_who_wishes_no_contact_is_not_offered(library: Library) -> None:
    pixel = await partner(library)
    jonas, anne = pixel.people
    await library.store.write(privacy.wishes_no_contact, "T01", pixel.id, anne.id, wish=True)
    await check(library, pixel)
    await begin(library)
    view = await library.view()
    select = next(element for block, element in elements(view) if block == "to")
    assert [option["value"] for option in select["options"]] == [str(jonas.id)]
    assert "Kære Jonas" in await draft(library), "the only one stands there from the start"


async def test_one_can_go_back_from_the_draft_and_change_the_reasons(library: Library) -> None:
    await check(library, await partner(library))
    await begin(library)
    first = await draft(library, liked="legen")
    assert "legen" in first
    await library.control("close", user=METTE, view_id=(await library.view())["id"])
    again = await draft(library, reasons=["money"])
    assert "Vi kan ikke finde pengene" in again
    assert "legen" in again, "what was typed is still there"


async def test_sent_twice_is_noted_once_and_the_later_day_holds(library: Library) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    for day in ("2027-09-01", "2028-02-01"):
        await begin(library)
        await draft(library, again=day)
        await send(library)
        await library.close()
    assert len(await contacts(library, pixel)) == 1
    assert await asked_again(library, pixel) == [(Asked.AFTER_NO, date(2028, 2, 1))]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"liked": "ring til 010190-1234"}, "liked", "CPR-nummer"),
        ({"again": "2020-01-01"}, "again", "Vælg en dag ude i fremtiden"),
        ({"again": "2090-01-01"}, "again", "Så langt frem"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    library: Library, values: Json, field: str, sentence: str
) -> None:
    await check(library, await partner(library))
    await begin(library)
    done = await library.submit({"reasons": ["hours"]} | values)
    assert not done["ok"]
    assert sentence in done["errors"][field]


async def test_more_than_two_reasons_are_stopped(library: Library) -> None:
    await check(library, await partner(library))
    await begin(library)
    done = await library.submit({"reasons": ["hours", "money", "goals"]})
    assert not done["ok"]


async def test_an_idea_without_a_partner_has_a_letter_but_nothing_to_note(
    library: Library,
) -> None:
    await library.write("tjek Pixelværket: fast VR-rum")
    await library.submit({"length": "short"})
    page = (await library.view())["blocks"]
    asked = [block["block_id"] for block in page if block["block_id"].startswith("question.")]
    await library.submit(dict.fromkeys(asked, "no"))
    await library.press("Pænt nej", values={"reason": {"reason": "Vi har ikke timerne"}})
    await library.press("Skriv brevet")
    form = said(await library.view())
    assert "Hvem skriver du til?" not in form
    assert "Hvornår ser vi på det igen?" not in form
    letter = await draft(library)
    assert "Hej" in letter
    assert "netværk" not in letter
    assert "De står ikke i registret" in letter
    assert "jeres idé ”fast VR-rum”" in letter
    assert (await library.view())["submit"]["text"] == "Færdig"
    done = await library.submit({})
    assert done["ok"], done
    assert "De står ikke i registret, så jeg har ikke noteret noget." in said(await library.view())
    await library.control("close", user=METTE, view_id=(await library.view())["id"])
    assert not (await library.state())["views"]


async def test_once_the_mail_is_sent_one_may_choose_another_day_or_none(library: Library) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    await begin(library)
    await draft(library, again="2027-09-01")
    done = await library.submit({"again": "2020-01-01"})
    assert "Vælg en dag ude i fremtiden" in done["errors"]["again"]
    await send(library, again="2027-11-02")
    assert await asked_again(library, pixel) == [(Asked.AFTER_NO, date(2027, 11, 2))]
    await library.close()
    await begin(library)
    await draft(library, again="2027-09-01")
    await send(library, whether="leave")
    assert await asked_again(library, pixel) == []
    assert "Jeg minder jer ikke om idéen igen." in said(await library.view())


async def test_who_promised_nothing_may_still_choose_a_day(library: Library) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    await begin(library)
    await draft(library, again=None)
    picker = next(e for block, e in elements(await library.view()) if block == "again")
    assert "initial_date" not in picker, "beside “Nej, ikke igen” stands no day"
    done = await library.submit({"whether": "ask"})
    assert "Vælg en dag ude i fremtiden" in done["errors"]["again"]
    await send(library, whether="ask", again="2027-10-01")
    assert await asked_again(library, pixel) == [(Asked.AFTER_NO, date(2027, 10, 1))]


async def test_a_day_off_is_moved_and_that_is_said(library: Library) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    await begin(library)
    await draft(library, again="2027-09-05")
    await send(library)
    shown = said(await library.view())
    assert "Jeg minder jer om idéen mandag den 6. september 2027." in shown
    assert "Søndag den 5. september 2027 er ikke en arbejdsdag" in shown
    assert await asked_again(library, pixel) == [(Asked.AFTER_NO, date(2027, 9, 6))]


@pytest.mark.parametrize("field", ["subject", "letter"])
async def test_an_empty_letter_is_not_sent(library: Library, field: str) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    await begin(library)
    await draft(library)
    done = await library.submit({field: None})
    assert not done["ok"]
    assert await contacts(library, pixel) == []


async def test_who_thinks_again_after_the_letter_is_told_what_the_partner_knows(
    library: Library,
) -> None:
    told = "Partneren fik brevet med det pæne nej"
    await check(library, await partner(library))
    await library.write("pixelværket")
    await library.press("Vis")
    await library.press("Ret beslutningen")
    assert told not in said(await library.view())
    await library.close()
    await begin(library)
    await draft(library)
    await send(library)
    await library.close()
    await library.write("pixelværket")
    await library.press("Vis")
    await library.press("Ret beslutningen")
    assert told in said(await library.view())


async def test_a_sponsor_is_not_promised_a_day(library: Library) -> None:
    pixel = await partner(library, relation_type=RelationType.SPONSOR)
    await check(library, pixel)
    assert "Hvornår ser vi på det igen?" not in await begin(library)
    await draft(library)
    await send(library)
    assert len(await contacts(library, pixel)) == 1
    assert await asked_again(library, pixel) == []


async def test_a_decision_changed_meanwhile_has_no_letter(library: Library) -> None:
    pixel = await partner(library)
    stored = await check(library, pixel)
    await begin(library)
    await draft(library)
    await library.store.write(
        checks_of.decide,
        "T01",
        stored.id,
        decision=Decision.GO_ON,
        reason="Alligevel",
        by=METTE,
        now=library.house.clock.now(),
    )
    done = await library.submit({})
    assert "Tjekket er ikke afgjort med et pænt nej" in next(iter(done["errors"].values()))
    assert await contacts(library, pixel) == []
    assert await asked_again(library, pixel) == []


async def test_who_reads_english_writes_in_the_librarys_language(library: Library) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    now = library.house.clock.now()
    await library.store.write(settings_of.set_language, "T01", METTE, Language.ENGLISH, now)
    await library.write("pixelværket")
    await library.press("Show")
    await library.press("Write the letter")
    form = said(await library.view())
    assert "What you said no to We do not have the hours it takes to do it well." in form
    letter = await draft(library)
    assert "Make it sound like yourself" in letter
    assert "Vi siger nej tak til jeres idé" in letter
    assert "Venlig hilsen" in letter
    await library.control("close", user=METTE, view_id=(await library.view())["id"])
    letter = await draft(library, language="en")
    assert "We have decided to say no to your idea" in letter
    await send(library)
    assert await contacts(library, pixel) == [(Kind.MAIL, "pænt nej: fast VR-rum", "")]


async def test_a_kind_no_takes_less_than_a_minute_of_clicks(library: Library) -> None:
    pixel = await partner(library)
    await check(library, pixel)
    before = len(await library.log("control"))
    await begin(library)
    await draft(library)
    await send(library)
    done = (await library.log("control"))[before:]
    assert len(done) <= 6, "the word, the result, the form, the draft, sent"


async def test_on_the_day_the_responsible_is_reminded_on_home(library: Library) -> None:
    pixel = await partner(library, responsible=METTE)
    await check(library, pixel)
    await begin(library)
    day = library.house.clock.now().date() + timedelta(days=40)
    await draft(library, again=day.isoformat())
    await send(library)
    reminder = "Pixelværket: I skrev, at I ville se på deres idé igen nu."
    assert reminder not in said(await home(library))
    await library.control("clock", advance=timedelta(days=45).total_seconds(), jump=True)
    view = await home(library)
    assert reminder in said(view)
    block_id, element = next(
        (block, e) for block, e in elements(view) if "Vi har set på den" in str(e.get("text"))
    )
    await library.control(
        "click",
        user=METTE,
        view_id=view["id"],
        block_id=block_id,
        action_id=element["action_id"],
    )
    assert reminder not in said(await home(library))
    assert await asked_again(library, pixel) == []


async def home(library: Library) -> Json:
    await library.control("home", user=METTE)
    found: Json = (await library.state(METTE))["home"]
    return found
