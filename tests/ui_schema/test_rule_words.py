"""Rules in words: every kind of condition reads as people say it, in both languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from engine.feel import cells
from engine.feel.cells import CellTest
from engine.graph.load import load_flow
from ui_schema.rule_words import cell_words, decision_words
from ui_schema.shape import Language

FLOWS = Path(__file__).resolve().parents[2] / "flows"
TREE = load_flow((FLOWS / "boom-kappen" / "flow.yaml").read_text("utf-8"))
NL, EN = Language.NL, Language.EN


@pytest.mark.parametrize(
    ("test", "nl", "en"),
    [
        (cells.OneOf((True,)), "ja", "yes"),
        (cells.OneOf((False, None)), "nee of geen", "no or none"),
        (cells.Not(cells.OneOf((True,))), "niet ja", "not yes"),
        (cells.Interval(Decimal(1), Decimal(5), True, False), "1 of meer en minder dan 5", "1 or more and less than 5"),
        (cells.Interval(None, Decimal(5), False, True), "hoogstens 5", "at most 5"),
        (cells.Interval(Decimal(5), None, False, False), "meer dan 5", "more than 5"),
        (cells.AnyOf((cells.OneOf((True,)), cells.OneOf((None,)))), "ja of geen", "yes or none"),
        (cells.Anything(), "maakt niet uit", "does not matter"),
    ],
)
def test_a_cell_in_words(test: CellTest, nl: str, en: str) -> None:
    """The same condition, said in Dutch and in English."""
    assert (cell_words(TREE, "?", test, NL), cell_words(TREE, "?", test, EN)) == (nl, en)


def test_options_go_by_their_labels() -> None:
    """People read the label of an option, never its id."""
    assert cell_words(TREE, "werk", cells.OneOf(("snoeien",)), EN) == "Prune branches"
    assert cell_words(TREE, "werk", cells.Has(("snoeien",)), NL) == "onder andere Takken snoeien"


def test_a_date_reads_as_a_date() -> None:
    """A bound that belongs to no fact is written as it is."""
    day = cells.Interval(dt.date(2026, 1, 1), None, True, True)
    assert "2026" in cell_words(TREE, "?", day, NL)


def test_a_decision_has_its_rows_reasons_and_sources() -> None:
    """Each row: its conditions, what it concludes, why, and where that stands."""
    goal = decision_words(TREE, TREE.goal, EN)
    first, last = goal.rows[0], goal.rows[-1]
    assert first.conditions == ("Urgency: yes",)
    assert first.concludes == "Somebody looks into it with you at once"
    assert first.because == "it is urgent or there is danger"
    assert first.source is not None
    assert last.line > first.line
    assert goal.reads == "The first rule that holds counts."


def test_a_list_in_the_order_of_rows_says_so_by_its_labels() -> None:
    """A row without conditions always counts there; options go by their labels, as the row has them."""
    graph = load_flow((FLOWS.parent / "tests" / "engine" / "graph" / "in_order.yaml").read_text("utf-8"))
    papers = decision_words(graph, graph.rulings["papieren"], NL)
    assert papers.reads.endswith("in de volgorde waarin ze hier staan.")
    assert [row.concludes for row in papers.rows[2:]] == ["Uw trouwakte en Uw loonstrook", "Uw paspoort"]
    assert (papers.rows[3].conditions, papers.rows[3].bare) == ((), "Altijd")
    assert (
        TREE.goal.rows[-1].conditions or decision_words(TREE, TREE.goal, NL).rows[-1].bare == "In alle andere gevallen"
    )
