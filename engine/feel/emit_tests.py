"""Closures for `in` and for the tests of cells: does a value pass a test?

test            passes when (DMN 1.5, 7.3.1 and 10.3.1.2 rules 7, 16-18, 49c)
< 5             the comparison holds
[1..5]          the value lies in the range
a list          the value equals it or one of its items, or lies in a range among them
uses `?`        it is true
anything else   it equals the value; a boolean also passes as its own verdict on a value that is none
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.feel import tree
from engine.feel.check_forms import static_kind
from engine.feel.compare import OPERATORS, ORDERED, Truth, disjunction, equal, negation, ordered, within
from engine.feel.compiler import Compiler, emits, nested
from engine.feel.run import Code, Run, Scope
from engine.feel.unknown import UNKNOWN
from engine.feel.values import OpenList, Range

Check = Callable[[object, Scope, Run], Truth]


def passes(value: object, test: object, run: Run) -> Truth:
    """Whether `value` passes a test that is a value itself: a range, a list (an item of it, or all of it) or any."""
    if isinstance(test, Range):
        return within(value, test, run)
    if isinstance(test, list):
        run.spend(len(test))
        truths = [within(value, t, run) if isinstance(t, Range) else equal(value, t, run) for t in test]
        whole = equal(value, test, run) if value is UNKNOWN or isinstance(value, list) else False
        truth = True if True in truths else disjunction((*(t for t in truths if t is not None), whole))
        return UNKNOWN if truth is not True and isinstance(test, OpenList) else truth
    return equal(value, test, run)


def _check(compiler: Compiler, test: tree.Expr) -> Check:
    if isinstance(test, tree.Test):
        return _comparison(test.op, compiler.code(test.operand))
    code = compiler.code(test)
    if _names_tested(test):
        return lambda _, scope, run: _truth(code(scope, run))
    constant = isinstance(test, tree.Literal)

    def check(value: object, scope: Scope, run: Run) -> Truth:
        wanted = code(scope, run)
        if type(wanted) is bool and not constant and type(value) is not bool and value is not UNKNOWN:
            return wanted
        return passes(value, wanted, run)

    return check


def _names_tested(test: tree.Expr) -> bool:
    return any(isinstance(node, tree.Name) and node.name == "?" for node in tree.walk(test))


def _asks(test: tree.Expr) -> bool:
    """Whether a test on its own is a condition on the value before `in`: in `x in ?` the `?` is that of the cell."""
    return _names_tested(test) and static_kind(test) == "boolean"


def _truth(value: object) -> Truth:
    return value if isinstance(value, bool) or value is UNKNOWN else None


def _comparison(op: str, operand: Code) -> Check:
    if op == "=":
        return lambda value, scope, run: equal(value, operand(scope, run), run)
    if op == "!=":
        return lambda value, scope, run: negation(equal(value, operand(scope, run), run))
    return lambda value, scope, run: ordered(op, value, operand(scope, run), run)


@emits(tree.In)
def membership(compiler: Compiler, expr: tree.In) -> Code:
    value = compiler.code(expr.value)
    if len(expr.tests) == 1 and not isinstance(expr.tests[0], tree.Test) and not _asks(expr.tests[0]):
        return _in_one(value, expr.tests[0], compiler.code(expr.tests[0]))
    with compiler.declaring("?"):
        checks = tuple(_check(compiler, test) for test in expr.tests)

    def code(scope: Scope, run: Run) -> object:
        tested = value(scope, run)
        local = nested((("?", tested),), scope)
        return disjunction(check(tested, local, run) for check in checks)

    return code


def _in_one(value: Code, test: tree.Expr, other: Code) -> Code:
    """`value in test`; a set of texts or a range of constants is looked into at once."""
    if isinstance(test, tree.ListExpr) and all(_constant(item, str) for item in test.items):
        texts = frozenset(item.value for item in test.items if isinstance(item, tree.Literal))
        return _in_fixed(value, str, lambda tested: tested in texts, other)
    if isinstance(test, tree.RangeExpr) and isinstance(test.low, tree.Literal) and isinstance(test.high, tree.Literal):
        kind = type(test.low.value)
        if kind in ORDERED and type(test.high.value) is kind:
            return _in_fixed(value, kind, _between(test), other)
    return lambda scope, run: passes(value(scope, run), other(scope, run), run)


def _constant(expr: tree.Expr, kind: type) -> bool:
    return isinstance(expr, tree.Literal) and type(expr.value) is kind


def _between(span: tree.RangeExpr) -> Callable[[Any], bool]:
    above = OPERATORS[">=" if span.low_closed else ">"]
    below = OPERATORS["<=" if span.high_closed else "<"]
    low, high = (end.value for end in (span.low, span.high) if isinstance(end, tree.Literal))
    return lambda tested: above(tested, low) and below(tested, high)


def _in_fixed(value: Code, kind: type, holds: Callable[[Any], bool], other: Code) -> Code:
    def code(scope: Scope, run: Run) -> object:
        tested = value(scope, run)
        if type(tested) is kind:
            try:
                return holds(tested)
            except ArithmeticError:
                pass
        return passes(tested, other(scope, run), run)

    return code


@emits(tree.Test)
def comparison_as_range(compiler: Compiler, expr: tree.Test) -> Code:
    op, operand = expr.op, compiler.code(expr.operand)

    def code(scope: Scope, run: Run) -> object:
        end = operand(scope, run)
        if op in ("=", "!="):
            return Range(end, end, op == "=", op == "=", op)
        if op[0] == "<":
            return Range(None, end, False, op == "<=", op)
        return Range(end, None, op == ">=", False, op)

    return code


@emits(tree.UnaryTests)
def cell(compiler: Compiler, expr: tree.UnaryTests) -> Code:
    """The value under test is `?` in the scope."""
    if not expr.tests:
        return lambda _, __: True
    checks = tuple(_check(compiler, test) for test in expr.tests)
    negated = expr.negated

    def code(scope: Scope, run: Run) -> object:
        try:
            tested = scope["?"]
        except KeyError:
            return run.null("There is no value to test.", expr.start, expr.end)
        truth = disjunction(check(tested, scope, run) for check in checks)
        return negation(truth) if negated else truth

    return code
