"""What scenarios cover, what they do not, and who is suggested to fill the gap."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.boundaries import boundaries
from engine.harness.coverage import BOUNDARIES, CHANNELS, PEOPLE, RULES, STATES, TRANSITIONS, Part, coverage
from engine.harness.run import Ran, nth_order, run
from engine.harness.scenario import read_scenarios
from engine.harness.seed import FLOW, seed
from engine.harness.suggest import suggest
from engine.harness.suggest_words import written

FLOWS = Path(__file__).resolve().parents[3] / "flows"
BASE = seed("hulp", "Kan ik hulp krijgen?", "", "")["flow.yaml"]
FACTS = """\
  inkomen: {type: money, min: 0, max: 9000, label: Inkomen, ask: "Wat krijgt u?", why: "Dat telt mee."}
  geboren: {type: date, label: Geboren, ask: "Wanneer bent u geboren?", why: "U moet 18 zijn."}
  vandaag: {type: date, label: Vandaag, from: [clock:start]}

decisions:                              # what follows"""
ROWS = """\
      | haast | years(geboren, vandaag) | inkomen || antwoord | source | because                     |
      |-------|-------------------------|---------||----------|--------|-----------------------------|
      | yes   | -                       | -       || bel_mij  | regel  | u hebt vandaag hulp nodig   |
      | -     | >= 18                   | < 1000  || ja       | regel  | u woont in de gemeente      |
      | -     | -                       | -       || nee      | regel  | u woont in een andere plaats |
"""
CITIZEN = "as_of: 2026-01-15\ncitizen: {haast: no, woont_hier: yes, inkomen: 500, geboren: 1990-01-01}\n"
ONE = CITIZEN + "scenarios: {een: {expect: {outcome: ja}}}\n"


def flow() -> Graph:
    """The seed, about income and age."""
    head, _, rest = BASE.partition("decisions:                              # what follows")
    before, _, after = rest.partition("      | haast | woont_hier")
    after = after[after.index("\n\noutcomes:") :]
    english = "    inkomen: {label: Income, ask: What do you get?, why: It counts.}\n"
    english += (
        "    geboren: {label: Born, ask: When were you born?, why: You must be 18.}\n    vandaag: {label: Today}\n"
    )
    text = head + FACTS + before + ROWS + after
    return load_flow(text.replace("en:\n", "en:\n").replace("  facts:\n    haast:", f"  facts:\n{english}    haast:"))


GRAPH = flow()


def ran(text: str) -> list[Ran]:
    return [run(GRAPH, own) for own in read_scenarios(text, "s.yaml")]


def covered(text: str) -> Mapping[str, Part]:
    return {part.what: part for part in coverage(GRAPH, ran(text))}


def missing(text: str, what: str) -> set[str]:
    return {gap.name for gap in covered(text)[what].missing}


def test_the_seed_itself_is_about_one_flow() -> None:
    """The flow of these tests has two limits, with two sides each."""
    assert FLOW
    assert [own.name for own in boundaries(GRAPH)] == ["years(geboren, vandaag) against 18", "inkomen against 1000"]


@pytest.mark.parametrize(
    ("differs", "side"),
    [
        ("inkomen: 1000", "inkomen at 1000"),
        ("inkomen: 999.99", "inkomen just below 1000"),
        ("inkomen: 999.98", ""),
        ("inkomen: 1000.01", ""),
        ("geboren: 2008-01-15", "years(geboren, vandaag) at 18"),
        ("geboren: 2008-01-16", "years(geboren, vandaag) just below 18"),
        ("geboren: 2006-01-15", ""),
    ],
)
def test_a_limit_has_two_sides_a_step_apart(differs: str, side: str) -> None:
    """On it and just beside it count; further away does not, and neither does the wrong side."""
    all_sides = {name for own in boundaries(GRAPH) for name in own.sides}
    text = CITIZEN + f"scenarios: {{een: {{with: {{{differs}}}, expect: {{}}}}}}\n"
    assert all_sides - missing(text, BOUNDARIES) == ({side} if side else set())


