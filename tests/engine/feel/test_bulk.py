"""The bulk path: exactly the ordinary path's values, for tables and expressions, whatever the facts are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import FunctionType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import tree
from engine.feel.bulk import bulk_expression, bulk_table
from engine.feel.cells import Anything, ColumnType, Compare, Interval, Kind, OneOf
from engine.feel.evaluator import compile_expression
from engine.feel.parser import parse
from engine.feel.syntax import Profile
from engine.feel.table import Table
from engine.feel.table_hits import Policy
from engine.feel.table_model import Computed, InputColumn, TableModel, TableRule
from engine.feel.table_run import TableProgram
from engine.feel.unknown import UNKNOWN
from engine.feel.unsure import UNSURE
from tests.engine.feel.table_cases import rows_of, tables

NAMES = {
    "a": ColumnType(Kind.NUMBER),
    "b": ColumnType(Kind.NUMBER),
    "p": ColumnType(Kind.BOOLEAN),
    "q": ColumnType(Kind.BOOLEAN),
    "d": ColumnType(Kind.DATE),
    "e": ColumnType(Kind.DATE),
    "t": ColumnType(Kind.TEXT),
}
NUMBERS = st.one_of(
    st.integers(-20, 20).map(Decimal), st.sampled_from([Decimal("0.5"), Decimal("1E+6100"), Decimal("0.1")])
)
DATES = st.integers(0, 400).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
KNOWN: dict[str, st.SearchStrategy[object]] = {
    "a": NUMBERS,
    "b": NUMBERS,
    "p": st.booleans(),
    "q": st.booleans(),
    "d": DATES,
    "e": DATES,
    "t": st.sampled_from(["x", "y", ""]),
}
ODD = st.sampled_from([None, UNKNOWN, UNSURE, "x", Decimal(1), True])
SCOPES = st.fixed_dictionaries(
    {}, optional={name: st.one_of(values, values, values, ODD) for name, values in KNOWN.items()}
)


def number(value: Decimal) -> tree.Expr:
    return tree.Literal(value, tree.Kind.NUMBER)


ROUNDERS = [tree.Name(name) for name in ("floor", "ceiling", "abs")]
EQUALITIES = st.sampled_from(["=", "!="])


def numeric(inner: st.SearchStrategy[tree.Expr], truths: st.SearchStrategy[tree.Expr]) -> st.SearchStrategy[tree.Expr]:
    """Expressions with a number for their value, or null."""
    pairs = st.tuples(inner, inner)
    return st.one_of(
        st.builds(tree.Arithmetic, st.sampled_from("+-*/"), inner, inner),
        st.builds(tree.Negate, inner),
        pairs.map(lambda pair: tree.Call(tree.Name("min"), pair)),
        pairs.map(lambda pair: tree.Call(tree.Name("max"), pair)),
        st.tuples(st.sampled_from(["floor", "ceiling", "abs"]), inner).map(
            lambda p: tree.Call(tree.Name(p[0]), (p[1],))
        ),
        st.builds(tree.If, truths, inner, inner),
    )


SIMPLE = st.one_of(NUMBERS.map(number), st.sampled_from([tree.Name("a"), tree.Name("b")]))
WORD = st.just(tree.Literal("x", tree.Kind.STRING))
NULL = st.just(tree.Literal(None, tree.Kind.NULL))
RANGES = st.builds(tree.RangeExpr, SIMPLE, SIMPLE, st.booleans(), st.booleans())
TESTS = st.one_of(RANGES, st.builds(tree.Test, st.sampled_from(["<", ">="]), SIMPLE), NUMBERS.map(number))
PLAIN_TRUTHS = st.one_of(
    st.sampled_from([tree.Name("p"), tree.Name("q")]),
    st.builds(tree.Comparison, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), SIMPLE, SIMPLE),
    st.builds(tree.Comparison, st.sampled_from(["<", "=", "!="]), st.just(tree.Name("d")), st.just(tree.Name("e"))),
    st.builds(tree.Comparison, EQUALITIES, st.just(tree.Name("t")), WORD),
    st.builds(tree.Comparison, EQUALITIES, SIMPLE, NULL),
    st.builds(tree.Between, SIMPLE, SIMPLE, SIMPLE),
    st.builds(tree.In, SIMPLE, st.tuples(TESTS, TESTS)),
)
VALUES = st.recursive(SIMPLE, lambda inner: numeric(inner, PLAIN_TRUTHS), max_leaves=6)
TRUTHS = st.recursive(
    st.one_of(PLAIN_TRUTHS, st.builds(tree.Comparison, st.sampled_from(["<", ">=", "="]), VALUES, VALUES)),
    lambda inner: st.one_of(
        st.builds(tree.Logic, st.sampled_from(["and", "or"]), st.tuples(inner, inner)),
        st.builds(tree.Not, inner),
        st.builds(tree.If, inner, inner, inner),
    ),
    max_leaves=5,
)


@given(st.one_of(VALUES, TRUTHS), SCOPES)
@settings(max_examples=400)
def test_an_expression_gives_the_same_value(expr: tree.Expr, scope: dict[str, object]) -> None:
    """Known, null, UNKNOWN, UNSURE, of the wrong type or missing: the value is that of the closures."""
    expected = compile_expression(expr, NAMES)(scope)
    found = bulk_expression(expr, NAMES)(scope)
    assert type(found) is type(expected)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "fast"),
    [
        ("a * 2 + b < 10 and not(p)", True),
        ('if t = "x" then a else max(a, b, 3)', True),
        ("d - e", True),
        ("a / b", True),
        ("count([a, b])", False),
        ("unknown_name + 1", False),
        ("t + 1", False),
    ],
)
def test_the_subset_is_compiled_and_the_rest_falls_back(text: str, fast: bool) -> None:
    """What is in the subset becomes a function; what is not keeps its closures, and both give the same value."""
    expr = parse(text, list(NAMES), profile=Profile.FLOW)
    made = bulk_expression(expr, NAMES)
    assert isinstance(made, FunctionType) == fast
    scope = {"a": Decimal(1), "b": Decimal(0), "p": False, "d": date(2026, 3, 1), "e": date(2026, 1, 1), "t": "x"}
    assert made(scope) == compile_expression(expr, NAMES)(scope)


def test_nothing_of_the_flow_is_in_the_code() -> None:
    """Names, texts and numbers of an expression are values in the function's globals; its code names none of them."""
    expr = parse('t = "__import__(os)" and a < 12345', list(NAMES))
    made = bulk_expression(expr, NAMES)
    assert isinstance(made, FunctionType)
    code = made.__code__
    assert all(name[0] in "gv" and name[1:].isdigit() for name in (*code.co_names, *code.co_varnames[1:]))
    assert all(constant is None for constant in code.co_consts)
    assert made.__globals__["__builtins__"] == {}


