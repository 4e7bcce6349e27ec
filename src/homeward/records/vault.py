"""Keys and sealed bytes: AES-256-GCM with keys that lie outside the database.

A key is a file of 32 random bytes in HOMEWARD_KEYS (else the folder `keys` of the data folder), made when it
is first needed, readable by this account alone. What is sealed begins with the key's name, so that keys can
be changed: `audit.1` stays readable when `audit.2` seals what is new.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class CannotOpen(Exception):
    """The key is missing or another one, or the bytes were changed."""


def keys_folder() -> Path:
    return Path(os.environ.get("HOMEWARD_KEYS") or Path(settings.DATA) / "keys")


def key(name: str) -> bytes:
    """The key of that name (such as audit.1), made on first use; raises CannotOpen when it is no key."""
    kept = keys_folder() / f"{name}.key"
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = kept.with_suffix(f".{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, kept)  # of two that start together, both take the first one's
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    found = kept.read_bytes()
    if len(found) != 32:
        raise CannotOpen(f"{kept} is not a key of Homeward: it has {len(found)} bytes, not 32.")
    return found


def seal(plain: bytes, name: str, about: str) -> bytes:
    """Encrypts; `about` (such as `file:ab12`) must be given again to open: bytes cannot change places."""
    nonce = secrets.token_bytes(_NONCE)
    head = name.encode("ascii")
    return bytes([len(head)]) + head + nonce + AESGCM(key(name)).encrypt(nonce, plain, about.encode("utf-8"))


def open_sealed(sealed: bytes, about: str) -> bytes:
    """The bytes that seal() was given. Raises CannotOpen."""
    try:
        length = sealed[0]
        name = sealed[1 : 1 + length].decode("ascii")
        rest = sealed[1 + length :]
        return AESGCM(key(name)).decrypt(rest[:_NONCE], rest[_NONCE:], about.encode("utf-8"))
    except (InvalidTag, IndexError, UnicodeDecodeError, ValueError) as error:
        raise CannotOpen("These bytes were changed, or the key is another one.") from error
