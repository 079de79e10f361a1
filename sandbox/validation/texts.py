"""Composition objects: texts, confirm dialogs, options and the other small parts of elements."""

from typing import Final

from sandbox.limits import LIMITS, SOME, Limit
from sandbox.validation.shapes import (
    Check,
    Shape,
    any_of,
    anything,
    array,
    boolean,
    exactly_one,
    one_of,
    string,
    typed,
)
from sandbox.validation.surfaces import TEXT_SURFACES

# A scheme is what Slack insists on; it does not resolve the address.
WEB_ADDRESS: Final = string(LIMITS["url"], r"https?://\S+")
LINK: Final = string(LIMITS["url"], r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
NAME: Final = string(SOME)
STYLE: Final = one_of("primary", "danger")

_FLAG: Final = {"plain_text": "emoji", "mrkdwn": "verbatim"}


def text_shapes(limit: Limit, *kinds: str) -> dict[str, Check]:
    """Describe text objects of these kinds, by `type`, for a `typed` check."""
    return {
        kind: Shape({"type": anything, "text": string(limit)}, {_FLAG[kind]: boolean})
        for kind in kinds
    }


def plain(limit: Limit) -> Check:
    """Accept a `plain_text` object."""
    return typed(text_shapes(limit, "plain_text"), TEXT_SURFACES)


def text(limit: Limit) -> Check:
    """Accept a `plain_text` or `mrkdwn` object."""
    return typed(text_shapes(limit, "plain_text", "mrkdwn"), TEXT_SURFACES)


CONFIRM: Final = Shape(
    {
        "title": plain(LIMITS["confirm.title"]),
        "text": text(LIMITS["confirm.text"]),
        "confirm": plain(LIMITS["confirm.button"]),
        "deny": plain(LIMITS["confirm.button"]),
    },
    {"style": STYLE},
)

_VALUE: Final = {"value": string(LIMITS["option.value"])}
_PLAIN_OPTION: Final = {"text": plain(LIMITS["option.text"])} | _VALUE
_PLAIN_DESCRIPTION: Final = {"description": plain(LIMITS["option.description"])}

SELECT_OPTION: Final = Shape(_PLAIN_OPTION, _PLAIN_DESCRIPTION)
OVERFLOW_OPTION: Final = Shape(_PLAIN_OPTION, _PLAIN_DESCRIPTION | {"url": LINK})
# Only radio buttons and checkboxes may format their options.
BOX_OPTION: Final = Shape(
    {"text": text(LIMITS["option.text"])} | _VALUE,
    {"description": text(LIMITS["option.description"])},
)
OPTION_GROUP: Final = Shape(
    {
        "label": plain(LIMITS["option_group.label"]),
        "options": array(SELECT_OPTION, LIMITS["select.options"]),
    },
    {},
)

FILTER: Final = Shape(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), LIMITS["filter.include"]),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    (any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
DISPATCH: Final = Shape(
    {
        "trigger_actions_on": array(
            one_of("on_enter_pressed", "on_character_entered"), LIMITS["trigger_actions_on"]
        )
    },
    {},
)
SLACK_FILE: Final = Shape(
    {},
    {"id": string(SOME, r"F[A-Z0-9]{8,}"), "url": WEB_ADDRESS},
    (exactly_one("id", "url"),),
)
