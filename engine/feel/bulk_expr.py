"""FEEL expressions with known types as Python nodes, for the bulk path.

    in            names with a type, constants, + - * /, unary -, comparisons, between, in, and or not, if,
                  min max floor ceiling abs, date - date, durations
    out           everything else: `Unsupported`, and the expression keeps its closures

Every name is read once and must have exactly its Python type; null, UNKNOWN, UNSURE or anything else leaves the fast
path at once, and so does arithmetic that FEEL answers with null (division by zero, overflow: the context traps them).
What remains is total, so Python's `and`, `or` and `if` mean what FEEL's do. Called by `engine.feel.bulk`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, Final

from engine.errors import WegwijzerError
from engine.feel import tree
from engine.feel.bulk_code import Code, both, call, compare
from engine.feel.cells import ColumnType, Kind
from engine.feel.decimals import FEEL_CONTEXT
from engine.feel.unsure import UNSURE
from engine.feel.values import YearsMonths

FAILURES: Final = (KeyError, TypeError, ArithmeticError)
"""What a fast function may run into; its caller then takes the slow path."""

TRAPPING: Final = Context(
    prec=FEEL_CONTEXT.prec,
    rounding=FEEL_CONTEXT.rounding,
    Emin=FEEL_CONTEXT.Emin,
    Emax=FEEL_CONTEXT.Emax,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
PYTHON: Final[dict[Kind, type]] = {
    Kind.BOOLEAN: bool,
    Kind.NUMBER: Decimal,
    Kind.TEXT: str,
    Kind.CHOICE: str,
    Kind.DATE: date,
    Kind.DAYS: timedelta,
    Kind.MONTHS: YearsMonths,
}
_NUMBERS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": TRAPPING.add,
    "-": TRAPPING.subtract,
    "*": TRAPPING.multiply,
    "/": TRAPPING.divide,
}


def _floor(number: Decimal) -> Decimal:
    return number.to_integral_value(ROUND_FLOOR)


def _ceiling(number: Decimal) -> Decimal:
    return number.to_integral_value(ROUND_CEILING)


_OF_ONE: Final[dict[str, Callable[[Any], Any]]] = {"floor": _floor, "ceiling": _ceiling, "abs": TRAPPING.abs}
_OF_MANY: Final[dict[str, Callable[..., Any]]] = {"min": min, "max": max}


class Unsupported(WegwijzerError):
    """An expression, or a part of one, that the bulk path does not speak."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A node and the Python type of its value."""

    node: ast.expr
    type: type


