"""Modals and Home tabs as a whole, and the name of the error they are refused with."""

import json

import pytest

from sandbox.validation import check_view, view_error
from tests.sandbox.blockkit import Json, asked, found, home, modal, mrkdwn, plain, section


def test_a_modal_and_a_home_tab_pass() -> None:
    whole = modal(
        asked("plain_text_input"),
        close=plain("Luk"),
        callback_id="partner",
        private_metadata='{"id": 7}',
        external_id="partner-7",
        clear_on_close=True,
        notify_on_close=False,
    )
    assert check_view(whole) == []
    assert check_view(home(callback_id="hjem", private_metadata="")) == []


@pytest.mark.parametrize("view", [None, [], "modal", 7, True])
def test_a_view_is_an_object(view: object) -> None:
    problems = check_view(view)
    assert found(problems) == [("", "wrong_type")]
    assert view_error(problems) == "invalid_arguments"


@pytest.mark.parametrize(
    ("view", "pointer", "code"),
    [
        ({"blocks": []}, "", "required"),
        (modal(type="dialog"), "/type", "unknown_type"),
        (modal(type=None), "/type", "wrong_type"),
        (modal(title="Ny partner"), "/title", "wrong_type"),
        (modal(title=mrkdwn()), "/title/type", "not_allowed_here"),
        (modal(submit=mrkdwn()), "/submit/type", "not_allowed_here"),
        (modal(close=mrkdwn()), "/close/type", "not_allowed_here"),
        (modal(clear_on_close="true"), "/clear_on_close", "wrong_type"),
        (modal(private_metadata={}), "/private_metadata", "wrong_type"),
        (modal(submit_disabled=True), "", "unknown_property"),
        (modal(id="V01"), "", "unknown_property"),
        (home(title=plain()), "", "unknown_property"),
        (home(submit=plain()), "", "unknown_property"),
        (home(close=plain()), "", "unknown_property"),
        (home(clear_on_close=True), "", "unknown_property"),
        (modal(blocks=[]), "/blocks", "too_few"),
        (home(blocks=[]), "/blocks", "too_few"),
        (modal(blocks={}), "/blocks", "wrong_type"),
        (home(blocks=[section()] * 101), "/blocks", "too_many"),
        (home({"type": "alert", "text": plain()}), "/blocks/0/type", "not_allowed_here"),
        (modal({"type": "markdown", "text": "x"}), "/blocks/0/type", "not_allowed_here"),
    ],
)
def test_a_faulty_view_is_refused_where_it_is(view: Json, pointer: str, code: str) -> None:
    problems = check_view(view)
    assert found(problems) == [(pointer, code)]
    assert view_error(problems) == "invalid_arguments"
    assert problems[0].message.endswith(f" [json-pointer:{pointer}]")


@pytest.mark.parametrize("name", ["title", "blocks", "type"])
def test_a_modal_needs_its_title_and_blocks(name: str) -> None:
    bare = {key: value for key, value in modal().items() if key != name}
    problems = check_view(bare)
    assert found(problems) == [("", "required")]
    assert problems[0].message == f"missing required field: {name} [json-pointer:]"


def test_a_modal_with_an_input_has_a_submit_button() -> None:
    view = modal(section(), asked("plain_text_input"))
    del view["submit"]
    problems = check_view(view)
    # the pointer and the words that Slack itself gives
    assert found(problems) == [("/blocks/1/input", "required")]
    sentence = "must define `submit` to use an `input` block in modals"
    assert problems[0].message == f"{sentence} [json-pointer:/blocks/1/input]"


def test_submit_is_free_without_inputs_and_unknown_on_home() -> None:
    view = modal(section())
    del view["submit"]
    assert check_view(view) == []
    assert check_view(home(asked("plain_text_input"))) == []


def test_ids_and_focus_are_judged_across_a_view() -> None:
    first = asked("plain_text_input", action_id="a", focus_on_load=True) | {"block_id": "b"}
    assert found(check_view(modal(first, first))) == [
        ("/blocks/1/block_id", "duplicate"),
        ("/blocks/1/element/action_id", "duplicate"),
        ("/blocks/1/element/focus_on_load", "too_many"),
    ]


def _of_size(size: int) -> Json:
    """A legal Home tab whose compact JSON in UTF-8 has `size` bytes."""
    view = home(*[section(text=plain("å" * 3000))] * 42, private_metadata="")
    taken = len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())
    return view | {"private_metadata": "x" * (size - taken)}


def test_a_view_has_at_most_250_kilobytes() -> None:
    assert check_view(_of_size(250 * 1024)) == []
    problems = check_view(_of_size(250 * 1024 + 1))
    assert found(problems) == [("", "too_large")]
    assert view_error(problems) == "view_too_large"


def test_too_large_wins_over_the_other_faults() -> None:
    problems = check_view(_of_size(250 * 1024) | {"colour": "red"})
    assert found(problems) == [("", "unknown_property"), ("", "too_large")]
    assert view_error(problems) == "view_too_large"
