"""The lines of the digest. Of a person's own words none of them has any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from slackblocks import RichTextSection

from bot.circle import Move, Why
from bot.circle_words import WHY, moved
from bot.contact_who import name_in_channel
from bot.digest import Ahead, Coming, Contacts, Decided, Evaluated, Friend, Unclaimed
from bot.digest_look import Look, Looked
from bot.evaluation import Decision as Outcome
from bot.partner import Kind, Partner
from bot.tjek import Decision
from bot.translation import Translator, mark
from bot.words import KIND
from handlers.views.circle_way import capital
from handlers.views.parts import cut, line

NAME = 60  # characters of a partner's name: with three lines in four sections all stays short
PEOPLE = 3  # colleagues who are named in a line; the card has them all

# Why each is told: what colleagues ask those who have done this for years (own words; after Byg
# partnerskaber!, pages 8, 13, 20, 28 and 33).
ADVICE = (
    mark("Say what you hope to get out of it yourselves. Then they dare say what they hope for."),
    mark("Agree at the first meeting on how you will notice that it works."),
    mark("Ask a partner what has become easier, and what has become harder, since last year."),
    mark("A kind no in good time is better than a late yes that nobody has time for."),
    mark("Write to an old friend of the house today, only to say thank you."),
)

_DECIDED = {
    Decision.GO_ON: mark("A check of **{name}**: we go on."),
    Decision.GO_ON_IF: mark("A check of **{name}**: we go on if one thing falls into place."),
    Decision.FIND_OUT: mark("A check of **{name}**: there is more to find out first."),
}
_EVALUATED = {
    Outcome.GO_ON: mark("We have looked at how it is going with **{name}**, and go on as now."),
    Outcome.ADJUST: mark("We have looked at how it is going with **{name}**, and adjust a little."),
}
_AHEAD = {
    Ahead.STEP: mark("{day}: a next step with **{name}**"),
    Ahead.ROUND: mark("{day}: the last day to answer about **{name}**"),
    Ahead.TRIAL: mark("{day}: the trial with **{name}** ends, and it is to be decided"),
    Ahead.ACTIVITY: mark("{day}: the activity with **{name}** ends"),
}
_UNSAID = (Why.OTHER, Why.JUDGED, Why.ENDED)  # the code alone tells nobody anything


@dataclass(frozen=True)
class Known:
    """What the digest's numbers stand for as it is shown, and the day that it was made for."""

    t: Translator
    today: date
    partners: Mapping[int, Partner]
    names: Mapping[str, str]  # first names of colleagues who are still here
    kinds: Mapping[Kind, str]  # the library's own names

    def name(self, partner_id: int | None) -> str:
        """The partner's name; empty where it is gone, or may not stand in a channel."""
        partner = self.partners.get(partner_id or 0)
        return _short(name_in_channel(partner)) if partner else ""

    def people(self, users: Sequence[str]) -> str:
        """Colleagues by their first names; empty where nobody is here any more."""
        named = [self.names[user] for user in users if user in self.names]
        return self.t.list(named[:PEOPLE]) if named else ""

    def responsible(self, partner_id: int) -> str:
        """Who is responsible now, by first name."""
        partner = self.partners.get(partner_id)
        return self.names.get(partner.responsible or "", "") if partner else ""


def friend(known: Known, one: Friend) -> str:
    """Who is new, and who knows them."""
    t, partner = known.t, known.partners[one.partner_id]
    name = known.name(one.partner_id)
    if partner.kind:
        kind = known.kinds.get(partner.kind, t(KIND[partner.kind]))
        name = t("{name} – {kind}", name=name, kind=kind)
    people = known.people(ours(partner) or one.known_by)
    if not people:
        return name
    sentence = t("{friend}. Known by {people}", friend=name, people=people)
    return f"{sentence} ({cut(partner.branch, NAME)})" if partner.branch else sentence


def ours(partner: Partner) -> tuple[str, ...]:
    """All of us who are tied to the partner, the responsible first."""
    tied = (partner.responsible, *partner.known_by, partner.deputy)
    return tuple(dict.fromkeys(user for user in tied if user))


