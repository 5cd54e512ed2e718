"""Why a question is asked, why another is not, and what can no longer matter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.graph.load import load_flow
from engine.harness.walk import Walk, read_move, walked
from engine.harness.why import RowState, WhyNot, insight, why_not
from tests.engine.lint.flows import SOUND

FLOWS = Path(__file__).resolve().parents[3] / "flows"
TREE = load_flow((FLOWS / "boom-kappen" / "flow.yaml").read_text("utf-8"))
FINE = load_flow((FLOWS / "verkeersboete" / "flow.yaml").read_text("utf-8"))


def walk(*lines: str) -> Walk:
    return walked(TREE, date(2026, 3, 2), [read_move(line) for line in lines])


def test_open_rows_name_what_they_need() -> None:
    """While pruning, the shape is asked for the row about the shape; rows about felling are out."""
    found = insight(TREE, walk("spoed = no", "werk = snoeien").now)
    assert [(ruling.name, row.number) for ruling, row in found.rows_for("vorm_verandert")] == [("toestemming", 6)]
    goal = found.decisions[0]
    assert [row.state for row in goal.rows[:6]] == [
        RowState.OUT, RowState.OPEN, RowState.OUT, RowState.OUT, RowState.OUT, RowState.OPEN,
    ]  # fmt: skip


def test_what_can_no_longer_matter_is_named() -> None:
    """Who prunes is never asked about elm disease or a plan."""
    found = insight(TREE, walk("spoed = no", "werk = snoeien").now)
    assert set(found.settled) == {"beheerplan", "dunnen", "iepziekte"}
    assert found.outcomes == ("toestemmingsvrij", "vergunningplicht")


def test_what_only_some_outcome_needs_says_for_which() -> None:
    """The reasons of an appeal are asked for an appeal alone."""
    found = insight(FINE, walked(FINE, date(2026, 3, 2), []).now)
    reason = next(own for own in found.coming if own.fact == "reden")
    assert reason.outcomes == ("beroep", "laat_beroep")


def test_nothing_is_open_once_it_is_decided() -> None:
    """The row that decides holds, those below it are not reached."""
    found = insight(TREE, walk("spoed = yes").now)
    states = [row.state for row in found.decisions[0].rows]
    assert states[0] is RowState.HOLDS
    assert RowState.OPEN not in states
    assert RowState.BEHIND in states
    assert found.coming == ()


@pytest.mark.parametrize(
    ("fact", "why"),
    [("vorm_verandert", WhyNot.ASKED), ("spoed", WhyNot.KNOWN), ("iepziekte", WhyNot.SETTLED),
     ("kapitein", WhyNot.NO_FACT), ("[", WhyNot.NO_FACT)],
)  # fmt: skip
def test_why_not(fact: str, why: WhyNot) -> None:
    """Each fact has one reason why it is (not) asked now."""
    assert why_not(TREE, walk("spoed = no", "werk = snoeien").now, fact) is why


def test_what_a_worker_supplies_is_not_asked() -> None:
    """A judgement is no question to a citizen."""
    assert why_not(FINE, walked(FINE, date(2026, 3, 2), []).now, "terecht") is WhyNot.OTHER


def test_what_took_too_many_steps_says_so() -> None:
    """A calculation beyond its budget is named with its reason: a person looks, and knows why."""
    heavy = SOUND.replace("< 12     ||", "< som    ||").replace(
        "decisions:\n",
        'decisions:\n  som:\n    type: number\n    is: "sum(for x in up(1, leeftijd * 1000) return x)"\n',
    )
    flow = load_flow(heavy)
    found = insight(flow, walked(flow, date(2026, 3, 2), [read_move("leeftijd = 120")]).now)
    assert [(own.decision, own.why) for own in found.given_up] == [
        ("som", "This calculation takes more steps than it may.")
    ]
    assert insight(flow, walked(flow, date(2026, 3, 2), [read_move("leeftijd = 3")]).now).given_up == ()
