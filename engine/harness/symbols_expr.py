"""Expressions as z3 terms, kind by kind of expression; the table is at the end. Null follows FEEL (DMN 1.5, 10.3.2).

Called by `engine.harness.symbols`. Raises Untranslatable for what has no exact counterpart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.errors import worded
from engine.feel import cells as c
from engine.feel import tree as t
from engine.feel.analysis_z3_terms import Term, Untranslatable
from engine.feel.cells import Kind
from engine.feel.desugar import between, membership
from engine.feel.evaluator import compile_expression
from engine.feel.unsure import UNSURE
from engine.graph.exact import run
from engine.harness.symbols import Around, Context, Listing, Record, Symbol, Symbols
from engine.harness.symbols_calls import calendar, call, months_later
from engine.harness.symbols_compare import compare
from engine.harness.symbols_linear import divided

CHOSEN: Final[Mapping[str, Callable[[tuple[str, ...]], c.CellTest]]] = {
    "has any": c.Has,
    "has all": c.All,
    "has only": c.Only,
}


def symbol(symbols: Symbols, expr: t.Expr, around: Around) -> Symbol:
    """What an expression stands for. Raises Untranslatable."""
    rule = _RULES.get(type(expr))
    if rule is None:
        raise Untranslatable(worded("a {kind}", kind=type(expr).__name__.lower()))
    return rule(symbols, expr, around)


def _term(symbols: Symbols, expr: t.Expr, around: Around) -> Term:
    return symbols.expression_in(expr, around)


def _literal(symbols: Symbols, expr: t.Literal, around: Around) -> Symbol:
    if expr.value is None:
        return symbols.nothing()
    if expr.kind is t.Kind.UNSURE:
        return symbols.value(UNSURE, Kind.BOOLEAN)
    if isinstance(expr.value, list | tuple) and all(isinstance(own, str) for own in expr.value):
        return symbols.value(expr.value, Kind.CHOICES, tuple(expr.value))
    return symbols.literal(expr.value)


def _name(symbols: Symbols, expr: t.Name, around: Around) -> Symbol:
    return symbols.name(expr.name, around)


def _path(symbols: Symbols, expr: t.Path, around: Around) -> Symbol:
    base = symbol(symbols, expr.base, around)
    if isinstance(base, Context):
        return base.members.get(expr.name) or symbols.nothing()
    if isinstance(base, Record):
        found = symbols.member(base, expr.name)
        if found is not None:
            return found
    elif isinstance(base, Listing):
        items = [(there, own) for there, own in base.items if isinstance(own, Record)]
        members = [(there, symbols.member(own, expr.name)) for there, own in items]
        return Listing(tuple((there, own) for there, own in members if own is not None))
    elif base.kind is Kind.DATE and expr.name in ("year", "month", "day"):
        part = calendar(symbols, base)[("year", "month", "day").index(expr.name)]
        return Term(Kind.NUMBER, symbols.z3.ToReal(part), base.null, base.unsure)
    raise Untranslatable(f"`.{expr.name}`")


def _negate(symbols: Symbols, expr: t.Negate, around: Around) -> Symbol:
    own = _term(symbols, expr.operand, around)
    if own.kind not in (Kind.NUMBER, Kind.DAYS, Kind.MONTHS):
        raise Untranslatable(f"- {own.kind}")
    return Term(own.kind, -own.value, own.null, own.unsure)


def _arithmetic(symbols: Symbols, expr: t.Arithmetic, around: Around) -> Symbol:
    left, right = _term(symbols, expr.left, around), _term(symbols, expr.right, around)
    if symbols.is_nothing(left) or symbols.is_nothing(right):
        return symbols.nothing()
    if expr.op == "/" and left.kind is right.kind and left.kind in (Kind.NUMBER, Kind.DAYS):
        return _quotient(symbols, left, right)
    if expr.op not in ("+", "-", "*"):
        raise Untranslatable(f"{expr.op}")
    if (left.kind, right.kind) == (Kind.DATE, Kind.MONTHS) and expr.op != "*":
        return months_later(symbols, left, right, back=expr.op == "-")
    if (left.kind, right.kind) == (Kind.MONTHS, Kind.DATE) and expr.op == "+":
        return months_later(symbols, right, left)
    return symbols.computed(expr.op, left, right)


def _quotient(symbols: Symbols, left: Term, right: Term) -> Term:
    """How often the one goes into the other: two numbers, or two lengths of time."""
    z3 = symbols.z3
    null = z3.Or(left.null, right.null, left.unsure, right.unsure, right.value == 0)
    if left.kind is Kind.NUMBER:
        return Term(Kind.NUMBER, divided(z3, symbols.few, left.value, right.value), null, z3.BoolVal(False))
    return Term(Kind.NUMBER, z3.ToReal(left.value) / z3.ToReal(right.value), null, z3.BoolVal(False))


def _comparison(symbols: Symbols, expr: t.Comparison, around: Around) -> Symbol:
    return compare(symbols, expr.op, _term(symbols, expr.left, around), _term(symbols, expr.right, around))


def _logic(symbols: Symbols, expr: t.Logic, around: Around) -> Symbol:
    operands = [_term(symbols, operand, around) for operand in expr.operands]
    true, false = [symbols.true(own) for own in operands], [symbols.false(own) for own in operands]
    z3 = symbols.z3
    if expr.op == "and":
        return symbols.truth(z3.And(true), z3.Or(false))
    return symbols.truth(z3.Or(true), z3.And(false))


def _not(symbols: Symbols, expr: t.Not, around: Around) -> Symbol:
    own = _term(symbols, expr.operand, around)
    return symbols.truth(symbols.false(own), symbols.true(own))


def _between(symbols: Symbols, expr: t.Between, around: Around) -> Symbol:
    return _logic(symbols, between(expr), around)


def _in(symbols: Symbols, expr: t.In, around: Around) -> Symbol:
    parts: list[t.Expr] = []
    for test in expr.tests:
        if isinstance(test, t.ListExpr):
            parts += [t.Comparison("=", expr.value, item) for item in test.items]
            continue
        part = membership(expr.value, test)
        if part is None:
            raise Untranslatable(worded("`in` an expression"))
        parts.append(part)
    if len(parts) == 1:
        return symbol(symbols, parts[0], around)
    return _logic(symbols, t.Logic("or", tuple(parts)), around)


def _if(symbols: Symbols, expr: t.If, around: Around) -> Symbol:
    condition = symbols.true(_term(symbols, expr.condition, around))
    return symbols.choose(condition, _term(symbols, expr.then, around), _term(symbols, expr.otherwise, around))


# -- lists


def _listing(symbols: Symbols, expr: t.Expr, around: Around) -> Listing:
    found = symbol(symbols, expr, around)
    if isinstance(found, Listing):
        return found
    raise Untranslatable(worded("a list that is not one of the flow"))


def _rounds(symbols: Symbols, iterations: tuple[t.Iteration, ...], around: Around) -> list[tuple[Any, Around]]:
    """Each combination of items: when it is there, and the names in it."""
    rounds: list[tuple[Any, Around]] = [(symbols.z3.BoolVal(True), around)]
    for each in iterations:
        if each.until is not None:
            raise Untranslatable(worded("counting from one number to another"))
        further: list[tuple[Any, Around]] = []
        for there, inside in rounds:
            for own, item in _listing(symbols, each.source, inside).items:
                further.append((symbols.z3.And(there, own), inside.with_names({each.name: item})))
        rounds = further
    return rounds


def _quantified(symbols: Symbols, expr: t.Quantified, around: Around) -> Symbol:
    z3 = symbols.z3
    rounds = [
        (there, _term(symbols, expr.condition, inside)) for there, inside in _rounds(symbols, expr.iterations, around)
    ]
    true = [(there, symbols.true(own)) for there, own in rounds]
    false = [(there, symbols.false(own)) for there, own in rounds]
    if expr.word == "some":
        return symbols.truth(z3.Or([z3.And(*own) for own in true]), z3.And([z3.Implies(*own) for own in false]))
    return symbols.truth(z3.And([z3.Implies(*own) for own in true]), z3.Or([z3.And(*own) for own in false]))


def _for(symbols: Symbols, expr: t.For, around: Around) -> Symbol:
    return Listing(
        tuple((there, _term(symbols, expr.body, inside)) for there, inside in _rounds(symbols, expr.iterations, around))
    )


def _filter(symbols: Symbols, expr: t.Filter, around: Around) -> Symbol:
    """`kinderen[not(uit_huis)]`: inside, fields of the item go by their names."""
    kept: list[tuple[Any, Term | Record]] = []
    for there, item in _listing(symbols, expr.base, around).items:
        inside = Around({**around.own, "item": item}, item if isinstance(item, Record) else around.item)
        condition = _term(symbols, expr.condition, inside)
        if condition.kind is not Kind.BOOLEAN:
            raise Untranslatable(worded("an item by its number"))
        kept.append((symbols.z3.And(there, symbols.true(condition)), item))
    return Listing(tuple(kept))


def _list(symbols: Symbols, expr: t.ListExpr, around: Around) -> Symbol:
    return Listing(tuple((symbols.z3.BoolVal(True), _term(symbols, item, around)) for item in expr.items))


def _call(symbols: Symbols, expr: t.Call, around: Around) -> Symbol:
    if not isinstance(expr.function, t.Name) or expr.names:
        raise Untranslatable(worded("a call by names of arguments"))
    name = expr.function.name
    if expr.arguments and all(isinstance(own, t.Literal) for own in expr.arguments) and not symbols.defines(name):
        return _literal(symbols, t.Literal(compile_expression(expr)({}), t.Kind.NUMBER), around)
    if name in CHOSEN and len(expr.arguments) == 2:
        return _of_choices(symbols, expr, name, around)
    if name in CONSTANT and all(isinstance(own, t.Literal) for own in expr.arguments):
        return symbols.literal(run(expr, {}))
    return call(symbols, name, [symbol(symbols, argument, around) for argument in expr.arguments])


CONSTANT: Final = frozenset(("date", "duration", "number"))
"""Built-ins that only write down a value: `duration("P1D")`."""


def _of_choices(symbols: Symbols, expr: t.Call, name: str, around: Around) -> Symbol:
    own, options = _term(symbols, expr.arguments[0], around), expr.arguments[1]
    if own.kind is not Kind.CHOICES or not isinstance(options, t.ListExpr):
        raise Untranslatable(worded("`{name}` of something else than choices", name=name))
    named = tuple(item.value for item in options.items if isinstance(item, t.Literal) and isinstance(item.value, str))
    if len(named) < len(options.items):
        raise Untranslatable(worded("`{name}` of an expression", name=name))
    true = symbols.cells.holds(CHOSEN[name](named), own)
    return Term(Kind.BOOLEAN, true, own.null, symbols.z3.BoolVal(False))


_RULES: Final[dict[type[t.Expr], Callable[[Symbols, Any, Around], Symbol]]] = {
    t.Literal: _literal,
    t.Name: _name,
    t.Path: _path,
    t.Negate: _negate,
    t.Arithmetic: _arithmetic,
    t.Comparison: _comparison,
    t.Logic: _logic,
    t.Not: _not,
    t.Between: _between,
    t.In: _in,
    t.If: _if,
    t.Quantified: _quantified,
    t.For: _for,
    t.Filter: _filter,
    t.ListExpr: _list,
    t.Call: _call,
}
