"""Passwords of workers: scrypt (RFC 7914) from the standard library, 16 MiB and about 50 ms a try.

Stored as `scrypt$n$r$p$salt$hash`, so that the cost can grow later. Both functions block: call them in a thread.
Called by `api.security.accounts` and the command line.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

_N, _R, _P = 2**14, 8, 1
_MAX_MEMORY = 64 * 1024 * 1024
_LONGEST = 1024


def hashed(password: str) -> str:
    """What is kept of a password. Raises ValueError for one that is empty or longer than 1,024 characters."""
    if not 0 < len(password) <= _LONGEST:
        raise ValueError("A password has 1 to 1,024 characters.")
    salt = secrets.token_bytes(16)
    derived = _derived(password, salt, _N, _R, _P)
    return "$".join(
        ["scrypt", str(_N), str(_R), str(_P), *(base64.b64encode(part).decode() for part in (salt, derived))]
    )


def matches(password: str, kept: str) -> bool:
    """Whether this is the password; in constant time, False for anything malformed."""
    try:
        name, n, r, p, salt, derived = kept.split("$")
        if name != "scrypt" or len(password) > _LONGEST:
            return False
        wanted = base64.b64decode(derived, validate=True)
        found = _derived(password, base64.b64decode(salt, validate=True), int(n), int(r), int(p))
    except (ValueError, binascii.Error):
        return False
    return hmac.compare_digest(found, wanted)


def _derived(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=n, r=r, p=p, maxmem=_MAX_MEMORY, dklen=32
    )
