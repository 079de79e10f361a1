"""One call of a Web API method: its arguments, and the table of methods."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.engine import Engine
from sandbox.errors import Refused
from sandbox.world import App, Json, Team


@dataclass(frozen=True)
class Call:
    """A method's arguments as they came, by form or by JSON; `team` is the token's workspace."""

    engine: Engine
    team: Team
    method: str
    args: Json

    @property
    def app(self) -> App:
        """The app as installed in the workspace."""
        return self.team.app

    def has(self, name: str) -> bool:
        """Whether the argument was given at all; null counts as not given."""
        return self.args.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str) -> str:
        """A text that must not be empty. Refused: `invalid_arguments`."""
        return self.text(name) or _missing(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An argument as a yes or no; forms write `true`, `1` or `True`."""
        value = self.args.get(name)
        return default if value is None else str(value).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """An argument as a whole number. Refused: `invalid_arguments`."""
        value = self.args.get(name)
        try:
            return default if value in (None, "") else int(value)
        except (TypeError, ValueError, OverflowError):
            raise invalid(f"must be an integer: {name}") from None

    def json(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - any JSON
        """An argument that is JSON itself, or a string with it. Refused: `invalid_arguments`."""
        value = self.args.get(name)
        if value is None or value == "":
            return default
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise invalid(f"must be valid JSON: {name}") from None

    def listed(self, name: str) -> list[str]:
        """An argument that is a list, or a string with commas."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def allowed(self, scope: str) -> bool:
        """Whether the token carries that scope."""
        return scope in self.app.scopes

    def need(self, scope: str) -> None:
        """Refused: `missing_scope` without it."""
        if not self.allowed(scope):
            raise missing_scope(self.app, scope)


Method = Callable[[Call], Json]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Enter a function into the table of methods."""

    def enter(function: Method) -> Method:
        METHODS[name] = function
        return function

    return enter


def invalid(*messages: str) -> Refused:
    """`invalid_arguments`, with Slack's explanation beside it."""
    return Refused("invalid_arguments", response_metadata=explained(*messages))


def explained(*messages: str) -> Json:
    """Slack's `response_metadata` for things that are wrong."""
    return {"messages": [f"[ERROR] {message}" for message in messages]}


def missing_scope(app: App, needed: str) -> Refused:
    """`missing_scope`, with the scope that is needed and those the token has."""
    return Refused("missing_scope", needed=needed, provided=",".join(app.scopes))


def _missing(name: str) -> str:
    raise invalid(f"missing required field: {name}")
