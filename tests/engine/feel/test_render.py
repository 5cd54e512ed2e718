"""A tree written as text reads back as the same tree."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import tree
from engine.feel.parser import parse, parse_unary_tests
from engine.feel.render import quoted, render, render_value
from engine.feel.syntax import Profile
from engine.feel.unsure import UNSURE
from engine.feel.values import YearsMonths

TEXTS = [
    "(a + b) * c - -d ** 2",
    "-(a ** b) ** (c ** d)",
    "(a or b) and not(c) or d and (e and f)",
    "(if a then b else c) + 1",
    "if a then b else if c then d else e",
    "a between b + 1 and c and d",
    "(a = b) = (c in (1, < 5, [1..3], (2..4), not(x)))",
    "a in (b)",
    "x[item > 1].naam[1]",
    "(1).x",
    "[a..(b[1])]",
    "(< 5)",
    "for i in 1..3, j in [i] return for k in j return i * k",
    "some x in a, y in b satisfies x = y and every z in c satisfies z",
    "(function(a: list<number>, b) a + b)(1, 2)",
    'f(a: 1, b: "x")',
    '{a: 1, "b c": {d: [1, 2]}}',
    "a instance of context<a: range<date>> and f instance of function<Any> -> years and months duration",
    '@"2026-04-06" + @"P1Y"',
    r'"a\"b\\c\n" + "é🐎"',
    "0.5 - 1000000000000000000000",
    "null",
]


@pytest.mark.parametrize("text", TEXTS)
def test_an_expression_comes_back(text: str):
    """Parentheses stand where the tree needs them."""
    tree_of = parse(text)
    assert parse(render(tree_of)) == tree_of


@pytest.mark.parametrize("text", ["-", "1, 2", "not(1, < 2)", "(not(a))", "[1..2], > 3", "? > 1 and a", 'null, "x"'])
def test_cell_tests_come_back(text: str):
    """So do the tests of a cell."""
    tests = parse_unary_tests(text)
    assert parse_unary_tests(render(tests)) == tests


def test_names_of_several_words_stay_whole():
    """A name with spaces or signs is written as it is."""
    names = ["pre-tax sum", "date of birth"]
    expr = parse("pre-tax sum-date of birth", names)
    assert render(expr) == "pre-tax sum - date of birth"
    assert parse(render(expr), names) == expr


LEAVES = st.sampled_from(["a", "b", "1", "2.5", '"x"', "true", "null", '@"P1D"']).map(parse)
OPS = st.sampled_from("+-*/").filter(bool) | st.just("**")
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(tree.Arithmetic, OPS, inner, inner),
        st.builds(tree.Comparison, st.sampled_from(["=", "!=", "<", ">="]), inner, inner),
        st.builds(tree.Logic, st.sampled_from(["and", "or"]), st.tuples(inner, inner)),
        st.builds(tree.Not, inner),
        st.builds(tree.Negate, inner),
        st.builds(tree.Between, inner, inner, inner),
        st.builds(tree.In, inner, st.tuples(inner, st.builds(tree.Test, st.just("<"), inner))),
        st.builds(tree.RangeExpr, inner, inner, st.booleans(), st.booleans()),
        st.builds(tree.If, inner, inner, inner),
        st.builds(tree.Filter, inner, inner),
        st.builds(tree.Path, inner, st.just("p")),
        st.builds(tree.InstanceOf, inner, st.just(tree.ListType(tree.TypeName("number")))),
        st.builds(tree.For, st.tuples(st.builds(tree.Iteration, st.just("i"), inner, st.none() | inner)), inner),
        st.builds(tree.Call, st.just(tree.Name("f")), st.tuples(inner)),
        st.builds(tree.ListExpr, st.tuples(inner, inner)),
    ),
    max_leaves=12,
)


@given(TREES)
def test_any_tree_comes_back(expr: tree.Expr):
    """Whatever the shape, reading what was written gives the same tree."""
    assert parse(render(expr)) == expr


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.5"), "-0.5"),
        (date(2026, 4, 6), '@"2026-04-06"'),
        (timedelta(weeks=6), '@"P42D"'),
        (YearsMonths(18), '@"P1Y6M"'),
        ([True, None, {"a b": "c"}], '[true, null, {"a b": "c"}]'),
        (UNSURE, '"unsure"'),
    ],
)
def test_values_are_written_as_expressions(value: object, text: str):
    """A constant, list or context becomes the expression that gives it."""
    assert render_value(value) == text


def test_unsure_is_a_word_in_flows_only():
    """DMN does not know `unsure`; there it is a text."""
    expr = parse("x = unsure", profile=Profile.FLOW)
    assert (render(expr, Profile.FLOW), render(expr)) == ("x = unsure", 'x = "unsure"')


@given(st.text(max_size=20))
def test_any_text_is_quoted_safely(text: str):
    """A string literal reads back, and holds no control character."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        return
    assert parse(quoted(text)) == tree.Literal(text, tree.Kind.STRING)
    assert not any(ord(char) < 32 for char in quoted(text))
