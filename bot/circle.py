"""Netværkscirklen: the level of a relation (Byg partnerskaber!, pages 12-13)."""

from enum import StrEnum


class Level(StrEnum):
    """The circle's three rings, from the outside in. A trial is not a fourth."""

    NETWORK = "network"
    COLLABORATION = "collaboration"
    PARTNERSHIP = "partnership"
