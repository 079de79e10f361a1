"""Ids in Slack's shapes."""

import random
import string

_LETTERS = string.ascii_uppercase + string.digits
_LOWER = string.ascii_lowercase + string.digits


def new_id(prefix: str) -> str:
    """An id such as `F08A1B2C3D4`: the kind's letter and ten characters."""
    return prefix + "".join(random.choices(_LETTERS, k=10))  # noqa: S311 - no secret


def new_name(length: int) -> str:
    """Lower-case letters and digits, for the parts of ids that carry no kind."""
    return "".join(random.choices(_LOWER, k=length))  # noqa: S311 - no secret
