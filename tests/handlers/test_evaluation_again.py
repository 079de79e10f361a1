"""What Slack did not let open at nine opens later the same morning."""

from datetime import date, time

from tests.handlers.evaluation_rounds import ready
from tests.handlers.library import Library
from tests.handlers.test_evaluation_year import opened, partnership, wind
from tests.handlers.wire import fault

DAY = date(2027, 3, 10)


async def test_one_error_of_slack_does_not_cost_the_round_its_day(library: Library) -> None:
    await ready(library)
    await partnership(library, channel="C02")
    await wind(library, date(2027, 3, 9))
    await library.house.drain()
    await wind(library, DAY, time(8, 59))
    await fault(library, "conversations.info", error="internal_error", times=1)
    await wind(library, DAY, time(9))
    await library.house.drain()
    assert await opened(library) == []
    await wind(library, DAY, time(9, 2))
    await library.house.drain()
    assert len(await opened(library)) == 1
    await wind(library, DAY, time(9, 4))
    await library.house.drain()
    assert len(await opened(library)) == 1
