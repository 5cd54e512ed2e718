"""Type rules of operators: arithmetic, comparison, logic, tests."""

from __future__ import annotations

from typing import Final

from engine.errors import UNSAID, Said, worded
from engine.feel import tree
from engine.feel.checker import Checker, rule
from engine.feel.tree import Expr
from engine.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DURATION,
    INTEGER,
    MONEY,
    NULL,
    NUMBER,
    NUMERIC,
    ORDERED,
    PERIOD,
    TEXT,
    TIME,
    Type,
    comparable,
    describe,
    group,
    loose,
    range_of,
    unite,
)

_POINTS: Final = (DATE, DATE_TIME, TIME)
_TABLE: Final[dict[tuple[str, str, str], Type]] = {
    ("+", "text", "text"): TEXT,
    **{(op, length.kind, length.kind): length for op in "+-" for length in (DURATION, PERIOD)},
    **{("-", point.kind, point.kind): DURATION for point in _POINTS},
    ("-", "date", "date and time"): DURATION,
    ("-", "date and time", "date"): DURATION,
    **{(op, point.kind, "duration"): point for op in "+-" for point in _POINTS},
    **{("+", "duration", point.kind): point for point in _POINTS},
    **{(op, point.kind, "period"): point for op in "+-" for point in (DATE, DATE_TIME)},
    **{("+", "period", point.kind): point for point in (DATE, DATE_TIME)},
    **{(op, length.kind, "number"): length for op in "*/" for length in (DURATION, PERIOD)},
    **{("*", "number", length.kind): length for length in (DURATION, PERIOD)},
    **{("/", length.kind, length.kind): NUMBER for length in (DURATION, PERIOD)},
}


@rule(tree.Arithmetic)
def arithmetic(checker: Checker, expr: tree.Arithmetic) -> Type:
    one, two = checker.type(expr.left), checker.type(expr.right)
    if one.kind in NUMERIC and two.kind in NUMERIC:
        return _numbers(expr.op, one, two)
    if loose(one) or loose(two):
        return ANY
    found = _TABLE.get((expr.op, group(one), group(two)))
    if found is not None:
        return found
    return checker.problem(
        expr,
        "E-TYPE",
        worded("`{op}` cannot combine {one} and {two}.", op=expr.op, one=describe(one), two=describe(two)),
        _hint(expr.op, one, two),
    )


def _hint(op: str, one: Type, two: Type) -> Said:
    if op == "+" and "text" in (group(one), group(two)):
        return worded("Make a text of the other with `string(...)`.")
    if {one.kind, two.kind} & {"date", "date and time"} and {one.kind, two.kind} & NUMERIC:
        return worded('Days are added to a date as `@"P14D"`, months as `@"P1M"`.')
    return UNSAID


def _numbers(op: str, one: Type, two: Type) -> Type:
    kinds = (one.kind, two.kind)
    if "money" in kinds:
        return NUMBER if (op == "/" and kinds == ("money", "money")) or op == "**" else MONEY
    return INTEGER if kinds == ("integer", "integer") and op in "+-*" else NUMBER


@rule(tree.Negate)
def negate(checker: Checker, expr: tree.Negate) -> Type:
    kind = checker.type(expr.operand)
    if loose(kind) or kind.kind in NUMERIC | {"duration", "period"}:
        return kind
    return checker.problem(expr, "E-TYPE", worded("There is no negative of {kind}.", kind=describe(kind)))


@rule(tree.Comparison)
def comparison(checker: Checker, expr: tree.Comparison) -> Type:
    one, two = checker.type(expr.left), checker.type(expr.right)
    if expr.op in ("=", "!="):
        equality(checker, expr, (expr.left, one), (expr.right, two))
    else:
        order(checker, expr, one, two)
    return BOOLEAN


Operand = tuple[tree.Node, Type]


def equality(checker: Checker, node: tree.Node, one: Operand, two: Operand) -> None:
    """Checks that two values can be equal: same group, shared options, `unsure` only where it is offered."""
    if "unsure" in (one[1].kind, two[1].kind):
        other = one if two[1].kind == "unsure" else two
        if not (other[1].unsure or loose(other[1])):
            checker.problem(
                node, "E-UNSURE", worded("This is never `unsure`."), worded("Only a fact with `unsure: value` can be.")
            )
        return
    if not comparable(one[1], two[1]):
        checker.problem(
            node,
            "E-TYPE",
            worded("{one} is never equal to {two}.", one=describe(one[1]), two=describe(two[1])),
        )
        return
    _options(checker, one, two)
    _options(checker, two, one)


