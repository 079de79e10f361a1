"""Who has signed up for what: a table by the kind of thing and its id.

Bolt tries its listeners one after another, which with a hundred of them takes it milliseconds; so
it knows one for each kind, and the feature is found here.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from bot.workspace_roles import Action
from handlers.turn import Json, Turn

ANYTHING = "*"  # signs up for what nobody else has

SignUp = tuple[Callable[[Turn], Awaitable[Any]], Action]


class SignedUp:
    """Handlers, and what each of them is that a person does."""

    def __init__(self) -> None:
        self._by_kind: dict[str, dict[str, SignUp]] = defaultdict(dict)

    def add(
        self, kind: str, name: str, handler: Callable[[Turn], Awaitable[Any]], may: Action
    ) -> None:
        """Sign up; ValueError where somebody has already."""
        if name in self._by_kind[kind]:
            raise ValueError(f"two have signed up for the {kind} {name}")
        self._by_kind[kind][name] = (handler, may)

    def find(self, kind: str, body: Json) -> SignUp:
        """Whose it is: by the id as it stands, else without its ending."""
        signed, name = self._by_kind[kind], _name_of(body)
        found = signed.get(name) or signed.get(name.rpartition(".")[0])
        return found or signed[ANYTHING]


def _name_of(body: Json) -> str:
    """The id that was used, wherever Slack puts it for that kind."""
    if "actions" in body:
        return str(body["actions"][0].get("action_id"))
    name = body.get("command") or body.get("action_id") or body.get("callback_id")
    return str(name or body.get("view", {}).get("callback_id"))
