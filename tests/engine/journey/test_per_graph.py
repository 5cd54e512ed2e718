"""What is worked out once for a flow version goes when the version goes."""

from __future__ import annotations

import gc
import weakref

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.journey.context import machine_of
from engine.journey.per_graph import MOST, per_graph
from tests.engine.harness.example_flows import text_of

TEXT = text_of("boom-kappen")


def test_it_is_worked_out_once_for_each_version_and_question() -> None:
    """Another version, or another question, is another thing."""
    asked: list[tuple[str, str]] = []

    @per_graph
    def shouted(graph: Graph, word: str, *, twice: bool = False) -> str:
        asked.append((graph.version, word))
        return word.upper() * (1 + twice)

    one, two = load_flow(TEXT), load_flow(TEXT + "# a note\n")
    told = [shouted(one, "a"), shouted(one, "a"), shouted(one, "b"), shouted(two, "a"), shouted(one, "a", twice=True)]
    assert told == ["A", "A", "B", "A", "AA"]
    assert len(asked) == 4


def test_no_more_is_remembered_of_a_version_than_there_is_room_for() -> None:
    """What is asked again after that is worked out again."""
    asked: list[int] = []

    @per_graph
    def noted(_: Graph, number: int) -> int:
        asked.append(number)
        return number

    graph = load_flow(TEXT)
    assert [noted(graph, number) for number in (*range(MOST + 1), 0)] == [*range(MOST + 1), 0]
    assert len(asked) == MOST + 2


def test_a_machine_does_not_keep_its_version() -> None:
    """Once nobody has the version any more, it is gone."""
    graph = load_flow(TEXT)
    machine = machine_of(graph)
    assert machine_of(graph) is machine
    seen = weakref.ref(graph)
    del graph, machine
    gc.collect()
    assert seen() is None
