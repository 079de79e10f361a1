"""How people write an answer in a mail: figures, words, the number of a question, their signature.

A text that is matched here is as it was typed; only what is tested for a signature is folded.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.evaluation_questions import SCALES, Answers, Question
from bot.text import fold
from bot.workspace import Language

_UNKNOWN = r"(?:det )?ved (?:(?:jeg|vi) )?ikke|(?:i |we )?don.?t know|\?"
# A number in words is an answer where it stands by itself, or before why: "fire, fordi I lytter".
_NUMBERS = {
    "1": "en|et|én|ét|one",
    "2": "to|two",
    "3": "tre|three",
    "4": "fire|four",
    "5": "fem|five",
}
_BY_ITSELF = (
    r"(?:\s+(?:af|of)\s+(?:5|fem|five))?"
    rf"(?!\s*(?:[,/–-]|til|eller|to|or)\s*(?:\d|(?:{'|'.join(_NUMBERS.values())})\b))"
    r"(?=\s*$|\s*[.,;:!()]|\s+[–-]\s|\s+(?:fordi|da|men|because|but)\b)"
)
_WORDS: Mapping[Answers, Mapping[str, str]] = {
    Answers.FIVE: {
        "1": r"(?:nej,? )?slet ikke|(?:no,? )?not at all",
        "2": r"kun lidt|only a little",
        "3": r"nogenlunde|so-so",
        "4": r"(?:ja,? )?for det meste|(?:yes,? )?mostly",
        "5": r"ja,? helt|yes,? fully",
        SCALES[Answers.FIVE].unknown: _UNKNOWN,
    },
    Answers.CRITERION: {
        "met": "ja|yes",
        "not_yet": "ikke endnu|nej|not yet|no",
        SCALES[Answers.CRITERION].unknown: _UNKNOWN,
    },
}
_FIGURE = re.compile(r"(\d+)((?:\s?[-–/,.]\s?\d+|½)?)(?![\w/])")
_OF_FIVE = re.compile(r"\s?/\s?5")
# Behind an answer: another one.
_OTHER = re.compile(r"(?:eller|til|or|to)\s+", re.IGNORECASE)
_EITHER = re.compile(r"[\s,(]+(?:eller|or)\s+", re.IGNORECASE)
_EDGE = ' \t.,;:=()[]-–—*_·"'

# A line that begins with the number of a question: "Spørgsmål 1 4", "1) 4 fordi ...", "- 1: 4".
NUMBERED = re.compile(
    r"[\s*•(\[–-]*(?:(?:sp\wrgsm\wl|question|spm|spg|nr|no|q)\b\.?\s*|#\s*)?"
    r"(?P<number>\d{1,2})(?!\d)(?:(?P<sign>\s*[.:)\]=–—-]+)|(?=\s|$))\s*",
    re.IGNORECASE,
)
# Several of them on one line.
SEVERAL = re.compile(r"[,;]\s*(?=\d{1,2}\s*[:)=])")
QUOTED = re.compile(r"\s*[>|]+\s?")
# From here on it is the mail that was answered, whether its lines are marked or not.
_ORIGINAL = re.compile(
    r"-{2,}\s*(?:original|oprindelig)|_{10,}$|(?:fra|from):\s"
    r"|(?:den|on|d\.)\s.*\b(?:skrev|wrote)\b.*:$"
)
_SIGNED = re.compile(
    r"--$|(?:mvh|kh|vh|bh|dbh)\b|(?:kind |best |warm )?regards\b|sincerely\b|sendt fra |sent from "
    r"|(?:med )?(?:de )?(?:(?:venlig|kaerlig|bedste?|mange|varme?|hjertelig|gode?|glade?)(?:e|ste)?"
    r" (?:og )?)*\w*hils(?:en|ner)\b"
    r"|(?:venligst|alt godt|all the best|best wishes|cheers)[,.!]*$"
)
# Where one is called or written to: it stands below a name.
_REACHED = re.compile(
    r"(?:(?:tlf|telefon|mobil|mob|tel|phone|mail|e-?mail)\b[\s.:]*)?"
    r"(?:\+?\d[\d\s]{6,}\d|\S+@\S+\.\w+)$"
)
# Above the open question in our own mail.
_OURS = {"og med ord", "and in words"}
_SMALL_IN_NAMES = {"af", "de", "den", "der", "du", "la", "van", "von"}
_WORDS_IN_A_NAME = 4
# The scale beside a question of ours, in place of an answer.
_SCALE = re.compile(
    r"(?:\.{3}|…)?\s*\((?:fra |from )?1\s*(?:[-–]|til|to)\s*5\)[\s:=]*", re.IGNORECASE
)
# Not between quotes, as our own mail has it.
_TO_MEET = re.compile(r'(?<!["\w])(?:moede[st]?|meeting|meet)\b(?!")')
_MEET = {"moede", "et moede", "meeting", "a meeting"}
_WRAPPED = 8  # letters of a question's text that are enough to know it by, where a line ends


def value(question: Question, text: str) -> tuple[str | None, str]:
    """The answer that a text begins with, and what follows; None where it begins with none."""
    answer, remark = _first(question, text)
    if other := _OTHER.match(remark):
        after = remark[other.end() :]
        if after[:1].isdecimal() or _first(question, after)[0] is not None:
            return None, text.strip(_EDGE)  # "1 eller 2" is for them to settle
    return answer, remark


def each_of(question: Question, text: str) -> list[str]:
    """The answers between which a text leaves the choice, or the text as it is."""
    found = [one.strip(_EDGE) for one in _EITHER.split(text)]
    return found if all(value(question, one)[0] is not None for one in found) else [text]


def _first(question: Question, text: str) -> tuple[str | None, str]:
    bare = text.strip(_EDGE)
    found = _FIGURE.match(bare) if question.answers is Answers.FIVE else None
    if found is None:
        answer, rest = _in_words(question, bare)
        return answer, _remark(rest)
    figure = _one_to_five(found)
    beside, rest = _in_words(question, bare[found.end() :].lstrip(_EDGE))
    if beside not in (None, figure):
        return None, bare  # "1, ja, helt" is the scale read from the other end
    return figure, _remark(rest)


def after_its_text(question: Question, rest: str) -> str | None:
    """What follows the question's own text; None where that does not stand there."""
    for text in _texts(question):
        head, other, tail = text.partition("{other}")
        pattern = re.escape(head) + (".{1,100}?" if other else "") + re.escape(tail)
        if found := re.match(pattern, rest, re.IGNORECASE):
            return rest[found.end() :].strip()
        if len(rest) >= _WRAPPED and head.casefold().startswith(rest.casefold()):
            return ""
    return None


