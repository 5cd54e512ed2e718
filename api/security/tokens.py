"""Secrets and codes: how they are made, written down and compared. What is stored is always a digest.

    kind             form                 bits      kept as                      opens
    journey secret   j.<32 characters>    192       SHA-256                      one journey, until it ends
    worker's token   w.<32 characters>    192       SHA-256                      a session, until idle too long
    guest's token    c.<32 characters>    192       SHA-256                      one journey, until idle for a day
    resume code      K7QM-3X9T-FX2W       29 + 29   handle; HMAC of second half  one journey, a few tries, soon over
    reference        WW-K7QM-3X9T         38        itself                       nothing: a name for on the phone

A long random secret needs no pepper: nobody guesses 192 bits. A code is short enough to be typed, so its hash is
peppered with a key outside the database and its tries are counted there. Called by the service and the doors.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from api.settings import Settings, SettingsError

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so no words; no 0 O 1 I L
CODE_LENGTH = 12
HANDLE_LENGTH = 6
JOURNEY = "j."
WORKER = "w."
GUEST = "c."
_PEPPER_FILE = "pepper.key"


def new_secret(kind: str) -> str:
    """A fresh secret of 192 bits. `kind`, JOURNEY, WORKER or GUEST, stands in front: one is never taken for another."""
    return kind + secrets.token_urlsafe(24)


def digest(secret: str) -> bytes:
    """What is stored of a secret: 32 bytes from which it cannot be had back."""
    return sha256(secret.encode("utf-8", "replace")).digest()


def new_reference() -> str:
    """A name for a journey that people can say; it opens nothing. The caller tries again when it is taken."""
    return f"WW-{_grouped(_drawn(8))}"


def reference_of(typed: str) -> str:
    """The reference that somebody typed, as it is kept; "" when it cannot be one."""
    letters = "".join(letter for letter in typed.upper()[:64] if letter.isalnum()).removeprefix("WW")
    return f"WW-{_grouped(letters)}" if len(letters) == 8 and all(own in ALPHABET for own in letters) else ""


def new_code() -> str:
    """A fresh code for going on elsewhere, as it is written and read out."""
    return _grouped(_drawn(CODE_LENGTH))


def split_code(typed: str) -> tuple[str, str] | None:
    """The public and the secret half of a code as somebody typed it; None when it cannot be one."""
    letters = "".join(letter for letter in typed.upper()[:64] if letter not in " -–\t.")
    if len(letters) != CODE_LENGTH or any(letter not in ALPHABET for letter in letters):
        return None
    return letters[:HANDLE_LENGTH], letters[HANDLE_LENGTH:]


def peppered(pepper: bytes, text: str) -> bytes:
    """What is stored of something short: 32 bytes that cannot be had back without the pepper."""
    return hmac.digest(pepper, text.encode("utf-8", "replace"), "sha256")


def form_token(pepper: bytes, secret: str) -> str:
    """What a form carries to show that we drew it for whoever holds `secret` (a cookie's value, or "")."""
    return peppered(pepper, f"form {secret}").hex()


def is_form_token(pepper: bytes, secret: str, token: str) -> bool:
    """Whether we made this form token for this secret; in constant time."""
    return hmac.compare_digest(form_token(pepper, secret).encode(), token.encode("utf-8", "replace"))


def pepper(settings: Settings) -> bytes:
    """The key outside the database: from the session secret, or in demo mode from a file that is made once.

    Raises SettingsError when the folder cannot be written.
    """
    chosen = settings.session_secret.get_secret_value()
    if chosen:
        return sha256(b"wegwijzer pepper " + chosen.encode()).digest()
    path = settings.folder / _PEPPER_FILE
    try:
        settings.folder.mkdir(parents=True, exist_ok=True)
        return _kept(path)
    except OSError:
        sentence = f"The folder {settings.folder} cannot be written; choose another one or change its rights."
        raise SettingsError((sentence,)) from None


def _kept(path: Path) -> bytes:
    """The 32 bytes in the file; made on first use, readable by its owner alone, whole or not at all."""
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # another process was first: then theirs is the one
            os.link(fresh, path)
        fresh.unlink()
    return path.read_bytes()


def _drawn(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
