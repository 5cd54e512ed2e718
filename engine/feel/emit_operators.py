"""Closures for arithmetic, comparison, logic and `if`: the hot path.

Each does the common case (two decimals, a fact and a constant) itself and leaves the rest to
`engine.feel.arithmetic` and `engine.feel.compare`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from engine.feel import tree
from engine.feel.arithmetic import NUMBER_OPERATIONS, calculate, negate
from engine.feel.compare import OPERATORS, ORDERED, PLAIN_OPERATORS, conjunction, equal, identical, negation, ordered
from engine.feel.compiler import Compiler, emits
from engine.feel.fits import conforms
from engine.feel.run import Code, Run, Scope
from engine.feel.unknown import UNKNOWN
from engine.feel.values import OpenList

_DEEP: Final = 8
"""Calls deep in which an undecided `if` no longer tries both branches: a recursion might never end."""


@emits(tree.Arithmetic)
def arithmetic(compiler: Compiler, expr: tree.Arithmetic) -> Code:
    op = expr.op
    left, right = compiler.code(expr.left), compiler.code(expr.right)
    compute = NUMBER_OPERATIONS[op]
    if isinstance(expr.right, tree.Literal) and isinstance(expr.right.value, Decimal):
        return _with_constant(op, left, expr.right.value)

    def code(scope: Scope, run: Run) -> object:
        one, two = left(scope, run), right(scope, run)
        if type(one) is Decimal and type(two) is Decimal:
            number = compute(one, two)
            if number.is_finite():
                return number
        return calculate(op, one, two, run)

    return code


def _with_constant(op: str, left: Code, constant: Decimal) -> Code:
    compute = NUMBER_OPERATIONS[op]

    def code(scope: Scope, run: Run) -> object:
        one = left(scope, run)
        if type(one) is Decimal:
            number = compute(one, constant)
            if number.is_finite():
                return number
        return calculate(op, one, constant, run)

    return code


@emits(tree.Negate)
def negation_of_number(compiler: Compiler, expr: tree.Negate) -> Code:
    if isinstance(expr.operand, tree.Literal):
        value = negate(expr.operand.value, Run())
        return lambda _, __: value
    operand = compiler.code(expr.operand)
    return lambda scope, run: negate(operand(scope, run), run)


@emits(tree.Comparison)
def comparison(compiler: Compiler, expr: tree.Comparison) -> Code:
    left = compiler.code(expr.left)
    if isinstance(expr.left, tree.Name) and isinstance(expr.right, tree.Literal):
        direct = _name_with_constant(expr.op, expr.left, expr.right.value, left)
        if direct is not None:
            return direct
    if expr.op not in ("=", "!="):
        if isinstance(expr.right, tree.Literal) and type(expr.right.value) in ORDERED:
            return _order_with_constant(expr.op, left, expr.right.value)
        return _order(expr.op, left, compiler.code(expr.right))
    if isinstance(expr.right, tree.Literal) and type(expr.right.value) in ORDERED | {bool}:
        same = _equal_to_constant(left, expr.right.value)
    else:
        same = _equal(left, compiler.code(expr.right))
    if expr.op == "=":
        return same
    return lambda scope, run: negation(same(scope, run))


def _name_with_constant(op: str, subject: tree.Name, constant: object, left: Code) -> Code | None:
    """A variable compared with a constant, the commonest test of all; None where that needs more care."""
    kind, name, compare = type(constant), subject.name, PLAIN_OPERATORS[op]
    if kind not in ((str, bool, date) if op in ("=", "!=") else ORDERED):
        return None
    slow = _order_with_constant(op, left, constant) if op in OPERATORS else _sameness(op, left, constant)

    def code(scope: Scope, run: Run) -> object:
        try:
            value = scope[name]
            if type(value) is kind:
                return compare(value, constant)
        except (KeyError, ArithmeticError):
            pass
        return slow(scope, run)

    return code


def _sameness(op: str, left: Code, constant: object) -> Code:
    same = _equal_to_constant(left, constant)
    return same if op == "=" else lambda scope, run: negation(same(scope, run))


def _order_with_constant(op: str, left: Code, constant: object) -> Code:
    kind, compare = type(constant), OPERATORS[op]

    def code(scope: Scope, run: Run) -> object:
        one = left(scope, run)
        if type(one) is kind:
            try:
                return compare(one, constant)
            except ArithmeticError:
                pass
        return ordered(op, one, constant, run)

    return code


def _order(op: str, left: Code, right: Code) -> Code:
    compare = OPERATORS[op]

    def code(scope: Scope, run: Run) -> object:
        one, two = left(scope, run), right(scope, run)
        if type(one) is Decimal and type(two) is Decimal:
            try:
                return compare(one, two)
            except ArithmeticError:
                pass
        return ordered(op, one, two, run)

    return code


def _equal_to_constant(left: Code, constant: object) -> Code:
    kind = type(constant)

    def code(scope: Scope, run: Run) -> object:
        one = left(scope, run)
        if type(one) is kind and kind is not Decimal:
            return one == constant
        return equal(one, constant, run)

    return code


def _equal(left: Code, right: Code) -> Code:
    return lambda scope, run: equal(left(scope, run), right(scope, run), run)


@emits(tree.Logic)
def logic(compiler: Compiler, expr: tree.Logic) -> Code:
    operands = compiler.codes(expr.operands)
    decides = expr.op == "or"
    return (_logic_of_two if len(operands) == 2 else _logic_of_many)(operands, decides)


def _logic_of_two(operands: tuple[Code, ...], decides: bool) -> Code:
    first, second = operands
    neither = not decides

    def code(scope: Scope, run: Run) -> object:
        one = first(scope, run)
        if one is decides:
            return decides
        two = second(scope, run)
        if two is decides:
            return decides
        if one is neither and two is neither:
            return neither
        return UNKNOWN if one is UNKNOWN or two is UNKNOWN else None

    return code


def _logic_of_many(operands: tuple[Code, ...], decides: bool) -> Code:
    def code(scope: Scope, run: Run) -> object:
        unknown = null = False
        for operand in operands:
            truth = operand(scope, run)
            if truth is decides:
                return decides
            if truth is UNKNOWN:
                unknown = True
            elif type(truth) is not bool:
                null = True
        return UNKNOWN if unknown else None if null else not decides

    return code


@emits(tree.Not)
def inversion(compiler: Compiler, expr: tree.Not) -> Code:
    operand = compiler.code(expr.operand)

    def code(scope: Scope, run: Run) -> object:
        value = operand(scope, run)
        if value is True:
            return False
        if value is False:
            return True
        if isinstance(value, list) and len(value) < 2:
            value = UNKNOWN if isinstance(value, OpenList) else value[0] if value else None
        return negation(value)

    return code


@emits(tree.If)
def choice(compiler: Compiler, expr: tree.If) -> Code:
    condition, then, otherwise = compiler.codes((expr.condition, expr.then, expr.otherwise))

    def code(scope: Scope, run: Run) -> object:
        truth = condition(scope, run)
        if truth is True:
            return then(scope, run)
        if truth is UNKNOWN:
            if run.calls >= _DEEP:
                return UNKNOWN
            one = then(scope, run)
            return one if identical(one, otherwise(scope, run)) else UNKNOWN
        return otherwise(scope, run)

    return code


@emits(tree.Between)
def between(compiler: Compiler, expr: tree.Between) -> Code:
    value, low, high = compiler.codes((expr.value, expr.low, expr.high))

    def code(scope: Scope, run: Run) -> object:
        tested = value(scope, run)
        above = ordered("<=", low(scope, run), tested, run)
        below = ordered("<=", tested, high(scope, run), run)
        return conjunction((above, below))

    return code


@emits(tree.InstanceOf)
def instance_of(compiler: Compiler, expr: tree.InstanceOf) -> Code:
    value, kind, types = compiler.code(expr.value), expr.type, compiler.types

    def code(scope: Scope, run: Run) -> object:
        truth = conforms(value(scope, run), kind, types, run)
        return truth if truth is not None else run.null("Nobody knows this type.", expr.start, expr.end)

    return code
