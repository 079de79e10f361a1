"""For whom a weekly message is planned, and that one library's trouble is no other's."""

from collections.abc import Sequence
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.partner import Partner
from handlers.delivery_teams import Teams
from handlers.reminder_plan import Planner, key_of
from storage import delivery as deliveries
from storage import partner as register_of
from storage import workspace as settings_of
from storage.database import Connection
from tests.handlers.deliveries import TEAM
from tests.handlers.library import Library
from tests.handlers.test_reminder import (
    DAY,
    METTE,
    TUESDAYS,
    WEEK,
    letters,
    on,
    partner_morning,
    quiet,
    wind,
)

__all__ = ["on"]

HOUR = timedelta(hours=1)
OTHER = "T00"  # comes before TEAM


class Two(Teams):
    """A library whose token Slack takes no longer, and the one of the tests."""

    def __init__(self, good: AsyncWebClient) -> None:
        self._good = good
        self._bad = AsyncWebClient(token="xoxb-taken-back", base_url=good.base_url)

    async def all(self) -> Sequence[str]:
        return OTHER, TEAM

    async def client(self, team: str) -> AsyncWebClient | None:
        return self._good if team == TEAM else self._bad


def _switch_on_the_other(conn: Connection, _team: str, library: Library) -> None:
    now = library.house.clock.now() - 5 * WEEK
    before = settings_of.settings(conn, OTHER, lock=True)
    settings = before.model_copy(update={"switched_on": True, "coordinators": ("U99",)})
    settings_of.save_settings(conn, OTHER, settings, now=now)
    register_of.add(conn, OTHER, Partner("X", responsible="U99"), by="U99", now=now - 400 * DAY)


async def test_a_library_whose_token_was_taken_back_silences_no_other(on: Library) -> None:
    await on.store.write(_switch_on_the_other, TEAM, on)
    on.house.forget(OTHER)
    await quiet(on)
    morning = await partner_morning(on, before=HOUR)
    mine = on.house.teams
    good = await mine.client(TEAM)
    assert good
    on.house.teams = Two(good)
    await Planner().plan(on.house, morning)
    on.house.teams = mine
    key = key_of(morning, TUESDAYS.calendar, METTE)
    assert await on.store.read(deliveries.outcome, TEAM, key)


async def test_who_becomes_a_reader_in_the_middle_of_a_week_waits_for_the_next(
    on: Library,
) -> None:
    morning = await partner_morning(on)
    await wind(on, morning + 2 * DAY)
    await quiet(on)
    await wind(on, morning + 2 * DAY + 2 * HOUR)
    assert not await letters(on)
    await Planner().plan(on.house, on.house.clock.now())  # as after a restart
    on.house.wake()
    assert not await letters(on)
    await partner_morning(on)
    assert len(await letters(on)) == 1


async def test_what_was_missed_while_the_bot_was_away_is_caught_up_with(on: Library) -> None:
    await quiet(on)
    morning = await partner_morning(on, before=HOUR)
    await wind(on, morning + DAY)
    assert len(await letters(on, METTE)) == 1
