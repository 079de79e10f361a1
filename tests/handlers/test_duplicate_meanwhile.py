"""Forms of a card that a colleague makes one with another meanwhile, and two who do so at once."""

import asyncio
from datetime import timedelta

from bot.circle import Level
from bot.circle_activity import Activity
from bot.circle_question import Kind
from bot.partner import ContactPerson
from storage import circle_activity, circle_question, contact, privacy, tjek
from tests.handlers.duplicates import NADIA, card, joined, parted, side_by_side, stored
from tests.handlers.library import Library, elements, said

COLLABORATION = Level.COLLABORATION


async def with_activity(library: Library) -> tuple[int, int]:
    """The older card has something on, the other not."""
    old = await library.known("Springbræt", level=COLLABORATION)
    await library.control("clock", advance=60)
    new = await library.known("Læsefidusen", level=COLLABORATION)
    activity = Activity(old, "Sommerfest", "U03", library.house.clock.now())
    await library.store.write(circle_activity.begin, "T01", activity)
    return old, new


async def test_what_the_other_card_has_on_keeps_the_collaboration(library: Library) -> None:
    old, new = await with_activity(library)
    await library.write("niveau læsefidusen")
    await library.press("Flyt et skridt ud")
    assert (await library.submit({"why": "less_often"}))["ok"]
    await joined(library, old, new)
    done = await library.submit({})
    assert "for det her er i gang: Sommerfest." in str(done["errors"])
    assert (await stored(library, old)).level is COLLABORATION


async def test_who_parts_on_good_terms_hears_what_is_over_on_both_cards(library: Library) -> None:
    old, new = await with_activity(library)
    await library.write("niveau læsefidusen")
    await library.press("Slut pænt af")
    await joined(library, old, new)
    assert (await library.submit({"learned": "Alt"}))["ok"]
    assert "Det her står nu som slut: Sommerfest." in said(await library.view())
    (hello,) = await library.store.read(circle_question.open_of, "T01", old)
    assert (hello.kind, hello.subject_id) == (Kind.HELLO, old)


async def test_what_is_asked_again_is_asked_once_of_the_one_card(library: Library) -> None:
    old = await library.known("Springbræt")
    await library.control("clock", advance=60)
    new = await library.known("Læsefidusen")
    for words in ("springbræt", "læsefidusen"):
        await library.close()
        await library.write(f"niveau {words}")
        assert (await library.submit({"activity": "maybe"}))["ok"]
        if words == "springbræt":
            assert (await library.submit({}))["ok"]
    await library.control("clock", advance=24 * 60 * 60, jump=True)
    await joined(library, old, new)
    assert (await library.submit({}))["ok"]
    (again,) = await library.store.read(circle_question.open_of, "T01", old)
    assert again.subject_id == old


async def test_an_old_check_begun_meanwhile_is_about_the_one_card(library: Library) -> None:
    old = await library.known("Springbræt")
    await library.control("clock", advance=60)
    new = await library.known("Læsefidusen")
    await library.write("tjek læsefidusen: en ny idé")
    await joined(library, old, new)
    assert (await library.submit({}))["ok"]
    since = library.house.clock.now() - timedelta(days=1)
    (check,) = await library.store.read(tjek.under_way, "T01", old, since)
    assert (check.partner_id, check.partner_name, check.idea) == (old, "Springbræt", "en ny idé")


async def test_an_old_form_of_a_person_notes_it_of_her_on_the_one_card(library: Library) -> None:
    anne = ContactPerson("Anne Holm", email="anne@fidusen.dk", source="messen")
    old = await library.known("Springbræt", people=(anne,))
    await library.control("clock", advance=60)
    new = await library.known("Læsefidusen", people=(ContactPerson("Bo Lind", source="kort"),))
    await library.write("læsefidusen")
    person = (await stored(library, new)).people[0]
    await joined(library, old, new)
    await library.store.write(privacy.wishes_no_contact, "T01", new, person.id, wish=True)
    shown = await card(library, "springbræt")
    assert "Bo Lind" in shown
    assert (await library.store.read(privacy.standings, "T01", [old]))[person.id].no_contact


