"""The types of names and of column heads, for the cells of decision tables.

`kind_of` infers as much of an expression's type as a cell needs: what literals may stand in its column. The
full type check is `engine.feel.check`'s. Called by `engine.graph.compile_rulings`; tests:
tests/engine/graph/test_kinds.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from engine.feel import tree as t
from engine.feel.cells import ColumnType, Kind
from engine.flow.fields.duration import is_calendar
from engine.flow.model import Fact, FactType, Given, Ruling, Unsure
from engine.graph.graph import ParameterTable

KINDS: Final[dict[FactType, Kind]] = {
    FactType.BOOLEAN: Kind.BOOLEAN,
    FactType.CHOICE: Kind.CHOICE,
    FactType.CHOICES: Kind.CHOICES,
    FactType.INTEGER: Kind.NUMBER,
    FactType.NUMBER: Kind.NUMBER,
    FactType.MONEY: Kind.NUMBER,
    FactType.YEAR: Kind.NUMBER,
    FactType.DATE: Kind.DATE,
    FactType.DURATION: Kind.DAYS,
}

NUMERIC_CALLS: Final = frozenset(
    [
        "count",
        "sum",
        "min",
        "max",
        "mean",
        "median",
        "abs",
        "floor",
        "ceiling",
        "modulo",
        "sqrt",
        "log",
        "exp",
        "years",
        "decimal",
        "round",
        "number",
        "up",
        "days",
    ]
)
INTEGER_CALLS: Final = frozenset(("count", "years", "floor", "ceiling", "string length"))

Named = Mapping[str, ColumnType]
BOOLEAN: Final = ColumnType(Kind.BOOLEAN)
NUMBER: Final = ColumnType(Kind.NUMBER)


def _kind(of: Fact | Ruling | Given) -> Kind:
    """A duration in years or months is another type than one in days; its unit tells."""
    if of.type is FactType.DURATION and is_calendar(of.unit):
        return Kind.MONTHS
    return KINDS.get(of.type, Kind.TEXT)


def of_fact(spec: Fact) -> ColumnType:
    """What values a fact can have in a table."""
    kind = _kind(spec)
    low, high = (_bound(spec.min, kind), _bound(spec.max, kind)) if spec.type is not FactType.LIST else (None, None)
    return ColumnType(
        kind,
        tuple(spec.options),
        low,
        high,
        integer=spec.type in (FactType.INTEGER, FactType.YEAR),
        nullable=spec.when is not None and spec.otherwise == "none",
        unsure=spec.unsure is Unsure.VALUE,
    )


def _bound(text: str, kind: Kind) -> object:
    try:
        if text and kind is Kind.NUMBER:
            return Decimal(text)
        return date.fromisoformat(text) if text and kind is Kind.DATE else None
    except (ValueError, ArithmeticError):
        return None  # the flow's own check reports it, with its place


def of_ruling(ruling: Ruling | Given) -> ColumnType:
    """What values a decision or an argument can have in a table."""
    return ColumnType(
        _kind(ruling),
        tuple(ruling.options),
        integer=ruling.type in (FactType.INTEGER, FactType.YEAR),
    )


def kind_of(expr: t.Expr, names: Named, parameters: Mapping[str, ParameterTable]) -> ColumnType:
    """The type of a column headed by `expr`; text where nothing better is known."""
    if isinstance(expr, t.Name):
        return names.get(expr.name, ColumnType(Kind.TEXT))
    if isinstance(expr, (t.Comparison, t.Logic, t.Not, t.Between, t.In, t.InstanceOf, t.Quantified)):
        return BOOLEAN
    if isinstance(expr, t.Literal):
        return of_value(expr.value)
    if isinstance(expr, t.If):
        return kind_of(expr.then, names, parameters)
    if isinstance(expr, (t.Arithmetic, t.Negate)):
        return _computed(expr, names, parameters)
    if isinstance(expr, t.Call) and isinstance(expr.function, t.Name):
        return _called(expr.function.name, names)
    if isinstance(expr, t.Path):
        return _member(expr, names, parameters)
    return ColumnType(Kind.TEXT)


def of_value(value: object) -> ColumnType:
    """The type of a constant."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, Decimal):
        return NUMBER
    return ColumnType(Kind.DATE) if isinstance(value, date) else ColumnType(Kind.TEXT)


def _computed(expr: t.Arithmetic | t.Negate, names: Named, parameters: Mapping[str, ParameterTable]) -> ColumnType:
    operands = [kind_of(child, names, parameters) for child in t.children(expr)]
    dates = [operand for operand in operands if operand.kind is Kind.DATE]
    if len(dates) == 2:
        return ColumnType(Kind.DAYS)
    return dates[0] if dates else NUMBER


def _called(name: str, names: Named) -> ColumnType:
    if name in names:
        return names[name]
    if name in NUMERIC_CALLS or name.startswith("round "):
        return ColumnType(Kind.NUMBER, integer=name in INTEGER_CALLS)
    return ColumnType(Kind.DATE) if name == "date" else BOOLEAN if name.startswith("has ") else ColumnType(Kind.TEXT)


def _member(expr: t.Path, names: Named, parameters: Mapping[str, ParameterTable]) -> ColumnType:
    base = expr.base
    if isinstance(base, t.Call) and isinstance(base.function, t.Name) and base.function.name in parameters:
        table = parameters[base.function.name]
        if expr.name in table.columns and table.rows:
            return of_value(table.rows[0][1][table.columns.index(expr.name)])
    if expr.name in ("year", "month", "day", "days", "months", "years", "hours"):
        return NUMBER
    return names.get(expr.name, ColumnType(Kind.TEXT))
