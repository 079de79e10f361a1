import asyncio
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from handlers import access
from tests.handlers.library import Json, Library, said
from tests.handlers.wire import api, count, database, fault

OUTSIDE = "Partnerbot er for bibliotekets ansatte. Spørg den, der inviterede dig."
EVERYBODY = ["U01", "U02", "U03", "U04", "U05", "U06", "U07", "U08", "U09", "U50", "@app"]


def button(action_id: str) -> Json:
    words = {"type": "plain_text", "text": "Tryk"}
    element = {"type": "button", "action_id": action_id, "text": words, "value": "1"}
    return {"type": "actions", "block_id": "row", "elements": [element]}


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"team_id": "T01"},
        {"team_id": "T01", "is_admin": True, "deleted": False, "is_restricted": False},
    ],
)
def test_colleagues_come_in(found: Json) -> None:
    assert access.is_staff(found, "T01")


@pytest.mark.parametrize(
    "found",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T02"},
        {"is_bot": True},
        {"deleted": True},
    ],
)
def test_everybody_else_stays_outside(found: Json) -> None:
    assert not access.is_staff(found, "T01")


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ({"real_name": "Mette Lund"}, "Mette"),
        ({"real_name": "", "name": "mette"}, "mette"),
        ({"real_name": "  "}, ""),
        ({}, ""),
    ],
)
def test_how_a_colleague_is_greeted(found: Json, name: str) -> None:
    assert access.first_name(found) == name


async def test_a_guest_is_refused_at_every_door(library: Library, tmp_path: Path) -> None:
    await library.control("channels", id="C03", members=[*EVERYBODY[:-2], "@app"])
    for words in ("", "ny", "tjek", "indstillinger", "hjælp", "springbræt"):
        await library.write(words, user="U04")
        assert OUTSIDE in said(await library.message("U04")), words
        assert not (await library.state("U04"))["views"]
    await library.control("shortcut", user="U04", callback_id="add_partner")
    assert OUTSIDE in said(await library.view("U04"))
    assert count(database(tmp_path), "seen") == 0


async def test_a_stranger_who_presses_a_button_in_a_shared_channel_is_refused(
    library: Library,
) -> None:
    await library.control("members", id="U50", name="fremmed", is_stranger=True)
    await library.control("channels", id="C03", members=EVERYBODY, is_ext_shared=True)
    blocks = [button("partner_begin_adding")]
    told = await api(library, "chat.postMessage", channel="C03", text="Hej", blocks=blocks)
    where = {"channel": "C03", "ts": told["ts"]}
    await library.control("click", user="U50", action_id="partner_begin_adding", message=where)
    assert OUTSIDE in said(await library.message("U50"))
    assert not (await library.state("U50"))["views"]


async def test_who_became_a_guest_with_a_form_open_cannot_send_it(
    library: Library, tmp_path: Path
) -> None:
    await library.write("ny Springbræt")
    await library.control("members", id="U02", name="mette", is_restricted=True)
    done = await library.submit({})
    assert done["errors"] == {"name": OUTSIDE}
    assert count(database(tmp_path), "partner") == 0


async def test_who_became_a_guest_gets_no_suggestions(library: Library) -> None:
    await library.write("ny Springbræt")
    await library.submit({})
    await library.write("tjek")
    view = (await library.view())["id"]
    await library.control("members", id="U02", name="mette", is_restricted=True)
    found = await library.control(
        "suggest", user="U02", view_id=view, action_id="partner_pick", value="spr"
    )
    assert found["options"] == []


async def test_a_profile_is_asked_for_once_and_again_when_it_changed(library: Library) -> None:
    async def asked() -> int:
        return len([e for e in await library.log("api") if e["name"] == "users.info"])

    for _ in range(3):
        await library.write("hjælp")
    assert await asked() == 1
    await library.control("members", id="U02", name="mette", real_name="Mette Marie Lund")
    await library.write("")
    assert await asked() == 2
    await library.control("members", id="U03", name="ali")
    await library.write("hjælp")
    assert await asked() == 2


async def _asked_of_slack(library: Library) -> list[str]:
    return [e["name"] for e in await library.log("api") if e["name"].startswith("users.")]


async def test_many_who_are_not_in_memory_are_asked_for_together(library: Library) -> None:
    client = await library.house.teams.client("T01")
    assert client
    library.house.profiles.drop_team("T01")
    before = len(await _asked_of_slack(library))
    here = await access.still_here(library.house, client, "T01", [*EVERYBODY[:-2], "U09"])
    assert here == ("U01", "U02", "U03", "U05", "U06", "U07", "U08", "U09")
    assert (await _asked_of_slack(library))[before:] == ["users.list"]
    await access.first_names(library.house, client, "T01", EVERYBODY[:-2])
    assert len(await _asked_of_slack(library)) == before + 1


async def test_where_everybody_cannot_be_asked_for_each_is_by_herself(library: Library) -> None:
    client = await library.house.teams.client("T01")
    assert client
    library.house.profiles.drop_team("T01")
    await fault(library, "users.list", retry_after=30)
    before = len(await _asked_of_slack(library))
    staff = ["U01", "U02", "U03", "U06"]
    assert await access.still_here(library.house, client, "T01", staff) == tuple(staff)
    assert (await _asked_of_slack(library))[before:] == ["users.list", *["users.info"] * 4]


async def test_where_slack_answers_no_more_single_questions_all_are_learned_at_once(
    library: Library,
) -> None:
    await library.write("hjælp")
    library.house.profiles.drop_team("T01")
    await fault(library, "users.info", retry_after=30, times=20)
    before = len(await _asked_of_slack(library))
    await asyncio.gather(*(library.write("hjælp", user) for user in ("U02", "U03", "U06")))
    for user in ("U02", "U03", "U06"):
        assert "Det kan du skrive" in said(await library.message(user))
    asked = (await _asked_of_slack(library))[before:]
    assert asked.count("users.list") == 1


async def test_who_is_in_no_list_waits_until_slack_answers(library: Library) -> None:
    client = await library.house.teams.client("T01")
    assert client
    await fault(library, "users.info", retry_after=30)
    with pytest.raises(SlackApiError, match="ratelimited"):
        await access.profile(library.house, client, "T01", "U999")


async def test_a_member_that_slack_does_not_know_gets_a_reference(library: Library) -> None:
    await fault(library, "users.info", error="user_not_found")
    await library.write("hjælp")
    assert "Det gik galt hos mig" in said(await library.message())


async def test_who_is_let_in_again_is_let_in_at_once(library: Library) -> None:
    await library.control("members", id="U02", name="mette", is_restricted=True)
    await library.write("hjælp")
    assert OUTSIDE in said(await library.message())
    await library.control("members", id="U02", name="mette", is_restricted=False)
    await library.write("hjælp")
    assert "Det kan du skrive" in said(await library.message())
