"""A new flow is sound from the first moment, whatever the citizen asks."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.coverage import coverage
from engine.harness.prove import prove
from engine.harness.run import run
from engine.harness.scenario import read_scenarios
from engine.harness.seed import seed


@pytest.mark.parametrize("question", ["Mag dit?", 'Ik ga verhuizen: wat moet ik "doen"? # {nu}', "Ça va, 100 % zeker?"])
def test_what_is_written_lints_proves_and_runs(question):
    """The first flow has no findings, is proven, and its scenarios cover every outcome and row."""
    files = seed("proef", question, "alles", "geteld")
    graph = load_flow(files["flow.yaml"])
    runs = [run(graph, scenario) for scenario in read_scenarios(files["scenarios/eerste.yaml"], "eerste.yaml")]
    assert prove(graph).is_clean
    assert [ran.failures for ran in runs] == [()] * len(runs)
    assert [part.share for part in coverage(graph, runs)][:3] == [100, 100, 100]
    assert graph.flow.question["nl"] == question.replace("{", "(").replace("}", ")")


@pytest.mark.parametrize("slug", ["", "Hoofd", "a--b", "../x", "x" * 65])
def test_a_slug_that_is_none(slug):
    """A slug that cannot be a folder and an address is refused in a sentence."""
    with pytest.raises(ValueError, match="slug"):
        seed(slug, "Mag dit?", "", "")
