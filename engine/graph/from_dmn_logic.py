"""Boxed expressions of DMN as rules of a flow: one formula, a pipe table, or rules where a table would not do.

A context, and a table with several outputs, becomes one decision per entry or output. What a flow has no form for is
left out and named in a remark, so that nothing is lost in silence. Caller: `engine.graph.from_dmn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from engine.dmn import model
from engine.dmn.model import Expression, HitPolicy
from engine.feel import tree
from engine.feel.names import free_names
from engine.feel.names_in_scope import normal
from engine.feel.parser import FeelSyntaxError, parse, parse_unary_tests
from engine.feel.render import render
from engine.feel.rewrite import rewrite
from engine.feel.run import Run
from engine.feel.syntax import Profile
from engine.feel.text import text_of
from engine.feel.tree import Expr
from engine.graph.from_dmn_yaml import Block

HITS: Final = {
    HitPolicy.UNIQUE: "unique",
    HitPolicy.FIRST: "first",
    HitPolicy.ANY: "any",
    HitPolicy.PRIORITY: "priority",
    HitPolicy.RULE_ORDER: "rule order",
    HitPolicy.OUTPUT_ORDER: "output order",
}
LISTS: Final = frozenset({"collect", "rule order", "output order"})
"""They give a list of options, so a decision of type `choices`."""
NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


RESULT: Final = "value"


class Untranslatable(Exception):
    """A form that a flow does not have; the message says which."""


@dataclass(slots=True)
class Vocabulary:
    """What texts of the model may name, and what the flow calls it.

    `names` are replaced where they are free, `paths` are `(base, member)` pairs that became names of their own,
    `fields` the members of list items; what was `split` into such parts cannot be used as a whole.
    `parameters` are those of the model's functions, by the flow's name of the function.
    """

    known: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    names: dict[str, Expr] = field(default_factory=dict)
    paths: dict[tuple[str, str], str] = field(default_factory=dict)
    split: set[str] = field(default_factory=set)
    parameters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def expression(self, text: str, local: Mapping[str, str] = NO_NAMES) -> Expr:
        """The tree of a text in the flow's words. Raises Untranslatable."""
        if not text:
            raise Untranslatable("an empty expression")
        try:
            return self._renamed(parse(text, self.known | set(local), members=self.members), local)
        except FeelSyntaxError as fault:
            raise Untranslatable(f"an expression that is no FEEL: {fault}") from None

    def tests(self, text: str, local: Mapping[str, str]) -> tree.UnaryTests:
        try:
            found = parse_unary_tests(text, self.known | set(local), members=self.members)
        except FeelSyntaxError as fault:
            raise Untranslatable(f"a cell that is no FEEL: {fault}") from None
        renamed = self._renamed(found, local)
        assert isinstance(renamed, tree.UnaryTests)
        return renamed

    def _renamed(self, expr: Expr, local: Mapping[str, str]) -> Expr:
        own: dict[str, Expr] = {name: tree.Name(called) for name, called in local.items()}
        renamed = rewrite(expr, {**self.names, **own}, self._changed)
        whole = sorted(free_names(renamed) & self.split)
        if whole:
            raise Untranslatable(f"`{whole[0]}` as a whole, which became several facts or decisions")
        return renamed

    def call(self, function: Expr, given: Mapping[str, Expr]) -> Expr:
        """A call with the arguments in the order of the function's parameters; one that is not given is null."""
        called = function.name if isinstance(function, tree.Name) else ""
        if not set(given) <= set(self.parameters.get(called, ())):
            raise Untranslatable(f"a call of `{called}` by names it does not have")
        null = tree.Literal(None, tree.Kind.NULL)
        return tree.Call(function, tuple(given.get(name, null) for name in self.parameters[called]))

    def _changed(self, expr: Expr) -> Expr:
        if isinstance(expr, tree.Call) and expr.names and isinstance(expr.function, tree.Name):
            known = expr.function.name in self.parameters
            return self.call(expr.function, dict(zip(expr.names, expr.arguments, strict=True))) if known else expr
        if not isinstance(expr, tree.Path):
            return expr
        if isinstance(expr.base, tree.Name) and (expr.base.name, expr.name) in self.paths:
            return tree.Name(self.paths[expr.base.name, expr.name])
        return tree.Path(expr.base, self.fields.get(expr.name, expr.name))


