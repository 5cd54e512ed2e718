"""Decisions as z3 terms: formulas, rows under every hit policy (DMN 1.5, 8.2.8), roundings, parameter tables.

Called by `engine.harness.symbols` and `engine.harness.solver`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.errors import worded
from engine.feel import cells as c
from engine.feel.analysis_z3_terms import Term, Untranslatable
from engine.feel.cells import Kind
from engine.flow.model import FactType, Hit, ParameterBy, Rounding, RoundTo
from engine.graph.graph import CellCondition, Condition, ParameterTable, Row, Ruling
from engine.graph.kinds import KINDS, of_value
from engine.harness.symbols import Around, Context, Symbols
from engine.harness.symbols_compare import compare, same
from engine.harness.symbols_linear import each_case, is_on_grid
from engine.harness.symbols_order import in_rows


def ruling_term(symbols: Symbols, ruling: Ruling, around: Around) -> Term:
    """The value of a decision or function."""
    if ruling.formula is not None:
        found = symbols.expression_in(ruling.formula.expr, around)
    else:
        found = _gathered(symbols, ruling, around)
    return found if ruling.round is None else rounded(symbols, ruling.round, found)


def row_holds(symbols: Symbols, row: Row, around: Around) -> Any:
    """When all conditions of a row are true."""
    return symbols.z3.And([_condition(symbols, condition, around) for condition in row.conditions] or [True])


def _condition(symbols: Symbols, condition: Condition, around: Around) -> Any:
    if not isinstance(condition, CellCondition):
        return symbols.true(symbols.expression_in(condition.expr, around))
    if isinstance(condition.test, c.Anything):
        return symbols.z3.BoolVal(True)
    head = symbols.expression_in(condition.head.expr, around)
    test = condition.test
    if around.item is not None or around.own:
        return _dynamic(symbols, test, head, around)
    return symbols.cells.holds(test, head)


def _dynamic(symbols: Symbols, test: Any, head: Term, around: Around) -> Any:
    """A cell that compares with an expression about an item or an argument."""
    if isinstance(test, c.Compare):
        return symbols.true(compare(symbols, test.order, head, symbols.expression_in(test.right, around)))
    if c.is_dynamic(test):
        raise Untranslatable(worded("several tests against expressions in a cell about items"))
    return symbols.cells.holds(test, head)


def holding(symbols: Symbols, ruling: Ruling, around: Around) -> list[Any]:
    """When each row holds; `else` where none above it does."""
    found: list[Any] = []
    for row in ruling.rows:
        own = symbols.z3.Not(symbols.z3.Or(found)) if row.rest else row_holds(symbols, row, around)
        found.append(own)
    return found


def _gathered(symbols: Symbols, ruling: Ruling, around: Around) -> Term:
    holds = holding(symbols, ruling, around)
    outputs = [symbols.expression_in(row.output.expr, around) for row in ruling.rows]
    outputs = [_typed(symbols, ruling, output) for output in outputs]
    if ruling.hit is Hit.FIRST or (ruling.hit is Hit.UNIQUE and ruling.disjoint):
        return _first(symbols, holds, outputs)
    if ruling.hit in (Hit.UNIQUE, Hit.ANY):
        return _agreed(symbols, holds, outputs, any_=ruling.hit is Hit.ANY)
    if ruling.hit is Hit.PRIORITY:
        return _priority(symbols, ruling, holds, outputs)
    return _collected(symbols, ruling, holds, outputs)


def _typed(symbols: Symbols, ruling: Ruling, output: Term) -> Term:
    """An output that is always null has the kind of its decision."""
    kind = _kind(ruling)
    if symbols.is_nothing(output) and kind is not output.kind:
        return symbols.value(None, kind, tuple(ruling.options))
    return output


def _kind(ruling: Ruling) -> Kind:
    calendar = ruling.type is FactType.DURATION
    return Kind.TEXT if calendar else KINDS.get(ruling.type, Kind.TEXT)


def _first(symbols: Symbols, holds: Sequence[Any], outputs: Sequence[Term]) -> Term:
    found = symbols.value(None, outputs[-1].kind, _options(outputs[-1]))
    for own, output in zip(reversed(holds), reversed(outputs), strict=True):
        found = symbols.choose(own, output, found)
    return found


def _options(term: Term) -> tuple[str, ...]:
    return tuple(term.value) if term.kind is Kind.CHOICES else ()


def _agreed(symbols: Symbols, holds: Sequence[Any], outputs: Sequence[Term], *, any_: bool) -> Term:
    """The output of the one row that holds, or (`any`) on which all that hold agree; null where they do not."""
    z3, clashes = symbols.z3, []
    for second in range(len(holds)):
        for first in range(second):
            both = [holds[first], holds[second]]
            if any_:
                both.append(z3.Not(same(symbols, outputs[first], outputs[second])))
            clashes.append(z3.And(both))
    found = _first(symbols, holds, outputs)
    return symbols.choose(z3.Or(clashes or [False]), symbols.value(None, found.kind, _options(found)), found)


def _priority(symbols: Symbols, ruling: Ruling, holds: Sequence[Any], outputs: Sequence[Term]) -> Term:
    z3, kind = symbols.z3, outputs[0].kind
    found = symbols.value(None, kind)
    for option in reversed(tuple(ruling.options)):
        given = [
            z3.And(own, z3.Not(output.null), output.value == symbols.constant(option, kind))
            for own, output in zip(holds, outputs, strict=True)
        ]
        found = symbols.choose(z3.Or(given), symbols.value(option, kind), found)
    return found


def _collected(symbols: Symbols, ruling: Ruling, holds: Sequence[Any], outputs: Sequence[Term]) -> Term:
    if ruling.hit.lists:
        return _listed(symbols, ruling, holds, outputs)
    z3 = symbols.z3
    nought, never = z3.RealVal(0), symbols.z3.BoolVal(False)
    if ruling.hit is Hit.COLLECT_COUNT:
        return Term(Kind.NUMBER, z3.Sum([z3.If(own, z3.RealVal(1), nought) for own in holds]), never, never)
    null = z3.Or(
        z3.Not(z3.Or(list(holds))), *(z3.And(own, output.null) for own, output in zip(holds, outputs, strict=True))
    )
    if ruling.hit is Hit.COLLECT_SUM:
        total = z3.Sum([z3.If(own, output.value, nought) for own, output in zip(holds, outputs, strict=True)])
        return Term(Kind.NUMBER, total, null, never)
    value, seen = outputs[0].value, holds[0]
    for own, output in zip(holds[1:], outputs[1:], strict=True):
        better = output.value < value if ruling.hit is Hit.COLLECT_MIN else output.value > value
        value = z3.If(z3.And(own, z3.Or(z3.Not(seen), better)), output.value, value)
        seen = z3.Or(seen, own)
    return Term(outputs[0].kind, value, null, never)


def _listed(symbols: Symbols, ruling: Ruling, holds: Sequence[Any], outputs: Sequence[Term]) -> Term:
    z3, never = symbols.z3, symbols.z3.BoolVal(False)
    gives = [{option: _gives(symbols, output, option) for option in ruling.options} for output in outputs]
    bits = {
        option: z3.Or([z3.And(own, given[option]) for own, given in zip(holds, gives, strict=True)])
        for option in ruling.options
    }
    found = in_rows(z3, bits, holds, outputs, gives) if ruling.hit is Hit.RULE_ORDER else bits
    return Term(Kind.CHOICES, found, never, never)


def _gives(symbols: Symbols, output: Term, option: str) -> Any:
    """When an output is this option, or a list with it."""
    z3, known = symbols.z3, symbols.z3.Not(output.null)
    if output.kind is Kind.CHOICES:
        return z3.And(known, output.value.get(option, symbols.z3.BoolVal(False)))
    return z3.And(known, output.value == symbols.constant(option, output.kind))


def rounded(symbols: Symbols, rounding: Rounding, term: Term) -> Term:
    """`round: half_up 0.01`; directions count from zero."""
    if term.kind is not Kind.NUMBER:
        return term
    z3, step = symbols.z3, Fraction(rounding.unit)
    unit = symbols.constant(rounding.unit, Kind.NUMBER)

    def change(value: Any) -> Any:
        if is_on_grid(z3, value, step):
            return value
        return _steps(symbols, rounding.direction, value / unit) * unit

    return Term(Kind.NUMBER, each_case(z3, term.value, change), term.null, term.unsure)


def _steps(symbols: Symbols, direction: RoundTo, value: Any) -> Any:
    z3, half = symbols.z3, symbols.z3.RealVal("0.5")

    def floor(own: Any) -> Any:
        return z3.ToReal(z3.ToInt(own))

    size = z3.If(value >= 0, value, -value)
    if direction is RoundTo.DOWN:
        steps = floor(size)
    elif direction is RoundTo.UP:
        steps = -floor(-size)
    else:
        steps = floor(size + half)
        if direction is RoundTo.HALF_EVEN:
            tie = z3.And(size + half == steps, z3.ToInt(steps) % 2 == 1)
            steps = z3.If(tie, steps - 1, steps)
    return z3.If(value >= 0, steps, -steps)


def looked_up(symbols: Symbols, table: ParameterTable, keys: Sequence[Term]) -> Context:
    """The row of a parameter table for these keys; null in every column where there is none."""
    if len(keys) != len(table.keys):
        raise Untranslatable(worded("`{name}` with another number of keys", name=table.name))
    z3 = symbols.z3
    rows = list(table.rows)
    if table.by is not ParameterBy.EQUAL:
        rows.sort(key=lambda row: row[0][-1])
    members: dict[str, Term] = {}
    for number, column in enumerate(table.columns):
        kind = next((of_value(values[number]).kind for _, values in rows if values[number] is not None), Kind.NUMBER)
        found = symbols.value(None, kind)
        if table.beyond is not None:
            known = z3.And([z3.Not(key.null) for key in keys])
            found = symbols.choose(known, symbols.value(table.beyond[number], kind), found)
        ordered = reversed(rows) if table.by is ParameterBy.EQUAL else rows
        for own, values in ordered:
            fits = z3.And([_fits(symbols, table, at, mine, keys[at]) for at, mine in enumerate(own)])
            found = symbols.choose(fits, symbols.value(values[number], kind), found)
        members[column] = found
    return Context(members)


def _fits(symbols: Symbols, table: ParameterTable, at: int, mine: object, key: Term) -> Any:
    kind = of_value(mine).kind
    if kind is not key.kind and not {kind, key.kind} <= {Kind.CHOICE, Kind.TEXT}:
        return symbols.z3.BoolVal(False)
    own = symbols.constant(Decimal(mine) if isinstance(mine, int) and not isinstance(mine, bool) else mine, key.kind)
    starts = table.by is not ParameterBy.EQUAL and at == len(table.keys) - 1
    test = key.value >= own if starts else key.value == own
    return symbols.z3.And(symbols.z3.Not(key.null), symbols.z3.Not(key.unsure), test)
