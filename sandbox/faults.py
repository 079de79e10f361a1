"""Faults on demand: the next calls of a method fail as told."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ANY_METHOD = "*"


@dataclass(eq=False)
class Fault:
    """How the next `times` calls of `method` go.

    `match` narrows it: a dict must be contained in the call's arguments, a string in their JSON.
    `error` (with `status`, default 200) or `retry_after` (then 429 `ratelimited`) refuse the call
    without an effect. `drop_answer` lets the effect happen and breaks the connection; `delay` lets
    the answer wait that many seconds, or until the fault is cleared.
    """

    method: str
    times: int = 1
    match: Json | str | None = None
    status: int | None = None
    error: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    drop_answer: bool = False
    cleared: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def refuses(self) -> bool:
        """Whether the call has no effect at all."""
        if self.drop_answer:
            return False
        return bool(self.error or self.retry_after or (self.status or 0) >= 400)  # noqa: PLR2004 - HTTP's first error
        # from 400 on, HTTP itself says that nothing was done

    def fits(self, method: str, args: Json) -> bool:
        """Whether this call is meant."""
        if self.method not in (method, ANY_METHOD):
            return False
        if isinstance(self.match, str):
            return self.match in json.dumps(args, ensure_ascii=False)
        return self.match is None or _contains(args, self.match)


def _contains(whole: Any, part: Any) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and _contains(whole[key], value) for key, value in part.items()
        )
    return bool(whole == part)


@dataclass
class Faults:
    """The faults that wait for their call, in the order in which they were asked for."""

    waiting: list[Fault] = field(default_factory=list)
    holding: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Let it hit the next calls that fit."""
        self.waiting.append(fault)

    def clear(self, method: str | None = None) -> None:
        """Forget the faults of one method, or all, and let the answers go that they hold."""
        self.waiting = [f for f in self.waiting if method and f.method != method]
        for fault in self.holding:
            if method in (None, fault.method):
                fault.cleared.set()

    async def hold(self, fault: Fault) -> None:
        """Let a call's answer wait as its fault says."""
        self.holding.append(fault)
        try:
            async with asyncio.timeout(fault.delay):
                await fault.cleared.wait()
        except TimeoutError:
            pass  # it has waited long enough
        finally:
            self.holding.remove(fault)

    def take(self, method: str, args: Json) -> Fault | None:
        """The fault that this call runs into; it is used up by it."""
        fault = next((f for f in self.waiting if f.fits(method, args)), None)
        if fault is None:
            return None
        fault.times -= 1
        if fault.times < 1:
            self.waiting.remove(fault)
        return fault
