"""By which rule somebody gets something else: what the author wrote in both versions, of all that a decision rests on.

    causes(old, new, names)     "`ver`: afstand >= 6 becomes afstand > 6"

Decisions whose formula, rounding or rows differ, and parameters with other figures; not what only rests on these.
Called by `engine.harness.compare_shifts`; tests: tests/engine/harness/test_rare_pairs.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from engine.errors import Said, worded
from engine.feel import cells as c
from engine.feel.render import render
from engine.graph.graph import CellCondition, Condition, Graph, ParameterTable, Row, Ruling
from engine.graph.order import names_read
from engine.harness.groups import word

MOST: Final = 6
"""Causes that are told of one shift."""


def causes(old: Graph, new: Graph, names: tuple[str, str]) -> tuple[str, ...]:
    """Each difference behind a decision of the old flow and its twin in the new one, in words; a few at most."""
    seen, found = set[str](), list[str]()
    waiting = [names]
    while waiting and len(found) < MOST:
        before, now = waiting.pop(0)
        if now in seen:
            continue
        seen.add(now)
        found += _of(old, new, before, now)
        ruling = new.rulings.get(now) or new.functions.get(now)
        if ruling is not None:
            waiting += [(name, name) for name in sorted(names_read(ruling))]
    return tuple(found[:MOST])


def _of(old: Graph, new: Graph, before: str, now: str) -> Iterator[Said]:
    tables = old.parameters.get(before), new.parameters.get(now)
    if tables[0] is not None and tables[1] is not None:
        yield from _figures(tables[0], tables[1])
        return
    first = old.rulings.get(before) or old.functions.get(before)
    then = new.rulings.get(now) or new.functions.get(now)
    if first is not None and then is not None:
        yield from _rules(first, then)


def _rules(first: Ruling, then: Ruling) -> Iterator[Said]:
    name = then.name
    if first.formula is not None and then.formula is not None and first.formula.expr != then.formula.expr:
        yield _said(name, first.formula.text, then.formula.text)
    if first.round != then.round:
        yield _said(name, *(_rounding(own) for own in (first, then)))
    if len(first.rows) != len(then.rows):
        yield _said(name, *(worded("{count} rows", count=len(own.rows)) for own in (first, then)))
        return
    for one, two in zip(first.rows, then.rows, strict=True):
        told = _row(one), _row(two)
        if told[0] != told[1]:
            yield _said(worded("{name}, row {number}", name=name, number=two.number), *told)


def _said(name: str, old: str, new: str) -> Said:
    return worded("`{name}`: {old} becomes {new}", name=name, old=old, new=new)


def _rounding(ruling: Ruling) -> str:
    own = ruling.round
    return worded("not rounded") if own is None else f"round {own.direction} {word(own.unit)}"


def _row(row: Row) -> str:
    conditions = [told for own in row.conditions if (told := _condition(own))]
    return f"{' and '.join(conditions) or '-'} || {row.output.text}"


def _condition(condition: Condition) -> str:
    if not isinstance(condition, CellCondition):
        return condition.text
    told = _test(condition.test)
    return f"{condition.head.text} {told}" if told else ""


def _test(test: c.CellTest) -> str:
    """A cell as an author writes it; "" for one that asks nothing."""
    if isinstance(test, c.OneOf):
        return ", ".join(word(own) for own in test.values)
    if isinstance(test, c.Interval):
        ends = ((test.low, ">=" if test.low_closed else ">"), (test.high, "<=" if test.high_closed else "<"))
        return " and ".join(f"{sign} {word(end)}" for end, sign in ends if end is not None)
    if isinstance(test, c.Compare):
        return f"{test.order} {render(test.right)}"
    if isinstance(test, c.Not):
        return f"not({_test(test.test)})"
    if isinstance(test, c.AnyOf):
        return ", ".join(_test(own) for own in test.tests)
    named: Any = getattr(test, "options", ())
    return f"{type(test).__name__.lower()} {', '.join(map(str, named))}" if named else ""


def _figures(old: ParameterTable, new: ParameterTable) -> Iterator[Said]:
    if old.columns != new.columns or old.keys != new.keys:
        yield _said(new.name, *(", ".join((*own.keys, *own.columns)) for own in (old, new)))
        return
    before, now = dict(old.rows), dict(new.rows)
    for key in sorted({*before, *now}, key=str):
        if before.get(key) != now.get(key):
            name = worded("{name} for {key}", name=new.name, key=", ".join(map(word, key)))
            yield _said(name, *(_values(new, own.get(key)) for own in (before, now)))


def _values(table: ParameterTable, values: tuple[Any, ...] | None) -> str:
    if values is None:
        return worded("nothing")
    return ", ".join(f"{name} {word(own)}" for name, own in zip(table.columns, values, strict=True))
