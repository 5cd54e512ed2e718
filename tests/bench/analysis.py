"""The check of a decision table of 40 rules x 6 columns (gaps, overlap, shadowed rows), and z3 on the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine.feel.analysis import analyse
from engine.feel.analysis_z3 import prove
from engine.feel.cells import Anything, CellTest, ColumnType, Interval, Kind, OneOf
from engine.feel.table import Table
from engine.feel.table_hits import Policy
from engine.feel.table_model import Constant, InputColumn, TableModel, TableRule
from tests.bench.recorder import Row, Section, at_least, at_most, record
from tests.bench.stopwatch import interleaved

TYPES = {
    "leeftijd": ColumnType(Kind.NUMBER, integer=True, minimum=Decimal(0), maximum=Decimal(120), nullable=False),
    "bedrag": ColumnType(Kind.NUMBER, minimum=Decimal(0), nullable=False),
    "datum": ColumnType(Kind.DATE, nullable=False),
    "soort": ColumnType(Kind.CHOICE, ("a", "b", "c", "d"), nullable=False),
    "partner": ColumnType(Kind.BOOLEAN, nullable=False),
    "dagen": ColumnType(Kind.NUMBER, integer=True, minimum=Decimal(0), nullable=False),
}
HEADS = tuple(TYPES)


def main() -> None:
    """Measure and record."""
    made = {policy: partition(40, policy) for policy in (Policy.UNIQUE, Policy.FIRST)}
    table = Table(made[Policy.UNIQUE])
    walked, proven = analyse(table, prove=False), prove(table, {})
    assert proven is not None
    assert walked.complete is proven.complete is True
    assert walked.overlaps == proven.overlaps == ()
    pace = interleaved(
        {
            "unique": lambda: analyse(made[Policy.UNIQUE], prove=False),
            "first": lambda: analyse(made[Policy.FIRST], prove=False),
            "checks": lambda: analyse(table, prove=False),
            "z3": lambda: prove(table, {}),
        },
        1,
        rounds=7,
    )
    rows = [
        at_most("40 rules x 6 columns, unique: compile and check", pace.seconds("unique") * 1e3, 5, "ms"),
        at_most("40 rules x 6 columns, first: compile and check", pace.seconds("first") * 1e3, 5, "ms"),
        Row("of which the checks alone (unique)", f"{pace.seconds('checks') * 1e3:.2f} ms"),
        Row("z3 on the same table, with encoding", f"{pace.seconds('z3') * 1e3:.1f} ms"),
        at_least("the checks against z3", pace.times("z3", "checks"), 10),
    ]
    note = "A partition of six typed columns into 40 boxes, in random order. Both methods gave the same verdicts."
    record(Section("analysis", "Check of a decision table", "make bench", rows, ("z3-solver",), [note]))


def partition(rules: int, policy: Policy, seed: int = 40) -> TableModel:
    """Boxes that fill the space of the columns exactly: one box, of which again and again one is cut in two."""
    pick = random.Random(seed)  # noqa: S311
    boxes: list[list[CellTest]] = [[Anything()] * len(HEADS)]
    while len(boxes) < rules:
        box = boxes.pop(pick.randrange(len(boxes)))
        column = pick.randrange(len(HEADS))
        halves = _halves(pick, HEADS[column], box[column])
        boxes.extend([*box[:column], half, *box[column + 1 :]] for half in halves)
    pick.shuffle(boxes)
    made = tuple(TableRule(tuple(box), (Constant(f"rule {number}"),)) for number, box in enumerate(boxes))
    return TableModel(tuple(InputColumn(head, kind) for head, kind in TYPES.items()), ("out",), made, policy)


def _halves(pick: random.Random, head: str, cell: CellTest) -> Sequence[CellTest]:
    """The cell cut in two, or itself where it is too small to cut."""
    values = {"partner": (True, False), "soort": ("a", "b", "c", "d")}.get(head)
    if values is not None:
        left = cell.values if isinstance(cell, OneOf) else values
        return (OneOf(left[:1]), OneOf(left[1:])) if len(left) > 1 else (cell,)
    span = cell if isinstance(cell, Interval) else Interval(None, None)
    middle = _value(pick, head)
    low: Any = span.low
    high: Any = span.high
    if (low is not None and middle <= low) or (high is not None and middle >= high):
        return (cell,)
    return Interval(low, middle, True, False), Interval(middle, high, True, False)


def _value(pick: random.Random, head: str) -> Any:
    if head == "datum":
        return date(2020, 1, 1) + timedelta(days=pick.randrange(2_000))
    return Decimal(pick.randrange(1, 120 if head == "leeftijd" else 5_000))


if __name__ == "__main__":
    main()
