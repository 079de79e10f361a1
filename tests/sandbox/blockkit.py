"""Legal Block Kit in its smallest form, for tests to bend."""

from collections.abc import Sequence
from typing import Any

from sandbox.validation import Problem

Json = dict[str, Any]


def plain(text: str = "Hej") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Hej*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(number: int = 0, **fields: Any) -> Json:
    return {"text": plain(f"Valg {number}"), "value": f"v{number}", **fields}


def options(count: int) -> list[Json]:
    return [option(number) for number in range(count)]


def group(count: int = 1, first: int = 0, **fields: Any) -> Json:
    chosen = [option(number) for number in range(first, first + count)]
    return {"label": plain(), "options": chosen, **fields}


def confirm(**fields: Any) -> Json:
    return {
        "title": plain(),
        "text": mrkdwn(),
        "confirm": plain("Ja"),
        "deny": plain("Nej"),
        **fields,
    }


def rich_text(*inline: Json, **fields: Any) -> Json:
    elements = [{"type": "rich_text_section", "elements": list(inline)}]
    return {"type": "rich_text", "elements": elements, **fields}


def word(text: str = "Hej", **fields: Any) -> Json:
    return {"type": "text", "text": text, **fields}


REQUIRED: dict[str, Json] = {
    "button": {"text": plain()},
    "icon_button": {"text": plain("Slet"), "icon": "trash"},
    "feedback_buttons": {
        "positive_button": {"text": plain("Ja"), "value": "1"},
        "negative_button": {"text": plain("Nej"), "value": "0"},
    },
    "image": {"image_url": "https://example.org/a.png", "alt_text": "Et billede"},
    "overflow": {"options": options(1)},
    "radio_buttons": {"options": options(2)},
    "checkboxes": {"options": options(2)},
    "static_select": {"options": options(2)},
    "multi_static_select": {"options": options(2)},
    "number_input": {"is_decimal_allowed": False},
}


def element(kind: str, **fields: Any) -> Json:
    return {"type": kind, **REQUIRED.get(kind, {}), **fields}


def button(**fields: Any) -> Json:
    return element("button", **fields)


def section(**fields: Any) -> Json:
    return {"type": "section", **({"text": mrkdwn()} | fields)}


def accessory(kind: str, **fields: Any) -> Json:
    return section(accessory=element(kind, **fields))


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def context_actions(*elements: Json) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def asked(kind: str, **fields: Any) -> Json:
    """An input block around an element of that kind."""
    return {"type": "input", "label": plain(), "element": element(kind, **fields)}


def modal(*blocks: Json, **fields: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Ny partner"),
        "submit": plain("Gem"),
        "blocks": list(blocks) or [section()],
        **fields,
    }


def home(*blocks: Json, **fields: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **fields}


def found(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Where and what, without the words."""
    return [(problem.pointer, problem.code) for problem in problems]
