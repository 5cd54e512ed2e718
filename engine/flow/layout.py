"""A flow file laid out: tables aligned, no space at the end of lines, one line feed at the end of the file.

Comments, order, quotes and every text stay as they are: a file means the same before and after, and laying it out
again changes nothing. Raises FlowError for a file that is no YAML: it is left alone. Called by `wegwijzer fmt`; tests:
tests/engine/flow/test_layout.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from engine.errors import EngineBug, FlowError, Problem, Where, worded
from engine.feel.table_layout import aligned, compact
from engine.flow.positions import Path
from engine.flow.yaml_nodes import Entries, Items, Node, Scalar
from engine.flow.yaml_tree import read_tree

SECTIONS = frozenset({"decisions", "functions", "parameters"})


def formatted(text: str, file: str = "flow.yaml") -> str:
    """The file laid out. Raises FlowError with what is wrong with its YAML."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    root = _tree(text, file)
    lines = text.split("\n")
    kept = _lines_of_texts(text)
    tables = [node for path, node in _scalars(root, ()) if _is_table(path) and node.style == "literal"]
    laid = [line if number in kept else line.rstrip(" \t") for number, line in enumerate(lines, start=1)]
    for node in tables:
        _lay(node, laid)
    while len(laid) > 1 and not laid[-1] and not laid[-2] and len(laid) - 1 not in kept:
        laid.pop()
    made = "\n".join(laid if not laid[-1] else [*laid, ""])
    if _meaning(_tree(made, file)) != _meaning(root):
        raise EngineBug("laying out a flow file changed what it means")
    return made


def _tree(text: str, file: str) -> Node:
    root, problems = read_tree(text, file)
    if root is None and not problems:
        hint = worded("Start with `wegwijzer: 1`; `wegwijzer new SLUG` writes a flow to begin with.")
        raise FlowError([Problem(Where(file, 1, 1), "E-NOT-A-FLOW", worded("The file is empty."), hint)])
    if root is None or problems:
        raise FlowError(problems)
    return root


def _scalars(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    for key, child in node.entries.items() if isinstance(node, Entries) else ():
        yield from _scalars(child, (*path, key))
    for number, item in enumerate(node.items if isinstance(node, Items) else ()):
        yield from _scalars(item, (*path, number))


def _is_table(path: Path) -> bool:
    if path == ("process", "steps"):
        return True
    return len(path) == 3 and path[0] in SECTIONS and path[2] == "table"


def _lay(node: Scalar, lines: list[str]) -> None:
    """Put the aligned rows of a table in the place of its lines; empty lines between rows stay."""
    rows = aligned(node.text)
    places = [line for _, line, _ in node.mark.pieces]
    if rows is None or len(rows) != len(places):
        return
    indent = " " * (node.mark.pieces[0][2] - 1)
    for line, row in zip(places, rows, strict=True):
        lines[line - 1] = indent + row


def _lines_of_texts(text: str) -> frozenset[int]:
    """The lines (from 1) on which a text over several lines stands: space at their ends may be part of it."""
    found: set[int] = set()
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            first, last = event.start_mark.line, event.end_mark.line
            if last > first:
                found.update(range(first + 1, last + (2 if event.end_mark.column else 1)))
    return frozenset(found)


def _meaning(root: Node) -> list[tuple[Path, str]]:
    """Every text with its path, in file order; of a table what its layout does not change."""
    return [(path, compact(node.text) if _is_table(path) else node.text) for path, node in _scalars(root, ())]
