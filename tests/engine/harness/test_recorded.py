"""A walk saved as a scenario runs green, whatever was walked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import AnswerError, RefusedEvent
from engine.flow.fields import dump_value
from engine.flow.keys import read_key
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.recorded import recorded, shortfall
from engine.harness.scenario import read_scenarios
from engine.harness.walk import Move, Walk, read_move, spelled, walked
from engine.harness.witness import likely

FLOWS = Path(__file__).resolve().parents[3] / "flows"
DAY = date(2026, 3, 2)


def graph(slug: str) -> Graph:
    return load_flow((FLOWS / slug / "flow.yaml").read_text("utf-8"))


TREE, FINE, DAYCARE = graph("boom-kappen"), graph("verkeersboete"), graph("dagopname")


@pytest.mark.parametrize(
    "lines",
    [
        ("spoed = yes",),
        ("spoed = no", "werk = snoeien", "vorm_verandert = no"),
        ("spoed = no",),
        ("spoed = no", "via phone", "werk = snoeien", "ask desk", "vorm_verandert = no"),
        ("omtrek_31_of_meer = no", "herplant_boom = no", "spoed = no", "werk = verwijderen"),
        ("spoed = no", "spoed = yes"),
    ],
)
def test_a_walk_becomes_a_scenario_that_holds(lines: tuple[str, ...]) -> None:
    """Route, channel, a request for a person, a changed answer, a stop half way: the scenario holds."""
    walk = walked(TREE, DAY, [read_move(line) for line in lines])
    text = recorded(walk, 'Zo: "net" als gelopen')
    assert shortfall(walk, text) == ()
    assert read_scenarios(text, "s.yaml")[0].name == 'Zo: "net" als gelopen'


def test_a_scenario_that_does_not_hold_says_why() -> None:
    """What the flow does otherwise, in a sentence."""
    walk = walked(TREE, DAY, [read_move("spoed = yes")])
    text = recorded(walk, "x").replace("neem_contact_op", "vergunningplicht")
    assert shortfall(walk, text) == ("expected outcome vergunningplicht, got neem_contact_op",)


@settings(max_examples=10)
@given(pick=st.data(), flow=st.sampled_from([TREE, FINE, DAYCARE]))
def test_any_walk_through_any_flow_can_be_saved(pick: st.DataObject, flow: Graph) -> None:
    """Whatever is answered, in whatever order, and sent: the saved scenario holds."""
    walk = Walk(flow, DAY)
    for _ in range(20):
        questions = [ask.fact for ask in walk.may().questions]
        if not questions:
            break
        key = pick.draw(st.sampled_from(questions))
        parsed = read_key(key)
        assert parsed is not None
        values = list(likely(flow.facts[parsed.path]))
        if not values:
            break
        value = pick.draw(st.sampled_from(values))
        try:
            walk.move(spelled(key, dump_value(flow.facts[parsed.path].spec.type, value)))
        except (AnswerError, RefusedEvent):
            break
    if "submit" in walk.may().steps and not walk.may().questions:
        walk.move(Move("do", "submit"))
    assert shortfall(walk, recorded(walk, "gelopen")) == ()
