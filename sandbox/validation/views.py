"""Modals and Home tabs."""

from collections.abc import Iterator, Sequence
from typing import Final

from sandbox.limits import LIMITS
from sandbox.validation.blocks import BLOCK
from sandbox.validation.places import Place, Problem
from sandbox.validation.shapes import Check, Json, Shape, anything, array, boolean, string, typed
from sandbox.validation.surfaces import VIEWS
from sandbox.validation.texts import plain
from sandbox.validation.walk import json_bytes
from sandbox.validation.whole import check_whole

_HEADING: Final = plain(LIMITS["view.heading"])
_BLOCKS: Final[dict[str, Check]] = {
    "type": anything,
    "blocks": array(BLOCK, LIMITS["view.blocks"]),
}
_KEPT: Final[dict[str, Check]] = {
    "private_metadata": string(LIMITS["view.private_metadata"]),
    "callback_id": string(LIMITS["view.callback_id"]),
    "external_id": string(LIMITS["view.external_id"]),
}
_MODAL: Final = Shape(
    _BLOCKS | {"title": _HEADING},
    _KEPT
    | {
        "submit": _HEADING,
        "close": _HEADING,
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)
_HOME: Final = Shape(_BLOCKS, _KEPT)
_VIEW: Final = typed({"modal": _MODAL, "home": _HOME}, {"modal": VIEWS, "home": VIEWS})


def check_view(view: object) -> list[Problem]:
    """Judge a modal or a Home tab, with its pointers starting at the view."""
    home = isinstance(view, dict) and view.get("type") == "home"
    at = Place("", "home" if home else "modal")
    problems = list(_VIEW(view, at))
    if isinstance(view, dict):
        problems += check_whole(view.get("blocks"), at / "blocks")
        problems += _submit(view, at)
        problems += _size(view, at)
    return problems


def _submit(view: Json, at: Place) -> Iterator[Problem]:
    blocks = view.get("blocks")
    if at.surface == "home" or "submit" in view or not isinstance(blocks, list):
        return
    for index, block in enumerate(blocks):
        if isinstance(block, dict) and block.get("type") == "input":
            # Slack's own pointer, though the block has no field of that name.
            sentence = "must define `submit` to use an `input` block in modals"
            yield (at / "blocks" / index / "input").refuse("required", sentence, "submit")
            return


def _size(view: Json, at: Place) -> Iterator[Problem]:
    most = LIMITS["view.bytes"].most
    if json_bytes(view) > most:
        yield at.refuse("too_large", "view is larger than 250 kB", most)


def view_error(problems: Sequence[Problem]) -> str:
    """Name the error that `views.open`, `push`, `update` and `publish` answer with."""
    if any(problem.code == "too_large" for problem in problems):
        return "view_too_large"
    return "invalid_arguments"