def unclaimed(known: Known, one: Unclaimed) -> str:
    """Who has nobody, and for how long; once somebody has taken it, who."""
    t, name = known.t, known.name(one.partner_id)
    taken = known.responsible(one.partner_id)
    if taken:
        return t("{name} – {who} has taken it", name=name, who=taken)
    if not one.talked:
        return t("{name} – no contact noted yet, nobody responsible", name=name)
    if not one.quiet:
        return t("{name} – nobody responsible", name=name)
    day = _full_day(known, one.since)
    return t("{name} – quiet since {day}, nobody responsible", name=name, day=day)


def since(known: Known, one: Contacts | Move | Decided | Evaluated) -> RichTextSection | None:
    """What has happened; None where it cannot be said any more."""
    name = known.name(one.partner_id)
    if not name:
        return None
    match one:
        case Contacts():
            return _contacts(known, one, name)
        case Move():
            return _moved(known.t, one, name)
        case Decided():
            return line(known.t(_DECIDED[one.decision]), name=name)
        case Evaluated():
            return line(known.t(_EVALUATED[one.comes_of]), name=name)


def coming(known: Known, one: Coming) -> RichTextSection | None:
    """What lies ahead, and who sees to it; None as above."""
    name, t = known.name(one.partner_id), known.t
    if not name:
        return None
    who = known.people(one.who)
    day = capital(t("today") if one.on == known.today else t.long_day(one.on, known.today))
    return line(t(_AHEAD[one.what]) + (" ({who})" if who else ""), day=day, name=name, who=who)


def look(known: Known, one: Look) -> tuple[str, RichTextSection] | None:
    """What it is called, and the look itself."""
    t = known.t
    if one.what is Looked.ADVICE:
        return t("**A look: a piece of advice**"), line(t(ADVICE[one.number % len(ADVICE)]))
    name, partner = known.name(one.number), known.partners.get(one.number)
    if not (name and partner):
        return None
    if one.what is Looked.JUBILEE:
        years = t.n(
            "A year ago this week it began with **{name}**. Thank you to everybody who was there.",
            "{number} years ago this week it began with **{name}**."
            " Thank you to everybody who was there.",
            one.years,
            name="{name}",
        )
        return t("**A look: a jubilee**"), line(years, name=name)
    people = known.people(ours(partner))
    sentence = t("**{name}**. Ask {people} what we do together.")
    if not people:
        sentence = t("**{name}**. Who of you knows what we do together?")
    return t("**A look: a partner of ours**"), line(sentence, name=name, people=people)


def _short(name: str) -> str:
    """Cut between two words: half of one tells nothing."""
    if len(name) <= NAME:
        return name
    whole, _, _ = name[:NAME].rpartition(" ")
    return f"{whole or name[: NAME - 1]}…"


def _contacts(known: Known, one: Contacts, name: str) -> RichTextSection:
    t = known.t
    when, who = t.ago(one.on, known.today), known.names.get(one.by, "")
    if one.number == 1:
        alone = t("One contact: {who} and **{name}** {when}")
        if not who:
            alone = t("One contact: **{name}** {when}")
        return line(alone, who=who, name=name, when=when)
    contacts = t.n("{number} contact", "{number} contacts", one.number)
    partners = t.n("{number} friend", "{number} friends", one.partners)
    sentence = t("{contacts} with {partners}, last {who} and **{name}** {when}")
    if not who:
        sentence = t("{contacts} with {partners}, last with **{name}** {when}")
    return line(sentence, contacts=contacts, partners=partners, who=who, name=name, when=when)


def _moved(t: Translator, one: Move, name: str) -> RichTextSection:
    way = t(moved(one))
    if one.ends:
        return line("**{name}**: {way}", name=name, way=way)
    if one.why in _UNSAID:
        return line(t("**{name}** went {way}"), name=name, way=way)
    return line(t("**{name}** went {way}: {why}"), name=name, way=way, why=t(WHY[one.why]))


def _full_day(known: Known, day: date) -> str:
    """With the year where it is another one, or so long ago that one might take it for this."""
    return known.t.day(day, known.today if known.today - day < timedelta(days=300) else date.max)
