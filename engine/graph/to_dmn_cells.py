"""Cells of a flow's table as unary tests of DMN, with the same rows holding for every known value.

    -            -                         has a, b     some o in ["a", "b"] satisfies list contains(?, o)
    a, none      "a", null                 all a, b     every o in ["a", "b"] satisfies list contains(?, o)
    [1..5)       [1..5)                    only a       count(?) > 0 and every c in ? satisfies ...
    < 5          < 5                       not(a)       not("a")
    unsure       "unsure"

DMN has no answer `unsure`: it is exported as a text. A column that can hold it writes its negations so that they leave
it out, and a boolean column compares with `is`, because a boolean and a text cannot be compared by `=`.
Caller: `engine.graph.to_dmn`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from engine.feel import cells
from engine.feel.cells import CellTest
from engine.feel.render import render, render_value
from engine.feel.tree import Expr

Adapt = Callable[[Expr], Expr]


class Unsureness(Enum):
    """Whether a column can hold `unsure`, and beside which kind of value."""

    NEVER = "never"
    TEXT = "text"
    BOOLEAN = "boolean"


def cell_text(test: CellTest, adapt: Adapt, unsure: Unsureness = Unsureness.NEVER) -> str:
    """The unary tests of a cell; `adapt` makes a tree of the flow one of DMN."""
    if unsure is Unsureness.BOOLEAN and not isinstance(test, cells.Anything):
        return _expression(test, adapt, unsure)
    simple = _simple(test, adapt)
    if simple is not None:
        return simple
    if isinstance(test, cells.Not) and unsure is Unsureness.NEVER:
        inner = _simple(test.test, adapt)
        if inner is not None:
            return f"not({inner})"
    return _expression(test, adapt, unsure)


def _simple(test: CellTest, adapt: Adapt) -> str | None:
    """Tests that need no `?`, separated by commas; None when the cell is of another kind."""
    match test:
        case cells.Anything():
            return "-"
        case cells.OneOf(values):
            return ", ".join(render_value(value) for value in values)
        case cells.Interval():
            return _interval(test)
        case cells.Compare(order, right) if isinstance(right, Expr):
            return f"{order} ({render(adapt(right))})"
        case cells.AnyOf(tests):
            found = [_simple(each, adapt) for each in tests]
            return None if None in found or "-" in found else ", ".join(text for text in found if text)
        case _:
            return None


def _interval(test: cells.Interval) -> str:
    if test.low is None:
        return f"{'<=' if test.high_closed else '<'} {render_value(test.high)}"
    if test.high is None:
        return f"{'>=' if test.low_closed else '>'} {render_value(test.low)}"
    low, high = "[" if test.low_closed else "(", "]" if test.high_closed else ")"
    return f"{low}{render_value(test.low)}..{render_value(test.high)}{high}"


def _expression(test: CellTest, adapt: Adapt, unsure: Unsureness) -> str:
    """The cell as one condition on `?`."""
    match test:
        case cells.Not(inner):
            denied = f"not({_expression(inner, adapt, unsure)})"
            return denied if unsure is Unsureness.NEVER else f'not(is(?, "unsure")) and {denied}'
        case cells.AnyOf(tests):
            return " or ".join(f"({_expression(each, adapt, unsure)})" for each in tests)
        case cells.Has(options):
            return f"some o in {render_value(list(options))} satisfies list contains(?, o)"
        case cells.All(options):
            return f"every o in {render_value(list(options))} satisfies list contains(?, o)"
        case cells.Only(options):
            return f"count(?) > 0 and every c in ? satisfies list contains({render_value(list(options))}, c)"
        case cells.OneOf(values) if unsure is Unsureness.BOOLEAN:
            return " or ".join(f"is(?, {render_value(value)})" for value in values)
        case _:
            return f"? in ({_simple(test, adapt) or '-'})" if not isinstance(test, cells.Anything) else "true"
