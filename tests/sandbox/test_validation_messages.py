"""Messages as a whole: text, blocks, attachments, metadata, and Slack's names for the errors."""

from typing import Any

import pytest

from sandbox.validation import Problem, check_message, message_error
from tests.sandbox.blockkit import Json, actions, button, found, mrkdwn, plain, section

CELL = {"type": "raw_text", "text": "a"}
TABLE = {"type": "table", "rows": [[CELL]]}
PIE = {"type": "pie", "segments": [{"label": "A", "value": 1}]}
CHART = {"type": "data_visualization", "title": "Cirklen", "chart": PIE}


def told(**payload: Any) -> tuple[list[tuple[str, str]], str]:
    """The problems of a faulty message, and the error's name."""
    problems = check_message(payload)
    return found(problems), message_error(problems)


@pytest.mark.parametrize(
    "payload",
    [
        {"text": "Hej"},
        {"channel": "C01", "text": "", "blocks": [section()]},
        {"text": "Hej", "blocks": []},
        {"text": "Hej", "blocks": None, "attachments": None, "metadata": None},
        {"blocks": [section()] * 50},
        {"attachments": [{"color": "#ff0000", "blocks": [section()], "fallback": "Hej"}]},
        {"text": "Hej", "metadata": {"event_type": "told", "event_payload": {"key": "1"}}},
        {"text": "x" * 40_000},
    ],
)
def test_a_legal_message_passes(payload: Json) -> None:
    assert check_message(payload) == []


@pytest.mark.parametrize(
    "payload",
    [{}, {"text": ""}, {"text": " \n"}, {"text": None, "blocks": []}, {"attachments": []}],
)
def test_a_message_says_something(payload: Json) -> None:
    assert told(**payload) == ([("", "no_text")], "no_text")


def test_a_message_has_at_most_40000_characters() -> None:
    assert told(text="x" * 40_001) == ([("/text", "too_long")], "msg_too_long")
    assert told(text=7) == ([("/text", "wrong_type")], "invalid_arguments")


@pytest.mark.parametrize("blocks", ["[]", {"type": "section"}, 3])
def test_blocks_of_another_form_have_their_own_error(blocks: object) -> None:
    assert told(text="Hej", blocks=blocks) == ([("/blocks", "wrong_type")], "invalid_blocks_format")


def test_faulty_blocks_are_invalid_blocks() -> None:
    assert told(blocks=[section()] * 51) == ([("/blocks", "too_many")], "invalid_blocks")
    assert told(blocks=[{"type": "hest"}]) == (
        [("/blocks/0/type", "unknown_type")],
        "invalid_blocks",
    )
    twice = [section(block_id="a"), section(block_id="a")]
    assert told(blocks=twice) == ([("/blocks/1/block_id", "duplicate")], "invalid_blocks")


def test_an_input_has_no_place_in_a_message() -> None:
    asked = {"type": "input", "label": plain(), "element": {"type": "plain_text_input"}}
    assert told(blocks=[asked]) == ([("/blocks/0/type", "not_allowed_here")], "invalid_blocks")


