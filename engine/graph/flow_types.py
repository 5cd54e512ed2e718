"""The types of a flow's names, for FEEL's type checker (`engine.feel.check`).

    fact                its type; a list a list of its items (fields, and decisions about an item)
    decision            its type; one with `each` a list of it outside its list
    function            its arguments and what it gives
    parameter           its keys, and a context of its columns

Called by `engine.graph.compile` and its siblings; tests: tests/engine/graph/test_compile.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from engine.feel.cells import ColumnType, Kind
from engine.feel.check import check
from engine.feel.tree import Expr
from engine.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DURATION,
    INTEGER,
    MONEY,
    NULL,
    NUMBER,
    PERIOD,
    TEXT,
    Type,
    choice,
    choices,
    context,
    function,
    list_of,
    or_unsure,
    range_of,
    unite,
)
from engine.feel.values import YearsMonths
from engine.flow.fields.duration import is_calendar
from engine.flow.model import Fact, FactType, Flow, Function, Given, OutcomeKind, Ruling, Unsure
from engine.graph.graph import ParameterTable

_SIMPLE: Final[Mapping[FactType, Type]] = {
    FactType.BOOLEAN: BOOLEAN,
    FactType.INTEGER: INTEGER,
    FactType.YEAR: INTEGER,
    FactType.NUMBER: NUMBER,
    FactType.MONEY: MONEY,
    FactType.DATE: DATE,
    FactType.PERIOD: range_of(DATE),
    FactType.ADDRESS: context(dict.fromkeys(("street", "number", "addition", "postcode", "town"), TEXT)),
    FactType.PERSON: context(
        {"name": TEXT, "birthdate": DATE, "bsn": TEXT, "email": TEXT, "phone": TEXT},
    ),
    FactType.FILE: context({"id": TEXT, "name": TEXT, "type": TEXT, "size": NUMBER}),
}

_COLUMNS: Final[Mapping[str, Kind]] = {
    "boolean": Kind.BOOLEAN,
    "choice": Kind.CHOICE,
    "number": Kind.NUMBER,
    "integer": Kind.NUMBER,
    "money": Kind.NUMBER,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "date and time": Kind.DATE_TIME,
    "duration": Kind.DAYS,
    "period": Kind.MONTHS,
}


def type_of(of: Fact | Ruling | Given) -> Type:
    """The type of a fact, decision, function's outcome or argument."""
    if of.type is FactType.CHOICE:
        found = choice(of.options)
    elif of.type is FactType.CHOICES:
        found = choices(of.options)
    elif of.type is FactType.DURATION:
        found = PERIOD if is_calendar(of.unit) else DURATION
    else:
        found = _SIMPLE.get(of.type, TEXT)
    return or_unsure(found) if isinstance(of, Fact) and of.unsure is Unsure.VALUE else found


def flow_types(flow: Flow, dropped: Iterable[str] = ()) -> dict[str, Type]:
    """Every name that an expression of the flow can read anywhere, parameters apart."""
    types = dict.fromkeys(dropped, ANY)
    for name, spec in flow.facts.items():
        types[name] = list_of(context(item_types(flow, name))) if spec.type is FactType.LIST else type_of(spec)
    for name, decision in flow.decisions.items():
        own = _decided(decision)
        types[name] = list_of(own) if decision.each else own
    for name, spec_of in flow.functions.items():
        types[name] = function(argument_types(spec_of), loosely(_decided(spec_of)))
    return types


def argument_types(spec: Function) -> dict[str, Type]:
    """The arguments of a function, inside it and for whoever calls it."""
    return {name: loosely(type_of(kind)) for name, kind in spec.given.items()}


def loosely(kind: Type) -> Type:
    """A function's `text` says nothing: it may be anything, as in a function that came from a DMN model untyped."""
    return ANY if kind == TEXT else kind


def _decided(spec: Ruling) -> Type:
    """What a decision gives; one of type list is not known closer."""
    return list_of(ANY) if spec.type is FactType.LIST else type_of(spec)


def item_types(flow: Flow, list_name: str) -> dict[str, Type]:
    """What an item of a list has: its fields, and the decisions about it."""
    fact = flow.facts.get(list_name)
    fields = {name: type_of(spec) for name, spec in fact.of.items()} if fact is not None else {}
    return {**fields, **{name: _decided(spec) for name, spec in flow.decisions.items() if spec.each == list_name}}


def parameter_type(table: ParameterTable) -> Type:
    """A parameter as the function that it is: from its keys to its columns."""
    keys = {name: _united(row[0][at] for row in table.rows) for at, name in enumerate(table.keys)}
    columns = {name: _united(row[1][at] for row in table.rows) for at, name in enumerate(table.columns)}
    return function(keys, context(columns))


def _united(values: Iterable[object]) -> Type:
    found: Type | None = NULL
    for value in values:
        own = TEXT if isinstance(value, str) else _of_constant(value)
        found = unite(found, own) if found is not None else None
    return ANY if found is None or found is NULL else found


def _of_constant(value: object) -> Type:
    if isinstance(value, YearsMonths):
        return PERIOD
    if isinstance(value, Decimal):
        return INTEGER if value == value.to_integral_value() else NUMBER
    kinds = {"bool": BOOLEAN, "date": DATE, "timedelta": DURATION}
    return kinds.get(type(value).__name__, ANY)


def outcome_type(flow: Flow) -> Type:
    """`outcome` in a guard of the process."""
    return context({"id": choice(flow.outcomes), "kind": choice(str(kind) for kind in OutcomeKind)})


def column_of(expr: Expr, types: Mapping[str, Type]) -> ColumnType | None:
    """What may stand in a column headed by `expr`, as far as its type tells; None where it does not."""
    found = check(expr, types).type
    if found.kind == "list" and found.item is not None and found.item.kind == "choice":
        return ColumnType(Kind.CHOICES, found.item.options, unsure=found.unsure)
    kind = _COLUMNS.get(found.kind)
    if kind is None:
        return None
    return ColumnType(kind, found.options, integer=found.kind == "integer", unsure=found.unsure)