async def test_two_who_make_the_same_two_one_at_once_do_it_once(library: Library) -> None:
    old = await library.known("Springbræt")
    await library.control("clock", advance=60)
    new = await library.known("Læsefidusen")
    for user in ("U02", NADIA):
        await side_by_side(library, old, new, user)
    done = await asyncio.gather(*(library.submit({}, user) for user in ("U02", NADIA)))
    assert sorted(one["ok"] for one in done) == [False, True]
    (refused,) = (one for one in done if not one["ok"])
    assert "En kollega har allerede slået de to sammen." in str(refused["errors"])
    assert (await stored(library, new)).id == old


async def test_two_who_make_two_one_crosswise_at_once_leave_one_chain(library: Library) -> None:
    first = await library.known("Springbræt")
    await library.control("clock", advance=60)
    second = await library.known("Læsefidusen")
    await library.control("clock", advance=60)
    third = await library.known("Pixelværket")
    await side_by_side(library, second, third, "U02")
    await side_by_side(library, first, second, NADIA)
    done = await asyncio.gather(*(library.submit({}, user) for user in ("U02", NADIA)))
    assert any(one["ok"] for one in done)
    for one in done:
        assert one["ok"] or "imens" in str(one["errors"]) or "allerede" in str(one["errors"])
    ids = {(await stored(library, number)).id for number in (first, second, third)}
    assert len(ids) == 3 - sum(one["ok"] for one in done)


async def test_a_chain_of_three_is_undone_from_its_end(library: Library) -> None:
    first = await library.known("Springbræt")
    await library.control("clock", advance=60)
    second = await library.known("Læsefidusen")
    await library.control("clock", advance=60)
    third = await library.known("Pixelværket")
    await joined(library, second, third)
    await library.write("læsefidusen")  # her card keeps the way to undo the first
    await joined(library, first, second)
    for words in ("springbræt", "læsefidusen", "pixelværket"):
        assert "Slået sammen med Læsefidusen" in await card(library, words, "U03")
    assert {(await stored(library, n)).id for n in (first, second, third)} == {first}
    await library.press("Fortryd")
    told = said(await library.message())
    assert "Springbræt er slået sammen med en anden siden. Fortryd det først" in told
    assert "Springbræt og Læsefidusen er to kort igen." in await parted(library, "springbræt")
    assert (await stored(library, third)).id == second
    assert "Slået sammen med Pixelværket" in await card(library, "læsefidusen")
    assert "Læsefidusen og Pixelværket er to kort igen." in await parted(library, "læsefidusen")
    assert (await stored(library, third)).name == "Pixelværket"


async def test_what_was_edited_meanwhile_stays_when_they_are_two(library: Library) -> None:
    old = await library.known("Springbræt", area="Vest")
    await library.control("clock", advance=60)
    new = await library.known("Læsefidusen", area="Nord")
    await joined(library, old, new)
    await library.write("springbræt")
    await library.choose("Ret: hvem de er")
    assert (await library.submit({"area": "Syd"}))["ok"]
    await library.write("kontakt springbræt talte om sommeren")
    await parted(library, "springbræt")
    kept, back = await stored(library, old), await stored(library, new)
    assert (kept.name, kept.area, back.name, back.area) == (
        "Springbræt", "Syd", "Læsefidusen", "Nord"
    )  # fmt: skip
    assert [one.about for one in await library.store.read(contact.of_partner, "T01", old)] == [
        "talte om sommeren"
    ]
    assert not await library.store.read(contact.of_partner, "T01", new)


async def test_what_is_decided_apart_stays_so_after_a_merger_and_its_undoing(
    library: Library,
) -> None:
    old = await library.known("Springbræt")
    await library.control("clock", advance=60)
    other = await library.known("Foreningen Springbraet")
    third = await library.known("Springbrædt")
    await library.write("dubletter")
    assert "3 par" in said(await library.view())
    for _ in range(3):
        await library.press("Ikke den samme")
    await joined(library, old, other)
    await library.close()
    await library.write("dubletter")
    assert "Jeg har ikke fundet to" in said(await library.view())
    await parted(library, "springbræt")
    await library.close()
    await library.write("dubletter", "U03")
    shown = await library.view("U03")
    assert "Jeg har ikke fundet to" in said(shown)
    assert not [e for _, e in elements(shown) if str(third) in str(e.get("value", "")).split(":")]
