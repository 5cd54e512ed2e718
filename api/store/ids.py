"""Identities as the tables hold them: bytes. A UUID is 16 of them instead of 36 letters, in every row and index.

    01a20167-c801-7152-a2d2-9c4eec619b95        its 16 bytes
    01a20167-c801-7152-a2d2-9c4eec619b95.1/1    FF, its 16 bytes, the rest as UTF-8
    any other text                              as UTF-8; FE goes before one of 16 bytes
    FE and FF begin no UTF-8, so no two identities share their bytes; UUIDs keep their order

Only a UUID in its canonical letters (RFC 9562, section 4: lower case, four hyphens) is one; any other text comes back
letter by letter too. Called where rows are made and read; tests: tests/api/store/test_ids.py.
"""

from __future__ import annotations

from functools import lru_cache

# The same rule for PostgreSQL, for the steps of the schema that move what is there.
SQL = r"""
CREATE FUNCTION id_bytes(identity text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN left(identity, 36) !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN
            CASE octet_length(convert_to(identity, 'UTF8')) WHEN 16 THEN '\xfe'::bytea ELSE ''::bytea END
            || convert_to(identity, 'UTF8')
        WHEN length(identity) = 36 THEN uuid_send(identity::uuid)
        ELSE '\xff'::bytea || uuid_send(left(identity, 36)::uuid) || convert_to(substr(identity, 37), 'UTF8')
    END
$$
"""
AT_HAND = 20_000  # a journey's own comes by with every answer
LETTERS, BYTES = 36, 16
PLAIN, LED = b"\xfe", b"\xff"


@lru_cache(AT_HAND)
def id_bytes(text: str) -> bytes:
    """The bytes that stand for this identity."""
    if len(text) >= LETTERS and (uuid := _uuid(text[:LETTERS])):
        return uuid if len(text) == LETTERS else LED + uuid + _utf8(text[LETTERS:])
    plain = _utf8(text)
    return PLAIN + plain if len(plain) == BYTES else plain


@lru_cache(AT_HAND)
def id_text(stored: bytes) -> str:
    """The identity that these bytes stand for."""
    if len(stored) == BYTES:
        return _letters(stored)
    if stored[:1] == LED:
        return _letters(stored[1 : BYTES + 1]) + stored[BYTES + 1 :].decode("utf-8", "surrogatepass")
    return stored.removeprefix(PLAIN).decode("utf-8", "surrogatepass")


def _uuid(text: str) -> bytes:
    """The 16 bytes; none where the letters would not come back the same."""
    try:
        uuid = bytes.fromhex(text.replace("-", ""))
    except ValueError:
        return b""
    return uuid if _letters(uuid) == text else b""


def _letters(uuid: bytes) -> str:
    digits = uuid.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
