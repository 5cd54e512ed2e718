"""The explored process against networkx on random processes: what is reached, where no end is left, shortest ways."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.flow.model import Place, Text
from engine.graph.process import By, Process, Step, When
from engine.harness.explore import TooManyStates, explore, told
from engine.harness.guards import Outcomes

PLACES = [f"p{number}" for number in range(8)]
ENDS = ["z0", "z1"]
NOBODY: Outcomes = frozenset()
ANY: Outcomes = frozenset([""])
PLACE = Place.model_validate({"who": "citizen", "does": "wait", "within": "P1D", "title": "x"})

moves = st.tuples(
    st.sampled_from([*PLACES, *ENDS]), st.sampled_from([*PLACES, *ENDS]), st.sampled_from(list(By)), st.booleans()
)


def process_of(rows: list[tuple[str, str, By, bool]]) -> Process:
    """A process of eight places and two ends; the last part says whether the row's guard can hold."""
    steps = tuple(
        Step(source, f"e{number}", by, When.IF, to, guard="yes" if holds else "no")
        for number, (source, to, by, holds) in enumerate(rows)
    )
    return Process(dict.fromkeys(PLACES, PLACE), {name: Text({"en": name}) for name in ENDS}, {}, steps)


def rows(group: tuple[Step, ...], deviated: bool) -> tuple[Outcomes, ...]:
    """Guards as they are written."""
    return tuple(ANY if step.guard == "yes" else NOBODY for step in group)


@settings(max_examples=300, deadline=None)
@given(st.lists(moves, max_size=30))
def test_reachability_dead_ends_and_shortest_ways_are_those_of_networkx(given_rows):
    """Every verdict on a random process is the one that an outside library gives on the same graph."""
    process = process_of(given_rows)
    explored = explore(process, rows)
    graph = nx.DiGraph()
    graph.add_nodes_from([*PLACES, *ENDS])
    graph.add_edges_from((source, to) for source, to, _, holds in given_rows if holds)
    lengths = nx.single_source_shortest_path_length(graph, "p0")
    assert explored.places == frozenset(lengths)
    ways = {name: min(len(way) for state, way in explored.ways.items() if state.place == name) for name in lengths}
    assert ways == lengths
    ending = set(ENDS).union(*(nx.ancestors(graph, end) for end in ENDS))
    assert {state.place for state in explored.able_to_end()} == ending & explored.places


@settings(max_examples=200, deadline=None)
@given(st.lists(moves, max_size=25), st.sampled_from(PLACES[1:]), st.sampled_from(ENDS))
def test_a_search_that_avoids_a_place_is_reachability_without_it(given_rows, avoided, wanted):
    """`search` finds a way exactly when the graph without that place has one, and the way is a real one."""
    process = process_of(given_rows)
    explored = explore(process, rows)
    way = explored.search(lambda own, _: own.step.target == wanted, without=[avoided])
    graph = nx.DiGraph()
    graph.add_nodes_from([*PLACES, *ENDS])
    graph.add_edges_from((source, to) for source, to, _, holds in given_rows if holds and avoided not in (source, to))
    assert (way is not None) == nx.has_path(graph, "p0", wanted)
    if way is not None:
        assert [own.step.source for own in way] == ["p0", *(own.step.target for own in way[:-1])]
        assert all(own.step.target != avoided for own in way)
        assert len(told(process, way)) >= len(way) + 1


def test_a_process_that_cannot_be_walked_is_not_walked(monkeypatch):
    """More states than fit are said, not left out."""
    monkeypatch.setattr("engine.harness.explore.MOST", 3)
    chain = [(f"p{number}", f"p{number + 1}", By.CITIZEN, True) for number in range(7)]
    with pytest.raises(TooManyStates):
        explore(process_of(chain), rows)
