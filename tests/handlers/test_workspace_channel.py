"""Which channels the library may choose, and what is said of the others."""

from typing import Any

import pytest

from handlers.workspace_channel import ARCHIVED, NOT_IN, SHARED, UNSEEN, fault
from tests.handlers.library import Library, said
from tests.handlers.library_settings import decide, decided, open_form
from tests.handlers.wire import fault as fail

FINE = {"name": "partnerskaber", "is_member": True}


async def test_a_channel_the_bot_is_in_is_kept(library: Library) -> None:
    await decide(library, coordinators=("U02",))
    await open_form(library, "channels")
    assert (await library.submit({"partner_channel": "C01", "digest_channel": "C02"}))["ok"]
    saved = await decided(library)
    assert (saved.partner_channel, saved.digest_channel) == ("C01", "C02")
    menu = said(await library.view())
    assert "Kanal til Venner af huset: #venner-af-huset" in menu


async def test_a_channel_can_be_taken_away_again(library: Library) -> None:
    await decide(library, coordinators=("U02",), partner_channel="C01")
    await open_form(library, "channels")
    assert (await library.submit({"partner_channel": None}))["ok"]
    assert (await decided(library)).partner_channel is None


async def test_a_channel_the_bot_is_not_in(library: Library) -> None:
    await decide(library, coordinators=("U02",))
    await open_form(library, "channels")
    done = await library.submit({"partner_channel": "C04"})
    assert done["errors"] == {
        "partner_channel": "Jeg er ikke med i #børn-intern. Skriv /invite @Partnerbot dér, og prøv"
        " igen."
    }
    await library.control("channels", id="C04", members=["U02", "@app"])
    assert (await library.submit({}))["ok"]
    assert (await decided(library)).partner_channel == "C04"


async def test_a_private_channel_without_the_bot(library: Library) -> None:
    await library.control("channels", id="C05", name="ledelse", is_private=True, members=["U02"])
    await decide(library, coordinators=("U02",))
    await open_form(library, "channels")
    done = await library.submit({"digest_channel": "C05"})
    assert "Jeg kan ikke se den kanal. Er den privat," in done["errors"]["digest_channel"]
    await library.control("channels", id="C05", members=["U02", "@app"])
    assert (await library.submit({}))["ok"]


@pytest.mark.parametrize(
    ("change", "sentence", "in_menu"),
    [
        ({"is_archived": True}, "#partnerskaber er arkiveret.", "#partnerskaber"),
        (
            {"is_ext_shared": True},
            "#partnerskaber er delt med folk uden for biblioteket.",
            "#partnerskaber",
        ),
        ({"deleted": True}, "Jeg kan ikke se den kanal.", "en kanal, jeg ikke kan se"),
    ],
)
async def test_a_channel_that_changed_is_refused_and_the_menu_shows_it_still(
    library: Library, change: dict[str, Any], sentence: str, in_menu: str
) -> None:
    await decide(library, coordinators=("U02",), partner_channel="C01")
    await library.control("channels", id="C01", **change)
    await open_form(library, "channels")
    done = await library.submit({})
    assert sentence in done["errors"]["partner_channel"]
    view = (await library.state())["views"][-2]
    assert f"Kanal til spørgsmål om partnere: {in_menu}" in said(view)


async def test_an_app_installed_before_it_asked_for_channels(library: Library) -> None:
    await decide(library, coordinators=("U02",))
    await open_form(library, "channels")
    await library.control("app", scopes=["commands", "chat:write", "users:read"])
    done = await library.submit({"partner_channel": "C01"})
    assert "Jeg må ikke slå kanaler op endnu." in done["errors"]["partner_channel"]


async def test_slack_in_trouble_is_our_trouble(library: Library) -> None:
    await decide(library, coordinators=("U02",), partner_channel="C01")
    await fail(library, "conversations.info", error="internal_error")
    await library.write("indstillinger")
    await library.press("Bibliotekets indstillinger")
    assert "Det gik galt hos mig" in said(await library.view())
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.press("Bibliotekets indstillinger")
    assert "#partnerskaber" in said(await library.view())


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, None),
        ({"is_org_shared": True}, SHARED),
        ({"is_pending_ext_shared": True}, SHARED),
        ({"is_ext_shared": True}, SHARED),
        ({"is_archived": True, "is_ext_shared": True}, ARCHIVED),
        ({"is_member": False}, NOT_IN),
        ({"is_im": True}, UNSEEN),
        ({"is_mpim": True}, UNSEEN),
        ({"name": ""}, UNSEEN),
    ],
)
def test_what_slack_tells_of_a_channel(told: dict[str, Any], sentence: str | None) -> None:
    assert fault(FINE | told) == sentence
