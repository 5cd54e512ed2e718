"""Figures of the law by date or key, and the keys that a citizen may have and that have no row.

    Calls(graph)            every `grens(dag).bedrag` in the flow, with the keys for which it may have no row
    .open                   names of parameters that may be asked for such a key
    .without_row(view)      the calls that have no row for this citizen, each with its keys
    filled(graph, names)    the flow with figures for all keys of these parameters: once for each row that it has

A figure that is not there is null, and null in a condition counts as not true: the `else` or the next row follows
without a word. Called by `engine.harness.prove_figures`; tests: tests/engine/harness/test_prove_figures.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product
from typing import Any, Final

from engine.errors import Where
from engine.feel import cells as c
from engine.feel import tree as t
from engine.feel.names import free_names
from engine.flow.model import ParameterBy, SupplierKind
from engine.graph.domains import clock_days
from engine.graph.evaluation import expr_possible
from engine.graph.graph import CellCondition, Condition, FactNode, Formula, Graph, ParameterTable, Ruling
from engine.graph.possible import ANY, Between, One, Possible, finite
from engine.graph.view import ItemView, View

MOST_KEYS: Final = 400
"""Combinations of keys that are tried one by one; of more it is taken that some have no row."""
MOST_WAYS: Final = 6
"""Ways of filling in what is not there; of each column the least and the largest are among them."""

Keys = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class LookUp:
    """One place where a parameter is asked: `where` its expression stands."""

    table: ParameterTable
    arguments: tuple[t.Expr, ...]
    where: Where


def of_clock(graph: Graph) -> Graph:
    """The flow for a proof: what the clock supplies lies within the days that the author counts with."""
    own = {path: replace(node, domain=days) for path, node, days in _limited(graph)}
    return replace(graph, facts={**graph.facts, **own}) if own else graph


def _limited(graph: Graph) -> Iterator[tuple[str, FactNode, Between]]:
    """The facts that the clock alone supplies and that have limits."""
    for path in graph.clocks:
        node = graph.facts[path]
        days = clock_days(node.spec)
        if node.spec.suppliers[0].kind is SupplierKind.CLOCK and (days.low is not None or days.high is not None):
            yield path, node, days


def expressions(graph: Graph) -> Iterator[tuple[t.Expr, Where]]:
    """Every expression of the flow that has a say in anything, with its place."""
    for ruling in (*graph.rulings.values(), *graph.functions.values()):
        yield from _of_ruling(ruling)
    formulas: list[Formula | None] = [own.must for own in graph.checks]
    formulas += [own for node in graph.facts.values() for own in (node.when, node.count)]
    formulas += [*graph.guards.values(), *graph.promises, *(own for whens in graph.texts.values() for own in whens)]
    yield from ((own.expr, own.where) for own in formulas if own is not None)


def _of_ruling(ruling: Ruling) -> Iterator[tuple[t.Expr, Where]]:
    if ruling.formula is not None:
        yield ruling.formula.expr, ruling.formula.where
    heads: dict[int, t.Expr] = {}
    for row in ruling.rows:
        yield row.output.expr, row.where
        for condition in row.conditions:
            for expr in _of_condition(condition):
                if id(expr) not in heads:
                    heads[id(expr)] = expr
                    yield expr, row.where


def _of_condition(condition: Condition) -> Iterator[t.Expr]:
    if not isinstance(condition, CellCondition):
        yield condition.expr
        return
    yield condition.head.expr
    yield from (part.right for part in c.parts(condition.test) if isinstance(part, c.Compare))


class Calls:
    """See the top of this module. Of a flow `of_clock`."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._anybody = View(graph, {})
        self.every = tuple(self._found())

    def _found(self) -> Iterator[LookUp]:
        tables = self.graph.parameters
        for expr, where in expressions(self.graph) if tables else ():
            for node in t.walk(expr):
                if isinstance(node, t.Call) and isinstance(node.function, t.Name) and node.function.name in tables:
                    yield LookUp(tables[node.function.name], tuple(node.arguments), where)

    @cached_property
    def open(self) -> tuple[str, ...]:
        """Parameters that somewhere may be asked for a key without a row, in the order of the flow."""
        found = {own.table.name for own in self.every if self._may_miss(own)}
        return tuple(name for name in self.graph.parameters if name in found)

    def _may_miss(self, call: LookUp) -> bool:
        table = call.table
        if len(call.arguments) != len(table.keys) or not table.rows:
            return False
        keys = [_values(self._possible(expr), table, at) for at, expr in enumerate(call.arguments)]
        if any(own is None for own in keys):
            return True
        each = islice(product(*(own for own in keys if own is not None)), MOST_KEYS + 1)
        return any(at >= MOST_KEYS or _has_no_row(table, own) for at, own in enumerate(each))

    def _possible(self, expr: t.Expr) -> Possible:
        graph, names = self.graph, free_names(expr)
        known = all(
            name in graph.facts or (name in graph.rulings and not graph.rulings[name].each)
            for name in names
            if name not in graph.parameters and name not in graph.functions
        )
        return expr_possible(expr, self._anybody) if known else ANY

    def without_row(self, view: View, names: frozenset[str]) -> Iterator[tuple[LookUp, Keys]]:
        """The look-ups of these parameters for which this citizen, or an item of a list, has no row; each once."""
        around: list[View | ItemView] = [view, *(item for name in self.graph.lists for item in view.items(name))]
        for call in self.every:
            read = {name for expr in call.arguments for name in free_names(expr)}
            for env in around if call.table.name in names else ():
                if not all(env.knows(name) for name in read):
                    continue  # an argument of a function, or a field of an item: no citizen's key stands for it
                keys = tuple([_known(expr, env) for expr in call.arguments])
                if ANY not in keys and _has_no_row(call.table, keys):
                    yield call, keys
                    break


