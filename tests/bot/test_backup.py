from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.backup import (
    BATCH,
    Backup,
    Holds,
    Table,
    Writer,
    batches,
    examined,
    see_that_nothing_is_chosen,
)
from bot.errors import UserError
from bot.export import Filters, Format
from bot.partner import Kind

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PARTNER = Table(
    "partner",
    {
        "name": Holds.TEXT,
        "id": Holds.NUMBER,
        "archived": Holds.YES_NO,
        "start": Holds.DAY,
        "at": Holds.MOMENT,
        "more": Holds.JSON,
    },
)
EMPTY = Table("tjek", {"id": Holds.NUMBER})
TAG = Table("partner_tag", {"value": Holds.TEXT})
ROW = ("Springbræt", 1, False, date(2026, 2, 1), NOW, {"æ": [1.5, None]})
NOTHING = ("", 2, True, None, None, None)


def written(*tables: tuple[Table, list[tuple[object, ...]]]) -> bytes:
    file = BytesIO()
    to = Writer(file, "0014", NOW)
    for table, rows in tables:
        to.begin(table)
        for row in rows:
            to.add(row)
    to.close()
    return file.getvalue()


WHOLE = written((EMPTY, []), (PARTNER, [ROW, NOTHING]), (TAG, [("dans",)]))


def refused(content: bytes) -> str:
    with pytest.raises(UserError) as error:
        examined(BytesIO(content), "kopi.jsonl")
    return error.value.msgid.format(**error.value.values)


def test_what_is_written_is_read() -> None:
    told = examined(BytesIO(WHOLE), "kopi.jsonl")
    assert told == Backup("0014", NOW, {"tjek": 0, "partner": 2, "partner_tag": 1})
    found = [(table, [tuple(row.values()) for row in rows]) for table, rows in batches_of(WHOLE)]
    assert found == [(PARTNER, [ROW, NOTHING]), (TAG, [("dans",)])]


def batches_of(content: bytes) -> list[tuple[Table, list[dict[str, object]]]]:
    return list(batches(BytesIO(content)))


def test_no_more_than_a_batch_is_in_memory() -> None:
    many = written((TAG, [(str(n),) for n in range(BATCH + 1)]))
    assert [len(rows) for _, rows in batches_of(many)] == [BATCH, 1]
    exactly = written((TAG, [(str(n),) for n in range(BATCH)]))
    assert [len(rows) for _, rows in batches_of(exactly)] == [BATCH]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"])),
            st.integers(),
            st.booleans(),
            st.none() | st.dates(),
            st.none() | st.datetimes(timezones=st.just(UTC)),
            st.recursive(
                st.none() | st.integers() | st.floats(allow_nan=False) | st.text("æ\0\n\u2028"),
                lambda inner: st.lists(inner) | st.dictionaries(st.text('æ"'), inner),
            ),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_stood_in_a_row_comes_back(rows: list[tuple[object, ...]]) -> None:
    content = written((PARTNER, rows))
    assert examined(BytesIO(content), "").rows == {"partner": len(rows)}
    ((_, found),) = batches_of(content)
    assert [tuple(row.values()) for row in found] == rows


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"\xff\xfe\n",
        b"[]\n",
        b'{"format": "partnerbot", "version": 1}\n',
        b"navn;mail\r\n",
        b"0" * 20_000,
    ],
)
def test_something_else_is_no_backup(content: bytes) -> None:
    assert refused(content).startswith("kopi.jsonl is no backup.")


@given(st.integers(min_value=0))
@example(len(WHOLE) - 1)
def test_wherever_a_file_ends_too_early_it_is_refused(length: int) -> None:
    content = WHOLE[: length % len(WHOLE)]
    assert ("its end is missing" in refused(content)) == (len(content) >= WHOLE.index(b"\n"))


@given(st.integers(min_value=0), st.integers(1, 255))
def test_wherever_a_file_was_altered_it_is_refused(place: int, by: int) -> None:
    place %= len(WHOLE)
    assert refused(WHOLE[:place] + bytes([WHOLE[place] ^ by]) + WHOLE[place + 1 :])


def test_a_row_more_or_less_is_noticed() -> None:
    lines = WHOLE.splitlines(keepends=True)
    for changed in (lines[:3] + lines[4:], [*lines[:4], lines[3], *lines[4:]], lines[:-1] * 2):
        assert "kopi.jsonl is" in refused(b"".join(changed))
    assert "is not as it was" in refused(b"".join(lines[:3] + lines[4:]))


def test_a_newer_file_is_refused() -> None:
    newer = WHOLE.replace(b'"version": 1', b'"version": 2')
    assert "a newer version of Partnerbot (2)" in refused(newer)


@pytest.mark.parametrize("chosen", [Format.CSV, Filters(kinds=(Kind.FIRM,))])
def test_a_backup_of_a_part_is_refused(chosen: object) -> None:
    see_that_nothing_is_chosen(None, None, Filters())
    with pytest.raises(UserError, match="--all is everything"):
        see_that_nothing_is_chosen(None, chosen)
