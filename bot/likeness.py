"""Whether we may have somebody already, so that one organisation does not get two cards."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.identifiers import domain
from bot.partner import Partner
from bot.text import bare_name

# Under this share of equal letters, two names of the register's usual length are two names.
SIMILAR = 0.85
# Three letters have too many neighbours: "Bo" and "Jo" are not one.
_SHORTEST_SIMILAR = 4
# A mail domain that more partners than this share is a municipality's or a provider's.
_CROWD = 3


class Reason(StrEnum):
    """Why two partners may be one, the strongest first."""

    CVR = "cvr"
    WEBSITE = "website"
    NAME = "name"
    MAIL_DOMAIN = "mail_domain"
    SIMILAR_NAME = "similar_name"
    PERSON = "person"  # asked of pairs only: bot.duplicate


@dataclass(frozen=True)
class Likeness:
    """A partner that may be the same, the strongest reason, and how sure it makes us (0 to 1)."""

    partner: Partner
    reason: Reason
    score: float


@dataclass(frozen=True)
class _Traits:
    cvr: str
    sites: frozenset[str]
    names: frozenset[str]
    mail_domains: frozenset[str]


def likely_same(probe: Partner, others: Sequence[Partner]) -> list[Likeness]:
    """Those that may be the same organisation as `probe`, the likeliest first.

    Meant for the few that a search found; `probe` itself, by its id, is passed over.
    """
    mine = _traits(probe)
    known = [(other, _traits(other)) for other in others if not probe.id or other.id != probe.id]
    sharing = Counter(host for _, traits in known for host in traits.mail_domains)
    crowded = {host for host, times in sharing.items() if times > _CROWD}
    found = [like for other, theirs in known if (like := _likeness(mine, other, theirs, crowded))]
    return sorted(found, key=lambda like: (-like.score, like.partner.name, like.partner.id))


def _likeness(mine: _Traits, other: Partner, theirs: _Traits, crowded: set[str]) -> Likeness | None:
    if mine.cvr and mine.cvr == theirs.cvr:
        return Likeness(other, Reason.CVR, 1.0)
    if mine.sites & theirs.sites:
        return Likeness(other, Reason.WEBSITE, 0.95)
    if mine.names & theirs.names:
        return Likeness(other, Reason.NAME, 0.9)
    if (mine.mail_domains & theirs.mail_domains) - crowded:
        return Likeness(other, Reason.MAIL_DOMAIN, 0.8)
    alike = max(
        (similarity(one, another) for one in mine.names for another in theirs.names), default=0.0
    )
    if alike >= SIMILAR:
        return Likeness(other, Reason.SIMILAR_NAME, 0.8 * alike)
    return None


def _traits(partner: Partner) -> _Traits:
    names = (partner.name, *partner.other_names)
    return _Traits(
        cvr=partner.cvr,
        sites=_filled(domain(partner.website) or _page(partner.website)),
        names=_filled(*map(bare_name, names)),
        mail_domains=_filled(*(domain(person.email) for person in partner.people)),
    )


def _page(website: str) -> str:
    """A page at a host that is everybody's, such as facebook.com/springbraet."""
    return website.casefold().partition("://")[2].removeprefix("www.").rstrip("/")


def _filled(*texts: str) -> frozenset[str]:
    return frozenset(filter(None, texts))


def similarity(one: str, another: str) -> float:
    """The share of equal letters, whatever the order and the joining of the words (0 to 1)."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - loaded at the first new partner

    if min(len(one), len(another)) < _SHORTEST_SIMILAR:
        return 0.0
    joined = fuzz.ratio(one.replace(" ", ""), another.replace(" ", ""))
    return max(joined, fuzz.token_sort_ratio(one, another)) / 100
