"""The parser: precedence, names with spaces, ranges, cells, and one plain sentence for every mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import tree
from engine.feel.names import free_names
from engine.feel.parser import FeelSyntaxError, Profile, parse, parse_type, parse_unary_tests
from engine.feel.signatures import ALL

_SHAPES: dict[type, Callable[..., object]] = {
    tree.Literal: lambda n: str(n.value) if isinstance(n.value, Decimal) else n.value,
    tree.Name: lambda n: n.name,
    tree.Arithmetic: lambda n: (n.op, shape(n.left), shape(n.right)),
    tree.Comparison: lambda n: (n.op, shape(n.left), shape(n.right)),
    tree.Logic: lambda n: (n.op, *map(shape, n.operands)),
    tree.Not: lambda n: ("not", shape(n.operand)),
    tree.Negate: lambda n: ("neg", shape(n.operand)),
    tree.Path: lambda n: (".", shape(n.base), n.name),
    tree.Filter: lambda n: ("[]", shape(n.base), shape(n.condition)),
    tree.In: lambda n: ("in", shape(n.value), *map(shape, n.tests)),
    tree.Between: lambda n: ("between", shape(n.value), shape(n.low), shape(n.high)),
    tree.RangeExpr: lambda n: (
        "[" if n.low_closed else "(",
        shape(n.low),
        shape(n.high),
        "]" if n.high_closed else ")",
    ),
    tree.ListExpr: lambda n: ("list", *map(shape, n.items)),
    tree.ContextExpr: lambda n: ("context", *((key, shape(value)) for key, value in n.entries)),
    tree.Test: lambda n: (n.op, shape(n.operand)),
    tree.UnaryTests: lambda n: ("none of" if n.negated else "any of", *map(shape, n.tests)),
    tree.Call: lambda n: ("call", shape(n.function), *map(shape, n.arguments), *n.names),
    tree.If: lambda n: ("if", shape(n.condition), shape(n.then), shape(n.otherwise)),
}


def shape(node: tree.Node) -> object:
    """A tree as nested tuples: operator first, names and constants as text."""
    return _SHAPES[type(node)](node)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", ("+", "1", ("*", "2", "3"))),
        ("1 - 2 - 3", ("-", ("-", "1", "2"), "3")),
        ("3 ** 4 ** 5", ("**", ("**", "3", "4"), "5")),
        ("-5 ** 2", ("**", ("neg", "5"), "2")),
        ("2 ** -3", ("**", "2", ("neg", "3"))),
        ("a or b and c", ("or", "a", ("and", "b", "c"))),
        ("a and b and c", ("and", "a", "b", "c")),
        ("a < 1 and b > 2", ("and", ("<", "a", "1"), (">", "b", "2"))),
        ("x in [1, 2] and y = true", ("and", ("in", "x", ("list", "1", "2")), ("=", "y", True))),
        ("x in 1 + 2", ("in", "x", ("+", "1", "2"))),
        ("x in (< 1, > 5)", ("in", "x", ("<", "1"), (">", "5"))),
        ("x in (1..5)", ("in", "x", ("(", "1", "5", ")"))),
        ("x in (a).b", ("in", "x", (".", "a", "b"))),
        ("x between 1 and 5 and y", ("and", ("between", "x", "1", "5"), "y")),
        ("not(a) or b", ("or", ("not", "a"), "b")),
        ("a.b.c", (".", (".", "a", "b"), "c")),
        ("a[1].b", (".", ("[]", "a", "1"), "b")),
        ("f(1)(2)", ("call", ("call", "f", "1"), "2")),
        ("if a then b else c + 1", ("if", "a", "b", ("+", "c", "1"))),
    ],
)
def test_precedence(text: str, expected: object) -> None:
    """Operators bind as DMN 1.5 says, and `in` like a comparison."""
    assert shape(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1..5]", ("[", "1", "5", "]")),
        ("]1..5[", ("(", "1", "5", ")")),
        ("(1..5)", ("(", "1", "5", ")")),
        ("[1..l[1]]", ("[", "1", ("[]", "l", "1"), "]")),
        ("]1..l[1][", ("(", "1", ("[]", "l", "1"), ")")),
        ("(< 5)", ("<", "5")),
        ("(= 5)", ("=", "5")),
    ],
)
def test_ranges(text: str, expected: object) -> None:
    """All ways of writing a range, also those whose end looks like a filter."""
    assert shape(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("date of birth + 1", ["date of birth"], ("+", "date of birth", "1")),
        ("pre-tax - tax", ["pre-tax", "tax"], ("-", "pre-tax", "tax")),
        ("pre - tax", ["pre", "tax"], ("-", "pre", "tax")),
        ("a   b", ["a b"], "a b"),
        ("a b c", ["a b", "a b c"], "a b c"),
        ("x and y", ["x and y"], "x and y"),
        ("l[first name = 1]", ["l"], ("[]", "l", ("=", "first name", "1"))),
        ("p.first name = 1", ["p"], ("=", (".", "p", "first name"), "1")),
        ("{a b: 1, c: a b + 1}.a b", [], (".", ("context", ("a b", "1"), ("c", ("+", "a b", "1"))), "a b")),
        ("date and time(x)", ["x"], ("call", "date and time", "x")),
        ("f(a b: 1, c: 2)", ["f"], ("call", "f", "1", "2", "a b", "c")),
        ("is it paid? = 1", ["is it paid?"], ("=", "is it paid?", "1")),
        ("?x + ?", ["?x", "?"], ("+", "?x", "?")),
        ("p.paid? = 1", ["p"], ("=", (".", "p", "paid?"), "1")),
        ("{ok?: 1, b: ok?}.b", [], (".", ("context", ("ok?", "1"), ("b", "ok?")), "b")),
    ],
)
def test_names(text: str, names: list[str], expected: object) -> None:
    """A name reaches as far as the longest name in scope."""
    assert shape(parse(text, names)) == expected


def test_names_declared_inside() -> None:
    """Variables of `for`, `some` and functions are in scope in their bodies, spaces and all."""
    body = parse("for line item in order return line item.price")
    assert isinstance(body, tree.For)
    assert shape(body.body) == (".", "line item", "price")
    function = parse("function(net-pay: number) net-pay + 1")
    assert isinstance(function, tree.FunctionDef)
    assert shape(function.body) == ("+", "net-pay", "1")


def test_members_follow_a_dot() -> None:
    """Members may hold operators, but only where a member can stand."""
    assert shape(parse("p.a-b - a-b", ["p", "a", "b"], members=["a-b"])) == ("-", ("-", (".", "p", "a-b"), "a"), "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-", ("any of",)),
        ("< 5, > 10", ("any of", ("<", "5"), (">", "10"))),
        ("not(1, 2)", ("none of", "1", "2")),
        ("not(a) and b", ("any of", ("and", ("not", "a"), "b"))),
        ('"a", "b"', ("any of", "a", "b")),
        ("? > 4 and x", ("any of", ("and", (">", "?", "4"), "x"))),
        ("-5", ("any of", ("neg", "5"))),
    ],
)
def test_unary_tests(text: str, expected: object) -> None:
    """The forms of a cell."""
    assert shape(parse_unary_tests(text)) == expected


def test_flow_words() -> None:
    """yes, no, none and unsure are constants in a flow and plain names in DMN; ja only in a cell."""
    assert shape(parse("x = yes", profile=Profile.FLOW)) == ("=", "x", True)
    assert shape(parse("x = none", profile=Profile.FLOW)) == ("=", "x", None)
    assert shape(parse("x = yes")) == ("=", "x", "yes")
    assert shape(parse("ja", profile=Profile.FLOW)) == "ja"
    assert shape(parse_unary_tests("ja", profile=Profile.CELL)) == ("any of", True)


def test_bare_dates_in_cells_only() -> None:
    """2026-04-06 is a date in a cell and a subtraction elsewhere."""
    cell = parse_unary_tests(">= 2026-04-06", profile=Profile.CELL)
    assert shape(cell) == ("any of", (">=", date(2026, 4, 6)))
    assert shape(parse("2026-04-06", profile=Profile.FLOW)) == ("-", ("-", "2026", "4"), "6")
    with pytest.raises(FeelSyntaxError, match="not a date"):
        parse_unary_tests("2026-02-30", profile=Profile.CELL)


def test_free_names() -> None:
    """Free names are what the expression reads from outside."""
    assert free_names(parse("for i in xs return i + y")) == {"xs", "y"}
    assert free_names(parse("some k in kinderen satisfies k.a > grens")) == {"kinderen", "grens"}
    assert free_names(parse("{a: x, b: a + z}")) == {"x", "z"}
    assert free_names(parse("sum(l[item > m])")) == {"l", "m"}
    assert free_names(parse_unary_tests("< max(a, b), ?")) == {"a", "b"}


def test_spans_cover_the_text() -> None:
    """Each node knows where it stands."""
    text = "a + sum(b)"
    node = parse(text)
    assert isinstance(node, tree.Arithmetic)
    assert [text[n.start : n.end] for n in (node, node.left, node.right)] == [text, "a", "sum(b)"]


def test_types() -> None:
    """Type names, also composed ones."""
    assert isinstance(parse_type("list<range<date and time>>"), tree.ListType)
    assert isinstance(parse_type("function<number, string> -> context<a b: number>"), tree.FunctionType)


@pytest.mark.parametrize(
    ("text", "offset", "says"),
    [
        ("", 0, "Expected a value here, found the end"),
        ("1 +", 3, "Expected a value"),
        ("1 2", 2, "Expected an operator or the end here, found `2`"),
        ('"abc', 0, "never closed"),
        ("‘abc’", 0, "quote"),
        ("if a then b", 11, "Expected `else`"),
        ("[1, 2", 5, "Expected `]`"),
        ("{a 1}", 1, "a name and a colon"),
        ("f(a: 1, 2)", 10, "Either all arguments"),
        ("(" * 500, 70, "nested too deeply"),
        ("-" * 500, 70, "nested too deeply"),
        ("a" + " + a" * 400, 0, "too deep"),
        ("x" * 60_000, 50_000, "longer than"),
        ("1e9999", 0, "too large"),
        ("a ; b", 2, "has no meaning"),
    ],
)
def test_mistakes_have_a_place_and_a_sentence(text: str, offset: int, says: str) -> None:
    """Every mistake says where it is and what it is, however long or deep the text."""
    with pytest.raises(FeelSyntaxError, match=says.replace("[", r"\[")) as caught:
        parse(text)
    assert caught.value.offset == offset


def test_long_conjunctions_are_flat() -> None:
    """A thousand conditions joined by `and` are fine."""
    node = parse(" and ".join(["a > 1"] * 1000))
    assert isinstance(node, tree.Logic)
    assert len(node.operands) == 1000


_WORDS = [*"()[]{}<>=+-*/.,:?@\"' ", "..", "**", "and", "or", "in", "between", "if", "then", "else", "for", "return"]
_WORDS += ["some", "every", "satisfies", "instance of", "function", "not", "null", "true", "a", "b c", "1", "2.5"]
_WORDS += ["list<", '"x"', '@"P1D"', "//", "/*", "external", *sorted(ALL)]
_texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join))


@given(_texts, st.sampled_from(Profile))
def test_any_text_parses_or_is_refused(text: str, profile: Profile) -> None:
    """On arbitrary text the parser raises FeelSyntaxError or nothing, with an offset inside the text."""
    for read in (parse, parse_unary_tests):
        mistakes: list[FeelSyntaxError] = []
        try:
            node = read(text, ("b c", "a"), profile=profile)
        except FeelSyntaxError as error:
            mistakes.append(error)
        else:
            assert all(0 <= part.start <= part.end <= len(text) for part in tree.walk(node))
        assert all(error.message and 0 <= error.offset <= len(text) for error in mistakes)
