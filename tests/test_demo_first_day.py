"""The first day of a library: `make demo SCENE=empty`, from nobody at all to a register in use.

Driven over the control API as people would click it, and looked at in a browser where there is one.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.demos import DESK, PHONE, Demo, Window, demo_in, in_chromium, window_on
from tests.handlers.library import Json, elements, said

KAREN, METTE, PETRA, EMMA = "U01", "U02", "U04", "U05"
ASKED, DIGEST = "C01", "C02"

SIGNATURES = {
    "Klatreklubben Tinden": """Med venlig hilsen

Jonas Bertelsen
Daglig leder

Klatreklubben Tinden
Tlf. 86 12 34 56
jonas@tinden-eksempel.dk
""",
    "Sangkoret Lærken": """Mange hilsner
Rikke Thomsen, korleder
Sangkoret Lærken
rikke@laerken-eksempel.dk
""",
    "Havneskolen": """Venlig hilsen
Bo Lindgaard
Skolebibliotekar
bo@havneskolen-eksempel.dk
+45 87 65 43 21
""",
}


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo_in(tmp_path) as demo:
        await demo.start("--scene", "empty")
        yield demo


@pytest.fixture
async def windows(demo: Demo, tmp_path: Path) -> AsyncIterator[list[Window]]:
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(window_on(demo, size, tmp_path))
            for size in (DESK, PHONE)
        ]


class TestFirstDay:
    pytestmark = in_chromium

    async def test_from_nobody_to_a_register_in_use(
        self, demo: Demo, windows: list[Window]
    ) -> None:
        day = FirstDay(demo, windows)
        await day.somebody_becomes_coordinator()
        await day.sets_up()
        await day.adds_three_by_signatures()
        await day.notes_contacts()
        await day.asks_who_knows()
        await day.speaks_english_and_back()
        await day.a_guest_is_refused()
        await day.a_person_is_given_access()
        await day.and_is_anonymised()
        assert demo.complaints() == ""


class FirstDay:
    """What happens, in its order."""

    def __init__(self, demo: Demo, windows: list[Window]) -> None:
        self.demo = demo
        self.windows = windows

    async def look(self, name: str, user: str, channel: str = ASKED) -> None:
        """A picture, wide and narrow, where nothing needs scrolling sideways."""
        for window in self.windows:
            await window.at(user, channel)
            await window.fits()
            await window.shoot(f"first-{name}")

    async def home(self, user: str) -> Json:
        await self.demo.control("home", user=user)
        home: Json = (await self.demo.state(user))["home"]
        return home

    async def press_at_home(self, words: str, user: str) -> None:
        home = await self.home(user)
        for block_id, element in elements(home):
            if element.get("text", {}).get("text") == words:
                done = await self.demo.control(
                    "click",
                    user=user,
                    action_id=element["action_id"],
                    block_id=block_id,
                    view_id=home["id"],
                )
                assert done["ok"], done
                return
        raise AssertionError(f"no button “{words}” in: {said(home)}")

    async def press_beside(self, block: str, user: str) -> None:
        """Press the button of that block in the modal on top."""
        view = await self.demo.view(user)
        action = dict(elements(view))[block]["action_id"]
        where = {"view_id": view["id"], "block_id": block, "action_id": action}
        done = await self.demo.control("click", user=user, **where)
        assert done["ok"], done

    async def close_all(self, user: str) -> None:
        while views := (await self.demo.state(user))["views"]:
            await self.demo.control("close", user=user, view_id=views[-1]["id"])

    async def somebody_becomes_coordinator(self) -> None:
        await self.look("nobody", KAREN, "@home")
        await self.press_at_home("Bliv koordinator", KAREN)
        assert "Du er koordinator nu." in said(await self.demo.view(KAREN))
        await self.look("coordinator", KAREN, "@home")
        await self.close_all(KAREN)
        assert "Fire ting, ti minutter" in said(await self.home(KAREN))
        assert "Bliv koordinator" not in said(await self.home(METTE))

    async def sets_up(self) -> None:
        await self.press_at_home("Vælg", KAREN)
        await self.press_beside("library.channels", KAREN)
        done = await self.demo.submit(
            {"digest_channel": DIGEST, "partner_channel": ASKED}, user=KAREN
        )
        assert done["ok"], done
        await self.look("channels", KAREN, "@home")
        await self.close_all(KAREN)
        await self.press_at_home("Slå til", KAREN)
        await self.look("switch", KAREN, "@home")
        done = await self.demo.submit({}, user=KAREN)
        assert done["ok"], done
        await self.close_all(KAREN)

    async def adds_three_by_signatures(self) -> None:
        for name, signature in SIGNATURES.items():
            await self.demo.write(f"ny {name}", user=METTE, channel=ASKED)
            done = await self.demo.submit(
                {"contact": signature, "source": "fra mailen"}, user=METTE
            )
            assert f"{name} er med." in said(done["view"])
            if name == "Havneskolen":
                assert "Bo Lindgaard" in said(done["view"])
                await self.look("added", METTE)
            await self.close_all(METTE)

    async def notes_contacts(self) -> None:
        await self.demo.write(
            "kontakt Tinden talte med Jonas om klatrevæggen", user=METTE, channel=ASKED
        )
        line = said(await self.demo.message(METTE, ASKED))
        assert "Noteret: Klatreklubben Tinden, i dag" in line
        await self.look("line", METTE)

        await self.demo.write("sangkoret", user=METTE, channel=ASKED)
        await self.demo.press("Vi har talt sammen", user=METTE, channel=ASKED)
        clicked = said(await self.demo.message(METTE, ASKED))
        assert "Noteret: Du har talt med Sangkoret Lærken" in clicked
        await self.look("card", METTE)

        await self.demo.control(
            "message", user=METTE, channel=ASKED, text="Havneskolen kommer på besøg på fredag"
        )
        there = (await self.demo.state(METTE))["channels"]
        mine = [
            message
            for channel in there
            if channel["id"] == ASKED
            for message in channel["messages"]
            if message["user"] == METTE and not message["ephemeral"]
        ]
        await self.demo.control(
            "shortcut",
            user=METTE,
            callback_id="note_contact",
            message={"channel": ASKED, "ts": mine[-1]["ts"]},
        )
        await self.look("shortcut", METTE)
        done = await self.demo.submit({}, user=METTE)
        assert "Noteret: Havneskolen, i dag" in said(done["view"])
        await self.close_all(METTE)

    async def asks_who_knows(self) -> None:
        await self.demo.write("hvem klatrevæg", user=KAREN, channel=ASKED)
        found = said(await self.demo.message(KAREN, ASKED))
        assert "Klatreklubben Tinden" in found
        assert f"@{METTE}" in found
        await self.look("who", KAREN)
        await self.demo.write("hvem skakklubben", user=KAREN, channel=ASKED)
        await self.look("who-nobody", KAREN)

    async def speaks_english_and_back(self) -> None:
        await self.demo.write("indstillinger", user=METTE, channel=ASKED)
        await self.look("own-settings", METTE)
        await self.demo.submit({"language": "en"}, user=METTE)
        await self.close_all(METTE)
        await self.demo.write("tinden", user=METTE, channel=ASKED)
        assert "Latest contacts" in said(await self.demo.message(METTE, ASKED))
        await self.look("english", METTE)
        await self.look("english-home", METTE, "@home")
        await self.demo.write("settings", user=METTE, channel=ASKED)
        await self.demo.submit({"language": "library"}, user=METTE)
        await self.close_all(METTE)
        await self.demo.write("tinden", user=METTE, channel=ASKED)
        assert "Seneste kontakter" in said(await self.demo.message(METTE, ASKED))

    async def a_guest_is_refused(self) -> None:
        sentence = "Partnerbot er for bibliotekets ansatte."
        assert sentence in said(await self.home(PETRA))
        await self.look("guest", PETRA, "@home")

    async def a_person_is_given_access(self) -> None:
        await self.demo.write("oplysninger Jonas Bertelsen", user=KAREN, channel=ASKED)
        await self.look("access", KAREN)
        done = await self.demo.submit({"purpose": "bad om det i en mail"}, user=KAREN)
        assert "jonas@tinden-eksempel.dk" in said(done["view"])
        await self.look("document", KAREN)
        await self.demo.press("Send mig filerne", user=KAREN)
        await self.close_all(KAREN)
        files = (await self.demo.state(KAREN))["files"]
        assert sorted(file["name"].rpartition(".")[2] for file in files) == ["json", "txt"]
        assert not (await self.demo.state(METTE))["files"]

    async def and_is_anonymised(self) -> None:
        await self.demo.write("tinden", user=KAREN, channel=ASKED)
        await self.demo.choose("Deres kontaktpersoner", user=KAREN, channel=ASKED)
        await self.demo.press("Ret", user=KAREN)
        await self.look("person", KAREN)
        await self.demo.press("Anonymisér …", user=KAREN)
        await self.look("anonymise", KAREN)
        done = await self.demo.submit({"purpose": "bad om det", "sure": ["sure"]}, user=KAREN)
        assert "Personen er anonymiseret." in said(done["view"])
        assert "talte med Jonas om klatrevæggen" in said(done["view"]), "a human looks at it"
        await self.look("anonymised", KAREN)
        await self.close_all(KAREN)
        assert not (await self.demo.state(KAREN))["files"]
        await self.demo.write("tinden", user=METTE, channel=ASKED)
        card = said(await self.demo.message(METTE, ASKED))
        assert "Bertelsen" not in card
        assert "jonas@tinden-eksempel.dk" not in card
