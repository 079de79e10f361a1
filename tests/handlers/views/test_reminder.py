"""The weekly message and what follows from it, from the longest and strangest data there are."""

from dataclasses import replace

from hypothesis import strategies as st

from bot.circle_course import Asked
from bot.contact import Contact
from bot.home import Desktop, Left, Offered, Quiet, Waiting
from bot.partner import Partner, RelationType
from bot.reminder import Thing, Value, What
from bot.reminder_cadence import USUAL, Cadence, Place
from bot.reminder_handover import Answer, Handover
from bot.reminder_letter import Became
from bot.reminder_week import Line, Weekly
from bot.round import Round
from bot.round_step import Lost
from bot.tjek_step import STEP_LENGTH, Task
from bot.translation import Translator
from handlers.reminder_offers import MOST
from handlers.views import reminder as views
from handlers.views import reminder_cadence as cadence_views
from handlers.views import reminder_home, reminder_later, reminder_left, reminder_lines
from handlers.views.parts import Reply
from tests.handlers.views.extreme import (
    CONTACTS,
    LANGUAGES,
    MOMENTS,
    PARTNERS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    filled,
    maybe,
    words,
)
from tests.handlers.views.test_circle import ASKED, TODAY
from tests.handlers.views.test_round import ROUNDS

HANDOVERS = st.builds(Handover, partner_id=st.just(1), to=USERS, by=USERS, at=MOMENTS)


def thing(what: What, number: int) -> Thing:
    return Thing(what, number, Value.CARE, TODAY, number)


def shown(
    partner: Partner, contact: Contact, asked: Asked, this: Round, offer: Handover, subject: str
) -> reminder_lines.Shown:
    """The same of everything, under the numbers that the things of `weekly` have."""
    return reminder_lines.Shown(
        contact.noted_by,
        TODAY,
        name=subject,
        partners={n: replace(partner, id=n) for n in range(1, 10)},
        last={1: contact},
        asked={3: replace(asked, question=replace(asked.question, id=3))},
        rounds={4: (replace(this, id=4), subject)},
        offers={5: replace(offer, id=5)},
        agreements={6: TODAY},
        tasks={9: (Task(9, contact.noted_by, subject or "x", TODAY, offer.by, offer.at), subject)},
        again={line.thing.key: TODAY for line in (*WEEKLY.lines, *TASK.lines)},
        asked_to=dict.fromkeys(range(1, 10), offer.to),
    )


WHATS = (What.CARE, What.STEP, What.QUESTION, What.ROUND, What.HANDOVER)
DECISION = Weekly((Line(thing(What.DECISION, 4), last=True),))
TASK = Weekly((Line(thing(What.TASK, 9), last=True),))
WEEKLY = Weekly(
    tuple(Line(thing(what, n), last=True) for n, what in enumerate(WHATS, 1)),
    more=4711,
    on_the_way=(7, 8),
    turns_monthly=True,
)


@LANGUAGES
@extremes(
    partner=PARTNERS,
    contact=CONTACTS,
    asked=ASKED,
    this=ROUNDS,
    offer=HANDOVERS,
    subject=words(300),
)
def test_the_weekly_message_is_accepted(
    t: Translator,
    partner: Partner,
    contact: Contact,
    asked: Asked,
    this: Round,
    offer: Handover,
    subject: str,
) -> None:
    told = shown(partner, contact, asked, this, offer, subject)
    whole = accepted_message(t, views.message(t, WEEKLY, told))
    agreement = Weekly((Line(thing(What.AGREEMENT, 6)), Line(thing(What.CARE, 2))))
    accepted_message(t, views.message(t, agreement, told))
    accepted_message(t, views.message(t, TASK, told))
    accepted_message(t, views.message(t, DECISION, told))
    over = replace(told, tasks={9: (None, subject)})
    for stands in Became:
        every = {line.thing.key: stands for line in (*WEEKLY.lines, *TASK.lines)}
        shown_again = accepted_message(t, views.message(t, WEEKLY, told, every))
        assert ("last.care.1" in str(shown_again)) is (stands in {Became.OPEN, Became.REFUSED})
        accepted_message(t, views.message(t, TASK, over, every))
    noted = views.noted(t, "care.1", partner.name, contact)
    message = {
        "text": "x",
        "blocks": Reply("x", reminder_lines.lines(t, WEEKLY.lines[0].thing, told)).payload()[
            "blocks"
        ],
    }
    redrawn = views.redrawn(message, "care.1", noted)
    assert [block["block_id"] for block in redrawn.raw] == ["line.care.1", "ways.care.1"]
    assert "last.care.1" in {block["block_id"] for block in whole["blocks"]}


