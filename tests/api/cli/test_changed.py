"""What `wegwijzer test --changed` leaves out holds for the new version, and an edit of words runs nearly nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli.changed import Edit
from engine.errors import WegwijzerError
from engine.flow.parse import read_root
from engine.graph.graph import Graph
from engine.graph.load import load_flow, load_reading
from engine.harness.driver import Trunk
from engine.harness.mutate import mutants
from engine.harness.run import run
from engine.harness.scenario import Scenario, read_scenarios

FLOWS = Path(__file__).resolve().parents[3] / "flows"
NAMED = {
    "bijstand": ("facts.machtiging.when turned round", "facts.bewoner.from.0 register:brp.persoon is gone"),
    "omgevingsvergunning": ("facts.hoogte.when turned round", "facts.hoogte.unsure is gone", "dragend.unsure is gone"),
    "verkeersboete": ('"geen" then brief - @"P56D"',),
}
"""Edits that were once taken to touch nobody: of what an outcome needs, a register, a clock, `unsure`."""
EACH = 23  # every so manieth fault


def scenarios_of(slug: str, graph: Graph) -> list[Scenario]:
    files = sorted((FLOWS / slug / "scenarios").glob("*.yaml"))
    return [own for file in files for own in read_scenarios(file.read_text("utf-8"), file.name, graph)]


@pytest.mark.parametrize("slug", ["boom-kappen", "rijbewijs-leeftijdspoort", *NAMED])
def test_whoever_is_left_out_comes_out_as_before(slug: str) -> None:
    """For faults put into every part of a flow: no scenario that would fail now is left out."""
    text = (FLOWS / slug / "flow.yaml").read_text("utf-8")
    old = load_flow(text)
    scenarios = scenarios_of(slug, old)
    faults = [
        own
        for number, own in enumerate(mutants(text, "flow.yaml"))
        if (number % EACH == 0 and slug not in NAMED) or any(name in own.what for name in NAMED.get(slug, ()))
    ]
    assert len(faults) >= len(NAMED.get(slug, (1, 2)))
    for fault in faults:
        try:
            new = load_reading(read_root(fault.root, [], text, "flow.yaml"))
        except WegwijzerError:
            continue
        edit, trunk = Edit(old, new), Trunk(new)
        for own in scenarios:
            if not edit.touches(own):
                assert run(new, own, twice=False, trunk=trunk).failures == (), (fault.name, own.title)


def test_an_edit_touches_little_where_it_means_little() -> None:
    """Words: who expects to read something; a promise: nobody; a row: whoever it decides about."""
    text = (FLOWS / "boom-kappen/flow.yaml").read_text("utf-8")
    old = load_flow(text)
    scenarios = scenarios_of("boom-kappen", old)
    readers = {own.title for own in scenarios if own.expect.reads_words}

    def touched(new: str) -> set[str]:
        assert new != text
        edit = Edit(old, load_flow(new))
        return {own.title for own in scenarios if edit.touches(own)}

    assert touched(text.replace("Wat gaat u doen?", "Wat wilt u doen?")) == readers
    assert touched(text.replace("promises:", "promises:\n  - possible: spoed", 1)) == readers
    assert len(touched(text.replace("de boom heeft iepziekte", "de boom is ziek"))) < len(scenarios)
    assert touched(text.replace("working_hours: 4", "working_hours: 3")) == {own.title for own in scenarios}
