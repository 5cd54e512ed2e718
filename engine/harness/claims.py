"""The questions that `prove` asks, each twice: as a formula over symbols, and of a real citizen seen by the engine.

    is_value(name, value)   a decision has this value      row(ruling, n)         row n holds
    no_outcome(graph)       the goal is no outcome         row_first(ruling, n)   row n holds, none above it
    condition(formula)      it is true (or false)          rows(ruling, n, m)     both hold
    not_true(formula)       it is false or null
    both(a, b)              both are so                    no_row(ruling)         no row holds
    differ, worse           of two citizens

Used by `engine.harness.prove_rows`, `prove_outcomes`, `prove_promises` and `prove_questions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.feel.cells import Kind
from engine.flow.model import FactType
from engine.graph.evaluation import evaluate
from engine.graph.frozen import thaw
from engine.graph.graph import Formula, Graph, Ruling
from engine.graph.possible import settled
from engine.graph.rulings import row_status
from engine.graph.view import ItemView, View
from engine.harness.solver import Claim
from engine.harness.symbols import NOWHERE, Around, Record, Symbols
from engine.harness.symbols_compare import same
from engine.harness.symbols_rows import holding


def is_value(name: str, value: object) -> Claim:
    """A decision has this value (None: none at all); of a list the same options in the same order."""
    wanted = thaw(value)

    def formula(symbols: Symbols) -> Any:
        term = symbols.ruling(name)
        if value is None:
            return term.null
        if isinstance(wanted, list):
            return same(symbols, term, symbols.value(wanted, Kind.CHOICES, tuple(wanted)))
        return symbols.z3.And(symbols.z3.Not(term.null), term.value == symbols.constant(value, term.kind))

    return Claim(
        formula,
        lambda view: view.value(name) == wanted and type(view.value(name)) is type(wanted),
        about=("is", name, type(value).__name__, repr(value)),
        reads=frozenset((name,)),
        first=name,
    )


def no_outcome(graph: Graph) -> Claim:
    """The goal is none of the outcomes."""
    goal, names = graph.flow.goal, tuple(graph.flow.outcomes)

    def formula(symbols: Symbols) -> Any:
        term, z3 = symbols.ruling(goal), symbols.z3
        if term.kind not in (Kind.CHOICE, Kind.TEXT):
            return z3.BoolVal(True)
        return z3.Or(term.null, z3.And([term.value != symbols.constant(name, term.kind) for name in names]))

    def real(view: View) -> bool:
        value = view.value(goal)
        return value is None or (isinstance(value, str) and value not in names)

    return Claim(formula, real, about=("no outcome", goal, names), reads=frozenset((goal,)), first=goal)


def condition(formula: Formula, wanted: bool = True) -> Claim:
    """An expression is true, or false; null is neither."""

    def symbolic(symbols: Symbols) -> Any:
        term = symbols.expression_in(formula.expr, NOWHERE)
        return symbols.true(term) if wanted else symbols.false(term)

    return Claim(
        symbolic,
        lambda view: settled(evaluate(formula, view)) is wanted,
        about=("condition", formula.expr, wanted),
        reads=formula.names,
    )


def not_true(formula: Formula) -> Claim:
    """An expression is false or null."""
    return Claim(
        lambda symbols: symbols.z3.Not(symbols.true(symbols.expression_in(formula.expr, NOWHERE))),
        lambda view: settled(evaluate(formula, view)) is not True,
        about=("not true", formula.expr),
        reads=formula.names,
    )


def both(one: Claim, two: Claim) -> Claim:
    """Both are so, for the same citizen."""
    return Claim(
        lambda symbols: symbols.z3.And(one.formula(symbols), two.formula(symbols)),
        lambda view: one.real(view) and two.real(view),
        about=(one.about, two.about) if one.about and two.about else (),
        reads=one.reads | two.reads,
        first=one.first,
    )


# -- rows; of a decision about items, for the first item


def _around(symbols: Symbols, ruling: Ruling) -> tuple[Around, Any]:
    """Where the rows stand, and when that is there."""
    if not ruling.each:
        return NOWHERE, symbols.z3.BoolVal(True)
    return Around({}, Record(ruling.each, 0)), symbols.length(symbols.graph.facts[ruling.each]) > 0


def _seen(view: View, ruling: Ruling) -> View | ItemView | None:
    if not ruling.each:
        return view
    return view.item(ruling.each, 0) if view.length(ruling.each)[0] else None


def _rows(
    ruling: Ruling,
    about: tuple[str | int, ...],
    formula: Callable[[Symbols, list[Any]], Any],
    real: Callable[[list[bool]], bool],
) -> Claim:
    def symbolic(symbols: Symbols) -> Any:
        around, there = _around(symbols, ruling)
        return symbols.z3.And(there, formula(symbols, holding(symbols, ruling, around)))

    def of_citizen(view: View) -> bool:
        env = _seen(view, ruling)
        return env is not None and real(_held(ruling, env))

    return Claim(symbolic, of_citizen, about=(ruling.name, *about), reads=frozenset((ruling.name,)))


def _held(ruling: Ruling, env: Any) -> list[bool]:
    """Which rows hold for a citizen of whom enough is known."""
    found: list[bool] = []
    for row in ruling.rows:
        found.append(not any(found) if row.rest else row_status(row, env) == {True})
    return found


def row(ruling: Ruling, number: int) -> Claim:
    """A row holds. `number` counts from 0."""
    return _rows(ruling, ("row", number), lambda symbols, holds: holds[number], lambda holds: holds[number])


def row_first(ruling: Ruling, number: int) -> Claim:
    """A row holds and none above it."""
    return _rows(
        ruling,
        ("first", number),
        lambda symbols, holds: symbols.z3.And(holds[number], symbols.z3.Not(symbols.z3.Or(holds[:number] or [False]))),
        lambda holds: holds[number] and not any(holds[:number]),
    )


def rows(ruling: Ruling, first: int, second: int) -> Claim:
    """Two rows hold together."""
    return _rows(
        ruling,
        ("both", first, second),
        lambda symbols, holds: symbols.z3.And(holds[first], holds[second]),
        lambda holds: holds[first] and holds[second],
    )


def no_row(ruling: Ruling) -> Claim:
    """No row holds."""
    return _rows(
        ruling,
        ("none",),
        lambda symbols, holds: symbols.z3.Not(symbols.z3.Or(holds)),
        lambda holds: not any(holds),
    )


# -- two citizens


def differ(goal: str, fact: str) -> Claim:
    """Two citizens who differ in one fact alone have different goals."""

    def formula(one: Symbols, two: Symbols) -> Any:
        return one.z3.Not(same(one, one.ruling(goal), two.ruling(goal)))

    return Claim(formula, lambda one, two: one.value(goal) != two.value(goal), about=("differ", goal, fact), apart=fact)


def worse(graph: Graph, fact: str, ranks: Mapping[str, int], *, better: bool) -> Claim:
    """Of two citizens who differ in one fact alone, the one with more of it has a lower rank (`better`: a higher)."""
    goal = graph.flow.goal

    def rank(symbols: Symbols) -> Any:
        term, z3 = symbols.ruling(goal), symbols.z3
        found = z3.IntVal(0)
        for name, value in ranks.items():
            found = z3.If(z3.And(z3.Not(term.null), term.value == symbols.constant(name, term.kind)), value, found)
        return found

    def formula(one: Symbols, two: Symbols) -> Any:
        node = graph.facts[fact]
        less, more = one.answer(node, fact), two.answer(node, fact)
        first, second = rank(one), rank(two)
        wrong = second > first if better else second < first
        return one.z3.And(less.value < more.value, wrong)

    def real(one: View, two: View) -> bool:
        first, second = (ranks.get(str(view.value(goal)), 0) for view in (one, two))
        return second > first if better else second < first

    return Claim(formula, real, apart=fact)


def is_ordered(kind: FactType) -> bool:
    """Whether there can be more of a fact."""
    return kind in (FactType.INTEGER, FactType.NUMBER, FactType.MONEY, FactType.YEAR, FactType.DATE)
