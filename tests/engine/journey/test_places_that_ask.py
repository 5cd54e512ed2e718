"""What a place asks whatever the outcome (`needs`), what must be said anew there (`anew`), and the time it leaves
(`at_least`)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import FlowError
from engine.flow.versions import canonical_json
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.process_text import process_text
from engine.harness.prove import prove
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.replay import replay
from tests.engine.journey.test_clocks import last_day
from tests.engine.journey.travelling import MONDAY, Traveller, fact, facts, graph_of, text_of, worker

FACTS = facts(
    fact("eens", "boolean"),
    fact("reden", "text", "unsure: worker"),
    fact("dag", "date", "from: [register:brp.dag]"),
    fact("gebeld", "boolean", "from: [worker], skill: bellen, anew: [talking]"),
)
GOAL = """
antwoord: {type: choice, options: [betaal, bezwaar], is: if eens then "betaal" else "bezwaar"}
"""
OUTCOMES = """
betaal: {kind: answer, text: "Betaal."}
bezwaar: {kind: answer, needs: [reden], text: "Ga in bezwaar."}
"""
PROCESS = """
tasks: {bel: {skill: bellen, within: P1D, text: "Bel."}}
texts: {binnen: "Het is binnen."}
process:
  from: none
  places:
    asking: {who: citizen, does: questions, within: P30D, title: Vragen}
    open: {who: citizen, does: outcome, until: dag, at_least: P1W, title: Open}
    telling: {who: citizen, does: questions, within: P2W, needs: [reden], title: Vertel}
    talking: {who: worker, does: judge, within: P1W, skill: bellen, title: "Wij bellen"}
  ends: {paid: Betaald, over: Voorbij}
  steps: |
    | from    | event   | by      | if     | to      | do          |
    | asking  | settled | engine  | -      | open    | -           |
    | asking  | late    | clock   | -      | over    | -           |
    | open    | pay     | citizen | -      | paid    | -           |
    | open    | change  | citizen | -      | asking  | -           |
    | open    | late    | clock   | -      | talking | task bel    |
    | open    | contest | citizen | -      | telling | tell binnen |
    | paid    | contest | citizen | -      | telling | tell binnen |
    | telling | settled | engine  | -      | talking | task bel    |
    | telling | late    | clock   | -      | talking | task bel    |
    | talking | ready   | worker  | gebeld | over    | -           |
    | talking | ready   | worker  | else   | stay    | task bel    |
    | talking | wait    | worker  | -      | open    | -           |
    | talking | late    | clock   | -      | stay    | task bel    |
