"""What goes wrong at every beat is not tried at every beat."""

import time

LONGEST_SECONDS = 60.0


class Rest:
    """How long each thing rests that went wrong: not at all, then 1, 2, 4 ... seconds."""

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def is_over(self, what: str) -> bool:
        """Whether it may be tried now."""
        return time.monotonic() >= self._until.get(what, 0.0)

    def note(self, what: str, *, went_well: bool) -> None:
        """Take note of how it went."""
        if went_well:
            self._failures.pop(what, None)
            self._until.pop(what, None)
            return
        failures = self._failures[what] = self._failures.get(what, 0) + 1
        pause = 2.0 ** min(failures - 2, 10) if failures > 1 else 0.0
        self._until[what] = time.monotonic() + min(pause, LONGEST_SECONDS)
