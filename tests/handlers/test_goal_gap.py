from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.circle import Level
from bot.goal_gap import Dimension, Gap, Place
from bot.partner import Kind, Room
from handlers.views import goal_gap as views
from storage import partner as register_of
from tests.handlers.library import Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.tjek_rounds import KAREN, METTE, TOM

AGES = ("0-5", "6-12", "13-17", "18+")
TEENAGERS = Gap(
    Level.COLLABORATION, (Place(Dimension.AGE, "13-17"), Place(Dimension.ROOM, Room.MEETING))
)
SENTENCE = "Vi har ingen samarbejder for 13-17 år i møderummet."


async def town(
    library: Library, *, acquaintances: int = 3, each: int = 1, **fields: Any
) -> list[int]:
    """Partnerships everywhere but for teenagers in the meeting room: there are acquaintances."""
    closer = {"kind": Kind.FIRM, "level": Level.PARTNERSHIP, **fields}
    for age, room, nth in product(AGES, Room, range(each)):
        if (age, room) != ("13-17", Room.MEETING):
            here = {"rooms": (room,), "age_groups": (age,), **closer}
            await library.known(f"{room.capitalize()} {age} {nth}", **here)
    return [
        await library.known(f"Ungdom {n}", rooms=(Room.MEETING,), age_groups=("13-17",), **fields)
        for n in range(acquaintances)
    ]


async def in_a_channel(library: Library, gap: Gap) -> None:
    """A message with the way to who could be a start."""
    words = {"type": "plain_text", "text": "Se dem"}
    see = {"type": "button", "action_id": views.SEE, "text": words, "value": gap.key}
    blocks = [{"type": "actions", "block_id": "spot", "elements": [see]}]
    client = await library.house.teams.client("T01")
    assert client is not None
    await client.chat_postMessage(channel="C01", text="Hvid plet", blocks=blocks)


def tables(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in shown["blocks"] if block["type"] == "data_table"]


@pytest.mark.parametrize(
    "typed", ["hvide pletter", "Hvide  Pletter.", "hvid plet", "pletter", "hvide", "gaps"]
)
async def test_the_words_open_the_picture(library: Library, typed: str) -> None:
    await library.known()
    await library.write(typed)
    assert "Hvide pletter" in said(await library.message())


@pytest.mark.parametrize("name", ["Hvide Sande", "Pletter og prikker", "Hvid plet maleri"])
async def test_a_partner_of_that_name_is_still_found(library: Library, name: str) -> None:
    await library.known(name)
    await library.write(name)
    shown = said(await library.message())
    assert f"{name} er i vores netværk" in shown
    assert "Hele huset" not in shown


async def test_the_most_telling_picture_comes_first_with_a_table(library: Library) -> None:
    await town(library)
    await library.write("hvide pletter")
    shown = await library.message()
    (table,) = tables(shown)
    assert table["caption"] == "Alder og rum: samarbejder og partnerskaber · Hele huset"
    assert [cell["text"] for cell in table["rows"][0]][:2] == ["Alder", "Inspirationsrummet"]
    assert [cell["text"] for cell in table["rows"][3]] == ["13-17 år", "1", "1", "–", "1"]
    assert f"{SENTENCE} Tre i netværket kunne være et sted at begynde. Se dem" in said(shown)


async def test_in_english_too(library: Library) -> None:
    await town(library, acquaintances=1)
    await library.write("settings", user=TOM)
    await library.submit({"language": "en"}, user=TOM)
    await library.write("gaps", user=TOM)
    shown = said(await library.message(TOM))
    assert (
        "We have no collaborations for ages 13-17 in the meeting room."
        " One in the network could be a place to begin. See them" in shown
    )


@pytest.mark.parametrize("status", [200, 400])
async def test_where_slack_draws_no_tables_it_is_said_in_words(
    library: Library, status: int
) -> None:
    await town(library)
    await library.control(
        "faults", method="response_url", match="data_table", error="invalid_blocks", status=status
    )
    await library.write("hvide pletter")
    shown = await library.message()
    assert not tables(shown)
    assert (
        "13-17 år: inspirationsrummet 1 · læringsrummet 1 · møderummet 0 · det performative rum 1"
        in said(shown)
    )
    assert SENTENCE in said(shown)


async def test_another_trouble_is_none_of_the_table(library: Library) -> None:
    await town(library)
    await library.control("faults", method="response_url", times=1, status=503)
    await library.write("hvide pletter")
    assert "Det gik galt hos mig" in said(await library.message())