def as_expression(item: Expression | None, words: Vocabulary, local: Mapping[str, str]) -> Expr:
    """A boxed expression as one FEEL expression of the flow. Raises Untranslatable."""
    match item:
        case model.Literal(text):
            return words.expression(text, local)
        case model.ListExpression(items):
            return tree.ListExpr(tuple(as_expression(each, words, local) for each in items))
        case model.Context(entries):
            return _context(entries, words, local)
        case model.Conditional(test, then, otherwise):
            parts = [as_expression(each, words, local) for each in (test, then, otherwise)]
            return tree.If(parts[0], parts[1], parts[2])
        case model.Filter(source, match):
            return tree.Filter(as_expression(source, words, local), as_expression(match, words, local))
        case model.Iterator():
            return _iterator(item, words, local)
        case model.Invocation(called, bindings):
            given = {normal(each.parameter.name): as_expression(each.value, words, local) for each in bindings}
            return words.call(as_expression(called, words, local), given)
        case None:
            raise Untranslatable("a decision without logic")
        case _:
            raise Untranslatable(f"a boxed {type(item).__name__.lower()} inside another expression")


def _context(entries: tuple[model.ContextEntry, ...], words: Vocabulary, local: Mapping[str, str]) -> Expr:
    """A context; with a last entry without a name, what that entry gives."""
    made: list[tuple[str, Expr]] = []
    for entry in entries:
        made.append((entry.name or RESULT, as_expression(entry.value, words, local)))
        local = {**local, entry.name: entry.name} if entry.name else local
    whole = tree.ContextExpr(tuple(made))
    return tree.Path(whole, RESULT) if entries and not entries[-1].name else whole


def _iterator(item: model.Iterator, words: Vocabulary, local: Mapping[str, str]) -> Expr:
    source = as_expression(item.source, words, local)
    body = as_expression(item.body, words, {**local, item.variable: item.variable})
    iterations = (tree.Iteration(item.variable, source),)
    if item.kind is model.IteratorKind.FOR:
        return tree.For(iterations, body)
    return tree.Quantified(str(item.kind), iterations, body)


def formula(expr: Expr) -> dict[str, object]:
    """`is`, in the flow's own words."""
    return {"is": render(expr, Profile.FLOW)}


def table(
    item: model.DecisionTable, output: int, name: str, words: Vocabulary, local: Mapping[str, str]
) -> dict[str, object]:
    """One output column of a decision table: `hit` with `table`, or with `rules` where cells need more."""
    hit = _hit(item)
    heads = [words.expression(clause.expression.text, local) for clause in item.inputs]
    tests = [[words.tests(cell.text, local) for cell in rule.tests] for rule in item.rules]
    ends = [words.expression(rule.outputs[output].text, local) for rule in item.rules]
    default = item.outputs[output].default
    otherwise = words.expression(default.text, local) if default is not None else None
    if otherwise is None and _fits_cells(heads, tests):
        return {"hit": hit, "table": _written(heads, tests, [[name], *([_end(end)] for end in ends)])}
    if otherwise is not None and hit not in ("first", "unique", "any", "priority"):
        raise Untranslatable(f"a default output with hit policy {item.hit_policy}")
    rules: list[dict[str, str]] = []
    for row, end in zip(tests, ends, strict=True):
        when = _conjunction(zip(heads, row, strict=False))
        rules.append({"when": render(when, Profile.FLOW), "then": _end(end)})
    if otherwise is not None:
        rules.append({"when": "else", "then": _end(otherwise)})
    return {"hit": hit, "rules": rules}


def whole_table(item: model.DecisionTable, names: Sequence[str], words: Vocabulary) -> dict[str, object]:
    """All output columns in one table, under these names. Raises Untranslatable where a flow's table cannot say it."""
    heads = [words.expression(clause.expression.text) for clause in item.inputs]
    tests = [[words.tests(cell.text, NO_NAMES) for cell in rule.tests] for rule in item.rules]
    if not _fits_cells(heads, tests):
        raise Untranslatable("a table of which cells need rules")
    ends = [[_end(words.expression(own.text)) for own in rule.outputs] for rule in item.rules]
    return {"hit": _hit(item), "table": _written(heads, tests, [list(names), *ends])}


