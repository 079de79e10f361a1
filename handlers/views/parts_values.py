"""What stands in a button's value and in a form's private_metadata, read again."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import UserError
from bot.translation import mark

STALE = mark("That button is from an earlier time and does not fit any more. Write `/partner`.")


@contextmanager
def in_todays_form() -> Iterator[None]:
    """Around, or as a decorator of, what takes such a value apart.

    Raises:
        UserError: it was written by an earlier version, in another form.
    """
    try:
        yield
    except ValueError as error:
        raise UserError(STALE) from error


@in_todays_form()
def partner_and_person(value: str) -> tuple[int, int]:
    """Which partner and which of its persons is meant."""
    partner, person = value.split(":")
    return int(partner), int(person)