def begins_the_original(folded: str) -> bool:
    """Whether what follows is the mail that was answered."""
    return _ORIGINAL.match(folded) is not None


def is_signed(folded: str) -> bool:
    """Whether what follows is a signature."""
    return any(known.match(folded) for known in (_SIGNED, _REACHED))


def is_name(line: str) -> bool:
    """Whether a line may be no more than somebody's name."""
    words = line.split()
    if not words or len(words) > _WORDS_IN_A_NAME or not all(map(_in_a_name, words)):
        return False
    return words[0][0].isupper() and words[-1][-1].isalpha()


def is_our_heading(folded: str) -> bool:
    """Whether it stands in our own mail above the open question."""
    return folded.strip(_EDGE) in _OURS


def without_the_scale(text: str) -> str:
    """What follows the scale, where one stands first, as beside a question that is quoted."""
    found = _SCALE.match(text)
    return text[found.end() :] if found else text


def wants_to_meet(folded: str) -> bool:
    """Whether a line says no more than that."""
    return folded.strip(_EDGE + "!'") in _MEET


def speaks_of_meeting(folded: str) -> bool:
    """Whether a line speaks of meeting at all: by itself that is no answer yet."""
    return _TO_MEET.search(folded) is not None


def is_name_of(line: str, names: Iterable[str]) -> bool:
    """Whether a line is no more than the name of one of these people, or a part of it."""
    words = set(fold(line).split())
    known = [set(fold(name).split()) for name in names if name]
    return is_name(line) and any(words <= one or one <= words for one in known)


def _in_a_name(word: str) -> bool:
    letters = word.replace("-", "").replace("\u2019", "").replace("'", "").replace(".", "")
    return letters.isalpha() and (word[0].isupper() or word in _SMALL_IN_NAMES)


def _texts(question: Question) -> Iterator[str]:
    for language in Language:
        yield question.text.in_(language)


def _in_words(question: Question, text: str) -> tuple[str | None, str]:
    for answer, pattern in _WORDS[question.answers].items():
        if found := re.match(rf"(?:{pattern})(?!\w)", text, re.IGNORECASE):
            return answer, text[found.end() :]
    for answer, pattern in _NUMBERS.items() if question.answers is Answers.FIVE else ():
        if found := re.match(rf"(?:{pattern})\b{_BY_ITSELF}", text, re.IGNORECASE):
            return answer, text[found.end() :]
    return None, text


def _one_to_five(found: re.Match[str]) -> str | None:
    """What one can choose: "4/5" is four of five, and "3-4" or "7" are nothing."""
    figure, more = found.groups()
    plain = not more or _OF_FIVE.fullmatch(more)
    return figure if plain and figure in SCALES[Answers.FIVE].points else None


def _remark(text: str) -> str:
    return text.strip(_EDGE)