"""


def graph(process: str = PROCESS, known: str = FACTS) -> Graph:
    """The small flow, or a change of it."""
    return graph_of(known, GOAL, OUTCOMES, goal="antwoord", more=process)


def paid() -> Traveller:
    """Somebody who agreed and paid, and then contests it after all."""
    traveller = Traveller(graph())
    traveller.answers(eens=True).step("pay")
    traveller.step("contest")
    return traveller


def test_a_place_asks_what_the_outcome_does_not() -> None:
    """Whoever paid is asked for no reason; whoever contests it then is, and goes on with the answer."""
    traveller = paid()
    assert (traveller.journey.place, traveller.may().page) == ("telling", ("reden",))
    assert not traveller.relevant.is_settled
    traveller.answers(reden="Ik was er niet.")
    assert (traveller.journey.place, traveller.journey.outcome) == ("talking", "betaal")


def test_what_is_known_is_not_asked_there_again() -> None:
    """Who told the reason on the way to an outcome that needs it, passes the place without a question."""
    traveller = Traveller(graph())
    traveller.answers(eens=False, reden="Ik was er niet.").step("contest")
    assert traveller.journey.place == "talking"


def test_whoever_does_not_know_is_helped_there() -> None:
    """ "Weet ik niet" opens a task for a person, as with every question."""
    traveller = paid()
    traveller.do(ev.HelpWanted, fact="reden", leads_to="worker")
    assert [task.kind for task in traveller.open_tasks()] == ["needs_worker"]


def test_half_way_through_the_questions_only_that_is_asked() -> None:
    """What the rules still want waits, the outcome stays open, and the journey goes on with the answer."""
    process = PROCESS.replace("| open    | contest ", "| asking, open | contest ")
    traveller = Traveller(graph(process))
    traveller.step("contest")
    assert (traveller.journey.place, traveller.relevant.askable) == ("telling", ("reden",))
    traveller.answers(reden="Daarom.")
    assert (traveller.journey.place, traveller.journey.outcome) == ("talking", "")


def test_elsewhere_it_is_not_asked() -> None:
    """The needs of a place are its own."""
    traveller = Traveller(graph())
    traveller.answers(eens=True)
    assert (traveller.journey.place, traveller.relevant.needed) == ("open", ())


def test_a_judgement_is_given_anew_at_each_visit() -> None:
    """That somebody called the first time says nothing about the second; history keeps it."""
    traveller = Traveller(graph())
    traveller.answers(eens=True)
    traveller.step("contest")
    traveller.answers(reden="Daarom.")
    traveller.do(ev.JudgementGiven, worker(), fact="gebeld", value=True)
    assert traveller.journey.answers["gebeld"].value is True
    traveller.step("wait", worker())
    assert "gebeld" in traveller.journey.answers
    traveller.step("contest")
    assert traveller.journey.place == "talking"
    assert "gebeld" not in traveller.journey.answers
    traveller.step("ready", worker())
    assert traveller.journey.place == "talking"
    traveller.do(ev.JudgementGiven, worker(), fact="gebeld", value=True)
    traveller.step("ready", worker())
    assert traveller.journey.place == "over"


def test_a_replay_forgets_the_same() -> None:
    """What was forgotten is an event, so a replay needs no rules."""
    traveller = Traveller(graph())
    traveller.answers(eens=True).step("contest")
    traveller.answers(reden="Daarom.")
    traveller.do(ev.JudgementGiven, worker(), fact="gebeld", value=True)
    traveller.step("wait", worker())
    traveller.step("contest")
    assert replay(lambda key, value: load_fact(traveller.graph, key, value), traveller.stored) == traveller.journey


@pytest.mark.parametrize(("days", "last"), [(30, 30), (8, 8), (7, 7), (2, 7), (-10, 7)])
def test_whoever_comes_in_late_has_time_at_least(days: int, last: int) -> None:
    """A date that is near, or past, leaves a week from that moment; a later one counts as it is."""
    traveller = Traveller(graph())
    traveller.fetched("dag", (MONDAY + timedelta(days=days)).date().isoformat())
    traveller.answers(eens=True)
    assert last_day(traveller.journey.deadlines["place"]) == (MONDAY + timedelta(days=last)).date()


def test_a_date_that_comes_in_later_leaves_the_same_time() -> None:
    """Counted from when one came in, not from when the date became known."""
    traveller = Traveller(graph())
    traveller.answers(eens=True)
    traveller.later(days=3).fetched("dag", "2026-02-01")
    assert last_day(traveller.journey.deadlines["place"]) == (MONDAY + timedelta(days=7)).date()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("needs: [reden]", "needs: [redenen]", "E-REFERENCE"),
        ("does: outcome, until: dag, at_least: P1W", "does: outcome, needs: [reden], until: dag", "E-NEEDS"),
        ("within: P2W, needs: [reden]", "within: P2W, at_least: P1W", "E-KEY-TYPE"),
        ("anew: [talking]", "anew: [talks]", "E-REFERENCE"),
        ("from: [worker], skill: bellen, anew", "from: [payment], anew", "E-SUPPLIER"),
    ],
)
def test_what_cannot_be_is_said(old: str, new: str, code: str) -> None:
    """Names that there are not, places that ask nothing, a place without a date, a fact that nobody says."""
    text = text_of(FACTS, GOAL, OUTCOMES, goal="antwoord", more=PROCESS)
    assert old in text
    with pytest.raises(FlowError) as error:
        load_flow(text.replace(old, new))
    assert code in {found.code for found in error.value.problems}


def test_a_question_of_a_place_matters() -> None:
    """`prove` finds no useless question where a place asks it."""
    assert "P-USELESS" not in {found.problem.code for found in prove(graph()).findings}


def test_the_process_is_written_out_with_it() -> None:
    """What is printed has all keys of a place."""
    text = process_text(graph().process)
    assert "at_least: P1W" in text
    assert "needs: [reden]" in text


def test_a_version_without_these_keys_keeps_its_identity() -> None:
    """The keys count only where something stands in them: what was published before them is what it was."""
    old = graph(process="", known=facts(fact("eens", "boolean"), fact("reden", "text")))
    assert not any(key in str(old.process.as_json()) for key in ("at_least", "'needs'"))
    assert "anew" not in canonical_json(old.flow)
    assert "anew" in canonical_json(graph().flow)
