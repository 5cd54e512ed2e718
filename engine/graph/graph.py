"""A compiled flow: everything parsed, referenced and ordered, nothing evaluated. Immutable; one per flow version.

    Graph ── facts       path -> FactNode        `spoed`, `kinderen`, `kinderen.geboren`, in the author's order
          ├─ rulings     name -> Ruling          decisions and functions: rows or one formula
          ├─ parameters  name -> ParameterTable
          ├─ checks      CheckNode
          ├─ goal        name of the decision that answers the question
          ├─ diagram     decisions as decision diagrams, or None when the goal's grew too large
          ├─ promises    for each promise its expression, where it has one; `promise_marks`: where it stands
          └─ process     the resolved process

Made by `engine.graph.compile.compile_flow`; read by `engine.graph.view`, journey, harness and ui_schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.errors import Problem, Where
from engine.feel.cells import CellTest
from engine.feel.evaluator import Program
from engine.feel.tree import Expr
from engine.flow.model import Confirm, Fact, FactType, Flow, Hit, ParameterBy, Rounding, SupplierKind, Text
from engine.graph.possible import ANY, Possible

if TYPE_CHECKING:
    from engine.graph.diagrams import Diagram
    from engine.graph.lane import Lane
    from engine.graph.process import Process


@dataclass(frozen=True, slots=True)
class Formula:
    """One expression: its text, tree, program, and the names that it reads from its surroundings."""

    text: str
    expr: Expr
    program: Program
    names: frozenset[str]
    where: Where


@dataclass(frozen=True, slots=True)
class CellCondition:
    """A cell: what it asks of the column's head. `rights` are the expressions of dynamic comparisons, by identity."""

    head: Formula
    test: CellTest
    column: int = 0


Condition = Formula | CellCondition


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table or one rule: when all conditions hold, then `output`. `number` counts from 1.

    `rest` is `else`: it has no conditions, and holds when no row above it does.
    """

    number: int
    conditions: tuple[Condition, ...]
    output: Formula
    source: str
    because: str
    where: Where
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision or a function. Either `formula`, or `rows` under a hit policy.

    `reads` are the facts (paths) on which it depends, through other decisions; `disjoint` says that no two rows of a
    `unique` table can hold together (proven); `given` names a function's arguments. `table` is the table of several
    outputs to which it belongs: then `rows` stand in the order in which they go before each other under `hit`.
    """

    name: str
    type: FactType
    where: Where
    options: Mapping[str, Text] = field(default_factory=dict)
    formula: Formula | None = None
    rows: tuple[Row, ...] = ()
    hit: Hit = Hit.UNIQUE
    round: Rounding | None = None
    each: str = ""
    given: tuple[str, ...] = ()
    source: str = ""
    because: Text | None = None
    reasons: Mapping[str, Text] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()
    disjoint: bool = False
    table: str = ""


@dataclass(frozen=True, slots=True)
class FactNode:
    """One fact. `path` is its name or `list.field`; `order` its place in the file; `list` the list it belongs to.

    `domain` is what it can be before anybody supplied it, `where` its place in the file.
    """

    path: str
    order: int
    spec: Fact
    when: Formula | None = None
    otherwise: Any = None
    count: Formula | None = None
    list: str = ""
    domain: Possible = ANY
    where: Where = field(default_factory=Where)

    @property
    def name(self) -> str:
        """The name by which expressions know it."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class ParameterTable:
    """Figures by key. `columns` are the value names; a row is (keys, values).

    `beyond` are the figures for keys without a row: an author has none, a proof puts them there to see what changes.
    """

    name: str
    by: ParameterBy
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...]
    source: str = ""
    beyond: tuple[Any, ...] | None = None

    def contexts(self) -> list[dict[str, Any]]:
        """Every row's values as a context."""
        every = [values for _, values in self.rows] + ([] if self.beyond is None else [self.beyond])
        return [dict(zip(self.columns, values, strict=True)) for values in every]

    def look_up(self, *keys: Any) -> dict[str, Any] | None:
        """The row for these keys as a context, or None (null) when there is none.

        `from`: the last row that starts on or before the (last) key, all earlier keys equal. `equal`: the row with
        these keys.
        """
        if len(keys) != len(self.keys) or any(key is None for key in keys):
            return None
        found = self.beyond
        best: Any = None
        for own, values in self.rows:
            if self.by is ParameterBy.EQUAL:
                if all(_same(mine, key) for mine, key in zip(own, keys, strict=True)):
                    return dict(zip(self.columns, values, strict=True))
                continue
            fits = all(_same(mine, key) for mine, key in zip(own[:-1], keys[:-1], strict=True))
            if fits and _starts(own[-1], keys[-1]) and (best is None or own[-1] >= best):
                best, found = own[-1], values
        return None if found is None else dict(zip(self.columns, found, strict=True))


