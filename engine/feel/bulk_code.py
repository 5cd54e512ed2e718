"""Python functions made from `ast` nodes: the ground of the bulk path. No source text is ever written or read.

The nodes know three kinds of names: the argument `row`, locals `v0 v1 ...` and globals `g0 g1 ...`. Every constant,
key, bound and function is a global, so nothing that comes from a flow file is ever part of the code itself; there are
no built-ins in the function's world. Called by `engine.feel.bulk` and `engine.feel.bulk_expr` only.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from types import CodeType, FunctionType
from typing import Any

ROW = "row"


class Code:
    """Collects the globals and statements of one function."""

    def __init__(self) -> None:
        self.world: dict[str, object] = {"__builtins__": {}}
        self.body: list[ast.stmt] = []
        self._names: dict[int, str] = {}
        self._locals = 0

    def constant(self, value: object) -> ast.expr:
        """A global that holds `value`; the same object gets the same global."""
        name = self._names.get(id(value))
        if name is None:
            name = f"g{len(self.world)}"
            self._names[id(value)] = name
            self.world[name] = value
        return ast.Name(name, ast.Load())

    def local(self, value: ast.expr) -> Callable[[], ast.expr]:
        """A statement that keeps `value` in a local; gives a maker of nodes that read it."""
        name = f"v{self._locals}"
        self._locals += 1
        self.body.append(ast.Assign([ast.Name(name, ast.Store())], value))
        return lambda: ast.Name(name, ast.Load())

    def read(self, key: str) -> ast.expr:
        """`row[key]`"""
        return ast.Subscript(ast.Name(ROW, ast.Load()), self.constant(key), ast.Load())

    def function(self, otherwise: ast.expr, failures: tuple[type[BaseException], ...]) -> Callable[[Any], Any]:
        """The function of `row` with the statements so far; when one of `failures` occurs it gives `otherwise`."""
        caught = self.constant(failures)
        fallback = ast.ExceptHandler(caught, None, [ast.Return(otherwise)])
        guarded = ast.Try(self.body, [fallback], [], [])
        arguments = ast.arguments([], [ast.arg(ROW)], None, [], [], None, [])
        made = ast.FunctionDef("bulk", arguments, [guarded], [])
        module = ast.fix_missing_locations(ast.Module([made], []))
        outer = compile(module, "<bulk>", "exec")
        inner = next(each for each in outer.co_consts if isinstance(each, CodeType))
        return FunctionType(inner, self.world)


def call(function: ast.expr, *arguments: ast.expr) -> ast.expr:
    """`function(arguments)`"""
    return ast.Call(function, list(arguments), [])


def compare(left: ast.expr, op: str, right: ast.expr) -> ast.expr:
    """`left op right` with FEEL's spelling of the operator."""
    return ast.Compare(left, [_COMPARISONS[op]()], [right])


def both(op: str, parts: Sequence[ast.expr]) -> ast.expr:
    """`a and b ...` or `a or b ...`"""
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And() if op == "and" else ast.Or(), list(parts))


_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "=": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
