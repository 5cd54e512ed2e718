"""A program followed by the conversion to its declared type; null with a diagnostic where that fails.

Callers: `engine.dmn.compile`, `engine.dmn.table_compile`, `engine.dmn.evaluation`.
"""

from __future__ import annotations

from engine.dmn.scope import Program, Scope
from engine.dmn.type_table import TypeTable
from engine.dmn.types import ANY, Type, convert


def fit(scope: Scope, value: object, kind: Type, type_ref: str, line: int) -> object:
    """The value converted to the type; null with a diagnostic when it does not fit."""
    fits, converted = convert(value, kind)
    if not fits:
        scope.note(f"The value is not of type `{type_ref}`.", line)
    return converted


def typed(program: Program, type_ref: str, line: int, types: TypeTable) -> Program:
    """The program with its value converted to the declared type; the program itself when none is declared."""
    kind = types.get(type_ref)
    if kind is ANY:
        return program
    return lambda scope: fit(scope, program(scope), kind, type_ref, line)
