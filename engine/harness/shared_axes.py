"""Two flows' decisions as diagrams over the same variables, so that they can be set side by side cell by cell.

    a fact of both        one variable; numbers and dates cut at the constants and limits of both flows
    a fact of one         a variable that only that flow looks at
    choices of many       a variable for each option, in both flows
    a term of both        one variable when everything that it reads means the same in both flows, else one each

`Sides.possible` is true where both flows take every answer: an option or figure that only one of them takes is no
difference in outcome but a difference in questions. Called by `engine.harness.compare` and
`engine.harness.prove_figures`; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from engine.errors import worded
from engine.feel import cells as c
from engine.feel import tree as t
from engine.feel.names import free_names
from engine.feel.render import render
from engine.flow.fields import FIELDS
from engine.flow.model import FactType
from engine.graph.axes import Axis, FactAxis, OptionAxis
from engine.graph.cells import domain_of, finite_cells, ordered_cells
from engine.graph.constants import Constants
from engine.graph.decide import BUDGET, MANY_CHOICES, Builder
from engine.graph.domains import STEPS, all_answers
from engine.graph.graph import CellCondition, Condition, FactNode, Graph, Ruling
from engine.graph.mdd import DiagramTooLarge, Forest
from engine.graph.order import names_read
from engine.graph.possible import Between, finite
from engine.harness.whole import Rules

ROOM = 400_000


class _Cuts(Constants):
    """The constants of one flow together with those of the other."""

    def __init__(self, graph: Graph, other: Constants) -> None:
        super().__init__(graph.facts, graph.rulings, graph.parameters)
        self._other = other

    def of(self, expr: t.Expr) -> tuple[Any, ...]:
        found = {*super().of(expr), *self._other.of(expr)}
        return tuple(sorted(found)) if len({type(value) for value in found}) == 1 else ()


class _Side(Builder):
    """One flow's builder, on variables that it shares with the other flow's."""

    def __init__(self, graph: Graph, sides: Sides, other: Graph) -> None:
        self.graph = graph
        self.constants = _Cuts(graph, Constants(other.facts, other.rulings, other.parameters))
        self.forest = sides.forest
        self.axes = sides.axes
        self._variables: dict[Hashable, int] = {}
        self._roots: dict[str, int | None] = {}
        self._apart: set[str] = set()
        self.budget = BUDGET
        self._sides = sides
        self._other = other
        for node in graph.facts.values():
            if not node.list:
                self._declare(node)

    def _declare(self, node: FactNode) -> None:
        twin = self._other.facts.get(node.path)
        if twin is None or twin.list or twin.spec.type is not node.spec.type:
            super()._declare(node)
            return
        mine, its = all_answers(node.spec, node.domain), all_answers(twin.spec, twin.domain)
        if mine is not None and its is not None:
            both = (mine, its) if self.graph is self._sides.old else (its, mine)  # the same order in both flows
            cells = finite_cells((*both[0], *both[1]))
            if node.spec.type is not FactType.CHOICES or len(cells) <= MANY_CHOICES:
                self._axis(("fact", node.path), FactAxis(node, cells))
                return
        if node.spec.type is FactType.CHOICES:
            for option in node.spec.options:
                self._axis(("option", node.path, option), OptionAxis(node, option, finite_cells((True, False))))
            return
        if not (isinstance(node.domain, Between) and isinstance(twin.domain, Between)):
            super()._declare(node)
            return
        cuts = (*self.constants.of_fact(node.path), *_limits(node.domain, twin.domain))
        if node.spec.type in STEPS and cuts:
            wide = domain_of(_wide(node.domain, twin.domain), step=STEPS[node.spec.type])
            self._axis(("fact", node.path), FactAxis(node, ordered_cells(wide, cuts)))

    def _axis(self, key: Hashable, axis: Axis) -> int:
        may = self._sides.can_share(key)
        known = self._sides.shared.get(key) if may else None
        number = known if known is not None and self.axes[known].cells == axis.cells else None
        if number is None:
            number = self.forest.variable(len(axis.cells))
            self.axes.append(axis)
            self._sides.owner.append(self.graph)
            self._sides.keys.append(key)
            own = _text(self.graph, key)
            may_name = may and not (
                own in self.graph.rulings and not same_meaning(self._sides.old, self._sides.new, own)
            )
            is_old = self.graph is self._sides.old
            apart = worded("{term}, old", term=own) if is_old else worded("{term}, new", term=own)
            self._sides.texts[number] = own if may_name else apart
            if may:
                self._sides.shared[key] = number
        self._variables[key] = number
        return number


class Sides:
    """Two flows on shared variables. `owner[v]` is the flow that made variable `v`, `texts[v]` its formula."""

    def __init__(self, old: Graph, new: Graph) -> None:
        self.old, self.new = old, new
        self.forest = Forest(ROOM)
        self.axes: list[Axis] = []
        self.owner: list[Graph] = []
        self.keys: list[Hashable] = []  # what each variable stands for
        self.texts: dict[int, str] = {}
        self.taken: dict[int, int] = {}  # the cells of an axis that both flows take, where that is not all
        self.shared: dict[Hashable, int] = {}  # by what a variable stands for
        self.builders = (_Side(old, self, new), _Side(new, self, old))
        self.possible = self._possible()

    def can_share(self, key: Hashable) -> bool:
        """Whether a variable by this key means the same in both flows."""
        assert isinstance(key, tuple)
        if key[0] in ("fact", "option"):
            twins = self.old.facts.get(key[1]), self.new.facts.get(key[1])
            return len({own.spec.type if own else None for own in twins}) == 1 and None not in twins
        if key[0] == "decision":
            return False
        names = free_names(key[1]) | _of_items(self.old, key[1]) | _of_items(self.new, key[1])
        if key[0] == "cell":
            names |= {
                name for part in c.parts(key[2]) if isinstance(part, c.Compare) for name in free_names(part.right)
            }
        return all(same_meaning(self.old, self.new, name) for name in names)

    def is_alike(self, expr: t.Expr) -> bool:
        """Whether an expression comes to the same in both flows, whoever the citizen is."""
        return self.can_share(("term", expr))

    def roots(self, first: str, then: str) -> tuple[int, int] | None:
        """The diagram of a decision of the old flow and of one of the new, or None when one of them has none."""
        old = self.root(0, first)
        new = None if old is None else self.root(1, then)
        return None if old is None or new is None else (old, new)

    @cached_property
    def rules(self) -> tuple[Rules, Rules]:
        """Both flows' rules for citizens of whom everything is known; what means the same is worked out once."""
        names = (name for own in (self.new.facts, self.new.rulings) for name in own)
        both = (name for name in names if name in self.old.facts or name in self.old.rulings)
        return Rules(self.old), Rules(self.new, frozenset(name for name in both if self.means_alike(name)))

    def means_alike(self, name: str) -> bool:
        """Whether a name, and everything behind it, means the same in both flows; of a list also what each item has."""
        items = {own.name for graph in (self.old, self.new) for own in graph.each_of(name)}
        return all(same_meaning(self.old, self.new, own) for own in (name, *items))

    def root(self, side: int, name: str) -> int | None:
        """The diagram of a decision of one flow (0: old, 1: new), or None when it has none."""
        self.give_room()
        builder = self.builders[side]
        ruling = builder.graph.rulings.get(name)
        try:
            return None if ruling is None or ruling.each else builder.ruling(ruling)
        except (DiagramTooLarge, RecursionError):
            return None
        finally:
            self.give_room()

    def names(self, of: str) -> tuple[str, str]:
        """A decision of the new flow by its name in the old one and in the new; the goals stand for each other."""
        return (self.old.flow.goal if of == self.new.flow.goal else of), of

    def told_of(self, box: Mapping[int, int]) -> Mapping[int, int]:
        """A set of situations without the options that nobody of whom it tells can have: those of one flow alone."""
        return {number: mask for number, mask in box.items() if number not in self._of_one}

    @cached_property
    def _of_one(self) -> frozenset[int]:
        found = [(number, axis) for number, axis in enumerate(self.axes) if isinstance(axis, OptionAxis)]
        both = self.old.facts, self.new.facts
        return frozenset(
            number
            for number, axis in found
            if any(axis.node.path in own and axis.option not in own[axis.node.path].spec.options for own in both)
        )

    def give_room(self) -> None:
        """Let the next step make as many nodes as any step may; nothing is forgotten from here on."""
        self.forest.base = len(self.forest)
        self.forest.budget = len(self.forest) + ROOM

    def _possible(self) -> int:
        forest = self.forest
        found = forest.terminal(True)
        for number, axis in enumerate(self.axes):
            if not isinstance(axis, FactAxis):
                continue
            twins = [own.facts[axis.node.path] for own in (self.old, self.new) if axis.node.path in own.facts]
            inside = [
                all(takes(node, axis.cells.representative(cell)) for node in twins) for cell in range(len(axis.cells))
            ]
            if not all(inside):
                self.taken[number] = sum(1 << cell for cell, is_taken in enumerate(inside) if is_taken)
            own = forest.node(number, [forest.terminal(value) for value in inside])
            found = forest.choose(own, found, forest.terminal(False)) if not all(inside) else found
        for own in self._sets():
            found = forest.choose(own, found, forest.terminal(False))
        return found

    def _sets(self) -> Iterator[int]:
        """Where the options that are chosen one by one are together an answer to the question of a flow."""
        for path in dict.fromkeys(axis.node.path for axis in self.axes if isinstance(axis, OptionAxis)):
            nodes = [own.facts[path] for own in (self.old, self.new) if path in own.facts]
            if {own.spec.type for own in nodes} == {FactType.CHOICES}:
                yield from (self._set(node) for node in nodes)

    def _set(self, node: FactNode) -> int:
        spec, forest = node.spec, self.forest
        shown = [
            own for own in enumerate(self.axes) if isinstance(own[1], OptionAxis) and own[1].node.path == node.path
        ]
        bound = FIELDS[FactType.CHOICES].bound
        least, most = bound(spec.min) or (1 if spec.alone else 0), bound(spec.max) or len(shown)

        @cache
        def walk(at: int, chosen: int, alone: bool) -> int:
            if at == len(shown):
                return forest.terminal(least <= chosen <= most and not (alone and chosen > 1))
            number, axis = shown[at]
            assert isinstance(axis, OptionAxis)
            has = forest.terminal(False)
            if axis.option in spec.options:
                has = walk(at + 1, chosen + 1, alone or axis.option in spec.alone)
            return forest.node(number, [has, walk(at + 1, chosen, alone)])

        return walk(0, 0, False)


