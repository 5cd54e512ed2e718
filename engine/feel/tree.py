"""The tree of a FEEL expression: immutable values, each with the span of text it came from.

Made by `engine.feel.parser`; read by the evaluator, the checker, relevance, decision tables and DMN export.
`start` and `end` are offsets in the parsed text and take no part in equality.

    Expr = Literal Name Path Filter Negate Arithmetic Comparison Logic Not Between In InstanceOf If For
           Quantified FunctionDef Call ListExpr ContextExpr RangeExpr Test UnaryTests

Section numbers of DMN 1.5 (formal/2024-08-01), chapter 10.3.1.2, stand with each node.
"""

from __future__ import annotations

from collections.abc import Iterator as Iterating
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Base of all nodes: half-open span [start, end) in the source text."""

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Expr(Node):
    """Base of all expressions."""


class Kind(StrEnum):
    """What a literal is; keeps `true` apart from `1` in equality."""

    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    NULL = "null"
    TEMPORAL = "temporal"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Literal(Expr):
    """A constant (rules 33-37, 62): `value` is the Python value; None also for an `@"..."` that is no date."""

    value: object
    kind: Kind


@dataclass(frozen=True, slots=True)
class Name(Expr):
    """A variable, a built-in function, or `?` (rule 26). White space is normalised to single spaces."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Expr):
    """`base.name` (rule 43)."""

    base: Expr
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Expr):
    """`base[condition]` (rule 50)."""

    base: Expr
    condition: Expr


@dataclass(frozen=True, slots=True)
class Negate(Expr):
    """`-operand` (rule 25)."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Expr):
    """`left op right`, op one of `+ - * / **` (rules 20-24)."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Comparison(Expr):
    """`left op right`, op one of `= != < <= > >=` (rule 49a)."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Logic(Expr):
    """`a and b and c`, op `and` or `or`, at least two operands (rules 47, 48)."""

    op: str
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not(Expr):
    """`not(operand)`: the built-in, where nothing in scope is called `not`."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Between(Expr):
    """`value between low and high`, both included (rule 49b)."""

    value: Expr
    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True)
class Test(Expr):
    """`op operand` without a left side, as in `< 5`: the left side is the value under test (rule 7).

    Elsewhere, in `(< 5)`, its value is a range.
    """

    op: str
    operand: Expr


@dataclass(frozen=True, slots=True)
class In(Expr):
    """`value in test` or `value in (test, test)` (rule 49c); a test is a `Test` or any expression."""

    value: Expr
    tests: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class RangeExpr(Expr):
    """`[low..high]` with open or closed ends (rule 8)."""

    low: Expr
    high: Expr
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class UnaryTests(Expr):
    """The tests of one cell (rules 16-18). No tests and not `negated` is `-`: anything goes."""

    tests: tuple[Expr, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class TypeName(Node):
    """A named type: `number`, `years and months duration`, `Any`, or an item definition's name."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType(Node):
    item: TypeExpr


@dataclass(frozen=True, slots=True)
class RangeType(Node):
    item: TypeExpr


@dataclass(frozen=True, slots=True)
class ContextType(Node):
    entries: tuple[tuple[str, TypeExpr], ...]


@dataclass(frozen=True, slots=True)
class FunctionType(Node):
    parameters: tuple[TypeExpr, ...]
    returns: TypeExpr


TypeExpr = TypeName | ListType | RangeType | ContextType | FunctionType


@dataclass(frozen=True, slots=True)
class InstanceOf(Expr):
    """`value instance of type` (rule 51)."""

    value: Expr
    type: TypeExpr


@dataclass(frozen=True, slots=True)
class If(Expr):
    """`if condition then then else otherwise` (rule 45)."""

    condition: Expr
    then: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`name in source`, or `name in source..until` counting up or down (rules 44a, 46)."""

    name: str
    source: Expr
    until: Expr | None = None


@dataclass(frozen=True, slots=True)
class For(Expr):
    """`for x in a, y in b return body` (rule 44); `partial` in the body is the list so far."""

    iterations: tuple[Iteration, ...]
    body: Expr


@dataclass(frozen=True, slots=True)
class Quantified(Expr):
    """`some x in a satisfies condition`, word `some` or `every` (rule 46)."""

    word: str
    iterations: tuple[Iteration, ...]
    condition: Expr


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    name: str
    type: TypeExpr | None = None


@dataclass(frozen=True, slots=True)
class FunctionDef(Expr):
    """`function(a, b: number) body` (rule 55). `external` functions parse but yield null when called."""

    parameters: tuple[Parameter, ...]
    body: Expr
    external: bool = False


@dataclass(frozen=True, slots=True)
class Call(Expr):
    """`function(args)` (rules 38-42). `names` is empty for positional arguments, else one per argument."""

    function: Expr
    arguments: tuple[Expr, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListExpr(Expr):
    """`[a, b]` (rule 54)."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class ContextExpr(Expr):
    """`{key: value}` (rule 57); later entries may read earlier ones."""

    entries: tuple[tuple[str, Expr], ...]


_FIELDS: dict[type[Node], tuple[str, ...]] = {
    Literal: (),
    Name: (),
    Path: ("base",),
    Filter: ("base", "condition"),
    Negate: ("operand",),
    Arithmetic: ("left", "right"),
    Comparison: ("left", "right"),
    Logic: ("operands",),
    Not: ("operand",),
    Between: ("value", "low", "high"),
    Test: ("operand",),
    In: ("value", "tests"),
    RangeExpr: ("low", "high"),
    UnaryTests: ("tests",),
    InstanceOf: ("value",),
    If: ("condition", "then", "otherwise"),
    Quantified: ("iterations", "condition"),
    For: ("iterations", "body"),
    FunctionDef: ("body",),
    Call: ("function", "arguments"),
    ListExpr: ("items",),
    ContextExpr: ("entries",),
}


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct sub-expressions of `expr`, in reading order."""
    return tuple(_flatten(expr))


def _flatten(expr: Expr) -> Iterating[Expr]:
    for name in _FIELDS[type(expr)]:
        value = getattr(expr, name)
        if isinstance(value, Expr):
            yield value
            continue
        for part in value:
            yield from _of_part(part)


def _of_part(part: object) -> Iterating[Expr]:
    if isinstance(part, Expr):
        yield part
    elif isinstance(part, Iteration):
        yield part.source
        if part.until is not None:
            yield part.until
    elif isinstance(part, tuple):
        yield part[1]


def walk(expr: Expr) -> Iterating[Expr]:
    """`expr` and everything below it, parents first."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def texts_of(expr: Expr | None) -> tuple[str, ...]:
    """The texts of a list that holds nothing but literal texts; none for anything else."""
    items = expr.items if isinstance(expr, ListExpr) else ()
    found = tuple(own.value for own in items if isinstance(own, Literal) and isinstance(own.value, str))
    return found if len(found) == len(items) else ()
