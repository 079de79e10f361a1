"""What is sent to a database, to be sent once more without the code around it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from storage.database import Connection


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is sent to any database meanwhile, as it is sent."""
    sent: list[tuple[str, Any]] = []

    def keep(_conn: Connection, _cursor: object, statement: str, values: Any, *_: object) -> None:  # noqa: ANN401 - the driver's own
        sent.append((statement, values))

    sa.event.listen(sa.Engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", keep)


def send_again(conn: Connection, sent: Sequence[tuple[str, Any]]) -> None:
    """The same once more as it is, and all of its rows."""
    for statement, values in sent:
        answer = conn.exec_driver_sql(statement, values)
        if answer.returns_rows:
            answer.all()
