"""The identity of a flow version: SHA-256 over canonical JSON of everything that has meaning.

In: every text in every language, the version of the language, and what was resolved for it from outside the file: the
process, and the organisation's channels and contact where the file leaves them out. Out: comments, layout, scenarios
and the README, because they change nothing for anybody.

Canonical: keys in alphabetical order, except where the order of the file means something. Those mappings are lists of
pairs: `facts` and `of` (the order of asking), `options` and `outputs` (the order of `priority`), `pages`, `given`.
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
from functools import lru_cache
from typing import Any, Final

from pydantic import BaseModel

from engine.feel.table_layout import compact
from engine.flow.fields.numbers import plain
from engine.flow.model import Flow
from engine.flow.parts import PerPart

ORDERED: Final = frozenset({"facts", "of", "options", "pages", "given", "outputs"})
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
    own = {name: _section(part, name) for name, part in flow.__dict__.items() if part or name not in flow.LATER}
    others = {key: _resolved(json.dumps(value or {}, ensure_ascii=False)) for key, value in resolved.items()}
    return _object({"flow": _object(own), **others})


def _section(value: Any, key: str) -> str:
    """A section of the file; what stands in it is written once for all versions in which it says the same."""
    if isinstance(value, Mapping) and value and all(isinstance(part, BaseModel) for part in value.values()):
        parts = {str(name): _PARTS.of(part) for name, part in value.items()}
        return _pairs(parts) if key in ORDERED else _object(parts)
    if isinstance(value, tuple) and all(isinstance(part, BaseModel) for part in value):
        return f"[{','.join([_PARTS.of(part) for part in value])}]"
    return _text(_canonical(value, key))


def _object(parts: Mapping[str, str]) -> str:
    return f"{{{','.join([f'{_text(name)}:{parts[name]}' for name in sorted(parts)])}}}"


def _pairs(parts: Mapping[str, str]) -> str:
    return f"[{','.join([f'[{_text(name)},{own}]' for name, own in parts.items()])}]"


@lru_cache(maxsize=64)
def _resolved(told: str) -> str:
    """Plain JSON values, canonical."""
    return _text(_canonical(json.loads(told), ""))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _part(part: BaseModel) -> str:
    return _text(_canonical(part, ""))


_PARTS: Final = PerPart(_part)


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