def _known(expr: t.Expr, env: View | ItemView) -> Any:
    found = expr_possible(expr, env)
    return found.value if isinstance(found, One) else ANY


def _has_no_row(table: ParameterTable, keys: Keys) -> bool:
    return None not in keys and table.look_up(*keys) is None


def _values(possible: Possible, table: ParameterTable, at: int) -> list[Any] | None:
    """Keys that stand for all that it can be; None where some of these surely have no row, or nobody can say."""
    listed = finite(possible)
    if listed is not None:
        return list(listed)
    is_start = table.by is ParameterBy.FROM and at == len(table.keys) - 1
    if is_start and isinstance(possible, Between) and possible.low is not None:
        starts = [row[0][at] for row in table.rows]
        return [possible.low, *(own for own in starts if type(own) is type(possible.low) and own > possible.low)]
    if isinstance(possible, Between) and None not in (possible.low, possible.high):
        return _whole(possible)
    return None


def _whole(between: Between) -> list[Any] | None:
    """Every whole number within narrow limits."""
    low, high = between.low, between.high
    if isinstance(low, bool) or not hasattr(low, "to_integral_value") or high - low > MOST_KEYS:
        return None
    return [low + step for step in range(int(high - low) + 1)]


def filled(graph: Graph, names: frozenset[str]) -> Iterator[Graph]:
    """See the top of this module: the same flow with figures where these parameters have none, in a few ways."""
    ways = [_ways(graph.parameters[name]) for name in names]
    for way in range(min(MOST_WAYS, max(map(len, ways), default=0))):
        own = {
            name: replace(graph.parameters[name], beyond=mine[min(way, len(mine) - 1)])
            for name, mine in zip(names, ways, strict=True)
        }
        yield with_tables(graph, own)


def with_tables(graph: Graph, tables: Mapping[str, ParameterTable]) -> Graph:
    """The flow with other parameters in the place of these."""
    return replace(graph, parameters={**graph.parameters, **tables}, diagram=None, lane=None)


def _ways(table: ParameterTable) -> list[tuple[Any, ...]]:
    columns = list(zip(*(values for _, values in table.rows), strict=True))
    ends = [tuple(_end(column, pick) for column in columns) for pick in (min, max)]
    return list(dict.fromkeys((*ends, *(values for _, values in table.rows))))


def _end(column: tuple[Any, ...], pick: Any) -> Any:
    there = [own for own in column if own is not None]
    try:
        return pick(there) if there else None
    except TypeError:
        return there[0]
