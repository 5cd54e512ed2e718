"""What would have to be different: also for what counts only in a sum, an age or a list, and as near as it gets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.journey.relevance import relevance
from engine.journey.what_if import WhatIf, what_if

TEXT = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
facts:
  loon: {{type: money, min: 0, max: 90000, ask: "Wat verdient u?", why: "Daarvan hangt het af."}}
  huur: {{type: money, min: 0, max: 5000, ask: "Wat betaalt u?", why: "Daarvan hangt het af."}}
  geboren: {{type: date, ask: "Wanneer bent u geboren?", why: "Daarvan hangt het af."}}
  vandaag: {{type: date, from: [clock:start]}}
  kinderen:
    type: list
    item: kind
    max: 4
    ask: Welke kinderen?
    why: Daarvan hangt het af.
    of: {{oud: {{type: integer, min: 0, max: 40, ask: "Hoe oud?", why: "Daarom."}}}}
decisions:
  mag: {{type: choice, options: [ja, nee], is: 'if {when} then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, text: "Het mag."}}
  nee: {{kind: answer, text: "Het mag niet."}}
"""
KNOWN: dict[str, Any] = {
    "loon": Decimal("2000.00"),
    "huur": Decimal("600.00"),
    "geboren": date(2000, 5, 1),
    "vandaag": date(2026, 5, 1),
    "kinderen": 2,
    "kinderen[0].oud": Decimal(3),
    "kinderen[1].oud": Decimal(20),
}


def others(when: str, **otherwise: object) -> dict[str, list[WhatIf]]:
    """By fact what would lead elsewhere, for a flow with this rule."""
    graph, facts = load_flow(TEXT.format(when=when)), {**KNOWN, **otherwise}
    found: dict[str, list[WhatIf]] = {}
    for own in what_if(graph, facts, outcome(graph, facts), tuple(facts)):
        found.setdefault(own.fact, []).append(own)
    return found


def outcome(graph: Graph, facts: dict[str, Any]) -> str:
    """What comes out of these facts."""
    return relevance(graph, View(graph, facts)).outcome


def test_amounts_in_a_sum_are_told_to_the_cent() -> None:
    """The highest wage and the lowest rent with which it would have been allowed."""
    found = others("loon - huur < 1000")
    assert found == {
        "loon": [WhatIf("loon", Decimal("1599.99"), "ja")],
        "huur": [WhatIf("huur", Decimal("1000.01"), "ja")],
    }


def test_an_age_is_told_as_a_day_of_birth() -> None:
    """To the day, on both sides, and never as another day of today."""
    found = others("years(geboren, vandaag) in [18..64]")
    assert [own.value for own in found["geboren"]] == [date(1961, 5, 1), date(2008, 5, 2)]
    assert set(found) == {"geboren"}


def test_a_field_of_an_item_is_told_by_its_key() -> None:
    """One child's age, the other children as they are."""
    found = others("some k in kinderen satisfies k.oud < 18")
    assert found == {"kinderen[0].oud": [WhatIf("kinderen[0].oud", Decimal(18), "nee")]}


def test_nothing_is_told_where_one_answer_changes_nothing() -> None:
    """Two children under 18: it takes more than one answer."""
    assert others("some k in kinderen satisfies k.oud < 18", **{"kinderen[1].oud": Decimal(4)}) == {}


def test_what_the_fact_cannot_be_is_never_told() -> None:
    """A wage above what the question takes."""
    assert "loon" not in others("loon + huur > 90600")
    assert others("loon + huur >= 90600")["loon"] == [WhatIf("loon", Decimal(90000), "ja")]


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
@given(limit=st.integers(1, 80_000), wage=st.integers(0, 90_000), rent=st.integers(0, 5_000))
def test_it_is_the_nearest_on_its_side(sign: str, limit: int, wage: int, rent: int) -> None:
    """One cent nearer to the answer the outcome is as it was."""
    graph = load_flow(TEXT.format(when=f"loon - huur {sign} {limit}"))
    facts = {**KNOWN, "loon": Decimal(wage), "huur": Decimal(rent)}
    now = outcome(graph, facts)
    for own in what_if(graph, facts, now, ("loon", "huur")):
        assert isinstance(own.value, Decimal)
        nearer = own.value + (Decimal("0.01") if own.value < facts[own.fact] else Decimal("-0.01"))
        assert outcome(graph, {**facts, own.fact: own.value}) == own.outcome != now
        assert outcome(graph, {**facts, own.fact: nearer}) == now
