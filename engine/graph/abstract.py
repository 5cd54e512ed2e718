"""Evaluate an expression on what its facts can still be. Over-approximates: never leaves a possible value out.

    possible(expr, env)            what the value can still be (`engine.graph.possible`)

Known operands go through the FEEL evaluator itself, so that there is one meaning of every operator; this module only
adds what holds when something is not known. Where it has no rule, FEEL's own program says what follows from what is
known. `env` resolves names: `engine.graph.view.View` for a whole journey, `Local` for arguments, loop variables and
list items. Called by `engine.graph.evaluation`; which facts still matter: `engine.graph.needed`. Tests:
tests/engine/graph/test_possible.py (no completion falls outside).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from engine.feel import tree as t
from engine.feel.registry import BUILT_INS
from engine.feel.unknown import UNKNOWN
from engine.graph import intervals
from engine.graph.exact import apply, call, run
from engine.graph.lists import (
    Items,
    Record,
    at,
    extreme,
    iterate,
    list_call,
    may_be_number,
    path_of_items,
    plain,
    quantified,
    source_items,
)
from engine.graph.possible import ANY, MAYBE, One, Possible, finite, lift
from engine.graph.work import Work

MONOTONE: dict[str, tuple[int, ...]] = {
    "floor": (1,),
    "ceiling": (1,),
    "years": (-1, 1),
    "round half up": (1, 1),
    "round half down": (1, 1),
    "round up": (1, 1),
    "round down": (1, 1),
    "decimal": (1, 1),
}
"""Built-ins that rise (+1) or fall (-1) with each argument; the second argument of the roundings must be known."""


class Env(Protocol):
    """Where names get their meaning."""

    def possible(self, name: str) -> Possible:
        """What the value of `name` can still be."""

    def needs(self, name: str, into: set[str]) -> None:
        """Add the facts that may still matter to `name`."""

    @property
    def scope(self) -> Mapping[str, object]:
        """The same names for FEEL's own evaluator: a value, or UNKNOWN while it is not certain."""

    def call(self, name: str, arguments: tuple[Possible, ...]) -> Possible | None:
        """A function or parameter of the flow; None when `name` is neither."""

    def call_needs(self, name: str, arguments: tuple[Possible, ...], into: set[str]) -> None:
        """Add the facts that the body of a function of the flow may still need."""

    @property
    def work(self) -> Work:
        """What may still be spent on the evaluation now going on."""


class _Layer(dict[str, object]):
    """Own names over an outer scope, without copying the outer one."""

    def __init__(self, own: Mapping[str, Possible], outer: Mapping[str, object]) -> None:
        super().__init__()
        self._own, self._outer = own, outer

    def __missing__(self, name: str) -> object:
        return plain(self._own[name]) if name in self._own else self._outer[name]

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self._outer


class Local:
    """An environment with a few names of its own around another one."""

    __slots__ = ("_needs", "_outer", "_own", "work")

    def __init__(
        self, outer: Env, own: Mapping[str, Possible], needs: Mapping[str, Callable[[set[str]], None]] | None = None
    ) -> None:
        self._outer = outer
        self._own = own
        self._needs = needs or {}
        self.work = outer.work

    def possible(self, name: str) -> Possible:
        return self._own[name] if name in self._own else self._outer.possible(name)

    def needs(self, name: str, into: set[str]) -> None:
        if name in self._own:
            if name in self._needs:
                self._needs[name](into)
            return
        self._outer.needs(name, into)

    @property
    def scope(self) -> Mapping[str, object]:
        return _Layer(self._own, self._outer.scope)

    def call(self, name: str, arguments: tuple[Possible, ...]) -> Possible | None:
        return self._outer.call(name, arguments)

    def call_needs(self, name: str, arguments: tuple[Possible, ...], into: set[str]) -> None:
        self._outer.call_needs(name, arguments, into)


def possible(expr: t.Expr, env: Env) -> Possible:
    """What `expr` can still be."""
    rule = _POSSIBLE.get(type(expr))
    return rule(expr, env) if rule else _by_feel(expr, env)


def _by_feel(expr: t.Expr, env: Env, otherwise: Possible = ANY) -> Possible:
    """What FEEL's own program makes of what is known; `otherwise` where that does not settle it."""
    value = run(expr, env.scope, env.work.run)
    return otherwise if value is UNKNOWN else One(value)


def _literal(expr: t.Literal, env: Env) -> Possible:
    return One(expr.value)


def _name(expr: t.Name, env: Env) -> Possible:
    return env.possible(expr.name)


def _path(expr: t.Path, env: Env) -> Possible:
    found = path_of_items(possible(expr.base, env), expr.name)
    return _by_feel(expr, env) if found is ANY else found


def _filter(expr: t.Filter, env: Env) -> Possible:
    base = source_items(possible(expr.base, env))
    if base is None:
        return _by_feel(expr, env)
    env.work.spend(len(base.parts))
    verdicts = [possible(expr.condition, within(element, env)) for element, _ in base.parts]
    if any(may_be_number(verdict) for verdict in verdicts or [possible(expr.condition, within(ANY, env))]):
        return at(base, verdicts) or _by_feel(expr, env)
    kept = []
    for (element, certain), verdict in zip(base.parts, verdicts, strict=True):
        outcomes = intervals.truth(verdict)
        if True in outcomes:
            kept.append((element, certain and outcomes == {True}))
    return Items(tuple(kept), base.open)


def within(element: Possible, env: Env) -> Env:
    """The names inside a filter: the item, and its fields where it is a record."""
    own: dict[str, Possible] = {"item": element}
    if isinstance(element, Record):
        own.update(element.fields)
        return Local(env, own, element.needs)
    return Local(env, own)


