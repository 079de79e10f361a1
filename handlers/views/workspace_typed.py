"""What the forms of the library's settings held, read back."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from bot.partner import Kind
from bot.workspace import Language, WorkingHours, Workspace
from bot.workspace_days import read_closed_days
from handlers.views.parts import Typed
from handlers.views.workspace_form import ENDS, FORMS, LISTS, NUMBERS, OWN_NAMES, YES


def read(base: Workspace, form: str, typed: Typed) -> Workspace:
    """The settings with what the form held; a field that was not in it stays.

    Raises:
        UserError: a line is no closed day.
    """
    states = {block_id: next(iter(fields.values())) for block_id, fields in typed.items()}
    changes = {name: _read(name, states) for name in FORMS[form] if _in_form(name, states)}
    return base.model_copy(update=changes)


def _in_form(name: str, states: Mapping[str, Any]) -> bool:
    return any(block_id.partition(".")[0] == name for block_id in states)


def _read(name: str, states: Mapping[str, Mapping[str, Any]]) -> object:
    if name == "working_hours":
        ends = {end: time.fromisoformat(states[f"{name}.{end}"]["selected_time"]) for end in ENDS}
        return WorkingHours(**ends)
    if name in OWN_NAMES:
        typed = {key: states[f"{name}.{key}"].get("value") for key in OWN_NAMES[name][0]}
        return {key: text for key, text in typed.items() if text}
    return _READ.get(name, _typed)(states[name])


def _typed(state: Mapping[str, Any]) -> str:
    return state["value"] or ""


def _read_lines(state: Mapping[str, Any]) -> tuple[str, ...]:
    lines = _typed(state).splitlines()
    return tuple(line.strip() for line in lines if line.strip())


_READ: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "language": lambda state: Language(state["selected_option"]["value"]),
    "coordinators": lambda state: tuple(state["selected_users"] or ()),
    "digest_channel": lambda state: state["selected_conversation"],
    "partner_channel": lambda state: state["selected_conversation"],
    "kinds_off": lambda state: tuple(Kind(o["value"]) for o in state["selected_options"] or ()),
    "weeks_off": lambda state: tuple(int(o["value"]) for o in state["selected_options"] or ()),
    **dict.fromkeys(NUMBERS, lambda state: int(state["value"])),
    "evaluate_pulse": lambda state: state["selected_option"]["value"] == YES,
    "closed_days": lambda state: read_closed_days(_typed(state)),
    **dict.fromkeys(LISTS, _read_lines),
}
