"""Two partners made one: what somebody chooses, what is united, and how it is taken apart again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.circle import RINGS
from bot.circle_trial import may_be_tried
from bot.duplicate_people import united_people
from bot.edits import edited
from bot.errors import UserError
from bot.guard import NOTE_LENGTH
from bot.partner import Partner
from bot.text import fold

# As long as a merger can be undone. A mistake is found when somebody next needs the card; after a
# month so much has happened on it that it is easier to put right by hand.
UNDO = timedelta(days=30)

# What a card holds one of, in the order of the form; the step carries its day with it.
SINGLE = (
    "name",
    "kind",
    "relation_type",
    "level",
    "status",
    "responsible",
    "deputy",
    "website",
    "cvr",
    "area",
    "branch",
    "start",
    "next_step",
    "note",
    "agreement_link",
    "case_number",
    "picture_link",
)
SEVERAL = ("keywords", "target_groups", "age_groups", "rooms", "purposes", "goals")


class Side(StrEnum):
    """Whose value is taken."""

    KEPT = "kept"
    GONE = "gone"
    BOTH = "both"  # of the note


Picks = Mapping[str, Side]


@dataclass(frozen=True)
class United:
    """The partner that two become.

    `same` has the persons who were on both cards: by the number that goes the one that stays.
    """

    partner: Partner
    same: Mapping[int, int]


@dataclass(frozen=True)
class Before:
    """The two as they were, and what they became."""

    kept: Partner
    gone: Partner
    merged: Partner
    same: Mapping[int, int]


@dataclass(frozen=True)
class Merged:
    """That a partner was made one with another, and can be taken apart."""

    id: int
    gone_name: str
    by: str  # a Slack user id
    at: datetime


def name_that_went(kept: str, gone: str, merged: str) -> str:
    """The name by which the other card is spoken of, where the one that stays took its name."""
    return kept if gone == merged else gone


def older_first(one: Partner, other: Partner) -> tuple[Partner, Partner]:
    """The one that stays and the one that goes: more leads to what is older."""

    def age(partner: Partner) -> tuple[str, int]:
        return (partner.created_at.isoformat() if partner.created_at else ""), partner.id

    kept, gone = sorted((one, other), key=age)
    return kept, gone


def differing(kept: Partner, gone: Partner) -> list[str]:
    """The fields to choose in: both have something there, and not the same."""
    return [name for name in SINGLE if _differs(kept, gone, name)]


def sides(kept: Partner, gone: Partner, name: str) -> tuple[Side, ...]:
    """What can be chosen in that field, the usual first.

    A card that somebody added by mistake is in the network, so the ring further in is the usual.
    """
    if name == "note" and len(_both_notes(kept, gone)) <= NOTE_LENGTH:
        return Side.BOTH, Side.KEPT, Side.GONE
    if name == "level" and RINGS.index(gone.level) < RINGS.index(kept.level):
        return Side.GONE, Side.KEPT
    return Side.KEPT, Side.GONE


def united(kept: Partner, gone: Partner, picks: Picks) -> United:
    """The two made one. In a field that nobody chose in, the usual side's stands."""
    values: dict[str, Any] = {}
    for name in SINGLE:
        values |= _chosen(kept, gone, name, picks)
    for name in SEVERAL:
        values[name] = tuple(dict.fromkeys((*getattr(kept, name), *getattr(gone, name))))
    values["channel"] = kept.channel or gone.channel  # a place to talk in, and no fact about them
    values["other_names"] = _other_names(kept, gone, values["name"])
    if values["deputy"] == values["responsible"]:
        values["deputy"] = None
    people, same = united_people(kept, gone)
    merged = replace(kept, **values, people=people, archived=kept.archived and gone.archived)
    return United(replace(merged, known_by=_known_by(kept, gone, merged)), same)


def check_trials(merged: Partner, running: int) -> None:
    """Raise the UserError that says what to decide before, where `running` trials do not fit."""
    if running > 1:
        raise UserError("Both are on trial. Decide one of the trials first, then make them one.")
    if running and not may_be_tried(merged):
        raise UserError(
            "One of them is on trial, and that is for a collaboration. Choose that as their place"
            " in the circle, or decide the trial first.",
            field="level",
        )


def check_undo(at: datetime, now: datetime) -> None:
    """Raise the UserError that says why a merger stands, if it is too late to undo it."""
    if now - at > UNDO:
        raise UserError("It is more than thirty days ago, so it cannot be undone any more.")


def parted(before: Before, now: Partner) -> tuple[Partner, Partner]:
    """The two as they were; what was changed since stays with the one that was kept.

    What was corrected on a person follows her. Whoever has left the card since does not come back.
    """
    on_card = {person.id: person for person in now.people}
    theirs = [
        person if person.id in before.same else on_card[person.id]
        for person in before.gone.people
        if before.same.get(person.id, person.id) in on_card
    ]
    went = {person.id for person in before.gone.people}
    changed = edited(_without(before.merged, went), _without(now, went), before.kept).merged
    kept = replace(changed, id=now.id, version=now.version)
    return kept, replace(before.gone, people=tuple(theirs))


def _without(partner: Partner, ids: set[int]) -> Partner:
    return replace(partner, people=tuple(one for one in partner.people if one.id not in ids))


def _filled(partner: Partner, name: str) -> bool:
    value = getattr(partner, name)
    return bool(fold(value)) if isinstance(value, str) else value is not None


def _differs(kept: Partner, gone: Partner, name: str) -> bool:
    if _value(kept, name) == _value(gone, name):
        return False
    return _filled(kept, name) and _filled(gone, name)


def _value(partner: Partner, name: str) -> object:
    value = getattr(partner, name)
    return (value, partner.next_step_on) if name == "next_step" else value


def _chosen(kept: Partner, gone: Partner, name: str, picks: Picks) -> dict[str, Any]:
    side = Side.KEPT if _filled(kept, name) else Side.GONE
    if _differs(kept, gone, name):
        usual = sides(kept, gone, name)
        side = picks.get(name, usual[0])
        if side not in usual:
            side = usual[0]
    if side is Side.BOTH:
        return {name: _both_notes(kept, gone)}
    whose = kept if side is Side.KEPT else gone
    names: Sequence[str] = (name, "next_step_on") if name == "next_step" else (name,)
    return {one: getattr(whose, one) for one in names}


def _both_notes(kept: Partner, gone: Partner) -> str:
    return f"{kept.note}\n\n{gone.note}"


def _other_names(kept: Partner, gone: Partner, name: str) -> tuple[str, ...]:
    """Whatever either was called is found by the search."""
    said = {fold(name)}
    names = []
    for other in (kept.name, gone.name, *kept.other_names, *gone.other_names):
        if fold(other) not in said:
            said.add(fold(other))
            names.append(other)
    return tuple(names)


def _known_by(kept: Partner, gone: Partner, merged: Partner) -> tuple[str, ...]:
    """Whoever knew either; one who was responsible and is no longer knows them still."""
    led = (kept.responsible, kept.deputy, gone.responsible, gone.deputy)
    lead = (merged.responsible, merged.deputy)
    former = (user for user in led if user and user not in lead)
    return tuple(dict.fromkeys((*kept.known_by, *gone.known_by, *former)))
