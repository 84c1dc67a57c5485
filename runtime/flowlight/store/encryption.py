"""Encrypts what is secret before it is written, with a key that stands beside the file.

`FLOWLIGHT_ENCRYPTION_KEY` may hold the key instead: 32 bytes in URL-safe base64, as
`cryptography.fernet.Fernet.generate_key()` makes them.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from flowlight.store.errors import StoreError
from flowlight.store.home import home

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.fernet import Fernet

__all__ = ["decrypt", "encrypt"]

_VARIABLE = "FLOWLIGHT_ENCRYPTION_KEY"


def encrypt(text: str) -> bytes:
    """The text as a Fernet token."""
    key, _ = _key()
    return _fernet(key).encrypt(text.encode("utf-8"))


def decrypt(token: bytes) -> str:
    """The text of a token; `StoreError` when another key made it."""
    from cryptography.fernet import InvalidToken

    key, source = _key()
    try:
        return _fernet(key).decrypt(token).decode("utf-8")
    except InvalidToken:
        raise StoreError(
            f"what was saved cannot be decrypted with the key of {source}: it was saved with"
            " another one; bring that key back, or save the block again"
        ) from None


@lru_cache(maxsize=4)
def _fernet(key: bytes) -> Fernet:
    from cryptography.fernet import Fernet

    try:
        return Fernet(key)
    except ValueError:
        raise StoreError(
            "the encryption key is not one: expected 32 bytes in URL-safe base64, as"
            " cryptography.fernet.Fernet.generate_key() makes them"
        ) from None


def _key() -> tuple[bytes, str]:
    given = os.environ.get(_VARIABLE)
    if given:
        return given.encode("ascii", "replace"), _VARIABLE
    path = home() / "key"
    if not path.exists():
        _make_key(path)
    return path.read_bytes().strip(), str(path)


def _make_key(path: Path) -> None:
    """Write a new key; when two processes do so at once, the first one's stays."""
    from cryptography.fernet import Fernet

    part = path.with_name(f"key.{os.getpid()}.part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(Fernet.generate_key())
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
