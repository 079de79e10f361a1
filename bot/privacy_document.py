"""Everything we have on one contact person, as a document to hand her and as data (art. 15).

The log says what was done with her details, when and why. Which colleague did it is left out
unless asked for: that is more than she is entitled to (EU Court of Justice, C-579/21).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.privacy import Information, of_the_person
from bot.privacy_everything import Event, Everything, LogLine, Mention, Place
from bot.privacy_notice import notice_text
from bot.translation import Translator, mark
from bot.words import FIELD, KIND, RELATION_TYPE, shown
from bot.workspace import Workspace


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """The same twice: for a person to read, and as data for another system."""

    title: str
    sections: tuple[Section, ...]
    data: Mapping[str, object]

    @property
    def text(self) -> str:
        """The whole as plain text."""
        parts = ("\n".join([section.heading, *section.lines]) for section in self.sections)
        return "\n\n".join([self.title, *parts]) + "\n"


PLACE = {
    Place.ORGANISATION: mark("The organisation's area and keywords"),
    Place.NEXT_STEP: mark("The next step with the organisation"),
    Place.NOTE: mark("The note about the organisation"),
    Place.PERSON: mark("The details of another contact person"),
    Place.TJEK: mark("A check of whether to work together"),
    Place.CONTACT: mark("A contact that was noted"),
    Place.CIRCLE: mark("How we work together"),
    Place.ROUND: mark("A round of answers among colleagues"),
    Place.EVALUATION: mark("An evaluation of how we work together"),
    Place.DUPLICATE: mark("What was left out when two cards became one, kept for thirty days"),
}
_FIELD = {
    "name": mark("Name"),
    "title": mark("Title or role"),
    "email": mark("Mail"),
    "phone": mark("Phone"),
    "note": mark("Note"),
    "source": mark("Where we have the details from"),
}
_EVENT = {
    Event.ADDED: mark("The person was noted"),
    Event.CHANGED: mark("Changed: {fields}"),
    Event.REMOVED: mark("Removed from the organisation's card"),
    Event.DISCLOSED: mark("This document was made. Purpose: {purpose}"),
    Event.ANONYMISED: mark("Anonymised"),
    Event.ASKED: mark(
        "You were asked how it goes between your organisation and us. No answer of yours is here"
    ),
    Event.ANSWERED: mark(
        "You were asked how it goes between your organisation and us, and you answered. Until the"
        " answers are shown to all nobody but you can see yours; then they stand as your"
        " organisation's, without your name"
    ),
}
_NONE = mark("Nothing.")
_RECIPIENTS = mark(
    "The library's own staff, in Slack. Slack is our supplier and passes on what is shown there."
)


def document(
    t: Translator, all_: Everything, workspace: Workspace, *, today: date, with_staff: bool = False
) -> Document:
    """The document as of `today`; `with_staff` names the colleagues in the log."""
    notice = notice_text(t, workspace, organisation=all_.partner.name, source=all_.person.source)
    return Document(
        t("What we have on {name}", name=all_.person.called),
        (
            Section(t("Date"), (_day(t, today),)),
            Section(t("Noted about you"), _person(t, all_)),
            Section(t("Your organisation"), _organisation(t, all_)),
            Section(t("Why we have it, and your rights"), (notice,)),
            Section(t("Who can see it"), (t(_RECIPIENTS),)),
            Section(t("Whether you were told"), (_told(t, all_.standing.informed),)),
            Section(t("Texts that name you"), _mentions(t, all_.mentions)),
            Section(t("What was done with your details"), _log(t, all_.log, with_staff)),
        ),
        _data(all_, today, with_staff=with_staff),
    )


def _person(t: Translator, all_: Everything) -> tuple[str, ...]:
    given = {name: getattr(all_.person, name) for name in _FIELD}
    lines = [f"{t(_FIELD[name])}: {value}" for name, value in given.items() if value]
    if all_.former:
        lines.append(t("You are no longer on the organisation's card; these are the last details."))
    if all_.standing.no_contact:
        lines.append(t("You wish not to be contacted."))
    return tuple(lines)


def _organisation(t: Translator, all_: Everything) -> tuple[str, ...]:
    partner = all_.partner
    kind = (t(KIND[partner.kind]),) if partner.kind else ()
    own = (f"{t(FIELD[name])}: {shown(t, value)}" for name, value in _own(all_).items())
    return (partner.name, *kind, t(RELATION_TYPE[partner.relation_type]), *own)


def _own(all_: Everything) -> Mapping[str, object]:
    """What else of the partner is about the person, where she is the partner herself."""
    names = sorted(of_the_person(all_.partner, [all_.person]) - {"name"})
    return {name: value for name in names if (value := getattr(all_.partner, name))}


def _told(t: Translator, informed: Information | None) -> str:
    if informed is None:
        return t("It is not noted that you were told that we have your details.")
    return t(
        "You were told on {day} that we have your details. {how}",
        day=_day(t, informed.on),
        how=informed.how,
    ).rstrip()


def _mentions(t: Translator, mentions: Sequence[Mention]) -> tuple[str, ...]:
    lines = (
        f"{t(PLACE[mention.where])}{_dated(t, mention.at)}: {mention.text}" for mention in mentions
    )
    return tuple(lines) or (t(_NONE),)


def _log(t: Translator, log: Sequence[LogLine], with_staff: bool) -> tuple[str, ...]:  # noqa: FBT001 - handed on
    return tuple(_logged(t, line, with_staff) for line in log) or (t(_NONE),)


def _logged(t: Translator, line: LogLine, with_staff: bool) -> str:  # noqa: FBT001 - handed on
    changed = t.list(t(_FIELD[name]) for name in line.fields)
    what = t(_EVENT[line.event], fields=changed, purpose=line.purpose)
    by = f" ({line.by})" if with_staff and line.by else ""
    return f"{_day(t, line.at)}: {what}{by}"


def _data(all_: Everything, today: date, *, with_staff: bool) -> Mapping[str, object]:
    partner, standing = all_.partner, all_.standing
    return {
        "as_of": today.isoformat(),
        "person": {name: getattr(all_.person, name) for name in _FIELD},
        "on_the_card": not all_.former,
        "organisation": {
            "name": partner.name,
            "kind": partner.kind,
            "relation": partner.relation_type,
            **_own(all_),
        },
        "informed_on": standing.informed.on.isoformat() if standing.informed else None,
        "informed_how": standing.informed.how if standing.informed else None,
        "no_contact": standing.no_contact,
        "recipients": ["the library's own staff", "Slack"],
        "texts": [
            {"where": mention.where, "text": mention.text, "at": _iso(mention.at)}
            for mention in all_.mentions
        ],
        "log": [
            {
                "at": _iso(line.at),
                "event": line.event,
                "fields": list(line.fields),
                "purpose": line.purpose,
            }
            | ({"by": line.by} if with_staff else {})
            for line in all_.log
        ],
    }


def _dated(t: Translator, at: datetime | None) -> str:
    return f" ({_day(t, at)})" if at else ""


def _day(t: Translator, when: date | datetime) -> str:
    """With its year, for the document is read long after."""
    from babel.dates import format_date  # noqa: PLC0415 - Babel's data load slowly

    local = when.astimezone(t.zone).date() if isinstance(when, datetime) else when
    return format_date(local, "long", locale=t.language.value)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
