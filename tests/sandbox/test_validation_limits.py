"""Every length and count: at the limit it passes, one step over (or under) it is refused there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sandbox.validation
from sandbox.limits import LIMITS
from sandbox.validation import check_blocks, check_view
from tests.sandbox.blockkit import (
    Json,
    accessory,
    actions,
    asked,
    button,
    confirm,
    context,
    context_actions,
    element,
    found,
    group,
    home,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    rich_text,
    section,
    word,
)

TYPE_ONLY = {"type": "divider"}


def _video(**fields: Any) -> Json:
    address = "https://example.org/video"
    required = {"title": plain(), "alt_text": "", "thumbnail_url": address, "video_url": address}
    return {"type": "video", **required, **fields}


def _chart(**fields: Any) -> Json:
    pie = {"type": "pie", "segments": [{"label": "A", "value": 1}]}
    return {"type": "data_visualization", "title": "Cirklen", "chart": pie, **fields}


def _bars(names: list[str], labels: list[str], **axis: Any) -> Json:
    points = [{"label": label, "value": 1} for label in labels]
    series = [{"name": name, "data": points} for name in names]
    axis_config = {"categories": labels, **axis}
    return _chart(chart={"type": "bar", "series": series, "axis_config": axis_config})


def _names(count: int) -> list[str]:
    return [str(number) for number in range(count)]


def _url(length: int) -> str:
    return "https://example.org/".ljust(length, "a")


# surface, a block with a text of n characters, where that text stands, least, most
LENGTHS: list[tuple[str, Callable[[str], Json], str, int, int]] = [
    ("message", lambda s: section(text=mrkdwn(s)), "/text/text", 1, 3000),
    ("message", lambda s: section(text=plain(s)), "/text/text", 1, 3000),
    ("message", lambda s: section(fields=[plain(), mrkdwn(s)]), "/fields/1/text", 1, 2000),
    ("message", lambda s: section(block_id=s), "/block_id", 1, 255),
    ("message", lambda s: {"type": "header", "text": plain(s)}, "/text/text", 1, 150),
    ("message", lambda s: context(mrkdwn(s)), "/elements/0/text", 1, 3000),
    ("message", lambda s: {"type": "markdown", "text": s}, "/text", 1, 12000),
    ("modal", lambda s: {"type": "alert", "text": mrkdwn(s)}, "/text/text", 1, 200),
    ("modal", lambda s: asked("plain_text_input") | {"label": plain(s)}, "/label/text", 1, 2000),
    ("modal", lambda s: asked("plain_text_input") | {"hint": plain(s)}, "/hint/text", 1, 2000),
    (
        "modal",
        lambda s: asked("plain_text_input", initial_value=s),
        "/element/initial_value",
        0,
        3000,
    ),
    ("message", lambda s: element("image", alt_text=s), "/alt_text", 1, 2000),
    ("message", lambda s: element("image", title=plain(s)), "/title/text", 1, 2000),
    ("message", lambda s: context(element("image", alt_text=s)), "/elements/0/alt_text", 1, 2000),
    ("message", lambda s: actions(button(text=plain(s))), "/elements/0/text/text", 1, 75),
    ("message", lambda s: actions(button(value=s)), "/elements/0/value", 0, 2000),
    ("message", lambda s: actions(button(action_id=s)), "/elements/0/action_id", 1, 255),
    ("message", lambda s: actions(button(agent_prompt=s)), "/elements/0/agent_prompt", 1, 4000),
    (
        "message",
        lambda s: actions(button(accessibility_label=s)),
        "/elements/0/accessibility_label",
        1,
        75,
    ),
    (
        "message",
        lambda s: context_actions(element("icon_button", text=plain(s))),
        "/elements/0/text/text",
        1,
        75,
    ),
    (
        "message",
        lambda s: actions(button(confirm=confirm(title=plain(s)))),
        "/elements/0/confirm/title/text",
        1,
        100,
    ),
    (
        "message",
        lambda s: actions(button(confirm=confirm(text=mrkdwn(s)))),
        "/elements/0/confirm/text/text",
        1,
        300,
    ),
    (
        "message",
        lambda s: actions(button(confirm=confirm(confirm=plain(s)))),
        "/elements/0/confirm/confirm/text",
        1,
        30,
    ),
    (
        "message",
        lambda s: actions(button(confirm=confirm(deny=plain(s)))),
        "/elements/0/confirm/deny/text",
        1,
        30,
    ),
    (
        "message",
        lambda s: accessory("static_select", options=[option(text=plain(s))]),
        "/accessory/options/0/text/text",
        1,
        75,
    ),
    (
        "message",
        lambda s: accessory("static_select", options=[option(value=s)]),
        "/accessory/options/0/value",
        1,
        150,
    ),
    (
        "message",
        lambda s: accessory("radio_buttons", options=[option(description=mrkdwn(s))]),
        "/accessory/options/0/description/text",
        1,
        75,
    ),
    (
        "message",
        lambda s: {"type": "actions", "elements": [_grouped(group(label=plain(s)))]},
        "/elements/0/option_groups/0/label/text",
        1,
        75,
    ),
    ("message", lambda s: {"type": "card", "title": mrkdwn(s)}, "/title/text", 1, 150),
    ("message", lambda s: {"type": "card", "body": mrkdwn(s)}, "/body/text", 1, 200),
    ("message", lambda s: _container(title=plain(s)), "/title/text", 1, 150),
    ("message", lambda s: _video(alt_text=s), "/alt_text", 0, 2000),
    ("message", lambda s: _video(title=plain(s)), "/title/text", 1, 200),
    ("message", lambda s: _video(author_name=s), "/author_name", 1, 50),
    ("message", lambda s: _video(description=plain(s)), "/description/text", 1, 200),
    ("message", lambda s: _chart(title=s), "/title", 1, 50),
    ("message", lambda s: _bars([s], ["A"]), "/chart/series/0/name", 1, 20),
    ("message", lambda s: _bars(["A"], ["B"], x_label=s), "/chart/axis_config/x_label", 1, 50),
    ("message", lambda s: _bars(["A"], ["B"], y_label=s), "/chart/axis_config/y_label", 1, 50),
    (
        "message",
        lambda s: _chart(chart={"type": "pie", "segments": [{"label": s, "value": 1}]}),
        "/chart/segments/0/label",
        1,
        20,
    ),
]


def _grouped(*groups: Json) -> Json:
    return {"type": "static_select", "option_groups": list(groups)}


def _container(**fields: Any) -> Json:
    return {"type": "container", "title": plain(), "child_blocks": [section()], **fields}


@pytest.mark.parametrize(("surface", "make", "pointer", "least", "most"), LENGTHS)
def test_a_text_is_as_long_as_slack_allows_and_no_longer(
    surface: str, make: Callable[[str], Json], pointer: str, least: int, most: int
) -> None:
    place = f"/blocks/0{pointer}"
    assert check_blocks([make("x" * most)], surface) == []
    assert check_blocks([make("x" * least)], surface) == []
    too_long, *_ = check_blocks([make("x" * (most + 1))], surface)
    assert (too_long.pointer, too_long.code, too_long.constraint) == (place, "too_long", most)
    sentence = f"must be less than {most + 1} characters [json-pointer:{place}]"
    assert too_long.message == sentence
    if least:
        assert found(check_blocks([make("")], surface)) == [(place, "too_short")]


@pytest.mark.parametrize(
    ("surface", "kind"),
    [
        ("modal", "plain_text_input"),
        ("modal", "number_input"),
        ("modal", "email_text_input"),
        ("modal", "url_text_input"),
        ("modal", "rich_text_input"),
        ("modal", "datepicker"),
        ("modal", "timepicker"),
        ("home", "static_select"),
        ("home", "multi_external_select"),
        ("home", "users_select"),
        ("home", "multi_conversations_select"),
        ("home", "channels_select"),
    ],
)
def test_a_placeholder_has_1_to_150_characters(surface: str, kind: str) -> None:
    def judged(text: Json) -> list[tuple[str, str]]:
        return found(check_blocks([asked(kind, placeholder=text)], surface))

    place = "/blocks/0/element/placeholder"
    assert judged(plain("x" * 150)) == []
    assert judged(plain("x" * 151)) == [(f"{place}/text", "too_long")]
    assert judged(plain("")) == [(f"{place}/text", "too_short")]
    assert judged(mrkdwn()) == [(f"{place}/type", "not_allowed_here")]


@pytest.mark.parametrize(
    ("make", "pointer"),
    [
        (lambda s: element("image", image_url=s), "/blocks/0/image_url"),
        (lambda s: actions(button(url=s)), "/blocks/0/elements/0/url"),
        (
            lambda s: accessory("overflow", options=[option(url=s)]),
            "/blocks/0/accessory/options/0/url",
        ),
        (lambda s: _video(video_url=s), "/blocks/0/video_url"),
    ],
)
def test_an_address_has_a_scheme_and_at_most_3000_characters(
    make: Callable[[str], Json], pointer: str
) -> None:
    assert check_blocks([make(_url(3000))], "message") == []
    assert found(check_blocks([make(_url(3001))], "message")) == [(pointer, "too_long")]
    assert found(check_blocks([make("example")], "message")) == [(pointer, "invalid_format")]


# surface, a block with n things, where the list stands, least, most
COUNTS: list[tuple[str, Callable[[int], Json], str, int, int]] = [
    ("message", lambda n: section(fields=[plain()] * n), "/fields", 1, 10),
    ("message", lambda n: context(*[plain()] * n), "/elements", 1, 10),
    ("message", lambda n: actions(*[button()] * n), "/elements", 1, 25),
    ("message", lambda n: context_actions(*[element("icon_button")] * n), "/elements", 1, 5),
    ("message", lambda n: accessory("overflow", options=options(n)), "/accessory/options", 1, 5),
    (
        "message",
        lambda n: accessory("radio_buttons", options=options(n)),
        "/accessory/options",
        1,
        10,
    ),
    ("message", lambda n: accessory("checkboxes", options=options(n)), "/accessory/options", 1, 10),
    (
        "message",
        lambda n: accessory("static_select", options=options(n)),
        "/accessory/options",
        1,
        100,
    ),
    (
        "message",
        lambda n: accessory("multi_static_select", options=options(n)),
        "/accessory/options",
        1,
        100,
    ),
    (
        "message",
        lambda n: actions(_grouped(*[group(1, number) for number in range(n)])),
        "/elements/0/option_groups",
        1,
        100,
    ),
    (
        "message",
        lambda n: actions(_grouped(group(n))),
        "/elements/0/option_groups/0/options",
        1,
        100,
    ),
    (
        "message",
        lambda n: context_actions(element("icon_button", visible_to_user_ids=_names(n))),
        "/elements/0/visible_to_user_ids",
        1,
        10,
    ),
    ("message", lambda n: {"type": "card", "actions": [button()] * n}, "/actions", 1, 3),
    (
        "message",
        lambda n: {"type": "carousel", "elements": [{"type": "card", "body": plain()}] * n},
        "/elements",
        1,
        10,
    ),
    ("message", lambda n: _container(child_blocks=[section()] * n), "/child_blocks", 1, 10),
    (
        "message",
        lambda n: {
            "type": "plan",
            "title": "Plan",
            "tasks": [{"task_id": i, "title": "T", "status": "pending"} for i in _names(n)],
        },
        "/tasks",
        0,
        50,
    ),
    (
        "message",
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]] * n},
        "/rows",
        1,
        100,
    ),
    (
        "message",
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * n]},
        "/rows/0",
        1,
        20,
    ),
    (
        "message",
        lambda n: {
            "type": "data_table",
            "caption": "Partnere",
            "rows": [[{"type": "raw_text", "text": "a"}]] * n,
        },
        "/rows",
        2,
        201,
    ),
    ("message", lambda n: _bars(_names(n), ["A"]), "/chart/series", 1, 12),
    (
        "message",
        lambda n: _chart(
            chart={"type": "pie", "segments": [{"label": i, "value": 1} for i in _names(n)]}
        ),
        "/chart/segments",
        1,
        12,
    ),
]


@pytest.mark.parametrize(("surface", "make", "pointer", "least", "most"), COUNTS)
def test_a_list_has_as_many_items_as_slack_allows_and_no_more(
    surface: str, make: Callable[[int], Json], pointer: str, least: int, most: int
) -> None:
    place = f"/blocks/0{pointer}"
    assert check_blocks([make(most)], surface) == []
    assert check_blocks([make(least)], surface) == []
    assert found(check_blocks([make(most + 1)], surface)) == [(place, "too_many")]
    if least:
        assert found(check_blocks([make(least - 1)], surface)) == [(place, "too_few")]


# an element in an input block of a modal, its number field, least, most
NUMBERS = [
    ("plain_text_input", "min_length", 0, 3000),
    ("plain_text_input", "max_length", 1, 3000),
    ("rich_text_input", "min_lines", 1, 100),
    ("rich_text_input", "max_lines", 1, 100),
    ("file_input", "max_files", 1, 10),
    ("datetimepicker", "initial_date_time", 1_000_000_000, 9_999_999_999),
]


@pytest.mark.parametrize(("kind", "field", "least", "most"), NUMBERS)
def test_a_number_keeps_within_its_bounds(kind: str, field: str, least: int, most: int) -> None:
    def judged(value: object) -> list[tuple[str, str]]:
        return found(check_blocks([asked(kind, **{field: value})], "modal"))

    place = f"/blocks/0/element/{field}"
    assert judged(least) == judged(most) == []
    assert judged(least - 1) == judged(most + 1) == [(place, "out_of_range")]
    assert (
        judged(str(least)) == judged(least + 0.5) == judged(least == 0) == [(place, "wrong_type")]
    )


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_each_surface_has_its_number_of_blocks(surface: str, most: int) -> None:
    assert check_blocks([TYPE_ONLY] * most, surface) == []
    problems = check_blocks([TYPE_ONLY] * (most + 1), surface)
    assert found(problems) == [("/blocks", "too_many")]
    assert problems[0].message == f"no more than {most} items allowed [json-pointer:/blocks]"


VIEW_LENGTHS: list[tuple[Callable[[str], Json], str, int, int]] = [
    (lambda s: modal(title=plain(s)), "/title/text", 1, 24),
    (lambda s: modal(submit=plain(s)), "/submit/text", 1, 24),
    (lambda s: modal(close=plain(s)), "/close/text", 1, 24),
    (lambda s: modal(private_metadata=s), "/private_metadata", 0, 3000),
    (lambda s: home(private_metadata=s), "/private_metadata", 0, 3000),
    (lambda s: modal(callback_id=s), "/callback_id", 0, 255),
    (lambda s: home(external_id=s), "/external_id", 0, 255),
]


@pytest.mark.parametrize(("make", "pointer", "least", "most"), VIEW_LENGTHS)
def test_the_frame_of_a_view_has_its_lengths(
    make: Callable[[str], Json], pointer: str, least: int, most: int
) -> None:
    assert check_view(make("x" * most)) == check_view(make("x" * least)) == []
    assert found(check_view(make("x" * (most + 1)))) == [(pointer, "too_long")]
    if least:
        assert found(check_view(make(""))) == [(pointer, "too_short")]


def test_characters_are_counted_not_bytes() -> None:
    assert check_blocks([{"type": "header", "text": plain("å" * 150)}], "message") == []
    assert check_blocks([{"type": "header", "text": plain("🌻" * 150)}], "message") == []


def test_every_row_of_the_table_is_read_by_a_check() -> None:
    package = Path(sandbox.validation.__file__).parent
    code = "\n".join(path.read_text() for path in package.glob("*.py"))
    assert [name for name in LIMITS if f'"{name}"' not in code] == []
    assert all(limit.least <= limit.most for limit in LIMITS.values())


def test_rich_text_has_its_indent_offset_and_border() -> None:
    def judged(**fields: Any) -> list[tuple[str, str]]:
        entry = {"type": "rich_text_section", "elements": [word()]}
        items = {"type": "rich_text_list", "style": "bullet", "elements": [entry], **fields}
        return found(check_blocks([rich_text() | {"elements": [items]}], "message"))

    place = "/blocks/0/elements/0"
    assert judged(indent=8, offset=0, border=1) == judged(indent=0, border=0) == []
    assert judged(indent=9) == judged(indent=-1) == [(f"{place}/indent", "out_of_range")]
    assert judged(border=2) == [(f"{place}/border", "out_of_range")]
    assert judged(offset=-1) == [(f"{place}/offset", "out_of_range")]
