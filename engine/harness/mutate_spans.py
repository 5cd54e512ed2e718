"""Lengths of time in the tree of a flow file, and a wrong one for each. Called by `engine.harness.mutate_*`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.flow.positions import Path
from engine.flow.yaml_nodes import Entries, Scalar
from engine.harness import mutate_tree as tree
from engine.harness.mutate_tree import Spot

LENGTH = re.compile(r"\d+")


def spans(root: Entries, path: Path) -> Iterator[Spot]:
    """The texts that say how long: `P6W`, or the figure in `{working_hours: 4}`."""
    node = tree.at(root, path)
    if isinstance(node, Scalar):
        yield Spot(path, node)
    for key in tree.mapping(root, path):
        spot = tree.scalar(root, (*path, key))
        if spot is not None:
            yield spot


def other_span(text: str) -> str:
    """Twice as long."""
    return LENGTH.sub(lambda found: str(int(found.group()) * 2), text, count=1)
