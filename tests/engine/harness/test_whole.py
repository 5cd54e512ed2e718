"""Plain values of a citizen of whom everything is known are what a view of the same answers gives."""

from __future__ import annotations

from datetime import date

import pytest

from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.declared import Declared
from engine.harness.dice import dice
from engine.harness.draws import Spreading
from engine.harness.whole import Rules
from tests.engine.harness.rare_pairs import BASE, FLOWS

ANYBODY = Declared(1, {}, date(2026, 3, 1))
FILES = sorted(FLOWS.glob("*/flow.yaml"))


def held(text: str, citizens: int) -> int:
    """How many values were the same; fails on the first that is not."""
    graph = load_flow(text)
    rules, spreading, throw = Rules(graph), Spreading(ANYBODY, graph.facts), dice()
    count = 0
    for _ in range(citizens):
        drawn = spreading.citizen(throw, {})
        view, person = View(graph, drawn.whole()), rules.person(drawn)
        for name in graph.rulings:
            assert rules.value(person, name) == view.value(name), (name, dict(drawn))
            count += 1
    return count


@pytest.mark.parametrize("path", FILES, ids=[own.parent.name for own in FILES])
def test_every_decision_of_an_example_flow_is_what_a_view_says(path: object) -> None:
    """Forty citizens drawn from all over, every decision of each."""
    assert held(path.read_text(encoding="utf-8"), 40)  # type: ignore[attr-defined]


def test_every_decision_over_lists_and_dates_is_what_a_view_says() -> None:
    """Sums over items, decisions about each, parameters by year, dates, ages, rounding."""
    assert held(BASE, 300)


MANY = """
wegwijzer: 1
flow: veel
language: nl
question: Wat?
goal: uit
facts:
  a: {type: integer, min: -3, max: 9, ask: "A?", why: "D."}
  b: {type: number, min: 0, max: 2, ask: "B?", why: "D."}
  c: {type: boolean, unsure: value, ask: "C?", why: "D."}
  d: {type: choices, options: [x, y, z], ask: "D?", why: "D."}
  e: {type: integer, min: 0, max: 4, when: c = yes, otherwise: 2, ask: "E?", why: "D."}
  k:
    type: list
    item: kind
    count: e
    ask: Welke?
    why: D.
    of:
      n: {type: integer, min: 0, max: 5, ask: "N?", why: "D."}
functions:
  keer: {given: {n: integer}, type: integer, is: n * 2 + a}
decisions:
  deling: {type: number, is: "if b = 0 then null else a / b"}
  twee: {type: integer, is: keer(e)}
  per: {each: k, type: integer, is: n + a}
  som: {type: integer, is: "if count(per) = 0 then 0 else sum(per)"}
  best:
    type: choice
    options: [hoog, laag, geen]
    hit: priority
    table: |
      | a      | som || best |
      | > 3    | -   || laag |
      | -      | > b || hoog |
      | not(0) | -   || geen |
  alle:
    type: choices
    options: [p, q, r]
    hit: collect
    table: |
      | d        | c    || alle |
      | has x    | -    || r    |
      | -        | yes  || p    |
      | has y, z | -    || q    |
  tel:
    type: integer
    hit: collect(sum)
    table: |
      | a   | e   || tel |
      | > 0 | -   || a   |
      | -   | < 3 || 1   |
  uit: {type: choice, options: [ja, nee], is: 'if deling > 1 or som > tel then "ja" else "nee"'}
outcomes:
  ja: {kind: answer, text: Ja, values: [best, alle, twee]}
  nee: {kind: answer, text: Nee}
"""


def test_every_hit_policy_is_what_a_view_says() -> None:
    """Null, unsure, division, functions, counted lists, `priority`, `collect`."""
    assert held(MANY, 400)