@LANGUAGES
@extremes(partner=PARTNERS, contact=CONTACTS, offer=HANDOVERS, name=maybe(80))
def test_what_stands_on_home_and_what_the_others_are_told_is_accepted(
    t: Translator, partner: Partner, contact: Contact, offer: Handover, name: str
) -> None:
    quiet = Quiet(thing(What.CARE, 1), replace(partner, id=1), contact, put_off_until=TODAY)
    waiting = Waiting(
        quiet=[quiet],
        offers=[(replace(offer, id=5), replace(partner, id=1))],
        left=[Left("U01", name, 300, 30), Left("U02", "", 1), Left("U03", name, 0, 1)],
    )
    offered = [
        Offered(offer, replace(partner, id=n), answer)
        for n, answer in enumerate([*reversed(Answer), *Answer])
    ]
    desktop = Desktop(TODAY, waiting=waiting, on_the_way=[partner] * 5, offered=offered)
    blocks = [
        *reminder_home.quiet_lines(t, desktop),
        *reminder_home.offer_lines(t, desktop),
        *(block for one in waiting.left for block in reminder_left.left_lines(t, one)),
        *reminder_home.offered_lines(t, desktop),
        *reminder_home.on_the_way(t, desktop),
    ]
    accepted_message(t, Reply("x", blocks))
    accepted_message(t, reminder_later.declined(t, offer, partner))
    accepted_message(t, reminder_left.told(t, Left(offer.by, name, 300, 30)))
    many = [replace(partner, id=n) for n in range(200)]
    lost = Lost(1, offer.to, "x" * 3000, "x" * STEP_LENGTH, TODAY)
    steps = [replace(lost, number=n) for n in range(200)]
    names = [name] * 300
    behind = [reminder_left.Behind(one, TODAY, names, name, names) for one in many]
    accepted_message(t, reminder_left.asked(t, reminder_left.Asked(3, 2, names, names)))
    asked = [thing(What.HANDOVER, number) for number in range(MOST)]
    of_them = reminder_lines.Shown(
        "U03",
        TODAY,
        partners={n: replace(partner, id=n) for n in range(MOST)},
        offers={n: replace(offer, id=n, partner_id=n) for n in range(MOST)},
    )
    accepted_message(t, reminder_left.offers(t, asked, of_them, more=200))
    yours = replace(offer, by="U02", responsible="U02")
    accepted_message(t, reminder_later.declined(t, yours, replace(partner, responsible="U02")))
    accepted_message(t, reminder_later.accepted(t, yours, partner))
    accepted_message(t, reminder_later.accepted(t, offer, partner))
    accepted_view(reminder_left.list_view(t, behind, steps, TODAY))
    accepted_view(reminder_left.list_view(t, [], [], TODAY))
    accepted_view(reminder_later.hand_view(t, partner, None, user="U02", today=TODAY))
    accepted_view(reminder_later.hand_view(t, partner, offer.to, user=offer.by, today=TODAY))
    accepted_view(reminder_later.day_view(t, "care.1", "Å" * 200))


@LANGUAGES
def test_the_days_of_every_place_are_accepted_and_only_what_was_changed_is_read(
    t: Translator,
) -> None:
    chosen = {Place.NETWORK: Cadence(1, 730)}
    shown = accepted_view(cadence_views.cadences_view(t, chosen))
    typed = filled(shown)
    assert cadence_views.read_cadences(typed, shown) == {}
    typed["ask.network"]["ask.network"]["value"] = "300"
    typed["ask.declined"]["ask.declined"]["value"] = "400"
    assert cadence_views.read_cadences(typed, shown) == {
        Place.NETWORK: Cadence(1, 300),
        Place.DECLINED: Cadence(400, 400),
    }


@LANGUAGES
@extremes(partner=PARTNERS)
def test_what_holds_for_one_partner_is_accepted_and_read_back(
    t: Translator, partner: Partner
) -> None:
    usual = USUAL[Place.NETWORK]
    for own in (
        cadence_views.Own(None, usual, None),
        cadence_views.Own(Cadence(7, 9), usual, TODAY),
    ):
        in_circle = replace(partner, relation_type=RelationType.PARTNER)
        shown = accepted_view(cadence_views.own_view(t, in_circle, own))
        assert cadence_views.read_own(filled(shown)) == own.cadence
        sponsor = replace(partner, relation_type=RelationType.SPONSOR)
        shown = accepted_view(cadence_views.own_view(t, sponsor, own))
        assert cadence_views.read_ends(filled(shown)) == own.agreement_ends
        lines = cadence_views.own_line(t, own, TODAY)
        assert bool(lines) is (own.cadence is not None)
        if own.cadence:
            days = cadence_views.own_line(t, replace(own, agreement_ends=None), TODAY)
            accepted_message(t, Reply("x", [*lines, *days]))
