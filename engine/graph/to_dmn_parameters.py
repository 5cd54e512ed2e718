"""A parameter table as the logic of a knowledge model: a decision table that gives a context of figures.

`by: equal` is a table in which one row fits; `by: from` one in which the latest start that is not after the key comes
first. The context holds even a single figure, as in the flow (`weekmaximum(date).gb`). Caller: `engine.graph.to_dmn`.
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

from engine.dmn.model import (
    Context,
    ContextEntry,
    DecisionTable,
    HitPolicy,
    InputClause,
    Literal,
    OutputClause,
    Rule,
    UnaryTests,
)
from engine.feel.render import key_text, render_value
from engine.flow.model import ParameterBy
from engine.graph.graph import ParameterTable

Row = tuple[tuple[Any, ...], tuple[Any, ...]]


def parameter_logic(table: ParameterTable) -> Context | DecisionTable:
    """The body of the knowledge model; its parameters are the table's keys."""
    rows = list(table.rows)
    by_start = table.by is ParameterBy.FROM
    if by_start:
        rows.reverse()  # of two equal starts the lower row counts
        rows.sort(key=cmp_to_key(_later_first))
    logic = DecisionTable(
        tuple(InputClause(Literal(key)) for key in table.keys),
        tuple(OutputClause(column) for column in table.columns),
        tuple(_rule(row, by_start) for row in rows),
        HitPolicy.FIRST,
    )
    if len(table.columns) != 1:
        return logic
    context = f"if figure = null then null else {{{key_text(table.columns[0])}: figure}}"
    return Context((ContextEntry("figure", logic), ContextEntry("", Literal(context))))


def _later_first(one: Row, two: Row) -> int:
    left, right = one[0][-1], two[0][-1]
    return 0 if left == right else -1 if left > right else 1


def _rule(row: Row, by_start: bool) -> Rule:
    keys, values = row
    tests = [UnaryTests(render_value(key)) for key in keys]
    if by_start:
        tests[-1] = UnaryTests(f">= {render_value(keys[-1])}")
    return Rule(tuple(tests), tuple(Literal(render_value(value)) for value in values))
