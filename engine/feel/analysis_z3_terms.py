"""Values and expressions as z3 terms, for the proof of a decision table.

    kind                        z3                     decoded as
    number (whole), number      Int, Real              Decimal
    date                        Int: days              date
    time, date and time, days   Int: microseconds      time, datetime, timedelta
    months                      Int                    YearsMonths
    choice, text                Int: number of a word  str, or OTHER for a text that nothing names
    boolean                     Bool                   bool
    choices                     a Bool for each option frozenset

Beside its value a term says when it is null and when it is UNSURE. Only expressions that mean in z3 what they mean in
FEEL are translated: names, constants, + - and *, comparisons, and, or, not. The rest raises `Untranslatable`.
z3 is an optional extra; it is imported by `engine.feel.analysis_z3` and handed in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.errors import WegwijzerError
from engine.feel import tree
from engine.feel.cells import ColumnType, Kind
from engine.feel.table_masks import OTHER
from engine.feel.unsure import UNSURE
from engine.feel.values import YearsMonths

_MICRO = timedelta(microseconds=1)
_DAY = timedelta(days=1) // _MICRO
_EPOCH = datetime(1, 1, 1)
_WORDS = frozenset({Kind.CHOICE, Kind.TEXT})


class Untranslatable(WegwijzerError):
    """Something that has no exact counterpart in z3."""


@dataclass(frozen=True, slots=True)
class Term:
    """A value: its kind, z3's term (for choices a dict of Bools by option), and when it is null or UNSURE."""

    kind: Kind
    value: Any
    null: Any
    unsure: Any


