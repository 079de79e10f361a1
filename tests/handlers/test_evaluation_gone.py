"""No evaluation waits for somebody of the partner's who is gone."""

from dataclasses import replace

from bot.partner import ContactPerson
from bot.round import Standing, State, Why
from bot.round_voice import of_person
from storage import evaluation_link, round_queries
from storage import partner as register_of
from storage.database import Connection
from tests.handlers.evaluation_rounds import (
    ALI,
    ANNE,
    METTE,
    answers,
    opened,
    ready,
    settled,
    standing,
    visitor,
)
from tests.handlers.library import Library
from tests.handlers.test_privacy_erasure import forget


async def test_one_of_theirs_whose_account_is_closed_is_not_waited_for(library: Library) -> None:
    await ready(library)
    await visitor(library)
    number = await opened(library, invited=(METTE, ALI), voices=(f"@{ANNE}",))
    await answers(library, METTE)
    await answers(library, ALI)
    assert (await standing(library, number)).state is State.OPEN
    await library.control("members", id=ANNE, name="anne", is_stranger=True, deleted=True)
    await settled(library)
    this = await standing(library, number)
    assert Standing.WAITING not in this.standings.values()
    assert (this.state, this.why) == (State.REVEALED, Why.ALL_IN)


async def test_one_of_theirs_who_is_anonymised_is_not_waited_for(library: Library) -> None:
    await ready(library)
    number = await opened(library, invited=(METTE, ALI), voices=())
    now = library.house.clock.now()

    def ask_anne(conn: Connection, team: str) -> None:
        this = round_queries.existing(conn, team, number, lock=True)
        assert this.partner_id
        before = register_of.existing(conn, team, this.partner_id, lock=True)
        people = (ContactPerson("Anne Holm", email="anne@springbraet.dk"),)
        after = register_of.update(
            conn, team, before, replace(before, people=people), by=METTE, now=now
        )
        evaluation_link.let_in(conn, team, this, of_person(after.people[0].id))

    await library.store.write(ask_anne, "T01")
    await answers(library, METTE)
    await answers(library, ALI)
    assert (await standing(library, number)).state is State.OPEN
    await forget(library)
    await settled(library)
    this = await standing(library, number)
    assert (this.state, this.why) == (State.REVEALED, Why.ALL_IN)
