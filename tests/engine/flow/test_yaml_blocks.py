"""A file that is read block by block gives what it gives at one go: every value, every place, every fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from engine.errors import FlowError
from engine.flow.yaml_blocks import Block, blocks, inner
from engine.flow.yaml_nodes import Entries
from engine.flow.yaml_tree import read_tree, read_whole

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUGS = ("boom-kappen", "verkeersboete", "paspoort")
EACH = 30  # edits of one flow
PIECES = (
    "# note",
    "",
    "  # note",
    "x: y",
    "  x: y",
    '"',
    "{",
    "}",
    "|",
    "- a",
    "---",
    "\t",
    ": ",
    "key:",
    "  |+",
    "&a",
)


def said(read: Callable[[str, str], object], text: str) -> object:
    """What comes of a text: the tree and its faults, or the limit that it breaks."""
    try:
        return read(text, "f")
    except FlowError as error:
        return error.problems


def edited(text: str, chance: Random) -> str:
    """A text with a few lines lost, said twice, swapped, put in, or written otherwise."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        at, kind = chance.randrange(len(lines)), chance.randrange(6)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif kind == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3:
            lines.insert(at, chance.choice(PIECES))
        elif kind == 4:
            cut = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:cut] + chance.choice(PIECES) + lines[at][cut:]
        else:
            lines[at] = lines[at].replace("e", "E", 1)
    return "\n".join(lines)


@pytest.mark.parametrize("slug", SLUGS)
def test_an_edited_flow_is_read_as_at_one_go(slug: str) -> None:
    """Whatever an author does to a good file: the same tree with the same places, or the same faults."""
    good, chance = (FLOWS / slug / "flow.yaml").read_text("utf-8"), Random(slug)  # noqa: S311
    for text in (good, good + "\n# note\n", "# note\n" + good, *(edited(good, chance) for _ in range(EACH))):
        assert said(read_tree, text) == said(read_whole, text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: 2",
        "a:\n  b: 1\n  c:\n    d: |\n      x\n\n  e: 2\n# note\n\nf: [1,\n2]\n",
        'a: "x\nb: y"\nc: 1\n',
        "a: {b: 1,\nc: 2}\nd: 3\n",
        "a: |+\n  x\n\n\nb: 1\n",
        "a: |+ # kept\n  x\n\n# note\n",
        "a:\n  x: >\n    one\n    two\n  y: 'it''s\n    so'\n",
        "# note\n\n  # note\na:\n# note\n  b: 1\n",
        "a: 1\na: 2\n",
        "a:\n- 1\n- 2\nb: 1\n",
        "a:\n  - 1\n  - 2\nb: 1\n",
        "a:\nb: 1\n",
        "  a: 1\n  b: 2\n",
        "a: 1\n---\nb: 2\n",
        "a:\n  b: 1\n  b: 2\n",
        "a: &x 1\nb: *x\n",
        "a:   # note\n  b: 1\n",
        "a:\n    b: 1\n  c: 2\n",
        "a:\n" + "".join("  " * deep + f"k{deep}:\n" for deep in range(1, 20)) + "  " * 20 + "x: 1\n",
        "on: 1\n<<: 2\nyes: 3\n",
        "a : 1\nb: 2\n",
        "a: 1 #x\nb: 2\n",
    ],
)
def test_what_is_hard_to_cut_is_read_as_at_one_go(text: str) -> None:
    """Quotes and braces over several lines, kept lines, comments between keys, keys twice, depth."""
    assert said(read_tree, text) == said(read_whole, text)


def test_a_block_is_a_key_and_what_is_indented_below_it() -> None:
    """Comments that follow a block are none of it."""
    assert blocks("a: 1\nb:\n  c: 2\n# note\n") == [Block("a: 1\n", 0), Block("b:\n  c: 2\n", 1)]
    assert inner(Block("b:\n  c: 2\n  d: 3\n", 4)) == [Block("  c: 2\n", 5), Block("  d: 3\n", 6)]


@pytest.mark.parametrize("text", ["- a\n", "a: 1\n- b\n", "---\na: 1\n", "? a\n: b\n", " a: 1\n", "a: 1\n\tb: 2\n"])
def test_what_may_be_no_key_is_not_cut(text: str) -> None:
    """A list, a document's first line, a key of several words: such a file is read as a whole."""
    assert blocks(text) is None


def test_the_same_block_is_read_once() -> None:
    """Another comment leaves every value the very same object."""
    text = (FLOWS / "boom-kappen" / "flow.yaml").read_text("utf-8")
    first, again = (read_tree(own, "f")[0] for own in (text, text + "# note\n"))
    assert first == again
    assert isinstance(first, Entries)
    assert isinstance(again, Entries)
    assert all(one is other for one, other in zip(first.entries.values(), again.entries.values(), strict=True))
