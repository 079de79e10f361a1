from datetime import datetime, timedelta

from handlers.delivery_pace import A_SECOND, AT_ONCE, JITTER, Pace, jittered
from tests.handlers.deliveries import greets, idle, posts, put
from tests.handlers.library import Library
from tests.handlers.library_settings import decide

DAY = timedelta(days=1)


def test_a_handful_goes_at_once_and_then_one_after_the_other() -> None:
    pace = Pace()
    for _ in range(AT_ONCE):
        assert pace.pause() == 0
        pace.take()
    assert 0 < pace.pause() <= (1 + JITTER) / A_SECOND
    pace.give_back()
    assert pace.pause() == 0


def test_no_two_pauses_are_alike() -> None:
    pauses = {jittered(1.0) for _ in range(50)}
    assert len(pauses) > 1
    assert all(1 <= pause <= 1 + JITTER for pause in pauses)


async def test_what_is_due_at_nine_goes_out_at_an_even_pace(library: Library) -> None:
    await decide(library, switched_on=True)
    greets(library.house)
    more = 4
    for number in range(AT_ONCE + more):
        user = f"U1{number:02}"
        await library.control("members", id=user, name="kollega")
        await put(library, f"{number:02}", user, in_=DAY)
    nine = library.house.clock.now() + DAY  # at the earliest
    await library.control("clock", advance=DAY.total_seconds(), jump=True)
    assert await idle(library)
    sent = [datetime.fromisoformat(post["at"]) for post in await posts(library)]
    assert len(sent) == AT_ONCE + more
    assert (sent[-1] - nine).total_seconds() >= (more - 1) / A_SECOND
