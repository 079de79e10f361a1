"""Words of a file as the library's own: levels, kinds, rooms, keywords, colleagues.

Case, accents and curly quotes make no difference. A near miss is taken and told; a word that means
nothing to us leaves the field as it is, and is told too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from bot.circle import Level
from bot.import_parts import parts
from bot.import_record import Reason, Words
from bot.partner import Kind, RelationType, Room, Status
from bot.text import fold
from bot.translation import Translator, mark
from bot.words import AGE, KIND, LEVEL, PURPOSE, RELATION_TYPE, ROOM, STATUS
from bot.workspace import Language

_TAKEN = mark("“{value}” is read as “{taken}”.")
UNKNOWN = mark("“{value}” is none of the words in use here ({known}). The field stays as it is.")
NO_GOALS = mark(
    "“{value}” is left out: the library has no goals yet. The coordinator writes them with"
    " /partner goals."
)
_NOBODY = mark("Nobody in your Slack is called “{value}”. The field stays as it is.")
_TWO = mark(
    "“{value}” can be more than one colleague ({known}). Write the whole name. The field stays as"
    " it is."
)
_NO_YES = mark("“{value}” is neither yes nor no. The field stays as it is.")

T = TypeVar("T")

# A closed list has few words, all different; an open one has neighbours such as barn and børn.
_NEAR, _NEAR_IN_OPEN = 75, 85  # per cent of letters
_SHORTEST = 4

# Words that lists outside the library use, as `fold` spells them; the longer first.
_ALSO: Mapping[StrEnum, str] = {
    Kind.ASSOCIATION: "foreninger|frivillig|frivillig forening|folkeoplysende forening|klub"
    "|idraetsforening|ngo|civilsamfund|civilsamfundet|frivillige|association|volunteer",
    Kind.FIRM: "virksomheder|firma|erhverv|privat virksomhed|butik|company|business|firm|aps|a/s",
    Kind.MUNICIPAL: "kommune|kommunal|kommunalt|forvaltning|municipality|municipal|institution"
    "|boernehave|daginstitution",
    Kind.EDUCATION: "uddannelse|skole|folkeskole|gymnasium|hoejskole|aftenskole|universitet"
    "|education|school|university",
    Kind.CULTURE: "kultur|museum|teater|kulturhus|culture|theatre",
    Kind.STATE: "stat|region|statslig|regional|state",
    Kind.FOUNDATION: "fonde|fonden|foundation",
    Kind.INDIVIDUAL: "privatperson|person|borger|ildsjael|privat|individual|citizen",
    RelationType.PARTNER: "samarbejdspartner|partner",
    RelationType.SPONSOR: "sponsorat|sponsorer|sponsor",
    RelationType.FUND: "fund|fonde|tilskud",
    RelationType.SUPPLIER: "leverandoerer|supplier|koeb",
    Level.NETWORK: "netvaerksrelation|netvaerk|i netvaerket|bekendt|network",
    Level.COLLABORATION: "samarbejder|samarbejdspartner|collaboration|samarbejdsrelation",
    Level.PARTNERSHIP: "partner|partnerskaber|strategisk partner|strategisk partnerskab"
    "|partnership",
    Status.POSSIBLE: "mulig|mulig partner|potentiel|ide|emne|possible|potential|lead",
    Status.ACTIVE: "aktiv|aktivt|igangvaerende|active|ja|ongoing",
    Status.RESTING: "pause|hviler|hvilende|passiv|inaktiv|resting|on hold|paused|inactive",
    Status.ENDED: "slut|afsluttet|stoppet|ophoert|nedlagt|tidligere|ended|former",
    Room.INSPIRATION: "inspiration|inspirerende|inspirationsrum",
    Room.LEARNING: "laering|laeringsrum|learning",
    Room.MEETING: "moede|moedested|moederum|meeting",
    Room.PERFORMATIVE: "performativ|performative|det performative|skabende",
}
_CLOSED: Mapping[str, Mapping[Any, str]] = {
    "kind": KIND,
    "relation_type": RELATION_TYPE,
    "level": LEVEL,
    "status": STATUS,
    "rooms": ROOM,
    "purposes": PURPOSE,
}
_OPEN = ("keywords", "target_groups", "branch", "age_groups")
LISTS = ("rooms", "purposes", "goals", "keywords", "target_groups", "age_groups", "other_names")
_YES = frozenset(("ja", "yes", "x", "1", "true", "sand", "sandt", "j", "y", "ok"))
_NO = frozenset(("nej", "no", "0", "false", "falsk", "n", "-"))


@dataclass(frozen=True)
class Vocabulary:
    """The library's words by field: folded, with what each stands for."""

    closed: Mapping[str, Mapping[str, Any]]
    open: Mapping[str, Mapping[str, str]]
    colleagues: Mapping[str, tuple[str, ...]]  # folded name: Slack user ids
    called: Mapping[str, str]  # the name of each id and of each closed value, to say it


