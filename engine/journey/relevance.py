"""Which facts are still needed, and who must supply them. Pure; derived anew from the facts each time.

    phase       needed while                                        can change the outcome
    goal        two completions still give different outcomes        yes
    values      the outcome is certain, one of its values is not     no
    needs       values are known, a fact to handle it is not; or     no
                only a worker is waited for, who must have more; or
                the place `needs` it, and then nothing else

Order: `author` (the order of the flow file; for a list item by item) or `early` (the question that can settle the goal
with the fewest further questions, ties as author). A fact whose `when` is UNKNOWN lets what `when` needs go first.
Facts that can no longer matter are in no phase. Called by reducer, options, harness; tests:
tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from enum import StrEnum

from engine.feel.unknown import UNKNOWN
from engine.flow.keys import FactKey, read_key
from engine.flow.model import Order, SupplierKind
from engine.graph.axes import FactAxis
from engine.graph.diagrams import Diagram
from engine.graph.evaluation import formula_needs
from engine.graph.graph import FactNode, Formula, Graph
from engine.graph.mdd import DiagramTooLarge, Forest
from engine.graph.possible import One
from engine.graph.view import ALWAYS, ItemView, View
from engine.journey.facts import SIGHTS, Sights, sight_of

BY_CITIZEN = frozenset({SupplierKind.CITIZEN})
AT_ONCE = frozenset({SupplierKind.CITIZEN, SupplierKind.REGISTER})


class Phase(StrEnum):
    """Why facts are needed."""

    GOAL = "goal"
    VALUES = "values"
    NEEDS = "needs"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Relevance:
    """`needed`: keys that matter now, in order of asking; `waiting`: those of them that the citizen cannot supply.

    `unsupplied` are needs that only worker, payment or process supply: they never delay the outcome. `outcome` is ""
    while open; `stuck` when the rules give no outcome at all: a person looks. `here`: the place asks something of its
    own, and nothing else.
    """

    outcome: str
    phase: Phase
    needed: tuple[str, ...]
    askable: tuple[str, ...]
    waiting: tuple[str, ...]
    stuck: bool = False
    unsupplied: tuple[str, ...] = field(default=())
    here: bool = False

    @property
    def next(self) -> str:
        """The recommended next question, "" when there is none."""
        return self.askable[0] if self.askable else ""

    @property
    def is_settled(self) -> bool:
        """The goal, its values and the needs that citizen or register can supply are known; or all asked here is."""
        return (bool(self.outcome) or self.here) and not self.needed


Seen = dict[tuple[str, frozenset[str], bool, tuple[str, ...]], Relevance]
"""What was worked out for facts, under one set of facts and rules."""
_SEEN: ContextVar[Seen | None] = ContextVar("_SEEN", default=None)


class Remembering:
    """Made by `remembered`; a class and no generator, as every command enters it."""

    __slots__ = ("_before", "_seen", "_sights")

    def __init__(self, seen: Seen | None, sights: Sights) -> None:
        self._seen, self._sights = seen, sights

    def __enter__(self) -> None:
        self._before = _SEEN.set(self._seen), SIGHTS.set(self._sights)

    def __exit__(self, *_: object) -> None:
        seen, sights = self._before
        _SEEN.reset(seen)
        SIGHTS.reset(sights)


def remembered(seen: Seen | None = None, sights: Sights | None = None) -> Remembering:
    """Within it, equal facts get what was worked out for them before: for many citizens through one flow.

    `seen` goes on with what was remembered earlier; graphs that share it must agree in facts, rules and outcomes. For
    made-up citizens of the harness, and within one command: what real citizens answered is remembered nowhere but in
    their journey. `sights` are views of such a journey, its own or of a moment before.
    """
    if seen is None and sights is None:
        seen = {}  # views are enough for one journey; by their facts they are known to many
    return Remembering(seen, [] if sights is None else sights)


def relevance(
    graph: Graph,
    view: View,
    passed: frozenset[str] = frozenset(),
    *,
    decide_only: bool = False,
    here: tuple[str, ...] = (),
) -> Relevance:
    """What is still needed. `passed` are facts that the citizen handed on to a person ("weet ik niet").

    `here` is what the place asks (`needs` of a place): that alone, whatever the outcome. With `decide_only` the facts
    to handle an outcome are left out.
    """
    sight = sight_of(view)
    if sight is None:
        return _known_of_others(graph, view, passed, decide_only, here)
    found = sight.relevant.get((passed, decide_only, here))
    if not isinstance(found, Relevance):
        found = _known_of_others(graph, view, passed, decide_only, here)
        sight.relevant[passed, decide_only, here] = found
    return found


def _known_of_others(
    graph: Graph, view: View, passed: frozenset[str], decide_only: bool, here: tuple[str, ...]
) -> Relevance:
    seen = _SEEN.get()
    if seen is None:
        return _asked(graph, view, passed, decide_only, here)
    key = (repr(sorted(view.known.items())), passed, decide_only, here)
    if key not in seen:
        seen[key] = _asked(graph, view, passed, decide_only, here)
    return seen[key]


def _asked(graph: Graph, view: View, passed: frozenset[str], decide_only: bool, here: tuple[str, ...]) -> Relevance:
    if not here:
        return _still_needed(graph, view, passed, decide_only=decide_only)
    outcome = _still_needed(graph, view, passed, decide_only=True).outcome
    wanted: set[str] = set()
    for name in here:
        _want(graph, view, name, wanted)
    found = _relevance(graph, view, outcome, Phase.NEEDS if wanted else Phase.DONE, wanted, passed)
    return replace(found, here=True)


def _still_needed(graph: Graph, view: View, passed: frozenset[str], *, decide_only: bool) -> Relevance:
    plain = _plain(graph, view, passed)
    if plain is not None:
        return plain
    outcome, stuck, wanted = _goal(graph, view)
    if not outcome and not stuck:
        found = _relevance(graph, view, "", Phase.GOAL, wanted, passed)
        return found if decide_only else _before_a_worker(graph, view, found, passed)
    if stuck:
        return Relevance("", Phase.DONE, (), (), (), stuck=True)
    spec = graph.flow.outcomes[outcome]
    wanted = set()
    for name in spec.values:
        _want(graph, view, name, wanted)
    if wanted:
        found = _relevance(graph, view, outcome, Phase.VALUES, wanted, passed)
        return found if decide_only else _before_a_worker(graph, view, found, passed)
    if any(view.value(name) is UNKNOWN for name in spec.values):
        return Relevance("", Phase.DONE, (), (), (), stuck=True)  # it took more steps than it may: a person looks
    for name in () if decide_only else spec.needs:
        _want(graph, view, name, wanted)
    later = {key for key in wanted if not _suppliers(graph, key) & AT_ONCE}
    phase = Phase.NEEDS if wanted - later else Phase.DONE
    found = _relevance(graph, view, outcome, phase, wanted - later, passed)
    return Relevance(
        found.outcome, found.phase, found.needed, found.askable, found.waiting, unsupplied=in_order(graph, view, later)
    )


def _before_a_worker(graph: Graph, view: View, found: Relevance, passed: frozenset[str]) -> Relevance:
    """When the citizen told all and only others are waited for: what these must have to supply it, is asked first."""
    if found.askable:
        return found
    wanted: set[str] = set()
    for key in found.waiting:
        node = _node(graph, key)
        for name in node.spec.needs if node is not None else ():
            _want(graph, view, name, wanted)
    wanted = {key for key in wanted - set(found.needed) if _suppliers(graph, key) & AT_ONCE}
    if not wanted:
        return found
    more = _relevance(graph, view, found.outcome, Phase.NEEDS, wanted, passed)
    needed, waiting = (*more.needed, *found.needed), (*found.waiting, *more.waiting)
    return Relevance(found.outcome, Phase.NEEDS, needed, more.askable, waiting)


def _plain(graph: Graph, view: View, passed: frozenset[str]) -> Relevance | None:
    """The same, straight from the goal's diagram: while something can be asked and nothing needed has a `when`."""
    diagram = graph.diagram
    if diagram is None or graph.flow.order is Order.EARLY:
        return None
    try:
        found = diagram.plain(view, diagram.narrowed(view))
    except DiagramTooLarge:
        return None
    if found is None:
        return None
    if not passed:
        return Relevance("", Phase.GOAL, found.needed, found.asked, found.other) if found.asked else None
    askable = tuple(key for key in found.asked if key not in passed)
    waiting = tuple(key for key in found.needed if key not in askable)
    return Relevance("", Phase.GOAL, found.needed, askable, waiting) if askable else None


