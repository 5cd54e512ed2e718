"""A tree with other names: free names replaced by expressions, calls changed on the way. Scopes are respected.

A name that the expression declares itself (a loop variable, a parameter, an earlier entry of a context) is not free.
Callers: `engine.graph.to_dmn`, `engine.graph.from_dmn`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from engine.feel import tree
from engine.feel.tree import Expr

E = TypeVar("E", bound=Expr)
Change = Callable[[Expr], Expr]


def unchanged(expr: Expr) -> Expr:
    return expr


def rewrite(expr: Expr, names: Mapping[str, Expr], change: Change = unchanged) -> Expr:
    """`expr` with its free `names` replaced; `change` sees each node after its parts, from the leaves up."""
    return _Rewriter(names, change).of(expr, frozenset())


class _Rewriter:
    def __init__(self, names: Mapping[str, Expr], change: Change) -> None:
        self.names = names
        self.change = change

    def of(self, expr: Expr, bound: frozenset[str]) -> Expr:
        return self.change(self._parts(expr, bound))

    def _parts(self, expr: Expr, bound: frozenset[str]) -> Expr:
        match expr:
            case tree.Name(name):
                return expr if name in bound else self.names.get(name, expr)
            case tree.Filter(base, condition):
                return replace(expr, base=self.of(base, bound), condition=self.of(condition, bound | {"item"}))
            case tree.For(iterations, body):
                made, inner = self._iterations(iterations, bound)
                return replace(expr, iterations=made, body=self.of(body, inner | {"partial"}))
            case tree.Quantified(_, iterations, condition):
                made, inner = self._iterations(iterations, bound)
                return replace(expr, iterations=made, condition=self.of(condition, inner))
            case tree.FunctionDef(parameters, body):
                return replace(expr, body=self.of(body, bound | {parameter.name for parameter in parameters}))
            case tree.ContextExpr(entries):
                return replace(expr, entries=self._entries(entries, bound))
            case _:
                return self._plain(expr, bound)

    def _plain(self, expr: E, bound: frozenset[str]) -> E:
        """Any other node: every part that is an expression, or a tuple of them."""
        changed: dict[str, Any] = {}
        for field in fields(expr):
            part = getattr(expr, field.name)
            if isinstance(part, Expr):
                changed[field.name] = self.of(part, bound)
            elif isinstance(part, tuple) and part and isinstance(part[0], Expr):
                changed[field.name] = tuple(self.of(each, bound) for each in part)
        return replace(expr, **changed) if changed else expr

    def _iterations(
        self, iterations: tuple[tree.Iteration, ...], bound: frozenset[str]
    ) -> tuple[tuple[tree.Iteration, ...], frozenset[str]]:
        made: list[tree.Iteration] = []
        for each in iterations:
            until = None if each.until is None else self.of(each.until, bound)
            made.append(replace(each, source=self.of(each.source, bound), until=until))
            bound |= {each.name}
        return tuple(made), bound

    def _entries(self, entries: tuple[tuple[str, Expr], ...], bound: frozenset[str]) -> tuple[tuple[str, Expr], ...]:
        made: list[tuple[str, Expr]] = []
        for key, value in entries:
            made.append((key, self.of(value, bound)))
            bound |= {key}
        return tuple(made)
