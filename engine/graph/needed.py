"""Which facts may still matter to an expression: none that makes a difference is left out.

    needs(expr, env, into)         adds them to `into`; nothing when the value is certain

Goes down the tree beside `engine.graph.abstract`, whose `possible` says what each part can still be: a branch that can
no longer be taken needs nothing, `count` of a list only its length. Called by `engine.graph.evaluation`; tests:
tests/engine/graph/test_possible.py (a fact that makes a difference is among them).
"""

from __future__ import annotations

from functools import partial

from engine.feel import tree as t
from engine.feel.names import free_names
from engine.graph import intervals
from engine.graph.abstract import Env, Local, possible, within
from engine.graph.lists import Items, Need, Record, iterate, may_be_number, source_items
from engine.graph.possible import ANY, One, Possible, is_null


def needs(expr: t.Expr, env: Env, into: set[str]) -> None:
    """Add every fact that may still matter to `expr`; nothing when it is certain."""
    if isinstance(possible(expr, env), One):
        return
    if isinstance(expr, t.Name):
        env.needs(expr.name, into)
    elif isinstance(expr, t.If):
        _if_needs(expr, env, into)
    elif (
        (isinstance(expr, (t.Quantified, t.For)) and _loop_needs(expr, env, into))
        or (isinstance(expr, t.Filter) and _filter_needs(expr, env, into))
        or (isinstance(expr, t.Path) and _path_needs(expr, env, into))
    ):
        return
    elif isinstance(expr, (t.Quantified, t.For, t.Filter, t.FunctionDef, t.Path)) or _calls_a_value(expr):
        for name in sorted(free_names(expr)):
            env.needs(name, into)
    else:
        _children_need(expr, env, into)


def _calls_a_value(expr: t.Expr) -> bool:
    """Whether the function called is itself worked out: its body may read more than its arguments tell."""
    return isinstance(expr, t.Call) and not isinstance(expr.function, t.Name)


def _children_need(expr: t.Expr, env: Env, into: set[str]) -> None:
    if isinstance(expr, t.Call) and isinstance(expr.function, t.Name):
        for argument in expr.arguments:
            _argument_needs(expr.function.name, argument, env, into)
        env.call_needs(expr.function.name, tuple(possible(argument, env) for argument in expr.arguments), into)
        return
    for child in t.children(expr):
        needs(child, env, into)


def _argument_needs(function: str, argument: t.Expr, env: Env, into: set[str]) -> None:
    """`count(list)` needs only the list's length; any other function needs what its argument holds."""
    value = possible(argument, env)
    if isinstance(value, Items):
        value.need(into, deep=function != "count")
        if function != "count" or not isinstance(argument, t.Name):
            needs(argument, env, into)
    elif not is_null(value):
        needs(argument, env, into)


def _if_needs(expr: t.If, env: Env, into: set[str]) -> None:
    outcomes = intervals.truth(possible(expr.condition, env))
    needs(expr.condition, env, into)
    if True in outcomes:
        needs(expr.then, env, into)
    if outcomes != {True}:
        needs(expr.otherwise, env, into)


def _loop_needs(expr: t.Quantified | t.For, env: Env, into: set[str]) -> bool:
    loop = expr.iterations[0]
    if len(expr.iterations) != 1 or any(isinstance(node, t.FunctionDef) for node in t.walk(loop.source)):
        return False
    source = possible(loop.source, env)
    items = iterate(source, possible(loop.until, env) if loop.until is not None else None)
    if items is None:
        return False
    if isinstance(source, Items):
        source.need(into, deep=False)
    if not isinstance(loop.source, t.Name):
        needs(loop.source, env, into)
    body = expr.condition if isinstance(expr, t.Quantified) else expr.body
    env.work.spend(len(items.parts))
    whole = _whole(loop.source, env)
    for element, _ in items.parts:
        own = {} if isinstance(element, Record) else {loop.name: whole}
        needs(body, Local(env, {loop.name: element}, own), into)
    return True


def _whole(source: t.Expr, env: Env) -> Need:
    """What a value out of a list needs where the list has a name: whatever of it is not certain yet.

    Of a record each field is needed by itself, where its path is read; an `each` decision read as a list has no fields.
    """
    return partial(env.needs, source.name) if isinstance(source, t.Name) else _nothing


def _nothing(into: set[str]) -> None:
    """What a source that has no name needs was added with it."""


def _filter_needs(expr: t.Filter, env: Env, into: set[str]) -> bool:
    items = source_items(possible(expr.base, env))
    if items is None:
        return False
    env.work.spend(len(items.parts))
    scopes = [within(element, env) for element, _ in items.parts] or [within(ANY, env)]
    by_place = any(may_be_number(possible(expr.condition, own)) for own in scopes)
    items.need(into, deep=by_place)
    if not isinstance(expr.base, t.Name):
        needs(expr.base, env, into)
    for own in scopes:
        needs(expr.condition, own, into)
    if isinstance(expr.base, t.Name) and any(
        not isinstance(element, One | Record) and (by_place or _kept(expr, element, env)) for element, _ in items.parts
    ):
        env.needs(expr.base.name, into)
    return True


def _kept(expr: t.Filter, element: Possible, env: Env) -> bool:
    """Whether this element may pass the filter."""
    return True in intervals.truth(possible(expr.condition, within(element, env)))


def _path_needs(expr: t.Path, env: Env, into: set[str]) -> bool:
    base = possible(expr.base, env)
    if isinstance(base, Record) and expr.name in base.needs:
        base.needs[expr.name](into)
        return True
    if isinstance(base, Items):
        base.need(into, deep=False)
        for element, _ in base.parts:
            if isinstance(element, Record) and expr.name in element.needs:
                element.needs[expr.name](into)
        if not all(isinstance(element, Record) for element, _ in base.parts):
            needs(expr.base, env, into)
        return True
    if isinstance(expr.base, t.Call):
        needs(expr.base, env, into)
        return True
    return False
