"""The library's settings through the front door: the forms, two at once, roles, and switching."""

import asyncio

import pytest

from bot.partner import Kind, Room
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import (
    METTE,
    change,
    decide,
    decide_elsewhere,
    decided,
    open_form,
    open_menu,
    versions,
)

KAREN, ALI, GUEST, SOFIE = "U01", "U03", "U04", "U06"


async def held(library: Library, block_id: str, user: str = METTE) -> Json:
    """A field of the form on top."""
    view = await library.view(user)
    return next(element for block, element in elements(view) if block == block_id)


@pytest.fixture
async def ours(library: Library) -> Library:
    """The library with Mette as its coordinator."""
    await decide(library, coordinators=(METTE,))
    return library


# The menu.


async def test_the_menu_sums_up_what_is_set(ours: Library) -> None:
    await decide(
        ours,
        coordinators=(METTE, ALI),
        partner_channel="C01",
        keywords=("lektiehjælp", "film"),
        room_names={Room.MEETING: "Torvet"},
        kinds_off=(Kind.STATE,),
    )
    await open_menu(ours)
    menu = await ours.view()
    assert menu["title"]["text"] == "Jeres indstillinger"
    shown = said(menu)
    assert "Dansk · Europe/Copenhagen · Mette · Ali" in shown
    assert "Kanal til spørgsmål om partnere: #partnerskaber" in shown
    assert "Kanal til Venner af huset: ingen" in shown
    assert "kl. 8.00 til 16.00 · ingen lukkedage" in shown
    assert "Emneord: 2 · Afdelinger: 0" in shown
    assert "Torvet" in shown
    assert "stat eller region" not in shown
    assert "Mangler endnu: Bibliotekets navn · Dataansvarlig" in shown
    assert "Der findes ingen oversigt pr. medarbejder." in shown


async def test_a_form_saves_and_the_menu_below_shows_it(ours: Library) -> None:
    await open_form(ours, "words")
    done = await ours.submit({"keywords": "lektiehjælp\n\n film \nFilm", "branches": "Børn"})
    assert done["ok"], done
    assert "Emneord: 2 · Afdelinger: 1" in said(await ours.view())
    saved = await decided(ours)
    assert saved.keywords == ("lektiehjælp", "film")
    assert saved.branches == ("Børn",)
    assert saved.age_groups == ("0-5", "6-12", "13-17", "18+")


async def test_every_group_can_be_saved_as_it_stands(ours: Library) -> None:
    before = await decided(ours)
    for form in ("basics", "channels", "hours", "words", "rooms", "kinds", "notice"):
        await open_form(ours, form)
        done = await ours.submit({})
        assert done["ok"], (form, done)
        await ours.close()
    assert await decided(ours) == before


async def test_hours_and_closed_days(ours: Library) -> None:
    await open_form(ours, "hours")
    done = await ours.submit(
        {
            "working_hours.start": "09:30",
            "working_hours.end": "17:00",
            "closed_days": "24.12.2026\n1.7.2026 - 31.7.2026",
            "weeks_off": ["42", "7"],
        }
    )
    assert done["ok"], done
    assert (await decided(ours)).weeks_off == (7, 42)
    assert "kl. 9.30 til 17.00 · 2 lukkedage eller lukkeperioder" in said(await ours.view())
    assert [str(days.first) for days in (await decided(ours)).closed_days] == [
        "2026-07-01",
        "2026-12-24",
    ]


@pytest.mark.parametrize(
    ("form", "values", "field", "sentence"),
    [
        ("hours", {"closed_days": "24.12.2026\njul"}, "closed_days", "”jul” er ikke en dag"),
        ("hours", {"closed_days": "31.12.2026 - 1.1.2026"}, "closed_days", "slutter, før det"),
        ("hours", {"closed_days": "31.2.2026"}, "closed_days", "”31.2.2026” er ikke en dag"),
        (
            "hours",
            {"working_hours.start": "18:00"},
            "working_hours.start",
            "Arbejdsdagen skal slutte",
        ),
        ("basics", {"timezone": "Fjordby"}, "timezone", "”Fjordby” er ikke en tidszone."),
        ("words", {"keywords": "x" * 76}, "keywords", "76"),
        ("words", {"branches": "010190-1234"}, "branches", "CPR-nummer"),
        (
            "rooms",
            {"room_names.meeting": "Torvet", "room_names.learning": "torvet"},
            "room_names.inspiration",
            "To hedder det samme.",
        ),
        ("kinds", {"kinds_off": [*Kind]}, "kinds_off", "mindst én slags"),
        ("basics", {"coordinators": [METTE, GUEST]}, "coordinators", "Petra kan ikke vælges."),
        ("basics", {"coordinators": [METTE, "U0BOT"]}, "coordinators", "kan ikke vælges."),
    ],
)
async def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(
    ours: Library, form: str, values: Json, field: str, sentence: str
) -> None:
    before = await versions(ours)
    await open_form(ours, form)
    done = await ours.submit(values)
    assert not done["ok"]
    assert done["by"] == "app"
    assert list(done["errors"]) == [field]
    assert sentence in done["errors"][field]
    assert await versions(ours) == before
    assert (await ours.view())["title"]["text"] != "Jeres indstillinger", "the form is open still"


