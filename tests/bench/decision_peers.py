"""The same decision table for other engines: zen-engine's table (JDM) and JSONLogic for datalogic-py.

Both are made from our own table model, so that all decide the same; the benchmark checks that they do.
Only the tests that the benchmark's tables hold are translated.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import datalogic_py
import zen

from engine.feel.cells import Anything, CellTest, Interval, OneOf
from engine.feel.table_model import Constant, TableModel

Decide = Callable[[Mapping[str, object]], object]


def conclusion(model: TableModel, number: int) -> object:
    """The constant that a rule concludes."""
    found = model.rules[number].conclusions[0]
    assert isinstance(found, Constant)
    return found.value


# --- zen-engine -------------------------------------------------------------------------------------------------


def zen_table(model: TableModel) -> Any:
    """A loaded decision of zen-engine, which holds one decision table with hit policy first."""
    heads = [column.head for column in model.columns]
    rules = [
        {
            "_id": f"r{number}",
            **{f"i{place}": _unary(cell) for place, cell in enumerate(rule.cells)},
            "o0": json.dumps(conclusion(model, number)),
        }
        for number, rule in enumerate(model.rules)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": f"i{place}", "name": head, "field": head} for place, head in enumerate(heads)],
        "outputs": [{"id": "o0", "name": "out", "field": "out"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": content, "position": {"x": 1, "y": 0}},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "e2", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def zen_decide(model: TableModel) -> Decide:
    """One call of zen-engine, from a dict to the conclusion."""
    evaluate = zen_table(model).evaluate
    return lambda row: evaluate(row)["result"]["out"]


def _unary(cell: CellTest) -> str:
    if isinstance(cell, Anything):
        return ""
    if isinstance(cell, OneOf):
        return ", ".join(json.dumps(value) for value in cell.values)
    assert isinstance(cell, Interval)
    if cell.low is None:
        return f"{'<=' if cell.high_closed else '<'} {cell.high}"
    if cell.high is None:
        return f"{'>=' if cell.low_closed else '>'} {cell.low}"
    return f"{'[' if cell.low_closed else '('}{cell.low}..{cell.high}{']' if cell.high_closed else ')'}"


# --- datalogic-py -----------------------------------------------------------------------------------------------


def datalogic_decide(model: TableModel) -> Decide:
    """One call of a compiled JSONLogic rule, from a dict to the conclusion."""
    branches: list[object] = []
    for number, rule in enumerate(model.rules):
        tests = [
            _logic(cell, {"var": column.head})
            for cell, column in zip(rule.cells, model.columns, strict=True)
            if not isinstance(cell, Anything)
        ]
        if tests:
            branches.append(tests[0] if len(tests) == 1 else {"and": tests})
        branches.append(conclusion(model, number))
    compiled: Any = datalogic_py.Engine().compile({"if": branches})
    decide: Decide = compiled.evaluate
    return decide


def _logic(cell: CellTest, var: object) -> object:
    if isinstance(cell, OneOf):
        return {"==": [var, cell.values[0]]} if len(cell.values) == 1 else {"in": [var, list(cell.values)]}
    assert isinstance(cell, Interval)
    if cell.low is not None and cell.high is not None and cell.low_closed == cell.high_closed:
        return {"<=" if cell.low_closed else "<": [_json(cell.low), var, _json(cell.high)]}
    bounds: list[object] = []
    if cell.low is not None:
        bounds.append({">=" if cell.low_closed else ">": [var, _json(cell.low)]})
    if cell.high is not None:
        bounds.append({"<=" if cell.high_closed else "<": [var, _json(cell.high)]})
    return bounds[0] if len(bounds) == 1 else {"and": bounds}


def _json(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)
