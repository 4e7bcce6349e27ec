"""An encrypted stream: AES-256-GCM in chunks that are numbered, the last of them marked as the last.

Every byte is authenticated, and so is the order and the end: a byte changed, a chunk left out, doubled or
moved, or a file cut short cannot be opened. Each file has a key of its own, derived from the key file and a
random salt, so that numbers of chunks are never used twice with one key.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from homeward.config.safekeeping import CannotKeep, CannotRestore

MAGIC = b"homeward backup 1\n"
CHUNK = 1 << 20
_TAG, _SALT, _NAME = 16, 16, 8
_KEY = 32


def new_key(file: Path) -> None:
    """32 random bytes in a new file for this account alone; an existing file is never written over."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CannotKeep(f"{file} exists already; a key is never written over. Name a new file.") from None
    with os.fdopen(descriptor, "wb") as made:
        made.write(secrets.token_bytes(_KEY))
        made.flush()
        os.fsync(made.fileno())


def read_key(file: Path) -> bytes:
    key = file.read_bytes()
    if len(key) != _KEY:
        raise CannotKeep(f"{file} is no backup key: it has {len(key)} bytes, not {_KEY}.")
    return key


class Writer:
    """Takes bytes and writes chunks; only `finish` writes the last one, without which nothing opens."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._held, self._count = file, bytearray(), 0
        salt = secrets.token_bytes(_SALT)
        self._head = MAGIC + _name_of(key) + salt
        self._cipher = _cipher(key, salt)
        file.write(self._head)

    def write(self, plain: bytes) -> int:
        self._held += plain
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(plain)

    def finish(self) -> None:
        self._put(bytes(self._held), last=True)

    def _put(self, plain: bytes, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, last), plain, self._head))
        self._count += 1


class Reader:
    """Gives the bytes back, chunk after chunk. Raises CannotRestore before it gives a byte that is not."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._held, self._count, self._ended = file, bytearray(), 0, False
        self._head = file.read(len(MAGIC) + _NAME + _SALT)
        if not self._head.startswith(MAGIC) or len(self._head) < len(MAGIC) + _NAME + _SALT:
            raise CannotRestore("This file is not a backup of Homeward, or its first bytes were changed.")
        if self._head[len(MAGIC) : -_SALT] != _name_of(key):
            raise CannotRestore("The key is another one than the backup was made with. Nothing was restored.")
        self._cipher = _cipher(key, self._head[-_SALT:])
        self._next = file.read(CHUNK + _TAG)

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (size < 0 or len(self._held) < size):
            self._take()
        given = bytes(self._held) if size < 0 else bytes(self._held[:size])
        del self._held[: len(given)]
        return given

    def _take(self) -> None:
        chunk, self._next = self._next, self._file.read(CHUNK + _TAG)
        self._ended = not self._next
        try:
            self._held += self._cipher.decrypt(_nonce(self._count, self._ended), chunk, self._head)
        except (InvalidTag, ValueError):
            raise CannotRestore(
                f"The backup was changed or cut short, in chunk {self._count + 1}. Nothing was restored."
            ) from None
        self._count += 1


def _nonce(count: int, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), _KEY, salt, b"homeward backup 1").derive(key))


def _name_of(key: bytes) -> bytes:
    """Tells a wrong key from a changed byte, and says nothing of the key."""
    return HKDF(SHA256(), _NAME, None, b"homeward backup key").derive(key)
