"""How wide words are in the font of our drawings, so that none is laid upon another.

The font itself need not be opened for it: here stand its letters by width, rounded up. A test
compares them with the files in bot/fonts.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# In fiftieths of the height of a line.
_LETTERS: Mapping[int, str] = {
    10: " ",
    11: ",.‘’",  # noqa: RUF001 - the letters themselves, typographic ones too
    12: "'",
    13: ":;ijlìíîïı",  # noqa: RUF001 - as above
    14: "·",
    15: "()[]{|}¦",
    16: "I`¨¯´¸ÌÍÎÏ",  # noqa: RUF001 - as above
    17: "f²³¹ł",
    18: "!-¡ª",
    19: "/\\t“”„",
    20: '"*?_°º¿',
    21: "r",
    22: "sśš",
    23: "J",
    24: "cz«»çćźżž",
    26: "Lagvxy§àáâãäåýÿą",
    27: "SekèéêëęŠ",
    28: "bdhnopquµðñòóôõöøùúûüþŁńŚ–",
    29: "#$+0123456789<=>F^~¢£¤¥¬±×÷•",  # noqa: RUF001 - as above
    30: "ETÈÉÊËĘ",
    31: "PÞß",
    32: "YZÝŸŹŻŽ",
    33: "BRX",
    34: "AV¶ÀÁÂÃÄÅĄ",
    35: "CKÇĆ",
    36: "&¼½¾",
    37: "GUÙÚÛÜ…",
    38: "DHNÑŃ",
    39: "w",
    40: "%OQ©®ÐÒÓÔÕÖØ",
    41: "æ",
    42: "@m—",
    44: "œ",
    46: "M",
    47: "Æ",
    51: "W",
    55: "Œ",
}
_WIDTHS = {letter: width / 50 for width, letters in _LETTERS.items() for letter in letters}
_BOLD = 1.08  # the most by which a bold letter is wider


def width(words: str, size: float, *, bold: bool = False) -> float:
    """The most that a line takes, in the unit of `size`; of `legible` words only."""
    return sum(map(_WIDTHS.__getitem__, words)) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def legible(words: str) -> str:
    """The words in letters that the font has: bare ones for some, and nothing for the rest."""
    kept = (letter if letter in _WIDTHS else _bare(letter) for letter in words)
    return " ".join("".join(kept).split())


def fitting(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """Legible words, cut to the room there is; the last letter is then an ellipsis."""
    if width(words, size, bold=bold) <= room:
        return words
    kept = words
    while kept and width(kept + "…", size, bold=bold) > room:
        kept = kept[:-1].rstrip()
    return kept + "…" if kept else ""


def _bare(letter: str) -> str:
    if letter.isspace():
        return " "
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if part in _WIDTHS)