async def test_another_picture_takes_its_place(library: Library) -> None:
    await decide(library, branches=("Ung", "Voksen"))
    await town(library, branch="Voksen")
    await library.write("hvide pletter")

    async def choose(menu: str, value: str) -> str:
        message = await library.message()
        ids = {"action_id": f"{views.CHOOSE}.{menu}", "block_id": "goal_gap_choices"}
        where = {"channel": "C03", "ts": message["ts"]}
        done = await library.control("click", user=METTE, message=where, value=value, **ids)
        assert done["ok"], done
        assert (await library.message())["ts"] == message["ts"]
        return said(await library.message())

    network = await choose("counts", "room_age.network.")
    assert "Alder og rum: netværket · Hele huset" in str(tables(await library.message()))
    assert SENTENCE in network
    assert "Der er ingen hvide pletter i det her billede." in await choose("shows", "room.closer.")
    assert "Rum · Voksen" in str([await choose("branch", "room.closer.Voksen")]) + str(
        tables(await library.message())
    )
    assert "Voksen: Vi har ingen samarbejder" in await choose("shows", "kind.closer.Voksen")
    empty = await choose("branch", "kind.closer.Ung")
    assert "Ingen partnere i cirklen hører til Ung endnu." in empty
    assert not tables(await library.message())


async def test_without_partners_there_is_a_way_to_begin(library: Library) -> None:
    await library.write("hvide pletter")
    assert "Der er ingen i cirklen endnu." in said(await library.message())
    await library.press("Tilføj partner")
    assert said(await library.view()).startswith("Tilføj partner")


async def test_who_could_be_a_start_and_who_knows_them(library: Library) -> None:
    first, _, third = await town(library)
    await library.known("Ella Holm", kind=Kind.INDIVIDUAL, age_groups=("13-17",), branch="Ung")
    await library.write("Ungdom 0")
    await library.press("Jeg kender dem")
    await library.write("hvide pletter")
    await library.press("Se dem")
    shown = said(await library.view())
    assert f"{SENTENCE} Tre i netværket" in shown
    assert "Ungdom 0 · 13-17 år · møderummet Kendes af @U02." in shown
    assert "Ungdom 2 · 13-17 år · møderummet Ingen har noteret, at de kender dem." in shown
    assert "Eller måske: Ella Holm · 13-17 år · Ung" in shown
    assert shown.index("Ungdom 2") < shown.index("Eller måske:")
    assert [e["value"] for _, e in elements(await library.view())][:2] == [
        f"{first}.collaboration:Noget for 13-17 år i møderummet",
        str(first),
    ]
    await library.press("Vis")
    assert "Ungdom 0 er i vores netværk" in said(await library.view())
    assert third


async def test_one_click_starts_a_check_of_them(library: Library) -> None:
    await town(library, acquaintances=1)
    await library.write("hvide pletter")
    await library.press("Se dem")
    await library.press("Tjek")
    start = await library.view()
    assert start["callback_id"] == "tjek_start"
    assert "Ungdom 0" in said(start)
    assert "Noget for 13-17 år i møderummet" in said(start)
    await library.submit({})
    assert "Passer det?" in said(await library.view())


async def test_where_nobody_fits_a_check_of_somebody_new_is_begun(library: Library) -> None:
    await town(library, acquaintances=0, each=2)
    await library.write("gaps")
    assert SENTENCE[:-1] in said(await library.message())
    assert "og heller ingen i netværket" in said(await library.message())
    assert "Se hvem" not in said(await library.message())
    await library.press("Tjek en ny")
    assert "Noget for 13-17 år i møderummet" in said(await library.view())
    await library.submit({})
    assert "Passer det?" in said(await library.view())


async def test_who_fits_only_nearly_is_still_shown(library: Library) -> None:
    await town(library, acquaintances=0, each=2)
    await library.known("Læseklubben", rooms=(Room.MEETING,))
    await library.write("gaps")
    await library.press("Se hvem")
    assert "Læseklubben" in said(await library.view())


async def test_where_nobody_fits_any_more_it_is_said(library: Library) -> None:
    (one,) = await town(library, acquaintances=1)
    await library.write("gaps")
    put = await library.store.read(register_of.existing, "T01", one)
    gone = replace(put, archived=True)
    now = library.house.clock.now()
    await library.store.write(register_of.update, "T01", put, gone, by=KAREN, now=now)
    await library.press("Se dem")
    shown = said(await library.view())
    assert "Ingen i registret passer. Måske skal I finde en helt ny. Tjek en ny" in shown


async def test_more_who_fit_are_told_of(library: Library) -> None:
    await town(library, acquaintances=9)
    await library.write("hvide pletter")
    await library.press("Se dem")
    assert "Der er flere, end der er plads til her." in said(await library.view())


async def test_with_few_collaborations_most_places_are_empty(library: Library) -> None:
    await library.known("Springbræt", rooms=(Room.MEETING,))
    await library.write("hvide pletter")
    shown = said(await library.message())
    assert "Med så få samarbejder er de fleste felter tomme" in shown
    assert "mindst fem" in shown
    assert "Ikke udfyldt" not in shown


