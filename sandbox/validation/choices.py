"""Rules on elements with options: each value once, and nothing chosen that is not offered."""

from collections.abc import Iterator

from sandbox.validation.places import Place, Problem
from sandbox.validation.shapes import Json


def _offered(element: Json, at: Place) -> Iterator[tuple[Json, Place]]:
    for index, option in enumerate(element.get("options", [])):
        yield option, at / "options" / index
    for number, group in enumerate(element.get("option_groups", [])):
        for index, option in enumerate(group["options"]):
            yield option, at / "option_groups" / number / "options" / index


def _chosen(element: Json, at: Place) -> Iterator[tuple[Json, Place]]:
    if "initial_option" in element:
        yield element["initial_option"], at / "initial_option"
    for index, option in enumerate(element.get("initial_options", [])):
        yield option, at / "initial_options" / index


def _identity(option: Json) -> tuple[str, str]:
    return option["value"], option["text"]["text"]


def unique_values(element: Json, at: Place) -> Iterator[Problem]:
    """Refuse an option whose value an earlier option has."""
    seen: set[str] = set()
    for option, place in _offered(element, at):
        value = option["value"]
        if value in seen:
            yield (place / "value").refuse("duplicate", f"value must be unique: {value}", value)
        seen.add(value)


def initial_offered(element: Json, at: Place) -> Iterator[Problem]:
    """Refuse an initial option that differs from every option, in value or in text."""
    offered = {_identity(option) for option, _ in _offered(element, at)}
    for option, place in _chosen(element, at):
        if _identity(option) not in offered:
            yield place.refuse("not_an_option", "must be one of the provided options")
