"""Citizens who share a trunk: what is worked out once for all of them is what each would have got alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import RefusedEvent
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.driver import CITIZEN, Driver, Point, Trunk, worker
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario, read_scenarios
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.codec import dump_event, dump_journey, load_event, load_journey
from engine.journey.options import options
from engine.journey.reducer import advance
from engine.journey.replay import replay
from engine.journey.state import Journey

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUGS = ("boom-kappen", "bijstand", "dagopname")
SOME = 4  # one in so many scenarios is walked the plain way
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@cache
def graph_of(slug: str) -> Graph:
    return load_flow((FLOWS / slug / "flow.yaml").read_text("utf-8"))


@cache
def scenarios_of(slug: str) -> tuple[Scenario, ...]:
    files = sorted((FLOWS / slug / "scenarios").glob("*.yaml"))
    return tuple(own for file in files for own in read_scenarios(file.read_text("utf-8"), file.name))


@cache
def alone(slug: str) -> tuple[Ran, ...]:
    return tuple(run(graph_of(slug), own) for own in scenarios_of(slug))


def said(ran: Ran) -> tuple[object, ...]:
    """Everything that anybody reads of a run."""
    told = (ran.asked, ran.refused, ran.failures, ran.journey, ran.rows, ran.places, ran.outcomes, ran.moves)
    return (*told, ran.channels, ran.people, ran.routes)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_point_is_what_the_reducer_makes_of_its_events_one_by_one(slug: str) -> None:
    """Event by event through the reducer, without any trunk: the same journeys, questions and steps."""
    graph = graph_of(slug)
    for ran in alone(slug)[::SOME]:
        journey = None
        for point in ran.end.way if ran.end is not None else ():
            journey = advance(graph, journey, point.event).journey
            assert journey == point.journey
            may = options(graph, journey, CITIZEN, point.event.at)
            assert tuple(ask.fact for ask in may.questions) == point.questions
            assert may.steps == point.steps
            assert may == point.may(CITIZEN, point.event.at)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_point_survives_being_saved_and_restored_before_each_event(slug: str) -> None:
    """A plain walk that saves and restores before every event, and a plain replay, come to the same journey."""
    graph = graph_of(slug)
    for ran in alone(slug)[::SOME]:
        assert ran.end is not None
        journey: Journey | None = None
        for point in ran.end.way:
            saved = None if journey is None else load_journey(graph, dump_journey(graph, journey))
            journey = advance(graph, saved, point.event).journey
        stored = [load_event(dump_event(own)) for own in ran.end.events()]
        assert journey == ran.journey == replay(partial(load_fact, graph), stored)
        assert ran.end.survives()
        assert ran.end.replays()


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(SLUGS), st.randoms(use_true_random=False))
def test_whoever_went_before_makes_no_difference(slug: str, chance: object) -> None:
    """Scenarios in any order over one trunk come out as each alone, in everything that is read of them."""
    graph, order = graph_of(slug), list(range(len(scenarios_of(slug))))
    chance.shuffle(order)  # type: ignore[attr-defined]
    trunk = Trunk(graph)
    for number in order:
        shared = run(graph, scenarios_of(slug)[number], trunk=trunk)
        assert said(shared) == said(alone(slug)[number])


def started(slug: str = "boom-kappen", trunk: Trunk | None = None) -> Driver:
    driver = Driver(trunk or Trunk(graph_of(slug)), NOON)
    driver.start("s", "S")
    return driver


def test_equal_events_lead_to_one_point() -> None:
    """Two citizens who tell the same stand at the same point; one who tells otherwise, or later, does not."""
    trunk = Trunk(graph_of("boom-kappen"))
    one, other, late = started(trunk=trunk), started(trunk=trunk), started(trunk=trunk)
    for each, value in ((one, True), (other, True)):
        each.do(ev.AnswerGiven, fact="spoed", value=value)
    late.at += timedelta(seconds=1)
    late.do(ev.AnswerGiven, fact="spoed", value=True)
    assert one.point is other.point
    assert late.point is not one.point
    assert late.now != one.now


def test_values_that_look_alike_are_told_apart() -> None:
    """The number 1 is no yes: it is refused, although somebody answered yes before."""
    trunk = Trunk(graph_of("boom-kappen"))
    started(trunk=trunk).do(ev.AnswerGiven, fact="spoed", value=True)
    other = started(trunk=trunk)
    with pytest.raises(Exception, match=r"answer\.boolean|answer\.type|spoed"):
        other.do(ev.AnswerGiven, fact="spoed", value=1)


def test_what_is_refused_leads_nowhere() -> None:
    """After a refusal the citizen stands where they stood, and may go on."""
    driver = started()
    before = driver.stand
    with pytest.raises(RefusedEvent):
        driver.do(ev.StepTaken, step="submit")
    assert driver.stand == before
    driver.do(ev.AnswerGiven, fact="spoed", value=True)
    assert driver.now.outcome == "neem_contact_op"


def test_a_driver_can_go_back() -> None:
    """`stand` is where to go back to: point, clock and channel."""
    driver = started()
    before = driver.stand
    driver.switch(ev.Channel.PHONE)
    driver.wait(driver.at + timedelta(days=2))
    driver.stand = before
    assert (driver.at, driver.channel, driver.now.channel) == (NOON, ev.Channel.WEB, ev.Channel.WEB)


def test_clocks_are_heard_in_order_while_time_passes() -> None:
    """Each clock once, the earliest first, and the time is what was waited for."""
    driver = started()
    due = sorted(driver.now.deadlines.values())
    heard = driver.wait(due[-1] + timedelta(days=1))
    assert heard
    assert driver.at >= due[-1] + timedelta(days=1)
    passed = [own.at for own in driver.point.events() if isinstance(own, ev.DeadlinePassed)] if driver.point else []
    assert passed == sorted(passed)


def test_a_task_is_claimed_once() -> None:
    """The oldest open task; whoever comes second does not take it away."""
    driver = started()
    assert driver.claim(worker("anna")) == ""
    driver.do(ev.AnswerGiven, fact="spoed", value=True)
    task = driver.claim(worker("anna"))
    assert driver.claim(worker("bram")) == task
    assert driver.now.tasks[task].claimed_by == "anna"


def test_a_journey_that_does_not_survive_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """When restoring loses an answer, the run says so."""

    def forgetful(graph: Graph, plain: dict[str, object]) -> object:
        return load_journey(graph, {name: own for name, own in plain.items() if name != "answers"})

    monkeypatch.setattr("engine.harness.driver.load_journey", forgetful)
    longest = max(alone("boom-kappen"), key=lambda own: len(own.asked)).scenario
    ran = run(graph_of("boom-kappen"), longest)
    assert "saved and restored after every event, the journey came out different" in ran.failures


def test_a_point_knows_its_way() -> None:
    """From the start to here, each point after the one before it."""
    driver = started()
    driver.do(ev.AnswerGiven, fact="spoed", value=False)
    assert isinstance(driver.point, Point)
    assert [own.count for own in driver.point.way] == [1, 2]
    assert next(own.id for own in driver.point.events()) == "s1"
