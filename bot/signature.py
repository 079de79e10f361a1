"""A pasted mail signature, or one line with a name and a number, sorted into a card's fields.

First what has a form of its own is taken out (bot.signature_marks), then the pieces left over
(bot.signature_pieces) are weighed: which is the name, the title, the organisation. A guess, for a
person to look at.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from bot import identifiers
from bot import signature_words as known
from bot.intake import NAME_LENGTH
from bot.signature_marks import Marks
from bot.signature_pieces import Piece, pieces
from bot.text import bare_name, clean, words

_SAID = 10  # the piece has a label
_SHORTEST_CORE = 4  # letters of a domain that a name can be recognised by
_LONGEST_GUESS = 4  # words of an organisation that only its capitals tell


@dataclass(frozen=True)
class Signature:
    """What was read, each empty where not found; `rest` keeps what found no field, by line."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""  # E.164
    website: str = ""
    cvr: str = ""
    organisation: str = ""
    rest: str = ""


def read_signature(pasted: str) -> Signature:
    """Sort a pasted signature. Never raises; what it cannot place is in `rest`."""
    marks = Marks()
    found = pieces(pasted, marks)
    clues = _Clues.of(marks)
    signature = [piece for piece in found if not piece.above]
    name = _heaviest(signature, clues.weigh_name)
    title = _heaviest((piece for piece in signature if piece is not name), _weigh_title)
    others = (piece for piece in signature if piece not in (name, title))
    organisation = _heaviest(others, clues.weigh_organisation)
    return Signature(
        name=_spoken(_text(name)),
        title=_text(title),
        email=marks.email,
        phone=marks.phone,
        website=marks.website,
        cvr=marks.cvr,
        organisation=_text(organisation),
        rest=_rest([piece for piece in found if piece not in (name, title, organisation)], marks),
    )


def name_or_pasted(typed: str) -> tuple[str, str]:
    """An organisation's name, and what was pasted in its place: several lines, or too many letters.

    Of what was pasted the name is the organisation that is read from it, if any is.
    """
    if "\n" not in clean(typed) and len(typed) <= NAME_LENGTH:
        return typed, ""
    name = read_signature(typed).organisation
    return name if len(name) <= NAME_LENGTH else "", typed


@dataclass(frozen=True)
class _Clues:
    """What the addresses give away: the words of the mailbox, and what the domains are called."""

    mailbox: frozenset[str]
    cores: frozenset[str]

    @classmethod
    def of(cls, marks: Marks) -> "_Clues":
        hosts = (identifiers.domain(marks.email), identifiers.domain(marks.website))
        labels = (label for host in hosts for label in host.split(".")[:-1])
        cores = ("".join(words(label)) for label in labels)
        return cls(
            mailbox=frozenset(words(marks.email.partition("@")[0])),
            cores=frozenset(core for core in cores if len(core) >= _SHORTEST_CORE),
        )

    def weigh_name(self, piece: Piece) -> int:
        """How surely it is a person's name; 0 and less is no."""
        if piece.label:
            return _SAID if piece.label == "name" else 0
        parts = known.name_words(piece.text)
        in_mail = self._in_mail(piece.text)
        written = known.is_capitalised(parts) or in_mail
        if not parts or not written or known.is_address(piece.text) or known.is_title(piece.text):
            return 0
        usual = 3 if len(parts) > 1 else 1
        against = 3 * known.is_organisation(piece.text) + 3 * self._is_called(piece.text)
        return usual + in_mail + 2 * piece.signed + 2 * piece.titled - against

    def weigh_organisation(self, piece: Piece) -> int:
        """How surely it is where the person works; 0 and less is no."""
        if piece.label:
            return _SAID if piece.label == "organisation" else 0
        if known.is_address(piece.text) or known.is_title(piece.text):
            return 0
        parts = known.name_words(piece.text)
        guessed = 0 < len(parts) <= _LONGEST_GUESS and known.is_capitalised(parts)
        telling = 4 * self._is_called(piece.text) + 3 * known.is_organisation(piece.text)
        return telling + (guessed and not known.is_department(piece.text))

    def _in_mail(self, text: str) -> int:
        """How much of a name stands in the mailbox's name: anne.holm, anneholm, ah."""
        parts = words(text)
        if len(parts) == 1:
            return int(parts[0] in self.mailbox)
        initials = "".join(part[0] for part in parts)
        return 3 * (not self.mailbox.isdisjoint({*parts, "".join(parts)})) or int(
            initials in self.mailbox
        )

    def _is_called(self, text: str) -> bool:
        """Whether a web or mail domain is called so."""
        core = "".join(words(bare_name(text)))
        return len(core) >= _SHORTEST_CORE and any(
            core in called or called in core for called in self.cores
        )


def _weigh_title(piece: Piece) -> int:
    if piece.label:
        return _SAID if piece.label == "title" else 0
    return int(known.is_title(piece.text) and not known.is_address(piece.text))


def _heaviest(found: Iterable[Piece], weigh: Callable[[Piece], int]) -> Piece | None:
    """The piece of most weight, the first of equals, if it has any."""
    best = max(found, key=weigh, default=None)
    return best if best and weigh(best) > 0 else None


def _text(piece: Piece | None) -> str:
    return piece.text if piece else ""


def _spoken(name: str) -> str:
    return name.title() if name.isupper() or name.islower() else name


def _rest(left: Iterable[Piece], marks: Marks) -> str:
    by_line = groupby(left, key=lambda piece: piece.line)
    lines = [", ".join(piece.text for piece in line) for _, line in by_line]
    return "\n".join(filter(None, [*lines, *marks.unused]))
