"""Norms on a comparison: who loses, who gets stuck, how much is asked, and how soon somebody comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.answer import Citizen
from engine.harness.compare import compare
from engine.harness.compare_population import Population, count
from engine.harness.compare_shifts import GAINS, LOSES
from engine.harness.norms import BOARD, GO_ON, OPEN, Norms, measured, verdict

FLOW = """
wegwijzer: 1
flow: hulp
language: nl
question: Kan ik hulp krijgen?
goal: hulp
sources: {{regel: {{title: "Regel van gemeente Voorbeeld", note: "Voorbeeld."}}}}
facts:
  nood: {{type: boolean, ask: "Hebt u nu eten?", why: "Dan bellen we."}}
  mobiel: {{type: boolean, ask: "Hebt u een telefoon?", why: "Dan bellen we."}}
  nummer: {{type: phone, ask: "Op welk nummer?", why: "Dan bellen we."}}
decisions:
  hulp:
    type: choice
    options: [vandaag, loket, later]
    hit: first
    table: |
      | {heads} || hulp | source | because |
      |---|---||---|---|---|
      {rows}
outcomes:
  vandaag: {{kind: task, rank: 1, task: bel, needs: [nummer], text: "We bellen."}}
  loket: {{kind: task, rank: 1, task: loket, text: "Kom langs."}}
  later: {{kind: answer, rank: 0, text: "We schrijven."}}
tasks:
  bel: {{skill: hulp, within: {{working_hours: 4}}, title: "Bel", text: "Bel."}}
  loket: {{skill: hulp, within: {{working_hours: 2}}, title: "Help", text: "Help."}}
"""


def flow(heads: str, *rows: str) -> Graph:
    return load_flow(FLOW.format(heads=heads, rows="\n      ".join(rows)))


def old() -> Graph:
    """Whoever is in need is called, also who has no telephone."""
    return flow("nood | mobiel", "| yes | - || vandaag | regel | nood |", "| - | - || later | regel | geen nood |")


def new() -> Graph:
    """Whoever is in need and has no telephone comes to the desk."""
    return flow(
        "nood | mobiel",
        "| yes | no || loket | regel | geen telefoon |",
        "| yes | - || vandaag | regel | nood |",
        "| - | - || later | regel | geen nood |",
    )


PEOPLE: tuple[Mapping[str, object], ...] = (
    {"nood": True, "mobiel": True, "nummer": "0612345678"},
    {"nood": True, "mobiel": False},
    {"nood": False},
    {"nood": False},
)


def crowd(before: Graph, after: Graph, groups: tuple[str, ...] = ("nood",)) -> Population:
    people = [Citizen(answers, date(2026, 2, 2)) for answers in PEOPLE]
    return count(before, after, people, groups)


def test_a_norm_ends_in_a_verdict() -> None:
    """A met norm goes on, a missed one goes back, one that cannot be measured is undecided."""
    better = flow("nood | mobiel", "| yes | - || loket | regel | nood |", "| - | - || vandaag | regel | ook |")
    found = compare(better, old())
    norms = Norms({"loses_at_most": Decimal(1)})
    pair = next((shift.old, shift.new) for shift in found.shifts if shift.effect == LOSES)
    assert verdict(measured(norms, found, Population(1000, {pair: 5}, 0, None)), found) == GO_ON
    assert verdict(measured(norms, found, Population(1000, {pair: 20}, 0, None)), found) == BOARD
    assert verdict(measured(norms, found, None), found) == OPEN


def test_whoever_was_stuck_and_gets_there_gains_and_the_other_way_round_loses() -> None:
    """The person without a telephone cannot get to the end of the first version; going back strands them again."""
    there, back = crowd(old(), new()), crowd(new(), old())
    assert (there.stuck, there.arrives, there.strands, dict(there.lacking)) == ((1, 0), 1, 0, {})
    assert (back.stuck, back.arrives, back.strands, dict(back.lacking)) == ((0, 1), 0, 1, {"nummer": 1})
    assert there.effects(compare(old(), new()))[GAINS] == 0.25
    assert back.effects(compare(new(), old()))[LOSES] == 0.25
    assert not there.shifts
    norms = Norms({"loses_at_most": Decimal(0), "stuck_at_most": Decimal(20)})
    assert [own.found for own in measured(norms, compare(new(), old()), back)] == [25, 25]


def test_a_group_is_those_who_say_yes() -> None:
    """Norms of a group count its people alone: all they are asked, whoever is asked most, and the longest wait."""
    found, people = compare(old(), new()), crowd(old(), new())
    wanted = {
        "questions_at_most": Decimal(2),
        "questions_to_one_at_most": Decimal(3),
        "hours_to_person_at_most": Decimal(4),
    }
    tests = measured(Norms({"questions_to_one_at_most": Decimal(2)}, {"nood": wanted}), found, people)
    assert [(own.group, own.found, own.met) for own in tests] == [
        ("", 3, False), ("nood", 2.5, False), ("nood", 3, True), ("nood", 4, True),
    ]  # fmt: skip


def test_where_nobody_comes_by_itself_no_hour_is_found() -> None:
    """Everybody together includes who gets a letter, and whoever is stuck: the norm is missed, without a figure."""
    norms = Norms({"hours_to_person_at_most": Decimal(100)})
    (own,) = measured(norms, compare(old(), new()), crowd(old(), new()))
    assert (own.found, own.met) == (None, False)
    (own,) = measured(Norms({}, {"nood": norms.everybody}), compare(new(), old()), crowd(new(), old()))
    assert (own.found, own.met) == (None, False)


@pytest.mark.parametrize("group", ["nood", "mobiel"])
def test_without_people_a_group_cannot_be_measured(group: str) -> None:
    """A declared population has no lines to choose from, and a group may be empty: undecided, not met."""
    found = compare(old(), new())
    norms = Norms({}, {group: {"loses_at_most": Decimal(0)}})
    assert verdict(measured(norms, found, Population(10, {}, 0, None)), found) == OPEN
    empty = count(old(), new(), [Citizen({"nood": False}, date(2026, 2, 2))], (group,))
    assert verdict(measured(norms, found, empty), found) == OPEN
