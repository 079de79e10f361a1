"""Which blocks and elements there are, and where Slack lets them stand.

Blocks after docs.slack.dev/blocks.json, elements after their own reference pages. Stricter than
those pages on purpose: `input` in messages, where nothing submits it, and tables and charts on
Home, which `views.publish` was seen to answer with "unsupported type".
"""

from collections.abc import Mapping
from typing import Final

MESSAGE: Final = frozenset({"message"})
MODAL: Final = frozenset({"modal"})
VIEWS: Final = frozenset({"modal", "home"})
POSTS_AND_HOME: Final = frozenset({"message", "home"})
POSTS_AND_MODALS: Final = frozenset({"message", "modal"})
EVERYWHERE: Final = frozenset({"message", "modal", "home"})

BLOCK_SURFACES: Final[Mapping[str, frozenset[str]]] = {
    "actions": EVERYWHERE,
    "alert": MODAL,
    "card": EVERYWHERE,
    "carousel": POSTS_AND_HOME,
    "container": POSTS_AND_HOME,
    "context": EVERYWHERE,
    "context_actions": MESSAGE,
    "data_table": MESSAGE,
    "data_visualization": MESSAGE,
    "divider": EVERYWHERE,
    "file": MESSAGE,
    "header": EVERYWHERE,
    "image": EVERYWHERE,
    "input": VIEWS,
    "markdown": MESSAGE,
    "plan": MESSAGE,
    "rich_text": EVERYWHERE,
    "section": EVERYWHERE,
    "table": MESSAGE,
    "task_card": MESSAGE,
    "video": EVERYWHERE,
}

TEXT_SURFACES: Final[Mapping[str, frozenset[str]]] = {
    "plain_text": EVERYWHERE,
    "mrkdwn": EVERYWHERE,
}

ELEMENT_SURFACES: Final[Mapping[str, frozenset[str]]] = {
    "button": EVERYWHERE,
    "channels_select": EVERYWHERE,
    "checkboxes": EVERYWHERE,
    "conversations_select": EVERYWHERE,
    "datepicker": EVERYWHERE,
    "datetimepicker": POSTS_AND_MODALS,
    "email_text_input": MODAL,
    "external_select": EVERYWHERE,
    "feedback_buttons": MESSAGE,
    "file_input": MODAL,
    "icon_button": MESSAGE,
    "image": EVERYWHERE,
    "multi_channels_select": EVERYWHERE,
    "multi_conversations_select": EVERYWHERE,
    "multi_external_select": EVERYWHERE,
    "multi_static_select": EVERYWHERE,
    "multi_users_select": EVERYWHERE,
    "number_input": MODAL,
    "overflow": EVERYWHERE,
    "plain_text_input": EVERYWHERE,
    "radio_buttons": EVERYWHERE,
    "rich_text_input": VIEWS,
    "static_select": EVERYWHERE,
    "timepicker": EVERYWHERE,
    "url_text_input": MODAL,
    "users_select": EVERYWHERE,
}

_SELECTS: Final = frozenset(name for name in ELEMENT_SURFACES if name.endswith("_select"))
_PICKS: Final = _SELECTS | {"checkboxes", "datepicker", "radio_buttons", "timepicker"}

ACCESSORIES: Final = _PICKS | {"button", "image", "overflow"}
ACTIONS: Final = _PICKS | {"button", "datetimepicker", "overflow", "rich_text_input"}
INPUTS: Final = _PICKS | {
    "datetimepicker",
    "email_text_input",
    "file_input",
    "number_input",
    "plain_text_input",
    "rich_text_input",
    "url_text_input",
}
CONTAINED: Final = frozenset(
    {
        "actions",
        "context",
        "divider",
        "file",
        "header",
        "image",
        "input",
        "rich_text",
        "section",
        "table",
        "video",
    }
)
