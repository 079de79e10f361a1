"""Waiting until the app has done all there is to do."""

from collections.abc import Iterator

from sandbox.engine import Engine
from sandbox.world import Json

# An app that follows the clock says when it is done; for any other one, so many milliseconds
# without a call after its answer have to do.
QUIET_MS = 100.0
PATIENCE = 30.0  # seconds
_LOOK = 0.01  # seconds at most between two looks at what followers said
# Seconds after which a busy follower is asked again; then it is left to tell by itself.
_ASK_AGAIN = (0.005, 0.01, 0.02, 0.04, 0.08)


async def settle(engine: Engine, quiet_ms: float | None = None, timeout: float = PATIENCE) -> Json:  # noqa: ASYNC109 - as in idle()
    # ASYNC109 - running out of time is an answer here, not an exception
    """Wait until nothing is under way, every follower of the clock is done, and it is quiet.

    Answers `{"idle", "waiting_for"}`; without `quiet_ms`, what is enough for this app.
    """
    deadline = engine.clock.monotonic() + timeout
    while True:
        told: Json = await engine.activity.idle(0, _left(engine, deadline))
        pulse = engine.activity.pulse
        behind = await caught_up(engine, _left(engine, deadline)) if told["idle"] else []
        if behind:
            told = {"idle": False, "waiting_for": [f"follower {name}" for name in behind]}
        if not told["idle"]:
            return told
        quiet = _quiet(engine) if quiet_ms is None else quiet_ms
        told = await engine.activity.idle(quiet, _left(engine, deadline))
        if not told["idle"] or engine.activity.pulse == pulse:
            return told


async def caught_up(engine: Engine, timeout: float, *, ask: bool = True) -> list[str]:  # noqa: ASYNC109 - as in idle()
    # ASYNC109 - as in settle
    """Wait until every follower has said that it is done; those that have not, after `timeout`.

    A new revision makes a follower speak, so what it says is from after this call; with `ask`
    false the revision was raised just before.
    """
    clock = engine.clock
    deadline = clock.monotonic() + timeout
    again = iter(_ASK_AGAIN)
    if ask and clock.followers():
        clock.advance(0)
    ask_at = _next_question(clock.monotonic(), again)
    while behind := clock.behind():
        now = clock.monotonic()
        if now >= deadline:
            return behind
        if now >= ask_at and all(f.rev == clock.rev for f in clock.followers().values()):
            clock.advance(0)
            ask_at = _next_question(now, again)
        await clock.heard(min(_LOOK, deadline - now))
    return []


def _quiet(engine: Engine) -> float:
    says_so_itself = engine.clock.followers() or not engine.delivery.connected(engine.team())
    return 0.0 if says_so_itself else QUIET_MS


def _next_question(now: float, again: Iterator[float]) -> float:
    return now + next(again, float("inf"))


def _left(engine: Engine, deadline: float) -> float:
    return max(0.0, deadline - engine.clock.monotonic())
