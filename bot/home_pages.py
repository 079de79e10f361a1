"""Several lists under one another, a page of them at a time."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pages:
    """Which page of each list somebody is on, from 1."""

    own: int = 1
    waiting: int = 1


def spread(lengths: Iterable[int], first: int, size: int) -> list[slice]:
    """Of each list what is among the `size` from `first` on, counted through all of them."""
    parts = []
    for length in lengths:
        begin, end = (min(max(place, 0), length) for place in (first, first + size))
        parts.append(slice(begin, end))
        first -= length
    return parts
