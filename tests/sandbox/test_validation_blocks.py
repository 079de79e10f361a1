"""Each block: where it may stand, what it needs, and what must be unique across a payload."""

from typing import Any

import pytest

from sandbox.validation import check_blocks
from tests.sandbox.blockkit import (
    Json,
    accessory,
    actions,
    asked,
    button,
    context,
    context_actions,
    element,
    found,
    mrkdwn,
    plain,
    rich_text,
    section,
    word,
)

ADDRESS = "https://example.org/video"
CELL = {"type": "raw_text", "text": "a"}
CARD = {"type": "card", "title": mrkdwn()}
TASK = {"task_id": "1", "title": "Ring", "status": "complete"}
PIE = {"type": "pie", "segments": [{"label": "Netværk", "value": 2.5}]}

# every block in its smallest form, and where Slack has it
BLOCKS: list[tuple[Json, set[str]]] = [
    (section(), {"message", "modal", "home"}),
    ({"type": "divider"}, {"message", "modal", "home"}),
    ({"type": "header", "text": plain()}, {"message", "modal", "home"}),
    (context(plain(), element("image")), {"message", "modal", "home"}),
    (context_actions(element("icon_button")), {"message"}),
    (actions(button()), {"message", "modal", "home"}),
    (asked("plain_text_input"), {"modal", "home"}),
    (element("image"), {"message", "modal", "home"}),
    (rich_text(word()), {"message", "modal", "home"}),
    ({"type": "markdown", "text": "**Hej**"}, {"message"}),
    ({"type": "table", "rows": [[CELL]]}, {"message"}),
    ({"type": "data_table", "caption": "Partnere", "rows": [[CELL], [CELL]]}, {"message"}),
    ({"type": "data_visualization", "title": "Cirklen", "chart": PIE}, {"message"}),
    ({"type": "alert", "text": mrkdwn(), "level": "info"}, {"modal"}),
    (CARD, {"message", "modal", "home"}),
    ({"type": "carousel", "elements": [CARD]}, {"message", "home"}),
    ({"type": "container", "title": plain(), "child_blocks": [section()]}, {"message", "home"}),
    ({"type": "file", "external_id": "1", "source": "remote"}, {"message"}),
    (
        {
            "type": "video",
            "alt_text": "",
            "title": plain(),
            "video_url": ADDRESS,
            "thumbnail_url": ADDRESS,
        },
        {"message", "modal", "home"},
    ),
    ({"type": "plan", "title": "Plan", "tasks": [TASK]}, {"message"}),
    ({"type": "task_card", **TASK}, {"message"}),
]
NAMES = [block["type"] for block, _ in BLOCKS]


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize(("block", "surfaces"), BLOCKS, ids=NAMES)
def test_a_block_stands_only_on_its_surfaces(block: Json, surfaces: set[str], surface: str) -> None:
    problems = check_blocks([block], surface)
    if surface in surfaces:
        assert problems == []
        return
    assert found(problems) == [("/blocks/0/type", "not_allowed_here")]
    words = f"unsupported type: {block['type']} [json-pointer:/blocks/0/type]"
    assert problems[0].message == words


@pytest.mark.parametrize(("block", "surfaces"), BLOCKS, ids=NAMES)
def test_a_block_takes_a_block_id_and_no_unknown_field(block: Json, surfaces: set[str]) -> None:
    surface = min(surfaces)
    assert check_blocks([block | {"block_id": "b"}], surface) == []
    [problem] = check_blocks([block | {"colour": "red"}], surface)
    assert (problem.pointer, problem.code) == ("/blocks/0", "unknown_property")
    assert problem.message == "invalid additional property: colour [json-pointer:/blocks/0]"


@pytest.mark.parametrize(
    ("block", "surface", "name"),
    [
        (block, min(surfaces), name)
        for block, surfaces in BLOCKS
        for name in block
        if (block["type"], name)
        not in {("section", "text"), ("card", "title"), ("alert", "level"), ("plan", "tasks")}
    ],
)
def test_a_block_needs_each_of_these_fields(block: Json, surface: str, name: str) -> None:
    bare = {key: value for key, value in block.items() if key != name}
    assert found(check_blocks([bare], surface)) == [("/blocks/0", "required")]


