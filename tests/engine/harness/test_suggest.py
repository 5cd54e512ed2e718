"""Who is suggested to go where no scenario has been: in the process, over the clock, by a worker, a payment, a list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.coverage import CHANNELS, PEOPLE, STATES, TRANSITIONS, WHATS, Part, coverage, goals, reached
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario, read_scenarios
from engine.harness.suggest import Left, Suggestion, suggest
from engine.harness.suggest_words import written

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUGS = ["bijstand", "boom-kappen", "dagopname", "omgevingsvergunning", "rijbewijs-leeftijdspoort"]
UNREACHED = {"dagopname": {"invited: settled -> reviewing"}}  # what its rules do not lead to before a person judged
MOST_LINES = 12


@cache
def graph_of(slug: str) -> Graph:
    return load_flow((FLOWS / slug / "flow.yaml").read_text("utf-8"))


@cache
def stripped(slug: str) -> tuple[Ran, tuple[Suggestion, ...], tuple[Left, ...], tuple[Ran, ...]]:
    """An example flow with its first scenario alone: that run, what is suggested, what is left, and the new runs."""
    graph = graph_of(slug)
    first = next(own for file in sorted((FLOWS / slug / "scenarios").glob("*.yaml")) for own in read(file))
    one = run(graph, first, twice=False)
    found, left = suggest(graph, [one])
    added = read_scenarios(written(found, "nl"), "s.yaml", graph)
    return one, found, left, tuple(run(graph, own) for own in added)


def read(file: Path) -> list[Scenario]:
    return [*read_scenarios(file.read_text("utf-8"), file.name)]


def by_kind(graph: Graph, runs: list[Ran]) -> Mapping[str, Part]:
    return {part.what: part for part in coverage(graph, runs)}


@pytest.mark.parametrize("slug", SLUGS)
def test_from_one_scenario_all_others_are_found(slug: str) -> None:
    """Every kind is covered by what is suggested, each comes out as it expects, and what is left is named with why."""
    one, _, left, added = stripped(slug)
    covered = by_kind(graph_of(slug), [one, *added])
    missing = {gap.name for part in covered.values() for gap in part.missing}
    assert [own.failures for own in added if own.failures] == []
    assert missing == UNREACHED.get(slug, set())
    assert {own.name for own in left} == missing
    assert all(own.why for own in left)


@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_too_many_is_suggested(slug: str) -> None:
    """Without any one of them something is not covered, and none goes on for longer than can be read."""
    graph = graph_of(slug)
    one, found, _, added = stripped(slug)
    wanted = {(kind, name) for kind, names in goals(graph).items() for name in names}
    been = [{(kind, name) for kind, names in reached(graph, own).items() for name in names} for own in (one, *added)]
    for at in range(1, len(been)):
        assert wanted & been[at].difference(*been[:at], *been[at + 1 :])
    assert max(len(own.scenario.then) for own in found) <= MOST_LINES


@pytest.mark.parametrize("kind", [STATES, TRANSITIONS, CHANNELS, PEOPLE])
def test_more_of_the_process_is_covered_than_before(kind: str) -> None:
    """Of each kind, on the flow with most of its own."""
    one, _, _, added = stripped("bijstand")
    graph = graph_of("bijstand")
    assert by_kind(graph, [one])[kind].share < 50
    assert by_kind(graph, [one, *added])[kind].share == 100


def test_what_a_clock_a_worker_and_a_channel_do_is_told_as_a_scenario_tells_it() -> None:
    """A term that runs out after time has passed, an objection that another worker looks at, and the phone."""
    text = written(stripped("bijstand")[1])
    for line in ("{late: advance}", "wait: P", "{citizen: object}", "name: bo", "{switch: phone}", "{asks: desk}"):
        assert line in text


GATE = """
wegwijzer: 1
flow: hulp
language: nl
question: Kan ik hulp krijgen?
goal: hulp
sources: {regel: {title: "Regel van gemeente Voorbeeld", note: "Voorbeeld."}}
facts:
"""
LISTED = (
    GATE
    + """\
  kinderen:
    type: list
    item: kind
    max: 4
    ask: Welke kinderen?
    why: Dat telt.
    of:
      thuis: {type: boolean, ask: "Woont {item} thuis?", why: "Dat telt."}
      jaren: {type: integer, min: 0, max: 30, ask: "Hoe oud is {item}?", why: "Dat telt."}
