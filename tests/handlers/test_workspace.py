import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.workspace import Frequency, Member
from storage import workspace as remembered
from tests.handlers.library import Json, Library, elements, said


async def test_everybody_is_spoken_to_in_danish_whatever_slack_says(library: Library) -> None:
    locales = {entry["request"].get("locale") for entry in await library.log("api")}
    assert "da-DK" not in locales
    await library.write("", user="U06")
    assert "Hej Sofie" in said(await library.message("U06"))


async def test_a_person_chooses_english_and_nobody_else_gets_it(library: Library) -> None:
    await library.write("indstillinger", user="U05")
    done = await library.submit({"language": "en"}, user="U05")
    assert done["ok"], done
    assert "Saved." in said(await library.view("U05"))
    await library.write("", user="U05")
    assert "Hi Emma. Nothing is waiting for you." in said(await library.message("U05"))
    await library.write("")
    assert "Hej Mette." in said(await library.message())


async def test_back_to_the_librarys_language(library: Library) -> None:
    await library.write("sprog", user="U05")
    await library.submit({"language": "en"}, user="U05")
    await library.close("U05")
    await library.write("settings", user="U05")
    await library.submit({"language": "library"}, user="U05")
    assert "Det er gemt." in said(await library.view("U05"))
    team = (await library.state())["team"]["id"]
    assert await library.store.read(remembered.language_of, team, "U05") is None


async def test_who_becomes_a_guest_is_refused_at_once(library: Library) -> None:
    await library.write("")
    await library.control("members", id="U02", name="mette", is_restricted=True)
    await library.write("")
    assert "Partnerbot er for bibliotekets ansatte." in said(await library.message())


# One's own.


async def own(library: Library, user: str = "U02") -> Member:
    return await library.store.read(remembered.member, "T01", user)


async def test_away_a_deputy_and_how_often(library: Library) -> None:
    await library.write("indstillinger")
    values = {"away_until": "2099-01-01", "deputy": "U03", "frequency": "monthly"}
    back = (library.house.clock.now() + timedelta(days=14)).date()
    done = await library.submit({**values, "away_until": back.isoformat()})
    assert done["ok"], done
    assert "Mens du er væk, spørger jeg @U03 om dine partnere" in said(await library.view())
    expected = Member(away_until=back, deputy="U03", frequency=Frequency.MONTHLY)
    assert await own(library) == expected
    await library.close()
    await library.write("indstillinger")
    assert (await library.submit({"deputy": None}))["ok"]
    assert await own(library) == replace(expected, deputy=None)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"away_until": "yesterday"}, "away_until", "Vælg en dag fra i morgen"),
        ({"away_until": "today"}, "away_until", "Vælg en dag fra i morgen"),
        ({"away_until": "2199-01-01"}, "away_until", "højst to år frem"),
        ({"deputy": "U02"}, "deputy", "Du kan ikke være din egen afløser."),
        ({"deputy": "U04"}, "deputy", "Petra kan ikke vælges."),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    library: Library, values: Json, field: str, sentence: str
) -> None:
    today = library.house.clock.now().date()
    days = {"yesterday": (today - timedelta(days=1)).isoformat(), "today": today.isoformat()}
    await library.write("indstillinger")
    done = await library.submit({key: days.get(value, value) for key, value in values.items()})
    assert list(done["errors"]) == [field]
    assert sentence in done["errors"][field]
    assert await own(library) == Member()


async def test_a_deputy_who_has_left_is_in_nobodys_way(library: Library) -> None:
    mine = Member(deputy="U03")
    now = library.house.clock.now()
    await library.store.write(remembered.save_member, "T01", "U02", mine, now)
    await library.control("members", id="U03", deleted=True)
    await library.write("indstillinger")
    assert (await library.submit({"frequency": "never"}))["ok"]
    assert "@U03 er ikke kollega her længere" in said(await library.view())
    assert await own(library) == Member(frequency=Frequency.NEVER)


async def test_who_is_back_is_not_asked_about_it_again(library: Library) -> None:
    now = library.house.clock.now()
    away = Member(away_until=now.date() - timedelta(days=1))
    await library.store.write(remembered.save_member, "T01", "U02", away, now)
    await library.write("indstillinger")
    assert (await library.submit({"frequency": "never"}))["ok"]
    assert await own(library) == Member(frequency=Frequency.NEVER)


# Becoming the coordinator.


async def coordinators(library: Library) -> tuple[str, ...]:
    return (await library.store.read(remembered.settings, "T01")).coordinators


async def test_the_first_to_ask_becomes_the_coordinator(library: Library) -> None:
    await library.write("indstillinger", user="U03")
    view = await library.view("U03")
    assert "I har ingen koordinator." in said(view)
    fill = {"frequency": {"frequency": "never"}}
    await library.press("Bliv koordinator", user="U03", values=fill)
    assert await coordinators(library) == ("U03",)
    now = await library.view("U03")
    assert now["id"] == view["id"], "what was filled in is here still"
    assert "Du er bibliotekets koordinator." in said(now)
    assert (await library.submit({}, user="U03"))["ok"]
    assert (await own(library, "U03")).frequency is Frequency.NEVER


async def test_the_second_is_told_whom_to_ask(library: Library) -> None:
    await library.write("indstillinger", user="U02")
    await library.write("indstillinger", user="U03")
    await library.press("Bliv koordinator", user="U03")
    await library.press("Bliv koordinator", user="U02")
    assert "I har allerede en koordinator. Bed @U03 om at sætte dig på også." in said(
        await library.view()
    )
    assert await coordinators(library) == ("U03",)


async def test_pressed_twice_it_is_done_once(library: Library) -> None:
    await library.write("indstillinger")
    view = await library.view()
    block, button = next(pair for pair in elements(view) if pair[0] == "role_buttons")
    press = {"user": "U02", "block_id": block, "action_id": button["action_id"]}
    first, second = await asyncio.gather(
        library.control("click", view_id=view["id"], **press, wait="ack"),
        library.control("click", view_id=view["id"], **press, wait="ack"),
    )
    assert first["ok"]
    assert second["ok"]
    await library.look("idle?quiet_ms=100")
    assert await coordinators(library) == ("U02",)
    assert await library.store.read(remembered.version, "T01") == 1


@pytest.mark.parametrize("change", [{"deleted": True}, {"is_restricted": True}])
async def test_when_the_coordinator_is_gone_a_colleague_steps_in(
    library: Library, change: Json
) -> None:
    await library.write("indstillinger")
    await library.press("Bliv koordinator")
    await library.control("members", id="U02", name="mette", **change)
    await library.write("indstillinger", user="U03")
    assert "I har ingen koordinator." in said(await library.view("U03"))
    await library.press("Bliv koordinator", user="U03")
    assert await coordinators(library) == ("U03",)


async def test_a_guest_does_not_become_the_coordinator(library: Library) -> None:
    await library.write("indstillinger", user="U03")
    await library.control("members", id="U03", name="ali", is_restricted=True)
    await library.press("Bliv koordinator", user="U03")
    assert "Partnerbot er for bibliotekets ansatte." in said(await library.view("U03"))
    assert await coordinators(library) == ()
