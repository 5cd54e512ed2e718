"""What was not as a scenario expects, told with the reason and the line."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.run import run
from engine.harness.scenario import read_scenarios
from tests.engine.lint.flows import SOUND
from ui_schema.failures import failures_told
from ui_schema.shape import Language


def told(citizen: str, language: Language, expect: str = "outcome: ja") -> tuple[str, ...]:
    """The failures of one citizen."""
    graph = load_flow(SOUND)
    text = f"citizen: {citizen}\nscenarios:\n  Een:\n    expect: {{{expect}}}\n"
    return failures_told(graph, run(graph, read_scenarios(text, "s.yaml")[0]), language)


@pytest.mark.parametrize(
    ("language", "says"), [(Language.NL, "leeftijd is geweigerd: "), (Language.EN, "leeftijd was refused: ")]
)
def test_a_refused_answer_says_why_and_where(language: Language, says: str):
    """The sentence of the limit that refused it, and the line of the fact."""
    failures = told("{leeftijd: 200}", language)
    assert failures[0].startswith(says)
    assert "130" in failures[0]
    assert "flow.yaml:" in failures[0]


@pytest.mark.parametrize("expect", ["outcome: ja", "unsaid: [betaalt]", "work: {niets: x}"])
def test_other_failures_are_told_in_the_language(expect: str):
    """What came out otherwise, in Dutch."""
    failures = told("{leeftijd: 30}", Language.NL, expect)
    assert failures
    assert all(own.startswith("verwacht was") for own in failures)
