"""A draft of a flow file as YAML text: mappings, lists, texts between quotes where they need them, tables as blocks.

Caller: `engine.graph.from_dmn`. `Block` marks a text that keeps its lines (a pipe table).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PLAIN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9 ,.?'()_/-]*")
_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n", "none"}


class Block(str):
    """A text of several lines that keeps them."""

    __slots__ = ()


def to_yaml(document: Mapping[str, object]) -> str:
    """The whole document; keys keep their order."""
    return "".join(_entries(document, 0))


def _entries(mapping: Mapping[str, object], depth: int) -> list[str]:
    lines: list[str] = []
    for key, value in mapping.items():
        lines.append(_entry(_key(key), value, depth))
    return lines


def _entry(key: str, value: object, depth: int) -> str:
    start = "  " * depth + f"{key}:"
    if isinstance(value, Block):
        body = "\n".join("  " * (depth + 1) + line for line in value.splitlines())
        return f"{start} |\n{body}\n"
    if isinstance(value, Mapping) and value:
        return f"{start}\n" + "".join(_entries(value, depth + 1))
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        rows = "".join("  " * (depth + 1) + f"- {_inline(item)}\n" for item in value)
        return f"{start}\n{rows}"
    return f"{start} {_inline(value)}\n"


def _inline(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_quoted(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_quoted(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else _quoted(text)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) and key.lower() not in _WORDS else _quoted(key)


def _quoted(value: object) -> str:
    """Inside { } and [ ]: one bare word, or a text between double quotes."""
    if isinstance(value, Mapping | list):
        return _inline(value)
    text = str(value)
    return text if _BARE.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text, ensure_ascii=False)
