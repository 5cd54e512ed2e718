"""Sets of citizens by what a flow does with them, as diagrams on the variables of two flows.

    outcome(side, name)     who gets an outcome by the rules
    holds(side, formula)    of whom a condition is true: a paragraph, a guard, a check
    asked(side, fact)       of whom a fact is asked, in the author's order, until the outcome can be handled
    said(side, source)      of whom a row decides that rests on a source

A fact is asked for the goal where the answers before it leave an outcome that it can still change: two completions that
differ in it and in what comes later. Each set has two ends, which are one where it is exact: a sum or a list may
decide, a decision may have no diagram, the order may not be the author's. Called by `engine.harness.compare_whom` and
`engine.harness.compare_ways`; tests: tests/engine/harness/test_compare_whom.py (against trying every citizen).
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import Where
from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.flow.model import FactType, Order, Outcome, SupplierKind
from engine.graph.axes import DecisionAxis, FactAxis, OptionAxis, TermAxis
from engine.graph.graph import Formula, Graph, Ruling
from engine.graph.mdd import numbers
from engine.graph.order import facts_behind
from engine.harness.compare_witness import by_clock, seen_by
from engine.harness.guards import with_outcome
from engine.harness.shared_axes import Sides, takes
from engine.harness.told_rows import NO, YES, anyone, decides


@dataclass(frozen=True, slots=True)
class Found:
    """A set of situations: who can be meant (`node`), and who certainly is (`sure`); exact where these are one.

    `refused`: it is about answers that the new flow no longer takes.
    """

    node: int
    sure: int
    refused: bool = False

    @property
    def bound(self) -> bool:
        """Whether it only says that nobody outside is meant."""
        return self.node != self.sure


class Sets:
    """See the top of this module; `side` is 0 for the old flow, 1 for the new one. May raise DiagramTooLarge."""

    def __init__(self, old: Graph, new: Graph) -> None:
        self.sides = Sides(_wider(old), _wider(new))
        self.forest = self.sides.forest
        self.flows = (old, new)
        self.nobody = self.exact(self.forest.terminal(False))
        self.everybody = self.exact(self.forest.terminal(True))
        self._asked: dict[tuple[int, str], Found] = {}

    # -- of sets

    @staticmethod
    def exact(node: int) -> Found:
        """A set of which it is known who is in it."""
        return Found(node, node)

    def bound(self, found: Found) -> Found:
        """Perhaps some of these: nobody outside."""
        return Found(found.node, self.nobody.node)

    def any(self, found: Iterable[Found]) -> Found:
        """Who is in one of them."""
        total = sure = self.nobody.node
        for own in found:
            total, sure = self._or(total, own.node), self._or(sure, own.sure)
        return Found(total, sure)

    def both(self, one: Found, two: Found) -> Found:
        """Who is in each of the two."""
        never = self.nobody.node
        return Found(self.forest.choose(one.node, two.node, never), self.forest.choose(one.sure, two.sure, never))

    def without(self, one: Found, two: Found) -> Found:
        """Who is in the one and not in the two."""
        never = self.nobody.node
        return Found(self.forest.choose(two.sure, never, one.node), self.forest.choose(two.node, never, one.sure))

    def _or(self, one: int, two: int) -> int:
        return self.forest.choose(one, self.everybody.node, two)

    def has(self, node: int, known: Mapping[str, Any]) -> bool:
        """Whether a citizen is in a set: every variable on the way by what the flow makes of these answers."""
        while not self.forest.is_terminal(node):
            number = self.forest.top[node]
            axis = self.sides.axes[number]
            if isinstance(axis, DecisionAxis):
                return True
            mask = axis.mask(seen_by(self.sides.owner[number], known))
            node = self.forest.children[node][(mask & -mask).bit_length() - 1]
        return self.forest.value(node) is True

    # -- of decisions

    def outcome(self, side: int, name: str) -> Found:
        """Who gets this outcome by the rules."""
        return self._value(side, self.flows[side].flow.goal, name)

    def outcomes(self, side: int) -> Iterator[tuple[str, Outcome, Found]]:
        """Each outcome with who gets it."""
        for name, spec in self.flows[side].flow.outcomes.items():
            yield name, spec, self.outcome(side, name)

    def _value(self, side: int, decision: str, value: Hashable) -> Found:
        root = self.sides.root(side, decision)
        if root is None:
            return self.bound(self.everybody)
        return self.exact(self.forest.combine(lambda own: type(own) is type(value) and own == value, root))

    def holds(self, side: int, formula: Formula, outcome: str = "") -> Found:
        """Of whom a condition is true; with `outcome`, when that is the outcome."""
        return self._value(side, _if(formula.text, outcome), True)

    def told(self, side: int, formula: Formula) -> Found:
        """Of whom a condition is true and everything known that it reads: a paragraph is shown to nobody else."""
        true = self.holds(side, formula)
        sure = self.both(true, self._known(side, formula))
        is_only = _is_plain(formula.expr) and all(name in self.flows[side].facts for name in formula.names)
        return sure if is_only else Found(true.node, sure.sure)

    def refused(self, side: int) -> Found:
        """Whose answers break a check, which is judged where all of them are known."""
        found = []
        for own in self.flows[side].checks:
            if own.list:
                found.append(self.bound(self.everybody))
                continue
            known = self._known(side, own.must)
            found.append(self.without(known, self.holds(side, own.must)))
        return self.any(found)

    def _known(self, side: int, formula: Formula) -> Found:
        """Of whom every fact is asked that stands behind a condition; what a register says first is known anyhow."""
        graph, found = self.flows[side], self.everybody
        for path in sorted(facts_behind(graph, formula.names)):
            node = graph.facts[path]
            if node.spec.suppliers[0].kind in (SupplierKind.REGISTER, SupplierKind.CLOCK):
                continue
            asked = self.asked(side, path)
            if node.when is not None and not node.list:  # where it makes no sense it has its `otherwise`
                asked = self.any((asked, self.without(self.everybody, self.holds(side, node.when))))
            found = self.both(found, asked)
        return found

    def said(self, side: int, source: str) -> Found:
        """Of whom a row decides that rests on a source, and whoever gets an outcome whose remedy does."""
        graph = self.flows[side]
        found = [
            own for _, spec, own in self.outcomes(side) if spec.remedy is not None and spec.remedy.source == source
        ]
        for name, ruling in graph.rulings.items():
            if ruling.source == source:
                found.append(self.bound(self.everybody))
            elif any(row.source == source for row in ruling.rows):
                rows = self._value(side, _from(name, source), YES)
                found.append(rows if name == graph.flow.goal else self.bound(rows))
        return self.any(found)

    def only_old(self, path: str) -> Found | None:
        """Whose answer to a fact only the old flow takes; None where that is nobody, or cannot be said."""
        both = [graph.facts[path] for graph in self.flows]
        for number, axis in enumerate(self.sides.axes):
            if not isinstance(axis, FactAxis) or axis.node.path != path:
                continue
            values = [axis.cells.representative(cell) for cell in range(len(axis.cells))]
            gone = [takes(both[0], own) and not takes(both[1], own) for own in values]
            node = self.forest.node(number, [self.forest.terminal(own) for own in gone])
            return self.exact(node) if any(gone) else None
        return None

    # -- of questions

    def asked(self, side: int, path: str) -> Found:
        """Of whom a fact is asked, or worked out from somewhere else."""
        key = (side, path)
        if key not in self._asked:
            self._asked[key] = self.nobody  # while what asks for it is looked at, which may ask for it in turn
            self._asked[key] = self._made_asked(side, path)
        return self._asked[key]

    def _made_asked(self, side: int, path: str) -> Found:
        graph = self.flows[side]
        node = graph.facts[path]
        if node.list:
            return self.bound(self.asked(side, node.list))
        found = self.any([self._matters(side, graph.flow.goal, path), *self._wanted(side, path)])
        if graph.flow.order is not Order.AUTHOR:
            found = self.bound(self.everybody)
        if node.when is not None:
            found = self.both(found, self.holds(side, node.when))
        return found

    def _wanted(self, side: int, path: str) -> Iterator[Found]:
        """Who must supply it beside the goal: to be told a value, to be handled, for a worker or another question."""
        graph = self.flows[side]
        for _, spec, own in self.outcomes(side):
            behind = [self._behind(graph, name) for name in spec.needs]
            if path in spec.needs or {path} in behind:
                yield own
            elif any(path in reads for reads in behind):
                yield self.bound(own)
            for name in spec.values:
                if name in graph.rulings and path in graph.rulings[name].reads:
                    matters = self._matters(side, name, path)
                    yield self.bound(self.both(own, matters))
        for name, node in graph.facts.items():
            if path in node.spec.needs:
                yield self.bound(self.asked(side, name))
        if any(path in place.needs for place in graph.process.places.values()):
            yield self.bound(self.everybody)

    @staticmethod
    def _behind(graph: Graph, name: str) -> frozenset[str]:
        """The facts by which it is told whether a question makes sense."""
        node = graph.facts.get(name)
        if node is None or node.when is None:
            return frozenset()
        return facts_behind(graph, node.when.names)

    def _matters(self, side: int, decision: str, path: str) -> Found:
        """Of whom the answers before a fact leave a decision open that it can still change."""
        graph, forest = self.flows[side], self.forest
        root = self.sides.root(side, decision)
        if root is None:
            reads = graph.rulings[decision].reads if decision in graph.rulings else frozenset()
            return self.bound(self.everybody) if path in reads else self.nobody
        support = forest.support(root)
        mine, later, is_bound = [], set[int](), False
        for number in numbers(support):
            axis = self.sides.axes[number]
            if isinstance(axis, FactAxis | OptionAxis):
                own = graph.facts.get(axis.node.path)
                if axis.node.path == path:
                    mine.append(number)
                elif own is None or (own.order > graph.facts[path].order and not by_clock(own)):
                    later.add(number)
                continue
            later.add(number)
            if path in self._read_by(graph, axis):
                mine.append(number)
            is_bound = True
        open_ = self.nobody.node
        for number in mine:
            open_ = self._or(open_, self._differs(graph, root, number))
        found = self.exact(self.forest.exists(open_, {*later, *mine}.__contains__))
        return self.bound(found) if is_bound else found

    def _read_by(self, graph: Graph, axis: TermAxis | DecisionAxis) -> frozenset[str]:
        names = axis.names if isinstance(axis, TermAxis) else frozenset((axis.name,))
        return facts_behind(graph, names)

    def _differs(self, graph: Graph, root: int, number: int) -> int:
        """Where the cells of a variable that the flow takes do not all come to the same."""
        axis, forest = self.sides.axes[number], self.forest
        cells = [*range(forest.sizes[number])]
        if isinstance(axis, FactAxis) and axis.node.path in graph.facts:
            spec = graph.facts[axis.node.path]
            cells = [cell for cell in cells if takes(spec, axis.cells.representative(cell))]
        kids = list(dict.fromkeys(forest.pick(root, number, cell) for cell in cells))
        return forest.combine(lambda *values: len({(type(own), own) for own in values}) > 1, *kids)

    def by_others(self, side: int) -> Iterator[str]:
        """Facts of which a person may have to say something: a worker's, and those that a citizen may not know."""
        for path, node in self.flows[side].facts.items():
            kinds = {ref.kind for ref in node.spec.suppliers}
            if not node.list and (SupplierKind.WORKER in kinds or node.spec.unsure is not None):
                yield path


