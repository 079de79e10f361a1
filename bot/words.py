"""The names of what the method counts: kinds, rooms, purposes, levels, answers, decisions.

A level never goes into a sentence as a loose word: `RELATION` has the whole sentence of each.
"""

from collections import ChainMap
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from bot import contact
from bot.circle import Level
from bot.likeness import Reason
from bot.partner import Kind, Partner, Purpose, RelationType, Room, Status
from bot.tjek import Answer, Decision, Form
from bot.translation import Translator, mark
from bot.workspace import Workspace

KIND = {
    Kind.ASSOCIATION: mark("association"),
    Kind.FIRM: mark("company"),
    Kind.MUNICIPAL: mark("municipal institution"),
    Kind.EDUCATION: mark("educational institution"),
    Kind.CULTURE: mark("cultural institution"),
    Kind.STATE: mark("state and region"),
    Kind.FOUNDATION: mark("foundation"),
    Kind.INDIVIDUAL: mark("individual"),
}
RELATION_TYPE = {
    RelationType.PARTNER: mark("partner"),
    RelationType.SPONSOR: mark("sponsor"),
    RelationType.FUND: mark("fund"),
    RelationType.SUPPLIER: mark("supplier"),
}
LEVEL = {
    Level.NETWORK: mark("network"),
    Level.COLLABORATION: mark("collaboration"),
    Level.PARTNERSHIP: mark("partnership"),
}
RELATION = {
    Level.NETWORK: mark("**{name}** is in our network."),
    Level.COLLABORATION: mark("We collaborate with **{name}**."),
    Level.PARTNERSHIP: mark("We have a partnership with **{name}**."),
}
# The whole sentence of each relation that has no place in the circle.
OUTSIDE = {
    RelationType.SPONSOR: mark("**{name}** is a sponsor, and that is not a partnership."),
    RelationType.FUND: mark("**{name}** is a fund, and that is not a partnership."),
    RelationType.SUPPLIER: mark("**{name}** is a supplier, and that is not a partnership."),
}
STATUS = {
    Status.POSSIBLE: mark("a possible partner"),
    Status.ACTIVE: mark("active"),
    Status.RESTING: mark("resting"),
    Status.ENDED: mark("ended"),
}
ROOM = {
    Room.INSPIRATION: mark("the inspiration room"),
    Room.LEARNING: mark("the learning room"),
    Room.MEETING: mark("the meeting room"),
    Room.PERFORMATIVE: mark("the performative room"),
}
PURPOSE = {
    Purpose.EXPERIMENT: mark("try something out"),
    Purpose.LOCAL_RELATIONS: mark("good relations locally"),
    Purpose.NEW_USERS: mark("reach new users"),
    Purpose.USERS_IN_NEW_WAYS: mark("reach our users in new ways"),
    Purpose.STRATEGIC_RELATIONS: mark("political or strategic relations"),
    Purpose.RESOURCES_IN_NEW_WAYS: mark("use the resources in new ways"),
    Purpose.KNOW_TARGET_GROUPS: mark("know more about a target group"),
    Purpose.NEW_COMPETENCES: mark("new competences for the house"),
    Purpose.NEW_SERVICES: mark("offer something new"),
}
CONTACT = {
    contact.Kind.TALKED: mark("We talked"),
    contact.Kind.MET: mark("We met"),
    contact.Kind.MAIL: mark("We wrote to each other"),
    contact.Kind.EVENT: mark("An event"),
    contact.Kind.OTHER: mark("Something else"),
    contact.Kind.READ_IN: mark("From a list"),
}
AGE = {
    "0-5": mark("0-5 years"),
    "6-12": mark("6-12 years"),
    "13-17": mark("13-17 years"),
    "18+": mark("18 years and over"),
}
ANSWER = {
    Answer.YES: mark("Yes"),
    Answer.PARTLY: mark("Partly"),
    Answer.NO: mark("No"),
    Answer.UNKNOWN: mark("Don't know"),
}
FORM = {
    Form.COLLABORATION: mark("Collaboration"),
    Form.PARTNERSHIP: mark("Partnership"),
    Form.SPONSORSHIP: mark("Sponsorship or fund"),
    Form.PURCHASE: mark("Purchase"),
}
DECISION = {
    Decision.GO_ON: mark("Yes, we go ahead"),
    Decision.GO_ON_IF: mark("Yes, if …"),
    Decision.FIND_OUT: mark("We need to know more"),
    Decision.KINDLY_NO: mark("A friendly no"),
}
LIKENESS = {
    Reason.CVR: mark("the same CVR number"),
    Reason.WEBSITE: mark("the same website"),
    Reason.NAME: mark("the same name"),
    Reason.MAIL_DOMAIN: mark("the same mail domain"),
    Reason.SIMILAR_NAME: mark("a similar name"),
    Reason.PERSON: mark("the same contact person"),
}
# What an edit form calls each field, and what one colleague is told that another has changed.
FIELD = {
    "name": mark("Name"),
    "other_names": mark("Other names"),
    "kind": mark("What sort"),
    "website": mark("Website"),
    "cvr": mark("CVR number"),
    "area": mark("Area"),
    "branch": mark("Our branch or team"),
    "keywords": mark("Keywords"),
    "target_groups": mark("Target groups"),
    "age_groups": mark("Age groups"),
    "rooms": mark("Rooms"),
    "purposes": mark("What for"),
    "goals": mark("Goals"),
    "relation_type": mark("Relation"),
    "level": mark("Place in the circle"),
    "status": mark("Where it stands"),
    "start": mark("Since"),
    "agreement_link": mark("Link to the agreement"),
    "case_number": mark("Case number"),
    "next_step": mark("Next step"),
    "next_step_on": mark("Next step, date"),
    "note": mark("Note"),
    "picture_link": mark("Link to a picture or logo"),
    "channel": mark("Channel"),
    "people": mark("Contact persons"),
    "responsible": mark("Responsible"),
    "deputy": mark("Deputy"),
    "known_by": mark("Knows them"),
    "archived": mark("Archived"),
}

_NAMED: tuple[Mapping[Any, str], ...] = (KIND, RELATION_TYPE, LEVEL, STATUS, ROOM, PURPOSE)
_NAMES = ChainMap(*(dict(names) for names in _NAMED))


def place(partner: Partner) -> str:
    """Where a partner stands, in a word (a msgid); what has no place in the circle, what it is."""
    if partner.relation_type is not RelationType.PARTNER:
        return RELATION_TYPE[partner.relation_type]
    return LEVEL[partner.level] if partner.status is Status.ACTIVE else STATUS[partner.status]


def called(t: Translator, library: Workspace, value: Kind | Room) -> str:
    """A sort of partner, or a room, as the library itself calls it."""
    if isinstance(value, Kind):
        return library.kind_names.get(value) or t(KIND[value])
    return library.room_names.get(value) or t(ROOM[value])


def shown(t: Translator, value: object) -> str:
    """One value of a partner in words: a date, a name of the method, a list of them, or text."""
    if isinstance(value, tuple):
        return ", ".join(shown(t, item) for item in value)
    if isinstance(value, StrEnum):
        return t(_NAMES[value])
    if isinstance(value, date):
        return t.day(value)
    return str(value or "")
