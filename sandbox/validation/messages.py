"""The content of a message: text, blocks, attachments and metadata of a chat.* call."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sandbox.limits import LIMITS
from sandbox.validation.blocks import BLOCK
from sandbox.validation.places import Place, Problem
from sandbox.validation.shapes import Check, Shape, array, string
from sandbox.validation.walk import json_bytes
from sandbox.validation.whole import check_whole, check_whole_message


def _object(value: object, at: Place) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield at.refuse("wrong_type", "must be an object")


def _attachment(value: object, at: Place) -> Iterator[Problem]:
    """Judge the blocks of an attachment; its older fields are free."""
    yield from _object(value, at)
    if isinstance(value, dict) and "blocks" in value:
        yield from _PARTS["blocks"](value["blocks"], at / "blocks")


def _metadata(value: object, at: Place) -> Iterator[Problem]:
    yield from _METADATA(value, at)
    most = LIMITS["message.metadata_bytes"].most
    if json_bytes(value) > most:
        yield at.refuse("too_large", f"metadata must be less than {most + 1} bytes", most)


_METADATA: Final = Shape(
    {"event_type": string(LIMITS["message.event_type"]), "event_payload": _object}, {}
)
_PARTS: Final[Mapping[str, Check]] = {
    "text": string(LIMITS["message.text"]),
    "blocks": array(BLOCK, LIMITS["message.blocks"]),
    "attachments": array(_attachment, LIMITS["message.attachments"]),
    "metadata": _metadata,
}


def check_blocks(blocks: object, surface: str) -> list[Problem]:
    """Judge a list of blocks meant for "message", "modal" or "home"; pointers start at /blocks."""
    at = Place("/blocks", surface)
    if surface == "message":
        return [*_PARTS["blocks"](blocks, at), *check_whole_message([(blocks, at)])]
    return [*array(BLOCK, LIMITS["view.blocks"])(blocks, at), *check_whole(blocks, at)]


def check_message(payload: Mapping[str, object]) -> list[Problem]:
    """Judge what a chat.* call would post; null stands for an absent argument."""
    given = {name: payload[name] for name in _PARTS if payload.get(name) is not None}
    root = Place("", "message")
    problems = [
        problem for name, value in given.items() for problem in _PARTS[name](value, root / name)
    ]
    problems += check_whole_message(_block_lists(given, root))
    if not _says_something(given):
        problems.append(root.refuse("no_text", "must provide text, blocks or attachments"))
    return problems


def _block_lists(given: Mapping[str, object], root: Place) -> Iterator[tuple[object, Place]]:
    yield given.get("blocks"), root / "blocks"
    attachments = given.get("attachments")
    if not isinstance(attachments, list):
        return
    for index, attachment in enumerate(attachments):
        if isinstance(attachment, dict):
            yield attachment.get("blocks"), root / "attachments" / index / "blocks"


def _says_something(given: Mapping[str, object]) -> bool:
    text = given.get("text", "")
    written = bool(text.strip()) if isinstance(text, str) else True
    return written or bool(given.get("blocks")) or bool(given.get("attachments"))


_BY_CODE: Final = {
    "no_text": "no_text",
    "blocks_too_long": "msg_blocks_too_long",
    # Slack blames the attachments, also where the tables stand in `blocks`.
    "only_one_table_allowed": "invalid_attachments",
}
_BY_PLACE: Final = {
    ("/text", "too_long"): "msg_too_long",
    ("/blocks", "wrong_type"): "invalid_blocks_format",
    ("/attachments", "too_many"): "too_many_attachments",
    ("/metadata", "too_large"): "metadata_too_large",
}
_BY_PART: Final = {
    "blocks": "invalid_blocks",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
}


def message_error(problems: Sequence[Problem]) -> str:
    """Name the error that a chat.* call answers with, after the first of at least one problem."""
    first = problems[0]
    part = first.pointer.split("/")[1] if first.pointer else ""
    return (
        _BY_CODE.get(first.code)
        or _BY_PLACE.get((first.pointer, first.code))
        or _BY_PART.get(part, "invalid_arguments")
    )
