"""Short values, Slack's state objects, and what the client checks."""

from typing import Any

import pytest

from sandbox.elements import Element, elements
from sandbox.form_checks import REQUIRED, client_errors
from sandbox.values import InvalidValueError, Reach, form_state, rich_text, to_state
from sandbox.world import Channel, Json, Member
from tests.sandbox.play import field_block, option, plain

AB = [option("a"), option("b")]
REACH = Reach(
    members={"U1": Member("U1", "T1", "en", "En")},
    channels={
        "C1": Channel("C1", "aaben"),
        "C2": Channel("C2", "lukket", is_private=True),
        "C3": Channel("C3", "delt", is_ext_shared=True),
        "C4": Channel("C4", "gemt", is_archived=True),
        "D1": Channel("D1", "", im_user="U1"),
    },
    files={"F1": {"id": "F1"}},
    offered={"x": [option("found")]},
)


def element(kind: str, **more: Any) -> Element:
    return Element({"type": "input", "block_id": "b"}, {"type": kind, "action_id": "x", **more})


@pytest.mark.parametrize(
    ("kind", "more", "value", "state"),
    [
        ("plain_text_input", {}, "æ", {"value": "æ"}),
        ("plain_text_input", {}, "", {"value": None}),
        ("plain_text_input", {}, None, {"value": None}),
        ("number_input", {}, 7, {"value": "7"}),
        ("email_text_input", {}, "a@b.dk", {"value": "a@b.dk"}),
        ("url_text_input", {}, "https://b.dk", {"value": "https://b.dk"}),
        ("static_select", {"options": AB}, "b", {"selected_option": AB[1]}),
        ("radio_buttons", {"options": AB}, "a", {"selected_option": AB[0]}),
        ("checkboxes", {"options": AB}, ["b", "a"], {"selected_options": [AB[1], AB[0]]}),
        ("checkboxes", {"options": AB}, [], {"selected_options": []}),
        ("multi_static_select", {"options": AB}, ["a"], {"selected_options": [AB[0]]}),
        ("external_select", {}, "found", {"selected_option": option("found")}),
        ("external_select", {"initial_option": AB[0]}, "a", {"selected_option": AB[0]}),
        ("multi_external_select", {"initial_options": AB}, ["b"], {"selected_options": [AB[1]]}),
        ("users_select", {}, "U1", {"selected_user": "U1"}),
        ("multi_users_select", {}, ["U1"], {"selected_users": ["U1"]}),
        ("channels_select", {}, "C1", {"selected_channel": "C1"}),
        ("conversations_select", {}, "C2", {"selected_conversation": "C2"}),
        ("multi_conversations_select", {}, ["D1"], {"selected_conversations": ["D1"]}),
        ("datepicker", {}, "2026-02-28", {"selected_date": "2026-02-28"}),
        ("timepicker", {}, "09:30", {"selected_time": "09:30"}),
        ("datetimepicker", {}, 1795300000, {"selected_date_time": 1795300000}),
        ("rich_text_input", {}, "Hej", {"rich_text_value": rich_text("Hej")}),
        ("rich_text_input", {}, rich_text("Hej"), {"rich_text_value": rich_text("Hej")}),
        ("file_input", {}, ["F1"], {"files": [{"id": "F1"}]}),
    ],
)
def test_short_and_raw_values_become_the_same_state(
    kind: str, more: Json, value: object, state: Json
) -> None:
    field = element(kind, **more)
    made = to_state(field, value, REACH)
    assert made == {"type": kind, **state}
    assert to_state(field, made, REACH) == made


@pytest.mark.parametrize(
    ("kind", "more", "value"),
    [
        ("plain_text_input", {}, ["a"]),
        ("plain_text_input", {}, {"a": "b"}),
        ("plain_text_input", {}, True),
        ("static_select", {"options": AB}, "c"),
        ("checkboxes", {"options": AB}, "a"),
        ("external_select", {}, "lost"),
        ("users_select", {}, "U2"),
        ("channels_select", {}, "C2"),
        ("channels_select", {}, "C9"),
        ("conversations_select", {}, "C4"),
        ("conversations_select", {"filter": {"include": ["public"]}}, "C2"),
        ("conversations_select", {"filter": {"exclude_external_shared_channels": True}}, "C3"),
        ("conversations_select", {"filter": {"exclude_bot_users": True}}, "D1"),
        ("datepicker", {}, "2026-02-29"),
        ("datepicker", {}, "28.2.2026"),
        ("timepicker", {}, "9:30"),
        ("timepicker", {}, "24:00"),
        ("datetimepicker", {}, "soon"),
        ("rich_text_input", {}, 7),
        ("file_input", {}, ["F2"]),
        ("button", {}, "x"),
    ],
)
def test_values_that_do_not_fit_are_refused(kind: str, more: Json, value: object) -> None:
    with pytest.raises(InvalidValueError):
        to_state(element(kind, **more), value, REACH)


