"""Column types that mean the same on both databases."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)


def storable(text: str) -> str:
    """The text without what no PostgreSQL text can hold: NUL and halves of surrogate pairs."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


class PlainText(TypeDecorator[str]):
    """Text of any length, made storable silently: a pasted NUL is nobody's meaning."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """On the way in."""
        return None if value is None else storable(value)


class FoldedText(PlainText):
    """Text compared byte by byte whatever the server's locale, so that a prefix is a range."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """PostgreSQL sorts by the database's locale unless told; SQLite never does."""
        collation = "C" if dialect.name == "postgresql" else None
        return sa.TEXT(collation=collation)

    def coerce_compared_value(self, _op: object, _value: object) -> TypeEngine[str]:
        """What it is compared with needs no collation of its own: the column's decides."""
        return PlainText()


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Only aware datetimes go in (ValueError), and UTC comes out, also of SQLite."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """On the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """On the way out; SQLite returns it without a zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class OneOf(TypeDecorator[E], Generic[E]):
    """A word from a StrEnum, stored as its value; a new word needs no migration."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, _dialect: Dialect) -> str | None:
        """On the way in."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> E | None:
        """On the way out; a word that the program does not know is a ValueError."""
        return None if value is None else self.kind(value)


class Json(TypeDecorator[object]):
    """Plain data as JSON; None is SQL's NULL. Strings are made storable as in PlainText."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> object:
        """On the way in."""
        return _storable_json(value)


def _storable_json(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): _storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable_json(item) for item in value]
    return value
