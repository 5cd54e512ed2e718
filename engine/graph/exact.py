"""FEEL's own meaning of one operator or built-in on plain values, for the places that reason with values.

Tiny programs (`a + b`, `floor(a)`) compiled once and kept; so nothing here can differ from `engine.feel`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from engine.feel.evaluator import Program, compile_expression
from engine.feel.parser import parse
from engine.feel.run import Run
from engine.feel.tree import Call, Name


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
