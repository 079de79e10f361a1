"""What a partner is recognised by, out of what stands on its card or in a row of a file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from bot.identifiers import domain
from bot.partner import Partner
from bot.text import bare_name, fold

# What more organisations share than this is a municipality's or a landlord's.
CROWD = 3


class Clue(StrEnum):
    """What two have in common, the strongest first."""

    NUMBER = "number"
    CVR = "cvr"
    PERSON = "person"
    WEBSITE = "website"
    MAIL_DOMAIN = "mail_domain"
    NAME = "name"
    SEVERAL = "several"  # partners of that name
    SIMILAR = "similar"


@dataclass(frozen=True)
class Traits:
    """What a partner is recognised by, each in one spelling."""

    id: int
    names: frozenset[str]  # as bot.text.bare_name makes them
    cvr: str = ""
    mails: frozenset[str] = frozenset()  # folded
    sites: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()  # of the mails

    @cached_property
    def marks(self) -> Mapping[Clue, tuple[str, ...]]:
        """All that is looked up of it by clue, each with its clue in front."""
        sought = {
            Clue.CVR: [self.cvr] if self.cvr else [],
            Clue.PERSON: self.mails,
            Clue.WEBSITE: self.sites,
            Clue.MAIL_DOMAIN: self.hosts | self.sites,
            Clue.NAME: self.names,
        }
        return {
            clue: tuple([f"{clue.value}:{value}" for value in sorted(values)])
            for clue, values in sought.items()
            if values
        }


def traits(
    number: int, names: Iterable[str], cvr: str, website: str, mails: Iterable[str]
) -> Traits:
    """The traits, out of what stands on a card or in a row."""
    addresses = {fold(mail) for mail in mails if mail}
    hosts = {_host(address.rpartition("@")[2]) for address in addresses}
    return Traits(
        number,
        frozenset(filter(None, map(_bare, names))),
        cvr,
        frozenset(addresses),
        frozenset({_site(website)} - {""}),
        frozenset(hosts - {""}),
    )


def traits_of(partner: Partner) -> Traits:
    """As traits()."""
    names = (partner.name, *partner.other_names)
    mails = (person.email for person in partner.people)
    return traits(partner.id, names, partner.cvr, partner.website, mails)


def crowded(rows: Iterable[Traits]) -> frozenset[str]:
    """The marks that rows of many names share, and that so tell nothing."""
    named = {
        (one, min(row.names))
        for row in rows
        if row.names
        for those in row.marks.values()
        for one in those
    }
    shared = Counter(one for one, _ in named)
    return frozenset(one for one, times in shared.items() if times > CROWD)


def _site(website: str) -> str:
    """The host, or the page at a host that is everybody's, such as facebook.com/springbraet."""
    return _host(website) or website.casefold().partition("://")[2].removeprefix("www.").rstrip("/")


_bare = lru_cache(maxsize=65_536)(bare_name)
_host = lru_cache(maxsize=4096)(domain)
