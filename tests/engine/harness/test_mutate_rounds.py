"""Which roundings change nothing, and which rows may stand in another order: what is no fault counts as none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.mutate_rounds import whole_steps
from engine.harness.mutate_same import same_for_everybody

BIJSTAND = (Path(__file__).resolve().parents[3] / "flows/bijstand/flow.yaml").read_text("utf-8")
FLOW = """
wegwijzer: 1
flow: hulp
language: nl
question: Kan ik hulp krijgen?
goal: hulp
facts:
  inkomen: {type: money, min: 0, max: 900, ask: "Wat krijgt u?", why: "Dat telt."}
  leden: {type: integer, min: 0, max: 8, ask: "Met hoeveel bent u?", why: "Dat telt."}
  deel: {type: number, min: 0, max: 2, ask: "Welk deel?", why: "Dat telt."}
decisions:
  som: {type: money, round: half_up 0.01, is: "SUM"}
  hulp: {type: choice, options: [wel, niet], is: 'if som > 100 then "wel" else "niet"'}
outcomes:
  wel: {kind: answer, values: [som], text: "Ja, {som}."}
  niet: {kind: answer, text: "Nee."}
"""


def flow(is_: str) -> Graph:
    return load_flow(FLOW.replace("SUM", is_))


NOTHING = [
    "inkomen",
    "inkomen + 0.25",
    "max(0, inkomen - 12.5)",
    "inkomen * leden",
    "if leden > 3 then -inkomen else 2 * inkomen",
    "min(inkomen, 3 * leden)",
]
SOMETHING = ["inkomen / 3", "inkomen * 0.5", "inkomen + deel", "deel", "inkomen + 0.005", "inkomen * inkomen"]


@pytest.mark.parametrize("is_", NOTHING)
def test_rounding_what_is_in_cents_already_is_no_rounding(is_: str) -> None:
    """Down or up makes no difference to anybody."""
    old = flow(is_)
    new = load_flow(FLOW.replace("SUM", is_).replace("half_up 0.01", "down 0.01"))
    assert whole_steps(old).rulings["som"].round is None
    assert same_for_everybody(old, new)


@pytest.mark.parametrize("is_", SOMETHING)
def test_rounding_what_may_lie_between_cents_stays(is_: str) -> None:
    """Then somebody gets a cent more or less."""
    old = flow(is_)
    new = load_flow(FLOW.replace("SUM", is_).replace("half_up 0.01", "down 0.01"))
    assert whole_steps(old).rulings["som"].round is not None
    assert not same_for_everybody(old, new)


@settings(max_examples=60)
@given(
    st.sampled_from(NOTHING), st.decimals(min_value=0, max_value=900, places=2), st.integers(min_value=0, max_value=8)
)
def test_without_the_rounding_the_figure_is_the_same(is_: str, inkomen: Decimal, leden: int) -> None:
    """Whatever is answered."""
    graph = flow(is_)
    known = {"inkomen": inkomen, "leden": Decimal(leden)}
    assert View(whole_steps(graph), known).value("som") == View(graph, known).value("som")


def swapped(first: str, second: str) -> bool:
    """Whether bijstand is the same for everybody with these two rows of its process in the other order."""
    lines = BIJSTAND.split("\n")
    one = next(at for at, line in enumerate(lines) if first in line)
    two = next(at for at, line in enumerate(lines) if second in line)
    lines[one], lines[two] = lines[two], lines[one]
    return same_for_everybody(load_flow(BIJSTAND), load_flow("\n".join(lines)))


def test_rows_that_never_hold_together_stand_in_any_order() -> None:
    """A task and a handover are two kinds of outcome, and nobody has both."""
    task = '| answering                        | settled      | engine                    | outcome.kind = "task" '
    handover = (
        '| answering                        | settled      | engine                    | outcome.kind = "handover" and'
    )
    assert swapped(task, handover)


def test_rows_that_may_hold_together_keep_their_order() -> None:
    """Somebody in need who is handed over is called as well, but only while that row goes first."""
    called = 'outcome.kind = "handover" and nood'
    handover = 'outcome.kind = "handover"          '
    assert not swapped(called, handover)
