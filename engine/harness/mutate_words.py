"""Faults in the words of the tree: a text that is gone in one language, or stands where another belongs.

    text dropped    question, why, title, text, reason of one fact, outcome, task or letter, in any language of the file
    texts swapped   those of two neighbours: questions, outcomes, tasks, letters

Only texts that somebody reads while on the way; labels, sources and notes are left alone. Called by
`engine.harness.mutate`; tests: tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.errors import worded
from engine.flow.positions import Path
from engine.flow.yaml_nodes import Entries, Scalar
from engine.harness import mutate_tree as tree
from engine.harness.mutate_tree import WORDS, Mutant

READ: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("facts", ("ask", "why")),
    ("outcomes", ("title", "text")),
    ("tasks", ("text",)),
    ("texts", ("",)),
)


def word_faults(root: Entries) -> Iterator[Mutant]:
    """Every fault in what people read."""
    heads: tuple[Path, ...] = ((), *((language,) for language in tree.blocks(root)))
    for head in heads:
        for section, keys in READ:
            names = list(tree.mapping(root, (*head, section)))
            for key in keys:
                paths: list[Path] = [(*head, section, name, key) if key else (*head, section, name) for name in names]
                yield from _faults(root, [path for path in paths if tree.at(root, path) is not None])
        yield from _gone(root, (*head, "contact", "ask_person", "tell"))


def _faults(root: Entries, paths: Sequence[Path]) -> Iterator[Mutant]:
    for path in paths:
        yield from _gone(root, path)
    for first, then in pairwise(paths):
        mine, its = tree.at(root, first), tree.at(root, then)
        if mine is None or its is None or type(mine) is not type(its):
            continue
        if isinstance(mine, Scalar) and isinstance(its, Scalar) and mine.text == its.text:
            continue
        what = worded("{one} and {two} have each other's words", one=_name(first), two=_name(then))
        yield Mutant(WORDS, "texts swapped", what, mine.mark.line, tree.swap(root, first, then))


def _gone(root: Entries, path: Path) -> Iterator[Mutant]:
    node = tree.at(root, path)
    if node is not None:
        yield Mutant(
            WORDS, "text dropped", worded("{what} is gone", what=_name(path)), node.mark.line, tree.drop(root, path)
        )


def _name(path: Path) -> str:
    return ".".join(str(step) for step in path)