def test_a_section_has_a_text_or_fields() -> None:
    problems = check_blocks([{"type": "section"}], "message")
    # the pointer that Slack itself gives
    assert found(problems) == [("/blocks/0/type", "required")]
    assert problems[0].message.startswith("must define either `text` or `fields` [")
    assert check_blocks([{"type": "section", "fields": [plain()]}], "message") == []


@pytest.mark.parametrize("blocks", [{}, "[]", 1, True, {"blocks": []}])
def test_blocks_are_a_list(blocks: object) -> None:
    assert found(check_blocks(blocks, "message")) == [("/blocks", "wrong_type")]


@pytest.mark.parametrize(
    ("block", "pointer", "code"),
    [
        (None, "", "wrong_type"),
        ("section", "", "wrong_type"),
        ({}, "", "required"),
        ({"type": None}, "/type", "wrong_type"),
        ({"type": ["section"]}, "/type", "wrong_type"),
        ({"type": "sektion"}, "/type", "unknown_type"),
        ({"type": "header", "text": mrkdwn()}, "/text/type", "not_allowed_here"),
        ({"type": "context", "elements": {}}, "/elements", "wrong_type"),
        (context(button()), "/elements/0/type", "not_allowed_here"),
        (section(accessory=None), "/accessory", "wrong_type"),
        (section(expand="yes"), "/expand", "wrong_type"),
        ({"type": "alert", "text": plain(), "level": "loud"}, "/type", "not_allowed_here"),
        ({"type": "file", "external_id": "1", "source": "local"}, "/source", "invalid_value"),
    ],
)
def test_wrong_json_is_refused_where_it_is(block: object, pointer: str, code: str) -> None:
    assert found(check_blocks([block], "message")) == [(f"/blocks/0{pointer}", code)]


def test_block_ids_are_unique() -> None:
    twice = [section(block_id="a"), section(), section(block_id="b"), section(block_id="a")]
    problems = check_blocks(twice, "home")
    assert found(problems) == [("/blocks/3/block_id", "duplicate")]
    assert problems[0].constraint == "a"
    assert check_blocks(twice[:3], "home") == []


def test_action_ids_are_unique_across_the_payload() -> None:
    blocks = [
        actions(button(action_id="a"), button(action_id="b")),
        accessory("button", action_id="c"),
    ]
    assert check_blocks(blocks, "message") == []
    again = [*blocks, asked("plain_text_input", action_id="b")]
    assert found(check_blocks(again, "modal")) == [("/blocks/2/element/action_id", "duplicate")]
    within = [actions(button(action_id="a"), button(action_id="a"))]
    assert found(check_blocks(within, "message")) == [
        ("/blocks/0/elements/1/action_id", "duplicate")
    ]


def test_ids_are_unique_inside_containers_and_carousels_too() -> None:
    inner = section(block_id="a", accessory=button(action_id="x"))
    card = {"type": "card", "actions": [button(action_id="x")], "block_id": "a"}
    blocks = [
        {"type": "container", "title": plain(), "child_blocks": [inner]},
        {"type": "carousel", "elements": [card]},
    ]
    assert found(check_blocks(blocks, "message")) == [
        ("/blocks/1/elements/0/block_id", "duplicate"),
        ("/blocks/1/elements/0/actions/0/action_id", "duplicate"),
    ]


def test_only_one_element_takes_the_focus() -> None:
    focused = asked("plain_text_input", focus_on_load=True)
    calm = asked("plain_text_input", focus_on_load=False)
    assert check_blocks([focused, calm, calm], "modal") == []
    assert found(check_blocks([focused, calm, focused], "modal")) == [
        ("/blocks/2/element/focus_on_load", "too_many")
    ]


# rich text


def rich(*elements: Json) -> list[tuple[str, str]]:
    return found(check_blocks([{"type": "rich_text", "elements": list(elements)}], "message"))


def line(*inline: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(inline)}