def _is_plain(expr: t.Expr) -> bool:
    """Whether it is true only where everything that it reads is known: comparisons, all of which have to hold."""
    if isinstance(expr, t.Logic):
        return expr.op == "and" and all(map(_is_plain, expr.operands))
    operand = expr.operand if isinstance(expr, t.Not) else expr
    return isinstance(operand, t.Name | t.Comparison | t.In | t.Between)


def _if(text: str, outcome: str) -> str:
    return f"if {outcome} {text}"


def _from(name: str, source: str) -> str:
    return f"from {source} {name}"


def _wider(graph: Graph) -> Graph:
    """The flow with a decision more for every condition of it, so that facts are cut where these compare them."""
    more = {own.name: own for own in (*_conditions(graph), *_sources(graph))}
    return replace(graph, rulings={**graph.rulings, **more}) if more else graph


def _conditions(graph: Graph) -> Iterator[Ruling]:
    for formula in _formulas(graph):
        yield _condition(formula.text, "", formula)
    for formula in graph.guards.values():
        for name, spec in graph.flow.outcomes.items():
            expr = with_outcome(formula.expr, name, str(spec.kind))
            known = Formula(formula.text, expr, compile_expression(expr), _names(formula), Where())
            yield _condition(formula.text, name, known)


def _names(formula: Formula) -> frozenset[str]:
    return formula.names - {"outcome"}


def _condition(text: str, outcome: str, formula: Formula) -> Ruling:
    return Ruling(_if(text, outcome), FactType.BOOLEAN, formula.where, formula=formula)


def _formulas(graph: Graph) -> Iterator[Formula]:
    """Every condition that does not ask for the outcome."""
    yield from (own for parts in graph.texts.values() for own in parts if own is not None)
    yield from (node.when for node in graph.facts.values() if node.when is not None and not node.list)
    yield from (own.must for own in graph.checks if not own.list)


def _first_of(name: str, ruling: Ruling, wanted: Container[int]) -> Ruling:
    """Yes where the first row that holds is one of the wanted: that one is told."""
    return decides(name, ruling, lambda row: YES if row is not None and row.number in wanted else NO)


def _sources(graph: Graph) -> Iterator[Ruling]:
    for name, ruling in graph.rulings.items():
        rows: Mapping[str, set[int]] = {}
        for row in ruling.rows:
            if row.source and not ruling.each:
                rows = {**rows, row.source: {*rows.get(row.source, ()), row.number}}
        for source, own in rows.items():
            said = anyone if ruling.hit.gathers else _first_of
            yield said(_from(name, source), ruling, own)
