"""Blocks that hold other things: card, carousel, plan and task_card.

These are new at Slack and little used here, so they get the basic checks only.
"""

from collections.abc import Iterator
from typing import Final

from sandbox.limits import ANY, LIMITS
from sandbox.validation.elements import ELEMENTS, IMAGE
from sandbox.validation.places import Place, Problem
from sandbox.validation.rich_text import RICH_TEXT_VALUE
from sandbox.validation.shapes import (
    Json,
    Shape,
    any_of,
    array,
    block_shape,
    one_of,
    string,
    typed,
)
from sandbox.validation.surfaces import BLOCK_SURFACES, ELEMENT_SURFACES
from sandbox.validation.texts import LINK, NAME, text

_HEADING: Final = text(LIMITS["card.heading"])
_BODY: Final = text(LIMITS["card.body"])
_BUTTONS: Final = array(
    typed({"button": ELEMENTS["button"]}, ELEMENT_SURFACES), LIMITS["card.actions"]
)


def _one_icon(card: Json, at: Place) -> Iterator[Problem]:
    if "icon" in card and "slack_icon" in card:
        yield at.refuse("conflict", "must not define both `icon` and `slack_icon`")


def _unique_tasks(plan: Json, at: Place) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, task in enumerate(plan.get("tasks", [])):
        name = task["task_id"]
        if name in seen:
            place = at / "tasks" / index / "task_id"
            yield place.refuse("duplicate", f"task_id must be unique: {name}", name)
        seen.add(name)


def _begun(task: Json, at: Place) -> Iterator[Problem]:
    if task["status"] == "pending":
        yield (at / "status").refuse("not_allowed_here", "only a task of a plan can be pending")


CARD: Final = block_shape(
    {},
    {
        "hero_image": typed({"image": IMAGE}, ELEMENT_SURFACES),
        "icon": typed({"image": IMAGE}, ELEMENT_SURFACES),
        "slack_icon": Shape({"type": one_of("icon"), "name": NAME}, {}),
        "title": _HEADING,
        "subtitle": _HEADING,
        "body": _BODY,
        "subtext": _BODY,
        "actions": _BUTTONS,
    },
    any_of("hero_image", "title", "actions", "body"),
    _one_icon,
)
CAROUSEL: Final = block_shape(
    {"elements": array(typed({"card": CARD}, BLOCK_SURFACES), LIMITS["carousel.elements"])}, {}
)

_SOURCE: Final = Shape({"type": one_of("url"), "url": LINK, "text": NAME}, {})
_TASK: Final = {
    "task_id": NAME,
    "title": NAME,
    "status": one_of("pending", "in_progress", "complete", "error"),
}
_TASK_EXTRAS: Final = {
    "details": RICH_TEXT_VALUE,
    "output": RICH_TEXT_VALUE,
    "sources": array(_SOURCE, ANY),
}
_PLANNED: Final = Shape(
    _TASK,
    {"type": one_of("task_card"), "block_id": string(LIMITS["block_id"]), **_TASK_EXTRAS},
)

TASK_CARD: Final = block_shape(_TASK, _TASK_EXTRAS, _begun)
PLAN: Final = block_shape(
    {"title": NAME}, {"tasks": array(_PLANNED, LIMITS["plan.tasks"])}, _unique_tasks
)
