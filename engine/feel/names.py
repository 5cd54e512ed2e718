"""Which names an expression reads from outside: its free names."""

from __future__ import annotations

from engine.feel import tree
from engine.feel.signatures import ALL
from engine.feel.tree import Expr


def free_names(expr: Expr, *, built_ins: bool = False) -> frozenset[str]:
    """The variables that `expr` reads and does not declare itself.

    Names in a filter count, since they may be variables as well as fields of the item. `?`, `item` in a
    filter, and (unless `built_ins`) the names of built-in functions do not.
    """
    found: set[str] = set()
    _collect(expr, frozenset(), found)
    found.discard("?")
    return frozenset(found if built_ins else found - ALL.keys())


def _collect(expr: Expr, bound: frozenset[str], found: set[str]) -> None:
    match expr:
        case tree.Name(name):
            if name not in bound:
                found.add(name)
        case tree.Filter(base, condition):
            _collect(base, bound, found)
            _collect(condition, bound | {"item"}, found)
        case tree.For(iterations, body):
            _collect(body, _iterate(iterations, bound, found) | {"partial"}, found)
        case tree.Quantified(_, iterations, condition):
            _collect(condition, _iterate(iterations, bound, found), found)
        case tree.FunctionDef(parameters, body):
            _collect(body, bound | {parameter.name for parameter in parameters}, found)
        case tree.ContextExpr(entries):
            for key, value in entries:
                _collect(value, bound, found)
                bound |= {key}
        case _:
            for child in tree.children(expr):
                _collect(child, bound, found)


def _iterate(iterations: tuple[tree.Iteration, ...], bound: frozenset[str], found: set[str]) -> frozenset[str]:
    for iteration in iterations:
        _collect(iteration.source, bound, found)
        if iteration.until is not None:
            _collect(iteration.until, bound, found)
        bound |= {iteration.name}
    return bound
