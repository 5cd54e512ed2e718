"""A scenario speaks only of what its flow has: no slip of the pen becomes an expectation that nothing can break."""

from __future__ import annotations

import pytest

from engine.errors import FlowError
from engine.graph.load import load_flow
from engine.harness.scenario import read_scenarios
from engine.harness.seed import seed

FILES = seed("proef", "Mag dit?", "Het loopt slecht.", "Een telling.")
GRAPH = load_flow(FILES["flow.yaml"], "flow.yaml")


def problems(text: str) -> list[tuple[int, int, str, str]]:
    """Line, column, sentence and way out of everything that is wrong."""
    with pytest.raises(FlowError) as refused:
        read_scenarios(text, "s.yaml", GRAPH)
    return [(found.where.line, found.where.column, found.message, found.hint) for found in refused.value.problems]


@pytest.mark.parametrize(
    ("told", "kind", "meant"),
    [
        ("with: {haats: yes}", "fact", "haast"),
        ("with: [{}, {haats: yes}]", "fact", "haast"),
        ("registers: {haats: yes}", "fact", "haast"),
        ("worker: {judge: {haats: yes}}", "fact", "haast"),
        ("then: [{answer: {haats: yes}}]", "fact", "haast"),
        ("then: [{register: {haats: yes}}]", "fact", "haast"),
        ("then: [{payment: pay, paid: {haats: 1}}]", "fact", "haast"),
        ("wishes: {route: [haats]}", "fact", "haast"),
        ("wishes: {switch: [{after: haats, to: phone}]}", "fact", "haast"),
        ("wishes: {stop_after: haats}", "fact", "haast"),
        ("expect: {asked: {never: [haats]}}", "fact", "haast"),
        ("expect: {asked: {all: [haats]}}", "fact", "haast"),
        ("expect: {asks: {haats: x}}", "fact", "haast"),
        ("expect: {outcome: bel_mj}", "outcome", "bel_mij"),
        ("expect: {place: answerin}", "place or end", "answering"),
        ("expect: {states: [answerin]}", "place or end", "answering"),
        ("expect: {task: ask_persn}", "task", "ask_person"),
        ("expect: {rule: {antwoor: 1}}", "decision", "antwoord"),
        ("expect: {values: {antwoor: 1}}", "decision or fact", "antwoord"),
    ],
)
def test_a_name_that_nothing_bears_is_refused(told: str, kind: str, meant: str):
    """With its line, what it is not, and what was probably meant."""
    more = "" if told.startswith("expect") else ", expect: {}"
    found = problems(f"citizen: {{haast: no}}\nscenarios:\n  een: {{{told}{more}}}\n")
    assert len(found) == 1
    line, _, message, hint = found[0]
    assert (line, f"is no {kind} of this flow" in message, hint) == (3, True, f"Did you mean {meant}?")


def test_every_name_is_told_at_once_at_its_own_place():
    """The usual citizen too, each at its own character."""
    found = problems("citizen: {haats: no}\nscenarios:\n  een: {with: {woont: yes}, expect: {outcome: jaa}}\n")
    assert [(line, column) for line, column, _, _ in found] == [(1, 11), (3, 16), (3, 38)]


def test_the_scenarios_of_a_new_flow_speak_of_it():
    """What `wegwijzer new` writes has no unknown names."""
    assert read_scenarios(FILES["scenarios/eerste.yaml"], "s.yaml", GRAPH)
