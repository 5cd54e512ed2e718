"""The identity of a flow version: SHA-256 over canonical JSON of everything that has meaning.

In: every text in every language, the version of the language, and what was resolved for it from outside the file: the
process, and the organisation's channels and contact where the file leaves them out. Out: comments, layout, scenarios
and the README, because they change nothing for anybody.

Canonical: keys in alphabetical order, except where the order of the file means something. Those mappings are lists of
pairs: `facts` and `of` (the order of asking), `options` (the order of `priority`, and on the page), `pages`, `given`.
A key that the language got later (`LATER`) counts where something stands in it: older versions keep their identity.
Numbers and dates are the model's, so `7.50` and `7.5` are one; of a table its cells count, not its layout. Called by
`engine.graph.compile`; tests: tests/engine/flow/test_versions.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from pydantic import BaseModel

from engine.feel.table_layout import compact
from engine.flow.fields.numbers import plain
from engine.flow.model import Flow

ORDERED: Final = frozenset({"facts", "of", "options", "pages", "given"})
"""Keys whose mapping keeps the order of the file."""

TABLES: Final = frozenset({"table", "steps"})
"""Keys that hold a pipe table."""

PLAIN: Final = frozenset({str, bool, int})
"""Types whose values stand in the text as they are."""


def content_hash(
    flow: Flow,
    *,
    process: Mapping[str, object] | None = None,
    channels: Mapping[str, object] | None = None,
    contact: Mapping[str, object] | None = None,
) -> str:
    """64 hexadecimal digits. `process`, `channels` and `contact` are what was resolved, as plain JSON values."""
    return hashlib.sha256(
        canonical_json(flow, process=process, channels=channels, contact=contact).encode()
    ).hexdigest()


def canonical_json(flow: Flow, **resolved: Mapping[str, object] | None) -> str:
    """The text that is hashed; the same for two files that mean the same."""
    whole = {"flow": _canonical(flow, ""), **{key: _canonical(value or {}, "") for key, value in resolved.items()}}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _canonical(value: Any, key: str) -> Any:
    if value is None or type(value) in PLAIN:
        return compact(value) if key in TABLES and isinstance(value, str) else value
    if isinstance(value, BaseModel):
        root = getattr(value, "root", None)
        fields = root if isinstance(root, dict) else value.__dict__
        later = getattr(type(value), "LATER", ())
        return {name: _canonical(part, name) for name, part in fields.items() if part or name not in later}
    if isinstance(value, Mapping):
        pairs = [(str(name), _canonical(part, "")) for name, part in value.items()]
        return [list(pair) for pair in pairs] if key in ORDERED else dict(pairs)
    if isinstance(value, list | tuple):
        return [_canonical(part, "") for part in value]
    if isinstance(value, Decimal):
        return plain(value)
    return value.value if isinstance(value, Enum) else value
