"""Interactive elements in blocks: finding them, and the options they offer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.world import Json

# The field of a Slack state object that carries the value, by the element's type.
# https://docs.slack.dev/reference/block-kit/block-elements
STATE_FIELD = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
# The element's own field with its initial value, by the state object's field.
_INITIAL_FIELD = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "rich_text_value": "initial_value",
}
EXTERNAL = ("external_select", "multi_external_select")


@dataclass(frozen=True)
class Element:
    """An interactive element as rendered, with the block it stands in."""

    block: Json
    body: Json

    @property
    def block_id(self) -> str:
        """The block's id."""
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        """The element's own id."""
        return str(self.body["action_id"])

    @property
    def type(self) -> str:
        """Block Kit's name of the kind."""
        return str(self.body["type"])

    @property
    def in_input(self) -> bool:
        """Whether it is a field of a form, which only speaks up when the form is submitted."""
        return bool(self.block.get("type") == "input")

    @property
    def field(self) -> str | None:
        """The state object's field for its value; None for one without state, as a button."""
        return STATE_FIELD.get(self.type)

    @property
    def many(self) -> bool:
        """Whether its value is a list."""
        return (self.field or "").endswith(
            ("options", "users", "conversations", "channels", "files")
        )

    def state(self, value: Any) -> Json:  # noqa: ANN401 - a state value is of any JSON type
        """Slack's state object for a value in Slack's form; None is an empty field."""
        empty: Any = [] if self.many else None
        return {"type": self.type, str(self.field): empty if value is None else value}

    def initial(self) -> Json:
        """The state object of an untouched element."""
        return self.state(self.body.get(_INITIAL_FIELD.get(str(self.field), "")))

    def options(self) -> list[Json]:
        """The options that stand in the element itself; of groups all together."""
        return flat_options(self.body)


def flat_options(offer: Json) -> list[Json]:
    """Options of an element or of an answer to a suggestion, groups taken together."""
    groups = offer.get("option_groups") or [offer]
    return [option for group in groups for option in group.get("options") or []]


def elements(blocks: list[Json]) -> Iterator[Element]:
    """Every interactive element, in the order of the page."""
    for block in blocks:
        yield from _within(block, block)


def stateful(blocks: list[Json]) -> Iterator[Element]:
    """The elements that hold a value."""
    return (element for element in elements(blocks) if element.field)


def _within(block: Json, node: object) -> Iterator[Element]:
    if isinstance(node, list):
        for child in node:
            yield from _within(block, child)
    elif isinstance(node, dict):
        if "action_id" in node and "type" in node:
            yield Element(block, node)
            return
        nearest = node if "block_id" in node else block
        for child in node.values():
            yield from _within(nearest, child)
