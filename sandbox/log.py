"""What went over the wire, in order: the answer to `GET /_sandbox/log`."""

import json
from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from sandbox.clock import Clock

Kind = Literal["api", "envelope", "event", "control", "upload", "download"]

KEPT = 64 * 1024 * 1024  # characters; whoever watches a long run asks with `since` now and then


@dataclass(frozen=True)
class Entry:
    """One exchange; bodies are kept as JSON text, so that later changes do not rewrite history."""

    seq: int
    at: str
    kind: Kind
    team: str | None
    name: str
    request: str
    response: str
    status: int | None
    ms: float

    @property
    def size(self) -> int:
        """Characters that it takes."""
        return len(self.request) + len(self.response)

    def as_json(self) -> dict[str, Any]:
        """The entry as the control API shows it."""
        return {
            "seq": self.seq,
            "at": self.at,
            "kind": self.kind,
            "team": self.team,
            "name": self.name,
            "request": json.loads(self.request),
            "response": json.loads(self.response),
            "status": self.status,
            "ms": self.ms,
        }


class Log:
    """The last exchanges; `seq` grows by one with each."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: deque[Entry] = deque()
        self._size = 0
        self._seq = 0

    def add(
        self,
        kind: Kind,
        name: str,
        *,
        team: str | None = None,
        request: Any = None,  # noqa: ANN401 - any JSON
        response: Any = None,  # noqa: ANN401 - any JSON
        status: int | None = None,
        ms: float = 0.0,
    ) -> int:
        """Write one exchange down and answer its `seq`; `status` is HTTP's, where there is one."""
        self._seq += 1
        entry = Entry(
            seq=self._seq,
            at=self._clock.now().isoformat(),
            kind=kind,
            team=team,
            name=name,
            request=json.dumps(request),
            response=json.dumps(response),
            status=status,
            ms=round(ms, 3),
        )
        self._entries.append(entry)
        self._size += entry.size
        while self._size > KEPT:
            self._size -= self._entries.popleft().size
        return self._seq

    def since(self, seq: int) -> list[dict[str, Any]]:
        """The kept entries after `seq`, oldest first."""
        gone = self._seq - len(self._entries)
        wanted = islice(self._entries, max(0, seq - gone), None)
        return [entry.as_json() for entry in wanted]
