"""One change in the tree of a flow file, everything else where it stood. Nothing is changed in place.

    at(root, path)              the node there, None where there is none
    put(root, path, node)       the tree with another node there
    drop(root, path)            the tree without it
    swap(root, first, then)     the tree with two nodes exchanged

A `Mutant` is such a tree with the words for it. Called by the fault operators (`engine.harness.mutate_*`); tests:
tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.flow.positions import Path
from engine.flow.yaml_nodes import Entries, Items, Node, Scalar

RULES, FACTS, OUTCOMES, PROCESS, WORDS = "rules", "facts", "outcomes", "process", "words"
KINDS = (RULES, FACTS, OUTCOMES, PROCESS, WORDS)
OPERATORS = (
    "action dropped", "alone", "anew", "arithmetic", "channel", "check dropped", "comparison", "conclusion",
    "condition dropped", "connective", "contact", "count", "deadline", "four eyes dropped", "guard dropped",
    "hit policy", "kind", "limit", "list", "need", "option", "otherwise", "party", "promise", "rank",
    "reasons swapped", "remedy", "rounding", "row dropped", "row twice", "rows swapped", "step dropped",
    "step redirected", "steps swapped", "supplier", "task", "term", "text dropped", "texts swapped", "threshold",
    "truth", "unsure", "value", "when",
)  # fmt: skip
"""The names of the kinds of fault."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault. `operator` names the kind of fault, `what` says it in words, `line` is where it would stand.

    `places` are those of the process outside which the fault cannot show; none where it can anywhere.
    """

    kind: str
    operator: str
    what: str
    line: int
    root: Entries
    places: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """By what people point at it."""
        return f"line {self.line}, {self.operator}: {self.what}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A scalar and where it hangs."""

    path: Path
    node: Scalar

    @property
    def line(self) -> int:
        return self.node.mark.line

    @property
    def name(self) -> str:
        """The path in words: `facts.inkomen.min`."""
        return ".".join(str(step) for step in self.path)


def at(root: Node, path: Path) -> Node | None:
    """The node at a path."""
    node: Node | None = root
    for step in path:
        if isinstance(node, Entries) and isinstance(step, str):
            node = node.entries.get(step)
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def scalar(root: Node, path: Path) -> Spot | None:
    """The scalar at a path."""
    node = at(root, path)
    return Spot(path, node) if isinstance(node, Scalar) else None


def mapping(root: Node, path: Path) -> dict[str, Node]:
    """What stands under a key; nothing where it is no mapping."""
    node = at(root, path)
    return node.entries if isinstance(node, Entries) else {}


def listed(root: Node, path: Path) -> list[Spot]:
    """The scalars of a list; a single scalar counts as a list of one."""
    node = at(root, path)
    if isinstance(node, Scalar):
        return [Spot(path, node)]
    items = node.items if isinstance(node, Items) else ()
    return [Spot((*path, number), item) for number, item in enumerate(items) if isinstance(item, Scalar)]


def put(root: Entries, path: Path, node: Node) -> Entries:
    """The tree with `node` at `path`."""
    found = _put(root, path, node)
    assert isinstance(found, Entries)
    return found


def write(root: Entries, spot: Spot, text: str) -> Entries:
    """The tree with another text in a scalar."""
    mark = replace(spot.node.mark, text=text)
    return put(root, spot.path, replace(spot.node, text=text, mark=mark))


def _put(root: Node, path: Path, node: Node) -> Node:
    if not path:
        return node
    step = path[0]
    if isinstance(root, Entries):
        assert isinstance(step, str)
        return replace(root, entries={**root.entries, step: _put(root.entries[step], path[1:], node)})
    assert isinstance(root, Items)
    assert isinstance(step, int)
    items = list(root.items)
    items[step] = _put(items[step], path[1:], node)
    return replace(root, items=tuple(items))


def drop(root: Entries, path: Path) -> Entries:
    """The tree without what stands at `path`; a list or mapping that is empty then goes with it."""
    holder, step = at(root, path[:-1]), path[-1]
    if isinstance(holder, Entries):
        left: Node = replace(holder, entries={key: node for key, node in holder.entries.items() if key != step})
        empty = not left.entries  # type: ignore[union-attr]
    else:
        assert isinstance(holder, Items)
        items = tuple(node for number, node in enumerate(holder.items) if number != step)
        left, empty = replace(holder, items=items), not items
    if empty and len(path) > 1:
        return drop(root, path[:-1])
    return put(root, path[:-1], left)


def swap(root: Entries, first: Path, then: Path) -> Entries:
    """The tree with two nodes exchanged; each keeps the place in the file where it came to stand."""
    one, other = at(root, first), at(root, then)
    assert one is not None
    assert other is not None
    return put(put(root, first, other), then, one)


def blocks(root: Entries) -> Iterator[str]:
    """The languages of the translations in the file."""
    own = at(root, ("language",))
    for key, node in root.entries.items():
        if len(key) == 2 and isinstance(node, Entries) and not (isinstance(own, Scalar) and own.text == key):
            yield key
