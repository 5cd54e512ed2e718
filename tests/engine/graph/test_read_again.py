"""A version that is read after others, in one process, is what it is when nothing was read before."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from engine.errors import FlowError
from engine.flow import merge, texts, versions, yaml_nodes, yaml_tree
from engine.flow.parse import read_flow
from engine.flow.parts import PerPart
from engine.flow.positions import Mark
from engine.flow.yaml_nodes import PerNode
from engine.graph import reading
from engine.graph.load import load_reading
from engine.harness import affected
from engine.lint.linting import lint
from engine.lint.rules import unused
from tests.engine.harness.example_flows import text_of

SLUGS = ("boom-kappen", "verkeersboete", "dagopname", "bijstand", "rijbewijs-leeftijdspoort")
EDITS = 4  # of one flow; SEED draws others
SEED = 5
WORDS = ("yes", "no", "true", "-", "13", "ask:", "when:", "x")


def versions_of(slug: str, seed: int = SEED, most: int = EDITS) -> Iterator[str]:
    """Versions of a flow as an author's hand makes them, right and wrong, the good one in between."""
    own = Random(f"{slug} {seed}")  # noqa: S311
    good = text_of(slug)
    for number in range(most):
        yield edited(good, own)
        if number % 3 == 0:
            yield good


def edited(text: str, own: Random) -> str:
    """One edit: a line comes, goes, or changes places, a word or a figure becomes another."""
    lines = text.splitlines(keepends=True)
    at = own.randrange(len(lines) - 1)
    kind = own.randrange(5)
    if kind == 0:
        lines.insert(at, "# a note\n")
    elif kind == 1:
        del lines[at]
    elif kind == 2:
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    else:
        words = lines[at].split(" ")
        number = own.randrange(len(words))
        words[number] = own.choice(WORDS) + ("\n" if words[number].endswith("\n") else "")
        lines[at] = " ".join(words)
    return "".join(lines)


def said(text: str) -> tuple[object, ...]:
    """All that is read from a text: the model, where it stands, its identity, formulas with their places, problems."""
    read = read_flow(text)
    told = (read.parsed and (read.parsed.flow, read.parsed.positions), read.problems, read.dropped)
    linted = lint(text)
    try:
        graph = load_reading(read)
    except FlowError as error:
        return *told, error.problems, linted
    formulas = [*graph.guards.values(), *graph.promises, *(own.when for own in graph.facts.values())]
    rows = [(row.where, row.output.text, row.output.where) for own in graph.rulings.values() for row in own.rows]
    places = [(own.text, own.where, own.names) for own in formulas if own is not None]
    return *told, graph.version, graph.process, graph.process.marks, places, rows, affected.prints(graph), linted


def forget(patch: pytest.MonkeyPatch) -> None:
    """As if nothing was read before."""
    for module, name in ((versions, "_PARTS"), (texts, "_PARTS"), (unused, "_PARTS"), (affected, "_PARTS")):
        patch.setattr(module, name, PerPart(getattr(module, name)._make))
    patch.setattr(affected, "_OUTCOMES", PerPart(affected._OUTCOMES._make))
    patch.setattr(yaml_nodes, "_MARKS", PerNode())
    patch.setattr(merge, "_MERGED", PerNode())
    for own in (reading._tree, yaml_tree._alone, yaml_tree._placed, yaml_tree._by_blocks, versions._resolved):
        own.cache_clear()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_version_after_others_is_read_as_one_alone(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right or wrong: the flow, its identity, every place in the file, every problem."""
    texts_read = list(versions_of(slug))
    warm = [said(text) for text in texts_read]
    for text, found in zip(texts_read, warm, strict=True):
        with monkeypatch.context() as patch:
            forget(patch)
            assert said(text) == found


def test_what_is_kept_of_nodes_stays_within_its_room() -> None:
    """However many versions are read."""
    nodes: PerNode[int] = PerNode(most=3)
    read = [yaml_nodes.Items((), Mark(1, 1, 1, 1)) for _ in range(10)]
    for number, own in enumerate(read):
        nodes.keep((own,), "x", number)
        assert nodes.find((own,), "x") == number
        assert nodes.find((own,), "y") is None
    assert sum(nodes.find((own,), "x") is not None for own in read) <= 3


def test_a_value_that_does_not_exist_is_refused_every_time() -> None:
    """A formula is remembered only where nothing was wrong with it."""
    check = "checks:\n  - {must: 'date(2026, 2, 30) = date(2026, 3, 1)', say: x}\n"
    wrong = text_of("boom-kappen").replace("goal:", f"{check}goal:", 1)
    first, second = lint(wrong).problems, lint(wrong).problems
    assert first == second
    assert any(own.code in ("E-VALUELESS", "E-VALUE") for own in first)
