"""Whatever JSON comes, the judge answers with problems and never raises."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.validation import (
    Problem,
    check_blocks,
    check_message,
    check_view,
    message_error,
    view_error,
)
from tests.sandbox.blockkit import (
    Json,
    actions,
    asked,
    button,
    confirm,
    context,
    element,
    group,
    home,
    modal,
    mrkdwn,
    option,
    plain,
    rich_text,
    section,
    word,
)

SURFACES = ["message", "modal", "home"]
WORDS = [
    "type",
    "text",
    "blocks",
    "elements",
    "element",
    "options",
    "option_groups",
    "initial_option",
    "rows",
    "tasks",
    "chart",
    "section",
    "plain_text",
    "a/b~c",
    "\ud800",
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
    | st.text(max_size=5)
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=15,
)

CELLS = [{"type": "raw_text", "text": "a"}, {"type": "raw_number", "value": 1, "text": "1"}]
AXIS = {"categories": ["A"], "x_label": "x"}
SERIES = [{"name": "N", "data": [{"label": "A", "value": 1}]}]
TASK = {"task_id": "1", "title": "Ring", "status": "complete", "details": rich_text(word())}
SHARED = [
    section(block_id="s", fields=[plain(), mrkdwn()], accessory=element("overflow")),
    actions(
        button(action_id="b", confirm=confirm(), url="https://example.org"), element("checkboxes")
    ),
    actions({"type": "static_select", "option_groups": [group(2)], "initial_option": option(1)}),
    context(plain(), element("image")),
    rich_text(word(style={"bold": True}), {"type": "date", "timestamp": 1, "format": "{date}"}),
]
POSTED = [
    {"type": "table", "rows": [CELLS], "column_settings": [None, {"align": "left"}]},
    {"type": "data_table", "caption": "c", "rows": [CELLS, CELLS], "row_header_column_index": 1},
    {
        "type": "data_visualization",
        "title": "t",
        "chart": {"type": "bar", "series": SERIES, "axis_config": AXIS},
    },
    {"type": "carousel", "elements": [{"type": "card", "title": plain(), "actions": [button()]}]},
    {"type": "container", "title": plain(), "child_blocks": [section()], "is_collapsible": True},
    {"type": "plan", "title": "p", "tasks": [TASK]},
    {"type": "task_card", **TASK},
]
ASKED = [
    asked("plain_text_input", action_id="p", min_length=1, max_length=9, initial_value="x"),
    asked("number_input", min_value="1", initial_value="2", max_value="3"),
    asked("datepicker", initial_date="2026-01-01"),
    asked("rich_text_input", initial_value=rich_text(word()), min_lines=1, max_lines=2),
    asked("file_input", max_files=2) | {"dispatch_action": False},
]
METADATA = {"event_type": "t", "event_payload": {"k": [1]}}
MESSAGE = {
    "text": "Hej",
    "blocks": SHARED + POSTED,
    "attachments": [{"blocks": [section()]}],
    "metadata": METADATA,
}
MODAL = modal(*SHARED, *ASKED, close=plain(), private_metadata="x")
HOME = home(*SHARED, callback_id="c")


def test_what_is_bent_below_is_legal_before() -> None:
    assert check_message(MESSAGE) == check_view(MODAL) == check_view(HOME) == []


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container in a payload with each of its keys."""
    keys = range(len(value)) if isinstance(value, list) else value
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _spots(value[key])


def _bent(payload: Json, data: st.DataObject) -> Json:
    """Replace, remove or add something at one or two places of a legal payload."""
    bent = copy.deepcopy(payload)
    for _ in range(data.draw(st.integers(1, 2))):
        spots = list(_spots(bent))
        if not spots:
            return bent
        holder, key = data.draw(st.sampled_from(spots))
        action = data.draw(st.sampled_from(["replace", "remove", "add"]))
        if action == "replace":
            holder[key] = data.draw(JUNK)
        elif action == "remove":
            del holder[key]
        elif isinstance(holder, dict):
            holder[data.draw(st.sampled_from(WORDS))] = data.draw(JUNK)
        else:
            holder.append(data.draw(JUNK))
    return bent


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _assert_sound(problems: list[Problem], payload: object) -> None:
    for problem in problems:
        assert problem.code
        assert problem.message.endswith(f"[json-pointer:{problem.pointer}]")
        assert json.dumps([problem.message, problem.constraint])
        here: Any = payload
        for step in _steps(problem.pointer)[:-1]:
            here = here[int(step)] if isinstance(here, list) else here[step]
        assert not problem.pointer or isinstance(here, dict | list)


@settings(deadline=None)
@given(JUNK, st.sampled_from(SURFACES))
def test_junk_blocks_never_raise(blocks: Any, surface: str) -> None:
    problems = check_blocks(blocks, surface)
    _assert_sound(problems, {"blocks": blocks})
    assert problems or blocks == []


@settings(deadline=None)
@given(JUNK)
def test_a_junk_view_is_refused(view: Any) -> None:
    problems = check_view(view)
    _assert_sound(problems, view)
    assert view_error(problems) == "invalid_arguments"


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["text", "blocks", "attachments", "metadata"]), JUNK))
def test_a_junk_message_never_raises(payload: Json) -> None:
    problems = check_message(payload)
    _assert_sound(problems, payload)
    assert not problems or message_error(problems)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_bent_message_never_raises(data: st.DataObject) -> None:
    payload = _bent(MESSAGE, data)
    _assert_sound(check_message(payload), payload)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from([MODAL, HOME]), st.data())
def test_a_bent_view_never_raises(view: Json, data: st.DataObject) -> None:
    bent = _bent(view, data)
    _assert_sound(check_view(bent), bent)


def test_the_deepest_nesting_is_refused_not_followed() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = {"child_blocks": [deep], "type": "container"}
    assert view_error(check_view({"type": "home", "blocks": [deep]})) == "view_too_large"
    assert check_blocks([deep], "message") != []
    metadata = {"event_type": "t", "event_payload": {"deep": deep}}
    assert (
        message_error(check_message({"text": "Hej", "metadata": metadata})) == "metadata_too_large"
    )


def test_the_judge_leaves_the_payload_as_it_was() -> None:
    before = copy.deepcopy(MODAL)
    check_view(MODAL)
    assert before == MODAL
