import pytest

from sandbox.world import Member
from tests.sandbox.workspace import workspace


async def test_a_member_has_a_time_zone_and_if_asked_a_locale() -> None:
    async with workspace() as w:
        plain = (await w.call("users.info", user="U07"))["user"]
        asked = (await w.call("users.info", user="U07", include_locale=True))["user"]
    assert plain["tz"] == "America/Nuuk"
    assert plain["tz_offset"] < 0
    assert "locale" not in plain
    assert asked["locale"] == "en-US"


async def test_the_scene_has_an_administrator_and_a_guest() -> None:
    async with workspace() as w:
        members = {m["id"]: m for m in (await w.call("users.list"))["members"]}
    assert members["U01"]["is_admin"]
    assert members["U01"]["is_owner"]
    assert members["U04"]["is_restricted"]
    assert not members["U02"]["is_admin"]
    assert members["U0BOT"]["is_bot"]


async def test_nobody_in_the_scene_has_a_danish_locale() -> None:
    async with workspace() as w:
        members = (await w.call("users.list", include_locale=True))["members"]
    assert {m["locale"] for m in members} == {"en-US", "en-GB"}


async def test_a_stranger_has_another_team_and_no_locale() -> None:
    async with workspace() as w:
        stranger = Member("U90", "T01", "nora", "Nora Fremmed", is_stranger=True)
        w.team.members["U90"] = stranger
        user = (await w.call("users.info", user="U90", include_locale=True))["user"]
    assert user["is_stranger"]
    assert user["team_id"] != "T01"
    assert "locale" not in user
    assert "email" not in user["profile"]


async def test_a_deactivated_member_is_still_listed() -> None:
    async with workspace() as w:
        w.team.members["U08"].deleted = True
        user = (await w.call("users.info", user="U08", include_locale=True))["user"]
    assert user["deleted"]
    assert "tz" not in user


async def test_mail_addresses_need_a_scope_of_their_own() -> None:
    async with workspace() as w:
        assert "email" in (await w.call("users.info", user="U01"))["user"]["profile"]
        w.forbid("users:read.email")
        assert "email" not in (await w.call("users.info", user="U01"))["user"]["profile"]


async def test_an_unknown_member_is_not_found() -> None:
    async with workspace() as w:
        assert await w.error("users.info", user="U77") == "user_not_found"


async def test_the_list_comes_in_pages() -> None:
    async with workspace() as w:
        found: list[str] = []
        cursor = ""
        while True:
            body = await w.call("users.list", limit=4, cursor=cursor)
            found += [m["id"] for m in body["members"]]
            cursor = body["response_metadata"]["next_cursor"]
            if not cursor:
                break
            assert len(body["members"]) == 4
        assert found == list(w.team.members)


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"cursor": "nonsense"}, "invalid_cursor"),
        ({"cursor": "bmV4dDpVNzc="}, "invalid_cursor"),
        ({"limit": 5000}, "invalid_limit"),
        ({"limit": "many"}, "invalid_arguments"),
    ],
)
async def test_bad_paging_is_refused(args: dict[str, object], error: str) -> None:
    async with workspace() as w:
        assert await w.error("users.list", **args) == error