decisions:
  bedrag:
    each: kinderen
    type: money
    hit: first
    table: |
      | thuis | jaren || bedrag | source | because |
      |-------|-------||--------|--------|---------|
      | no    | -     || 0      | regel  | elders  |
      | -     | < 12  || 60     | regel  | klein   |
      | -     | -     || 80     | regel  | groter  |
  som: {type: money, is: sum(kinderen.bedrag)}
  hulp:
    type: choice
    options: [wel, niet]
    hit: first
    table: |
      | som    || hulp | source | because |
      |--------||------|--------|---------|
      | >= 140 || wel  | regel  | veel    |
      | -      || niet | regel  | weinig  |
outcomes:
  wel: {kind: answer, text: "Ja."}
  niet: {kind: answer, text: "Nee."}
"""
)
TWO = "kinderen: [{thuis: yes, jaren: 11}, {thuis: yes, jaren: 12}]"


def test_rows_and_limits_about_each_item_of_a_list_count() -> None:
    """The rows that decide for a child of somebody, and the sides of a limit on which some child stands."""
    graph = load_flow(LISTED)
    (only,) = [run(graph, own) for own in read_scenarios(f"scenarios: {{een: {{with: {{{TWO}}}, expect: {{}}}}}}", "s")]
    covered = by_kind(graph, [only])
    assert {gap.name for gap in covered["rules"].missing} == {"bedrag row 1", "hulp row 2"}
    assert {gap.name for gap in covered["boundaries"].missing} == {"som just below 140"}


def test_an_item_of_which_nothing_was_asked_covers_nothing() -> None:
    """With one child the answer is no, whatever its age: that row has decided nothing."""
    graph = load_flow(LISTED)
    text = "scenarios: {een: {with: {kinderen: [{thuis: yes, jaren: 11}]}, expect: {outcome: niet}}}"
    (only,) = [run(graph, own) for own in read_scenarios(text, "s")]
    assert {gap.name for gap in by_kind(graph, [only])["rules"].missing} >= {"bedrag row 2", "bedrag row 3"}


def test_items_are_suggested_too() -> None:
    """For each row about a child, and so many children that their sum lies on its limit."""
    graph = load_flow(LISTED)
    text = "scenarios: {een: {with: {kinderen: []}, expect: {outcome: niet}}}"
    runs = [run(graph, own) for own in read_scenarios(text, "s")]
    found, _ = suggest(graph, runs)
    added = [run(graph, own) for own in read_scenarios(written(found), "s", graph)]
    assert [own.failures for own in added if own.failures] == []
    covered = by_kind(graph, [*runs, *added])
    assert covered["outcomes"].share == covered["rules"].share == 100
    assert {gap.name for gap in covered["boundaries"].missing} <= {
        "som just below 140"
    }  # no sum of 60 and 80 lies there


def test_a_register_that_is_wrong_is_disputed_and_a_worker_settles_it() -> None:
    """Only in this way does the standard process come to be about somebody's judgement here."""
    flow = (
        GATE
        + """\
  bewoner: {type: boolean, from: [register:brp.bewoner, citizen], ask: "Woont u hier?", why: "Dat telt."}
decisions:
  hulp: {type: choice, options: [wel, niet], is: 'if bewoner then "wel" else "niet"'}
outcomes:
  wel: {kind: answer, text: "Ja."}
  niet: {kind: answer, text: "Nee."}
"""
    )
    graph = load_flow(flow)
    text = """
scenarios:
  een:
    registers: {bewoner: no}
    then: [{dispute: bewoner}, {citizen: submit}, {worker: propose, judge: {bewoner: yes}}]
    expect: {outcome: wel, place: decided}
"""
    (only,) = [run(graph, own) for own in read_scenarios(text, "s", graph)]
    assert only.failures == ()
    asked = read_scenarios("scenarios: {een: {with: {bewoner: yes}, expect: {}}}", "s", graph)
    found, _ = suggest(graph, [run(graph, own) for own in asked])
    assert "{dispute: bewoner}" in written(found)


def test_where_nothing_can_wait_for_a_person_no_place_of_theirs_is_counted() -> None:
    """A flow that the citizen alone can answer, whose rules always say, never comes to be judged."""
    names = goals(graph_of("rijbewijs-leeftijdspoort"))[STATES]
    assert "answering" in names
    assert not {"checking", "judging", "decided"} & set(names)


def test_every_kind_is_asked_for() -> None:
    """Whatever coverage counts is looked for."""
    found = stripped("bijstand")[1]
    covers = {name for own in found for name in own.covers}
    for kind in WHATS:
        assert any(str(name) in str(own) for name in goals(graph_of("bijstand"))[kind] for own in covers), kind
