"""The blocks, one row each: their fields, and which elements each may hold."""

from collections.abc import Collection, Iterator
from typing import Final

from sandbox.limits import LIMITS
from sandbox.validation.cards import CARD, CAROUSEL, PLAN, TASK_CARD
from sandbox.validation.charts import DATA_VISUALIZATION
from sandbox.validation.elements import ALT_TEXT, ELEMENTS, IMAGE, IMAGE_FIELDS, IMAGE_RULE
from sandbox.validation.places import Place, Problem
from sandbox.validation.rich_text import RICH_TEXT, RICH_TEXT_VALUE
from sandbox.validation.shapes import (
    Check,
    Json,
    Shape,
    any_of,
    array,
    block_shape,
    boolean,
    one_of,
    string,
    typed,
)
from sandbox.validation.surfaces import (
    ACCESSORIES,
    ACTIONS,
    BLOCK_SURFACES,
    CONTAINED,
    ELEMENT_SURFACES,
    INPUTS,
    TEXT_SURFACES,
)
from sandbox.validation.tables import DATA_TABLE, TABLE
from sandbox.validation.texts import NAME, WEB_ADDRESS, plain, text, text_shapes

_NONE: Final[dict[str, Check]] = {}


def _elements(names: Collection[str]) -> Check:
    return typed({name: ELEMENTS[name] for name in names}, ELEMENT_SURFACES)


def _text_or_fields(block: Json, at: Place) -> Iterator[Problem]:
    # Slack points at the type here, not at the block.
    if "text" not in block and "fields" not in block:
        yield (at / "type").refuse("required", "must define either `text` or `fields`")


def _silent_files(block: Json, at: Place) -> Iterator[Problem]:
    if block.get("dispatch_action") and block["element"]["type"] == "file_input":
        place = at / "element" / "type"
        yield place.refuse("not_allowed_here", "unsupported type: file_input")


def _collapsible(block: Json, at: Place) -> Iterator[Problem]:
    collapsible = block.get("is_collapsible", False)
    if block.get("default_collapsed") and not collapsible:
        yield (at / "default_collapsed").refuse("conflict", "requires `is_collapsible`")
    if block.get("has_header_divider") and collapsible:
        yield (at / "has_header_divider").refuse("conflict", "must not be `is_collapsible`")


_CONTEXT_PARTS: Final = typed(
    {"image": IMAGE} | text_shapes(LIMITS["text"], "plain_text", "mrkdwn"),
    {**ELEMENT_SURFACES, **TEXT_SURFACES},
)

_SIMPLE: Final[dict[str, Shape]] = {
    "section": block_shape(
        _NONE,
        {
            "text": text(LIMITS["text"]),
            "fields": array(text(LIMITS["section.field"]), LIMITS["section.fields"]),
            "accessory": _elements(ACCESSORIES),
            "expand": boolean,
        },
        _text_or_fields,
    ),
    "divider": block_shape(_NONE, _NONE),
    "header": block_shape({"text": plain(LIMITS["header.text"])}, _NONE),
    "context": block_shape({"elements": array(_CONTEXT_PARTS, LIMITS["context.elements"])}, _NONE),
    "context_actions": block_shape(
        {
            "elements": array(
                _elements({"feedback_buttons", "icon_button"}), LIMITS["context_actions.elements"]
            )
        },
        _NONE,
    ),
    "actions": block_shape(
        {"elements": array(_elements(ACTIONS), LIMITS["actions.elements"])}, _NONE
    ),
    "input": block_shape(
        {"label": plain(LIMITS["input.label"]), "element": _elements(INPUTS)},
        {
            "hint": plain(LIMITS["input.hint"]),
            "optional": boolean,
            "dispatch_action": boolean,
        },
        _silent_files,
    ),
    "image": block_shape(
        ALT_TEXT, IMAGE_FIELDS | {"title": plain(LIMITS["image.title"])}, IMAGE_RULE
    ),
    "rich_text": RICH_TEXT,
    "markdown": block_shape({"text": string(LIMITS["markdown.text"])}, _NONE),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "alert": block_shape(
        {"text": text(LIMITS["alert.text"])},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": CARD,
    "carousel": CAROUSEL,
    "file": block_shape({"external_id": NAME, "source": one_of("remote")}, _NONE),
    "video": block_shape(
        {
            "alt_text": string(LIMITS["video.alt_text"]),
            "title": plain(LIMITS["video.title"]),
            "thumbnail_url": WEB_ADDRESS,
            "video_url": WEB_ADDRESS,
        },
        {
            "author_name": string(LIMITS["video.name"]),
            "provider_name": string(LIMITS["video.name"]),
            "provider_icon_url": WEB_ADDRESS,
            "title_url": WEB_ADDRESS,
            "description": plain(LIMITS["video.description"]),
        },
    ),
    "plan": PLAN,
    "task_card": TASK_CARD,
}

_CHILD: Final = typed({name: _SIMPLE[name] for name in CONTAINED}, BLOCK_SURFACES)
_CONTAINER: Final = block_shape(
    {"child_blocks": array(_CHILD, LIMITS["container.child_blocks"])},
    {
        "title": plain(LIMITS["container.heading"]),
        "rich_text_title": RICH_TEXT_VALUE,
        "subtitle": text(LIMITS["container.heading"]),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": typed({"image": IMAGE}, ELEMENT_SURFACES),
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    any_of("title", "rich_text_title"),
    _collapsible,
)

BLOCK: Final = typed({**_SIMPLE, "container": _CONTAINER}, BLOCK_SURFACES)
