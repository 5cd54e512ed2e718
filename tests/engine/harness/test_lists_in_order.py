"""The order of a list of options is part of its value: z3 says it, a comparison tells it, a mutant turns it.

Flows whose rows rest on sums, so that no diagram holds them, beside flows that a diagram holds.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import worded
from engine.flow.parse import read_root
from engine.graph.graph import Graph
from engine.graph.load import load_flow, load_reading
from engine.graph.view import View
from engine.harness.compare import compare
from engine.harness.compare_shifts import CHANGES, MOVES
from engine.harness.mutate import mutants
from engine.harness.mutate_same import same_for_everybody
from engine.harness.prove import prove
from engine.lint.dutch import told
from tests.engine.harness.citizens import Oracle

pytest.importorskip("z3")

HEAD = """
wegwijzer: 1
flow: proef
language: nl
question: Wat?
goal: doel
facts:
  a: {type: boolean, ask: A?, why: Daarom.}
  n: {type: integer, min: 0, max: 40, ask: N?, why: Daarom.}
  m: {type: integer, min: 0, max: 40, ask: M?, why: Daarom.}
  wil: {type: choices, options: [x, y, z], ask: Wat?, why: Daarom.}
decisions:
"""
TAIL = """
  doel: {type: choice, options: [ja, nee], is: 'if LAST = ["y", "x"] then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, text: [Klaar., {show: options LAST}]}
  nee: {kind: answer, values: [LAST], text: Klaar.}
"""
Rule = tuple[str, str]
CONDITIONS = ("a", "not(a)", "n + m > 40", "n - m < 3", "n > 20", "true", 'has any(wil, ["z"])')
GIVEN = ("x", "y", "z", "y, x", "z, y, x", "wil", 'if n + m > 30 then ["x", "z"] else ["z"]', "[]", "none")
RULES = st.lists(st.tuples(st.sampled_from(CONDITIONS), st.sampled_from(GIVEN)), min_size=1, max_size=4)
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def decision(name: str, hit: str, rules: list[Rule]) -> str:
    """A decision by rules."""
    lines = "\n".join(f"      - {{when: '{when}', then: '{then}'}}" for when, then in rules)
    return f"  {name}:\n    type: choices\n    options: [x, y, z]\n    hit: {hit}\n    rules:\n{lines}\n"


def flow(*decisions: str, last: str = "wat") -> Graph:
    """A flow with these decisions, which asks for one order of the last."""
    return load_flow(HEAD + "".join(decisions).rstrip("\n") + TAIL.replace("LAST", last))


def everybody(seed: object) -> list[dict[str, Any]]:
    """Citizens on and beside the limits, in any order."""
    random = Random(str(seed))  # noqa: S311
    sums = [(n, m) for n, m in product((0, 2, 10, 20, 21, 38), (0, 3, 20, 21, 30))]
    return [
        {
            "a": random.random() < 0.5,
            "n": Decimal(n),
            "m": Decimal(m),
            "wil": [own for own in "xyz" if random.random() < 0.5],
        }
        for n, m in random.sample(sums, 12)
    ]


@SOME
@given(st.sampled_from(["rule order", "output order"]), RULES, st.sampled_from(["rule order", "collect"]), RULES)
def test_z3_puts_options_in_the_order_of_the_evaluator(
    inner: str, rules: list[Rule], outer: str, more: list[Rule]
) -> None:
    """Also where a row gives another such list, a chosen set or one of two lists, and where an order decides."""
    graph = flow(decision("eerst", inner, rules), decision("wat", outer, [("a", "eerst"), *more, ("n > 2", "eerst")]))
    oracle = Oracle(graph, list(graph.rulings))
    for known in everybody(rules):
        view = View(graph, known)
        assert oracle.says(known) == {name: view.value(name) for name in graph.rulings}, known


TURNED = [("n + m > 40", "x"), ("n - m < 3", "y"), ("a", "z, x")]


def test_rows_exchanged_over_sums_are_told_as_another_order_with_a_citizen() -> None:
    """For whom the sums are so; who gets the same list keeps it, so nothing else is told."""
    old, new = (flow(decision("wat", "rule order", rules)) for rules in (TURNED, [TURNED[1], TURNED[0], TURNED[2]]))
    found = [own for own in compare(old, new).shifts if own.of == "wat"]
    assert {(own.effect, own.old, own.new) for own in found} == {(MOVES, "[x, y, z]", "[y, x, z]")}
    assert [own.effect for own in compare(old, new).shifts if own.of == "doel"] == [CHANGES]
    assert told(worded(MOVES), "nl") == "andere volgorde"


def many(rules: list[Rule]) -> Graph:
    """Rows that give chosen options of which there are too many sets for a diagram."""
    options = "[x, y, z, p, q, r]"
    text = HEAD.replace("[x, y, z]", options) + decision("wat", "rule order", rules).replace("[x, y, z]", options)
    return load_flow(text.rstrip("\n") + TAIL.replace("LAST", "wat"))


def test_another_order_without_a_diagram_is_told_with_a_citizen() -> None:
    """z3 finds who gets the same options in another order, and nobody who gets others."""
    rules = [("a", "wil"), ("n + m > 40", "z, q")]
    found = [own for own in compare(many(rules), many(rules[::-1])).shifts if own.of == "wat"]
    assert {(own.effect, own.old, own.new) for own in found} == {(MOVES, "as it was", "in another order")}
    for group in found[0].groups:
        assert group.got is not None
        before, now = (own.strip("[]").split(", ") for own in group.got)
        assert before != now
        assert sorted(before) == sorted(now)
    assert told(found[0].new, "nl") == "in een andere volgorde"


def test_rows_exchanged_under_answers_are_told_as_another_order() -> None:
    """The diagram knows for whom; another option is no other order."""
    old = flow(decision("wat", "rule order", [("a", "x"), ("n > 20", "z")]))
    new = flow(decision("wat", "rule order", [("n > 20", "z"), ("a", "x")]))
    more = flow(decision("wat", "rule order", [("a", "x"), ("n > 20", "y")]))
    assert [(own.effect, own.old, own.new) for own in compare(old, new).shifts] == [(MOVES, "[x, z]", "[z, x]")]
    assert {own.effect for own in compare(old, more).shifts} == {CHANGES}
    assert compare(old, old).keys() == ()


@pytest.mark.parametrize("hit", ["collect", "output order"])
def test_rows_exchanged_where_options_have_the_order_are_no_difference(hit: str) -> None:
    """Over sums too: nobody, and nothing is left uncompared but the number of questions."""
    old, new = (flow(decision("wat", hit, rules)) for rules in (TURNED, [TURNED[1], TURNED[0], TURNED[2]]))
    assert compare(old, new).shifts == ()


BOTH = [("n + m > 40", "y"), ("n - m < 3", "x")]


@pytest.mark.parametrize(
    ("rules", "when", "broken"),
    [(BOTH, "n - m >= 3", False), (BOTH, "a", True), (BOTH[::-1], "a", False), ([("a", "y"), *BOTH], "a", True)],
)
def test_a_promise_about_an_order_is_proven_or_broken_with_a_citizen(
    rules: list[Rule], when: str, broken: bool
) -> None:
    """`=` asks for the order itself, over sums: the same options in the other order keep the promise."""
    text = HEAD + decision("wat", "rule order", rules).rstrip("\n") + TAIL.replace("LAST", "wat")
    proof = prove(load_flow(f"{text}promises:\n  - {{never: {{outcome: ja, when: '{when}'}}}}\n"))
    found = [own for own in proof.findings if own.problem.code == "P-PROMISE"]
    assert bool(found) is broken
    assert all(own.witness for own in found)
    assert proof.not_proven == ()


def faults(text: str) -> dict[str, Graph]:
    """The faults in the order of lists: what is told of each, and the flow that it makes."""
    wanted = ("hit policy", "rows swapped", "conclusion")
    made = [own for own in mutants(text, "flow.yaml") if own.operator in wanted]
    return {own.what: load_reading(read_root(own.root, [], text, "flow.yaml")) for own in made if "wat" in own.what}


def test_what_turns_a_list_is_a_fault_where_somebody_sees_it() -> None:
    """Rows and options in the other order and the other policy: faults, but for rows that never hold together."""
    table = """
      | a   | n    || wat  |
      |-----|------||------|
      | yes | -    || y, x |
      | no  | -    || z    |
      | -   | > 20 || z    |
"""
    text = HEAD + f"  wat:\n    type: choices\n    options: [x, y, z]\n    hit: HIT\n    table: |{table}" + TAIL[1:]
    text = text.replace("LAST", "wat")
    same = {}
    for hit in ("rule order", "output order"):
        old = text.replace("HIT", hit)
        same[hit] = {what: same_for_everybody(load_flow(old), new) for what, new in faults(old).items()}
    assert same["rule order"] == {
        "decisions.wat.hit: rule order -> output order": False,
        "wat rows 1 and 2 in the other order": True,
        "wat rows 2 and 3 in the other order": True,
        "wat row 1: y, x -> z": False,
        "wat row 1: y, x -> x, y": False,
        "wat row 2: z -> y, x": False,
        "wat row 3: z -> y, x": False,
    }
    assert same["output order"]["decisions.wat.hit: output order -> rule order"] is False
    assert same["output order"]["wat rows 2 and 3 in the other order"] is True
    assert "wat row 1: y, x -> x, y" not in same["output order"]