def _text(graph: Graph, key: Hashable) -> str:
    """How the author wrote the expression behind a variable, where it stands in the file by itself."""
    expr = key[1] if isinstance(key, tuple) else None
    if isinstance(key, tuple) and key[0] == "cell" and isinstance(key[2], c.Compare):
        return f"{render(key[1])} {key[2].order} {render(key[2].right)}"
    for ruling in graph.rulings.values():
        if ruling.formula is not None and ruling.formula.expr == expr:
            return ruling.name
        for row in ruling.rows:
            for own in row.conditions:
                formula = own.head if isinstance(own, CellCondition) else own
                if formula.expr == expr:
                    return formula.text
    return render(expr) if isinstance(expr, t.Expr) else "a term"


def _limits(*domains: Between) -> tuple[Any, ...]:
    """Limits at which the two domains part."""
    lows, highs = {own.low for own in domains}, {own.high for own in domains}
    parted = [own for ends in (lows, highs) if len(ends) > 1 for own in ends]
    return tuple(value for value in parted if value is not None)


def _wide(left: Between, right: Between) -> Between:
    low = None if left.low is None or right.low is None else min(left.low, right.low)
    high = None if left.high is None or right.high is None else max(left.high, right.high)
    return Between(low, high)


def takes(node: FactNode, value: Any) -> bool:
    own = node.domain
    if isinstance(own, Between):
        return value is None or ((own.low is None or value >= own.low) and (own.high is None or value <= own.high))
    values = finite(own)
    return values is None or value in values


