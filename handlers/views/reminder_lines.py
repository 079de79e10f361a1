"""What the weekly message says of each thing, and what one can do about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from slackblocks import Block, Button, StaticSelectMenu

from bot.circle_course import Asked as AskedAbout
from bot.contact import Contact
from bot.evaluation_step import Agreed
from bot.partner import Partner
from bot.reminder import Thing, What
from bot.reminder_handover import Handover
from bot.reminder_later import Later
from bot.round import Round
from bot.tjek_step import Task
from bot.translation import Translator, mark
from bot.words import place
from handlers.views import circle_question, evaluation_step, tjek_step
from handlers.views.partner import SHOW
from handlers.views.parts import Person, button, cut, option, plain, rich, row
from handlers.views.reminder_why import Asked, why_hers
from handlers.views.round_waiting import in_the_week, undecided_in_the_week

YES = "reminder_yes"
DONE = "reminder_done"
LATER = "reminder_later"
ACCEPT = "reminder_accept"
DECLINE = "reminder_decline"

NAME = 200  # characters
TEXT = 300

_LATER = {
    Later.WEEK: mark("In a week"),
    Later.MONTH: mark("In a month"),
    Later.DATE: mark("Choose a day …"),
    Later.HAND_OVER: mark("Hand it over …"),
    Later.PAUSE: mark("Pause it"),
    Later.NOT_ME: mark("It is not me"),
}
# These two are about the relation, not about the one thing.
_OF_CARE = frozenset({Later.PAUSE, Later.NOT_ME})
_ABOUT_THE_RELATION = frozenset({What.CARE, What.AGREEMENT})
# These are hers whoever is away.
_ASKED_BY_NAME = frozenset({What.TASK, What.AGREED, What.ROUND, What.DECISION, What.HANDOVER})
# These were given to her, and only a partner can be handed over.
_CHOSEN = frozenset({What.TASK, What.AGREED})


@dataclass(frozen=True)
class Shown:
    """What the lines tell, by number."""

    user: str
    today: date
    name: str = ""  # how she is greeted
    partners: Mapping[int, Partner] = field(default_factory=dict)
    last: Mapping[int, Contact] = field(default_factory=dict)
    asked: Mapping[int, AskedAbout] = field(default_factory=dict)
    rounds: Mapping[int, tuple[Round, str]] = field(default_factory=dict)
    tasks: Mapping[int, tuple[Task | None, str]] = field(default_factory=dict)  # None once done
    agreed: Mapping[int, tuple[Agreed, str]] = field(default_factory=dict)  # not once done
    offers: Mapping[int, Handover] = field(default_factory=dict)
    agreements: Mapping[int, date] = field(default_factory=dict)
    asked_to: Mapping[int, str] = field(default_factory=dict)  # who is to take a partner
    away: Collection[str] = ()  # colleagues whose deputies are asked meanwhile
    left: Collection[str] = ()  # who are none any more
    monthly: bool = False  # how often she gets the message
    again: Mapping[str, date] = field(default_factory=dict)  # when things put off come back, by key


def lines(t: Translator, thing: Thing, shown: Shown) -> list[Block]:
    """One thing, with what one can do about it, and why it is hers while another is away."""
    return [*_lines(t, thing, shown), *_instead(t, thing, shown)]


def _lines(t: Translator, thing: Thing, shown: Shown) -> list[Block]:  # noqa: PLR0911 - one for each
    match thing.what:
        case What.QUESTION:
            asked = shown.asked[thing.subject_id]
            return [*circle_question.lines(t, asked, shown.today), _ways(t, thing)]
        case What.ROUND:
            return in_the_week(t, *shown.rounds[thing.subject_id], thing.key)
        case What.DECISION:
            return undecided_in_the_week(t, *shown.rounds[thing.subject_id], thing.key)
        case What.HANDOVER:
            return _offer(t, thing, shown)
        case What.STEP:
            return _step(t, thing, shown)
        case What.TASK | What.AGREED:
            return _chosen(t, thing, shown)
        case What.AGREEMENT:
            return _agreement(t, thing, shown)
        case What.CARE:
            return _care(t, thing, shown)


def ending(key: str) -> str:
    """What tells the buttons of one thing from those of the others."""
    return key.replace(".", "")


def is_of(block_id: str, key: str) -> bool:
    """Whether that block of a message is one of the thing's."""
    what, _, number = key.partition(".")
    if what == What.QUESTION and block_id.startswith(("circle.", "circle_answers.")):
        return block_id.endswith(f".{number}")
    return block_id in {
        *(f"{part}.{key}" for part in ("said", "line", "ways", "later", "last", "instead")),
        *(f"{part}.{number}" for part in ("to_do", "to_do_buttons") if what in _CHOSEN),
    }


def subject_of(thing: Thing, shown: Shown) -> str:
    """What a thing is about, in a word or two."""
    if thing.what in (What.ROUND, What.DECISION):
        return cut(shown.rounds[thing.subject_id][1], NAME)
    if thing.what is What.TASK:
        return cut(shown.tasks[thing.subject_id][1], NAME)
    if thing.what is What.QUESTION:
        return cut(shown.asked[thing.subject_id].partner.name, NAME)
    return cut(shown.partners[thing.partner_id or 0].name, NAME)