@given(st.data())
@settings(max_examples=300)
def test_a_table_gives_the_same_value(source: st.DataObject) -> None:
    """For every hit policy, with known, unknown and missing columns, the bulk function equals the table."""
    table = Table(source.draw(tables()))
    row = dict(enumerate(source.draw(rows_of(table.model))))
    for number_ in source.draw(st.sets(st.sampled_from(sorted(row)))):
        row[number_] = UNKNOWN
    scope = {f"c{number_}": value for number_, value in row.items()}
    expected = table.evaluate(row.__getitem__)
    assert bulk_table(table)(scope) == expected
    assert TableProgram(table)(scope) == expected


def heads_and_sums(policy: Policy) -> TableModel:
    """A table whose head, comparison and conclusions are expressions."""
    names = list(NAMES)
    half = tree.Arithmetic("/", tree.Name("a"), number(Decimal(2)))
    over = Compare(">", parse("b * 2", names))
    rules = (
        TableRule((Interval(None, Decimal(5), False, False), over), (Computed(parse("a + b", names)),)),
        TableRule((Anything(), OneOf((Decimal(3), Decimal(4)))), (Computed(parse("a * b", names)),)),
        TableRule((Anything(), Anything()), (Computed(number(Decimal(-1))),)),
    )
    columns = (InputColumn("a + a / 2", ColumnType(Kind.NUMBER), half), InputColumn("a", ColumnType(Kind.NUMBER)))
    return TableModel(columns, ("out",), rules, policy)


@given(st.sampled_from([Policy.FIRST, Policy.UNIQUE, Policy.COLLECT, Policy.RULE_ORDER, Policy.SUM]), SCOPES)
def test_heads_and_conclusions_may_be_expressions(policy: Policy, scope: dict[str, object]) -> None:
    """Computed heads, comparisons with expressions and computed conclusions: the same value both ways."""
    table = Table(heads_and_sums(policy))
    assert bulk_table(table, NAMES)(scope) == TableProgram(table)(scope)


def test_a_size_keeps_all_its_digits() -> None:
    """`abs` counts in FEEL's 34 digits, not in those of the thread."""
    expr = parse("abs(-7 / 3)", ())
    assert bulk_expression(expr, NAMES)({}) == compile_expression(expr, NAMES)({}) == Decimal("2." + "3" * 33)
