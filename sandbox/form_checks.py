"""What Slack's client checks before it sends a form: required fields, lengths, ranges, forms."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sandbox.elements import Element, stateful
from sandbox.values import is_empty
from sandbox.world import Json

REQUIRED = "Please complete this required field."
_NUMBER = re.compile(r"-?\d+([.]\d+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+[.][^@\s.]{2,}")
_URL = re.compile(r"https?://\S+")


def client_errors(blocks: list[Json], values: Json) -> dict[str, str]:
    """A sentence under each field that the client would not send, by block_id."""
    found: dict[str, str] = {}
    for element in stateful(blocks):
        if not element.in_input:
            continue
        problem = _problem(element, values[element.block_id][element.action_id])
        if problem:
            found[element.block_id] = problem
    return found


def _problem(element: Element, state: Json) -> str | None:
    if is_empty(element, state):
        return None if element.block.get("optional") else REQUIRED
    check = _CHECKS.get(element.type)
    return check(element.body, state[str(element.field)]) if check else None


def _text(body: Json, value: str) -> str | None:
    if len(value) < body.get("min_length", 0):
        return f"Must be at least {body['min_length']} characters."
    # Slack gives a field of its own 3,000 characters where the app names no maximum.
    longest = body.get("max_length", 3000)
    return f"Must be at most {longest} characters." if len(value) > longest else None


def _number(body: Json, value: str) -> str | None:
    if not _NUMBER.fullmatch(value):
        return "Must be a number."
    if not body.get("is_decimal_allowed") and "." in value:
        return "Must be a whole number."
    number = Decimal(value)
    if "min_value" in body and number < Decimal(body["min_value"]):
        return f"Must be at least {body['min_value']}."
    if "max_value" in body and number > Decimal(body["max_value"]):
        return f"Must be at most {body['max_value']}."
    return None


def _email(_body: Json, value: str) -> str | None:
    return None if _EMAIL.fullmatch(value) else "Must be an email address."


def _url(_body: Json, value: str) -> str | None:
    return None if _URL.fullmatch(value) else "Must be a URL."


def _at_most(limit: str, default: int) -> Callable[[Json, list[Any]], str | None]:
    def check(body: Json, value: list[Any]) -> str | None:
        most = body.get(limit, default)
        return f"Choose at most {most}." if len(value) > most else None

    return check


# More than that many options cannot be offered, and so not be chosen.
_ITEMS = _at_most("max_selected_items", 10_000)
_CHECKS: dict[str, Callable[[Json, Any], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "multi_static_select": _ITEMS,
    "multi_external_select": _ITEMS,
    "multi_users_select": _ITEMS,
    "multi_conversations_select": _ITEMS,
    "multi_channels_select": _ITEMS,
    "file_input": _at_most("max_files", 10),
}
