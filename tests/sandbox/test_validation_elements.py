"""Each element: its fields, the rules between them, and the blocks and surfaces it belongs to."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.validation import check_blocks
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
    mrkdwn,
    option,
    options,
    plain,
    rich_text,
    section,
    word,
)

EVERYWHERE = {"message", "modal", "home"}
VIEWS = {"modal", "home"}

# where each element may be used: as accessory, in actions, in an input block
ACCESSORY_OF = {
    **dict.fromkeys(
        [
            "button",
            "image",
            "overflow",
            "radio_buttons",
            "checkboxes",
            "datepicker",
            "timepicker",
            "static_select",
            "external_select",
            "users_select",
            "conversations_select",
            "channels_select",
            "multi_static_select",
            "multi_external_select",
            "multi_users_select",
            "multi_conversations_select",
            "multi_channels_select",
        ],
        EVERYWHERE,
    ),
}
ACTIONS_OF: dict[str, set[str]] = {
    **{kind: EVERYWHERE for kind in ACCESSORY_OF if kind != "image"},
    "datetimepicker": {"message", "modal"},
    "rich_text_input": VIEWS,
}
INPUT_OF: dict[str, set[str]] = {
    **{kind: VIEWS for kind in ACTIONS_OF if kind not in {"button", "overflow"}},
    "plain_text_input": VIEWS,
    "datetimepicker": {"modal"},
    "email_text_input": {"modal"},
    "url_text_input": {"modal"},
    "number_input": {"modal"},
    "file_input": {"modal"},
}
CONTEXT_ACTIONS_OF = {"icon_button": {"message"}, "feedback_buttons": {"message"}}
HOSTS: list[Callable[..., Json]] = [
    accessory,
    asked,
    lambda kind, **fields: actions(element(kind, **fields)),
    lambda kind, **fields: context_actions(element(kind, **fields)),
]
KINDS = sorted(ACCESSORY_OF | ACTIONS_OF | INPUT_OF | CONTEXT_ACTIONS_OF)


@pytest.mark.parametrize("surface", sorted(EVERYWHERE))
@pytest.mark.parametrize("kind", KINDS)
def test_an_element_stands_only_where_slack_has_it(kind: str, surface: str) -> None:
    places: list[tuple[Json, str, dict[str, set[str]], set[str]]] = [
        (accessory(kind), "/accessory", ACCESSORY_OF, EVERYWHERE),
        (actions(element(kind)), "/elements/0", ACTIONS_OF, EVERYWHERE),
        (asked(kind), "/element", INPUT_OF, VIEWS),
        (context_actions(element(kind)), "/elements/0", CONTEXT_ACTIONS_OF, {"message"}),
    ]
    for block, pointer, allowed, surfaces in places:
        problems = found(check_blocks([block], surface))
        if surface not in surfaces:
            assert problems == [("/blocks/0/type", "not_allowed_here")]
        elif surface in allowed.get(kind, set()):
            assert problems == []
        else:
            assert problems == [(f"/blocks/0{pointer}/type", "not_allowed_here")]


def test_an_element_slack_does_not_have_is_unknown() -> None:
    problems = check_blocks([actions({"type": "slider"})], "message")
    assert found(problems) == [("/blocks/0/elements/0/type", "unknown_type")]
    assert (
        problems[0].message == "unsupported type: slider [json-pointer:/blocks/0/elements/0/type]"
    )


def judged(kind: str, **fields: Any) -> list[tuple[str, str]]:
    """Judge an element of a modal's input block, with pointers from the element."""
    problems = found(check_blocks([asked(kind, **fields)], "modal"))
    return [(pointer.removeprefix("/blocks/0/element"), code) for pointer, code in problems]


def acted(kind: str, **fields: Any) -> list[tuple[str, str]]:
    """Judge an element of a message's actions block, with pointers from the element."""
    problems = found(check_blocks([actions(element(kind, **fields))], "message"))
    return [(pointer.removeprefix("/blocks/0/elements/0"), code) for pointer, code in problems]


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_slack_does_not_know_is_refused(kind: str) -> None:
    clean = [
        (surface, host)
        for surface in sorted(EVERYWHERE)
        for host in HOSTS
        if not check_blocks([host(kind)], surface)
    ]
    assert clean
    for surface, host in clean:
        codes = [problem.code for problem in check_blocks([host(kind, tooltip="x")], surface)]
        assert codes == ["unknown_property"]


