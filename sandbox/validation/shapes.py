"""The parts every schema is made of: a check takes a value and its place and yields problems.

Checks never raise, whatever JSON they are given. A `Shape` describes an object by its fields;
its rules look at several fields together and run only once each field alone is in order, so a
rule may trust the types.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.limits import LIMITS, Limit
from sandbox.validation.places import Place, Problem
from sandbox.validation.surfaces import EVERYWHERE

Json = dict[str, Any]
Check = Callable[[object, Place], Iterable[Problem]]
Rule = Callable[[Json, Place], Iterable[Problem]]


def anything(_value: object, _at: Place) -> Iterable[Problem]:
    """Accept: something else has looked at it already."""
    return ()


def boolean(value: object, at: Place) -> Iterator[Problem]:
    """Accept true and false."""
    if not isinstance(value, bool):
        yield at.refuse("wrong_type", "must be a boolean")


def number(value: object, at: Place) -> Iterator[Problem]:
    """Accept any JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield at.refuse("wrong_type", "must be a number")


def integer(limit: Limit) -> Check:
    """Accept a whole number within `limit`."""

    def check(value: object, at: Place) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield at.refuse("wrong_type", "must be an integer")
        elif value > limit.most:
            yield at.refuse("out_of_range", f"must be at most {limit.most}", limit.most)
        elif value < limit.least:
            yield at.refuse("out_of_range", f"must be at least {limit.least}", limit.least)

    return check


def string(limit: Limit, pattern: str = "") -> Check:
    """Accept a string of that length which, given a pattern, matches it as a whole."""
    expression = re.compile(pattern) if pattern else None

    def check(value: object, at: Place) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield at.refuse("wrong_type", "must be a string")
        elif len(value) > limit.most:
            sentence = f"must be less than {limit.most + 1} characters"
            yield at.refuse("too_long", sentence, limit.most)
        elif len(value) < limit.least:
            sentence = f"must be more than {limit.least - 1} characters"
            yield at.refuse("too_short", sentence, limit.least)
        elif expression and not expression.fullmatch(value):
            yield at.refuse("invalid_format", f"must match the pattern {pattern}", pattern)

    return check


def one_of(*words: str) -> Check:
    """Accept one of these words."""

    def check(value: object, at: Place) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in words:
            yield at.refuse("invalid_value", f"must be one of: {', '.join(words)}", words)

    return check


def array(item: Check, limit: Limit) -> Check:
    """Accept a list of that many items, each of them accepted by `item`."""

    def check(value: object, at: Place) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield at.refuse("wrong_type", "must be an array")
            return
        if len(value) > limit.most:
            yield at.refuse("too_many", f"no more than {limit.most} items allowed", limit.most)
        if len(value) < limit.least:
            yield at.refuse("too_few", f"must provide at least {limit.least} items", limit.least)
        for index, entry in enumerate(value):
            yield from item(entry, at / index)

    return check


@dataclass(frozen=True)
class Shape:
    """An object with these fields and no others; itself a check."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check]
    rules: tuple[Rule, ...] = ()

    def __call__(self, value: object, at: Place) -> Iterator[Problem]:
        """Check each field, then, where those are in order, the rules."""
        if not isinstance(value, dict):
            yield at.refuse("wrong_type", "must be an object")
            return
        found = list(self._fields(value, at))
        yield from found
        if found:
            return
        for rule in self.rules:
            yield from rule(value, at)

    def _fields(self, value: Json, at: Place) -> Iterator[Problem]:
        for name in self.required:
            if name not in value:
                yield at.refuse("required", f"missing required field: {name}", name)
        for name, content in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check:
                yield from check(content, at / name)
            else:
                yield at.refuse("unknown_property", f"invalid additional property: {name}", name)


def block_shape(
    required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Rule
) -> Shape:
    """Describe a block: its type, its block_id, and these fields."""
    return Shape(
        {"type": anything, **required}, {"block_id": string(LIMITS["block_id"]), **optional}, rules
    )


def typed(
    shapes: Mapping[str, Check], surfaces: Mapping[str, Collection[str]] | None = None
) -> Check:
    """Accept an object whose `type` is in `shapes`, on a surface where that type may be used.

    `surfaces` names every type of the family, also those that have no place here: it tells a
    type that Slack does not know from one that does not belong. Without it the family is
    `shapes`, usable everywhere.
    """
    family = dict.fromkeys(shapes, EVERYWHERE) if surfaces is None else surfaces

    def check(value: object, at: Place) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield at.refuse("wrong_type", "must be an object")
        elif "type" not in value:
            yield at.refuse("required", "missing required field: type", "type")
        elif not isinstance(value["type"], str):
            yield (at / "type").refuse("wrong_type", "must be a string")
        else:
            yield from chosen(value["type"], value, at)

    def chosen(kind: str, value: Json, at: Place) -> Iterable[Problem]:
        known = kind in family
        if known and kind in shapes and at.surface in family[kind]:
            return shapes[kind](value, at)
        code = "not_allowed_here" if known else "unknown_type"
        return [(at / "type").refuse(code, f"unsupported type: {kind}", sorted(shapes))]

    return check


def exactly_one(first: str, second: str) -> Rule:
    """Demand one of two fields, never both."""

    def rule(value: Json, at: Place) -> Iterator[Problem]:
        if first in value and second in value:
            yield at.refuse("conflict", f"must not define both `{first}` and `{second}`")
        elif first not in value and second not in value:
            yield at.refuse("required", f"must define either `{first}` or `{second}`")

    return rule


def any_of(*names: str) -> Rule:
    """Demand at least one of these fields."""
    listed = " or ".join(f"`{name}`" for name in names)

    def rule(value: Json, at: Place) -> Iterator[Problem]:
        if not any(name in value for name in names):
            yield at.refuse("required", f"must define either {listed}", names)

    return rule


def ordered(lower: str, upper: str) -> Rule:
    """Demand that one number field is not above another."""

    def rule(value: Json, at: Place) -> Iterator[Problem]:
        if lower in value and upper in value and value[lower] > value[upper]:
            sentence = f"must not be greater than `{upper}`"
            yield (at / lower).refuse("out_of_range", sentence, value[upper])

    return rule
