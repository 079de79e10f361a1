"""A partner's card: where we stand, who here knows them, what is known of them, what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from slackblocks import (
    Block,
    ConfirmationDialogue,
    ModalView,
    OverflowMenu,
)

from bot.circle_course import Course
from bot.contact import Contact
from bot.duplicate_merge import Merged
from bot.partner import Partner, Status
from bot.privacy import Standing
from bot.tjek import Check
from bot.translation import Translator, mark
from bot.words import STATUS, called
from bot.workspace import Workspace
from handlers.views import (
    circle,
    contact,
    duplicate_card,
    evaluation_card,
    history,
    reminder_cadence,
    tjek,
)
from handlers.views.evaluation_open import on_card
from handlers.views.partner_facts import facts, next_step
from handlers.views.partner_people import people
from handlers.views.parts import (
    People,
    Person,
    Reply,
    button,
    confirm,
    heading,
    notice,
    option,
    plain,
    rich,
    row,
    small,
)

KNOW = "partner_know"
UNKNOW = "partner_unknow"
TAKE = "partner_take"
TALKED = "partner_talked"
SHOW = "partner_show"
MORE = "partner_more"
STEP_DONE = "partner_step_done"
ADD = "partner_begin_adding"
SOUGHT = 2000  # characters of what was sought that its button hands on: as many as Slack takes

CHECKS_SHOWN = 3

EDITS = {
    "about": mark("Edit: who they are"),
    "work": mark("Edit: what we do together"),
    "ours": mark("Edit: who here knows them"),
    "people": mark("Their contact persons"),
    "archive": mark("Archive"),
}
RESTORE = mark("Take out of the archive")


@dataclass(frozen=True)
class Past:
    """What happened with a partner: the last contacts, the newest first, and the checks."""

    contacts: Sequence[Contact] = ()
    checks: Sequence[Check] = ()
    standings: Mapping[int, Standing] = field(default_factory=dict)  # by their persons' ids
    course: Course = field(default_factory=Course)
    merged: Merged | None = None  # with another partner, and can be taken apart
    own: reminder_cadence.Own | None = None  # how often is asked, where it is chosen for this one
    evaluated: evaluation_card.Evaluated = field(default_factory=evaluation_card.Evaluated)
    left: str | None = None  # whose it was, where that is no colleague any more


def card(
    t: Translator, library: Workspace, partner: Partner, past: Past, user: str, today: date
) -> Reply:
    """Everything worth knowing before one writes to them, and what one can do."""
    blocks: list[Block] = [heading(partner.name, "card_name"), _standing(t, library, partner)]
    if past.merged:
        blocks += duplicate_card.lines(t, past.merged, today)
    blocks += circle.lines(t, partner, past.course, today)
    blocks += [_ours(t, partner, past.left)]
    blocks += contact.lines(t, past.contacts, today)
    if past.own:
        whose = partner.responsible not in (None, past.left)
        blocks += reminder_cadence.own_line(t, past.own, today, responsible=whose)
    blocks += evaluation_card.lines(t, past.evaluated, today)
    if partner.next_step:
        blocks.append(next_step(t, partner, today))
    if partner.people:
        blocks.append(rich(t("**Contact persons**"), block_id="card_people_title"))
        blocks += people(t, partner.people, past.standings)
    if known := facts(t, library, partner):
        blocks.append(known)
    if partner.note:
        blocks.append(rich(t("**Note:** {note}"), block_id="card_note", note=partner.note))
    blocks += [tjek.line_of(t, check, n) for n, check in enumerate(past.checks[:CHECKS_SHOWN])]
    if not partner.archived:
        blocks.append(_contact_buttons(t, partner, past))
    blocks += circle.buttons(t, partner, past.course) or relation_buttons(t, partner)
    blocks += on_card(t, library, partner, user)
    blocks.append(_buttons(t, partner, user, past.left))
    return Reply(notice(t(circle.standing(partner)), name=partner.name), blocks)


def card_view(t: Translator, reply: Reply, said: str = "") -> ModalView:
    """The card in a modal, below a word on what just happened."""
    first = [small(said, "card_said")] if said else []
    return ModalView(
        plain(t("Partner")), [*first, *reply.blocks], close=plain(t("Close")), callback_id="card"
    )


def relation_buttons(t: Translator, partner: Partner) -> list[Block]:
    """The way to a place in the circle for who has none."""
    if partner.archived:
        return []
    words = t("Change what they are to us")
    return [row("card_relation", button(words, f"{MORE}.relation", f"about:{partner.id}"))]


def _standing(t: Translator, library: Workspace, partner: Partner) -> Block:
    sentence = t(circle.standing(partner))
    kind = partner.kind
    details = [called(t, library, kind)] if kind else []
    details += [partner.area] if partner.area else []
    if partner.status is Status.RESTING:  # what else there is, is the sentence itself
        details.append(t(STATUS[partner.status]))
    if partner.archived:
        details.append(t("archived"))
    return rich(
        sentence + ("\n{details}" if details else ""),
        block_id="card_standing",
        name=partner.name,
        details=" · ".join(details),
    )


def _ours(t: Translator, partner: Partner, left: str | None) -> Block:
    lines = []
    if partner.responsible:
        gone = t("**Responsible:** nobody. {responsible} is not here any more.")
        lines.append(gone if left else t("**Responsible:** {responsible}"))
    if partner.deputy:
        lines.append(t("**Deputy:** {deputy}"))
    if partner.known_by:
        lines.append(t("**Known by:** {known_by}"))
    if not lines:
        lines.append(t("Nobody has put themselves down as knowing them."))
    return rich(
        "\n".join(lines),
        block_id="card_ours",
        responsible=Person(partner.responsible or ""),
        deputy=Person(partner.deputy or ""),
        known_by=People(partner.known_by),
    )


def _taking_over(t: Translator) -> ConfirmationDialogue:
    return confirm(
        t("Take over?"),
        t("A colleague is responsible today. Agree with them first; they stay on the card."),
        t("Take over"),
        t("Cancel"),
    )


def _contact_buttons(t: Translator, partner: Partner, past: Past) -> Block:
    number = str(partner.id)
    talked = button(t("We have talked"), TALKED, number)
    note = button(t("Note a contact"), contact.BEGIN, number)
    seen = [button(t("See the contacts"), contact.LIST, number)] if past.contacts else []
    own = reminder_cadence.own_button(t, partner)
    return row("card_contact_buttons", talked, note, *seen, own)


def _buttons(t: Translator, partner: Partner, user: str, left: str | None) -> Block:
    number = str(partner.id)
    buttons = []
    if user in partner.known_by:
        buttons.append(button(t("I don't know them"), UNKNOW, number))
    elif user not in (partner.responsible, partner.deputy) and not partner.archived:
        buttons.append(button(t("I know them"), KNOW, number, primary=True))
    if user != partner.responsible and not partner.archived:
        sure = _taking_over(t) if partner.responsible not in (None, left) else None
        buttons.append(button(t("I am responsible"), TAKE, number, confirm=sure))
    edits = {**EDITS, "archive": RESTORE} if partner.archived else EDITS
    choices = [option(t(words), f"{what}:{number}") for what, words in edits.items()]
    buttons += (tjek.begin_button(t, partner.id), history.card_button(t, partner.id))
    return row("card_buttons", *buttons, OverflowMenu(MORE, choices))
