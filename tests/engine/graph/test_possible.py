"""What a value can still be: no completion of what is known ever falls outside it, and no fact that matters is dropped.

Random formulas over numbers, dates, choices and yes/no, with any part of the answers known, once with the diagrams and
once on intervals alone (`engine.graph.intervals`). The values themselves come from FEEL's own evaluator, which the
conformance kit holds against the standard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, reject
from hypothesis import strategies as st

from engine.errors import FlowError
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.possible import same
from engine.graph.view import View
from tests.engine.graph.partial_answers import ALL_ANSWERS, DOMAINS, HEAD, MANY, SOME_ANSWERS, holds

FLOW = """sources: {{wet: {{title: Wet}}}}
parameters:
  tarief:
    by: equal
    source: wet
    table: |
      | soort || bedrag | vrij |
      | a     || 3      | 0.5  |
      | b     || 8      | 12   |
functions:
  hoogstens:
    given: {{wat: number}}
    type: number
    hit: first
    table: |
      | wat  || hoogstens | source |
      | < 2  || wat       | wet    |
      | -    || 2         | wet    |
decisions:
  som: {{type: number, is: '{som}'}}
  waar: {{type: boolean, is: '{waar}'}}
  doel: {{type: choice, options: [ja, nee], is: 'if waar and som > 3 then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, text: Klaar}}
  nee: {{kind: answer, text: Klaar}}
"""
DAYS = st.sampled_from(["vanaf", "tot", 'date("2024-03-01")', 'vanaf + duration("P2D")', 'tot - duration("P1M")'])
NUMBERS = st.sampled_from(["loon", "saldo", "0", "2", "7", "(-1.5)", '((tot - vanaf) / duration("P1D"))', "vanaf.day"])
TRUTHS = st.sampled_from(["samen", 'soort = "a"', "true", "loon > 7", "saldo != 2", "vanaf <= tot"])
MORE_NUMBERS = (
    "vanaf.year",
    "(tot - vanaf).days",
    "date(2024, 2, 28).day",
    "tarief(soort).bedrag",
    "tarief(soort).vrij",
    "years(vanaf, tot)",
    "string length(soort)",
    "hoogstens({0})",
    "hoogstens(wat: {0})",
    "{{a: {0}, b: a + {1}}}.b",
    "{{a: {0}, b: {1}}}.a",
    "{{f: function(x) x + {0}}}.f({1})",
    "[{0}, {1}, 1][2]",
    "[{0}, {1}][-1]",
    "[{0}, {1}][item > 2][1]",
    "[{{a: {0}}}, {{a: {1}}}].a[2]",
    "[{{a: {0}}}, {{a: {1}}}][item.a > 0][1].a",
    "count([{0}, {1}][item > 1])",
    "sum(for x in [{0}, 2] return x * {1})",
    "sum(for x in [{0}, 2], y in [1, {1}] return x + y)",
    "(for x in 1..3 return if x = 1 then {0} else partial[-1] + {1})[3]",
    "index of([{0}, 2], {1})[1]",
    "mean({0}, {1})",
)
"""Where there is no rule of intervals, or one for lists."""
MORE_TRUTHS = (
    "{0} in [{1}, 2]",
    "{0} in ({1}, > 5)",
    "{0} in (< {1})",
    'soort in ["a"]',
    "{0} instance of number",
    "list contains([{0}, 2], {1})",
    'contains(soort, "a")',
    "(some x in [{0}, 2] satisfies x > {1})",
    "(every x in [{0}, 2], y in [{1}] satisfies x > y)",
    "[{0}, 2] = [{1}, 2]",
)


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A number from numbers: every operator and function with a rule of its own for what is not known."""
    two = st.tuples(inner, inner)
    return st.one_of(
        st.builds("({0[0]} {1} {0[1]})".format, two, st.sampled_from("+-*/")),
        st.builds("{1}({0[0]}, {0[1]})".format, two, st.sampled_from(["min", "max", "sum"])),
        st.builds("({1}({0}))".format, inner, st.sampled_from(["abs", "-", "floor", "ceiling"])),
        st.builds("(if {1} then {0[0]} else {0[1]})".format, two, TRUTHS),
        st.builds("round half up({0}, 1)".format, inner),
        st.builds("({0})".format, st.builds(str.format, st.sampled_from(MORE_NUMBERS), inner, inner)),
    )


NUMBER = st.recursive(NUMBERS, _deeper, max_leaves=5)


def _over(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A yes or no from yes and no."""
    return st.one_of(
        st.builds("({0} {2} {1})".format, inner, inner, st.sampled_from(["and", "or"])),
        st.builds("not({0})".format, inner),
    )


TRUTH = st.recursive(
    st.one_of(
        TRUTHS,
        st.builds("({0} {2} {1})".format, NUMBER, NUMBER, st.sampled_from(["<", "<=", "=", "!=", ">", ">="])),
        st.builds("({0} {2} {1})".format, DAYS, DAYS, st.sampled_from(["<", "<=", "=", ">"])),
        st.builds("({0} between {1} and {2})".format, NUMBER, NUMBER, NUMBER),
        st.builds("({0})".format, st.builds(str.format, st.sampled_from(MORE_TRUTHS), NUMBER, NUMBER)),
        st.builds("({0} in [{1}..{2}))".format, NUMBER, st.integers(-3, 3), st.integers(4, 20)),
    ),
    _over,
    max_leaves=4,
)


def ways(som: str, waar: str) -> Iterator[Graph]:
    """The flow with its diagrams, and by intervals alone. A formula that can never have a value does not load."""
    try:
        graph = load_flow(HEAD + FLOW.format(som=som, waar=waar))
    except FlowError as error:
        if {problem.code for problem in error.problems} == {"E-VALUELESS"}:
            reject()
        raise
    yield graph
    yield replace(graph, diagram=None)


def worked_out(graph: Graph, answers: Mapping[str, object], name: str) -> object:
    """The decision's value when everything is known, by FEEL's own program."""
    formula = graph.rulings[name].formula
    assert formula is not None
    functions = View(graph, answers)
    names = {own: worked_out(graph, answers, own) for own in formula.names if own in graph.rulings}
    flow = {own: functions.function(own) for own in ("tarief", "hoogstens")}
    value = formula.program({**answers, **names, **flow})
    return value if name != "waar" or isinstance(value, bool) else None


@MANY
@given(NUMBER, TRUTH, SOME_ANSWERS, st.lists(ALL_ANSWERS, min_size=4, max_size=8))
def test_no_completion_falls_outside_what_is_said_to_be_possible(
    som: str, waar: str, known: dict[str, Any], completions: list[dict[str, Any]]
) -> None:
    """Of a number, of a yes or no, and of the goal that rests on both."""
    for graph in ways(som, waar):
        view = View(graph, known)
        for full in completions:
            for name in ("som", "waar", "doel"):
                value = worked_out(graph, {**full, **known}, name)
                assert holds(view.possible(name), value), (name, value, view.possible(name))


@MANY
@given(NUMBER, TRUTH, SOME_ANSWERS, ALL_ANSWERS, st.sampled_from(sorted(DOMAINS)))
def test_a_fact_that_makes_a_difference_is_among_those_needed(
    som: str, waar: str, known: dict[str, Any], full: dict[str, Any], name: str
) -> None:
    """Two citizens who differ in one fact that is not known, and come out differently."""
    known.pop(name, None)
    for graph in ways(som, waar):
        for decision in ("som", "waar", "doel"):
            values = [worked_out(graph, {**full, **known, name: value}, decision) for value in DOMAINS[name]]
            if any(not same(values[0], other) for other in values[1:]):
                needed: set[str] = set()
                View(graph, known).needs(decision, needed)
                assert name in needed, (decision, values)


def test_an_amount_of_more_digits_than_there_is_room_for_is_rounded_to_itself() -> None:
    """No part of a cent is left to round, so it stays as it is and nothing breaks."""
    flow = HEAD + (
        "decisions:\n"
        f"  veel: {{type: money, round: half_up 0.01, is: 'if samen then {'9' * 200} else 1.005'}}\n"
        '  doel: {type: choice, options: [ja, nee], is: \'if veel > 2 then "ja" else "nee"\'}\n'
        "outcomes: {ja: {kind: answer, text: Ja}, nee: {kind: answer, text: Nee}}\n"
    )
    graph = load_flow(flow)
    large = View(graph, {"samen": True}).value("veel")
    assert isinstance(large, Decimal)
    assert large.adjusted() >= 199
    assert View(graph, {"samen": False}).value("veel") == Decimal("1.01")
    assert View(graph, {"samen": True}).value("doel") == "ja"
