"""What the sandbox refuses: calls, in Slack's words, and starts, in a sentence."""

from typing import Any


class Refused(Exception):  # noqa: N818 - nothing broke: Slack refused
    """Slack's name for the error, and what else belongs into the answer (`needed`, `provided`)."""

    def __init__(self, error: str, **extra: Any) -> None:  # noqa: ANN401 - any JSON
        super().__init__(error)
        self.error = error
        self.extra = extra


class CannotStartError(Exception):
    """A sentence for whoever started the sandbox: what is wrong, and what to do."""