def test_a_button_has_a_plain_text_and_one_of_two_styles() -> None:
    assert acted("button", style="primary", confirm=confirm(style="danger")) == []
    assert acted("button", style="default") == [("/style", "invalid_value")]
    assert acted("button", text=mrkdwn()) == [("/text/type", "not_allowed_here")]
    assert acted("button", text="Gem") == [("/text", "wrong_type")]
    assert acted("button", value=7) == [("/value", "wrong_type")]
    assert found(check_blocks([actions({"type": "button"})], "message")) == [
        ("/blocks/0/elements/0", "required")
    ]


def test_a_confirm_dialog_has_all_its_four_texts_and_no_type() -> None:
    assert acted("button", confirm=confirm()) == []
    assert acted("button", confirm=confirm(text=plain())) == []
    assert acted("button", confirm=confirm(type="confirm")) == [("/confirm", "unknown_property")]
    assert acted("button", confirm=confirm(style="loud")) == [("/confirm/style", "invalid_value")]
    assert acted("button", confirm=confirm(title=mrkdwn())) == [
        ("/confirm/title/type", "not_allowed_here")
    ]
    for name in ("title", "text", "confirm", "deny"):
        short = {key: value for key, value in confirm().items() if key != name}
        assert acted("button", confirm=short) == [("/confirm", "required")]


@pytest.mark.parametrize("kind", ["static_select", "multi_static_select"])
def test_a_select_offers_options_or_groups_but_not_both(kind: str) -> None:
    bare = asked(kind)
    del bare["element"]["options"]
    assert found(check_blocks([bare], "modal")) == [("/blocks/0/element", "required")]
    assert judged(kind, option_groups=[group(1, first=5)]) == [("", "conflict")]
    bare["element"]["option_groups"] = [group(2), group(2, first=2)]
    assert check_blocks([bare], "modal") == []


@pytest.mark.parametrize(
    "kind", ["static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"]
)
def test_option_values_are_unique_in_an_element(kind: str) -> None:
    twice = [option(1), option(2), option(3, value="v1")]
    problems = check_blocks([accessory(kind, options=twice)], "message")
    assert found(problems) == [("/blocks/0/accessory/options/2/value", "duplicate")]


def test_option_values_are_unique_across_groups() -> None:
    select = {"type": "static_select", "option_groups": [group(2), group(1, first=1)]}
    assert found(check_blocks([actions(select)], "message")) == [
        ("/blocks/0/elements/0/option_groups/1/options/0/value", "duplicate")
    ]


@pytest.mark.parametrize("kind", ["static_select", "radio_buttons"])
def test_the_initial_option_is_among_the_options(kind: str) -> None:
    assert judged(kind, initial_option=option(1)) == []
    assert judged(kind, initial_option=option(9)) == [("/initial_option", "not_an_option")]
    renamed = option(1, text=plain("Noget andet"))
    assert judged(kind, initial_option=renamed) == [("/initial_option", "not_an_option")]


@pytest.mark.parametrize("kind", ["multi_static_select", "checkboxes"])
def test_all_initial_options_are_among_the_options(kind: str) -> None:
    assert judged(kind, initial_options=options(2)) == []
    assert judged(kind, initial_options=[option(0), option(9)]) == [
        ("/initial_options/1", "not_an_option")
    ]
    assert judged(kind, initial_options=[]) == [("/initial_options", "too_few")]


def test_the_initial_option_may_stand_in_a_group() -> None:
    select = {"type": "static_select", "option_groups": [group(2), group(2, first=2)]}
    assert check_blocks([actions(select | {"initial_option": option(3)})], "message") == []
    assert found(check_blocks([actions(select | {"initial_option": option(4)})], "message")) == [
        ("/blocks/0/elements/0/initial_option", "not_an_option")
    ]


def test_only_radio_buttons_and_checkboxes_format_their_options() -> None:
    formatted = [option(text=mrkdwn())]
    assert acted("radio_buttons", options=formatted) == []
    assert acted("checkboxes", options=formatted) == []
    for kind in ("static_select", "multi_static_select", "overflow"):
        assert acted(kind, options=formatted) == [("/options/0/text/type", "not_allowed_here")]


