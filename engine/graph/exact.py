"""FEEL's own meaning of one operator or built-in on plain values, for the places that reason with values.

Tiny programs (`a + b`, `floor(a)`) compiled once and kept; so nothing here can differ from `engine.feel`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from engine.feel.evaluator import Program, compile_expression
from engine.feel.parser import parse
from engine.feel.registry import has_unknown
from engine.feel.run import Run
from engine.feel.tree import Call, Expr, Name, Path
from engine.feel.unknown import UNKNOWN


@cache
def _binary(operator: str) -> Program:
    return compile_expression(parse(f"a {operator} b", ("a", "b")))


@cache
def _call(name: str, count: int, names: tuple[str, ...]) -> Program:
    arguments = tuple(Name(f"a{number}") for number in range(count))
    return compile_expression(Call(Name(name), arguments, names))


def apply(operator: str, left: Any, right: Any) -> Any:
    """`left operator right` for + - * / ** = != < <= > >=; null where FEEL gives null."""
    return _binary(operator)({"a": left, "b": right})


def call(name: str, values: tuple[Any, ...], names: tuple[str, ...] = (), run: Run | None = None) -> Any:
    """The built-in `name` on known values. Raises BudgetExceeded."""
    return _call(name, len(values), names)({f"a{number}": value for number, value in enumerate(values)}, run)


@cache
def _member(name: str) -> Program:
    return compile_expression(Path(Name("a"), name))


def member(value: Any, name: str) -> Any:
    """`value.name`: an entry of a context, a property of a date or duration, one for each item of a list."""
    return _member(name)({"a": value})


@lru_cache(1024)
def _program(expr: Expr) -> Program:
    return compile_expression(expr)


def run(expr: Expr, scope: Mapping[str, object], budget: Run | None = None) -> object:
    """A whole expression on what is known; UNKNOWN where that does not settle all of it. Raises BudgetExceeded."""
    return settle(_program(expr), scope, budget)


def settle(program: Program, scope: Mapping[str, object], budget: Run | None) -> object:
    """What a program gives when it is all known, also inside a list or context; UNKNOWN otherwise."""
    budget = Run() if budget is None else budget
    value = program(scope, budget)
    return UNKNOWN if has_unknown(value, budget) else value
