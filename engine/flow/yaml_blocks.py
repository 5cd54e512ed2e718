"""A file cut into blocks that can be read one by one, each as if it were alone: `key:` and what is indented below it.

    blocks(text) -> [Block(text, line)]     every key in the first column; None where the file is not so plain
    inner(block) -> [Block(text, line)]     the same of the keys right below a key that stands alone on its line

Only what is certainly a key begins a block: at a line that could be anything else there are no blocks. A text in
quotes, or braces, may go on in the first column: its first half cannot be read alone, and then the file is read as a
whole. Used by `engine.flow.yaml_tree`; tests: tests/engine/flow/test_yaml_blocks.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_KEY = re.compile(r"( *)[A-Za-z_][\w-]*:(?= |$)", re.ASCII)
_KEPT_LINES = re.compile(r"[|>][0-9]?\+")
_ALONE = re.compile(r" *[A-Za-z_][\w-]*: *", re.ASCII)


class Block(NamedTuple):
    """Some lines of a file; `line` is the number of the first, from 0."""

    text: str
    line: int


def blocks(text: str) -> list[Block] | None:
    """The file by its first keys, in order. What stands between them are comments and empty lines."""
    return _cut(text.split("\n"), 0, "")


def inner(block: Block) -> list[Block] | None:
    """The block by the keys right below its own."""
    head, *rest = block.text.split("\n")
    first = next((line for line in rest if not _is_bare(line)), "")
    found = _KEY.match(first)
    if _ALONE.fullmatch(head) is None or found is None:
        return None
    below = len(head) - len(head.lstrip())
    return _cut(rest, block.line + 1, found[1]) if len(found[1]) > below else None


def _cut(lines: Sequence[str], line: int, indent: str) -> list[Block] | None:
    starts: list[int] = []
    for number, row in enumerate(lines):
        if _is_bare(row) or row.startswith(f"{indent} "):
            continue
        found = _KEY.match(row)
        if found is None or found[1] != indent:
            return None
        starts.append(number)
    if not starts or any(not _is_bare(row) for row in lines[: starts[0]]):
        return None
    ends = [*starts[1:], len(lines)]
    return [Block(_without_comments(lines[at:end]), line + at) for at, end in zip(starts, ends, strict=True)]


def _is_bare(row: str) -> bool:
    """An empty line, or a comment that begins it."""
    return row.startswith("#") or not row.strip(" ")


def _without_comments(lines: Sequence[str]) -> str:
    """The lines up to the last that says something. A text that keeps the empty lines below it (`|+`) keeps them."""
    end = len(lines)
    while end > 1 and lines[end - 1].startswith("#"):
        end -= 1
    if not any(_KEPT_LINES.search(row) for row in lines[:end]):
        while end > 1 and _is_bare(lines[end - 1]):
            end -= 1
    return "\n".join((*lines[:end], ""))
