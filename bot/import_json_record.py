"""A partner of our own JSON as what its rows would say, and all that happened to it beside."""

from dataclasses import replace

from bot.export import Entry
from bot.import_record import Doubt, Line, Person, Reason, Record, Words
from bot.import_story import Story
from bot.import_words import NO_GOALS, UNKNOWN
from bot.partner import ContactPerson
from bot.privacy import Standing
from bot.translation import mark

_NOBODY = mark("“{value}” is nobody in your Slack. The field stays as it is.")
_COLLEAGUES = ("responsible", "deputy")
_OWN = frozenset({"id", "version", "people", "created_by", "created_at"})


def record_of(line: Line, entry: Entry, story: Story, words: Words) -> Record:
    """The record; who is no colleague here is not put on the card, nor is a goal of another's."""
    colleagues = words.colleagues
    partner = entry.partner
    fields = {
        name: value
        for name, value in vars(partner).items()
        if name not in _OWN and value not in ("", (), None)
    }
    people = tuple(_person(person, entry.standing(person.id)) for person in partner.people)
    strangers = [
        (name, fields.pop(name))
        for name in _COLLEAGUES
        if name in fields and fields[name] not in colleagues
    ]
    known_by = fields.pop("known_by", ())
    strangers += [("known_by", user) for user in known_by if user not in colleagues]
    if ours := tuple(user for user in known_by if user in colleagues):
        fields["known_by"] = ours
    goals = fields.pop("goals", ())
    strangers += [("goals", goal) for goal in goals if goal not in words.library.goals]
    if own := tuple(goal for goal in goals if goal in words.library.goals):
        fields["goals"] = own
    doubts = tuple(
        Doubt(name, value, _why(words, name, value), taken=False) for name, value in strangers
    )
    return Record(
        (line.number,),
        fields,
        people,
        id=partner.id,
        doubts=doubts,
        ours=True,
        own=_own(entry),
        story=story,
    )


def _why(words: Words, name: str, value: str) -> Reason:
    if name != "goals":
        return Reason(_NOBODY, {"value": value})
    known = ", ".join(words.library.goals)
    said = {"value": value, "known": known} if known else {"value": value}
    return Reason(UNKNOWN if known else NO_GOALS, said)


def _own(entry: Entry) -> Person | None:
    standing = entry.standings.get(entry.partner.id)
    return _noted(Person(), standing) if standing else None


def _person(person: ContactPerson, standing: Standing) -> Person:
    said = {
        name: value
        for name, value in vars(person).items()
        if value and name in ("name", "title", "email", "phone", "note", "source")
    }
    return _noted(Person(**said, id=person.id), standing)


def _noted(person: Person, standing: Standing) -> Person:
    told, wish = standing.informed, standing.no_contact or None
    how = told.how if told else ""
    return replace(person, told_on=told.on if told else None, told_how=how, no_contact=wish)
