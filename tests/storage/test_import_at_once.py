"""While an import or its undoing is stored, nobody else can save: it must be done in few steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.import_record import Person, Record
from storage import import_write
from storage.database import Store
from tests.storage.test_import import NOW, ORIGIN, planned, row, stored, undone

SECOND = replace(ORIGIN, at=NOW + timedelta(minutes=1))
# What is sent once for many partners; SQLite takes so long for each that it must not be for each.
AT_ONCE = {"INSERT partner_word", "DELETE partner_text", "DELETE partner", "DELETE partner_word"}


def rows(count: int, note: str) -> list[Record]:
    people = [Person(f"Bo {n}", email=f"bo@forening{n}.dk") for n in range(count)]
    return [row(n, f"Forening {n}", people[n], note=note) for n in range(count)]


@contextmanager
def listened() -> Iterator[list[tuple[str, bool]]]:
    """What is sent: the verb and its table, and whether it is done again for each of many rows."""
    sent: list[tuple[str, bool]] = []

    def listen(*given: Any) -> None:
        _conn, _cursor, text, _values, _context, many = given
        words = [word for word in text.split() if word not in ("INTO", "FROM")]
        sent.append((" ".join(words[:2]), many))

    sa.event.listen(sa.Engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", listen)


async def sent_for(store: Store, count: int) -> list[tuple[str, bool]]:
    """To store what is new and to undo it, and the same with what is changed."""
    sent: list[tuple[str, bool]] = []
    for note, origin in (("en", ORIGIN), ("to", SECOND)):
        made, state = await planned(store, *rows(count, note))
        with listened() as more:
            number = await stored(store, made, state, origin)
            await undone(store, number)
        sent += more
        await stored(store, *await planned(store, *rows(count, "en")))
    return sent


async def test_what_costs_most_is_written_for_many_partners_by_one_statement(store: Store) -> None:
    sent = await sent_for(store, 4)
    verbs = {verb for verb, _ in sent}
    assert verbs >= AT_ONCE
    assert not {verb for verb, many in sent if many} & AT_ONCE


async def test_twice_as_many_partners_take_at_most_twice_the_statements(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_write, "CHUNK", 4)
    few, many = len(await sent_for(store, 4)), len(await sent_for(store, 8))
    assert few < many < 2 * few
