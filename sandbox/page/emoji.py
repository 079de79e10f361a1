"""The everyday part of Slack's emoji names; unknown names stay as they were typed."""

import re
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent / "emoji.txt"
EMOJI: Final = dict(line.split() for line in _TABLE.read_text(encoding="utf-8").splitlines())
_NAME: Final = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:")


def with_emoji(text: str) -> str:
    """The text with known `:names:` replaced by their characters."""
    return _NAME.sub(lambda match: EMOJI.get(match[1], match[0]), text)


def emoji(name: str, code: str = "") -> str:
    """One emoji by its hexadecimal code points ("1f44b-1f3fb") or its name, else `:name:`."""
    try:
        return "".join(chr(int(point, 16)) for point in code.split("-"))
    except (ValueError, OverflowError):
        return EMOJI.get(name.partition("::")[0], f":{name}:")
