"""Which row of a decision holds for a citizen, as decisions of their own: diagrams and z3 can then say for whom.

    decides(name, ruling, says)             the label of the first row that holds; that of None where no row does
    anyone(name, ruling, wanted)            yes where one of the wanted rows holds, else no
    before(name, ruling, one, two)          whether a row of the one or of the two is the first that holds; no: not both

The first row that holds is the one that an explanation names, whatever the hit policy (`engine.journey.explain`).
Called by `engine.harness.compare_told` and `mutate_same`; tests: tests/engine/harness/test_compare_reasons.py.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import Final

from engine.errors import Where
from engine.feel import tree as t
from engine.feel.evaluator import compile_expression
from engine.flow.model import FactType, Hit, Text
from engine.graph.graph import Formula, Row, Ruling

YES: Final = "yes"
NO: Final = "no"
ONE: Final = "one"
TWO: Final = "two"
_NOWHERE: Final = Where()


def decides(name: str, ruling: Ruling, says: Callable[[Row | None], str]) -> Ruling:
    """See the top of this module."""
    return _made(name, ruling, [replace(row, output=literal(says(row))) for row in ruling.rows], says(None))


def anyone(name: str, ruling: Ruling, wanted: Container[int]) -> Ruling:
    """See the top of this module. Rows by their numbers."""
    rows = [replace(row, output=literal(YES if row.number in wanted else NO)) for row in ruling.rows]
    return replace(_made(name, ruling, rows, NO), hit=Hit.PRIORITY, options={YES: Text({}), NO: Text({})})


def before(name: str, ruling: Ruling, one: Sequence[Row], two: Sequence[Row]) -> Ruling:
    """See the top of this module. An `else` holds with no other row."""
    pairs = [(first, then) for first in one for then in two if not first.rest and not then.rest]
    pairs.sort(key=lambda pair: min(pair[0].number, pair[1].number))
    rows = [
        replace(
            first,
            conditions=(*first.conditions, *then.conditions),
            output=literal(ONE if first.number < then.number else TWO),
        )
        for first, then in pairs
    ]
    return _made(name, ruling, rows, NO)


def literal(text: str) -> Formula:
    """A formula that is this text."""
    expr = t.Literal(text, t.Kind.STRING)
    return Formula(text, expr, compile_expression(expr), frozenset(), _NOWHERE)


def _made(name: str, ruling: Ruling, rows: list[Row], otherwise: str) -> Ruling:
    """A choice by these rows, the first that holds, and last of all `otherwise`."""
    rows = [*rows, Row(len(rows) + 1, (), literal(otherwise), "", "", ruling.where)]
    options = {text: Text({}) for text in sorted({row.output.text for row in rows})}
    return replace(
        ruling,
        name=name,
        type=FactType.CHOICE,
        options=options,
        formula=None,
        rows=tuple(rows),
        hit=Hit.FIRST,
        round=None,
        disjoint=False,
    )
