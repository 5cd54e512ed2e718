"""What a YAML file is read to: scalars, lists and mappings that know where they stand.

Made by `engine.flow.yaml_tree`, read by whoever reads such a file. A block that was read before gives the very same
nodes, so that what is made of them is made once too (`PerNode`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

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


Made = TypeVar("Made")
SECTION, PART = 1, 2
"""How deep in a file that stands which may have been read before: a section, and what it holds."""


class PerNode(Generic[Made]):
    """What is made of nodes, known by the very node. Shared by threads: at worst something is made twice."""

    def __init__(self, most: int = 2_048) -> None:
        self._most = most
        self._kept: dict[Hashable, tuple[object, Made]] = {}

    def find(self, nodes: tuple[Node, ...], beside: Hashable) -> Made | None:
        """What was made of these nodes, and of what was `beside` them."""
        kept = self._kept.get((*map(id, nodes), beside))
        return None if kept is None else kept[1]

    def keep(self, nodes: tuple[Node, ...], beside: Hashable, made: Made) -> Made:
        """Note what was made of them, of nothing else."""
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[(*map(id, nodes), beside)] = nodes, made  # while they are kept no other nodes have their identity
        return made


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
    if SECTION <= len(path) <= PART and not isinstance(node, Scalar):
        nodes, beside = (node,), (path, key.line, key.column)
        marks.update(_MARKS.find(nodes, beside) or _MARKS.keep(nodes, beside, _marks(node, path, key)))
    else:
        marks.update(_marks(node, path, key))


def _marks(node: Node, path: Path, key: Mark) -> dict[Path, Mark]:
    place = node.mark
    marks = {path: Mark(place.line, place.column, key.line, key.column, place.text, place.pieces)}
    if isinstance(node, Entries):
        for name, child in node.entries.items():
            _collect(child, (*path, name), node.keys[name], marks)
    elif isinstance(node, Items):
        for number, child in enumerate(node.items):
            _collect(child, (*path, number), child.mark, marks)
    return marks


_MARKS: Final[PerNode[dict[Path, Mark]]] = PerNode()
