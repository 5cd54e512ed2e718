"""Types of a DMN model as types of a flow: what kind of question an input becomes. Caller: `engine.graph.from_dmn`.

DMN                                      flow
boolean, number, date, durations         boolean, number, date, duration, period
string with allowed values               choice; a collection of it: choices
string                                   text
a structure                              a fact per component
a collection of structures               list, its components the facts of each item
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.dmn.model import ItemDefinition, UnaryTests
from engine.feel import tree
from engine.feel.parser import FeelSyntaxError, parse_unary_tests

BASE: Final = {
    "boolean": "boolean",
    "number": "number",
    "string": "text",
    "date": "date",
    "days and time duration": "duration",
    "dayTimeDuration": "duration",
    "years and months duration": "period",
    "yearMonthDuration": "period",
}


@dataclass(frozen=True, slots=True)
class FlowType:
    """A flow's type with its options or limits; empty `kind` where the flow language has none."""

    kind: str = ""
    options: tuple[str, ...] = ()
    minimum: str = ""
    maximum: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """A type with components; `many` for a collection of it."""

    components: tuple[ItemDefinition, ...]
    many: bool


def flow_type(type_ref: str, types: Mapping[str, ItemDefinition]) -> FlowType | Structure:
    """The flow's type for a type reference; follows names to their definitions."""
    name = type_ref.rpartition(":")[2]
    if name in types:
        return of_definition(types[name], types)
    return FlowType(BASE.get(name, ""))


def of_definition(item: ItemDefinition, types: Mapping[str, ItemDefinition], depth: int = 0) -> FlowType | Structure:
    """The flow's type for an item definition."""
    if item.components:
        return Structure(item.components, item.is_collection)
    if depth > len(types) or not item.type_ref:
        return FlowType()
    name = item.type_ref.rpartition(":")[2]
    base = of_definition(types[name], types, depth + 1) if name in types else FlowType(BASE.get(name, ""))
    if isinstance(base, Structure):
        return Structure(base.components, base.many or item.is_collection)
    return _many(_limited(base, item.allowed_values), item.is_collection)


def _limited(base: FlowType, allowed: UnaryTests | None) -> FlowType:
    tests = tests_of(allowed)
    literals = [test.value for test in tests if isinstance(test, tree.Literal)]
    if base.kind == "text" and literals and all(isinstance(value, str) for value in literals):
        return FlowType("choice", tuple(str(value) for value in literals))
    if base.kind == "number" and len(tests) == 1:
        low, high = _ends(tests[0])
        return FlowType("number", (), low, high)
    return base


def tests_of(allowed: UnaryTests | None) -> tuple[tree.Expr, ...]:
    """The tests of allowed values; none where the text is no FEEL."""
    if allowed is None:
        return ()
    try:
        found = parse_unary_tests(allowed.text)
    except FeelSyntaxError:
        return ()
    return found.tests if isinstance(found, tree.UnaryTests) else ()


def _ends(test: tree.Expr) -> tuple[str, str]:
    """The ends of a closed interval, or the one end of a comparison that includes it."""
    if isinstance(test, tree.RangeExpr):
        return _figure(test.low) if test.low_closed else "", _figure(test.high) if test.high_closed else ""
    if isinstance(test, tree.Test) and test.op in (">=", "<="):
        figure = _figure(test.operand)
        return (figure, "") if test.op == ">=" else ("", figure)
    return "", ""


def _figure(expr: tree.Expr) -> str:
    value = expr.value if isinstance(expr, tree.Literal) else None
    return f"{value:f}" if isinstance(value, Decimal) else ""


def _many(base: FlowType, many: bool) -> FlowType:
    if not many:
        return base
    return FlowType("choices", base.options) if base.kind == "choice" else FlowType()
