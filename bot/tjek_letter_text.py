"""The letter itself, in words: friendly, honest, and nothing in it that nobody means to keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.circle import Level
from bot.contact import ABOUT_LENGTH
from bot.partner import ContactPerson, Kind, Partner
from bot.text import fold, shortened
from bot.tjek import Check
from bot.tjek_letter import Wishes, asked_again, reasons
from bot.translation import Translator

_BEGINNINGS = {"hvis", "naar", "fra", "if", "when", "from"}  # of what could change the answer
_CLAUSES = {"at", "hvordan"}  # a comma stands before them in Danish
_SENTENCES = {"vi", "we"}  # begin a sentence of their own


@dataclass(frozen=True)
class Sender:
    """Who signs."""

    first_name: str
    library: str  # may be empty


@dataclass(frozen=True)
class Letter:
    """A draft, to be corrected, copied and sent by the writer."""

    subject: str
    body: str


def noted_about(t: Translator, check: Check) -> str:
    """What the contact is noted with."""
    about = t("a friendly no: {idea}", idea=check.idea) if check.idea else t("a friendly no")
    return shortened(about, ABOUT_LENGTH)


def month(t: Translator, day: date) -> str:
    """A month with its year: september 2027."""
    from babel.dates import format_date  # noqa: PLC0415 - Babel's data load slowly

    return format_date(day, "MMMM y", locale=t.language.value)


def idea_of(check: Check) -> str:
    """The idea as one can name it to the partner; empty where only their name was written.

    Without a partner of the register, name and idea stand in one line: "Pixelværket: fast VR-rum".
    """
    if check.partner_name:
        return "" if fold(check.idea) == fold(check.partner_name) else check.idea
    _, _, idea = check.idea.partition(":")
    return idea.strip()


def written(
    t: Translator,
    wishes: Wishes,
    check: Check,
    partner: Partner | None,
    person: ContactPerson | None,
    sender: Sender,
) -> Letter:
    """The draft in the translator's language; what is left out of the wishes is not in it."""
    idea = idea_of(check)
    signed = ", ".join(filter(None, (sender.first_name, sender.library)))
    subject = t("Your idea: {idea}", idea=idea) if idea else t("Our answer to your enquiry")
    paragraphs = (
        _greeting(t, partner, person),
        t("Thank you for thinking of the library."),
        _no(t, idea),
        _because(t, wishes),
        " ".join(filter(None, (_liked(t, wishes.liked), *_changes(t, wishes)))),
        " ".join(_from_now_on(t, wishes, partner, idea)),
        t("If you would rather not hear from us, just say so.") if partner else "",
        t("We wish you good luck with it."),
        "\n".join((t("Kind regards"), signed)),
    )
    return Letter(subject, "\n\n".join(filter(None, paragraphs)))


def _greeting(t: Translator, partner: Partner | None, person: ContactPerson | None) -> str:
    if person:
        return t("Dear {name},", name=person.name.split()[0])
    if partner is None:
        return t("Hello,")
    if partner.kind is Kind.INDIVIDUAL:
        return t("Dear {name},", name=partner.name)
    return t("Dear all at {organisation},", organisation=partner.name)


def _no(t: Translator, idea: str) -> str:
    no = (
        t("We have decided to say no to your idea, “{idea}”.", idea=idea)
        if idea
        else t("We have decided to say no this time.")
    )
    return " ".join((no, t("We would rather say so clearly now than keep you waiting.")))


def _because(t: Translator, wishes: Wishes) -> str:
    said = [reasons()[name].reason.in_(t.language) for name in wishes.reasons]
    if len(said) == 1:
        return said[0]
    return "\n".join((t("There are two reasons for it:"), *(f"• {reason}" for reason in said)))


def _liked(t: Translator, liked: str) -> str:
    line = liked.rstrip(" .")
    if not line:
        return ""
    if _first_word(line) in _SENTENCES:
        return f"{line[0].upper()}{line[1:]}."
    if _first_word(line) in _CLAUSES:
        return t("We liked {clause}.", clause=line)
    return t("We liked {liked}.", liked=line)


def _changes(t: Translator, wishes: Wishes) -> Sequence[str]:
    if own := wishes.change.rstrip(" ."):
        if _first_word(own) in _BEGINNINGS:
            return [_could(t, own[0].lower() + own[1:])]
        return [t("This could change our answer: {change}.", change=own)]
    prepared = [reasons()[name].change for name in wishes.reasons]
    clauses = [change.in_(t.language) for change in prepared if change]
    more = [t("The same is true {change}.", change=clause) for clause in clauses[1:]]
    return [_could(t, clauses[0]), *more] if clauses else []


def _first_word(text: str) -> str:
    return next(iter(fold(text).split()), "")


def _could(t: Translator, change: str) -> str:
    return t("Our answer could change {change}.", change=change)


def _from_now_on(
    t: Translator, wishes: Wishes, partner: Partner | None, idea: str
) -> Iterable[str]:
    if partner is None or not asked_again(partner):
        return
    if partner.level is Level.NETWORK:
        yield t("We would like to keep you in our network.")
    else:
        yield t("It does not change what we already do together.")
    if wishes.again:
        again = month(t, wishes.again)
        if idea:
            yield t("In {month} we will look at the idea again.", month=again)
        else:
            yield t("In {month} we will look at it again.", month=again)
        yield t("That is not a promise of a yes, only that we will come back to it.")