@dataclass(slots=True)
class Terms:
    """Makes terms, and the constraints that come with them (`domain`). One for each proof."""

    z3: Any
    names: Mapping[str, ColumnType]
    domain: list[Any] = field(default_factory=list)
    _made: dict[str, Term] = field(default_factory=dict)
    _words: dict[str, int] = field(default_factory=dict)

    def variable(self, name: str, kind: ColumnType) -> Term:
        """The term of a name; always the same for the same name."""
        if name not in self._made:
            self._made[name] = self._new(name, kind)
        return self._made[name]

    def constant(self, value: object, kind: Kind) -> Any:
        """z3's constant for a known value of a kind (not null, not UNSURE, no set)."""
        if kind is Kind.BOOLEAN:
            return self.z3.BoolVal(bool(value))
        if kind is Kind.NUMBER:
            return self.z3.RealVal(str(value))
        return self.z3.IntVal(self._number(value, kind))

    def _number(self, value: Any, kind: Kind) -> int:
        if kind in _WORDS:
            return self._words.setdefault(value, len(self._words))
        try:
            return _as_int(value)
        except (TypeError, AttributeError):
            raise Untranslatable(f"{kind} {value!r}") from None

    def _new(self, name: str, kind: ColumnType) -> Term:
        z3 = self.z3
        null = z3.Bool(f"{name} is null") if kind.nullable else z3.BoolVal(False)
        unsure = z3.Bool(f"{name} is unsure") if kind.unsure else z3.BoolVal(False)
        if kind.nullable and kind.unsure:
            self.domain.append(z3.Not(z3.And(null, unsure)))
        if kind.kind is Kind.CHOICES:
            return Term(kind.kind, {each: z3.Bool(f"{name} has {each}") for each in kind.options}, null, unsure)
        if kind.kind is Kind.BOOLEAN:
            return Term(kind.kind, z3.Bool(name), null, unsure)
        value = z3.Real(name) if kind.kind is Kind.NUMBER and not kind.integer else z3.Int(name)
        self._bound(value, kind)
        return Term(kind.kind, z3.ToReal(value) if kind.kind is Kind.NUMBER and kind.integer else value, null, unsure)

    def _bound(self, value: Any, kind: ColumnType) -> None:
        if kind.kind is Kind.CHOICE and kind.options:
            self.domain.append(self.z3.Or([value == self.constant(option, kind.kind) for option in kind.options]))
        if kind.minimum is not None:
            self.domain.append(value >= self.constant(kind.minimum, kind.kind))
        if kind.maximum is not None:
            self.domain.append(value <= self.constant(kind.maximum, kind.kind))
        if kind.kind is Kind.DATE:
            self.domain.append(self.z3.And(value >= 1, value <= date.max.toordinal()))
        if kind.kind is Kind.TIME:
            self.domain.append(self.z3.And(value >= 0, value < _DAY))

    # --- expressions ----------------------------------------------------------------------------------------

    def expression(self, expr: tree.Expr) -> Term:
        """The term of an expression. Raises Untranslatable."""
        if isinstance(expr, tree.Name) and expr.name in self.names:
            return self.variable(expr.name, self.names[expr.name])
        if isinstance(expr, tree.Literal):
            return self._literal(expr.value)
        if isinstance(expr, tree.Negate):
            operand = self.expression(expr.operand)
            if operand.kind in (Kind.NUMBER, Kind.DAYS, Kind.MONTHS):
                return Term(operand.kind, -operand.value, self._nothing(operand), self._never())
        if isinstance(expr, tree.Arithmetic) and expr.op in ("+", "-", "*"):
            return self._arithmetic(expr.op, self.expression(expr.left), self.expression(expr.right))
        raise Untranslatable(type(expr).__name__)

    def _literal(self, value: object) -> Term:
        kinds: tuple[tuple[type, Kind], ...] = (
            (bool, Kind.BOOLEAN),
            (Decimal, Kind.NUMBER),
            (str, Kind.TEXT),
            (datetime, Kind.DATE_TIME),
            (date, Kind.DATE),
            (time, Kind.TIME),
            (timedelta, Kind.DAYS),
            (YearsMonths, Kind.MONTHS),
        )
        for own, kind in kinds:
            if isinstance(value, own):
                return Term(kind, self.constant(value, kind), self._never(), self._never())
        raise Untranslatable(f"constant {value!r}")

    def _arithmetic(self, op: str, left: Term, right: Term) -> Term:
        null = self.z3.Or(self._nothing(left), self._nothing(right))
        kinds = (left.kind, right.kind)
        one, two = left.value, right.value
        if kinds == (Kind.NUMBER, Kind.NUMBER):
            made = one * two if op == "*" else one + two if op == "+" else one - two
            return Term(Kind.NUMBER, made, null, self._never())
        if op == "*":
            raise Untranslatable(f"{kinds[0]} * {kinds[1]}")
        if kinds == (Kind.DATE, Kind.DATE) and op == "-":
            return Term(Kind.DAYS, (one - two) * _DAY, null, self._never())
        if kinds == (Kind.DATE_TIME, Kind.DATE_TIME) and op == "-":
            return Term(Kind.DAYS, one - two, null, self._never())
        if right.kind is Kind.DAYS and left.kind in (Kind.DAYS, Kind.DATE_TIME):
            return Term(left.kind, one + two if op == "+" else one - two, null, self._never())
        if kinds == (Kind.MONTHS, Kind.MONTHS):
            return Term(Kind.MONTHS, one + two if op == "+" else one - two, null, self._never())
        if kinds == (Kind.DATE, Kind.DAYS) and self.z3.is_int_value(two) and two.as_long() % _DAY == 0:
            days = two.as_long() // _DAY
            return Term(Kind.DATE, one + days if op == "+" else one - days, null, self._never())
        raise Untranslatable(f"{kinds[0]} {op} {kinds[1]}")

    def _nothing(self, term: Term) -> Any:
        """Null after arithmetic: null and UNSURE have none."""
        return self.z3.Or(term.null, term.unsure)

    def _never(self) -> Any:
        return self.z3.BoolVal(False)

    # --- back to values -------------------------------------------------------------------------------------

    def decode(self, term: Term, found: Any) -> object:
        """The value of a term in a z3 model."""
        if self.z3.is_true(found.eval(term.null, model_completion=True)):
            return None
        if self.z3.is_true(found.eval(term.unsure, model_completion=True)):
            return UNSURE
        if term.kind is Kind.CHOICES:
            bits = {option: found.eval(bit, model_completion=True) for option, bit in term.value.items()}
            return frozenset(option for option, bit in bits.items() if self.z3.is_true(bit))
        value = found.eval(term.value, model_completion=True)
        if term.kind is Kind.BOOLEAN:
            return bool(self.z3.is_true(value))
        if term.kind is Kind.NUMBER:
            fraction = value.as_fraction()
            return Decimal(fraction.numerator) / Decimal(fraction.denominator)
        number = value.as_long()
        if term.kind in _WORDS:
            return next((word for word, own in self._words.items() if own == number), OTHER)
        return _of_int(number, term.kind)


def _as_int(value: Any) -> int:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _EPOCH) // _MICRO if value.tzinfo is None else int("zoned")
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, time):
        return (datetime.combine(_EPOCH, value.replace(tzinfo=None)) - _EPOCH) // _MICRO
    if isinstance(value, timedelta):
        return value // _MICRO
    months: int = value.months
    return months


def _of_int(number: int, kind: Kind) -> object:
    if kind is Kind.MONTHS:
        return YearsMonths(number)
    try:
        if kind is Kind.DATE:  # z3 may come with a day that its own limits rule out, where it met a quotient
            return date.fromordinal(number)
        length = number * _MICRO
        if kind is Kind.DAYS:
            return length
        return (_EPOCH + length).time() if kind is Kind.TIME else _EPOCH + length
    except (OverflowError, ValueError):
        return OTHER
