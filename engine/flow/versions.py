"""The identity of a flow version: SHA-256 over canonical JSON of everything that has meaning.

Texts are in, and so are the resolved process and the version of the language. Comments, layout, scenarios and the README
are not: they do not change what happens to anybody. Called by `engine.graph.compile`; tests:
tests/engine/flow/test_versions.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from engine.flow.model import Flow


def content_hash(flow: Flow, *, process: Mapping[str, object] | None = None) -> str:
    """64 hexadecimal digits. `process` is the resolved process as plain JSON values."""
    plain = {"flow": flow.model_dump(mode="json", by_alias=True), "process": process or {}}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
