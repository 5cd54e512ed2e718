"""What is worked out once for a flow version, and let go of with it: nothing here keeps a version there.

    @per_graph
    def machine_of(graph: Graph) -> ProcessMachine: ...

What is found must not hold the graph itself. A development server and `wegwijzer watch` see a version at every save, a
server in use many of each flow. Used by `engine.journey.context` and `options`; tests:
tests/engine/journey/test_per_graph.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from engine.graph.graph import Graph

MOST = 2_048
"""Findings about one version; when there are more, all of them are forgotten."""

More = ParamSpec("More")
Found = TypeVar("Found")


def per_graph(make: Callable[Concatenate[Graph, More], Found]) -> Callable[Concatenate[Graph, More], Found]:
    """The same function, which remembers what it found as long as the graph is there."""
    kept: WeakKeyDictionary[Graph, dict[Hashable, Found]] = WeakKeyDictionary()

    @wraps(make)
    def known(graph: Graph, /, *more: More.args, **named: More.kwargs) -> Found:
        own = kept.get(graph)
        if own is None:
            own = kept[graph] = {}
        key = (more, *named.items()) if named else more
        if key not in own:
            found = make(graph, *more, **named)
            if len(own) >= MOST:
                own.clear()
            own[key] = found
            return found
        return own[key]

    return known