def _fits_cells(heads: Sequence[Expr], tests: Sequence[Sequence[tree.UnaryTests]]) -> bool:
    """Whether the cells of a flow's table can say all of it."""
    return bool(heads) and all(_is_simple(cell) for row in tests for cell in row)


def _written(heads: Sequence[Expr], tests: Sequence[Sequence[tree.UnaryTests]], right: list[list[str]]) -> Block:
    """The table as a flow's file has it; `right` are the heads and rows right of `||`."""
    left = [[render(head, Profile.FLOW) for head in heads], *([_cell(cell) for cell in row] for row in tests)]
    return Block(_pipes(left, right))


def _hit(item: model.DecisionTable) -> str:
    if item.hit_policy is HitPolicy.COLLECT:
        return f"collect({item.aggregation.lower()})" if item.aggregation is not None else "collect"
    return HITS[item.hit_policy]


def _conjunction(pairs: Iterable[tuple[Expr, tree.UnaryTests]]) -> Expr:
    conditions = [_condition(head, tests) for head, tests in pairs if tests.tests]
    if not conditions:
        return tree.Literal(True, tree.Kind.BOOLEAN)
    return conditions[0] if len(conditions) == 1 else tree.Logic("and", tuple(conditions))


def _condition(head: Expr, tests: tree.UnaryTests) -> Expr:
    """What a cell asks of its head, as a condition."""
    asked = [each for test in tests.tests for each in tree.walk(test)]
    if any(isinstance(each, tree.Name) and each.name == "?" for each in asked):
        plain = [rewrite(test, {"?": head}) for test in tests.tests]
        found = plain[0] if len(plain) == 1 else tree.Logic("or", tuple(plain))
    else:
        found = tree.In(head, tests.tests)
    return tree.Not(found) if tests.negated else found


def _is_simple(tests: tree.UnaryTests) -> bool:
    """Whether a cell of a flow's table can say it."""
    for test in tests.tests:
        match test:
            case tree.Literal(value) if value is not None:
                continue
            case tree.Test():
                continue
            case tree.RangeExpr(tree.Literal(), tree.Literal()):
                continue
            case _:
                return False
    return True


def _cell(tests: tree.UnaryTests) -> str:
    if not tests.tests:
        return "-"
    text = ", ".join(_test(test) for test in tests.tests)
    return f"not({text})" if tests.negated else text


def _test(test: Expr) -> str:
    match test:
        case tree.Literal(value):
            return bare(value)
        case tree.Test(op, tree.Literal(value)):
            return f"{op} {bare(value)}"
        case tree.Test(op, operand):
            return f"{op} {render(operand, Profile.FLOW)}"
        case tree.RangeExpr(tree.Literal(low), tree.Literal(high), low_closed, high_closed):
            ends = "[" if low_closed else "(", "]" if high_closed else ")"
            return f"{ends[0]}{bare(low)}..{bare(high)}{ends[1]}"
        case _:
            return render(test, Profile.FLOW)


def bare(value: Any) -> str:
    """A constant as a cell writes it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return render(tree.Literal(value, tree.Kind.STRING))
    return f"{value:f}" if isinstance(value, Decimal) else text_of(value, Run())


def _end(expr: Expr) -> str:
    options = tree.texts_of(expr)
    if options:
        return ", ".join(map(bare, options))
    return bare(expr.value) if isinstance(expr, tree.Literal) else render(expr, Profile.FLOW)


def _pipes(rows: list[list[str]], ends: list[list[str]]) -> str:
    """Rows aligned: the heads, a line of dashes, the rest."""
    full = [[cell.replace("|", "\\|") for cell in (*row, *end)] for row, end in zip(rows, ends, strict=True)]
    widths = [max(3, *(len(row[at]) for row in full)) for at in range(len(full[0]))]  # a dash alone is a cell
    left = len(rows[0])
    lines = [_line([cell.ljust(width) for cell, width in zip(row, widths, strict=True)], left) for row in full]
    return "\n".join([lines[0], _line(["-" * width for width in widths], left), *lines[1:]])


def _line(cells: list[str], left: int) -> str:
    return f"| {' | '.join(cells[:left])} || {' | '.join(cells[left:])} |"