def vocabulary(words: Words) -> Vocabulary:
    """Made once for a file."""
    ours = [Translator(language) for language in (words.library.language, *Language)]
    own: Mapping[str, Mapping[Any, str]] = {
        "kind": words.library.kind_names,
        "rooms": words.library.room_names,
    }
    closed = {
        field: dict(_spellings(names, own.get(field, {}), ours)) for field, names in _CLOSED.items()
    }
    library = words.library
    ages = {t(name): age for age, name in AGE.items() for t in ours}
    in_use = {
        "keywords": (*library.keywords, *words.keywords),
        "target_groups": (*library.target_groups, *words.target_groups),
        "branch": (*library.branches, *words.branches),
        "age_groups": library.age_groups,
    }
    opened = {field: _first(zip(texts, texts, strict=True)) for field, texts in in_use.items()}
    opened["age_groups"] |= _first(ages.items())
    closed["goals"] = _first(zip(library.goals, library.goals, strict=True))
    colleagues: dict[str, tuple[str, ...]] = {}
    for user, text in words.colleagues.items():
        for name in dict.fromkeys(map(fold, (user, *text.split("|")))):
            colleagues[name] = (*colleagues.get(name, ()), user)
    colleagues.pop("", None)
    called = {user: text.partition("|")[0] for user, text in words.colleagues.items()}
    for field, each in _CLOSED.items():
        for value, name in each.items():
            called[f"{field}:{value}"] = own.get(field, {}).get(value) or ours[0](name)
    called |= {f"goals:{goal}": goal for goal in library.goals}
    return Vocabulary(closed, opened, colleagues, called)


def _spellings(
    names: Mapping[Any, str], own: Mapping[Any, str], ours: Sequence[Translator]
) -> Iterator[tuple[str, Any]]:
    """Every spelling of each value; the library's own word last, so that it counts most."""
    for value in names:
        for also in (*_ALSO.get(value, "").split("|"), value.value):
            if also:
                yield also, value
    for t in reversed(ours):
        for value, name in names.items():
            yield fold(t(name)), value
    for value, name in own.items():
        yield fold(name), value


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text, stands_for in pairs:
        found.setdefault(fold(text), stands_for)
    found.pop("", None)
    return found


def is_closed(field: str) -> bool:
    """Whether only the library's own words will do."""
    return field in _CLOSED or field == "goals"


def is_worded(field: str) -> bool:
    """Whether the library has words for the field."""
    return is_closed(field) or field in _OPEN


def understands(words: Vocabulary, field: str, text: str) -> bool:
    """Whether all that is written is among the words of a closed list."""
    return all(fold(part) in words.closed[field] for part in parts(text, words.closed[field]))


def mapped(
    words: Vocabulary, field: str, text: str
) -> tuple[list[Any], list[tuple[str, Reason, bool]]]:
    """What the words stand for; and for each that is doubtful: as written, why, whether taken."""
    found: list[Any] = []
    doubts: list[tuple[str, Reason, bool]] = []
    known = words.closed.get(field) or words.open.get(field, {})
    whole = (text,) if field == "branch" else parts(text, known)
    for part in whole if field in LISTS or len(whole) == 1 else (text,):
        value, reason = _one(words, field, part, known)
        if value is not None:
            found.append(value)
        if reason:
            doubts.append((part, reason, value is not None))
    return list(dict.fromkeys(found)), doubts


def _one(
    words: Vocabulary, field: str, part: str, known: Mapping[str, Any]
) -> tuple[Any, Reason | None]:
    folded = fold(part)
    if folded in known:
        return known[folded], None
    closed = is_closed(field)
    near = _nearest(folded, known, _NEAR if closed else _NEAR_IN_OPEN)
    if near is not None:
        taken = words.called[f"{field}:{near}"] if closed else near
        return near, Reason(_TAKEN, {"value": part, "taken": taken})
    if not closed:
        return part, None
    if field == "goals" and not known:
        return None, Reason(NO_GOALS, {"value": part})
    listed = ", ".join(words.called[f"{field}:{each}"] for each in dict.fromkeys(known.values()))
    return None, Reason(UNKNOWN, {"value": part, "known": listed})


def colleague(words: Vocabulary, text: str) -> tuple[str | None, Reason | None]:
    """The Slack user of that name; a first name will do where only one has it."""
    folded = fold(text)
    fitting = words.colleagues.get(folded) or tuple(
        dict.fromkeys(
            user
            for name, users in words.colleagues.items()
            if name.startswith(f"{folded} ")
            for user in users
        )
    )
    if len(fitting) == 1:
        return fitting[0], None
    if fitting:
        known = ", ".join(words.called[user] for user in fitting)
        return None, Reason(_TWO, {"value": text, "known": known})
    near = _nearest(folded, words.colleagues, _NEAR_IN_OPEN)
    if near is not None and len(near) == 1:
        return near[0], Reason(_TAKEN, {"value": text, "taken": words.called[near[0]]})
    return None, Reason(_NOBODY, {"value": text})


def yes(text: str) -> tuple[bool | None, Reason | None]:
    """Yes or no."""
    folded = fold(text)
    if folded in _YES or folded in _NO:
        return folded in _YES, None
    return None, Reason(_NO_YES, {"value": text})


def _nearest(folded: str, known: Mapping[str, T], per_cent: int) -> T | None:
    from rapidfuzz import process  # noqa: PLC0415 - loaded at the first word that is not ours
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    if len(folded) < _SHORTEST:
        return None
    best = process.extractOne(
        folded, known.keys(), scorer=OSA.normalized_similarity, score_cutoff=per_cent / 100
    )
    return known[best[0]] if best else None
