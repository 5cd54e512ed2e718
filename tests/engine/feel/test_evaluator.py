"""The evaluator: values, null, UNKNOWN, budgets; what each kind of expression gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from engine.feel.evaluator import BudgetExceeded, Run, compile_expression
from engine.feel.functions import Function
from engine.feel.parser import parse, parse_unary_tests
from engine.feel.unknown import UNKNOWN
from engine.feel.unsure import UNSURE
from engine.feel.values import FarDate, OpenList, YearsMonths
from tests.engine.feel.evaluating import evaluate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", Decimal(7)),
        ("0.1 + 0.2 = 0.3", True),
        ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
        ("1 / 0", None),
        ('"a" + "b"', "ab"),
        ('"a" + 1', None),
        ('@"2024-01-31" + @"P1M"', date(2024, 2, 29)),
        ('@"2024-02-29" + @"P1Y"', date(2025, 2, 28)),
        ('@"2024-03-01" - @"2024-02-01"', timedelta(days=29)),
        ('@"9999-12-31" + @"P1D"', FarDate(10000, 1, 1)),
        ('@"10000-01-01" - @"9999-12-31"', timedelta(days=1)),
        ('@"P6W" = @"P42D"', True),
        ("if null then 1 else 2", Decimal(2)),
        ("5 between 1 and 5", True),
        ("5 in (< 3, > 4)", True),
        ("5 in (? > 4 and ? < 6)", True),
        ("[1, 2] in (list contains(?, 2))", True),
        ("5 in (? > 6, = 5)", True),
        ('"b" in ["a", "b"]', True),
        ("3 in [1..3)", False),
        ("for i in 3..1 return i", [Decimal(3), Decimal(2), Decimal(1)]),
        ("for i in 1..2, j in [10, 20] return i * j", [Decimal(10), Decimal(20), Decimal(20), Decimal(40)]),
        ("for i in 1..4 return if i = 1 then 1 else i * partial[-1]", [Decimal(n) for n in (1, 2, 6, 24)]),
        ('for d in @"2024-02-28"..@"2024-03-01" return d.day', [Decimal(28), Decimal(29), Decimal(1)]),
        ("[1, 2, 3][item > 1]", [Decimal(2), Decimal(3)]),
        ("[{a: 1}, {a: 2}][a = 2].a", [Decimal(2)]),
        ("[1, 2, 3][-1]", Decimal(3)),
        ("{a: 1, b: a + 1}.b", Decimal(2)),
        ("(function(a, b: number) a + b)(1, 2)", Decimal(3)),
        ('(function(b: number) b)("x")', None),
        ("[1, 2] instance of list<number>", True),
        ("sum([1, 2]) + count([3])", Decimal(4)),
        ("every x in [] satisfies x", True),
        ("missing", None),
        ("1 = null", False),
        ("null = null", True),
        ("null < 1", None),
        ('1 = "1"', None),
    ],
)
def test_expressions(text: str, expected: object) -> None:
    """Each kind of expression gives what DMN 1.5 says."""
    assert evaluate(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x and false", False),
        ("x or true", True),
        ("x and true", UNKNOWN),
        ("not(x)", UNKNOWN),
        ("x and null", UNKNOWN),
        ("x + 1", UNKNOWN),
        ("x + null", None),
        ("x = 1", UNKNOWN),
        ("if x then 1 else 2", UNKNOWN),
        ("if x then 1 else 1", Decimal(1)),
        ("if x = 3 then null else 2", UNKNOWN),
        ("[1, x] = [2, 3]", False),
        ("[1, x] = [1, 3]", UNKNOWN),
        ("count([1, x])", Decimal(2)),
        ("sum([1, x])", UNKNOWN),
        ("list contains([1, x], 1)", True),
        ("list contains([1, x], 2)", UNKNOWN),
        ("some i in [x, 5] satisfies i > 4", True),
        ("every i in [x, 3] satisfies i > 4", False),
        ("every i in [x, 5] satisfies i > 4", UNKNOWN),
        ("[1, x, 9][item > 4]", UNKNOWN),
        ("[][item > x]", []),
        ("[][x]", UNKNOWN),
        ("{a: 1, b: x}.a", Decimal(1)),
        ("{a: 1, b: x}.b", UNKNOWN),
        ("5 in (x, 5)", True),
        ("x in []", UNKNOWN),
        ("1 in []", False),
        ("x instance of number", UNKNOWN),
        ("x(1)", UNKNOWN),
        ("string([1, [x]])", UNKNOWN),
    ],
)
def test_unknown(text: str, expected: object) -> None:
    """UNKNOWN never becomes null or a default; it gives way only where the rest decides."""
    assert evaluate(text, x=UNKNOWN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("some i in open satisfies i > 1", True),
        ("some i in open satisfies i > 5", UNKNOWN),
        ("every i in open satisfies i > 1", False),
        ("every i in open satisfies i > 0", UNKNOWN),
        ("count(open)", UNKNOWN),
        ("sum(open)", UNKNOWN),
        ("open[1]", Decimal(1)),
        ("open[3]", UNKNOWN),
        ("open[-1]", UNKNOWN),
        ("2 in open", True),
        ("has any(open, [2, 7])", True),
        ("has any(open, [7])", UNKNOWN),
        ("has any([7], open)", UNKNOWN),
        ("has any([2], open)", True),
        ("has all([1, 2], open)", UNKNOWN),
        ("has all([1], open)", False),
        ("has only([1], open)", True),
        ("has only([7], open)", UNKNOWN),
        ("open = [1]", UNKNOWN),
        ("count(for i in open return i)", UNKNOWN),
        ("count(open[item > 1])", UNKNOWN),
    ],
)
def test_open_lists(text: str, expected: object) -> None:
    """A list that may still grow decides only what no further item can change."""
    assert evaluate(text, open=OpenList([Decimal(1), Decimal(2)])) == expected


def test_unsure_is_a_value() -> None:
    """The answer "I do not know" equals itself alone."""
    assert evaluate("x = unsure", x=UNSURE) is True
    assert evaluate("x = yes", x=UNSURE) is False
    assert evaluate("x != yes", x=UNSURE) is True
    assert evaluate("x = unsure", x=True) is False
    assert evaluate("x < 3", x=UNSURE) is None


def test_cells() -> None:
    """Cell tests look at `?`, which they leave out."""

    def passes(tests: str, value: object, **scope: object) -> object:
        return compile_expression(parse_unary_tests(tests, scope))({"?": value, **scope})

    assert passes("-", None) is True
    assert passes("< 5, > 10", Decimal(7)) is False
    assert passes("not(< 5)", Decimal(7)) is True
    assert passes("not(< 5)", UNKNOWN) is UNKNOWN
    assert passes('"a", "b"', "b") is True
    assert passes("[1..low]", Decimal(7), low=Decimal(8)) is True
    assert passes("null", None) is True
    assert passes("? > 3 and ? < 9", Decimal(7)) is True
    assert passes("some l in ? satisfies l > 3", [Decimal(7)]) is True
    assert compile_expression(parse_unary_tests("< 5"))({}) is None


class _Lazy(Mapping[str, object]):
    """A scope that records what is read."""

    def __init__(self, **known: object) -> None:
        self._known = known
        self.read: list[str] = []

    def __getitem__(self, name: str) -> object:
        self.read.append(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def test_the_scope_is_read_only_when_needed() -> None:
    """A name that cannot matter any more is never asked for."""
    scope = _Lazy(a=False, b=True, c=True)
    assert compile_expression(parse("a and b or if b then c else d"))(scope) is True
    assert scope.read == ["a", "b", "c"]


def test_errors_leave_a_diagnostic() -> None:
    """What cannot be computed is null, and the run says why and where."""
    run = Run()
    assert evaluate("1 + missing", run) is None
    assert [d.message for d in run.diagnostics] == ["There is no `missing` here.", "`+` with null gives null."]
    assert (run.diagnostics[0].start, run.diagnostics[0].end) == (4, 11)


@pytest.mark.parametrize(
    "text",
    [
        "count(for i in 1..1000000000 return i)",
        "sum(up(1, 100000))",
        "(function(f, n) f(f, n + 1))(function(f, n) f(f, n + 1), 1)",
        "for i in 1..20000 return partial",
        "count(for a in 1..1000, b in 1..1000 return 1)",
        "{a: [1,1,1,1], b: [a,a,a,a], c: [b,b,b,b], d: [c,c,c,c], e: [d,d,d,d], f: [e,e,e,e], g: [f,f,f,f], z: g = g}",
    ],
)
def test_budgets(text: str) -> None:
    """No expression runs on for long: the budget ends it with a sentence."""
    with pytest.raises(BudgetExceeded, match=r"\w"):
        evaluate(text, Run(steps=20_000))


def test_texts_cannot_eat_memory() -> None:
    """Doubling a text over and over ends at the size budget."""
    doubled = '{a0: string join(for i in 1..1000 return "0123456789"), ' + ", ".join(
        f"a{i + 1}: a{i} + a{i}" for i in range(20)
    )
    with pytest.raises(BudgetExceeded, match="longer"):
        evaluate(doubled + "}.a20")


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000 return [i]",
        "for i in 1..1000 return {a: i}",
        "for i in 1..1000 return function(x) x",
        'for i in 1..1000 return string(i) + "0123456789012345678901234567890123456789"',
        '{t: string join(for i in 1..90 return "0123456789"), r: for i in 1..90 return substring(t, 2)}',
    ],
)
def test_whatever_is_made_counts(text: str) -> None:
    """Lists, contexts, functions and texts all take from the size budget."""
    with pytest.raises(BudgetExceeded, match="longer"):
        evaluate(text, Run(size=1500))


def test_long_bodies_cost_more() -> None:
    """A loop over a long expression takes more steps than one over a short expression."""
    body = " and ".join(["i > 0"] * 1000)
    with pytest.raises(BudgetExceeded, match="steps"):
        evaluate(f"for i in 1..1000 return {body}")
    assert evaluate("count(for i in 1..1000 return i > 0)") == Decimal(1000)


def test_functions_of_the_embedder() -> None:
    """A function value may be made outside FEEL, and is called by position or by name."""
    tax = Function(("income", "rate"), lambda arguments, _: [*arguments])
    assert evaluate("tax(1, 2)", tax=tax) == [Decimal(1), Decimal(2)]
    assert evaluate("tax(rate: 1, income: 2)", tax=tax) == [Decimal(2), Decimal(1)]
    assert evaluate("tax(rate: 1)", tax=tax) is None
    assert evaluate("tax(1)", tax=tax) is None


def test_a_variable_hides_a_built_in() -> None:
    """Names that the scope defines win over built-ins when the compiler is told."""
    double = Function(("list",), lambda arguments, _: "mine")
    assert compile_expression(parse("count([1])"), defined={"count"})({"count": double}) == "mine"


def test_values_of_all_kinds() -> None:
    """Durations and moments compare and combine by their value."""
    assert evaluate('@"P1Y2M" + @"P10M"') == YearsMonths(24)
    assert evaluate('@"2024-01-01T12:00:00Z" = @"2024-01-01T13:00:00+01:00"') is True
    assert evaluate('@"2024-01-01T12:00:00Z" < @"2024-01-01T12:00:00"') is None
    moment = evaluate('@"2024-03-30T12:00:00@Europe/Amsterdam" + @"P1D"')
    assert isinstance(moment, datetime)
    assert str(moment) == "2024-03-31 13:00:00+02:00"
