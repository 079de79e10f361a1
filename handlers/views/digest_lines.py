"""The lines of the digest. Of a person's own words none of them has any."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from slackblocks import RichTextSection

from bot.circle import Level, Move, Why
from bot.circle_gate import Criterion
from bot.circle_words import WHY, moved
from bot.digest import Ahead, Coming, Contacts, Decided, Evaluated, Friend
from bot.digest_unclaimed import Unclaimed
from bot.evaluation import Decision as Outcome
from bot.partner import Partner, Purpose, name_in_channel
from bot.text import capital
from bot.tjek import Decision
from bot.translation import Translator, mark
from bot.words import called
from bot.workspace import Workspace
from handlers.views.parts import cut, line

TOPICS = 2  # what it is about; the card has them all


@dataclass(frozen=True)
class Room:
    """How much of names there is room for in a line."""

    name: int  # characters of a partner's name
    called: int  # characters of a colleague's first name, and of her branch
    people: int  # colleagues who are named; the card has them all


# What fits as a rule, and what is tried where names are so long that the whole does not.
ROOMS = (Room(60, 30, 3), Room(40, 20, 2), Room(24, 12, 1))

# What we want together, behind the partner's name and a dash.
_WANTED = {
    Purpose.EXPERIMENT: mark("we want to try something out together"),
    Purpose.LOCAL_RELATIONS: mark("we want good relations locally"),
    Purpose.NEW_USERS: mark("we want to reach new users"),
    Purpose.USERS_IN_NEW_WAYS: mark("we want to reach our users in new ways"),
    Purpose.STRATEGIC_RELATIONS: mark("we want political or strategic relations"),
    Purpose.RESOURCES_IN_NEW_WAYS: mark("we want to use the resources in new ways"),
    Purpose.KNOW_TARGET_GROUPS: mark("we want to know more about a target group"),
    Purpose.NEW_COMPETENCES: mark("we want new competences for the house"),
    Purpose.NEW_SERVICES: mark("we want to offer something new"),
}
_DECIDED = {
    Decision.GO_ON: mark("A check of **{name}**: we go on."),
    Decision.GO_ON_IF: mark("A check of **{name}**: we go on if one thing falls into place."),
    Decision.FIND_OUT: mark("A check of **{name}**: there is more to find out first."),
}
_EVALUATED = {
    Outcome.GO_ON: mark("We have looked at how it is going with **{name}**, and go on as now."),
    Outcome.ADJUST: mark("We have looked at how it is going with **{name}**, and adjust a little."),
}
_WEEK_DAYS = 7
_A_YEAR = timedelta(days=300)  # nearly: of a day so long ago one might think that it is this one's
_AHEAD = {
    Ahead.STEP: mark("{day}: a next step with **{name}**"),
    Ahead.ROUND: mark("{day}: the last day to answer about **{name}**"),
    Ahead.TRIAL: mark("{day}: the trial with **{name}** ends, and it is to be decided"),
    Ahead.ACTIVITY: mark("{day}: the activity with **{name}** ends"),
}
_UNSAID = (Why.OTHER, Why.JUDGED, Why.ENDED)  # the code alone tells nobody anything
# What is over was worth doing.
_THANKED = {
    Why.ACTIVITY_OVER: mark("**{name}** went {way}: The activity is over. Thank you for it."),
    Why.REACHED: mark("**{name}** went {way}: We did what we wanted to. Thank you for it."),
}


@dataclass(frozen=True)
class Known:
    """What the digest's numbers stand for as it is shown, and the day that it was made for."""

    t: Translator
    today: date
    partners: Mapping[int, Partner]
    names: Mapping[str, str]  # first names of colleagues who are still here
    library: Workspace  # for its own names
    met: Mapping[int, int] = field(default_factory=dict)  # of a partner moved: criteria, of six
    room: Room = ROOMS[0]
    topics: Collection[str] = ()  # keywords that may stand in a channel

    def name(self, partner_id: int | None) -> str:
        """The partner's name; empty where it is gone, or may not stand in a channel."""
        partner = self.partners.get(partner_id or 0)
        return _short(name_in_channel(partner), self.room.name) if partner else ""

    def people(self, users: Sequence[str]) -> str:
        """Colleagues by their first names; empty where nobody is here any more."""
        named = [self.person(user) for user in users if user in self.names]
        return self.t.list(named[: self.room.people]) if named else ""

    def person(self, user: str | None) -> str:
        """A colleague by her first name; empty where she is not here any more."""
        return cut(self.names.get(user or "", ""), self.room.called)

    def responsible(self, partner_id: int) -> str:
        """Who is responsible now, by first name."""
        partner = self.partners.get(partner_id)
        return self.person(partner.responsible) if partner else ""


