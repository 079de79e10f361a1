import asyncio
import logging

import pytest

from bot.partner import Partner
from handlers.home_tabs import REMEMBERED, Tabs
from tests.handlers.library import Json, Library, said
from tests.handlers.test_home import add, many
from tests.handlers.wire import api, fault

NOTED = "kontakt springbræt talte med Anne"


async def published(library: Library, user: str = "U02") -> list[Json]:
    """What was published for that person, oldest first, refused or not."""
    calls = [entry for entry in await library.log("api") if entry["name"] == "views.publish"]
    return [call for call in calls if call["request"]["user_id"] == user]


async def shown(library: Library, user: str = "U02") -> str:
    return said((await library.state(user))["home"])


async def add_one(library: Library, name: str, user: str = "U02", **more: str) -> None:
    await library.write(f"ny {name}", user=user)
    await library.submit({"name": name}, user=user)
    view = await library.view(user)
    await library.control("close", user=user, view_id=view["id"], **more)


async def know(library: Library, name: str, user: str = "U02", **more: str) -> None:
    """Find a partner and press the button, from a message."""
    await library.write(name, user=user)
    await library.press("Jeg kender dem", user=user, **more)


async def test_home_is_drawn_anew_after_a_click_elsewhere(library: Library) -> None:
    await add(library, Partner("Springbræt"))
    assert "Springbræt" not in said(await library.home())
    await know(library, "springbræt")
    assert "Springbræt er i vores netværk." in await shown(library)
    assert len(await published(library)) == 2


async def test_home_is_drawn_anew_after_a_form(library: Library) -> None:
    await library.home()
    await add_one(library, "Springbræt")
    assert "Springbræt er i vores netværk." in await shown(library)


async def test_each_drawing_names_the_one_it_replaces(library: Library) -> None:
    before = await library.home()
    await add_one(library, "Springbræt")
    first, second = await published(library)
    assert "hash" not in first["request"]
    assert second["request"]["hash"] == before["hash"]
    await library.home()
    third = (await published(library))[-1]
    assert third["request"]["hash"] == second["response"]["view"]["hash"]


async def test_home_comes_after_the_answer(library: Library) -> None:
    await add(library, Partner("Springbræt", known_by=("U03",)))
    await library.home()
    await library.write(NOTED)
    names = [entry["name"] for entry in await library.look("log") if entry["kind"] == "api"]
    assert names[-1] == "views.publish"
    assert "Noteret" in said(await library.message())


async def test_nothing_is_published_for_who_never_opened_home(library: Library) -> None:
    await add(library, Partner("Springbræt"))
    await know(library, "springbræt")
    await add_one(library, "Byens Museum")
    assert await published(library) == []


async def test_a_turn_that_wrote_nothing_draws_nothing(library: Library) -> None:
    await add(library, Partner("Springbræt"))
    await library.home()
    await library.write("springbræt")
    await library.write("")
    await library.write("hjælp")
    assert len(await published(library)) == 1


async def test_what_others_change_is_seen_when_home_is_opened(library: Library) -> None:
    await add(library, Partner("Springbræt", known_by=("U02",)))
    await library.home()
    await library.write("springbræt", user="U03")
    await library.press("Jeg er tovholder", user="U03")
    assert len(await published(library)) == 1
    assert await published(library, "U03") == []
    await library.home()
    assert len(await published(library)) == 2


async def test_several_changes_at_once_are_one_drawing(library: Library) -> None:
    names = [f"Forening {n}" for n in range(5)]
    await add(library, *(Partner(name, responsible="U03") for name in names))
    await library.home()
    for name in names:
        line = f"kontakt {name} talte med dem"
        await library.control(
            "slash", user="U02", channel="C03", command="/partner", text=line, wait="ack"
        )
    await library.look("idle?quiet_ms=50")
    last = await shown(library)
    assert all(name in last for name in names)
    assert len(await published(library)) <= 3


async def test_a_change_right_after_a_drawing_is_in_the_next(library: Library) -> None:
    await add(library, Partner("Springbræt"), Partner("Museet"))
    await library.home()
    await know(library, "springbræt")
    await know(library, "museet")
    assert "Springbræt er i vores netværk." in await shown(library)
    assert "Museet er i vores netværk." in await shown(library)
    assert len(await published(library)) == 3


async def test_the_page_one_is_on_stays(library: Library) -> None:
    await add(library, *many(21), Partner("Springbræt", responsible="U03"))
    await library.home()
    await library.press_on_home("Næste")
    assert "Side 2 af 3" in await shown(library)
    await library.write(NOTED)
    assert "Side 2 af 3" in await shown(library)
    assert "Forening 011" in await shown(library)


async def test_a_conflict_is_drawn_once_more_from_what_is_stored_then(library: Library) -> None:
    await library.home()
    await fault(library, "views.publish", error="hash_conflict")
    await add_one(library, "Springbræt")
    assert "Springbræt er i vores netværk." in await shown(library)
    _, refused, again = await published(library)
    assert refused["request"]["hash"]
    assert "hash" not in again["request"]