def test_only_the_overflow_menu_has_options_with_an_address() -> None:
    linked = [option(url="https://example.org")]
    assert acted("overflow", options=linked) == []
    for kind in ("static_select", "radio_buttons", "checkboxes"):
        assert acted(kind, options=linked) == [("/options/0", "unknown_property")]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("external_select", {"min_query_length": 0, "initial_option": option()}),
        ("multi_external_select", {"initial_options": options(2), "max_selected_items": 1}),
        ("users_select", {"initial_user": "U01"}),
        ("multi_users_select", {"initial_users": ["U01", "U02"], "max_selected_items": 5}),
        ("channels_select", {"initial_channel": "C01", "response_url_enabled": True}),
        ("multi_channels_select", {"initial_channels": []}),
        (
            "conversations_select",
            {
                "initial_conversation": "C01",
                "default_to_current_conversation": True,
                "response_url_enabled": False,
                "filter": {"include": ["public", "private"], "exclude_bot_users": True},
            },
        ),
        ("multi_conversations_select", {"initial_conversations": ["C01"]}),
        ("plain_text_input", {"multiline": True, "min_length": 2, "max_length": 2}),
        ("plain_text_input", {"initial_value": ""}),
        ("email_text_input", {"initial_value": "a@example.org"}),
        ("url_text_input", {"initial_value": "https://example.org"}),
        ("rich_text_input", {"initial_value": rich_text(word()), "min_lines": 2, "max_lines": 4}),
        ("file_input", {"filetypes": ["pdf", "png"], "max_files": 3}),
        ("datepicker", {"initial_date": "2028-02-29", "confirm": confirm()}),
        ("timepicker", {"initial_time": "23:59", "timezone": "Europe/Copenhagen"}),
        ("datetimepicker", {"initial_date_time": 1_800_000_000, "focus_on_load": True}),
    ],
)
def test_all_the_fields_of_an_element_together(kind: str, fields: Json) -> None:
    assert judged(kind, action_id="valg", **fields) == []


@pytest.mark.parametrize(
    "day", ["2026-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-W01-1", "0000-01-01", ""]
)
def test_a_day_that_does_not_exist_is_refused(day: str) -> None:
    assert judged("datepicker", initial_date=day) == [("/initial_date", "invalid_format")]


@pytest.mark.parametrize("time", ["24:00", "9:00", "09:60", "09:00:00", "\u0660\u0669:00"])
def test_a_time_that_does_not_exist_is_refused(time: str) -> None:
    assert judged("timepicker", initial_time="00:00") == []
    assert judged("timepicker", initial_time=time) == [("/initial_time", "invalid_format")]


def test_dates_and_times_are_strings() -> None:
    assert judged("datepicker", initial_date=20260101) == [("/initial_date", "wrong_type")]
    assert judged("timepicker", initial_time=900) == [("/initial_time", "wrong_type")]


def test_an_initial_text_fits_the_input() -> None:
    assert judged("plain_text_input", initial_value="abc", max_length=3) == []
    assert judged("plain_text_input", initial_value="abcd", max_length=3) == [
        ("/initial_value", "too_long")
    ]
    assert judged("plain_text_input", min_length=4, max_length=3) == [
        ("/min_length", "out_of_range")
    ]
    assert judged("rich_text_input", min_lines=4, max_lines=3) == [("/min_lines", "out_of_range")]


def test_the_numbers_of_a_number_input_agree() -> None:
    whole = {"min_value": "-1", "initial_value": "0", "max_value": "10"}
    assert judged("number_input", **whole) == []
    assert judged("number_input", **(whole | {"min_value": "11"})) == [
        ("/initial_value", "out_of_range")
    ]
    assert judged("number_input", initial_value="11", max_value="10") == [
        ("/initial_value", "out_of_range")
    ]
    assert judged("number_input", min_value="11", max_value="10") == [
        ("/min_value", "out_of_range")
    ]


def test_a_number_input_takes_its_numbers_as_strings() -> None:
    assert judged("number_input", min_value=1) == [("/min_value", "wrong_type")]
    assert judged("number_input", initial_value="ti") == [("/initial_value", "invalid_format")]
    assert judged("number_input", initial_value="1.5") == [("/initial_value", "invalid_format")]
    assert judged("number_input", initial_value="1.5", is_decimal_allowed=True) == []
    bare = {"type": "number_input"}
    assert found(check_blocks([asked("number_input") | {"element": bare}], "modal")) == [
        ("/blocks/0/element", "required")
    ]