def friend(known: Known, one: Friend) -> str:
    """Who is new, what it is about or what we want together, and who knows them."""
    t, partner = known.t, known.partners[one.partner_id]
    name = known.name(one.partner_id)
    if what := _together(known, partner):
        name = t("{name} – {what}", name=name, what=what)
    people = known.people(ours(partner) or one.known_by)
    if not people:
        return name
    return t("{friend}. Known by {people}", friend=name, people=people)


def _together(known: Known, partner: Partner) -> str:
    """Keywords that others have, too, or a purpose, or the sort. No words of a colleague's own."""
    topics = [cut(word, known.room.called) for word in partner.keywords if word in known.topics]
    if topics:
        return known.t.list(topics[:TOPICS])
    if partner.purposes:
        return known.t(_WANTED[partner.purposes[0]])
    return called(known.t, known.library, partner.kind) if partner.kind else ""


def ours(partner: Partner) -> tuple[str, ...]:
    """All of us who are tied to the partner, the responsible first."""
    tied = (partner.responsible, *partner.known_by, partner.deputy)
    return tuple(dict.fromkeys(user for user in tied if user))


def unclaimed(known: Known, one: Unclaimed) -> str:
    """Who has nobody, for how long, and whom to ask; once somebody has taken it, who."""
    t, name = known.t, known.name(one.partner_id)
    taken = known.responsible(one.partner_id)
    if taken:
        return t("{name} – {who} has taken it", name=name, who=taken)
    if not one.talked:
        return t("{name} – no contact noted yet, nobody responsible", name=name)
    if not one.quiet:
        return t("{name} – nobody responsible", name=name)
    day = t.full_day(one.since, known.today if known.today - one.since < _A_YEAR else date.max)
    if last := known.person(one.last_by):
        return t("{name} – quiet since {day}, last {who}", name=name, day=day, who=last)
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
            return _moved(known, one, name)
        case Decided():
            return line(known.t(_DECIDED[one.decision]), name=name)
        case Evaluated():
            return line(known.t(_EVALUATED[one.comes_of]), name=name)


def coming(known: Known, one: Coming) -> RichTextSection | None:
    """What lies ahead, and who sees to it; None as above."""
    name, t = known.name(one.partner_id), known.t
    if not name:
        return None
    who, day, said = known.people(one.who), _day(known, one.on), t(_AHEAD[one.what])
    if one.at:
        day = t("{day} at {hour}", day=day, hour=t.hour(one.at))
    if one.answered:  # nobody is told off for what has only just begun
        said = " – ".join((said, t("{answered} of {asked} have answered")))
    if who:
        said = f"{said} ({{who}})"
    values = {"answered": one.answered, "asked": one.asked, "who": who}
    return line(said, day=day, name=name, **values)


def _day(known: Known, on: date) -> str:
    """As one says it: today, Thursday, and a week from now with its date."""
    days = (on - known.today).days
    if not days:
        return capital(known.t("today"))
    within = 0 < days < _WEEK_DAYS
    return capital(known.t.weekday(on) if within else known.t.long_day(on, known.today))


def _short(name: str, limit: int) -> str:
    """Cut between two words: half of one tells nothing."""
    if len(name) <= limit:
        return name
    whole, _, _ = name[:limit].rpartition(" ")
    return f"{whole or name[: limit - 1]}…"


def _contacts(known: Known, one: Contacts, name: str) -> RichTextSection:
    t = known.t
    when, who = t.ago(one.on, known.today), known.person(one.by)
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


def _moved(known: Known, one: Move, name: str) -> RichTextSection:
    t = known.t
    way, met = t(moved(one)), known.met.get(one.partner_id, 0)
    if one.ends:
        return line("**{name}**: {way}", name=name, way=way)
    if one.to_level is Level.PARTNERSHIP and met:
        criteria = t.n(
            "One of {all} criteria is in place",
            "{number} of {all} criteria are in place",
            met,
            number=t.count(met, first=True),
            all=t.count(len(Criterion)),
        )
        return line(" ".join((t("**{name}** went {way}."), criteria)), name=name, way=way)
    if one.why in _THANKED:
        return line(t(_THANKED[one.why]), name=name, way=way)
    if one.why in _UNSAID:
        return line(t("**{name}** went {way}"), name=name, way=way)
    return line(t("**{name}** went {way}: {why}"), name=name, way=way, why=t(WHY[one.why]))