def _instead(t: Translator, thing: Thing, shown: Shown) -> list[Block]:
    partner = shown.partners.get(thing.partner_id or 0)
    if partner is None or thing.what in _ASKED_BY_NAME:
        return []
    return why_hers(t, thing.key, partner, Asked(shown.user, shown.away, shown.left))


def _care(t: Translator, thing: Thing, shown: Shown) -> list[Block]:
    partner = shown.partners[thing.subject_id]
    last = shown.last.get(partner.id)
    said = _last_noted(t, last, shown)
    asked = t("Have you talked since then?") if last else t("Have you talked?")
    return [
        rich(
            f"**{{name}}** · {{where}}\n{said} {asked}",
            block_id=f"line.{thing.key}",
            name=cut(partner.name, NAME),
            where=t(place(partner)),
            who=Person(last.noted_by) if last else "",
            day=t.ago(last.on, shown.today) if last else "",
            about=cut(last.about, TEXT) if last else "",
        ),
        _ways(t, thing, button(t("Yes, lately"), f"{YES}.{ending(thing.key)}", thing.key)),
    ]


def _last_noted(t: Translator, last: Contact | None, shown: Shown) -> str:
    if last is None:
        return t("No contact has been noted yet.")
    if last.noted_by == shown.user:
        return t("Last noted: you, {day}: {about}.") if last.about else t("Last noted: you, {day}.")
    return t("Last noted: {who}, {day}: {about}.") if last.about else t("Last noted: {who}, {day}.")


def _agreement(t: Translator, thing: Thing, shown: Shown) -> list[Block]:
    partner = shown.partners[thing.subject_id]
    ends = shown.agreements[partner.id]
    sentence = t("**{name}**\nThe agreement runs out {day}. Have you talked about it?")
    name, day = cut(partner.name, NAME), t.long_day(ends, shown.today)
    return [
        rich(sentence, block_id=f"line.{thing.key}", name=name, day=day),
        _ways(t, thing, button(t("Yes, lately"), f"{YES}.{ending(thing.key)}", thing.key)),
    ]


def _step(t: Translator, thing: Thing, shown: Shown) -> list[Block]:
    partner = shown.partners[thing.subject_id]
    done_button = button(t("It is done"), f"{DONE}.{partner.id}", f"{partner.id}:{partner.version}")
    sentence = t("**{name}:** {step} ({day})")
    on = partner.next_step_on or thing.due_on  # a stored message holds the day it was said
    if on < shown.today:
        sentence = t("**{name}:** {step} (planned for {day}). Is it done?")
    return [
        rich(
            sentence,
            block_id=f"line.{thing.key}",
            name=cut(partner.name, NAME),
            step=cut(partner.next_step, TEXT),
            day=t("today") if on == shown.today == thing.due_on else t.long_day(on, shown.today),
        ),
        _ways(t, thing, done_button),
    ]


def _chosen(t: Translator, thing: Thing, shown: Shown) -> list[Block]:
    task, subject = shown.tasks.get(thing.subject_id, (None, ""))
    agreed = shown.agreed.get(thing.subject_id)
    said = tjek_step.lines(t, [(task, subject)], shown.today) if task else []
    said += evaluation_step.lines(t, [agreed], shown.today) if agreed else []
    return [*said, _ways(t, thing)] if said else []


def _offer(t: Translator, thing: Thing, shown: Shown) -> list[Block]:
    offer = shown.offers[thing.subject_id]
    partner, last = shown.partners[offer.partner_id], shown.last.get(offer.partner_id)
    sentence = t("{who} asks whether you will be responsible for **{name}** ({where}).")
    if last:
        sentence = t(
            "{who} asks whether you will be responsible for **{name}** ({where}, last in {month})."
        )
    value = str(offer.id)
    return [
        rich(
            sentence,
            block_id=f"line.{thing.key}",
            who=Person(offer.by),
            name=cut(partner.name, NAME),
            where=t(place(partner)),
            month=t.month(last.on, shown.today) if last else "",
        ),
        row(
            f"ways.{thing.key}",
            button(t("Yes, I will"), f"{ACCEPT}.{value}", value),
            button(t("No thanks"), f"{DECLINE}.{value}", value),
            button(t("Show"), f"{SHOW}.week{value}", str(offer.partner_id)),
        ),
    ]


def _ways(t: Translator, thing: Thing, *way: Button) -> Block:
    return row(f"{'ways' if way else 'later'}.{thing.key}", *way, later(t, thing))


def later(t: Translator, thing: Thing) -> StaticSelectMenu:
    """The one menu of a line."""
    never = set() if thing.what in _ABOUT_THE_RELATION else set(_OF_CARE)
    if thing.what in _CHOSEN:
        never.add(Later.HAND_OVER)
    ways = [way for way in Later if way not in never]
    options = [option(t(_LATER[way]), f"{way}:{thing.key}") for way in ways]
    return StaticSelectMenu(f"{LATER}.{ending(thing.key)}", options, placeholder=plain(t("Later")))
