"""What a YAML file is read to: scalars, lists and mappings that know where they stand.

Made by `engine.flow.yaml_tree`, read by whoever reads such a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.flow.positions import Mark, Path

Style = Literal["plain", "single", "double", "literal", "folded"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, whatever it looks like. `braced`: it stands inside `{ }` or `[ ]`."""

    text: str
    mark: Mark
    style: Style = "plain"
    braced: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping in file order; `keys` holds where each key stands."""

    entries: dict[str, Node]
    keys: dict[str, Mark]
    mark: Mark


Node = Scalar | Items | Entries


def moved(node: Node, lines: int) -> Node:
    """The same, so many lines further down."""
    if isinstance(node, Scalar):
        return Scalar(node.text, moved_mark(node.mark, lines), node.style, node.braced)
    if isinstance(node, Items):
        return Items(tuple([moved(item, lines) for item in node.items]), moved_mark(node.mark, lines))
    entries = {key: moved(child, lines) for key, child in node.entries.items()}
    keys = {key: moved_mark(mark, lines) for key, mark in node.keys.items()}
    return Entries(entries, keys, moved_mark(node.mark, lines))


def moved_mark(mark: Mark, lines: int) -> Mark:
    """The same place, so many lines further down."""
    pieces = tuple([(offset, line + lines, column) for offset, line, column in mark.pieces])
    return Mark(mark.line + lines, mark.column, mark.key_line + lines, mark.key_column, mark.text, pieces)


def marks_of(root: Node) -> dict[Path, Mark]:
    """Where every value and its key stand, by path."""
    marks: dict[Path, Mark] = {}
    _collect(root, (), root.mark, marks)
    return marks


def _collect(node: Node, path: Path, key: Mark, marks: dict[Path, Mark]) -> None:
    place = node.mark
    marks[path] = Mark(place.line, place.column, key.line, key.column, place.text, place.pieces)
    if isinstance(node, Entries):
        for name, child in node.entries.items():
            _collect(child, (*path, name), node.keys[name], marks)
    elif isinstance(node, Items):
        for number, child in enumerate(node.items):
            _collect(child, (*path, number), child.mark, marks)
