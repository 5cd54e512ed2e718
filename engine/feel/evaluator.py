"""Compiling and running FEEL: the entry of this room, next to `engine.feel.parser`.

    program = compile_expression(parse("inkomen < 1200 and not(partner)", names))
    program({"inkomen": Decimal(900), "partner": UNKNOWN})          -> UNKNOWN

The scope is any mapping; `scope[name]` is asked only when the name is needed and a KeyError means "no such
variable" (null). Nothing raises but BudgetExceeded: errors in an expression give null and a diagnostic.
"""

from __future__ import annotations

from collections.abc import Collection

from engine.feel import builtins, check, emit_loops, emit_operators, emit_tests, emit_values
from engine.feel.compiler import EMITTERS, Compiler
from engine.feel.fits import Named
from engine.feel.run import BudgetExceeded, Code, Diagnostic, Run, Scope
from engine.feel.tree import Expr

__all__ = ["BudgetExceeded", "Diagnostic", "Program", "Run", "compile_expression"]

_EMITTING = (builtins, check, emit_loops, emit_operators, emit_tests, emit_values)
assert EMITTERS, _EMITTING


class Program:
    """A compiled expression. `code(scope, run)` is the bare closure, for callers that keep their own Run."""

    __slots__ = ("code", "expr")

    def __init__(self, expr: Expr, code: Code) -> None:
        self.expr = expr
        self.code = code

    def __call__(self, scope: Scope, run: Run | None = None) -> object:
        """The value of the expression.

        Raises BudgetExceeded when it takes more steps, memory or depth than `run` allows.
        """
        try:
            return self.code(scope, Run() if run is None else run)
        except RecursionError:
            raise BudgetExceeded("This calculation is nested too deeply.") from None


def compile_expression(expr: Expr, defined: Collection[str] = (), types: Named | None = None) -> Program:
    """Compiles a tree.

    `defined` are variables of the scope that hide built-ins of the same name; `types` are named types for
    `instance of` and parameters: per name a function that says whether a value belongs.
    """
    return Program(expr, Compiler(defined, {} if types is None else types).code(expr))
