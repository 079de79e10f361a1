"""How fast one library is written to: at an even pace, never all of it at nine o'clock."""

import random
import time

# Slack gives no figure but "several hundred messages a minute" for a workspace: 300 are the least.
A_SECOND = 5.0
# What a click sets off is a handful, and goes out at once.
AT_ONCE = 10
# Each pause is a little longer or shorter, so that several bots do not keep in step.
JITTER = 0.2


class Pace:
    """Room for messages, that comes back with time; monotonic seconds."""

    def __init__(self) -> None:
        self._room = float(AT_ONCE)
        self._at = time.monotonic()

    def pause(self) -> float:
        """Seconds until there is room for one more; 0 when it is now."""
        now = time.monotonic()
        self._room = min(AT_ONCE, self._room + (now - self._at) * A_SECOND)
        self._at = now
        return 0.0 if self._room >= 1 else jittered((1 - self._room) / A_SECOND)

    def take(self) -> None:
        """One goes out."""
        self._room -= 1

    def give_back(self) -> None:
        """It was not for Slack after all."""
        self._room += 1


def jittered(seconds: float) -> float:
    """That long, and up to JITTER more."""
    return seconds * (1 + JITTER * random.random())  # noqa: S311 - nobody gains by guessing it
