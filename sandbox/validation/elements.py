"""The block elements, one row each: their fields, and the rules that bind fields together."""

from collections.abc import Mapping
from typing import Final

from sandbox.limits import ANY, LIMITS, SOME, Limit
from sandbox.validation.choices import initial_offered, unique_values
from sandbox.validation.formats import NUMERAL, TIME, calendar_date, initial_fits, numbers_agree
from sandbox.validation.rich_text import RICH_TEXT_VALUE
from sandbox.validation.shapes import (
    Check,
    Rule,
    Shape,
    anything,
    array,
    boolean,
    exactly_one,
    integer,
    one_of,
    ordered,
    string,
)
from sandbox.validation.texts import (
    BOX_OPTION,
    CONFIRM,
    DISPATCH,
    FILTER,
    LINK,
    NAME,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SELECT_OPTION,
    SLACK_FILE,
    STYLE,
    WEB_ADDRESS,
    plain,
)

_Fields = Mapping[str, Check]
_NONE: Final[dict[str, Check]] = {}
_IDS: Final = array(NAME, ANY)
_CONFIRM: Final[dict[str, Check]] = {"confirm": CONFIRM}
_FOCUS: Final[dict[str, Check]] = {"focus_on_load": boolean}
_HINTED: Final = _FOCUS | {"placeholder": plain(LIMITS["placeholder"])}
_TYPED: Final = _HINTED | {
    "dispatch_action_config": DISPATCH,
    "initial_value": string(LIMITS["plain_text_input.initial_value"]),
}
_LABELLED: Final = {"accessibility_label": string(LIMITS["accessibility_label"])}
_PICKER: Final = _HINTED | _CONFIRM
_SEVERAL: Final = {"max_selected_items": integer(SOME)}
_SEARCH: Final = {"min_query_length": integer(ANY)}
_LINES: Final = integer(LIMITS["rich_text_input.lines"])
_SELECT_LIMIT: Final = LIMITS["select.options"]
_OFFER: Final = {
    "options": array(SELECT_OPTION, _SELECT_LIMIT),
    "option_groups": array(OPTION_GROUP, LIMITS["select.option_groups"]),
}
_ONE: Final = {"initial_option": SELECT_OPTION}
_MANY: Final = {"initial_options": array(SELECT_OPTION, _SELECT_LIMIT)}
_OFFER_RULES: Final = (exactly_one("options", "option_groups"), unique_values, initial_offered)
_BUTTON_TEXT: Final = {"text": plain(LIMITS["button.text"])}
_BUTTON_VALUE: Final = {"value": string(LIMITS["button.value"])}
_FEEDBACK: Final = Shape(_BUTTON_TEXT | _BUTTON_VALUE, _LABELLED)


def _element(required: _Fields, optional: _Fields, *rules: Rule) -> Shape:
    return Shape(
        {"type": anything, **required},
        {"action_id": string(LIMITS["action_id"]), **optional},
        rules,
    )


def _boxes(limit: Limit, initial: _Fields) -> Shape:
    required = {"options": array(BOX_OPTION, limit)}
    optional = {**_CONFIRM, **_FOCUS, **initial}
    return _element(required, optional, unique_values, initial_offered)


IMAGE_FIELDS: Final[dict[str, Check]] = {"image_url": WEB_ADDRESS, "slack_file": SLACK_FILE}
IMAGE_RULE: Final = exactly_one("image_url", "slack_file")
ALT_TEXT: Final[dict[str, Check]] = {"alt_text": string(LIMITS["alt_text"])}
IMAGE: Final = Shape({"type": anything} | ALT_TEXT, IMAGE_FIELDS, (IMAGE_RULE,))

ELEMENTS: Final[Mapping[str, Shape]] = {
    "button": _element(
        _BUTTON_TEXT,
        _BUTTON_VALUE
        | _CONFIRM
        | _LABELLED
        | {
            "url": LINK,
            "style": STYLE,
            "agent_prompt": string(LIMITS["button.agent_prompt"]),
            "agent_prompt_display": NAME,
        },
    ),
    "icon_button": _element(
        _BUTTON_TEXT | {"icon": one_of("trash")},
        _BUTTON_VALUE
        | _CONFIRM
        | _LABELLED
        | {"visible_to_user_ids": array(NAME, LIMITS["icon_button.visible_to_user_ids"])},
    ),
    "feedback_buttons": _element(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _NONE
    ),
    "image": IMAGE,
    "overflow": _element(
        {"options": array(OVERFLOW_OPTION, LIMITS["overflow.options"])}, _CONFIRM, unique_values
    ),
    "radio_buttons": _boxes(LIMITS["radio_buttons.options"], {"initial_option": BOX_OPTION}),
    "checkboxes": _boxes(
        LIMITS["checkboxes.options"],
        {"initial_options": array(BOX_OPTION, LIMITS["checkboxes.options"])},
    ),
    "static_select": _element(_NONE, _PICKER | _OFFER | _ONE, *_OFFER_RULES),
    "multi_static_select": _element(_NONE, _PICKER | _OFFER | _MANY | _SEVERAL, *_OFFER_RULES),
    "external_select": _element(_NONE, _PICKER | _SEARCH | _ONE),
    "multi_external_select": _element(_NONE, _PICKER | _SEARCH | _MANY | _SEVERAL),
    "users_select": _element(_NONE, _PICKER | {"initial_user": NAME}),
    "multi_users_select": _element(_NONE, _PICKER | _SEVERAL | {"initial_users": _IDS}),
    "channels_select": _element(
        _NONE, _PICKER | {"initial_channel": NAME, "response_url_enabled": boolean}
    ),
    "multi_channels_select": _element(_NONE, _PICKER | _SEVERAL | {"initial_channels": _IDS}),
    "conversations_select": _element(
        _NONE,
        _PICKER
        | {
            "initial_conversation": NAME,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "multi_conversations_select": _element(
        _NONE,
        _PICKER
        | _SEVERAL
        | {
            "initial_conversations": _IDS,
            "default_to_current_conversation": boolean,
            "filter": FILTER,
        },
    ),
    "datepicker": _element(_NONE, _PICKER | {"initial_date": calendar_date}),
    "timepicker": _element(_NONE, _PICKER | {"initial_time": TIME, "timezone": NAME}),
    "datetimepicker": _element(
        _NONE,
        _CONFIRM
        | _FOCUS
        | {"initial_date_time": integer(LIMITS["datetimepicker.initial_date_time"])},
    ),
    "plain_text_input": _element(
        _NONE,
        _TYPED
        | {
            "multiline": boolean,
            "min_length": integer(LIMITS["plain_text_input.min_length"]),
            "max_length": integer(LIMITS["plain_text_input.max_length"]),
        },
        ordered("min_length", "max_length"),
        initial_fits,
    ),
    "number_input": _element(
        {"is_decimal_allowed": boolean},
        _TYPED | {"initial_value": NUMERAL, "min_value": NUMERAL, "max_value": NUMERAL},
        numbers_agree,
    ),
    "email_text_input": _element(_NONE, _TYPED),
    "url_text_input": _element(_NONE, _TYPED),
    "rich_text_input": _element(
        _NONE,
        _TYPED | {"initial_value": RICH_TEXT_VALUE, "min_lines": _LINES, "max_lines": _LINES},
        ordered("min_lines", "max_lines"),
    ),
    "file_input": _element(
        _NONE,
        {
            "filetypes": array(NAME, SOME),
            "max_files": integer(LIMITS["file_input.max_files"]),
        },
    ),
}
