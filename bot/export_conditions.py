"""The conditions of an earlier export, read again out of the log."""

import re

_BEGINS = re.compile(r"(?:^|; )(level|kind|keyword|room|branch|goal): ")


def conditions(filters: str) -> list[tuple[str, str]]:
    """What `str(Filters)` wrote: each kind of condition with its values, as they stand there.

    Levels, kinds and rooms stand by their values, with ", " between; keywords, branches and
    goals in the library's own words.
    """
    parts = _BEGINS.split(filters)
    return list(zip(parts[1::2], parts[2::2], strict=True))
