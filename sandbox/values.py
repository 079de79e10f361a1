"""What a member fills in: short values to Slack's state objects, and the state of a whole form.

A short value is a string (text, date, time, number, option value, user or channel id), a list of
strings (checkboxes, multi selects, file ids), or None for an emptied field.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.elements import EXTERNAL, Element, stateful
from sandbox.world import Channel, Json, Member

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")


class InvalidValueError(Exception):
    """A value that this element cannot hold, or an option that it does not offer."""


@dataclass(frozen=True)
class Reach:
    """What a member can choose from; `offered` are external options by action_id."""

    members: Mapping[str, Member]
    channels: Mapping[str, Channel]
    files: Mapping[str, Json]
    offered: Mapping[str, list[Json]] = field(default_factory=dict)


def to_state(element: Element, value: object, reach: Reach) -> Json:
    """The state object for a short value or for Slack's raw state object.

    Raises InvalidValueError where the element could not show that value.
    """
    if isinstance(value, dict) and value.get("type") == element.type:
        value = _short(element, value)
    if value is None or value in ([], ""):
        return element.state(None)
    if element.many != isinstance(value, list):
        raise InvalidValueError(f"{element.action_id} takes {'a list' if element.many else 'one'}")
    if isinstance(value, list):
        return element.state([_slack_value(element, one, reach) for one in value])
    return element.state(_slack_value(element, value, reach))


def form_state(blocks: list[Json], typed: Json) -> Json:
    """`state.values` of a form: what was typed where it still fits, else the initial values."""
    values: Json = {}
    for element in stateful(blocks):
        kept = typed.get(element.block_id, {}).get(element.action_id)
        state = kept if kept and still_fits(element, kept) else element.initial()
        values.setdefault(element.block_id, {})[element.action_id] = state
    return values


def still_fits(element: Element, state: Json) -> bool:
    """Whether a state object from before an update is one the updated element can hold."""
    if state.get("type") != element.type:
        return False
    if element.type in EXTERNAL:
        return True
    chosen = state.get(str(element.field))
    if not str(element.field).startswith("selected_option"):
        return True
    offered = {option["value"] for option in element.options()}
    picked = chosen if isinstance(chosen, list) else [chosen] if chosen else []
    return all(option["value"] in offered for option in picked)


def is_empty(element: Element, state: Json) -> bool:
    """Whether nothing is filled in; a rich text without a character counts as nothing."""
    value = state.get(str(element.field))
    if isinstance(value, dict) and value.get("type") == "rich_text":
        return not plain_text(value).strip()
    return value is None or value in ([], "")


def plain_text(node: Any) -> str:  # noqa: ANN401 - any part of a rich_text block
    """The characters of a rich text, without its style."""
    if isinstance(node, list):
        return "".join(plain_text(child) for child in node)
    if isinstance(node, dict):
        return str(node.get("text", "")) + plain_text(node.get("elements", []))
    return ""


def rich_text(text: str) -> Json:
    """A rich_text block of one section with that text."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _short(element: Element, state: Json) -> object:
    value = state.get(str(element.field))
    if isinstance(value, list):
        return [one.get("value", one.get("id")) if isinstance(one, dict) else one for one in value]
    if isinstance(value, dict) and "value" in value:
        return value["value"]
    return value


def _slack_value(element: Element, value: object, reach: Reach) -> Any:  # noqa: ANN401 - see state
    convert = _CONVERT.get(element.type)
    if convert is None:
        raise InvalidValueError(f"{element.type} holds no value")
    return convert(element, value, reach)


def _text(element: Element, value: object, _reach: Reach) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InvalidValueError(f"{element.action_id} takes a string")
    return str(value)


def _rich_text(_element: Element, value: object, _reach: Reach) -> Json:
    if isinstance(value, dict) and value.get("type") == "rich_text":
        return value
    if isinstance(value, str):
        return rich_text(value)
    raise InvalidValueError("takes a string or a rich_text block")


def _option(element: Element, value: object, reach: Reach) -> Json:
    return pick(options_of(element, reach), value)


def options_of(element: Element, reach: Reach) -> list[Json]:
    """What a member can choose: an external select has its initial and its suggested options."""
    if element.type not in EXTERNAL:
        return element.options()
    first = element.body.get("initial_option")
    initial = [first] if first else list(element.body.get("initial_options") or [])
    return initial + reach.offered.get(element.action_id, [])


def pick(options: list[Json], value: object) -> Json:
    """The option with that value; raises InvalidValueError where none is offered."""
    for option in options:
        if option.get("value") == value:
            return option
    raise InvalidValueError(f"no option {value!r} is offered")


def _member(element: Element, value: object, reach: Reach) -> str:
    if isinstance(value, str) and value in reach.members:
        return value
    raise InvalidValueError(f"{element.action_id} does not offer {value!r}")


def _channel(element: Element, value: object, reach: Reach) -> str:
    channel = reach.channels.get(value) if isinstance(value, str) else None
    if channel is None or not offers_channel(element, channel):
        raise InvalidValueError(f"{element.action_id} does not offer {value!r}")
    return channel.id


def offers_channel(element: Element, channel: Channel) -> bool:
    """Whether a channel or conversation select shows that channel, by its kind and filter."""
    if channel.is_archived or channel.deleted:
        return False
    sort = "im" if channel.im_user else "private" if channel.is_private else "public"
    if "channels_select" in element.type:
        return sort == "public"
    wanted = element.body.get("filter") or {}
    if channel.is_ext_shared and wanted.get("exclude_external_shared_channels"):
        return False
    # The only direct messages of a sandbox are those with the app.
    if sort == "im" and wanted.get("exclude_bot_users"):
        return False
    return sort in (wanted.get("include") or [sort])


def _file(element: Element, value: object, reach: Reach) -> Json:
    if not isinstance(value, str) or value not in reach.files:
        raise InvalidValueError(f"{element.action_id} knows no file {value!r}")
    return dict(reach.files[value])


def _date(element: Element, value: object, _reach: Reach) -> str:
    return _parsed(element, value, _DATE, "%Y-%m-%d")


def _time(element: Element, value: object, _reach: Reach) -> str:
    return _parsed(element, value, _TIME, "%H:%M")


def _parsed(element: Element, value: object, shape: re.Pattern[str], pattern: str) -> str:
    if isinstance(value, str) and shape.fullmatch(value):
        try:
            datetime.strptime(value, pattern)  # noqa: DTZ007 - only its form is of interest
        except ValueError:
            pass
        else:
            return value
    raise InvalidValueError(f"{element.action_id} cannot hold {value!r}")


def _timestamp(element: Element, value: object, _reach: Reach) -> int:
    if isinstance(value, str | int) and str(value).isdecimal():
        return int(value)
    raise InvalidValueError(f"{element.action_id} takes seconds since 1970")


_Convert = Callable[[Element, object, Reach], Any]
_CONVERT: dict[str, _Convert] = {
    "plain_text_input": _text,
    "email_text_input": _text,
    "url_text_input": _text,
    "number_input": _text,
    "rich_text_input": _rich_text,
    "static_select": _option,
    "external_select": _option,
    "radio_buttons": _option,
    "checkboxes": _option,
    "multi_static_select": _option,
    "multi_external_select": _option,
    "users_select": _member,
    "multi_users_select": _member,
    "conversations_select": _channel,
    "multi_conversations_select": _channel,
    "channels_select": _channel,
    "multi_channels_select": _channel,
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _timestamp,
    "file_input": _file,
}
