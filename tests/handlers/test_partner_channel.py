"""A partner's own channel: chosen in the forms, shown on the card, told in the history."""

from bot.partner import Partner
from storage import partner as register_of
from tests.handlers.library import Library, said

OWN, OTHER = "C01", "C03"


async def stored(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, "T01", number)


async def form(library: Library, name: str = "Springbræt") -> None:
    await library.write(name)
    done = await library.choose("Ret: hvem de er")
    assert done["ok"], done


async def test_it_is_chosen_shown_and_told(library: Library) -> None:
    number = await library.known()
    await form(library)
    assert "Dér, hvor I taler om dem." in said(await library.view())
    done = await library.submit({"channel": OWN})
    assert done["ok"], done
    assert (await stored(library, number)).channel == OWN
    await library.close()
    await library.write("Springbræt")
    assert "Kanal: #C01" in said(await library.message())
    await form(library)
    await library.submit({"channel": OTHER})
    await library.close()
    await library.write("Springbræt")
    await library.press("Historik")
    told = said(await library.view())
    assert "Kanal: tilføjet #partnerskaber" in told
    assert "Kanal: fra #partnerskaber til #generelt" in told


async def test_it_can_be_taken_off_again(library: Library) -> None:
    number = await library.known(channel=OWN)
    await form(library)
    await library.submit({"channel": None})
    assert (await stored(library, number)).channel == ""


async def test_a_new_partner_has_it_under_fill_in_more(library: Library) -> None:
    await library.write("ny Kodeklubben Nord")
    await library.press("Udfyld mere")
    done = await library.submit({"channel": OWN})
    assert done["ok"], done
    await library.close()
    await library.write("Kodeklubben Nord")
    assert "Kanal: #C01" in said(await library.message())


async def test_one_that_the_bot_is_not_in_is_refused_at_its_field(library: Library) -> None:
    number = await library.known()
    await library.control("channels", id="C09", name="proeve", members=["U02"])
    await form(library)
    done = await library.submit({"channel": "C09", "area": "gymnastik"})
    refused = "Jeg er ikke med i #proeve. Skriv /invite @Partnerbot dér, og prøv igen."
    assert done["errors"] == {"channel": refused}
    assert (await stored(library, number)).area == ""
    done = await library.submit({"channel": OWN, "area": "gymnastik"})
    assert done["ok"], done
    assert (await stored(library, number)).area == "gymnastik"


async def test_one_shared_with_the_partner_is_as_good(library: Library) -> None:
    number = await library.known()
    members = ["U02", "@app"]
    await library.control("channels", id="C09", name="faelles", is_ext_shared=True, members=members)
    await form(library)
    done = await library.submit({"channel": "C09"})
    assert done["ok"], done
    assert (await stored(library, number)).channel == "C09"


async def test_one_that_was_archived_since_is_in_nobodys_way(library: Library) -> None:
    members = ["U02", "@app"]
    await library.control("channels", id="C09", name="gammel", members=members)
    number = await library.known(channel="C09")
    await library.control("channels", id="C09", is_archived=True)
    await form(library)
    done = await library.submit({"area": "gymnastik"})
    assert done["ok"], done
    assert (await stored(library, number)).channel == "C09"
    assert (await stored(library, number)).area == "gymnastik"
