"""What an interactive element shows: its present value, its choices, and when it speaks up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

from sandbox.elements import STATE_FIELD
from sandbox.page.dates import moment
from sandbox.page.viewer import Viewer
from sandbox.values import plain_text

Json = dict[str, Any]

_INPUT_KINDS: Final = {
    "email_text_input": "email",
    "url_text_input": "url",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
}
# Slack's default where an external select names none.
_MIN_QUERY_LENGTH: Final = 3


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen; `text` and `description` are text objects or bare names."""

    value: str
    text: Any
    description: Any = None
    group: str = ""


@dataclass(frozen=True)
class Field:
    """An element with all that its template needs."""

    dom_id: str
    body: Json
    block_id: str
    viewer: Viewer
    held: Json
    in_form: bool = False
    optional: bool = False
    speaks: str = ""

    @property
    def type(self) -> str:
        """Block Kit's name of the kind."""
        return str(self.body.get("type"))

    @property
    def grouped(self) -> bool:
        """Whether it is a group of boxes or buttons, which a label names but cannot be `for`."""
        return self.type in {"radio_buttons", "checkboxes"}

    @property
    def input_type(self) -> str:
        """The HTML input that fits."""
        return _INPUT_KINDS.get(self.type, "text")

    @property
    def many(self) -> bool:
        """Whether several can be chosen."""
        return STATE_FIELD.get(self.type, "").endswith("s")

    @property
    def shape(self) -> str:
        """How the browser reads the value: text, one, many or datetime."""
        if self.type == "datetimepicker":
            return "datetime"
        if self.many:
            return "many"
        return "one" if self.type.endswith(("select", "radio_buttons")) else "text"

    @property
    def pool(self) -> str:
        """The page-wide list a select takes its choices from: people, channels or rooms."""
        pools = {"users": "people", "channels": "channels", "conversations": "rooms"}
        return pools.get(self.type.removeprefix("multi_").partition("_")[0], "")

    @property
    def min_query(self) -> int | None:
        """Characters to type before an external select asks the app; None for the others."""
        if not self.type.endswith("external_select"):
            return None
        length = self.body.get("min_query_length")
        return length if isinstance(length, int) else _MIN_QUERY_LENGTH

    @property
    def present(self) -> Any:  # noqa: ANN401 - a state value is of any JSON type
        """What the member filled in, else the initial value."""
        name = STATE_FIELD.get(self.type, "value")
        if name in self.held:
            return self.held[name]
        suffix = "value" if name.endswith("value") else name.removeprefix("selected_")
        return self.body.get(f"initial_{suffix}")

    @property
    def text(self) -> str:
        """The present value as the text of an input."""
        value = self.present
        if self.type == "rich_text_input":
            return plain_text(value)
        when = moment(value, self.viewer.zone) if self.type == "datetimepicker" else None
        if when:
            return when.strftime("%Y-%m-%dT%H:%M")
        return "" if value is None else str(value)

    @property
    def chosen(self) -> list[Choice]:
        """The present value of a select, a set of boxes or a file field."""
        value = self.present
        return [self._choice(one) for one in (value if isinstance(value, list) else [value]) if one]

    @property
    def chosen_values(self) -> set[str]:
        """The values of `chosen`."""
        return {choice.value for choice in self.chosen}

    @property
    def choices(self) -> Iterator[Choice]:
        """The options that stand in the element itself, groups in a row."""
        for group in self.body.get("option_groups") or [self.body]:
            label = group.get("label") or {} if group is not self.body else {}
            for option in group.get("options") or []:
                yield _option(option, str(label.get("text") or ""))

    def _choice(self, one: object) -> Choice:
        if isinstance(one, Mapping):
            return _option(one) if "value" in one else Choice(str(one.get("id")), one.get("name"))
        known = self.viewer.people if self.pool == "people" else self.viewer.rooms
        return Choice(str(one), known.get(str(one)) or str(one))


def field_of(body: Json, block: Json, held: Json, viewer: Viewer, scope: str) -> Field:
    """The field for an element in a block; `held` are the surface's `state.values`."""
    block_id, action_id = str(block.get("block_id", "")), str(body.get("action_id", ""))
    in_form = block.get("type") == "input"
    dom_id = f"{scope}-{crc32(f'{block_id}|{action_id}'.encode()):08x}"
    return Field(
        dom_id=dom_id,
        body=body,
        block_id=block_id,
        viewer=viewer,
        held=_held(held, block_id, action_id),
        in_form=in_form,
        optional=in_form and bool(block.get("optional")),
        speaks=_speaks(body, block) if in_form else "change",
    )


def _held(values: Json, block_id: str, action_id: str) -> Json:
    held = (values.get(block_id) or {}).get(action_id)
    return held if isinstance(held, dict) else {}


def _speaks(body: Json, block: Json) -> str:
    """When a form's field tells the app: "", "change", "enter", "type" or "enter type"."""
    if not block.get("dispatch_action"):
        return ""
    if not str(body.get("type")).endswith("input"):
        return "change"
    config = body.get("dispatch_action_config") or {}
    asked = config.get("trigger_actions_on") or ["on_enter_pressed"]
    words = {"on_enter_pressed": "enter", "on_character_entered": "type"}
    return " ".join(words[name] for name in asked if name in words)


def _option(option: Mapping[str, Any], group: str = "") -> Choice:
    return Choice(
        value=str(option.get("value", "")),
        text=option.get("text"),
        description=option.get("description"),
        group=group,
    )
