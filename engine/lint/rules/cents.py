"""An amount that can have parts of a cent says how it is rounded. Called by `engine.lint.registry`.

    digits behind the comma      + -  the most of both      *  both together      /  any number
                                 a fact of money: 2         a plain number: any number

What cannot be followed is let pass, so no amount in whole cents is ever named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from engine.errors import Severity
from engine.feel import tree as t
from engine.flow.model import FactType
from engine.graph.graph import Graph, ParameterTable, Ruling
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

CENTS = 2
ANY = 1_000  # digits: as many as a division may give
OF_TYPE = {FactType.MONEY: CENTS, FactType.INTEGER: 0, FactType.YEAR: 0, FactType.NUMBER: ANY}
WHOLE = frozenset({"floor", "ceiling", "count", "years", "months", "string length"})
ROUNDS = frozenset({"decimal", "round up", "round down", "round half up", "round half down"})
SAME = frozenset({"min", "max", "sum", "abs"})
_FLOW = """
facts:
  loon: {type: money, ask: "Wat verdient u?", why: "Daar gaat iets van af."}
decisions:
  premie: {type: money, %sis: loon * 0.0275}
outcomes: {ja: {values: [premie]}}
"""
PAGE = Page(
    "L-ROUND",
    Severity.WARNING,
    Two("an amount with parts of a cent", "een bedrag met delen van een cent"),
    Two(
        "Nobody can pay a third of a cent. Where the rounding is not written down, two people who work out the same "
        "amount get different ones.",
        "Niemand kan een derde cent betalen. Staat de afronding er niet, dan krijgen twee mensen die hetzelfde bedrag "
        "uitrekenen een ander bedrag.",
    ),
    avoid=_FLOW % "",
    prefer=_FLOW % "round: half_up 0.01, ",
)


def check(subject: Subject) -> Iterator[Found]:
    graph = subject.graph
    for section, rulings in (("decisions", graph.rulings), ("functions", graph.functions)):
        for name, ruling in rulings.items():
            if ruling.type is not FactType.MONEY or ruling.round is not None:
                continue
            digits = _of_ruling(graph, ruling, frozenset({name}))
            if digits is not None and digits > CENTS:
                yield Found(
                    subject.key(section, name),
                    Two(
                        f"`{name}` can have parts of a cent, and how it is rounded is not said.",
                        f"`{name}` kan delen van een cent hebben, en hoe het wordt afgerond staat er niet.",
                    ),
                    Two(
                        "Add `round: half_up 0.01`, or what the law says.",
                        "Voeg toe: `round: half_up 0.01`, of wat de wet zegt.",
                    ),
                )


def _of_ruling(graph: Graph, ruling: Ruling, seen: frozenset[str]) -> int | None:
    parts = [ruling.formula] if ruling.formula is not None else [row.output for row in ruling.rows]
    return _most(_digits(graph, part.expr, seen) for part in parts)


def _most(digits: Iterable[int | None]) -> int | None:
    """The most of all; None as soon as one cannot be followed."""
    found = list(digits)
    known = [own for own in found if own is not None]
    return max(known, default=0) if len(known) == len(found) else None


def _digits(graph: Graph, expr: t.Expr, seen: frozenset[str]) -> int | None:
    """How many digits behind the comma a value can have; None where that cannot be followed."""
    match expr:
        case t.Literal(value=None):
            return 0
        case t.Literal(value=Decimal() as number):
            return _of_number(number)
        case t.Name(name=name):
            return _of_name(graph, name, seen)
        case t.Negate(operand=inner) | t.Filter(base=inner) | t.For(body=inner):
            return _digits(graph, inner, seen)
        case t.If(then=one, otherwise=two):
            return _most(_digits(graph, part, seen) for part in (one, two))
        case t.ListExpr(items=items):
            return _most(_digits(graph, part, seen) for part in items)
        case t.Arithmetic():
            return _computed(graph, expr, seen)
        case t.Path(base=t.Call(function=t.Name(name=name)), name=column) if name in graph.parameters:
            return _of_column(graph.parameters[name], column)
        case t.Call(function=t.Name(name=name), arguments=arguments):
            return _called(graph, name, arguments, seen)
    return None


def _of_number(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _of_name(graph: Graph, name: str, seen: frozenset[str]) -> int | None:
    fact, ruling = graph.facts.get(name), graph.rulings.get(name)
    if fact is not None:
        return OF_TYPE.get(fact.spec.type)
    if ruling is None:
        return _of_argument(graph, name, seen)
    return None if name in seen else _of_decided(graph, ruling, seen | {name})


def _of_argument(graph: Graph, name: str, seen: frozenset[str]) -> int | None:
    """Of an argument of the function that is being looked at."""
    given = [own.given[name] for key, own in graph.flow.functions.items() if key in seen and name in own.given]
    return OF_TYPE.get(given[-1].type) if given else None


def _of_decided(graph: Graph, ruling: Ruling, seen: frozenset[str]) -> int | None:
    """Of a decision or function: by its rounding, else its type, else what it works out."""
    if ruling.round is not None:
        return _of_number(ruling.round.unit)
    return _of_ruling(graph, ruling, seen) if ruling.type is FactType.NUMBER else OF_TYPE.get(ruling.type)


def _computed(graph: Graph, expr: t.Arithmetic, seen: frozenset[str]) -> int | None:
    one, two = (_digits(graph, part, seen) for part in (expr.left, expr.right))
    if one is None or two is None:
        return None
    if expr.op in "+-":
        return max(one, two)
    return one + two if expr.op == "*" else ANY


def _of_column(table: ParameterTable, column: str) -> int | None:
    if column not in table.columns:
        return None
    at = table.columns.index(column)
    values = [values[at] for _, values in table.rows]
    return _most(_of_number(own) if isinstance(own, Decimal) else None for own in values if own is not None)


def _called(graph: Graph, name: str, arguments: tuple[t.Expr, ...], seen: frozenset[str]) -> int | None:
    if name in WHOLE:
        return 0
    if name in ROUNDS and len(arguments) == 2:
        last = arguments[1]
        return int(last.value) if isinstance(last, t.Literal) and isinstance(last.value, Decimal) else None
    if name in SAME:
        return _most(_digits(graph, part, seen) for part in arguments)
    function = graph.functions.get(name)
    if function is None or name in seen:
        return None
    return _of_decided(graph, function, seen | {name})


RULE = Rule(PAGE, check)
