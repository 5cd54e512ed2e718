"""The rules of a flow as boxed expressions of DMN: trees adapted, tables laid out, roundings spelled out.

What DMN does differently is settled here. A knowledge model sees nothing but its parameters: a function that reads
facts gets them as further arguments, and so does each call of it. A boolean fact that may be `unsure` is compared with
`is`. An expression that reads a decision per item (`kind.extra`) reads a list that has it.
Caller: `engine.graph.to_dmn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from engine.dmn.model import (
    Aggregation,
    Context,
    ContextEntry,
    DecisionTable,
    Expression,
    HitPolicy,
    InputClause,
    OutputClause,
    UnaryTests,
)
from engine.dmn.model import Literal as Text
from engine.dmn.model import Rule as TableRule
from engine.feel import cells, tree
from engine.feel.names import free_names
from engine.feel.render import key_text, render, render_value
from engine.feel.rewrite import rewrite
from engine.feel.signatures import ALL
from engine.feel.tree import Expr
from engine.flow.model import FactType, Hit, Rounding, RoundTo, Unsure
from engine.graph.dmn_lists import each_once
from engine.graph.graph import CellCondition, Condition, FactNode, Graph, Row, Ruling
from engine.graph.to_dmn_cells import Unsureness, cell_text
from engine.graph.together import hit_of, in_file_order

POLICIES: Final = {
    Hit.UNIQUE: HitPolicy.UNIQUE,
    Hit.FIRST: HitPolicy.FIRST,
    Hit.ANY: HitPolicy.ANY,
    Hit.PRIORITY: HitPolicy.PRIORITY,
    Hit.RULE_ORDER: HitPolicy.RULE_ORDER,
    Hit.OUTPUT_ORDER: HitPolicy.OUTPUT_ORDER,
}
BY_OPTIONS: Final = (Hit.PRIORITY, Hit.OUTPUT_ORDER)
AGGREGATIONS: Final = {
    Hit.COLLECT_SUM: Aggregation.SUM,
    Hit.COLLECT_COUNT: Aggregation.COUNT,
    Hit.COLLECT_MIN: Aggregation.MIN,
    Hit.COLLECT_MAX: Aggregation.MAX,
}
ROUNDINGS: Final = {
    RoundTo.HALF_UP: "round half up",
    RoundTo.HALF_EVEN: "decimal",
    RoundTo.DOWN: "round down",
    RoundTo.UP: "round up",
}
ANNOTATIONS: Final = ("source", "because")
PLACE: Final = "position"


class Logic:
    """One for each export. `extra` are the further arguments of functions, `augmented` the lists with decisions."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.unsure = {node.path: node.spec.type for node in graph.facts.values() if node.spec.unsure is Unsure.VALUE}
        self.extra: dict[str, tuple[str, ...]] = dict.fromkeys(graph.functions, ())
        self.augmented: list[str] = []
        self._find_extra()
        lists = (node.name for node in graph.facts.values() if node.spec.type is FactType.LIST)
        rulings = [ruling for group in (graph.rulings, graph.functions) for ruling in group.values()]
        raw = [expr for ruling in rulings for expr in _raw_trees(ruling)]
        self.augmented = [name for name in lists if any(self._reads_each(expr, name) for expr in raw)]

    # -- names

    def fields(self, list_name: str) -> list[FactNode]:
        return [node for node in self.graph.facts.values() if node.list == list_name]

    def is_each(self, list_name: str, name: str) -> bool:
        ruling = self.graph.rulings.get(name)
        return ruling is not None and ruling.each == list_name

    def is_of_item(self, list_name: str, name: str) -> bool:
        """Whether the name means something of the item inside decisions per item."""
        return f"{list_name}.{name}" in self.graph.facts or self.is_each(list_name, name)

    def uses(self, *exprs: Expr) -> set[str]:
        """The names that trees of the flow read once they are adapted, functions included."""
        return {name for expr in exprs for name in free_names(self.adapt(expr), built_ins=True)}

    def trees(self, ruling: Ruling) -> list[Expr]:
        return list(_raw_trees(ruling))

    def item_parameters(self, ruling: Ruling) -> tuple[str, ...]:
        """What a decision per item reads: fields, other decisions per item, facts and decisions; in a fixed order."""
        callable_names = {*self.graph.functions, *self.graph.parameters, *ALL}
        return tuple(sorted(self.uses(*self.trees(ruling)) - callable_names))

    def _find_extra(self) -> None:
        """Until nothing is added: what functions read besides their arguments, also through functions they call."""
        known = {*self.graph.facts, *self.graph.rulings}
        while True:
            found = {
                name: tuple(sorted((self.uses(*self.trees(function)) & known) - set(function.given)))
                for name, function in self.graph.functions.items()
            }
            if found == self.extra:
                return
            self.extra = found

    # -- trees

    def adapt(self, expr: Expr) -> Expr:
        """A tree of the flow as DMN wants it."""
        names: dict[str, Expr] = {
            name: tree.Name(self.augmented_name(name)) for name in self.augmented if self._reads_each(expr, name)
        }
        return rewrite(expr, names, self._change)

    def text(self, expr: Expr) -> str:
        return render(self.adapt(expr))

    def _change(self, expr: Expr) -> Expr:
        match expr:
            case tree.Call(tree.Name(function), arguments, names) if self.extra.get(function):
                extra = self.extra[function]
                more = (*arguments, *(tree.Name(name) for name in extra))
                return replace(expr, arguments=more, names=(*names, *extra) if names else ())
            case tree.Comparison("=" | "!=", left, right) if self._unsure_boolean(left) or self._unsure_boolean(right):
                same = tree.Call(tree.Name("is"), (left, right))
                return same if expr.op == "=" else tree.Not(same)
            case _:
                return expr

    def _unsure_boolean(self, expr: Expr) -> bool:
        return self._unsureness(expr) is Unsureness.BOOLEAN

    def _unsureness(self, expr: Expr) -> Unsureness:
        name = expr.name if isinstance(expr, tree.Name | tree.Path) else ""
        kinds = {kind for path, kind in self.unsure.items() if path.rpartition(".")[2] == name}
        if not kinds:
            return Unsureness.NEVER
        return Unsureness.BOOLEAN if FactType.BOOLEAN in kinds else Unsureness.TEXT

    def _reads_each(self, expr: Expr, list_name: str) -> bool:
        each = {ruling.name for ruling in self.graph.each_of(list_name)}
        if not each:
            return False
        for node in tree.walk(expr):
            if isinstance(node, tree.Path) and node.name in each:
                return True
            if isinstance(node, tree.Filter) and free_names(node.condition) & each:
                return True
        return False

    # -- lists

    def augmented_name(self, list_name: str) -> str:
        return f"{list_name} with decisions"

    def augmented_list(self, list_name: str, each: Iterable[str]) -> str:
        item = f"{list_name}[{PLACE}]"
        for name in each:
            item = f"context put({item}, {render_value(name)}, {name}[{PLACE}])"
        return f"for {PLACE} in up(1, count({list_name})) return {item}"

    def each_call(self, ruling: Ruling, called: str, parameters: Iterable[str]) -> str:
        """The list of what the knowledge model of one item gives for every item."""
        arguments = ", ".join(self._of_place(ruling.each, name) for name in parameters)
        return f"for {PLACE} in up(1, count({ruling.each})) return {called}({arguments})"

    def _of_place(self, list_name: str, name: str) -> str:
        if self.is_each(list_name, name):
            return f"{name}[{PLACE}]"
        return f"{list_name}[{PLACE}].{name}" if self.is_of_item(list_name, name) else name

    # -- facts with `when`

    def guard_uses(self, node: FactNode) -> set[str]:
        """What the conditions of a fact and its fields read of the rest of the flow."""
        fields = self.fields(node.name)
        inner = self.uses(*(own.when.expr for own in fields if own.when is not None)) - {own.name for own in fields}
        return inner | (self.uses(node.when.expr) if node.when is not None else set())

    def guarded(self, node: FactNode, given: str) -> str:
        """The value of a fact: what was given where its condition holds, `otherwise` where not; so for each field."""
        fields = self.fields(node.name)
        value = given
        if any(own.when is not None for own in fields):
            entries = ", ".join(
                f"{key_text(own.name)}: {self._choice(own, f'item.{own.name}')}" for own in _sorted(fields)
            )
            value = f"for item in {given} return {{{entries}}}"
        return self._choice(node, value)

    def _choice(self, node: FactNode, value: str) -> str:
        if node.when is None:
            return value
        return f"if ({self.text(node.when.expr)}) = true then {value} else {render_value(node.otherwise)}"

    # -- decisions

    def expression(self, ruling: Ruling) -> Expression:
        """The decision or function as a boxed expression, rounded where it says so."""
        return self.rounded(ruling, self._body(ruling))

    def rounded(self, ruling: Ruling, body: Expression) -> Expression:
        """A value as the decision rounds it."""
        if ruling.round is None:
            return body
        return Context((ContextEntry("exact", body), ContextEntry("", Text(_rounding(ruling.round, "exact")))))

    def _body(self, ruling: Ruling) -> Expression:
        if ruling.formula is not None:
            return Text(self.text(ruling.formula.expr))
        table = self._table(ruling)
        return each_once(table, tuple(ruling.options)) if ruling.hit.lists else table

    def _table(self, ruling: Ruling) -> DecisionTable:
        heads = [condition.head for condition in _first_conditions(ruling) if isinstance(condition, CellCondition)]
        inputs = [InputClause(Text(self.text(head.expr)), label=head.text) for head in heads] or [
            InputClause(Text("true"))
        ]
        policy = POLICIES.get(ruling.hit, HitPolicy.COLLECT)
        if policy is HitPolicy.UNIQUE and len(ruling.rows) > 1 and any(not row.conditions for row in ruling.rows):
            policy = HitPolicy.FIRST  # `else` holds when no row above does
        return DecisionTable(
            tuple(inputs),
            (OutputClause(ruling.name, values=_order_of(ruling, ruling.hit)),),
            tuple(rule for row in ruling.rows for rule in self._table_rules(ruling, row, policy)),
            policy,
            AGGREGATIONS.get(ruling.hit),
            ANNOTATIONS,
        )

    def joint_table(self, own: Sequence[Ruling], types: Sequence[str]) -> DecisionTable:
        """One table for several outputs of these types, its rows as the author wrote them."""
        hit = hit_of(self.graph, own[0])
        whole = self._table(own[0])
        rows = zip(*(in_file_order(ruling) for ruling in own), strict=True)
        return replace(
            whole,
            outputs=tuple(
                OutputClause(ruling.name, type_ref, values=_order_of(ruling, hit))
                for ruling, type_ref in zip(own, types, strict=True)
            ),
            rules=tuple(self._joint_rule(row) for row in rows),
            hit_policy=POLICIES[hit],
        )

    def _joint_rule(self, same: Sequence[Row]) -> TableRule:
        tests = tuple(UnaryTests(self._test(condition)) for condition in same[0].conditions)
        outputs = tuple(Text(self.text(row.output.expr)) for row in same)
        return TableRule(tests, outputs, (same[0].source, same[0].because))

    def _table_rules(self, ruling: Ruling, row: Row, policy: HitPolicy) -> Iterator[TableRule]:
        """One rule for a row; one for each option, all of them output values, where these give the order."""
        tests = tuple(UnaryTests(self._test(condition)) for condition in row.conditions) or (UnaryTests("-"),)
        if row.rest and policy not in (HitPolicy.FIRST, HitPolicy.UNIQUE):
            tests = (UnaryTests(self._no_other(ruling, row)),)
        for output in _single(row.output.expr) if ruling.hit is Hit.OUTPUT_ORDER else (row.output.expr,):
            yield TableRule(tests, (Text(self.text(output)),), (row.source, row.because))

    def _no_other(self, ruling: Ruling, rest: Row) -> str:
        """`else` under a policy by which rows above it take nothing from it: when none of them holds."""
        above = [own for row in ruling.rows if row is not rest for own in row.conditions]
        held = " or ".join(f"({self.text(own.expr)}) = true" for own in above if not isinstance(own, CellCondition))
        return f"? and not({held})" if held else "-"

    def _test(self, condition: Condition) -> str:
        if isinstance(condition, CellCondition):
            return cell_text(condition.test, self.adapt, self._unsureness(condition.head.expr))
        return f"? and ({self.text(condition.expr)})"


