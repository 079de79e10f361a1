"""The register at the desk: search, the card, adding, and who here knows them."""

from dataclasses import dataclass, replace
from functools import partial

from slackblocks import Option

from bot.errors import UserError
from bot.guard import without_cpr
from bot.intake import checked, checked_person
from bot.likeness import Likeness, likely_same
from bot.partner import ContactPerson, Partner, Tie
from bot.privacy import people_of
from bot.signature import name_or_pasted, read_signature
from bot.text import fold
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import contact, partner_edit, privacy_people
from handlers.desk import Desk
from handlers.partner_card import card, left
from handlers.partner_channel import check_channel
from handlers.turn import Next, Turn
from handlers.views import partner as views
from handlers.views import partner_add as form
from handlers.views import partner_found as found
from handlers.views import partner_pick
from handlers.views.partner_added import added, lookalikes
from handlers.views.parts import Reply
from handlers.views.privacy_erasure import question
from storage import partner as register_of
from storage import partner_lookalikes, partner_search
from storage.database import Connection

FOUND = 8  # shown of a search; one more word says more than another page
NOTHING_READ = mark(
    "I found no name, mail or phone in it. Write for example: Anne Holm, anne@springbraet.dk."
)


@dataclass(frozen=True)
class Doubts:
    """Why a new partner is not stored yet: those it may be, and persons who were forgotten."""

    same: list[Likeness]
    back: list[ContactPerson]


def register(desk: Desk) -> None:
    """Sign up."""
    desk.shortcut(form.SHORTCUT, begin_adding, Action.ADD_PARTNER)
    desk.action(views.ADD, begin_adding, Action.ADD_PARTNER)
    desk.action(form.EVERYTHING, show_everything, Action.ADD_PARTNER)
    desk.submit(form.SUBMIT, add, Action.ADD_PARTNER)
    desk.action(views.SHOW, show, Action.SEE_PARTNER)
    desk.action(views.KNOW, know, Action.KNOW_PARTNER)
    desk.action(views.UNKNOW, unknow, Action.KNOW_PARTNER)
    desk.action(views.TAKE, take, Action.TAKE_PARTNER)
    desk.action(views.TALKED, talked, Action.NOTE_CONTACT)
    desk.options(partner_pick.PICK, suggest, Action.SEE_PARTNER)
    partner_edit.register(desk)


async def find(turn: Turn, nearest: str | None) -> None:
    """`/partner <words>`: the card, the few that fit, or the nearest command word."""
    without_cpr(turn.words, field="words")
    hits = await turn.read(partner_search.search, turn.words, limit=FOUND + 1)
    exact = [hit for hit in hits if hit.exact]
    if len(hits) == 1 or len(exact) == 1:
        await turn.reply(await card(turn, (exact or hits)[0].id))
    elif hits:
        await turn.reply(found.several(turn.t, turn.words, hits[:FOUND], more=len(hits) > FOUND))
    else:
        await turn.reply(found.nothing(turn.t, turn.words, nearest))


async def show(turn: Turn) -> None:
    """A partner chosen from a list."""
    reply = await card(turn, int(turn.value))
    if turn.in_modal:
        await turn.open(views.card_view(turn.t, reply))
    else:
        await turn.reply(reply)


async def begin_adding(turn: Turn) -> None:
    """`/partner ny`, the shortcut, and the button under a search that found nobody."""
    typed = turn.words or (turn.value if "actions" in turn.body else "")
    name, pasted = name_or_pasted(typed)
    await turn.open(form.add_view(turn.t, await turn.library(), Partner(name), pasted))


async def show_everything(turn: Turn) -> None:
    """Fill in more: the same form with the other fields, nothing typed is lost."""
    partner, contact, source = form.read_add(turn.typed)
    sure = form.SURE in turn.note
    library = await turn.library()
    await turn.turn_into(
        form.add_view(turn.t, library, partner, contact, source, more=True, sure=sure)
    )