def test_a_picture_has_an_address_or_a_file_and_words() -> None:
    def pictured(**fields: Any) -> list[tuple[str, str]]:
        return found(check_blocks([context({"type": "image", **fields})], "message"))

    place = "/blocks/0/elements/0"
    here = {"image_url": "https://example.org/a.png"}
    stored = {"slack_file": {"id": "F0123ABCD"}}
    assert pictured(alt_text="Ord", **here) == pictured(alt_text="Ord", **stored) == []
    assert pictured(**here) == [(place, "required")]
    assert pictured(alt_text="", **here) == [(f"{place}/alt_text", "too_short")]
    assert pictured(alt_text="Ord") == [(place, "required")]
    assert pictured(alt_text="Ord", **here, **stored) == [(place, "conflict")]


@pytest.mark.parametrize("name", ["F0123ABC", "f0123abcd", "0123ABCDE", "F0123-ABCD", ""])
def test_a_file_id_has_slacks_form(name: str) -> None:
    picture = element("image", slack_file={"id": name})
    del picture["image_url"]
    [problem] = check_blocks([picture], "message")
    assert problem.pointer == "/blocks/0/slack_file/id"


def test_a_slack_file_is_named_once() -> None:
    def stored(**fields: str) -> list[tuple[str, str]]:
        picture = {"type": "image", "alt_text": "Ord", "slack_file": fields}
        return found(check_blocks([picture], "home"))

    address = "https://files.slack.com/files-pri/T01-F01/a.png"
    assert stored(url=address) == stored(id="F0123ABCD") == []
    assert stored(url=address, id="F0123ABCD") == [("/blocks/0/slack_file", "conflict")]
    assert stored() == [("/blocks/0/slack_file", "required")]


def test_a_filter_and_a_dispatch_setting_say_something() -> None:
    assert judged("conversations_select", filter={}) == [("/filter", "required")]
    assert judged("conversations_select", filter={"include": ["all"]}) == [
        ("/filter/include/0", "invalid_value")
    ]
    enter = {"trigger_actions_on": ["on_enter_pressed"]}
    assert judged("plain_text_input", dispatch_action_config=enter) == []
    assert judged("plain_text_input", dispatch_action_config={"trigger_actions_on": []}) == [
        ("/dispatch_action_config/trigger_actions_on", "too_few")
    ]


def test_a_file_input_never_dispatches() -> None:
    silent = asked("file_input") | {"dispatch_action": True}
    assert found(check_blocks([silent], "modal")) == [
        ("/blocks/0/element/type", "not_allowed_here")
    ]
    assert check_blocks([asked("plain_text_input") | {"dispatch_action": True}], "modal") == []


@pytest.mark.parametrize("kind", ["icon_button", "feedback_buttons"])
def test_context_actions_hold_their_two_elements(kind: str) -> None:
    assert check_blocks([context_actions(element(kind, action_id="a"))], "message") == []


def test_a_text_object_has_the_flag_of_its_kind_only() -> None:
    def said(text: Json) -> list[tuple[str, str]]:
        return found(check_blocks([section(text=text)], "message"))

    assert said(plain() | {"emoji": True}) == said(mrkdwn() | {"verbatim": True}) == []
    assert said(plain() | {"verbatim": True}) == [("/blocks/0/text", "unknown_property")]
    assert said(mrkdwn() | {"emoji": True}) == [("/blocks/0/text", "unknown_property")]
    assert said(mrkdwn() | {"verbatim": 1}) == [("/blocks/0/text/verbatim", "wrong_type")]
    assert said({"type": "markdown", "text": "x"}) == [("/blocks/0/text/type", "unknown_type")]
    assert said({"type": "mrkdwn"}) == [("/blocks/0/text", "required")]


def test_several_faults_are_all_told() -> None:
    faulty = actions(button(text=plain(""), style="x"), button(url=""))
    assert found(check_blocks([faulty], "message")) == [
        ("/blocks/0/elements/0/text/text", "too_short"),
        ("/blocks/0/elements/0/style", "invalid_value"),
        ("/blocks/0/elements/1/url", "too_short"),
    ]
