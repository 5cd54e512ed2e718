"""`confirm: ask`: what a register said is used by no rule until the citizen has confirmed it, or said otherwise."""

from __future__ import annotations

from functools import partial

import pytest

from engine.errors import FlowError, RefusedEvent, Where
from engine.graph.graph import Graph
from engine.harness.answer import Citizen, answer
from engine.harness.run import run
from engine.harness.scenario import Expect, Scenario, Wishes
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.codec import dump_event, dump_journey, load_event, load_journey
from engine.journey.replay import replay
from tests.engine.journey.travelling import MONDAY, REGISTER, Traveller, fact, facts, graph_of, worker

GOAL = """
doel:
  type: choice
  options: [wel, niet]
  is: if inkomen < 1000 then "wel" else "niet"
"""
OUTCOMES = """
wel: {kind: answer, text: Ja}
niet: {kind: answer, text: Nee}
"""
SUPPLIERS = "from: [register:uwv.inkomen, citizen], confirm: {}"


def flow(confirm: str = "ask") -> Graph:
    """One figure that a register knows."""
    return graph_of(facts(fact("inkomen", "money", SUPPLIERS.format(confirm))), GOAL, OUTCOMES)


def told(confirm: str = "ask") -> Traveller:
    """The register said 900."""
    traveller = Traveller(flow(confirm))
    traveller.fetched("inkomen", "900.00")
    return traveller


def answered(value: str) -> tuple[Traveller, tuple[ev.Supplier, str, bool]]:
    """The register said 900 and the citizen this; with supplier, source, and whether it is confirmed."""
    traveller = told()
    traveller.answer("inkomen", value)
    own = traveller.journey.answers["inkomen"]
    return traveller, (own.supplier, own.source, own.confirmed)


def test_shown_is_used_and_asked_is_not() -> None:
    """With `show` the register decides; with `ask` the question stays, and says that it is to be confirmed."""
    assert (told("show").journey.outcome, told("silent").journey.outcome) == ("wel", "wel")
    traveller = told()
    assert traveller.journey.outcome == ""
    assert [(ask.fact, ask.confirm) for ask in traveller.may().questions] == [("inkomen", True)]
    assert traveller.may().disputable == ()


def test_the_same_value_confirms_what_the_register_said() -> None:
    """The register stays the source, the outcome follows, and from then on it can be disputed like any other."""
    traveller, said = answered("900")
    assert said == (ev.Supplier.REGISTER, "brp", True)
    assert traveller.journey.outcome == "wel"
    assert traveller.may().disputable == ("inkomen",)
    assert traveller.may().changeable == ()


def test_another_value_is_the_citizens_own() -> None:
    """Who changes it has said it: the citizen is the supplier, and may change it again."""
    traveller, said = answered("1200.00")
    assert said == (ev.Supplier.CITIZEN, "", False)
    assert traveller.journey.outcome == "niet"
    assert traveller.may().changeable == ("inkomen",)


def test_a_worker_on_the_phone_can_take_the_confirmation() -> None:
    """The same over any channel, by whoever hears it."""
    traveller = told()
    traveller.answer("inkomen", "900.00", worker())
    assert traveller.journey.answers["inkomen"].confirmed


def test_what_must_be_confirmed_is_not_disputed_but_answered() -> None:
    """A dispute would wait for a person; the question is there."""
    traveller = told()
    with pytest.raises(RefusedEvent) as refused:
        traveller.do(ev.FactDisputed, fact="inkomen", reason="Klopt niet.")
    assert refused.value.code == "refused.nothing_to_dispute"


def test_a_register_that_says_it_again_asks_nothing_anew() -> None:
    """The same value stays confirmed; another one is a question again."""
    traveller = told()
    traveller.answer("inkomen", "900.00")
    traveller.fetched("inkomen", "900.00")
    assert traveller.journey.answers["inkomen"].confirmed
    traveller.do(ev.FactFetched, REGISTER, fact="inkomen", value="950.00", source="uwv")
    assert traveller.may(worker()).questions[0].confirm


def test_saved_replayed_and_straight_are_one() -> None:
    """At every step the snapshot and the events give the same journey."""
    traveller = told()
    for value in (None, "900.00"):
        if value is not None:
            traveller.answer("inkomen", value)
        graph, journey = traveller.graph, traveller.journey
        assert load_journey(graph, dump_journey(graph, journey)) == journey
        stored = [load_event(dump_event(own)) for own in traveller.stored]
        assert replay(partial(load_fact, graph), stored) == journey


def test_a_fact_that_a_register_shows_is_not_overwritten() -> None:
    """With `show` another value is no answer: the citizen disputes it, and a person looks."""
    traveller = told("show")
    with pytest.raises(RefusedEvent) as refused:
        traveller.answer("inkomen", "1200.00")
    assert refused.value.code == "refused.not_askable"


@pytest.mark.parametrize("suppliers", ["[citizen]", "[register:uwv.inkomen]", "[register:uwv.inkomen, worker]"])
def test_ask_needs_a_register_that_says_it_and_a_citizen_who_can_say_otherwise(suppliers: str) -> None:
    """Anything else does not load."""
    own = fact("inkomen", "money", f"from: {suppliers}, confirm: ask")
    with pytest.raises(FlowError) as refused:
        graph_of(facts(own), GOAL, OUTCOMES)
    assert [problem.code for problem in refused.value.problems] == ["E-CONFIRM"]


def test_outside_the_product_it_counts_as_a_question() -> None:
    """`answer` asks it, takes what the register says where the citizen says nothing else, and counts the question."""
    alone = answer(flow(), Citizen({}, MONDAY.date(), prefill={"inkomen": "900.00"}))
    assert (alone.outcome, alone.asked) == ("wel", ("inkomen",))
    other = answer(flow(), Citizen({"inkomen": "1200.00"}, MONDAY.date(), prefill={"inkomen": "900.00"}))
    assert (other.outcome, other.asked) == ("niet", ("inkomen",))
    shown = answer(flow("show"), Citizen({}, MONDAY.date(), prefill={"inkomen": "900.00"}))
    assert (shown.outcome, shown.asked) == ("wel", ())


def test_a_scenario_confirms_what_it_does_not_contradict() -> None:
    """The citizen of a scenario who is not said to think otherwise confirms; it is asked, once."""
    for answers, outcome in (({}, "wel"), ({"inkomen": "1200"}, "niet")):
        own = ("x", 1, Where(), MONDAY.date(), answers, {"inkomen": "900"}, None, (), Wishes(), Expect())
        scenario = Scenario(*own)
        ran = run(flow(), scenario)
        assert ran.failures == ()
        assert ran.asked == ("inkomen",)
        assert ran.journey is not None
        assert ran.journey.outcome == outcome
