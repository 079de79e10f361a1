"""Text as people type and paste it: one spelling to compare by, and one that is safe to store."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

_CONTROL = {"Cc", "Cf", "Cs"}
# Invisible, although Unicode calls them letters or marks: fillers, joiners, variation selectors.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_JOINERS = "\u200c\u200d"  # hold an emoji family or a Persian word together: kept in what we store
_FIRST_COMBINING = "\u0300"  # before it, each letter is one already
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1f\x85\u2028\u2029]")

_STRAIGHT = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u00b4\u0060\u02bc\u2039\u203a", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb", '"')
    | dict.fromkeys(
        "\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d", "-"
    )
)
# Letters that no decomposition takes apart. Danes sort and misread ä and ö as æ and ø.
_SPELLED_OUT = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "oe", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "\u0131": "i"}
)
_PLAINLY = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "`": "'"})
_DANISH_PAIRS = (("a\u030a", "aa"), ("a\u0308", "ae"), ("o\u0308", "oe"))

_WORD = re.compile(r"[^\W_]+")
_NAMED_OWNER = re.compile(r"(?:^|[\s,(])(?:v\s?/|c/o\b).*$")  # "v/ Bo Lind", "c/o Bo Lind"
_LEGAL_FORM = re.compile(
    r"(?<![^\W_])(?:"
    r"aps|ivs|[aikp]\s?/\s?s|s\s?/\s?i|f\.?m\.?b\.?a|a\.?m\.?b\.?a|s\.?m\.?b\.?a"
    r"|(?:den )?selvejende institution(?:en)?|fonden|foreningen|ltd|inc|gmbh"
    r")(?![^\W_])\.?|(?<=\s)(?:as|ab)$"
)

# A number after one of these is a production unit's or a book's, both ten digits as a CPR number.
_OTHER_NUMBER = re.compile(r"(?:\bisbn(?:-10)?|\bp[-.] ?(?:nr|nummer|no))[\s.:]*$")
# Nothing but letters and everyday signs: as most lines are, and no number can stand in them.
_NO_NUMBER = re.compile(r"[A-Za-zÆØÅæøåÉé .,:;!?@/()&+_-]*")
_CPR = re.compile(r"(?<!\d)(?<!\d[-./])(\d\d)(\d\d)(\d\d) ?-? ?\d{4}(?!\d)(?![-./]\d)")
_PHONE_START = re.compile(r"\+([\d\s().-]*)$")
_PHONE_DIGITS = 15  # the most that an international number has (E.164)
_CPR_DIGITS = 10

_PREFIX_LENGTH = 3  # fewer letters begin too many words to be a hint
_LAST_LETTERS = str.maketrans("æäøöå", "{{||}")  # the signs that follow z


def fold(text: str) -> str:
    """One spelling to compare by: no case, accents, curly quotes or doubled spaces; å is aa."""
    plain = text.casefold()
    if not plain.isascii() or "`" in plain:
        plain = plain.translate(_PLAINLY)
    if plain.isascii() and plain.isprintable():  # nearly all that Danes write, at once
        return " ".join(plain.split())
    shown = "".join(" " if char.isspace() else char for char in text if _is_shown(char))
    apart = unicodedata.normalize("NFKD", shown.translate(_STRAIGHT)).casefold()
    apart = unicodedata.normalize("NFKD", apart).translate(_STRAIGHT)
    for pair, spelled in _DANISH_PAIRS:
        apart = apart.replace(pair, spelled)
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", bare.translate(_SPELLED_OUT)).split())


def words(text: str) -> list[str]:
    """The folded words of letters and digits, in order."""
    return _WORD.findall(fold(text))


def bare_name(text: str) -> str:
    """An organisation's folded name without legal form, owner and filler, to compare names by.

    A name that is nothing else ("Fonden") stays as it is.
    """
    folded = fold(text)
    bare = _LEGAL_FORM.sub(" ", _NAMED_OWNER.sub("", folded).strip())
    return " ".join(_WORD.findall(bare)) or " ".join(_WORD.findall(folded)) or folded


def clean(text: str) -> str:
    r"""What we store: nothing invisible that reorders or breaks text, line ends as \n, trimmed."""
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_COMBINING):
        return text.strip()
    lined = _LINE_END.sub("\n", text).replace("\t", " ")
    kept = "".join(char for char in lined if char in _JOINERS or char == "\n" or _is_kept(char))
    lines = unicodedata.normalize("NFC", kept).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def one_line(text: str) -> str:
    """Cleaned text on a single line, with single spaces."""
    return " ".join(clean(text).split())


def shortened(text: str, limit: int) -> str:
    """Text of at most `limit` characters, cut at a word where there is one, with an ellipsis."""
    if len(text) <= limit:
        return text
    head, _, _ = text[:limit].rpartition(" ")
    return (head or text[: limit - 1]).rstrip() + "…"


def capital(text: str) -> str:
    """As at the beginning of a line; the other letters stay as they are."""
    return text[:1].upper() + text[1:]


def nearest(word: str, candidates: Iterable[str], *, likeness: float = 0.66) -> str | None:
    """The candidate that was probably meant: begun and not finished, or misspelled.

    `likeness` is the least share of letters that must agree (0 to 1); two swapped letters are one
    slip. The first of equals wins.
    """
    from rapidfuzz import process  # noqa: PLC0415 - loaded at the first unknown word
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    folded = {candidate: fold(candidate) for candidate in candidates}
    sought = fold(word)
    begun = [name for name, known in folded.items() if known.startswith(sought)]
    if begun and len(sought) >= _PREFIX_LENGTH:
        return begun[0]
    best = process.extractOne(
        sought, folded, scorer=OSA.normalized_similarity, score_cutoff=likeness
    )
    return str(best[2]) if best else None


def looks_like_cpr(text: str) -> bool:
    """Whether a line holds what can be a Danish personal number: ddmmyy-xxxx with a real date.

    Since 2007 such numbers are issued without check digits, so only the date can be tested.
    """
    if _NO_NUMBER.fullmatch(text):
        return False
    return any(_line_has_cpr(fold(line)) for line in text.splitlines())


def cpr_hidden(text: str, instead: str, *, after: str = "") -> str:
    """The text with another one for each number that looks like a personal number.

    `after` is what stands before it elsewhere, such as a heading: a P number is none.
    """
    if not looks_like_cpr(f"{after} {text}"):
        return text
    hidden = "\n".join(_line_hidden(line, instead) for line in text.splitlines())
    # Signs that only `fold` takes for digits or a hyphen: then nothing of it may be told.
    return instead if looks_like_cpr(hidden) else hidden


def _line_hidden(line: str, instead: str) -> str:
    return _CPR.sub(instead, line) if _line_has_cpr(fold(line)) else line


def _line_has_cpr(line: str) -> bool:
    return any(
        _is_date(*map(int, match.groups())) and not _is_other_number(line[: match.start()])
        for match in _CPR.finditer(line)
    )


def _is_date(day: int, month: int, year: int) -> bool:
    """Whether the day exists in the 1900s or 2000s (only 29 February 1900 tells them apart)."""
    try:
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True


def _is_other_number(before: str) -> bool:
    phone = _PHONE_START.search(before)
    if phone:
        return len(re.findall(r"\d", phone[1])) + _CPR_DIGITS <= _PHONE_DIGITS
    return _OTHER_NUMBER.search(before) is not None


def _is_shown(char: str) -> bool:
    return char.isspace() or (unicodedata.category(char) not in _CONTROL and char not in _BLANKS)


def _is_kept(char: str) -> bool:
    # Variation selectors colour emoji and stay; the other blanks only hide.
    return unicodedata.category(char) not in _CONTROL and (
        char not in _BLANKS or unicodedata.name(char, "").startswith("VARIATION")
    )


def alphabetic(text: str) -> str:
    """What words are sorted by: the Danish alphabet, where æ, ø and å come last."""
    written = unicodedata.normalize("NFC", text.casefold()).translate(_LAST_LETTERS)
    apart = unicodedata.normalize("NFKD", written)
    return "".join(char for char in apart if not unicodedata.combining(char))