async def test_what_was_typed_wrong_is_there_to_be_put_right(ours: Library) -> None:
    await open_form(ours, "hours")
    assert not (await ours.submit({"closed_days": "24.12.2026\njul"}))["ok"]
    typed = (await ours.view())["state"]["values"]["closed_days"]
    assert [state["value"] for state in typed.values()] == ["24.12.2026\njul"]
    assert (await ours.submit({"closed_days": "24.12.2026"}))["ok"]


async def test_names_of_their_own_and_back_to_the_standard(ours: Library) -> None:
    await open_form(ours, "kinds")
    assert (await ours.submit({"kind_names.firm": "erhvervsliv", "kinds_off": ["state"]}))["ok"]
    saved = await decided(ours)
    assert (saved.kind_names, saved.kinds_off) == ({Kind.FIRM: "erhvervsliv"}, (Kind.STATE,))
    await change(ours, "kinds")
    assert (await ours.submit({"kind_names.firm": None, "kinds_off": []}))["ok"]
    saved = await decided(ours)
    assert (saved.kind_names, saved.kinds_off) == ({}, ())


async def test_the_texts_of_the_privacy_notice(ours: Library) -> None:
    await open_form(ours, "notice")
    values = {
        "library_name": "Byens Bibliotek",
        "controller": "Byens Kommune",
        "privacy_contact": "bibliotek@by.dk",
        "dpo": "dpo@by.dk",
        "retention_months": "12",
    }
    assert (await ours.submit(values))["ok"]
    assert "Oplysningsteksten Alt er udfyldt." in said(await ours.view())
    assert (await decided(ours)).retention_months == 12


async def test_the_library_changes_language_and_the_menu_with_it(ours: Library) -> None:
    await open_form(ours, "basics")
    assert (await ours.submit({"language": "en"}))["ok"]
    menu = said(await ours.view())
    assert "Library settings" in menu
    assert "English · Europe/Copenhagen · Mette" in menu
    assert "there is no view per employee" in menu
    await ours.write("", user=ALI)
    assert "Hi Ali" in said(await ours.message(ALI))


async def test_a_list_too_long_for_a_field_stays_as_it_is(ours: Library) -> None:
    words = tuple(f"{n:03} {'emneord ' * 8}".strip() for n in range(100))
    await decide(ours, keywords=words)
    await open_form(ours, "words")
    assert "Emneord: 100. Det er for mange til at rette her." in said(await ours.view())
    assert (await ours.submit({"branches": "Børn"}))["ok"]
    assert (await decided(ours)).keywords == words


# Two who save at once.


async def test_two_who_change_different_things_both_keep_theirs(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    await open_form(ours, "words", METTE)
    await open_form(ours, "rooms", ALI)
    assert (await ours.submit({"keywords": "film"}, METTE))["ok"]
    done = await ours.submit({"room_names.meeting": "Torvet"}, ALI)
    assert done["ok"], done
    saved = await decided(ours)
    assert (saved.keywords, saved.room_names) == (("film",), {Room.MEETING: "Torvet"})


async def test_two_who_change_the_same_see_both_before_it_is_saved(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI), keywords=("film",), controller="Kommunen")
    await open_form(ours, "words", METTE)
    await open_form(ours, "words", ALI)
    assert (await ours.submit({"keywords": "film\nmusik", "branches": "Børn"}, METTE))["ok"]
    done = await ours.submit({"keywords": "film\nlektier"}, ALI)
    assert done["ok"], done
    form = said(await ours.view(ALI))
    assert "@U02 rettede det her, mens du skrev: Emneord og Afdelinger." in form
    assert "I har begge ændret Emneord. Begge ændringer står nedenfor." in form
    assert (await held(ours, "keywords", ALI))["initial_value"] == "film\nmusik\nlektier"
    assert (await held(ours, "branches", ALI))["initial_value"] == "Børn"
    assert (await decided(ours)).keywords == ("film", "musik"), "nothing is saved yet"
    assert (await ours.submit({}, ALI))["ok"]
    saved = await decided(ours)
    assert (saved.keywords, saved.branches) == (("film", "musik", "lektier"), ("Børn",))