async def test_a_check_of_a_missing_partnership_is_about_a_partnership(library: Library) -> None:
    await library.known("Museet", kind=Kind.CULTURE, level=Level.PARTNERSHIP)
    for n in range(5):
        await library.known(f"Skole {n}", kind=Kind.MUNICIPAL, level=Level.COLLABORATION)
    await library.write("hvide pletter")
    spot = Gap(Level.PARTNERSHIP, (Place(Dimension.KIND, Kind.MUNICIPAL),))
    await in_a_channel(library, spot)
    await library.press_in_channel("Se dem", user=METTE)
    await library.press("Tjek")
    start = await library.view()
    forms = next(block for block in start["blocks"] if block["block_id"] == "form")
    assert forms["element"]["initial_option"]["value"] == "partnership"
    ideas = next(block for block in start["blocks"] if block["block_id"] == "idea")
    assert "initial_value" not in ideas["element"]


@pytest.mark.parametrize("branch", ["", "Ung"])
async def test_what_has_left_the_list_is_no_white_spot(library: Library, branch: str) -> None:
    await decide(library, age_groups=("Unge",))
    await town(library)
    gone = Place(Dimension.ROOM if branch else Dimension.AGE, Room.MEETING if branch else "13-17")
    await in_a_channel(library, Gap(Level.COLLABORATION, (gone,), branch))
    await library.press_in_channel("Se dem", user=METTE)
    shown = said(await library.view())
    assert "Det står ikke længere på listen. Den er blevet rettet siden." in shown
    assert "Vi har ingen" not in shown
    await library.press("Hvide pletter")
    assert "Hele huset" in said(await library.view())


async def test_a_white_spot_in_a_channel_opens_for_whoever_clicks(library: Library) -> None:
    await town(library, acquaintances=2)
    await in_a_channel(library, TEENAGERS)
    await library.press_in_channel("Se dem", user=METTE)
    assert "Ungdom 1" in said(await library.view())
    await library.known("Ny", rooms=("meeting",), age_groups=("13-17",), level=Level.COLLABORATION)
    await library.close()
    await library.press_in_channel("Se dem", user=KAREN)
    assert "Den plet er ikke hvid længere." in said(await library.view(KAREN))
    await library.press("Hvide pletter", user=KAREN)
    shown = await library.view(KAREN)
    assert "Slags · Hele huset" in said(shown)
    assert not tables(shown)
    ids = {"action_id": f"{views.CHOOSE}.shows", "block_id": "goal_gap_choices"}
    value = "age.closer."
    done = await library.control("click", user=KAREN, view_id=shown["id"], value=value, **ids)
    assert done["ok"], done
    assert "Alder · Hele huset" in said(await library.view(KAREN))


async def test_an_old_button_is_answered(library: Library) -> None:
    await library.known()
    client = await library.house.teams.client("T01")
    assert client is not None
    button = {"type": "button", "text": {"type": "plain_text", "text": "Se"}, "value": "[]"}
    blocks = [
        {"type": "actions", "block_id": "b", "elements": [{**button, "action_id": views.SEE}]}
    ]
    await client.chat_postMessage(channel="C01", text="Hvid plet", blocks=blocks)
    await library.press_in_channel("Se")
    assert "Den knap er gammel" in said(await library.message(channel="C01"))


async def test_where_little_is_known_the_coordinator_can_sort(library: Library) -> None:
    await decide(library, coordinators=(KAREN,))
    for n in range(8):
        await library.known(f"Partner {n}", level=Level.COLLABORATION, kind=Kind.FIRM)
    await library.known("Springbræt", rooms=("meeting",))
    ids = {"action_id": f"{views.CHOOSE}.shows", "block_id": "goal_gap_choices"}
    for user in (KAREN, METTE):
        await library.write("hvide pletter", user=user)
        message = await library.message(user)
        where = {"channel": "C03", "ts": message["ts"]}
        await library.control("click", user=user, message=where, value="room.closer.", **ids)
    shown = said(await library.message(KAREN))
    assert "8 af 9 relationer mangler rum, så billedet er langt fra fuldt." in shown
    assert "Sortér i fem minutter" in shown
    shown = said(await library.message(METTE))
    assert "Skriv det gerne på kortet for dem, du kender." in shown
    assert "Sortér" not in shown


async def test_names_of_the_librarys_own_stand_in_quotes(library: Library) -> None:
    await decide(library, room_names={Room.MEETING: "Biblioteket som mødested"})
    await town(library)
    await library.write("hvide pletter")
    assert "Vi har ingen samarbejder for 13-17 år i rummet ”Biblioteket som mødested”." in said(
        await library.message()
    )


async def test_a_guest_is_told_whom_it_is_for(library: Library) -> None:
    await library.control("channels", id="C03", members=["U02", "U04", "@app"])
    await library.write("hvide pletter", user="U04")
    assert "for bibliotekets ansatte" in said(await library.message("U04"))
