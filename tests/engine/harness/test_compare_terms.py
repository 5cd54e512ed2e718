"""What a sum or a date decides: a citizen who fits what is said of them, the share at most, what norms make of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.graph.load import load_flow
from engine.harness.compare import compare
from engine.harness.compare_population import of_declared
from engine.harness.declared import Declared
from engine.harness.norms import BOARD, GO_ON, OPEN, Norms, measured, verdict

FLOW = """
wegwijzer: 1
flow: pas
language: nl
question: Krijg ik een pas?
goal: pas
facts:
  dag: {type: date, min: 2026-01-01, max: 2030-12-31, from: [clock:start]}
  geboren: {type: date, min: 2005-01-01, max: 2024-12-31, ask: "Wanneer bent u geboren?", why: "Daarom."}
  afstand: {type: integer, min: 0, max: 99, ask: "Hoe ver woont u?", why: "Daarom."}
decisions:
  leeftijd: {type: integer, is: "years(geboren, dag)"}
  pas:
    type: choice
    options: [bus, fiets, geen]
    hit: first
    table: |
      | afstand | leeftijd || pas   |
      | >= 6    | < 12     || bus   |
      | >= 6    | -        || fiets |
      | -       | -        || geen  |
outcomes:
  bus: {kind: answer, rank: 2, text: "De bus."}
  fiets: {kind: answer, rank: 1, text: "Een fiets."}
  geen: {kind: answer, rank: 0, text: "Niets."}
"""
OLD, NEW = load_flow(FLOW), load_flow(FLOW.replace(">= 6 ", ">= 7 "))


def test_the_citizen_of_a_group_fits_what_it_says() -> None:
    """Within every limit of the facts, and with the age that the group names."""
    for shift in compare(OLD, NEW).shifts:
        for group in shift.groups:
            born, day = (date.fromisoformat(group.witness[own]) for own in ("geboren", "dag"))
            assert date(2005, 1, 1) <= born <= date(2024, 12, 31)
            age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
            assert ("leeftijd) < 12" in group.rule) is (shift.old == "bus") is (age < 12)


def test_the_share_is_told_as_what_it_is_at_most() -> None:
    """One kilometre of a hundred: nobody else can be among them, whatever the days come to."""
    found = compare(OLD, NEW, Declared(1000, {"afstand": {"0..5": 50.0, "6..6": 0.4, "7..99": 49.6}}))
    assert {own.old for own in found.shifts} == {"bus", "fiets"}
    for shift in found.shifts:
        assert (shift.share, shift.people) == (None, None)
        assert shift.people_at_most == pytest.approx(0.004)
        assert 0 < (shift.at_most or 0) < 0.5


@pytest.mark.parametrize(("wanted", "says"), [("0", BOARD), ("0.4", OPEN), ("0.9", OPEN)])
@pytest.mark.parametrize("declared", [True, False])
def test_a_norm_of_nobody_is_missed_by_somebody(wanted: str, says: str, declared: bool) -> None:
    """Who loses by a date is somebody; how many is not known, so that a norm between the ends stays open."""
    crowd = Declared(1000, {"afstand": {"0..5": 50.0, "6..6": 0.4, "7..99": 49.6}}) if declared else None
    found = compare(OLD, NEW, crowd)
    people = of_declared(found, 1000, ("pas", "pas")) if declared else None
    (own,) = tests = measured(Norms({"loses_at_most": Decimal(wanted)}), found, people)
    assert verdict(tests, found) == says
    assert own.met is (True if declared and wanted == "0.9" else False if wanted == "0" else None)


def test_small_shares_are_not_rounded_away() -> None:
    """Less than one citizen of the population is not nobody."""
    old, new = (
        load_flow(FLOW.replace("< 12 ", "-    ")),
        load_flow(FLOW.replace("< 12 ", "-    ").replace(">= 6", ">= 7")),
    )
    found = compare(old, new, Declared(100, {"afstand": {"0..5": 50.0, "6..6": 0.001, "7..99": 49.999}}))
    people = of_declared(found, 100, ("pas", "pas"))
    for wanted, says in (("0", BOARD), ("0.01", GO_ON)):
        assert verdict(measured(Norms({"loses_at_most": Decimal(wanted)}), found, people), found) == says
