"""A plan is as old as the register it was made from: whatever it asked for makes it stale."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_question import hello
from bot.circle_trial import Outcome, Trial
from bot.contact import Contact, Kind
from bot.import_record import Person
from bot.partner import ContactPerson, Partner, Tie
from bot.privacy import Information
from bot.tjek import Check as Checked
from storage import (
    circle,
    circle_activity,
    circle_question,
    circle_trial,
    contact,
    duplicate_merge,
    import_register,
    partner,
    privacy,
    privacy_erasure,
    tjek,
)
from storage.database import Store
from storage.import_write import StaleError
from storage.schema import METADATA
from tests.storage.test_import import LATER, NOW, card, edited, ours, planned, row, stored

TODAY = NOW.date()
OURS = Partner(
    "Springbræt", level=Level.COLLABORATION, people=(ContactPerson("Anne", email="a@sb.dk"),)
)
Change = Callable[[Store, Partner], Awaitable[object]]
BEGUN = Trial(0, TODAY, TODAY + timedelta(days=91), "U9", NOW)


async def edit(store: Store, of: Partner) -> None:
    await edited(store, of.id, area="Nord")


async def keyword(store: Store, of: Partner) -> None:
    await edited(store, of.id, keywords=("dans",))


async def person(store: Store, of: Partner) -> None:
    await edited(store, of.id, people=(replace(of.people[0], email="b@sb.dk"),))


async def tie(store: Store, of: Partner) -> None:
    await store.write(partner.add_tie, "T1", of.id, "U9", Tie.KNOWS, by="U9", now=LATER)


async def untie(store: Store, of: Partner) -> None:
    await store.write(partner.remove_tie, "T1", of.id, "U8", Tie.KNOWS, by="U9", now=LATER)


async def merge(store: Store, of: Partner) -> None:
    other = await ours(store, Partner("Brættet"))
    seen = [(of.id, of.version), (other.id, other.version)]
    await store.write(duplicate_merge.merge, "T1", seen, {}, by="U9", now=LATER)


async def begin(store: Store, of: Partner) -> Activity:
    return await store.write(circle_activity.begin, "T1", Activity(of.id, "koncert", "U9", LATER))


async def finish(store: Store, of: Partner) -> None:
    (one, *_) = await store.read(circle_activity.running, "T1", [of.id])
    await store.write(circle_activity.finish, "T1", one.id, by="U9", now=LATER)


async def attempt(store: Store, of: Partner) -> None:
    await store.write(circle_trial.begin, "T1", replace(BEGUN, partner_id=of.id))


async def settle(store: Store, of: Partner) -> None:
    (trial,) = (await store.read(circle_trial.running, "T1", [of.id])).values()
    how: dict[str, Any] = {"by": "U9", "now": LATER}
    await store.write(circle_trial.settle, "T1", trial.id, Outcome.COLLABORATION, **how)


async def ask(store: Store, of: Partner) -> None:
    await store.write(circle_question.put, "T1", hello(of.id, TODAY, by="U9"))


async def answer(store: Store, of: Partner) -> None:
    (one, *_) = await store.read(circle_question.open_of, "T1", of.id)
    await store.write(circle_question.answer, "T1", one.id, now=LATER)


async def note(store: Store, of: Partner) -> Contact:
    return await store.write(
        contact.note, "T1", Contact(of.id, Kind.MET, date(2024, 2, 1), "U9", LATER)
    )


async def correct(store: Store, of: Partner) -> None:
    (one,) = await store.read(contact.of_partner, "T1", of.id)
    later = replace(one, on=date(2024, 3, 1))
    await store.write(contact.change, "T1", later, by="U9")


async def take_back(store: Store, of: Partner) -> None:
    (one,) = await store.read(contact.of_partner, "T1", of.id)
    await store.write(contact.undo, "T1", one.id, now=LATER)


async def tell(store: Store, of: Partner) -> None:
    await inform(store, of, Information(date(2026, 1, 1), ""))


async def tell_again(store: Store, of: Partner) -> None:
    await inform(store, of, Information(date(2026, 1, 2), ""))


async def tell_how(store: Store, of: Partner) -> None:
    await inform(store, of, Information(date(2026, 1, 1), "mail"))


async def inform(store: Store, of: Partner, information: Information) -> None:
    await store.write(privacy.inform, "T1", of.id, of.people[0].id, information, by="U9")


async def wish(store: Store, of: Partner) -> None:
    await store.write(privacy.wishes_no_contact, "T1", of.id, of.people[0].id, wish=True)


async def unwish(store: Store, of: Partner) -> None:
    await store.write(privacy.wishes_no_contact, "T1", of.id, of.people[0].id, wish=False)


async def forget(store: Store, of: Partner) -> None:
    why: dict[str, Any] = {"word": "[x]", "purpose": "hun bad om det", "by": "U1", "now": LATER}
    await store.write(privacy_erasure.anonymise, "T1", of.id, of.people[0].id, **why)


async def move(store: Store, of: Partner) -> None:
    assert of.level
    frame = Move(of.id, of.level, Level.PARTNERSHIP, Why.FRAME, "U9", LATER)
    await store.write(circle.move, "T1", frame)


async def check(store: Store, of: Partner) -> None:
    begun = await store.write(tjek.start, "T1", Checked("U9", LATER, partner_id=of.id))
    await store.write(tjek.finish, "T1", begun.id, LATER)


# By the table that a plan reads: what happened before, and what happens meanwhile.
MEANWHILE: Mapping[str, tuple[tuple[tuple[Change, ...], Change], ...]] = {
    "partner": (((), edit),),
    "partner_tag": (((), keyword),),
    "contact_person": (((), person),),
    "partner_tie": (((), tie), ((), untie)),
    "duplicate_merge": (((), merge),),
    "circle_activity": (((), begin), ((begin,), finish)),
    "circle_trial": (((), attempt), ((attempt,), settle)),
    "circle_question": (((), ask), ((ask,), answer)),
    "contact": (((), note), ((note,), correct), ((note,), take_back)),
    "tombstone": (((), forget),),
    "circle_move": (((), move),),
    "tjek": (((), check),),
    "person_privacy": (
        ((), tell),
        ((tell,), tell_again),
        ((tell,), tell_how),
        ((), wish),
        ((wish,), unwish),
    ),
}
CASES = [(before, change) for changes in MEANWHILE.values() for before, change in changes]
NAMES = ["-".join(one.__name__ for one in (*before, change)) for before, change in CASES]


async def known(store: Store) -> Partner:
    return await ours(store, replace(OURS, known_by=("U8",)))


@contextmanager
def tables_read() -> Iterator[set[str]]:
    found: set[str] = set()

    def see(_conn: object, statement: object, *_: object) -> None:
        words = set(re.findall(r"\w+", str(statement)))
        found.update(words & METADATA.tables.keys())

    sa.event.listen(sa.Engine, "before_execute", see)
    try:
        yield found
    finally:
        sa.event.remove(sa.Engine, "before_execute", see)


async def test_there_is_a_change_for_every_table_that_a_plan_reads(store: Store) -> None:
    one = await known(store)
    with tables_read() as found:
        await store.read(import_register.known, "T1")
        await store.read(import_register.partners, "T1", [one.id])
    # The log is asked for its newest row only, to see whether anything was edited.
    assert found - {"partner_change"} == MEANWHILE.keys()


@pytest.mark.parametrize(("before", "change"), CASES, ids=NAMES)
async def test_whatever_a_plan_asked_for_makes_it_stale(
    store: Store, before: tuple[Change, ...], change: Change
) -> None:
    one = await known(store)
    for each in before:
        await each(store, one)
    one = await card(store, one.id)
    made, state = await planned(store, row(2, "Kulturhuset"))
    await change(store, one)
    with pytest.raises(StaleError):
        await stored(store, made, state)


async def test_no_move_lands_under_what_was_begun_meanwhile(store: Store) -> None:
    one = await known(store)
    made, state = await planned(store, row(2, "Springbræt", level=Level.PARTNERSHIP))
    assert made.changed
    await begin(store, one)
    with pytest.raises(StaleError):
        await stored(store, made, state)
    made, _ = await planned(store, row(2, "Springbræt", level=Level.PARTNERSHIP))
    assert "under way" in made.refused[0].reasons[0].msgid


async def test_what_concerns_no_plan_and_what_another_library_does_leaves_it(store: Store) -> None:
    one = await known(store)
    made, state = await planned(store, row(2, "Springbræt", Person("Anne", title="formand")))
    other = await store.write(partner.add, "T2", OURS, by="U1", now=LATER)
    await store.write(circle_activity.begin, "T2", Activity(other.id, "fest", "U1", LATER))
    await stored(store, made, state)
    assert (await card(store, one.id)).people[0].title == "formand"
