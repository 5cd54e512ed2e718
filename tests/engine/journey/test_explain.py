"""Why it came out so: rules, sources, facts with suppliers, what did not apply, and what would be otherwise."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.flow.fields import dump_value
from engine.flow.model import FactType
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.answer import Answered, Citizen, answer
from engine.harness.answer_explained import explained
from engine.journey.explain import Conclusion, Explanation, UsedFact, because_in
from engine.journey.what_if import WhatIf
from tests.engine.harness.citizens import citizen
from tests.shared_material import ROOT

DAY = date(2026, 5, 1)
TREE: dict[str, Any] = {
    "spoed": False,
    "werk": "verwijderen",
    "beheerplan": False,
    "iepziekte": False,
    "omtrek_31_of_meer": True,
    "herplant_boom": False,
}
FLOWS = ("boom-kappen", "rijbewijs-leeftijdspoort", "dagopname")


@lru_cache(maxsize=len(FLOWS))
def graph_of(slug: str) -> Graph:
    """An example flow."""
    return load_flow((ROOT / "flows" / slug / "flow.yaml").read_text(encoding="utf-8"), slug)


def told(graph: Graph, answers: dict[str, Any]) -> tuple[Answered, Explanation]:
    """What came out for a citizen, and why."""
    who = Citizen(answers, DAY)
    found = answer(graph, who)
    return found, explained(graph, who, found)


def tree(**otherwise: Any) -> Explanation:
    """Why, of somebody who wants to fell a thick tree."""
    return told(graph_of("boom-kappen"), {**TREE, **otherwise})[1]


def conclusion(found: Explanation, decision: str) -> Conclusion:
    """What was concluded about one decision."""
    return next(own for own in found.conclusions if own.decision == decision)


def test_the_goal_comes_first_then_what_it_rests_on():
    """Each decision once, nearest to the goal first."""
    found = tree()
    assert found.outcome == "vergunningplicht"
    assert [own.decision for own in found.conclusions] == ["toestemming", "kleine_boom", "dunnen_volgens_plan"]
    assert conclusion(found, "toestemming").rests_on == ("kleine_boom", "dunnen_volgens_plan")


def test_a_conclusion_names_its_row_its_source_and_its_reason():
    """The row that decides, the rule of law behind it, and the reason in plain words, also in the other language."""
    own = conclusion(tree(), "toestemming")
    assert (own.value, own.row, own.source) == ("vergunningplicht", 5, "verbod")
    assert own.because == "de boom is beschermd en blijft niet staan zoals hij is"
    ruling = graph_of("boom-kappen").rulings["toestemming"]
    assert because_in(ruling, own.because, "en") == "the tree is protected and does not stay as it is"
    assert because_in(ruling, "no such reason", "en") == "no such reason"


def test_a_calculation_is_told_as_it_is_written():
    """A decision by formula has no row; its text stands in the conclusion."""
    own = conclusion(tree(), "kleine_boom")
    assert (own.value, own.row, own.calculation) == (False, 0, "not(omtrek_31_of_meer) and not(herplant_boom)")


def test_facts_come_with_their_supplier_and_day():
    """Who supplied each fact and when: the citizen here, and the clock."""
    used = {own.fact: own for own in tree().facts}
    assert set(used) <= {"spoed", "werk", "beheerplan", "iepziekte", "omtrek_31_of_meer", "herplant_boom"}
    own = used["werk"]
    assert isinstance(own, UsedFact)
    assert (own.value, own.supplier, own.at and own.at.date()) == ("verwijderen", "citizen", DAY)
    graph = graph_of("rijbewijs-leeftijdspoort")
    _, found = told(graph, {"geboortedatum": "2000-01-01"})
    assert {own.fact: own.supplier for own in found.facts}["vandaag"] == "clock"


def test_every_other_row_says_which_condition_does_not_hold():
    """Of a row that does not apply the first condition that fails, with what it saw."""
    passed = {own.number: (own.condition, own.saw) for own in conclusion(tree(), "toestemming").passed}
    assert passed[1] == ("spoed", False)
    assert passed[2] == ("kleine_boom", False)
    assert 5 not in passed


def test_only_what_was_asked_is_explained():
    """What no longer mattered was not asked, and is no part of the reasons."""
    found = tree(spoed=True)
    assert found.outcome == "neem_contact_op"
    assert [own.fact for own in found.facts] == ["spoed"]


def test_an_open_outcome_has_no_counterfactuals():
    """While the outcome is not certain there is nothing to be otherwise."""
    answered, found = told(graph_of("boom-kappen"), {"spoed": False})
    assert (answered.outcome, found.outcome, found.what_if) == ("", "", ())


def test_it_says_what_would_have_to_be_different():
    """Single answers that lead elsewhere, the others left as they are."""
    found = tree().what_if
    assert WhatIf("spoed", True, "neem_contact_op") in found
    assert WhatIf("iepziekte", True, "toestemmingsvrij") in found
    assert all(own.outcome != "vergunningplicht" for own in found)


def _dumped(graph: Graph, known: dict[str, Any]) -> dict[str, Any]:
    return {key: dump_value(graph.facts[key].spec.type, value) for key, value in known.items()}


@pytest.mark.parametrize("slug", FLOWS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_counterfactual_gives_the_outcome_it_promises(slug: str, seed: int):
    """Run again with that one answer changed and all others as they were told: the outcome is the one promised."""
    graph = graph_of(slug)
    plain = {
        key: value
        for key, value in citizen(graph, Random(seed)).items()  # noqa: S311  no secret rests on it
        if graph.facts[key].spec.type is not FactType.LIST and key not in graph.clocks
    }
    answered, found = told(graph, _dumped(graph, plain))
    known = {key: value for key, value in answered.known.items() if key not in graph.clocks}
    for own in found.what_if:
        again, _ = told(graph, _dumped(graph, {**known, own.fact: own.value}))
        assert again.outcome == own.outcome != answered.outcome