def _options(checker: Checker, written: Operand, against: Operand) -> None:
    """A text literal (or a list of them) compared with a choice must be one of its options."""
    node, kind = written
    kind, other = kind.item or kind, against[1].item or against[1]
    if kind.kind != "choice" or other.kind != "choice" or not isinstance(node, tree.Literal | tree.ListExpr):
        return
    if not isinstance(against[0], tree.Literal):
        checker.options(node, kind, other.options)


def order(checker: Checker, node: tree.Node, one: Type, two: Type) -> None:
    """Checks that two values have an order between them."""
    for kind in (one, two):
        if not loose(kind) and kind.kind not in ORDERED and not (kind.kind == "choice" and len(kind.options) == 1):
            checker.problem(
                node,
                "E-TYPE",
                worded("{kind} has no order.", kind=describe(kind)),
                worded("Compare it with `=`."),
            )
            return
    if not comparable(one, two):
        checker.problem(node, "E-TYPE", worded("{one} and {two} have no order.", one=describe(one), two=describe(two)))


@rule(tree.Logic)
def logic(checker: Checker, expr: tree.Logic) -> Type:
    for operand in expr.operands:
        checker.boolean(operand, worded("what `{op}` combines", op=expr.op))
    return BOOLEAN


@rule(tree.Not)
def inversion(checker: Checker, expr: tree.Not) -> Type:
    checker.boolean(expr.operand, worded("what `not` reverses"))
    return BOOLEAN


@rule(tree.If)
def choice_between(checker: Checker, expr: tree.If) -> Type:
    checker.boolean(expr.condition, worded("a condition"))
    one, two = checker.type(expr.then), checker.type(expr.otherwise)
    united = unite(one, two)
    if united is not None:
        return united
    return checker.problem(
        expr,
        "E-TYPE",
        worded("One branch gives {one}, the other {two}.", one=describe(one), two=describe(two)),
        worded("Let both give the same kind."),
    )


@rule(tree.Between)
def between(checker: Checker, expr: tree.Between) -> Type:
    value = checker.type(expr.value)
    for end in (expr.low, expr.high):
        order(checker, expr, value, checker.type(end))
    return BOOLEAN


@rule(tree.In)
def membership(checker: Checker, expr: tree.In) -> Type:
    value = checker.type(expr.value)
    with checker.declaring({"?": value}):
        for test in expr.tests:
            one_test(checker, test, (expr.value, value))
    return BOOLEAN


def one_test(checker: Checker, test: Expr, subject: Operand) -> None:
    """Checks one test against the value under test."""
    if isinstance(test, tree.Test):
        other = checker.type(test.operand)
        if test.op in ("=", "!="):
            equality(checker, test, subject, (test.operand, other))
        else:
            order(checker, test, subject[1], other)
        return
    kind = checker.type(test)
    if any(isinstance(node, tree.Name) and node.name == "?" for node in tree.walk(test)):
        checker.fit(test, kind, BOOLEAN, worded("a test with `?`"))
    elif kind.kind == "range":
        order(checker, test, subject[1], kind.item or ANY)
    elif kind.kind == "list" and subject[1].kind != "list":
        equality(checker, test, subject, (test, kind.item or ANY))
    elif kind.kind != "boolean" or subject[1].kind == "boolean":
        equality(checker, test, subject, (test, kind))


@rule(tree.Test)
def comparison_as_range(checker: Checker, expr: tree.Test) -> Type:
    return range_of(checker.type(expr.operand))


@rule(tree.UnaryTests)
def cell(checker: Checker, expr: tree.UnaryTests) -> Type:
    subject = tree.Name("?", start=expr.start, end=expr.end)
    for test in expr.tests:
        one_test(checker, test, (subject, checker.scope.get("?", ANY)))
    return BOOLEAN


@rule(tree.InstanceOf)
def instance_of(checker: Checker, expr: tree.InstanceOf) -> Type:
    checker.type(expr.value)
    return BOOLEAN


@rule(tree.RangeExpr)
def span(checker: Checker, expr: tree.RangeExpr) -> Type:
    low, high = checker.type(expr.low), checker.type(expr.high)
    order(checker, expr, low, high)
    return range_of(unite(low, high) or ANY if low != NULL else high)
