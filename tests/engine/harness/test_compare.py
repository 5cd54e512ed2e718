"""What `compare` finds between two versions: small groups are named, and it agrees with trying every citizen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cli.main import main
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.compare import compare
from engine.harness.compare_shifts import LOSES

FLOWS = Path(__file__).parents[3] / "flows"
HEAD = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
facts:
  werk: {type: boolean, ask: "Werkt u?", why: "Dat bepaalt of het mag."}
  leeftijd: {type: integer, min: 0, max: 120, ask: "Hoe oud bent u?", why: "Dat bepaalt of het mag."}
  soort: {type: choice, options: {a: "A", b: "B", c: "C"}, ask: "Welke soort?", why: "Daarvan hangt het af."}
  geld: {type: money, min: 0, max: 90000, ask: "Hoeveel geld?", why: "Daarvan hangt het af."}
decisions:
  mag:
    type: choice
    options: [ja, nee]
    hit: first
    rules:
"""
TAIL = """
outcomes:
  ja: {kind: answer, rank: 1, text: "Het mag."}
  nee: {kind: answer, rank: 0, text: "Het mag niet."}
"""
BASE = 'leeftijd >= 18 and leeftijd <= 67 and geld < 30000 or soort = "c"'


def flow(when: str) -> str:
    return HEAD + f"      - {{when: '{when}', then: ja}}\n      - {{when: 'true', then: nee}}\n" + TAIL


HURT = (
    ('({}) and not(leeftijd = 18 and soort = "a" and werk)', "= 18"),
    ('({}) and not(leeftijd = 67 and soort = "b")', "= 67"),
    ("({}) and not(leeftijd = 44 and not(werk))", "= 44"),
    ("({}) and not(geld = 29999.99)", "29999.99"),
    ('({}) and not(geld > 29990 and soort = "a")', "29990"),
    ("({}) and not(leeftijd in [19..19] and geld > 29000)", "= 19"),
    ('({}) and not(soort = "c" and geld = 90000)', "90000"),
    ('({}) and not(soort = "c" and leeftijd > 119 and werk)', "119"),
)


@pytest.mark.parametrize(("edit", "named"), HURT)
def test_a_small_group_that_loses_is_named(edit: str, named: str) -> None:
    """A shift that hurts a small group is found, with its rule and a citizen."""
    found = compare(load_flow(flow(BASE)), load_flow(flow(edit.format(BASE))))
    assert [shift.effect for shift in found.shifts] == [LOSES]
    assert all(named in group.rule and group.witness for group in found.shifts[0].groups)
    assert not found.not_compared


EDITS = (
    ("rijbewijs-leeftijdspoort", (("| >= 18  ", "| >= 19  "), ("| < 18  ", "| < 19  ")), ">= 18"),
    ("verkeersboete", (("| >= 75      ", "| >= 75.01   "),), "te_betalen"),
)


@pytest.mark.parametrize(("slug", "edits", "named"), EDITS)
def test_a_small_group_in_an_example_flow_is_named(slug: str, edits: tuple[tuple[str, str], ...], named: str) -> None:
    """A threshold moved by one step in an example flow names those in between, also where it is about a term."""
    text = (FLOWS / slug / "flow.yaml").read_text(encoding="utf-8")
    edited = text
    for before, after in edits:
        assert before in edited
        edited = edited.replace(before, after)
    found = compare(load_flow(text), load_flow(edited))
    rules = [group.rule for shift in found.shifts for group in shift.groups]
    assert rules
    assert all(named in rule for rule in rules)


@pytest.mark.parametrize("slug", sorted(path.parent.name for path in FLOWS.glob("*/flow.yaml")))
def test_a_flow_does_not_differ_from_itself(slug: str) -> None:
    """The same text twice has no difference and leaves nothing uncompared."""
    text = (FLOWS / slug / "flow.yaml").read_text(encoding="utf-8")
    found = compare(load_flow(text), load_flow(text))
    assert not found.keys()
    assert not found.not_compared


ATOMS = st.sampled_from(
    ["werk", "not(werk)", 'soort = "a"', 'soort != "b"', "leeftijd < 2", "leeftijd >= 3", "leeftijd = 2"]
)
RULES = st.recursive(ATOMS, lambda own: st.tuples(own, st.sampled_from([" and ", " or "]), own).map(
    lambda parts: f"({parts[0]}{parts[1]}{parts[2]})"), max_leaves=5)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(RULES, RULES)
def test_groups_agree_with_trying_every_citizen(first: str, then: str) -> None:
    """There is a shift exactly when some citizen gets another outcome, and each witness is one."""
    old, new = load_flow(flow(first)), load_flow(flow(then))
    moved = set()
    for werk, leeftijd, soort in product((True, False), range(5), "abc"):
        known = {"werk": werk, "leeftijd": Decimal(leeftijd), "soort": soort, "geld": Decimal(0)}
        pair = View(old, known).value("mag"), View(new, known).value("mag")
        if pair[0] != pair[1]:
            moved.add(pair)
    found = compare(old, new)
    assert {(shift.old, shift.new) for shift in found.shifts} == moved
    assert not found.not_compared


def test_the_command_fails_on_what_is_not_approved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed version ends in 1, in 0 once approved, and in 1 again when it changes further."""
    files = [tmp_path / name for name in ("old.yaml", "new.yaml", "further.yaml")]
    for file, when in zip(files, (BASE, f"({BASE}) and not(leeftijd = 18)", "leeftijd > 20"), strict=True):
        file.write_text(flow(when), encoding="utf-8")
    old, new, further = map(str, files)
    accepted = str(tmp_path / "accepted.json")
    assert main(["compare", old, new]) == 1
    assert "leeftijd = 18" in capsys.readouterr().out
    assert main(["compare", old, new, "--approve", accepted]) == 0
    assert main(["compare", old, new, "--approved", accepted]) == 0
    assert main(["compare", old, further, "--approved", accepted]) == 1
    assert main(["compare", old, old]) == 0


def test_texts_and_tasks_are_differences() -> None:
    """Another sentence is named, though everybody gets the same outcome."""
    found = compare(load_flow(flow(BASE)), load_flow(flow(BASE).replace("Het mag niet.", "Het mag helaas niet.")))
    assert not found.shifts
    assert [change.kind for change in found.changes] == ["text"]


def test_steps_are_in_another_order_only_where_somebody_notices() -> None:
    """Steps of two places may change places in the file: no journey takes another way by it."""
    text = (FLOWS / "omgevingsvergunning" / "flow.yaml").read_text(encoding="utf-8")
    old = load_flow(text)
    steps = old.process.steps
    at = next(at for at in range(len(steps) - 1) if steps[at].source != steps[at + 1].source)
    turned = (*steps[:at], steps[at + 1], steps[at], *steps[at + 2 :])
    assert not compare(old, replace(old, process=replace(old.process, steps=turned))).changes
