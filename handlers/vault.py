"""The libraries' tokens at rest: sealed with keys that are not in the database.

Fernet (AES-CBC under an HMAC): what was tampered with does not open, either.
"""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class WrongKeyError(Exception):
    """None of the keys opens it."""


class Vault:
    """Seals with the first of its keys and opens with any, so that a key can be replaced."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._first = Fernet(keys[0])
        self._any = MultiFernet([Fernet(key) for key in keys])

    def seal(self, token: str) -> str:
        """The token, unreadable without the key."""
        return self._first.encrypt(token.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """The token again; WrongKeyError."""
        return _opened(self._any, sealed)

    def is_newest(self, sealed: str) -> bool:
        """Whether it was sealed with the first key."""
        try:
            _opened(self._first, sealed)
        except WrongKeyError:
            return False
        return True


def _opened(key: Fernet | MultiFernet, sealed: str) -> str:
    try:
        return key.decrypt(sealed).decode()
    except InvalidToken as error:
        raise WrongKeyError from error
