"""What happens in a scenario after the questions: steps by each party, clocks, changed answers, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import FlowError
from engine.graph.load import load_flow
from engine.harness.run import Ran, run
from engine.harness.scenario import read_scenarios
from engine.journey.effects import SetDeadline
from engine.journey.events import Actor, ActorKind, JudgementGiven, Supplier
from engine.journey.options import options
from engine.journey.reducer import advance

FLOW = (Path(__file__).parent / "after.yaml").read_text("utf-8")
GRAPH = load_flow(FLOW)
ASK = "scenarios:\n  het:\n    "
CITIZEN = "citizen: {dag: 2026-03-20}\n"


def ran(more: str) -> Ran:
    return run(GRAPH, read_scenarios(CITIZEN + ASK + more, "s.yaml")[0])


def test_a_worker_judges_what_a_guard_reads_and_takes_the_step() -> None:
    """A fact that only a guard of the process reads can be judged by the worker whose step it is."""
    done = ran("then: [{worker: bel, judge: {goed: yes}}]\n    expect: {place: klaar}")
    assert done.failures == ()


def test_what_a_guard_reads_is_offered_to_the_worker() -> None:
    """The worker sees that fact, and the date until which the next place would wait."""
    done = ran("expect: {place: bellen}")
    assert done.journey is not None
    may = options(GRAPH, done.journey, Actor(kind=ActorKind.WORKER, id="a"), done.journey.started)
    assert may.judge == ("dag", "goed")


def test_a_payment_supplies_a_fact_and_takes_its_step() -> None:
    """What the payment service reports has payment as its supplier."""
    done = ran("then: [{payment: pay, paid: {betaald: 25}}]\n    expect: {place: klaar}")
    assert done.failures == ()
    assert done.journey is not None
    assert done.journey.answers["betaald"].supplier is Supplier.PAYMENT


def test_a_clock_runs_out() -> None:
    """`late: place` takes the time to the deadline, and what follows happens."""
    assert ran("then: [{late: place}]\n    expect: {place: bellen, task: te_laat}").failures == ()


def test_a_step_that_is_refused_as_expected_is_no_failure() -> None:
    """`refused` names the code; four eyes hold between two workers of a scenario."""
    own = "{worker: zie_na, name: a, refused: refused.four_eyes}"
    good = f"then: [{{worker: bel, name: a}}, {own}, {{worker: zie_na, name: b}}]"
    assert ran(good + "\n    expect: {place: klaar}").failures == ()


def test_a_step_that_should_have_been_refused_is_a_failure() -> None:
    """Expecting a refusal that does not come fails."""
    wrong = "then: [{worker: bel, refused: refused.four_eyes}]\n    expect: {place: naderhand}"
    assert ran(wrong).failures == ("scenario.not_refused was refused",)


def test_one_thing_at_a_time() -> None:
    """A line of `then` that says two things is refused with its place in the file."""
    with pytest.raises(FlowError, match="Exactly one of"):
        ran("then: [{worker: bel, citizen: bel}]\n    expect: {place: klaar}")


def test_the_clock_of_a_place_follows_its_date() -> None:
    """Where a place waits until a date and that date changes, its clock changes with it."""
    journey = ran("expect: {place: bellen}").journey
    assert journey is not None
    worker = Actor(kind=ActorKind.WORKER, id="a")
    later = JudgementGiven(id="j1", at=journey.started, actor=worker, fact="dag", value="2026-04-20")
    step = advance(GRAPH, journey, later)
    assert str(journey.deadlines["place"])[:10] == "2026-03-20"
    assert str(step.journey.deadlines["place"])[:10] == "2026-04-20"
    assert [type(effect) for effect in step.effects] == [SetDeadline]