@pytest.mark.parametrize(
    "inline",
    [
        word(style={"bold": True, "italic": False, "strike": True, "code": False}),
        {"type": "link", "url": "https://example.org", "text": "her", "unsafe": False},
        {"type": "link", "url": "mailto:a@example.org"},
        {"type": "user", "user_id": "U01", "style": {"bold": True}},
        {"type": "channel", "channel_id": "C01"},
        {"type": "usergroup", "usergroup_id": "S01"},
        {"type": "emoji", "name": "wave", "skin_tone": 2},
        {"type": "date", "timestamp": 1_800_000_000, "format": "{date}", "fallback": "i dag"},
        {"type": "broadcast", "range": "here"},
        {"type": "color", "value": "#ff0000"},
    ],
    ids=lambda inline: str(inline["type"]),
)
def test_rich_text_holds_what_slack_knows(inline: Json) -> None:
    assert rich(line(inline)) == []
    for name in inline.keys() - {"type", "style", "text", "unsafe", "skin_tone", "fallback"}:
        bare = {key: value for key, value in inline.items() if key != name}
        assert rich(line(bare)) == [("/blocks/0/elements/0/elements/0", "required")]


@pytest.mark.parametrize(
    ("inline", "pointer", "code"),
    [
        (word(""), "/text", "too_short"),
        (word(bold=True), "", "unknown_property"),
        (word(style={"loud": True}), "/style", "unknown_property"),
        (word(style={"bold": 1}), "/style/bold", "wrong_type"),
        ({"type": "link", "url": "example"}, "/url", "invalid_format"),
        ({"type": "broadcast", "range": "all"}, "/range", "invalid_value"),
        ({"type": "date", "timestamp": "1", "format": "{date}"}, "/timestamp", "wrong_type"),
        ({"type": "mrkdwn", "text": "x"}, "/type", "unknown_type"),
    ],
)
def test_rich_text_refuses_the_rest(inline: Json, pointer: str, code: str) -> None:
    assert rich(line(inline)) == [(f"/blocks/0/elements/0/elements/0{pointer}", code)]


def test_rich_text_has_sections_lists_quotes_and_code() -> None:
    items = {"type": "rich_text_list", "style": "ordered", "elements": [line(word()), line()]}
    quote = {"type": "rich_text_quote", "elements": [word()], "border": 1}
    code = {"type": "rich_text_preformatted", "elements": [word()], "language": "python"}
    assert rich(line(), items, quote, code) == []
    assert rich() == [("/blocks/0/elements", "too_few")]
    assert rich(items | {"style": "dots"}) == [("/blocks/0/elements/0/style", "invalid_value")]
    assert rich(items | {"elements": [items]}) == [
        ("/blocks/0/elements/0/elements/0/type", "not_allowed_here")
    ]
    assert rich(word()) == [("/blocks/0/elements/0/type", "unknown_type")]


# tables and charts


def table(rows: list[list[Json]], **fields: Any) -> list[tuple[str, str]]:
    return found(check_blocks([{"type": "table", "rows": rows, **fields}], "message"))


def test_a_table_takes_three_kinds_of_cells() -> None:
    number = {"type": "raw_number", "value": 3.5}
    assert table([[CELL, number], [rich_text(word())]]) == []
    assert table([[CELL | {"text": ""}]]) == [("/blocks/0/rows/0/0/text", "too_short")]
    assert table([[mrkdwn()]]) == [("/blocks/0/rows/0/0/type", "unknown_type")]
    assert table([[number | {"value": "3"}]]) == [("/blocks/0/rows/0/0/value", "wrong_type")]


def test_a_table_sets_its_columns() -> None:
    assert table([[CELL]], column_settings=[None, {"align": "right", "is_wrapped": True}]) == []
    assert table([[CELL]], column_settings=[{"align": "top"}]) == [
        ("/blocks/0/column_settings/0/align", "invalid_value")
    ]


def test_a_table_holds_10000_characters() -> None:
    long = CELL | {"text": "x" * 5000}
    assert table([[long, long]]) == []
    assert table([[long, long, CELL]]) == [("/blocks/0/rows", "too_long")]


def data_table(rows: list[list[Json]], **fields: Any) -> list[tuple[str, str]]:
    block = {"type": "data_table", "caption": "Partnere", "rows": rows, **fields}
    return found(check_blocks([block], "message"))


