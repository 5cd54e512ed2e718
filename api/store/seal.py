"""Sealing: JSON -> bytes -> AES-256-GCM under the dossier's own key, bound to the place where it lies.

    sealed = nonce (12 bytes) || AES-GCM( dictionary number (1 byte) || [carried] || deflate(JSON), aad )
    carried  an identity that recurs in the JSON, once: length (1 byte) || its bytes (`api.store.ids`)
    aad    = tenant | journey | key number | field      (lengths before the parts, so no two places share one)
    chain  = SHA-256( chain before || seq || audit line || sealed )      over ciphertext, never over values

The AAD makes a sealed value useless anywhere but in its own row (NIST SP 800-38D, section 5.2.1.2); random
nonces are safe up to 2^32 values a key, and a dossier's key seals thousands. Compression comes first, with a
dictionary of what every event holds: 230 bytes become 70. It lets lengths depend on content,
which tells a thief the length of an answer, as it would without. Words that lie beside the value anyway (the journey's
id, the moment), and the one that is carried, stand in the JSON as one byte each that no UTF-8 has: of letters that
nobody can foresee, deflate makes nothing less.

Pure computation: no key is looked up here (`api.store.keys` does), nothing is stored here.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.store.ids import id_bytes, id_text

NONCE_BYTES = 12
_WINDOW, _MEMORY, _LEVEL = -12, 5, 3  # of a snapshot, 3 is quicker than 2 and leaves less
# What every event and snapshot holds, the commonest last. A dictionary never changes once rows were sealed with it:
# a better one gets the next number, and old rows go on opening.
_DICTIONARIES = {
    1: (
        b'"reason":"","note":"","about":"","preferred_time":"","deadline":null,"over":"phone","skill":"","motive":"",'
        b'"disputed":"","help_wanted":{},"represented_by":"","suspended":{},"contacts":[{"tasks":{"kind":"ask_person",'
        b'"opened":"","due":"","claimed_by":"","finished":"","outcome":"","proposed":"","last_by":{},"submitted":"",'
        b'"type":"OutcomeSettled","outcome":"","type":"StepTaken","step":"submit","type":"TaskClaimed","task":"",'
        b'"type":"PersonAsked","type":"JourneyStarted","journey":"","reference":"WW-","flow":"","version":"",'
        b'"language":"nl","actor":{"kind":"worker","id":""},"supplier":"register","source":"","actor":{"kind":"clock"},'
        b'"channel":"phone","facts":["type":"AnswersWithdrawn","clock":"remind","until":"2027-01-01T23:00:00Z",'
        b'"type":"ClockSet"},"actor":{"kind":"engine"},"place":"answering","by_event":"","type":"PlaceEntered"},'
        b'"language":"nl","channel":"web","started":"2026-01-01T10:00:00.000000+00:00","seq":1,"answers":{"":{'
        b'"value":true,"supplier":"citizen","at":"2026-11-22T10:00:00.000000+00:00","by":["citizen",""],'
        b'"channel":"web"},"place":"answering","visits":[{"place":"answering","entry":1,"at":"2026-"}],'
        b'"deadlines":{"place":"2027-02-20T23:00:00+00:00","remind":"2026-12-23T23:00:00+00:00"},"signals":0}'
        b'{"id":"01a20167-c801-7152-a2d2-9c4eec619b95.1","at":"2026-11-22T03:58:28.353338Z","actor":{"kind":"citizen"},'
        b'"fact":"","value":false,"type":"AnswerGiven"}'
    ),
}
_DICTIONARIES[2] = (
    b'","next":"","open":false},{},1]","outcome":"","next":"","open":true},{},1]"place":"answered","outcome":""'
    + _DICTIONARIES[1]
    + b'[200,{"id":"","version":1,"place":"answering","outcome":"","next":"'
)
_CARRIED, *_KNOWN = (bytes((mark,)) for mark in range(0xF5, 0xFA))  # what stands for the words
_DICTIONARIES[3] = (
    _DICTIONARIES[2]
    .replace(b'{"id":"",', b'{"id":"' + _KNOWN[0] + b'",')
    .replace(b'{"id":"01a20167-c801-7152-a2d2-9c4eec619b95', b'[{"id":"' + _CARRIED)
    .replace(b"2026-11-22T03:58:28.353338Z", _KNOWN[1] + b".353338Z")
    .replace(b'"open":true},{},1]', b'"open":true},{}]')
    .replace(b'"type":"AnswerGiven"}', b'"type":"AnswerGiven"}]')
)
_NEWEST = 3
_READY = zlib.compressobj(  # with its dictionary read; a copy costs less than reading it again
    _LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY, zlib.Z_DEFAULT_STRATEGY, _DICTIONARIES[_NEWEST]
)
RARE, ALONG, NUMBER = 0x80, 0x40, 0x3F  # written by `json`, read by `json`; an identity goes along; the dictionary
LONGEST = 256


class SealBroken(Exception):
    """Not sealed with this key, or not for this place: the bytes were moved or altered."""


def pack(value: Any, known: Sequence[str] = (), carried: str = "") -> bytes:
    """A JSON value as compressed bytes. Raise TypeError for what is not JSON; JSON has no NaN: it becomes null.

    `known`: words that whoever unpacks it knows too, four at most. `carried`: an identity that goes along.
    """
    try:
        text, mark = orjson.dumps(value), _NEWEST
    except orjson.JSONEncodeError:
        text, mark = _rare(value), _NEWEST | RARE
    along = b""
    if carried and len(own := id_bytes(carried)) < LONGEST:
        text, mark, along = text.replace(_utf8(carried), _CARRIED), mark | ALONG, bytes((len(own),)) + own
    for word, stand_in in zip(known, _KNOWN, strict=False):
        if word:
            text = text.replace(_utf8(word), stand_in)
    squeeze = _READY.copy()
    return b"%c%b%b%b" % (mark, along, squeeze.compress(text), squeeze.flush())


def _rare(value: Any) -> bytes:
    """orjson is ten times as fast, but knows no lone surrogate and no integer beyond 64 bits: those are JSON too."""
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    if json.loads(text) != value:
        raise TypeError("This value is no JSON: it would come back as another one.")
    return text.encode("ascii")


def unpack(packed: bytes, known: Sequence[str] = ()) -> Any:
    """The JSON value that `pack` was given with these words."""
    mark, starts = packed[0], 1
    if mark & ALONG:
        starts = 2 + packed[1]
    text = zlib.decompressobj(_WINDOW, _DICTIONARIES[mark & NUMBER]).decompress(packed[starts:])
    for word, stand_in in zip(known, _KNOWN, strict=False):
        text = text.replace(stand_in, _utf8(word))
    if mark & ALONG:
        text = text.replace(_CARRIED, _utf8(id_text(packed[2:starts])))
    return json.loads(text) if mark & RARE else orjson.loads(text)


def _utf8(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")  # a lone surrogate is escaped in JSON: nothing is found, nothing lost


def place(tenant: str, journey: str, key_no: int, field: str = "") -> bytes:
    """The AAD of one stored value; parts carry their length, so `a|bc` is never `ab|c`."""
    parts = (tenant.encode(), journey.encode(), b"%d" % key_no)
    return b"".join(struct.pack(">H", len(part)) + part for part in parts) + field.encode()


class DossierKey:
    """One opened data key of one journey, `number` within that journey."""

    __slots__ = ("_cipher", "_place", "number")

    def __init__(self, tenant: str, journey: str, number: int, secret: bytes) -> None:
        self.number = number
        self._place = place(tenant, journey, number)
        self._cipher = AESGCM(secret)

    def seal(self, field: str, value: Any, known: Sequence[str] = (), carried: str = "") -> bytes:
        """`value` (JSON) as ciphertext that opens only as `field` of this journey; `known`, `carried`: see `pack`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, pack(value, known, carried), self._place + field.encode())

    def seal_bytes(self, field: str, content: bytes) -> bytes:
        """Bytes as they are, uncompressed: pictures and PDFs are so already."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, self._place + field.encode())

    def open_bytes(self, field: str, sealed: bytes) -> bytes:
        """What `seal_bytes` was given. Raise SealBroken when it is not this key's, or not this field's."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._place + field.encode())
        except InvalidTag as broken:
            raise SealBroken(f"A sealed {field.partition(':')[0]} of this journey does not open.") from broken

    def open(self, field: str, sealed: bytes, known: Sequence[str] = ()) -> Any:
        """What `seal` was given. Raise SealBroken when it is not this key's, or not this field's."""
        try:
            packed = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._place + field.encode())
        except InvalidTag as broken:
            message = f"A sealed {field.partition(':')[0]} of this journey does not open: it was moved or altered."
            raise SealBroken(message) from broken
        return unpack(packed, known)


def link(before: bytes, seq: int, audit: Sequence[str], key_no: int, sealed: bytes) -> bytes:
    """The chain's next link: 32 bytes that depend on every sealed event and audit line up to `seq`."""
    line = "\x1f".join(audit).encode()
    return sha256(before + struct.pack(">QHI", seq, key_no, len(line)) + line + sealed).digest()
