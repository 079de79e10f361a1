"""At the settings' door: what was filled in is tested before it is stored."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar
from zoneinfo import available_timezones

from bot import goal, guard
from bot.errors import UserError
from bot.partner import Kind
from bot.text import fold
from bot.translation import mark
from bot.workspace import ClosedDays, Member, WorkingHours, Workspace

T = TypeVar("T")

# A menu in Slack has room for 100 options of 75 characters.
ENTRIES = 100
ENTRY_LENGTH = 75
LINE_LENGTH = 300
# A kind or a room stands on a card beside its own value.
NAME_LENGTH = 40
# Longer than any archive rule for such addresses.
LONGEST_RETENTION_MONTHS = 120
# At least nine months apart, as bot/evaluation_due.py has it; after three years it is forgotten. An
# activity is remembered for a quarter, and a trial takes one.
WITHIN: Mapping[str, tuple[int, int]] = {
    "evaluate_months": (9, 36),
    "evaluate_after": (0, 60),
    "evaluate_before": (7, 60),
}
_ADDRESS = re.compile(r"https://[^\s/.?#]+(\.[^\s/.?#]+)+([/?#]\S*)?")
# Who is away longer hands her partners over.
_LONGEST_AWAY = timedelta(days=730)

# What a form calls each setting, and what one coordinator is told that another has changed.
LABEL: Mapping[str, str] = {
    "language": mark("The library's language"),
    "timezone": mark("Time zone"),
    "coordinators": mark("Coordinators"),
    "switched_on": mark("Switched on"),
    "digest_channel": mark("Channel for Friends of the house"),
    "partner_channel": mark("Channel for questions about partners"),
    "closed_days": mark("Closed days"),
    "weeks_off": mark("Weeks without a message from me"),
    "working_hours": mark("Working hours"),
    "evaluate_months": mark("Months from one evaluation of a partner to the next"),
    "evaluate_pulse": mark("Three questions half-way, for partnerships"),
    "evaluate_after": mark("Days after an activity has ended"),
    "evaluate_before": mark("Days before a trial is decided"),
    "keywords": mark("Keywords"),
    "branches": mark("Branches and teams"),
    "target_groups": mark("Target groups"),
    "age_groups": mark("Age groups"),
    "goals": mark("Goals"),
    "room_names": mark("Names of the rooms"),
    "kind_names": mark("Names of the sorts"),
    "kinds_off": mark("Sorts you do not use"),
    "library_name": mark("The library's name"),
    "controller": mark("Controller"),
    "purpose": mark("What the details are used for"),
    "legal_basis": mark("Legal basis"),
    "retention_months": mark("Months they are kept after the last contact"),
    "transfer": mark("Transfer outside the EU"),
    "dpo": mark("Data protection officer"),
    "privacy_contact": mark("Where one can object or ask"),
    "privacy_url": mark("Address of your privacy statement"),
    "accessibility_url": mark("Address of your accessibility statement"),
}


def checked(workspace: Workspace) -> Workspace:
    """The settings as they may be stored; raises the first of their faults."""
    tidy, wrong = _examined(workspace)
    if wrong:
        raise wrong[0]
    return tidy


def faults(workspace: Workspace) -> list[UserError]:
    """Everything that keeps the settings from being stored; `field` is the setting's name."""
    return _examined(workspace)[1]


def checked_member(member: Member, user: str, *, today: date) -> Member:
    """What a colleague chose for herself, as it may be stored; raises the first fault."""
    if member.away_until and not today < member.away_until <= today + _LONGEST_AWAY:
        raise UserError(
            "Choose a day from tomorrow and up to two years ahead: the day you are back.",
            field="away_until",
        )
    if member.deputy == user:
        raise UserError("You cannot step in for yourself. Choose a colleague.", field="deputy")
    return member


def _examined(workspace: Workspace) -> tuple[Workspace, list[UserError]]:
    values: dict[str, object] = {}
    wrong: list[UserError] = []
    for name, rule in _RULES.items():
        try:
            values[name] = rule(getattr(workspace, name), name)
        except UserError as fault:
            fault.field = name
            wrong.append(fault)
    return workspace.model_copy(update=values), wrong