def _relevance(
    graph: Graph, view: View, outcome: str, phase: Phase, wanted: set[str], passed: frozenset[str]
) -> Relevance:
    needed = in_order(graph, view, wanted)
    ready = [key for key in needed if applies(graph, view, key)]
    if needed and not ready:
        needed = in_order(graph, view, wanted | _before(graph, view, needed))
        ready = [key for key in needed if applies(graph, view, key)]
    askable = [key for key in ready if _suppliers(graph, key) & BY_CITIZEN and key not in passed]
    waiting = tuple(key for key in needed if key not in askable and (key in ready or key in passed))
    if phase is Phase.GOAL and graph.flow.order is Order.EARLY:
        askable = _early(graph, view, askable)
    return Relevance(outcome, phase, needed, tuple(askable), waiting)


def _before(graph: Graph, view: View, keys: Iterable[str]) -> set[str]:
    """What the `when` of these facts, and of those in turn, still needs."""
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        more: set[str] = set()
        for own in _whens(graph, key):
            formula_needs(own, around(view, key), more)
        waiting.extend(more - found)
        found |= more
    return found


def _whens(graph: Graph, key: str) -> Iterator[Formula]:
    node = _node(graph, key)
    for own in (node, graph.facts.get(node.list)) if node is not None else ():
        if own is not None and own.when is not None:
            yield own.when