async def test_a_home_that_another_has_drawn_is_not_overwritten_unseen(library: Library) -> None:
    await library.home()
    blocks = [{"type": "divider"}]
    await api(library, "views.publish", user_id="U02", view={"type": "home", "blocks": blocks})
    await add_one(library, "Springbræt")
    assert "Springbræt er i vores netværk." in await shown(library)
    *_, refused, again = await published(library)
    assert refused["response"]["error"] == "hash_conflict"
    assert again["response"]["ok"]


async def test_a_second_conflict_lets_the_other_drawing_stand(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "handlers")
    before = await library.home()
    await fault(library, "views.publish", error="hash_conflict", times=2)
    await add_one(library, "Springbræt")
    assert (await library.state())["home"]["hash"] == before["hash"]
    assert "theirs stands" in caplog.text
    assert "Traceback" not in caplog.text
    assert len(await published(library)) == 3


async def test_a_conflict_between_two_drawings_of_ours_names_the_newer(library: Library) -> None:
    await add(library, Partner("Springbræt"))
    await library.home()
    await fault(library, "views.publish", delay=0.5)
    await library.write("springbræt")
    await library.press("Jeg kender dem", wait="ack")
    await library.control("home", user="U02")
    await library.look("idle?quiet_ms=50")
    assert "Springbræt er i vores netværk." in await shown(library)


async def test_rate_limited_it_waits_for_the_next_chance(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "handlers")
    await library.home()
    await fault(library, "views.publish", retry_after=30)
    await add_one(library, "Springbræt")
    assert "Springbræt" not in await shown(library)
    assert len(await published(library)) == 2
    assert "next chance" in caplog.text
    assert not [record for record in caplog.records if record.levelno > logging.INFO]
    assert "Springbræt er i vores netværk." in said(await library.home())


@pytest.mark.parametrize("how", [{"error": "internal_error"}, {"status": 503}])
async def test_a_failure_is_one_line_in_the_log(
    library: Library, caplog: pytest.LogCaptureFixture, how: Json
) -> None:
    await library.home()
    await fault(library, "views.publish", **how)
    await add_one(library, "Springbræt")
    (line,) = [record for record in caplog.records if record.name.startswith("handlers.")]
    assert "was not shown anew" in line.getMessage()
    assert line.exc_info is None
    await know_nothing_is_lost(library)


async def know_nothing_is_lost(library: Library) -> None:
    await library.write("kontakt springbræt talte med Anne")
    assert "Springbræt er i vores netværk." in await shown(library)


async def test_a_broken_answer_leaves_the_next_drawing_right(library: Library) -> None:
    await library.home()
    await fault(library, "views.publish", drop_answer=True)
    await add_one(library, "Springbræt")
    await library.write(NOTED)
    assert "Sidste kontakt i dag, @U02: talte med Anne" in await shown(library)


async def test_a_click_on_home_counts_as_opening_it(library: Library) -> None:
    """The process has been started again, and Home is still there from before."""
    await add(library, *many(11), Partner("Springbræt", known_by=("U02",)))
    await library.home()
    await library.press_on_home("Næste")
    library.house.tabs.drop_team("T01")
    await library.press_on_home("Vi har talt sammen")
    assert "Side 2 af 2" in await shown(library)
    assert "Sidste kontakt i dag, @U02" not in await shown(library)  # now on the first page
    await library.press_on_home("Forrige")
    assert "Sidste kontakt i dag, @U02" in await shown(library)


async def test_who_became_a_guest_is_shown_the_closed_home(library: Library) -> None:
    await library.write("ny Springbræt")
    await library.home()
    await library.submit({}, user="U02")
    await library.control("members", id="U02", name="mette", is_restricted=True)
    assert "Partnerbot er for bibliotekets ansatte." in said(await library.home())


async def test_the_language_one_chose_is_the_one_home_is_drawn_in(library: Library) -> None:
    await library.home()
    await library.write("indstillinger")
    await library.submit({"language": "en"})
    assert "Hi Mette" in await shown(library)


async def test_a_process_told_to_stop_draws_what_is_due_first(library: Library) -> None:
    await add(library, Partner("Springbræt", responsible="U03"))
    await library.home()
    await library.control(
        "slash", user="U02", channel="C03", command="/partner", text=NOTED, wait="ack"
    )
    while not library.house.busy():
        await library.look("ready")
    async with asyncio.timeout(5):
        await library.house.drain()
    assert library.house.busy() == 0
    assert "Sidste kontakt i dag" in await shown(library)


def test_only_so_many_tabs_are_remembered() -> None:
    tabs = Tabs()
    first = tabs.opened("T01", "U02")
    assert tabs.opened("T01", "U02") is first
    for n in range(REMEMBERED - 1):
        tabs.opened("T02", f"U{n}")
    assert tabs.get("T01", "U02") is first
    tabs.opened("T01", "U02")
    tabs.opened("T02", "Unew")
    assert tabs.get("T01", "U02") is first
    assert tabs.get("T02", "U0") is None
    tabs.drop_team("T01")
    assert tabs.get("T01", "U02") is None
    assert tabs.get("T02", "Unew")