def _zone(typed: str, field: str) -> str:
    sought = typed.strip().replace(" ", "_").casefold()
    for zone in available_timezones():
        if zone.casefold() == sought:
            return zone
    raise UserError(
        "“{value}” is not a time zone. Write it like Europe/Copenhagen.",
        field=field,
        value=guard.line(typed, field=field, limit=ENTRY_LENGTH),
    )


def _coordinators(users: Sequence[str], field: str) -> tuple[str, ...]:
    if not users:
        raise UserError(
            "There must be a coordinator. Choose the one who takes over before you take away the"
            " last.",
            field=field,
        )
    return _once(users, field)


def _once(values: Sequence[T], field: str) -> tuple[T, ...]:
    return _few(tuple(dict.fromkeys(values)), field)


def _few(values: tuple[T, ...], field: str) -> tuple[T, ...]:
    if len(values) > ENTRIES:
        raise UserError(
            "There are {number} of these, and room for {limit}. Take some away.",
            field=field,
            number=len(values),
            limit=ENTRIES,
        )
    return values


def _entries(texts: Sequence[str], field: str) -> tuple[str, ...]:
    """The texts in their order, without blanks and without one that differs in spelling only."""
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(fold(text), guard.line(text, field=field, limit=ENTRY_LENGTH))
    kept.pop("", None)
    return _few(tuple(kept.values()), field)


def _names(names: Mapping[Any, str], field: str) -> dict[Any, str]:
    """The names of our own; an empty one goes back to the standard name."""
    own = {key: guard.line(name, field=field, limit=NAME_LENGTH) for key, name in names.items()}
    own = {key: name for key, name in own.items() if fold(name)}
    if len({fold(name) for name in own.values()}) < len(own):
        raise UserError("Two have the same name. Give each its own.", field=field)
    return own


def _kinds_off(kinds: Sequence[Kind], field: str) -> tuple[Kind, ...]:
    if set(kinds) == set(Kind):
        raise UserError("Leave at least one sort to choose.", field=field)
    return _once(kinds, field)


def _closed(days: Sequence[ClosedDays], field: str) -> tuple[ClosedDays, ...]:
    return _once(sorted(days, key=lambda closed: (closed.first, closed.last)), field)


def _weeks(weeks: Sequence[int], field: str) -> tuple[int, ...]:
    if any(week not in range(1, 54) for week in weeks):
        raise UserError("A week has a number from 1 to 53.", field=field)
    return _once(sorted(weeks), field)


def _hours(hours: WorkingHours, field: str) -> WorkingHours:
    if hours.start >= hours.end:
        raise UserError("The working day must end after it begins.", field=field)
    return hours


def _months(months: int, field: str) -> int:
    if not 1 <= months <= LONGEST_RETENTION_MONTHS:
        raise UserError(
            "Write a number of months from 1 to {limit}.",
            field=field,
            limit=LONGEST_RETENTION_MONTHS,
        )
    return months


def _within(number: int, field: str) -> int:
    least, most = WITHIN[field]
    if not least <= number <= most:
        raise UserError(
            "Write a number from {least} to {most}.", field=field, least=least, most=most
        )
    return number


def _line(text: str, field: str, limit: int = LINE_LENGTH) -> str:
    return guard.line(text, field=field, limit=limit)


def _address(text: str, field: str) -> str:
    typed = _line(text, field)
    if typed and not _ADDRESS.fullmatch(typed):
        raise UserError(
            "Write the whole address, beginning with https://, as it stands in the browser.",
            field=field,
        )
    return typed


_RULES: Mapping[str, Callable[[Any, str], object]] = {
    "timezone": _zone,
    "coordinators": _coordinators,
    "closed_days": _closed,
    "weeks_off": _weeks,
    "working_hours": _hours,
    **dict.fromkeys(WITHIN, _within),
    "keywords": _entries,
    "branches": _entries,
    "target_groups": _entries,
    "age_groups": _entries,
    "goals": goal.tidy,
    "room_names": _names,
    "kind_names": _names,
    "kinds_off": _kinds_off,
    "library_name": partial(_line, limit=ENTRY_LENGTH),
    "controller": _line,
    "purpose": _line,
    "legal_basis": _line,
    "retention_months": _months,
    "transfer": _line,
    "dpo": _line,
    "privacy_contact": _line,
    "privacy_url": _address,
    "accessibility_url": _address,
}
