"""A way through the process beside a finding: numbered steps, each with whoever takes it."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.prove import prove
from tests.shared_material import ROOT
from ui_schema.build_develop import finding_view
from ui_schema.shape import Language


@pytest.mark.parametrize(
    ("language", "who", "begins"),
    [(Language.NL, ["", "Vanzelf"], "De reis begint in "), (Language.EN, ["", "By itself"], "The journey begins in ")],
)
def test_a_broken_promise_shows_the_way_there(language: Language, who: list[str], begins: str):
    """The steps of the way in the reader's language, each with its actor; the start has none."""
    text = (ROOT / "flows" / "verkeersboete" / "flow.yaml").read_text(encoding="utf-8")
    text = text.replace("\npromises:\n", "\npromises:\n  - every: {outcome: praat, passes: appeal}\n", 1)
    graph = load_flow(text)
    (found,) = prove(graph).findings
    view = finding_view(found, text, graph, language)
    assert [step.who for step in view.way] == who
    assert [step.actor for step in view.way] == ["", "engine"]
    assert view.way[0].text.startswith(begins)