def test_grouped_options_are_all_offered() -> None:
    groups = [{"label": plain("1"), "options": AB[:1]}, {"label": plain("2"), "options": AB[1:]}]
    field = element("static_select", option_groups=groups)
    assert to_state(field, "b", REACH)["selected_option"] == AB[1]


def test_elements_are_found_wherever_blocks_hold_them() -> None:
    button = {"type": "button", "action_id": "go", "text": plain("Gå")}
    inner = {"type": "section", "block_id": "inner", "accessory": button}
    blocks = [
        {"type": "actions", "block_id": "row", "elements": [button | {"action_id": "first"}]},
        {"type": "container", "block_id": "box", "child_blocks": [inner]},
        field_block("field", {"type": "datepicker"}),
        {"type": "divider", "block_id": "line"},
    ]
    found = [(e.block_id, e.action_id, e.in_input) for e in elements(blocks)]
    assert found == [("row", "first", False), ("inner", "go", False), ("field", "field", True)]


def test_a_form_keeps_what_still_fits_and_starts_with_the_initial_values() -> None:
    blocks = [
        field_block("text", {"type": "plain_text_input", "initial_value": "fra start"}),
        field_block("pick", {"type": "static_select", "options": AB, "initial_option": AB[0]}),
        field_block("many", {"type": "checkboxes", "options": AB}),
        field_block("day", {"type": "datepicker", "initial_date": "2026-01-01"}),
    ]
    typed = {
        "text": {"text": {"type": "plain_text_input", "value": None}},
        "pick": {"pick": {"type": "static_select", "selected_option": option("gone")}},
        "day": {"day": {"type": "timepicker", "selected_time": "09:00"}},
    }
    values = form_state(blocks, typed)
    assert values["text"]["text"]["value"] is None
    assert values["pick"]["pick"]["selected_option"] == AB[0]
    assert values["many"]["many"] == {"type": "checkboxes", "selected_options": []}
    assert values["day"]["day"] == {"type": "datepicker", "selected_date": "2026-01-01"}


@pytest.mark.parametrize(
    ("kind", "more", "value", "error"),
    [
        ("plain_text_input", {}, None, REQUIRED),
        ("plain_text_input", {"min_length": 3}, "ab", "at least 3"),
        ("plain_text_input", {"min_length": 3}, "abc", None),
        ("plain_text_input", {"max_length": 3}, "abcd", "at most 3"),
        ("plain_text_input", {}, "x" * 3001, "at most 3000"),
        ("number_input", {"is_decimal_allowed": False}, "syv", "a number"),
        ("number_input", {"is_decimal_allowed": False}, "1.5", "whole"),
        ("number_input", {"is_decimal_allowed": True}, "1.5", None),
        ("number_input", {"is_decimal_allowed": False, "min_value": "2"}, "1", "at least 2"),
        ("number_input", {"is_decimal_allowed": False, "max_value": "2"}, "3", "at most 2"),
        ("email_text_input", {}, "karen@bibliotek", "email"),
        ("email_text_input", {}, "karen@bibliotek.dk", None),
        ("url_text_input", {}, "bibliotek.dk", "URL"),
        ("url_text_input", {}, "https://bibliotek.dk/x?y", None),
        ("multi_static_select", {"options": AB, "max_selected_items": 1}, ["a", "b"], "at most 1"),
        ("checkboxes", {"options": AB}, [], REQUIRED),
        ("checkboxes", {"options": AB}, ["a"], None),
        ("rich_text_input", {}, " ", REQUIRED),
        ("rich_text_input", {}, "Hej", None),
    ],
)
def test_the_client_checks_before_it_sends(
    kind: str, more: Json, value: object, error: str | None
) -> None:
    field = element(kind, **more)
    values = {"b": {"x": to_state(field, value, REACH)}}
    blocks = [{**field.block, "element": field.body}]
    found = client_errors(blocks, values)
    if error is None:
        assert found == {}
    else:
        assert error in found["b"]


def test_optional_fields_and_those_outside_a_form_may_be_empty() -> None:
    box = {"type": "checkboxes", "action_id": "box", "options": AB}
    blocks = [
        field_block("o", {"type": "plain_text_input"}, optional=True),
        {"type": "actions", "block_id": "row", "elements": [box]},
    ]
    assert client_errors(blocks, form_state(blocks, {})) == {}
