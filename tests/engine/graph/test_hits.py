"""Hit policies while not everything is known: what may come out holds whatever comes out once it is.

Random tables over facts of every kind, against DMN 1.5, section 8.2.8, written down here on whole sets of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.feel.evaluator import compile_expression
from engine.feel.parser import parse
from engine.graph.load import load_flow
from engine.graph.possible import same
from engine.graph.view import View
from tests.engine.graph.partial_answers import ALL_ANSWERS, DOMAINS, HEAD, MANY, SOME_ANSWERS, holds

Row = tuple[str, str]
OPTIONS = ("x", "y", "z")
CONDITIONS = st.sampled_from(
    ["samen", 'soort = "a"', "loon > 7", "saldo != 2", "loon + saldo > 3", "vanaf <= tot", "tot.day > 28", "not(samen)"]
)
NUMBERS = st.sampled_from(["1", "2.5", "loon", "saldo * 2", "if samen then loon else -1"])
NAMED = st.sampled_from(OPTIONS)
LISTED: Mapping[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "x": lambda full: ["x"],
    "y": lambda full: ["y"],
    "z, x": lambda full: ["z", "x"],
    "y, y, x": lambda full: ["y", "x"],
    "[]": lambda full: [],
    "none": lambda full: [],
    'if samen then ["y", "z"] else ["z"]': lambda full: ["y", "z"] if full["samen"] else ["z"],
    '[if soort = "a" then "x" else "z"]': lambda full: ["x"] if full["soort"] == "a" else ["z"],
}
LISTS = st.sampled_from(sorted(LISTED))


def only(values: list[Any]) -> Any:
    """`unique`: the one; null where there is none or more."""
    return values[0] if len(values) == 1 else None


def agreed(values: list[Any]) -> Any:
    """`any`: that on which all agree."""
    return values[0] if values and all(same(values[0], value) for value in values) else None


ON_NAMES: Mapping[str, Callable[[list[Any]], Any]] = {
    "first": lambda values: values[0] if values else None,
    "unique": only,
    "any": agreed,
    "priority": lambda values: min(values, key=OPTIONS.index) if values else None,
}
ON_LISTS: Mapping[str, Callable[[list[list[Any]]], Any]] = {
    "collect": lambda rows: [option for option in OPTIONS if any(option in own for own in rows)],
    "output order": lambda rows: [option for option in OPTIONS if any(option in own for own in rows)],
    "rule order": lambda rows: list(dict.fromkeys(option for own in rows for option in own)),
}
ON_NUMBERS: Mapping[str, Callable[[list[Any]], Any]] = {
    "first": ON_NAMES["first"],
    "unique": only,
    "any": agreed,
    "collect(sum)": lambda values: sum(values, Decimal(0)) if values else None,
    "collect(min)": lambda values: min(values) if values else None,
    "collect(max)": lambda values: max(values) if values else None,
    "collect(count)": lambda values: Decimal(len(values)),
}


def value(text: str, answers: Mapping[str, object]) -> Any:
    """An expression on a whole set of answers."""
    return compile_expression(parse(text, tuple(DOMAINS)))(answers)


def flow(policy: str, kind: str, rows: list[Row]) -> str:
    """A flow whose decision `wat` has these rules."""
    lines = [HEAD + "decisions:", "  wat:", f"    type: {kind}", f"    hit: {policy}"]
    lines += [f"    options: [{', '.join(OPTIONS)}]"] if kind in ("choice", "choices") else []
    lines += ["    rules:", *(f"      - {{when: '{when}', then: '{then}'}}" for when, then in rows)]
    lines += ['  doel: {type: choice, options: [ja, nee], is: \'if wat = null then "ja" else "nee"\'}', "outcomes:"]
    return "\n".join([*lines, "  ja: {kind: answer, text: Klaar}", "  nee: {kind: answer, text: Klaar}"])


def check(
    text: str, expected: Callable[[Mapping[str, object]], Any], known: dict[str, Any], citizens: list[dict[str, Any]]
) -> None:
    """With the diagrams, and by reasoning alone: each citizen comes out as expected, and was possible before."""
    graph = load_flow(text)
    for own in (graph, replace(graph, diagram=None)):
        before = View(own, known).possible("wat")
        for citizen in citizens:
            full = {**citizen, **known}
            assert same(View(own, full).value("wat"), expected(full)), full
            assert holds(before, expected(full)), (before, full)


@MANY
@given(
    st.sampled_from(sorted(ON_NAMES)),
    st.lists(st.tuples(CONDITIONS, NAMED), min_size=1, max_size=5),
    SOME_ANSWERS,
    st.lists(ALL_ANSWERS, min_size=3, max_size=6),
)
def test_names_come_out_as_the_hit_policy_says(
    policy: str, rows: list[Row], known: dict[str, Any], citizens: list[dict[str, Any]]
) -> None:
    """One of the options."""
    check(
        flow(policy, "choice", rows),
        lambda full: ON_NAMES[policy]([then for when, then in rows if value(when, full) is True]),
        known,
        citizens,
    )


@MANY
@given(
    st.sampled_from(sorted(ON_LISTS)),
    st.lists(st.tuples(CONDITIONS, LISTS), min_size=1, max_size=5),
    SOME_ANSWERS,
    st.lists(ALL_ANSWERS, min_size=3, max_size=6),
)
def test_options_come_out_in_the_order_that_the_hit_policy_says(
    policy: str, rows: list[Row], known: dict[str, Any], citizens: list[dict[str, Any]]
) -> None:
    """The options of all rows that hold, each once, in the order of the options or of the rows; empty for no row."""
    check(
        flow(policy, "choices", rows),
        lambda full: ON_LISTS[policy]([LISTED[then](full) for when, then in rows if value(when, full) is True]),
        known,
        citizens,
    )


@MANY
@given(
    st.sampled_from(sorted(ON_NUMBERS)),
    st.lists(st.tuples(CONDITIONS, NUMBERS), min_size=1, max_size=5),
    SOME_ANSWERS,
    st.lists(ALL_ANSWERS, min_size=3, max_size=6),
)
def test_numbers_come_out_as_the_hit_policy_says(
    policy: str, rows: list[Row], known: dict[str, Any], citizens: list[dict[str, Any]]
) -> None:
    """The one, the sum, the least, the greatest, or how many rows hold."""
    check(
        flow(policy, "number", rows),
        lambda full: ON_NUMBERS[policy]([value(then, full) for when, then in rows if value(when, full) is True]),
        known,
        citizens,
    )
