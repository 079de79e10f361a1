"""Pages with a cursor, as Slack cuts lists."""

import base64
from collections.abc import Callable, Sequence
from typing import TypeVar

from sandbox.api.call import Call
from sandbox.errors import Refused
from sandbox.world import Json

T = TypeVar("T")

LARGEST = 1_000


def page(
    call: Call, items: Sequence[T], key: Callable[[T], str], default: int = LARGEST
) -> tuple[Sequence[T], Json]:
    """The part of the list that the call asks for, and its `response_metadata`.

    The cursor names the next item, so that a page stays right when the list grows meanwhile.
    Refused: `invalid_limit`, `invalid_cursor`.
    """
    limit = call.number("limit", default) or default
    if not 0 < limit <= LARGEST:
        raise Refused("invalid_limit")
    start = _start(call.text("cursor"), items, key)
    end = start + limit
    following = _cursor(key(items[end])) if end < len(items) else ""
    return items[start:end], {"response_metadata": {"next_cursor": following}}


def _cursor(key: str) -> str:
    return base64.b64encode(f"next:{key}".encode()).decode()


def _start(cursor: str, items: Sequence[T], key: Callable[[T], str]) -> int:
    if not cursor:
        return 0
    try:
        wanted = base64.b64decode(cursor, validate=True).decode().removeprefix("next:")
    except ValueError:
        raise Refused("invalid_cursor") from None
    found = next((i for i, item in enumerate(items) if key(item) == wanted), None)
    if found is None:
        raise Refused("invalid_cursor")
    return found