def _negate(expr: t.Negate, env: Env) -> Possible:
    return intervals.arithmetic("-", One(apply("-", 1, 1)), possible(expr.operand, env), lambda a, b: apply("-", a, b))


def _arithmetic(expr: t.Arithmetic, env: Env) -> Possible:
    left, right = possible(expr.left, env), possible(expr.right, env)
    return intervals.arithmetic(expr.op, left, right, lambda a, b: apply(expr.op, a, b))


def _comparison(expr: t.Comparison, env: Env) -> Possible:
    left, right = possible(expr.left, env), possible(expr.right, env)
    return intervals.compare(expr.op, left, right, lambda a, b: apply(expr.op, a, b))


def _logic(expr: t.Logic, env: Env) -> Possible:
    operands = [possible(operand, env) for operand in expr.operands]
    return intervals.kleene_and(operands) if expr.op == "and" else intervals.kleene_or(operands)


def _not(expr: t.Not, env: Env) -> Possible:
    return intervals.negation(possible(expr.operand, env))


def _between(expr: t.Between, env: Env) -> Possible:
    value = possible(expr.value, env)
    low = intervals.compare(">=", value, possible(expr.low, env), lambda a, b: apply(">=", a, b))
    high = intervals.compare("<=", value, possible(expr.high, env), lambda a, b: apply("<=", a, b))
    return intervals.kleene_and([low, high])


def _in(expr: t.In, env: Env) -> Possible:
    value = possible(expr.value, env)
    verdicts = [_one_test(value, test, env) for test in expr.tests]
    found = intervals.kleene_or([verdict or MAYBE for verdict in verdicts])
    return found if all(verdicts) else _by_feel(expr, env, found)


def _one_test(value: Possible, test: t.Expr, env: Env) -> Possible | None:
    if isinstance(test, t.Test):
        return intervals.compare(test.op, value, possible(test.operand, env), lambda a, b: apply(test.op, a, b))
    if isinstance(test, t.RangeExpr):
        low, high = possible(test.low, env), possible(test.high, env)
        above, below = (">=" if test.low_closed else ">"), ("<=" if test.high_closed else "<")
        return intervals.kleene_and(
            [
                intervals.compare(above, value, low, lambda a, b: apply(above, a, b)),
                intervals.compare(below, value, high, lambda a, b: apply(below, a, b)),
            ]
        )
    if isinstance(test, (t.Literal, t.Name)):
        operand = possible(test, env)
        if finite(operand) is not None and not any(isinstance(item, list) for item in finite(operand) or ()):
            return intervals.compare("=", value, operand, lambda a, b: apply("=", a, b))
    return None


def _if(expr: t.If, env: Env) -> Possible:
    condition = possible(expr.condition, env)
    return intervals.choice(condition, lambda: possible(expr.then, env), lambda: possible(expr.otherwise, env))


def _quantified(expr: t.Quantified, env: Env) -> Possible:
    if len(expr.iterations) != 1 or expr.iterations[0].until is not None:
        return _by_feel(expr, env, MAYBE)
    loop = expr.iterations[0]
    items = source_items(possible(loop.source, env))
    if items is None:
        return _by_feel(expr, env, MAYBE)
    env.work.spend(len(items.parts))
    verdicts = [
        (possible(expr.condition, Local(env, {loop.name: element})), certain) for element, certain in items.parts
    ]
    return quantified(expr.word, verdicts, open_ended=items.open)


def _for(expr: t.For, env: Env) -> Possible:
    if len(expr.iterations) != 1 or _reads_partial(expr):
        return _by_feel(expr, env)
    loop = expr.iterations[0]
    items = iterate(possible(loop.source, env), possible(loop.until, env) if loop.until is not None else None)
    if items is None:
        return _by_feel(expr, env)
    env.work.spend(len(items.parts))
    parts = [(possible(expr.body, Local(env, {loop.name: element})), certain) for element, certain in items.parts]
    return Items(tuple(parts), items.open)


def _reads_partial(expr: t.For) -> bool:
    return any(isinstance(node, t.Name) and node.name == "partial" for node in t.walk(expr.body))


def _call(expr: t.Call, env: Env) -> Possible:
    if not isinstance(expr.function, t.Name):
        return _by_feel(expr, env)
    name, budget = expr.function.name, env.work.run
    env.work.spend(1)
    arguments = tuple(possible(argument, env) for argument in expr.arguments)
    own = env.call(name, arguments) if not expr.names else None
    if own is not None:
        return own
    listed = list_call(name, arguments)
    if listed is not None:
        return listed
    if name in ("min", "max") and len(arguments) > 1:
        return extreme(name, arguments)
    if name not in BUILT_INS or any(isinstance(argument, (Items, Record)) for argument in arguments):
        return _by_feel(expr, env)
    signs = MONOTONE.get(name)
    if signs is not None and not expr.names:
        return intervals.monotone(lambda *values: call(name, values, run=budget), arguments, signs[: len(arguments)])
    return lift(lambda *values: call(name, values, expr.names, budget), arguments) or ANY


def _list(expr: t.ListExpr, env: Env) -> Possible:
    items = tuple(possible(item, env) for item in expr.items)
    listed = None if any(isinstance(item, Items | Record) for item in items) else lift(lambda *own: list(own), items)
    return listed or Items(tuple((item, True) for item in items), open=False)


_POSSIBLE: dict[type, Callable[[Any, Env], Possible]] = {
    t.Literal: _literal,
    t.Name: _name,
    t.Path: _path,
    t.Filter: _filter,
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
    t.Call: _call,
    t.ListExpr: _list,
}
