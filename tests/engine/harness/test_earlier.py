"""What is taken over from an earlier version is what the reducer would have made of it in this one."""

from __future__ import annotations

from functools import cache

import pytest

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.affected import prints
from engine.harness.driver import Trunk
from engine.harness.earlier import Grown, around, once_more
from engine.harness.mutate import mutants
from engine.harness.mutate_tree import RULES, WORDS
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario, read_scenarios
from tests.engine.harness.example_flows import FLOWS, changed, graph_of, text_of

SLUGS = ("boom-kappen", "verkeersboete", "dagopname", "bijstand")
EACH = 4  # mutants of one flow


@cache
def scenarios_of(slug: str) -> tuple[Scenario, ...]:
    files = sorted((FLOWS / slug / "scenarios").glob("*.yaml"))
    found = [own for file in files for own in read_scenarios(file.read_text("utf-8"), file.name)]
    return tuple(own for own in found if not own.wishes.every_route)


def edits(slug: str, kind: str, most: int) -> list[Graph]:
    """Versions of a flow that differ in decisions or words alone."""
    own = [own for own in mutants(text_of(slug), "f") if own.kind == kind]
    found = (changed(slug, one) for one in own[:: max(1, len(own) // (2 * most))])
    return [graph for graph in found if graph is not None and around(graph) == around(graph_of(slug))][:most]


def walked(trunk: Trunk, slug: str) -> list[Ran]:
    return [run(trunk.graph, own, twice=False, trunk=trunk) for own in scenarios_of(slug)]


def said(ran: Ran) -> tuple[object, ...]:
    """Everything that anybody reads of a run."""
    told = (ran.asked, ran.refused, ran.failures, ran.journey, ran.rows, ran.places, ran.outcomes, ran.moves)
    stored = [own.model_dump() for own in ran.end.events()] if ran.end is not None else []
    effects = [own.model_dump() for own in ran.end.effects()] if ran.end is not None else []
    return (*told, ran.channels, ran.people, stored, effects)


@pytest.mark.parametrize("slug", SLUGS)
def test_an_edited_decision_gives_what_a_fresh_walk_gives(slug: str) -> None:
    """Version after version, each after the one before: runs, events and effects are those of a walk of its own."""
    before, taken = Grown(graph_of(slug)), 0
    walked(before, slug)
    versions = edits(slug, RULES, EACH)
    assert len(versions) > 2
    for graph in versions:
        now = Grown(graph, before)
        runs = walked(now, slug)
        now.rest()
        assert [said(ran) for ran in runs] == [said(ran) for ran in walked(Trunk(graph), slug)]
        taken += sum(not ran.is_fresh for ran in runs)
        before = now
    assert taken > 0


@pytest.mark.parametrize("slug", SLUGS)
def test_what_happens_again_is_what_a_fresh_walk_gives(slug: str) -> None:
    """Back and forth between versions: whoever is told to go the same way again goes it, and ends the same."""
    good = Grown(graph_of(slug))
    well = walked(good, slug)
    before, runs, found = good, well, 0
    for graph in (own for edit in edits(slug, RULES, 2) for own in (edit, load_flow(text_of(slug)))):
        now = Grown(graph, before, also=() if before is good else (good,))
        again = [once_more(now, ran) or once_more(now, other) for ran, other in zip(runs, well, strict=True)]
        found += sum(ran is not None for ran in again)
        before = now
        runs = [
            ran or run(graph, own, twice=False, trunk=now) for ran, own in zip(again, scenarios_of(slug), strict=True)
        ]
        now.rest()
        assert [said(ran) for ran in runs] == [said(ran) for ran in walked(Trunk(graph), slug)]
    assert found > 0


@pytest.mark.parametrize("slug", SLUGS[:1])
def test_after_an_edit_of_words_every_way_is_taken_over(slug: str) -> None:
    """Words decide nothing: no point is worked out, and what scenarios expect to read is read from the new words."""
    before = Grown(graph_of(slug))
    walked(before, slug)
    for graph in [own for own in edits(slug, WORDS, 3) if prints(own).words == prints(graph_of(slug)).words]:
        runs = walked(Grown(graph, before), slug)
        assert not any(ran.is_fresh for ran in runs)
        assert [said(ran) for ran in runs] == [said(ran) for ran in walked(Trunk(graph), slug)]


def test_an_edit_beside_the_decisions_is_another_flow() -> None:
    """A deadline, a limit or a step: nothing may be taken over."""
    own = graph_of("boom-kappen")
    for old, new in (("within: {working_hours: 4}", "within: {working_hours: 5}"), ("skill: bomen", "skill: groen")):
        text = text_of("boom-kappen")
        assert old in text
        assert around(load_flow(text.replace(old, new, 1))) != around(own)
    assert around(load_flow(text_of("boom-kappen") + "# a note\n")) == around(own)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  leeftijd: {", '  klein: {each: kinderen, type: boolean, is: "geboren > vandaag"}\n  leeftijd: {'),
        ("of: {geboren: {type: date,", "of: {geboren: {type: date, when: samen,"),
    ],
)
def test_a_flow_that_looks_at_each_item_takes_nothing_over(old: str, new: str) -> None:
    """What is decided or asked of each item of a list is not compared."""
    text = text_of("bijstand")
    assert old in text
    text = text.replace(old, new, 1)
    graph = load_flow(text)
    before = Grown(graph)
    scenario = scenarios_of("bijstand")[0]
    run(graph, scenario, twice=False, trunk=before)
    again = load_flow(text)
    assert run(again, scenario, twice=False, trunk=Grown(again, before)).is_fresh


def test_items_of_a_list_are_told_apart() -> None:
    """Two who differ in their children alone are heard apart: a limit for children reaches one of them."""
    text = text_of("bijstand")
    graph, other = (
        load_flow(text),
        load_flow(text.replace("years(k.geboren, vandaag) < 18", "years(k.geboren, vandaag) < 9")),
    )
    before = Grown(graph)
    walked(before, "bijstand")
    runs = walked(Grown(other, before), "bijstand")
    assert [said(ran) for ran in runs] == [said(ran) for ran in walked(Trunk(other), "bijstand")]
    assert 0 < sum(not ran.is_fresh for ran in runs) < len(runs)