def is_joint(graph: Graph, ruling: Ruling) -> bool:
    """Whether it is exported as part of one table: DMN lists whole rows, and per item a function gives one value."""
    return bool(ruling.table) and not ruling.each and not ruling.hit.lists


def _order_of(ruling: Ruling, hit: Hit) -> UnaryTests | None:
    """The output values of a column, where they give the order."""
    if hit not in BY_OPTIONS or not ruling.options:
        return None
    return UnaryTests(", ".join(map(render_value, ruling.options)))


def _single(expr: Expr) -> tuple[Expr, ...]:
    """The options of a conclusion, each by itself, null for none of them; an expression as it stands."""
    if not isinstance(expr, tree.Literal) or not isinstance(expr.value, list | tuple):
        return (expr,)
    options = tuple(tree.Literal(option, tree.Kind.STRING) for option in expr.value)
    return options or (tree.Literal(None, tree.Kind.NULL),)


def _first_conditions(ruling: Ruling) -> tuple[Condition, ...]:
    return ruling.rows[0].conditions if ruling.rows else ()


def _raw_trees(ruling: Ruling) -> Iterator[Expr]:
    """Every expression of a decision or function: formula, heads, comparisons in cells, conditions, outputs."""
    if ruling.formula is not None:
        yield ruling.formula.expr
    for row in ruling.rows:
        yield row.output.expr
        for condition in row.conditions:
            if not isinstance(condition, CellCondition):
                yield condition.expr
                continue
            yield condition.head.expr
            compares = (part for part in cells.parts(condition.test) if isinstance(part, cells.Compare))
            for part in compares:
                if isinstance(part.right, Expr):
                    yield part.right


def _sorted(fields: list[FactNode]) -> list[FactNode]:
    """The fields of an item so that each comes after those that its condition reads."""
    done: list[FactNode] = []
    waiting = list(fields)
    while waiting:
        names = {node.name for node in waiting}
        ready = [node for node in waiting if node.when is None or not (node.when.names & names - {node.name})]
        done += ready or waiting
        waiting = [node for node in waiting if node not in done]
    return done


def _rounding(rounding: Rounding, name: str) -> str:
    unit = render_value(rounding.unit)
    return f"{ROUNDINGS[rounding.direction]}({name} / {unit}, 0) * {unit}"