def _sections(total: int) -> list[Json]:
    lengths = [3000] * (total // 3000) + [total % 3000]
    return [section(text=mrkdwn("x" * length)) for length in lengths if length]


def test_all_texts_of_the_blocks_together_have_13200_characters() -> None:
    assert check_message({"blocks": _sections(13_200)}) == []
    assert told(blocks=_sections(13_201)) == (
        [("/blocks", "blocks_too_long")],
        "msg_blocks_too_long",
    )
    with_button = [*_sections(13_200), actions(button(text=plain("x")))]
    assert told(blocks=with_button)[1] == "msg_blocks_too_long"


def test_the_notification_text_does_not_count_among_the_blocks() -> None:
    assert check_message({"text": "x" * 4000, "blocks": _sections(13_200)}) == []


def test_markdown_blocks_have_12000_characters_together() -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    assert check_message({"blocks": [half, half]}) == []
    assert told(blocks=[half, half, {"type": "markdown", "text": "x"}]) == (
        [("/blocks", "blocks_too_long")],
        "msg_blocks_too_long",
    )


def test_tables_do_not_count_among_the_texts() -> None:
    wide = {"type": "table", "rows": [[CELL | {"text": "x" * 5000}] * 2]}
    assert check_message({"blocks": [*_sections(13_200), wide]}) == []


def test_the_texts_in_a_container_count_once() -> None:
    def held(total: int) -> list[Json]:
        table = {"type": "table", "rows": [[CELL | {"text": "x" * 5000}] * 2]}
        children = [*_sections(total - len("Hej")), table]
        return [{"type": "container", "title": plain("Hej"), "child_blocks": children}]

    assert check_message({"blocks": held(13_200)}) == []
    assert told(blocks=held(13_201))[1] == "msg_blocks_too_long"


def test_data_tables_have_20000_characters_together() -> None:
    def block(length: int) -> Json:
        rows = [[CELL], [CELL | {"text": "x" * (length - 1)}]]
        return {"type": "data_table", "caption": "Partnere", "rows": rows}

    assert check_message({"blocks": [block(10_000), block(10_000)]}) == []
    assert told(blocks=[block(10_000), block(10_001)])[1] == "msg_blocks_too_long"


def test_a_message_has_one_table() -> None:
    assert check_message({"blocks": [TABLE, section()]}) == []
    assert told(blocks=[TABLE, section(), TABLE]) == (
        [("/blocks/2", "only_one_table_allowed")],
        "invalid_attachments",
    )
    attached = {"blocks": [TABLE], "attachments": [{"blocks": [TABLE]}]}
    assert found(check_message(attached)) == [("/attachments/0/blocks/0", "only_one_table_allowed")]


def test_a_message_has_two_charts() -> None:
    assert check_message({"blocks": [CHART, CHART]}) == []
    assert told(blocks=[CHART, CHART, CHART]) == ([("/blocks/2", "too_many")], "invalid_blocks")


def test_attachments_are_a_list_of_at_most_100_objects() -> None:
    assert check_message({"attachments": [{"text": "Hej"}] * 100}) == []
    assert told(attachments=[{"text": "Hej"}] * 101) == (
        [("/attachments", "too_many")],
        "too_many_attachments",
    )
    assert told(attachments={"text": "Hej"}) == (
        [("/attachments", "wrong_type")],
        "invalid_attachments",
    )
    assert told(attachments=["Hej"]) == ([("/attachments/0", "wrong_type")], "invalid_attachments")


def test_blocks_in_attachments_are_judged_with_the_rest() -> None:
    faulty = {"blocks": [section(block_id="a"), {"type": "header", "text": plain("")}]}
    assert told(blocks=[section(block_id="a")], attachments=[faulty]) == (
        [
            ("/attachments/0/blocks/1/text/text", "too_short"),
            ("/attachments/0/blocks/0/block_id", "duplicate"),
        ],
        "invalid_attachments",
    )


@pytest.mark.parametrize(
    ("metadata", "pointer", "code"),
    [
        ("told", "/metadata", "wrong_type"),
        ({"event_type": "told"}, "/metadata", "required"),
        ({"event_payload": {}}, "/metadata", "required"),
        ({"event_type": "", "event_payload": {}}, "/metadata/event_type", "too_short"),
        ({"event_type": "told", "event_payload": []}, "/metadata/event_payload", "wrong_type"),
        ({"event_type": "t", "event_payload": {}, "x": 1}, "/metadata", "unknown_property"),
    ],
)
def test_metadata_is_a_type_and_a_payload(metadata: object, pointer: str, code: str) -> None:
    assert told(text="Hej", metadata=metadata) == ([(pointer, code)], "invalid_metadata_format")


def test_metadata_has_a_size() -> None:
    def metadata(length: int) -> Json:
        return {"event_type": "t", "event_payload": {"k": "x" * length}}

    room = 16 * 1024 - len('{"event_type":"t","event_payload":{"k":""}}')
    assert check_message({"text": "Hej", "metadata": metadata(room)}) == []
    assert told(text="Hej", metadata=metadata(room + 1)) == (
        [("/metadata", "too_large")],
        "metadata_too_large",
    )


def test_the_first_problem_names_the_error() -> None:
    problems = [
        Problem("/blocks/0/text", "required", "missing required field: text"),
        Problem("/metadata", "too_large", "metadata must be smaller"),
    ]
    assert message_error(problems) == "invalid_blocks"
    assert message_error(problems[::-1]) == "metadata_too_large"