def test_a_data_table_is_a_rectangle_with_a_plain_header() -> None:
    rich_cell = rich_text(word())
    assert data_table([[CELL, CELL], [CELL, rich_cell]], row_header_column_index=1) == []
    assert data_table([[CELL, CELL], [CELL]]) == [("/blocks/0/rows/1", "unequal_rows")]
    assert data_table([[CELL, rich_cell], [CELL, CELL]]) == [
        ("/blocks/0/rows/0/1/type", "not_allowed_here")
    ]
    assert data_table([[CELL], [CELL]], row_header_column_index=1) == [
        ("/blocks/0/row_header_column_index", "out_of_range")
    ]
    assert data_table([[CELL], [CELL]], page_size=101) == [("/blocks/0/page_size", "out_of_range")]


def chart(**fields: Any) -> list[tuple[str, str]]:
    block = {"type": "data_visualization", "title": "Cirklen", "chart": fields}
    problems = found(check_blocks([block], "message"))
    return [(pointer.removeprefix("/blocks/0/chart"), code) for pointer, code in problems]


def series(name: str, *labels: str) -> Json:
    return {"name": name, "data": [{"label": label, "value": -1} for label in labels]}


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_every_series_covers_every_category_once(kind: str) -> None:
    axis = {"categories": ["Jan", "Feb"]}
    assert chart(type=kind, axis_config=axis, series=[series("A", "Feb", "Jan")]) == []
    assert chart(type=kind, axis_config=axis, series=[series("A", "Jan")]) == [
        ("/series/0/data", "unequal_rows")
    ]
    assert chart(type=kind, axis_config=axis, series=[series("A", "Jan", "Jan")]) == [
        ("/series/0/data", "unequal_rows")
    ]
    both = series("A", "Jan", "Feb")
    assert chart(type=kind, axis_config=axis, series=[both, both]) == [
        ("/series/1/name", "duplicate")
    ]
    doubled = {"categories": ["Jan", "Jan"]}
    assert chart(type=kind, axis_config=doubled, series=[both]) == [
        ("/axis_config/categories/1", "duplicate")
    ]


def test_a_pie_has_pieces_above_zero() -> None:
    assert chart(**PIE) == []
    assert chart(type="pie", segments=[{"label": "A", "value": 0}]) == [
        ("/segments/0/value", "out_of_range")
    ]
    assert chart(type="radar") == [("/type", "unknown_type")]


# the blocks that hold others


def test_a_card_has_content_and_one_icon() -> None:
    assert found(check_blocks([{"type": "card", "subtitle": plain()}], "message")) == [
        ("/blocks/0", "required")
    ]
    icons = {"icon": element("image"), "slack_icon": {"type": "icon", "name": "star"}}
    assert found(check_blocks([CARD | icons], "message")) == [("/blocks/0", "conflict")]
    select = CARD | {"actions": [element("static_select")]}
    assert found(check_blocks([select], "message")) == [
        ("/blocks/0/actions/0/type", "not_allowed_here")
    ]


def test_a_container_holds_plain_blocks_under_a_title() -> None:
    def held(**fields: Any) -> list[tuple[str, str]]:
        block = {"type": "container", "title": plain(), "child_blocks": [section()]}
        return found(check_blocks([block | fields], "message"))

    assert held(is_collapsible=True, default_collapsed=True, width="wide") == []
    assert held(default_collapsed=True) == [("/blocks/0/default_collapsed", "conflict")]
    assert held(is_collapsible=True, has_header_divider=True) == [
        ("/blocks/0/has_header_divider", "conflict")
    ]
    assert held(child_blocks=[CARD]) == [("/blocks/0/child_blocks/0/type", "not_allowed_here")]
    untitled = {"type": "container", "child_blocks": [section()]}
    assert found(check_blocks([untitled], "message")) == [("/blocks/0", "required")]


def test_a_plan_names_each_task_once_and_only_there_a_task_waits() -> None:
    waiting = TASK | {"status": "pending"}
    plan = {"type": "plan", "title": "Plan", "tasks": [waiting, TASK | {"task_id": "2"}]}
    assert check_blocks([plan], "message") == []
    assert found(check_blocks([plan | {"tasks": [TASK, TASK]}], "message")) == [
        ("/blocks/0/tasks/1/task_id", "duplicate")
    ]
    assert found(check_blocks([{"type": "task_card", **waiting}], "message")) == [
        ("/blocks/0/status", "not_allowed_here")
    ]