def test_what_is_missing_is_named_with_its_line() -> None:
    """A row and a limit stand at the line where they are written."""
    text = covered(ONE)
    assert {gap.name for gap in text[RULES].missing} == {"antwoord row 1", "antwoord row 3"}
    assert all(gap.line > 0 for what in (RULES, BOUNDARIES) for gap in text[what].missing)


def test_places_steps_channels_and_ways_to_a_person_count() -> None:
    """A citizen who is in a hurry, calls, and withdraws has been there."""
    hurry = CITIZEN + (
        "scenarios:\n  haast:\n    with: {haast: yes}\n"
        "    wishes: {switch: [{after: haast, to: phone}], ask_person: desk}\n"
        "    then: [{citizen: withdraw}]\n    expect: {}\n"
    )
    found = covered(hurry)
    assert "judging" not in missing(hurry, STATES)
    assert "judging: withdraw -> withdrawn" not in missing(hurry, TRANSITIONS)
    assert "answering: settled -> judging" not in missing(hurry, TRANSITIONS)
    assert "asks for a person over desk" not in missing(hurry, PEOPLE)
    assert "asks for a person over phone" in missing(hurry, PEOPLE)
    assert found[CHANNELS].seen >= 1


def test_what_is_suggested_covers_what_is_missing_and_holds() -> None:
    """After adding the suggestions as they are written, rows and limits are covered, and every one is as expected."""
    found, not_found = suggest(GRAPH, ran(ONE))
    assert [own.name for own in not_found] == []
    text = written(found)
    again = ran(text)
    assert [own.failures for own in again if own.failures] == []
    together = {part.what: part for part in coverage(GRAPH, [*ran(ONE), *again])}
    assert together[RULES].share == together[BOUNDARIES].share == 100
    assert text.startswith("# To review")


def test_nothing_is_suggested_where_nothing_is_missing() -> None:
    """A second round adds nothing."""
    found, _ = suggest(GRAPH, ran(ONE))
    again, not_found = suggest(GRAPH, [*ran(ONE), *ran(written(found))])
    assert (again, not_found) == ((), ())


def test_orders_are_numbered() -> None:
    """Every number gives another order, and together they are all of them."""
    assert sorted({nth_order("abc", number) for number in range(6)}) == sorted(
        {("a", "b", "c"), ("a", "c", "b"), ("b", "a", "c"), ("b", "c", "a"), ("c", "a", "b"), ("c", "b", "a")}
    )


def test_every_route_says_how_many_were_tried() -> None:
    """Few questions: all orders; the figure is there for the reader."""
    text = CITIZEN + "scenarios: {een: {wishes: {every_route: yes}, expect: {outcome: ja}}}\n"
    (only,) = ran(text)
    assert only.failures == ()
    assert only.routes == (6, 6)


LISTED = """
wegwijzer: 1
flow: hulp
language: nl
question: Kan ik hulp krijgen?
goal: hulp
sources: {regel: {title: "Regel van gemeente Voorbeeld", note: "Voorbeeld."}}
facts:
  kinderen:
    type: list
    item: kind
    max: 1
    ask: Welke kinderen?
    why: Dat telt.
    of: {klein: {type: boolean, ask: "Is {item} klein?", why: "Dat telt."}}
decisions:
  hulp:
    type: choice
    options: [wel, niet]
    hit: first
    table: |
      | some k in kinderen satisfies k.klein || hulp | source | because               |
      |--------------------------------------||------|--------|-----------------------|
      | yes                                  || wel  | regel  | er is een klein kind  |
      | -                                    || niet | regel  | er is geen klein kind |
outcomes:
  wel: {kind: answer, text: "Ja."}
  niet: {kind: answer, text: "Nee."}
"""


def test_too_long_a_list_is_refused_and_covers_nothing() -> None:
    """A citizen with more items than fit is an expectation like another."""
    graph = load_flow(LISTED)
    told = "with: {kinderen: [{klein: yes}, {klein: no}]}, expect: {refused: kinderen}"
    text = f"as_of: 2026-01-15\nscenarios: {{x: {{{told}}}}}\n"
    runs = [run(graph, own) for own in read_scenarios(text, "s.yaml")]
    assert [own.failures for own in runs] == [()]
    assert all(part.seen == 0 for part in coverage(graph, runs) if part.what == RULES)
