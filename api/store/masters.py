"""Master keys: they wrap the dossiers' data keys and live outside every database, in the settings or a file.

A master key is 32 random bytes with a short id; the id stands beside each wrapped key, so a new master
can take over while older ones still open what they wrapped. `text` form: `id:base64`, several with commas,
the first is the current one.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.store.errors import StoreRefused
from api.store.seal import NONCE_BYTES, place

KEY_BYTES = 32


@dataclass(frozen=True)
class Masters:
    """`current` wraps; every key of `keys` unwraps."""

    current: str
    keys: Mapping[str, bytes]

    def wrap(self, tenant: str, journey: str, number: int, secret: bytes) -> bytes:
        """A data key under the current master, bound to its journey and number."""
        nonce = os.urandom(NONCE_BYTES)
        aad = place(tenant, journey, number, f"key:{self.current}")
        return nonce + AESGCM(self.keys[self.current]).encrypt(nonce, secret, aad)

    def unwrap(self, tenant: str, journey: str, number: int, master: str, wrapped: bytes) -> bytes:
        """The data key. Raise StoreRefused when the master key is not at hand or not the right one."""
        if master not in self.keys:
            raise StoreRefused(f"Master key '{master}' is needed to open stored dossiers; add it to the master keys.")
        aad = place(tenant, journey, number, f"key:{master}")
        try:
            return AESGCM(self.keys[master]).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], aad)
        except InvalidTag as wrong:
            message = f"Master key '{master}' is not the one that wrapped the stored keys; set the right one."
            raise StoreRefused(message) from wrong


def masters_from_text(text: str) -> Masters:
    """Read `id:base64[,id:base64]`. Raise StoreRefused, without echoing the text."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        name, _, encoded = part.strip().partition(":")
        try:
            secret = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            secret = b""
        if not name or len(secret) != KEY_BYTES:
            raise StoreRefused("A master key is written as id:base64, with 32 bytes of key; make one: wegwijzer key")
        keys[name] = secret
    return Masters(next(iter(keys)), keys)


def new_master(name: str) -> str:
    """A fresh master key in its text form."""
    return f"{name}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"


def masters_in_file(path: Path) -> Masters:
    """Read the file; make it with a fresh key, readable by its owner alone, when it is not there (demo mode)."""
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fresh:
                fresh.write(new_master("demo") + "\n")
                fresh.flush()
                os.fsync(fresh.fileno())
        except OSError as refused:
            if path.exists():
                return masters_in_file(path)  # another process made it just now
            message = f"The folder {path.parent} cannot be written; choose another one or change its rights."
            raise StoreRefused(message) from refused
    return masters_from_text(path.read_text().strip())
