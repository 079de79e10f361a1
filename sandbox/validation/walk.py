"""Ways through a payload that may still be junk: nothing here trusts a type."""

import json
import sys
from collections.abc import Iterator

from sandbox.validation.places import Place
from sandbox.validation.shapes import Json

_NESTS = {"container": "child_blocks", "carousel": "elements"}


def _nest(block: Json) -> str | None:
    kind = block.get("type")
    return _NESTS.get(kind) if isinstance(kind, str) else None


def _objects(values: object, at: Place) -> Iterator[tuple[Json, Place]]:
    if not isinstance(values, list):
        return
    for index, value in enumerate(values):
        if isinstance(value, dict):
            yield value, at / index


def blocks_in(blocks: object, at: Place) -> Iterator[tuple[Json, Place]]:
    """Yield each block, and after a container or carousel the blocks in it."""
    for block, place in _objects(blocks, at):
        yield block, place
        nest = _nest(block)
        if nest:
            yield from _objects(block.get(nest), place / nest)


def without_nested(block: Json) -> Json:
    """Leave out of a block the blocks in it, which `blocks_in` yields on their own."""
    nest = _nest(block)
    return {name: value for name, value in block.items() if name != nest}


def elements_in(block: Json, at: Place) -> Iterator[tuple[Json, Place]]:
    """Yield the elements of a section, input, actions, context, context_actions block or card."""
    for name in ("accessory", "element"):
        element = block.get(name)
        if isinstance(element, dict):
            yield element, at / name
    for name in ("elements", "actions"):
        yield from _objects(block.get(name), at / name)


def text_length(value: object) -> int:
    """Count the characters under every `text` key, at any depth."""
    total = 0
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(current)
        elif isinstance(current, dict):
            text = current.get("text")
            total += len(text) if isinstance(text, str) else 0
            waiting.extend(current.values())
    return total


def json_bytes(value: object) -> int:
    """Measure a value as compact JSON in UTF-8; one nested beyond writing counts as endless."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        return sys.maxsize
    return len(text.encode(errors="surrogatepass"))