def same_meaning(old: Graph, new: Graph, name: str) -> bool:
    """Whether a name, and everything behind it, is defined alike in both flows (texts and sources left out)."""
    waiting, seen = [name], set[str]()
    while waiting:
        own = waiting.pop()
        if own in seen:
            continue
        seen.add(own)
        mine, its = _signature(old, own), _signature(new, own)
        if mine != its:
            return False
        waiting.extend(_reads(old, own))
    return True


def same_itself(old: Graph, new: Graph, name: str) -> bool:
    """Whether a name is defined alike in both flows, whatever stands behind it."""
    return _signature(old, name) == _signature(new, name)


def _reads(graph: Graph, name: str) -> set[str]:
    ruling = graph.rulings.get(name) or graph.functions.get(name)
    if ruling is not None:
        named = {own for expr in _exprs(ruling) for own in _of_items(graph, expr)}
        return named | set(names_read(ruling)) | ({ruling.each} if ruling.each else set())
    found = {path for path, node in graph.facts.items() if node.list == name}
    node = graph.facts.get(name)
    if node is not None:
        found |= {own for formula in (node.when, node.count) if formula for own in formula.names}
    return found


def _exprs(ruling: Ruling) -> Iterator[t.Expr]:
    if ruling.formula is not None:
        yield ruling.formula.expr
    for row in ruling.rows:
        yield row.output.expr
        for own in row.conditions:
            yield own.head.expr if isinstance(own, CellCondition) else own.expr
            yield from (part.right for part in _compared(own))


def _compared(condition: Condition) -> Iterator[c.Compare]:
    if isinstance(condition, CellCondition):
        yield from (part for part in c.parts(condition.test) if isinstance(part, c.Compare))


def _of_items(graph: Graph, expr: t.Expr) -> set[str]:
    """Decisions about the items of a list that an expression reads of each: `sum(kinderen.telt)`."""
    paths = {own.name for own in t.walk(expr) if isinstance(own, t.Path)}
    return {own for own in paths if own in graph.rulings and graph.rulings[own].each}


def _signature(graph: Graph, name: str) -> object:
    if name in graph.facts:
        node = graph.facts[name]
        formulas = tuple(own and own.expr for own in (node.when, node.count))
        return node.spec.type, node.spec.unsure, str(node.otherwise), node.list, formulas
    ruling = graph.rulings.get(name) or graph.functions.get(name)
    if ruling is not None:
        return _meaning(ruling)
    table = graph.parameters.get(name)
    return None if table is None else (table.by, table.keys, table.columns, table.rows, table.beyond)


def _meaning(ruling: Ruling) -> Mapping[str, object]:
    rows = [
        (
            [(own.head.expr, own.test) if isinstance(own, CellCondition) else own.expr for own in row.conditions],
            row.output.expr,
        )
        for row in ruling.rows
    ]
    formula = ruling.formula.expr if ruling.formula else None
    return {
        "is": formula, "rows": rows, "hit": ruling.hit, "round": ruling.round, "each": ruling.each,
        "given": ruling.given, "type": ruling.type, "options": tuple(ruling.options),
    }  # fmt: skip
