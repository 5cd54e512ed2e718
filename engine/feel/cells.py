"""What a left cell of a decision table asks of its column's value, as an immutable tree.

    cell        test                                  holds for
    -           Anything()                            every value, also null and UNSURE
    a, b        OneOf((a, b))                         a or b; `none` is null (None), `unsure` is UNSURE
    [1..5)      Interval(1, 5, True, False)           1 <= value < 5
    < 5         Interval(None, 5, False, False)       value < 5
    = a   != a  OneOf((a,))   Not(OneOf((a,)))
    > income    Compare(">", expression)              decided by the expression's value: a dynamic test
    x, y        AnyOf((x, y))                         any of them
    not(x)      Not(x)                                not x
    has a, b    Has   all a, b   All   only a   Only  values of a `choices` column

Null follows FEEL (DMN 1.5, 10.3.2.8): equality with null is true or false, an order with null is null, `not` of null
is null, and only true matches. So null matches `-`, `none`, `!= 5` and `not(a)`, and matches neither `< 5` nor
`not(< 5)`. UNSURE matches `-` and tests that name it, and `not(...)` never.
`Only` holds when something was chosen and nothing outside the list.

Read from text by `engine.feel.cells_read`; compiled to masks by `engine.feel.table_masks`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from engine.feel.tree import Expr
from engine.feel.unsure import UNSURE

Order = Literal["<", "<=", ">", ">=", "=", "!="]


class Kind(StrEnum):
    """How the values of a column compare. Numbers, dates, times and durations have an order."""

    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    DAYS = "days and time duration"
    MONTHS = "years and months duration"


ORDERED = frozenset({Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.DATE_TIME, Kind.DAYS, Kind.MONTHS})


@dataclass(frozen=True, slots=True)
class ColumnType:
    """What values a column can have. `minimum` and `maximum` are inclusive; `integer` says that numbers are whole.

    `nullable` and `unsure` tell whether null and UNSURE can occur: completeness and UNKNOWN are judged by them.
    """

    kind: Kind
    options: tuple[str, ...] = ()
    minimum: object = None
    maximum: object = None
    integer: bool = False
    nullable: bool = True
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Anything:
    """`-`"""


@dataclass(frozen=True, slots=True)
class OneOf:
    """Equal to one of the values."""

    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """Between two constants; None is no bound on that side."""

    low: object
    high: object
    low_closed: bool = True
    high_closed: bool = True


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of the column's value with the value of an expression (`engine.feel.tree`)."""

    order: Order
    right: Expr


@dataclass(frozen=True, slots=True)
class Not:
    """None of it; null stays null."""

    test: CellTest


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the tests holds."""

    tests: tuple[CellTest, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """At least one of these options was chosen."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """All of these options were chosen, perhaps with others."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Only:
    """Something was chosen, and nothing but these options."""

    options: tuple[str, ...]


CellTest = Anything | OneOf | Interval | Compare | Not | AnyOf | Has | All | Only


def parts(test: CellTest) -> Iterator[CellTest]:
    """The test and every test inside it."""
    yield test
    if isinstance(test, Not):
        yield from parts(test.test)
    elif isinstance(test, AnyOf):
        for inner in test.tests:
            yield from parts(inner)


def is_dynamic(test: CellTest) -> bool:
    """Whether the test compares with an expression, so that its outcome is not settled by the column alone."""
    return any(isinstance(part, Compare) for part in parts(test))


def names_unsure(test: CellTest) -> bool:
    """Whether `unsure` stands in the test itself (not inside `not`)."""
    if isinstance(test, AnyOf):
        return any(names_unsure(inner) for inner in test.tests)
    return isinstance(test, OneOf) and UNSURE in test.values


def holds(test: CellTest, value: object) -> bool | None:
    """True, False or None (null) for a known value: the meaning of the table on top. Dynamic tests have no answer here.

    Raises TypeError for a `Compare`: its caller evaluates the expression (see `Table.columns`).
    """
    if isinstance(test, Anything):
        return True
    if value is UNSURE:
        return names_unsure(test)
    if isinstance(test, OneOf):
        return any(same(value, each) for each in test.values)
    if isinstance(test, Interval):
        return _within(test, value)
    if isinstance(test, Not):
        inner = holds(test.test, value)
        return None if inner is None else not inner
    if isinstance(test, AnyOf):
        return _any([holds(each, value) for each in test.tests])
    return _chosen(test, value)


def same(left: object, right: object) -> bool:
    """Equality of FEEL: null equals null alone, a boolean never equals a number."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left is right or bool(left == right)


def _any(found: list[bool | None]) -> bool | None:
    if True in found:
        return True
    return None if None in found else False


def _within(test: Interval, value: object) -> bool | None:
    if value is None:
        return None
    try:
        above = test.low is None or value > test.low or (test.low_closed and value == test.low)  # type: ignore[operator]
        below = test.high is None or value < test.high or (test.high_closed and value == test.high)  # type: ignore[operator]
    except TypeError:
        return None
    return bool(above and below)


def _chosen(test: CellTest, value: object) -> bool | None:
    if isinstance(test, Compare):
        raise TypeError("a test against an expression is decided by the expression's value")
    if not isinstance(value, Collection) or isinstance(value, str):
        return None
    assert isinstance(test, Has | All | Only)
    options = frozenset(test.options)
    if isinstance(test, Has):
        return not options.isdisjoint(value)
    if isinstance(test, All):
        return options.issubset(value)
    return len(value) > 0 and options.issuperset(value)
