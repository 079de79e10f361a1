"""The rich_text block: sections, lists, quotes and code, and what may stand in them."""

from typing import Final

from sandbox.limits import ANY, LIMITS, SOME
from sandbox.validation.shapes import (
    Check,
    Shape,
    anything,
    array,
    block_shape,
    boolean,
    integer,
    one_of,
    string,
    typed,
)
from sandbox.validation.surfaces import EVERYWHERE
from sandbox.validation.texts import LINK, NAME

_STYLE: Final = Shape(
    {},
    dict.fromkeys(
        (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        ),
        boolean,
    ),
)


def _inline(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Shape:
    return Shape({"type": anything} | required, {"style": _STYLE} | (optional or {}))


_INLINE: Final = {
    "text": _inline({"text": NAME}),
    "link": _inline({"url": LINK}, {"text": NAME, "unsafe": boolean}),
    "user": _inline({"user_id": NAME}),
    "channel": _inline({"channel_id": NAME}),
    "usergroup": _inline({"usergroup_id": NAME}),
    "team": _inline({"team_id": NAME}),
    "broadcast": _inline({"range": one_of("here", "channel", "everyone")}),
    "color": _inline({"value": NAME}),
    "emoji": _inline(
        {"name": NAME},
        {"unicode": NAME, "url": LINK, "skin_tone": integer(LIMITS["rich_text.skin_tone"])},
    ),
    "date": _inline(
        {"timestamp": integer(ANY), "format": NAME},
        {"url": LINK, "fallback": NAME, "timezone": NAME},
    ),
}
_LINE: Final = array(typed(_INLINE), ANY)
_BORDER: Final = {"border": integer(LIMITS["rich_text.border"])}
_CONTAINERS: Final = (
    "rich_text_section",
    "rich_text_list",
    "rich_text_quote",
    "rich_text_preformatted",
)
_CONTAINER_SURFACES: Final = dict.fromkeys(_CONTAINERS, EVERYWHERE)

# Slack's own composer sends sections without elements for empty lines.
_SECTION: Final = Shape({"type": anything, "elements": _LINE}, {})
_LIST: Final = Shape(
    {
        "type": anything,
        "style": one_of("bullet", "ordered"),
        "elements": array(typed({"rich_text_section": _SECTION}, _CONTAINER_SURFACES), SOME),
    },
    _BORDER
    | {
        "indent": integer(LIMITS["rich_text.indent"]),
        "offset": integer(ANY),
    },
)
_QUOTE: Final = Shape({"type": anything, "elements": _LINE}, _BORDER)
_CODE: Final = Shape({"type": anything, "elements": _LINE}, _BORDER | {"language": string(SOME)})

RICH_TEXT: Final = block_shape(
    {
        "elements": array(
            typed(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": _QUOTE,
                    "rich_text_preformatted": _CODE,
                },
                _CONTAINER_SURFACES,
            ),
            SOME,
        ),
    },
    {},
)
# The same block as a value inside something else: a table's cell, an input's initial value.
RICH_TEXT_VALUE: Final = typed({"rich_text": RICH_TEXT})
