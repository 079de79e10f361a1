"""How a delivery ended, whichever way it travelled."""

from dataclasses import dataclass
from typing import Any

from sandbox.world import Json

ACK_SECONDS = 3.0
TIMED_OUT = "operation_timeout"
UNREACHABLE = "dispatch_failed"
REFUSED = "http_service_error"


@dataclass(frozen=True)
class Parcel:
    """What is sent: `kind` is slash_commands, interactive or events_api; `attempt` from 0."""

    kind: str
    payload: Json
    attempt: int = 0
    reason: str = ""

    @property
    def name(self) -> str:
        """What to call it in the log: the event's or the interaction's own type."""
        inner = self.payload.get("event", self.payload)
        return str(inner.get("type", self.kind))

    def envelope(self, envelope_id: str) -> Json:
        """The parcel as Socket Mode carries it."""
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": self.kind != "events_api",
        }
        if self.kind == "events_api":
            envelope |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return envelope


@dataclass(frozen=True)
class Reply:
    """The app's answer, or why there is none.

    `error` is the name that the member's client shows, `reason` the one that a retry tells.
    """

    body: Any = None
    error: str | None = None
    reason: str = ""
    status: int | None = None
    retry: bool = True

    @property
    def ok(self) -> bool:
        """Whether the app took it."""
        return self.error is None


@dataclass(frozen=True)
class Ack:
    """The answer to an interaction, after `ms` real milliseconds."""

    ms: float
    body: Json | None
    ok: bool
    error: str | None
