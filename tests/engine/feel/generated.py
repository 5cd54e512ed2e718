"""Expressions and scopes made up by hypothesis, for laws that hold of every expression."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from engine.feel.signatures import ALL
from engine.feel.unknown import UNKNOWN
from engine.feel.values import OpenList, Range
from tests.engine.feel.evaluating import scalars

NAMES = ("a", "b", "c", "xs", "item")
ATOMS = (
    *NAMES,
    *("0", "1", "2.5", "-3", '"a"', '""', "true", "false", "null", "yes", "unsure", "[]", "{}"),
    *('@"P1D"', '@"P2M"', '@"2024-02-29"', '@"10:00:00Z"', '@"2024-02-29T10:00:00"', '@"-12345-01-01"'),
)
TEMPLATES = [
    *(f"({{0}} {op} {{1}})" for op in ("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in")),
    "(-{0})",
    "not({0})",
    "(if {0} then {1} else {2})",
    "({0} between {1} and {2})",
    "({0} in ({1}, < {2}))",
    "[{0}, {1}]",
    "[{0}..{1})",
    "{{a: {0}, b: {1}}}",
    "{{a: {0}, q: a, b: {1}}}",
    "{0}.a",
    "{0}.year",
    "{0}[{1}]",
    "{0}[item = {1}]",
    "{0}[a < {1}]",
    "(for i in {0} return {1})",
    "(for i in {0}, j in {1} return [i, j])",
    "(for i in 1..3 return partial)",
    "(for i in {0}..{1} return i)",
    "(some i in {0} satisfies i = {1})",
    "(every i in {0} satisfies {1})",
    "(function(b) {0})({1})",
    "({0} instance of number)",
    "({0} instance of list<string>)",
    "sort({0}, function(p, q) p < q)",
]
CALLS = [
    f"{name}({', '.join('{' + str(index) + '}' for index in range(count))})"
    for name in sorted(ALL)
    for count in (1, 2, 3)
]
_templates = st.one_of(st.sampled_from(TEMPLATES), st.sampled_from(CALLS))


def _fill(parts: tuple[str, Sequence[str]]) -> str:
    template, fillings = parts
    return template.format(*fillings)


expressions = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.tuples(_templates, st.lists(inner, min_size=3, max_size=3)).map(_fill),
    max_leaves=8,
)
unknowns = st.recursive(
    st.one_of(scalars, st.just(UNKNOWN)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(OpenList),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        st.builds(Range, inner, inner, st.booleans(), st.booleans()),
    ),
    max_leaves=6,
)
"""Values in which something may be UNKNOWN, or a list still open."""


@st.composite
def completed(draw: st.DrawFn, value: object) -> object:
    """A value that `value` can turn out to be once everything is known."""
    if value is UNKNOWN:
        return draw(st.one_of(scalars, st.lists(scalars, max_size=3), st.just({"a": True, "b": None})))
    if isinstance(value, list):
        known = [draw(completed(item)) for item in value]
        return known + (draw(st.lists(scalars, max_size=2)) if isinstance(value, OpenList) else [])
    if isinstance(value, dict):
        return {key: draw(completed(item)) for key, item in value.items()}
    if isinstance(value, Range):
        return Range(draw(completed(value.low)), draw(completed(value.high)), value.low_closed, value.high_closed)
    return value


@st.composite
def scope_and_completion(draw: st.DrawFn) -> tuple[dict[str, object], dict[str, object]]:
    """A scope with gaps, and the same scope with every gap filled."""
    scope = {name: draw(unknowns) for name in NAMES}
    return scope, {name: draw(completed(value)) for name, value in scope.items()}


def agrees(partial: object, full: object) -> bool:
    """Whether `full` is what `partial` said, wherever `partial` said something."""
    if partial is UNKNOWN:
        return True
    if isinstance(partial, OpenList):
        return isinstance(full, list) and len(full) >= len(partial) and all(map(agrees, partial, full))
    if isinstance(partial, list):
        return isinstance(full, list) and len(full) == len(partial) and all(map(agrees, partial, full))
    if isinstance(partial, dict):
        return (
            isinstance(full, dict) and full.keys() == partial.keys() and all(agrees(partial[k], full[k]) for k in full)
        )
    if isinstance(partial, Range):
        return isinstance(full, Range) and agrees(partial.low, full.low) and agrees(partial.high, full.high)
    return type(partial) is type(full) and (str(partial) == str(full) or callable(partial))
