"""Whom we ask about a relation: always somebody, so that nothing is promised that nobody does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Tied(Protocol):
    """Who of us is tied to a partner; Slack user ids."""

    @property
    def responsible(self) -> str | None:
        """Whose it is."""

    @property
    def deputy(self) -> str | None:
        """Who steps in."""

    @property
    def known_by(self) -> tuple[str, ...]:
        """Who else knows them."""


@dataclass(frozen=True)
class Ties:
    """The ties of one partner by themselves."""

    responsible: str | None = None
    deputy: str | None = None
    known_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Absent:
    """Who has left Slack, and who is away, each with the deputy of her own choice, if any."""

    left: frozenset[str] = frozenset()
    away: Mapping[str, str | None] = field(default_factory=dict)


def everybody(tied: Tied, by: str = "") -> tuple[str, ...]:
    """All whom it may come to, each once; `by` took the step that is asked about."""
    every = (tied.responsible, tied.deputy, *tied.known_by, by)
    return tuple(dict.fromkeys(filter(None, every)))


def asked_of(tied: Tied, by: str, absent: Absent) -> tuple[str, ...]:
    """The responsible, and her deputy while she is away; else all who are tied to them.

    Where that is nobody who is still here, the one who took the step. Empty: it is left to the
    coordinators.
    """
    responsible = tied.responsible
    if responsible and responsible not in absent.left:
        deputy = tied.deputy or absent.away.get(responsible)
        both = (responsible, deputy if responsible in absent.away else None)
        return _here(both, absent)
    return _here((tied.deputy, *tied.known_by), absent) or _here((by,), absent)


def stands_for(user: str, away: Mapping[str, str | None]) -> tuple[str, ...]:
    """Herself, and those who are away and have named her as the one who steps in."""
    return (user, *(other for other, deputy in away.items() if deputy == user))


def sees(user: str, asked: Collection[str], *, coordinates: bool) -> bool:
    """Whether it waits for that colleague."""
    return user in asked or (coordinates and not asked)


def _here(users: Collection[str | None], absent: Absent) -> tuple[str, ...]:
    return tuple(dict.fromkeys(user for user in users if user and user not in absent.left))