@dataclass(slots=True)
class BulkExpressions:
    """Translates expressions into one function's code; `otherwise` is what that function returns in the slow case."""

    code: Code
    names: Mapping[str, ColumnType]
    otherwise: Callable[[], ast.expr]
    _read: dict[str, Callable[[], ast.expr]] = field(default_factory=dict)

    def typed(self, expr: tree.Expr) -> Typed:
        """The node of an expression. Raises Unsupported."""
        match expr:
            case tree.Name(name):
                return self._name(name)
            case tree.Literal(value):
                return self._literal(value)
            case tree.Arithmetic(op, left, right):
                return self._arithmetic(op, self.typed(left), self.typed(right))
            case tree.Comparison(op, left, right):
                return self._comparison(op, left, right)
            case tree.Logic(op, operands):
                return Typed(both(op, [self._truth(each) for each in operands]), bool)
            case tree.Call(tree.Name(name), arguments, ()):
                return self._call(name, [self.typed(each) for each in arguments])
        return self._rare(expr)

    def _rare(self, expr: tree.Expr) -> Typed:
        match expr:
            case tree.Not(operand):
                return Typed(ast.UnaryOp(ast.Not(), self._truth(operand)), bool)
            case tree.Negate(operand):
                return self._arithmetic("-", Typed(self.code.constant(Decimal(0)), Decimal), self.typed(operand))
            case tree.If(condition, then, otherwise):
                return self._choice(self._truth(condition), self.typed(then), self.typed(otherwise))
            case tree.Between(value, low, high):
                parts = [self._ordered(">=", value, low), self._ordered("<=", value, high)]
                return Typed(both("and", parts), bool)
            case tree.In(value, tests):
                return Typed(both("or", [self._test(value, each) for each in tests]), bool)
        raise Unsupported(type(expr).__name__)

    def _name(self, name: str) -> Typed:
        kind = PYTHON.get(self.names[name].kind) if name in self.names else None
        if kind is None:
            raise Unsupported(name)
        if name not in self._read:
            value = self.code.local(self.code.read(name))
            found = call(self.code.constant(type), value())
            other = ast.Compare(found, [ast.IsNot()], [self.code.constant(kind)])
            self.code.body.append(ast.If(other, [ast.Return(self.otherwise())], []))
            self._read[name] = value
        return Typed(self._read[name](), kind)

    def _literal(self, value: object) -> Typed:
        if type(value) not in PYTHON.values():
            raise Unsupported(f"constant {value!r}")
        return Typed(self.code.constant(value), type(value))

    def _arithmetic(self, op: str, left: Typed, right: Typed) -> Typed:
        if left.type is right.type is Decimal and op in _NUMBERS:
            return Typed(call(self.code.constant(_NUMBERS[op]), left.node, right.node), Decimal)
        same = left.type is right.type
        if same and op == "-" and left.type in (date, timedelta):
            return Typed(ast.BinOp(left.node, ast.Sub(), right.node), timedelta)
        if same and op == "+" and left.type is timedelta:
            return Typed(ast.BinOp(left.node, ast.Add(), right.node), timedelta)
        raise Unsupported(f"{left.type.__name__} {op} {right.type.__name__}")

    def _comparison(self, op: str, left: tree.Expr, right: tree.Expr) -> Typed:
        if op in ("=", "!="):
            for one, two in ((left, right), (right, left)):
                if isinstance(two, tree.Literal) and (two.value is None or two.value is UNSURE):
                    self.typed(one)  # whose value is never null or UNSURE here
                    return Typed(self.code.constant(op == "!="), bool)
        return Typed(self._ordered(op, left, right), bool)

    def _ordered(self, op: str, left: tree.Expr, right: tree.Expr) -> ast.expr:
        one, two = self.typed(left), self.typed(right)
        if one.type is not two.type or (one.type is bool and op not in ("=", "!=")):
            raise Unsupported(f"{one.type.__name__} {op} {two.type.__name__}")
        return compare(one.node, op, two.node)

    def _truth(self, expr: tree.Expr) -> ast.expr:
        found = self.typed(expr)
        if found.type is not bool:
            raise Unsupported("a condition that is not a boolean")
        return found.node

    def _choice(self, condition: ast.expr, then: Typed, otherwise: Typed) -> Typed:
        if then.type is not otherwise.type:
            raise Unsupported("branches of two types")
        return Typed(ast.IfExp(condition, then.node, otherwise.node), then.type)

    def _test(self, value: tree.Expr, test: tree.Expr) -> ast.expr:
        match test:
            case tree.Test(op, operand):
                return self._ordered(op, value, operand)
            case tree.Literal(_):
                return self._comparison("=", value, test).node
            case tree.RangeExpr(low, high, low_closed, high_closed):
                parts = [
                    self._ordered(">=" if low_closed else ">", value, low),
                    self._ordered("<=" if high_closed else "<", value, high),
                ]
                return both("and", parts)
        raise Unsupported(type(test).__name__)

    def _call(self, name: str, arguments: list[Typed]) -> Typed:
        if name in self.names or not arguments or any(each.type is not Decimal for each in arguments):
            raise Unsupported(name)
        nodes = [each.node for each in arguments]
        if name in _OF_ONE and len(nodes) == 1:
            return Typed(call(self.code.constant(_OF_ONE[name]), *nodes), Decimal)
        if name in _OF_MANY and len(nodes) > 1:
            return Typed(call(self.code.constant(_OF_MANY[name]), *nodes), Decimal)
        raise Unsupported(name)