def _goal(graph: Graph, view: View) -> tuple[str, bool, set[str]]:
    """The outcome when certain, whether the rules give none, and the facts that may still change it."""
    wanted: set[str] = set()
    possible = view.possible(graph.flow.goal)
    if isinstance(possible, One):
        value = possible.value
        return (str(value), False, wanted) if value in graph.flow.outcomes else ("", True, wanted)
    _want(graph, view, graph.flow.goal, wanted)
    return "", not wanted, wanted


def _want(graph: Graph, view: View, name: str, wanted: set[str]) -> None:
    """What a decision or fact still needs; where reasoning cannot tell, everything behind it that is not known."""
    found: set[str] = set()
    view.needs(name, found)
    if not found and name in graph.rulings and view.value(name) is UNKNOWN:
        for path in graph.rulings[name].reads:
            if not graph.facts[path].list:
                view.needs(path, found)
    wanted |= found


def _node(graph: Graph, key: str) -> FactNode | None:
    parsed = read_key(key)
    return graph.facts.get(parsed.path) if parsed is not None else None


def _suppliers(graph: Graph, key: str) -> frozenset[SupplierKind]:
    node = _node(graph, key)
    return frozenset(ref.kind for ref in node.spec.suppliers) if node is not None else frozenset()


def around(view: View, key: str) -> View | ItemView:
    """The names around a fact: its item for a field of a list, else the journey."""
    parsed = read_key(key)
    return view.item(parsed.name, parsed.at) if parsed is not None and parsed.field else view


def applies(graph: Graph, view: View, key: str) -> bool:
    """Whether the fact's `when` is known to be true, so that it may be asked now."""
    node = _node(graph, key)
    if node is None:
        return False
    if node.when is None and not node.list:
        return True
    if node.list and view.applies(graph.facts[node.list]) != ALWAYS:
        return False
    return around(view, key).applies(node) == ALWAYS


def in_order(graph: Graph, view: View, wanted: Iterable[str]) -> tuple[str, ...]:
    """Author's order; a list's items one by one before its own "is that all"; behind what their `when` needs."""
    keys = sorted(wanted, key=lambda key: _place(graph, key))
    done: dict[str, None] = {}
    for key in keys:
        _put(graph, view, key, frozenset(keys), done, 0)
    return tuple(done)


def _put(graph: Graph, view: View, key: str, wanted: frozenset[str], done: dict[str, None], depth: int) -> None:
    if key in done:
        return
    node = _node(graph, key)
    if node is not None and node.when is not None and depth < 20 and not applies(graph, view, key):
        before = around(view, key).waits_for(node)
        for other in sorted(before & wanted, key=lambda own: _place(graph, own)):
            if other != key:
                _put(graph, view, other, wanted, done, depth + 1)
    done[key] = None


def _place(graph: Graph, key: str) -> tuple[int, int, int]:
    parsed = read_key(key) or FactKey(key)
    own = graph.facts[parsed.name].order
    if parsed.field:
        return own, parsed.at, graph.facts[parsed.path].order
    is_list = graph.facts[parsed.name].spec.of
    return own, 1_000_000 if is_list else 0, 0


def _early(graph: Graph, view: View, askable: list[str]) -> list[str]:
    """The questions with the shortest best case first; facts outside the diagram come behind them."""
    diagram = graph.diagram
    if diagram is None or len(askable) < 2:
        return askable
    try:
        root = diagram.narrowed(view)
        best = {key: _best_case(diagram, root, key) for key in askable}
    except DiagramTooLarge:
        return askable
    return sorted(askable, key=lambda key: best[key])


def _best_case(diagram: Diagram, root: int, key: str) -> int:
    """The fewest questions that can settle the goal when `key` is asked first."""
    forest = diagram.forest
    found = 99
    for number, axis in enumerate(diagram.axes):
        if isinstance(axis, FactAxis) and axis.node.path == key:
            for cell in range(len(axis.cells)):
                found = min(found, 1 + _fewest(forest, forest.allow(root, number, 1 << cell), 3))
    return found


def _fewest(forest: Forest, node: int, deep: int) -> int:
    """The fewest further variables to a terminal, looking `deep` ahead."""
    if forest.is_terminal(node):
        return 0
    if not deep:
        return 1
    found = 98
    left = forest.support(node)
    while left and found > 1:
        number = (left & -left).bit_length() - 1
        left &= left - 1
        for cell in range(forest.sizes[number]):
            found = min(found, 1 + _fewest(forest, forest.allow(node, number, 1 << cell), deep - 1))
    return found