def _same(left: object, right: object) -> bool:
    return type(left) is type(right) and left == right


def _starts(start: Any, key: Any) -> bool:
    return type(start) is type(key) and bool(start <= key)


@dataclass(frozen=True, slots=True)
class CheckNode:
    """What answers must satisfy together. `facts` are the paths it reads; `list` when it is about one item."""

    number: int
    must: Formula
    say: Text
    facts: tuple[str, ...]
    list: str = ""
    source: str = ""


@dataclass(frozen=True, eq=False)
class Graph:
    """The compiled flow. `version` is its content hash; `findings` are warnings that did not stand in its way.

    `tables` are the tables of several outputs by name: where each stands.
    `affected`: per fact the facts and decisions that may change when it becomes known; `lane` the goal's diagram where
    it rests on answers alone.
    """

    flow: Flow
    version: str
    facts: Mapping[str, FactNode]
    rulings: Mapping[str, Ruling]
    functions: Mapping[str, Ruling]
    parameters: Mapping[str, ParameterTable]
    checks: tuple[CheckNode, ...]
    texts: Mapping[str, tuple[Formula | None, ...]]
    process: Process
    guards: Mapping[str, Formula]
    promises: tuple[Formula | None, ...] = ()
    promise_marks: tuple[Where, ...] = ()
    tables: Mapping[str, Where] = field(default_factory=dict)
    findings: tuple[Problem, ...] = ()
    affected: Mapping[str, frozenset[str]] = field(default_factory=dict)
    diagram: Diagram | None = None
    lane: Lane | None = None

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The facts that are lists."""
        return tuple(path for path, node in self.facts.items() if node.spec.type is FactType.LIST)

    @cached_property
    def clocks(self) -> tuple[str, ...]:
        """The facts that the clock supplies."""
        return tuple(
            path
            for path, node in self.facts.items()
            if any(ref.kind is SupplierKind.CLOCK for ref in node.spec.suppliers)
        )

    @cached_property
    def size(self) -> int:
        """How many conditions and names all decisions have together: by this the work of one citizen grows."""
        rulings = (*self.rulings.values(), *self.functions.values())
        rows = sum(len(row.conditions) + 1 for ruling in rulings for row in ruling.rows)
        return rows + sum(len(ruling.formula.names) for ruling in rulings if ruling.formula is not None)

    @cached_property
    def begins(self) -> dict[object, str]:
        """The first question while only the clock is known, by what it says (`engine.journey.interview`)."""
        return {}

    @cached_property
    def to_confirm(self) -> frozenset[str]:
        """The facts that a register may say first and the citizen must confirm before any rule uses them."""
        return frozenset(path for path, node in self.facts.items() if node.spec.confirm is Confirm.ASK)

    @cached_property
    def anew(self) -> Mapping[str, tuple[str, ...]]:
        """By place: the facts that must be said anew by whoever comes there again."""
        own = {path: node.spec.anew for path, node in self.facts.items() if node.spec.anew and not node.list}
        return {place: tuple(path for path in own if place in own[path]) for places in own.values() for place in places}

    @property
    def goal(self) -> Ruling:
        """The decision that answers the citizen's question."""
        return self.rulings[self.flow.goal]

    def each_of(self, list_name: str) -> tuple[Ruling, ...]:
        """The decisions that have one value for each item of a list."""
        return tuple(ruling for ruling in self.rulings.values() if ruling.each == list_name)
