"""`/_sandbox/clock`: the workspace's time, followed by long-poll and walked in steps."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.control.ask import Ask, Done
from sandbox.control.waiting import PATIENCE, caught_up, settle
from sandbox.engine import Engine
from sandbox.errors import Refused

STEP = 3600.0  # seconds
_EPOCH = datetime.fromtimestamp(0, UTC)


async def walk(ask: Ask) -> Done:
    """Move the clock to `now` or by `advance`, waiting for every follower after each step."""
    clock = ask.engine.clock
    target = _target(ask)
    if target < clock.now():
        raise Refused("clock_backwards")
    step = timedelta(seconds=_number(ask, "step", STEP))
    if step <= timedelta(0):
        raise Refused("invalid_value", detail="step")
    patience = _number(ask, "timeout", PATIENCE)
    while True:
        whole = target if ask.body.get("jump") else min(target, _next_stop(clock.now(), step))
        behind = await _step(ask.engine, whole, patience)
        told = {"now": clock.now().isoformat(), "rev": clock.rev}
        if behind is not None:
            return Done(ok=False, more={"behind": behind, **told}, waited=True)
        if clock.now() >= target:
            return Done(more=told, waited=True)


async def _step(engine: Engine, to: datetime, patience: float) -> list[str] | None:
    """One step; None when all is done, else those that are still at it after `patience`."""
    pulse = engine.activity.pulse
    if to > engine.clock.now():
        engine.clock.set(to)
    engine.delivery.wake()
    behind = await caught_up(engine, patience, ask=False)
    if behind:
        return behind
    if engine.activity.pulse == pulse and not engine.activity.waiting_for():
        return None
    told = await settle(engine, timeout=patience)
    return None if told["idle"] else engine.clock.behind()


def _next_stop(now: datetime, step: timedelta) -> datetime:
    """On the whole step, so that what is due on the hour is said on the hour."""
    return now + step - (now - _EPOCH) % step


def _target(ask: Ask) -> datetime:
    if "advance" in ask.body:
        return ask.engine.clock.now() + timedelta(seconds=_number(ask, "advance", 0))
    try:
        at = datetime.fromisoformat(ask.text("now"))
    except ValueError:
        raise Refused("invalid_value", detail="now") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _number(ask: Ask, name: str, default: float) -> float:
    value: Any = ask.body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("invalid_value", detail=name)
    return float(value)