async def test_the_others_text_is_shown_beside_mine(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    await open_form(ours, "notice", METTE)
    await open_form(ours, "notice", ALI)
    assert (await ours.submit({"controller": "Byens Kommune"}, METTE))["ok"]
    assert (await ours.submit({"controller": "By Kommune"}, ALI))["ok"]
    form = said(await ours.view(ALI))
    assert "I har begge rettet Dataansvarlig." in form
    assert "den anden skrev: ”Byens Kommune”" in form
    assert (await held(ours, "controller", ALI))["initial_value"] == "By Kommune"


async def test_two_who_take_each_other_away_leave_a_coordinator(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    await open_form(ours, "basics", METTE)
    await open_form(ours, "basics", ALI)
    assert (await ours.submit({"coordinators": [METTE]}, METTE))["ok"]
    done = await ours.submit({"coordinators": [ALI]}, ALI)
    assert done["errors"] == {"language": "Det kan kun koordinatoren. Spørg Mette."}
    assert (await decided(ours)).coordinators == (METTE,)


# Roles.


async def test_an_old_form_of_one_who_lost_the_role_names_whom_to_ask(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    await open_form(ours, "words", ALI)
    await decide(ours, coordinators=(METTE,))
    done = await ours.submit({"keywords": "film"}, ALI)
    assert done["errors"] == {"keywords": "Det kan kun koordinatoren. Spørg Mette."}
    assert (await decided(ours)).keywords == ()


async def test_in_english_too(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, KAREN, "U05"))
    await ours.write("sprog", user="U05")
    assert (await ours.submit({"language": "en"}, "U05"))["ok"]
    await ours.close("U05")
    await ours.write("settings", user="U05")
    await ours.press("The library's settings", "U05")
    await change(ours, "words", "U05")
    await decide(ours, coordinators=(METTE, KAREN))
    done = await ours.submit({"keywords": "film"}, "U05")
    assert done["errors"] == {"keywords": "Only the coordinator can do that. Ask Mette and Karen."}


async def test_a_coordinator_nobody_knows_any_more_is_called_so(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    await open_form(ours, "words", ALI)
    await decide(ours, coordinators=("U0GONE",))
    done = await ours.submit({"keywords": "film"}, ALI)
    assert done["errors"] == {"keywords": "Det kan kun koordinatoren. Spørg en tidligere kollega."}


async def test_the_last_coordinator_cannot_be_taken_away(ours: Library) -> None:
    await open_form(ours, "basics")
    done = await ours.submit({"coordinators": []})
    assert not done["ok"]
    assert list(done["errors"]) == ["coordinators"]
    assert (await decided(ours)).coordinators == (METTE,)


async def test_a_coordinator_hands_over(ours: Library) -> None:
    await open_form(ours, "basics")
    assert (await ours.submit({"coordinators": [SOFIE]}))["ok"]
    assert "Du er ikke koordinator længere: @U06 har taget over." in said(await ours.view())
    await ours.close()
    await open_menu(ours, SOFIE)
    assert "Sofie" in said(await ours.view(SOFIE))


async def test_one_who_left_is_taken_off_before_the_form_is_saved(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    await ours.control("members", id=ALI, name="ali", deleted=True)
    await open_form(ours, "basics")
    done = await ours.submit({"language": "en"})
    assert "Ali kan ikke vælges." in done["errors"]["coordinators"]
    assert (await ours.submit({"coordinators": [METTE]}))["ok"]
    assert (await decided(ours)).coordinators == (METTE,)


async def test_a_colleague_has_no_door_to_the_librarys_settings(ours: Library) -> None:
    await ours.write("indstillinger", user=ALI)
    form = said(await ours.view(ALI))
    assert "Jeres koordinator er @U02." in form
    assert "Bibliotekets indstillinger" not in form
    assert "Bliv koordinator" not in form


async def test_a_role_lost_in_another_replica_is_lost_here_at_once(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    await open_menu(ours, ALI)
    await change(ours, "words", ALI)
    await decide_elsewhere(ours, coordinators=(METTE,))
    done = await ours.submit({"keywords": "film"}, ALI)
    assert done["errors"] == {"keywords": "Det kan kun koordinatoren. Spørg Mette."}
    assert (await decided(ours)).keywords == ()


# Switching on.


async def test_switching_on_says_first_what_is_sent_and_what_is_not(ours: Library) -> None:
    await decide(ours, partner_channel="C01")
    await open_menu(ours)
    await ours.press("Slå til")
    shown = said(await ours.view())
    assert "kan kolleger spørge i #partnerskaber, hvem der kender en partner." in shown
    assert "når en kollega vil give dig en partner" in shown
    assert "Koordinatoren hører, når en kollega er stoppet" in shown
    assert "Andet sender jeg ikke." in shown
    assert not (await decided(ours)).switched_on
    assert (await ours.submit({}))["ok"]
    assert (await decided(ours)).switched_on
    menu = said(await ours.view())
    assert "Slået til: Jeg skriver om tirsdagen" in menu
    await ours.press("Slå fra")
    assert "skriver jeg ikke i nogen kanal." in said(await ours.view())
    assert (await ours.submit({}))["ok"]
    assert not (await decided(ours)).switched_on
    assert (
        "Det, jeg skriver af mig selv Slået fra: Jeg skriver kun til den, der spørger mig om noget."
        in said(await ours.view())
    )


async def test_without_a_channel_it_says_where_to_choose_it(ours: Library) -> None:
    await open_menu(ours)
    await ours.press("Slå til")
    assert "I har ikke valgt kanalen endnu; det gør I under Kanaler." in said(await ours.view())


async def test_two_who_switch_on_at_once_switch_it_on(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    for user in (METTE, ALI):
        await open_menu(ours, user)
        await ours.press("Slå til", user)
    before = await versions(ours)
    for user in (METTE, ALI):
        assert (await ours.submit({}, user))["ok"]
    assert (await decided(ours)).switched_on
    assert await versions(ours) == before + 1


async def test_who_lost_the_role_switches_nothing(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, ALI))
    await open_menu(ours, ALI)
    await ours.press("Slå til", ALI)
    await decide(ours, coordinators=(METTE,))
    await ours.submit({}, ALI)
    assert not (await decided(ours)).switched_on
    assert "Det kan kun koordinatoren. Spørg Mette." in said(await ours.view(ALI))


# The same buttons on Home, where there is no message to answer in.


async def press_on_home(library: Library, action_id: str, user: str = METTE) -> Json:
    home = (await library.control("home", user=user))["view"]
    block = next(b for b, element in elements(home) if element["action_id"] == action_id)
    where = {"view_id": home["id"], "block_id": block, "action_id": action_id}
    return await library.control("click", user=user, **where)


async def test_from_home_one_becomes_the_coordinator_and_sees_the_settings(
    library: Library,
) -> None:
    assert (await press_on_home(library, "library_become_coordinator"))["ok"]
    shown = said(await library.view())
    assert "Du er koordinator nu." in shown
    assert "Dansk · Europe/Copenhagen · Mette" in shown
    await change(library, "words")
    assert (await library.submit({"keywords": "film"}))["ok"]
    assert "Emneord: 1" in said(await library.view())


async def test_of_two_who_press_at_once_one_becomes_it(library: Library) -> None:
    await asyncio.gather(
        press_on_home(library, "library_become_coordinator", METTE),
        press_on_home(library, "library_become_coordinator", ALI),
    )
    (one,) = (await decided(library)).coordinators
    other = ALI if one == METTE else METTE
    assert "Du er koordinator nu." in said(await library.view(one))
    assert f"Bed @{one} om at sætte dig på også." in said(await library.view(other))


async def test_from_home_the_settings_open(ours: Library) -> None:
    await press_on_home(ours, "library_open")
    assert "Jeres indstillinger" in said(await ours.view())


async def test_from_home_it_is_switched_on(ours: Library) -> None:
    await decide(ours, partner_channel="C01", digest_channel="C02")
    await press_on_home(ours, "library_switch")
    assert (await ours.submit({}))["ok"]
    assert said(await ours.view()) == "Partnerbot Det er slået til."
    assert (await decided(ours)).switched_on