async def add(turn: Turn) -> Next:
    """Save a new partner, unless it may be here already, or somebody forgotten comes back."""
    typed, pasted, source = form.read_add(turn.typed)
    await check_channel(turn, typed.channel)
    partner = _with_contact(typed, pasted, source, turn.user)
    sure = form.SURE in turn.note
    saved = await turn.write(_add, turn, partner, sure=sure)
    library = await turn.library()
    if isinstance(saved, Partner):
        return Next(added(turn.t, library, saved))
    above = lookalikes(turn.t, saved.same) if saved.same else []
    for person in saved.back[:1]:
        above += question(turn.t, person)
    more = form.MORE in turn.note
    return Next(
        form.add_view(turn.t, library, typed, pasted, source, more=more, sure=True, above=above)
    )


async def know(turn: Turn) -> None:
    """I know them."""
    await turn.write(_tie, turn, Tie.KNOWS, there=True)
    await _refresh(turn)


async def unknow(turn: Turn) -> None:
    """That was a mistake."""
    await turn.write(_tie, turn, Tie.KNOWS, there=False)
    await _refresh(turn)


async def take(turn: Turn) -> None:
    """I am responsible."""
    gone = await left(turn, await turn.read(register_of.existing, int(turn.value)))
    await turn.write(_take, turn, gone)
    await _refresh(turn)


async def talked(turn: Turn) -> None:
    """We have been in touch: noted by one click, and the card shows it."""
    noted = await contact.recently(turn, int(turn.value))
    now = await card(turn, int(turn.value))
    if turn.in_modal:
        both = Reply(noted.text, [*noted.blocks, *now.blocks])
        await turn.turn_into(views.card_view(turn.t, both))
    else:
        await turn.reply(now, replace=True)
        await turn.reply(noted)


async def suggest(turn: Turn) -> list[Option]:
    """What the search-as-you-type select offers."""
    hits = await turn.read(partner_search.suggest, str(turn.body.get("value", "")))
    return partner_pick.choices(hits)


def _with_contact(partner: Partner, pasted: str, source: str, user: str) -> Partner:
    read = read_signature(without_cpr(pasted, field=form.CONTACT))
    person = ContactPerson(read.name, read.title, read.email, read.phone, source=source)
    there = any((read.name, read.email, read.phone))
    if there:
        partner_edit.check_source(source)
    elif fold(pasted):
        raise UserError(NOTHING_READ, field=form.CONTACT)
    return checked(
        replace(
            partner,
            website=partner.website or read.website,
            cvr=partner.cvr or read.cvr,
            people=(checked_person(person),) if there else (),
            known_by=(user,),
        )
    )


def _add(
    conn: Connection, team: str, turn: Turn, partner: Partner, *, sure: bool
) -> Partner | Doubts:
    others = [] if sure else partner_lookalikes.lookalikes(conn, team, partner)
    same = likely_same(partner, others)
    knowingly = privacy_people.asked(turn)
    back = [
        person
        for person in people_of(partner)
        if privacy_people.forgotten(conn, team, partner, person, sure=knowingly)
    ]
    if same or back:
        return Doubts(same, back)
    return register_of.add(conn, team, partner, by=turn.user, now=turn.now)


def _tie(conn: Connection, team: str, turn: Turn, tie: Tie, *, there: bool) -> None:
    number = int(turn.value)
    register_of.existing(conn, team, number, lock=True)
    change = register_of.add_tie if there else register_of.remove_tie
    change(conn, team, number, turn.user, tie, by=turn.user, now=turn.now)


def _take(conn: Connection, team: str, turn: Turn, gone: str | None) -> None:
    """Become responsible; the one who was is kept as one who knows them, unless she has left."""
    partner = register_of.existing(conn, team, int(turn.value), lock=True)
    add = partial(register_of.add_tie, conn, team, partner.id, by=turn.user, now=turn.now)
    drop = partial(register_of.remove_tie, conn, team, partner.id, by=turn.user, now=turn.now)
    if partner.deputy == turn.user:
        drop(turn.user, Tie.DEPUTY)
    add(turn.user, Tie.RESPONSIBLE)
    if partner.responsible not in (None, gone, turn.user):
        add(partner.responsible, Tie.KNOWS)


async def _refresh(turn: Turn) -> None:
    reply = await card(turn, int(turn.value))
    if turn.in_modal:
        await turn.turn_into(views.card_view(turn.t, reply))
    else:
        await turn.reply(reply, replace=True)
