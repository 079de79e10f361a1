from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox.faults import Fault
from sandbox.scene import UnknownSceneError, open_team, reset, scenes
from tests.sandbox.workspace import workspace

SATURDAY = 5
STAFF = {"U01", "U02", "U03", "U05", "U06", "U07", "U08", "U09"}


async def test_the_default_scene_is_the_one_that_was_promised() -> None:
    async with workspace() as w:
        team = w.team
    assert team.name == "Byens Bibliotek"
    assert set(team.members) == STAFF | {"U04", "U0BOT"}
    assert {c.id: c.name for c in team.channels.values()} == {
        "C01": "partnerskaber",
        "C02": "venner-af-huset",
        "C03": "generelt",
        "C04": "børn-intern",
    }
    for name in ("C01", "C02", "C03"):
        assert STAFF | {"U0BOT"} <= set(team.channels[name].members)
        assert len(team.channels[name].messages) >= 3
    assert "U0BOT" not in team.channels["C04"].members
    assert [m.id for m in team.members.values() if m.is_restricted] == ["U04"]


async def test_somebody_lives_in_another_time_zone() -> None:
    async with workspace() as w:
        zones = {m.tz for m in w.team.members.values()}
    assert len(zones) == 2
    assert all(ZoneInfo(zone) for zone in zones)


async def test_the_scenes_messages_were_written_before_it_began() -> None:
    async with workspace() as w:
        now = w.engine.clock.seconds()
        for channel in w.team.channels.values():
            stamps = [m.ts for m in channel.messages]
            assert stamps == sorted(set(stamps))
            assert all(float(ts) < now for ts in stamps)
            assert all(m.user in w.team.members for m in channel.messages)


async def test_every_scene_can_be_played() -> None:
    sizes = {}
    for scene in scenes():
        async with workspace(scene=scene) as w:
            people = [m for m in w.team.members.values() if not m.is_bot]
            sizes[scene] = (len(people), len(w.team.channels["C01"].messages) > 0)
    assert sizes == {"default": (9, True), "empty": (9, False), "large": (300, False)}


async def test_an_unknown_scene_is_a_sentence() -> None:
    with pytest.raises(UnknownSceneError, match="default, empty, large"):
        async with workspace(scene="nowhere"):
            raise AssertionError("it started")


async def test_reset_goes_back_to_the_start() -> None:
    async with workspace() as w:
        before = len(w.team.channels["C01"].messages)
        await w.call("chat.postMessage", channel="C01", text="Hej")
        open_team(w.engine, "T02")
        w.engine.faults.add(Fault("auth.test", error="fatal_error"))
        w.engine.clock.advance(86_400)
        reset(w.engine)
        assert len(w.team.channels["C01"].messages) == before
        assert list(w.engine.teams) == ["T01"]
        assert abs(w.engine.clock.now() - w.engine.clock.real()).total_seconds() < 1
        await w.call("auth.test")
        reset(w.engine, "empty")
        assert w.team.channels["C01"].messages == []
        with pytest.raises(UnknownSceneError):
            reset(w.engine, "nowhere")
        assert w.engine.scene == "empty"


async def test_a_second_workspace_has_the_same_ids_but_not_the_same_records() -> None:
    async with workspace() as w:
        second = open_team(w.engine, "T02")
        assert second.name != w.team.name
        assert set(second.members) == set(w.team.members)
        second.members["U01"].real_name = "En anden"
        assert w.team.members["U01"].real_name == "Karen Holm"
        assert second.app.token != w.team.app.token


async def test_the_scenes_messages_were_written_in_working_hours() -> None:
    async with workspace() as w:
        local = ZoneInfo("Europe/Copenhagen")
        written = [
            datetime.fromtimestamp(float(message.ts), local)
            for channel in w.team.channels.values()
            for message in channel.messages
        ]
    assert written
    assert all(moment.weekday() < SATURDAY and 8 <= moment.hour < 16 for moment in written)
