"""The identity of a flow version."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.flow.parse import parse_flow
from engine.flow.versions import content_hash

TREE = (Path(__file__).parents[3] / "flows" / "boom-kappen" / "flow.yaml").read_text("utf-8")


def hashed(text: str) -> str:
    """The hash of a flow's text."""
    return content_hash(parse_flow(text).flow)


def test_hash_is_stable_between_two_readings() -> None:
    """The same text gives the same 64 digits."""
    assert hashed(TREE) == hashed(TREE)
    assert len(hashed(TREE)) == 64


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("facts:\n  spoed:", "facts:   # a comment\n\n  spoed:"),
        ("    label: Spoed\n", '    label: "Spoed"\n'),
        (
            "  norms: {call_back: {working_hours: 4}, grade: 7.5}",
            "  norms: {grade: 7.50, call_back: {working_hours: 4}}",
        ),
        ("  style: {bureaucraat: 60, ondernemer: 10", "  style: {ondernemer: 10, bureaucraat: 60"),
    ],
)
def test_layout_and_comments_are_outside(old: str, new: str) -> None:
    """What changes nothing for anybody leaves the identity alone."""
    assert old in TREE
    assert hashed(TREE.replace(old, new, 1)) == hashed(TREE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ask: Wat gaat u doen?", "ask: Wat wilt u doen?"),
        ("ask: What are you going to do?", "ask: What will you do?"),
        ("| yes   | -           | -   ", "| no    | -           | -   "),
        ("      snoeien: Takken snoeien\n", ""),
        ("{working_hours: 4}, title", "{working_hours: 5}, title"),
        ("  grade: 7.5", "  grade: 7.6"),
    ],
)
def test_everything_with_meaning_is_inside(old: str, new: str) -> None:
    """Another rule, text, translation, option or norm is another version."""
    changed = TREE.replace(old, new, 1) if old in TREE else TREE.replace(old.strip(), new.strip(), 1)
    assert changed != TREE
    if "snoeien: Takken" in old:
        changed = changed.replace("        snoeien: Prune branches\n", "")
    assert hashed(changed) != hashed(TREE)


def test_the_order_of_facts_is_inside() -> None:
    """The order of facts is the order of asking, so it is part of the version."""
    flow = parse_flow(TREE).flow
    turned = flow.model_copy(update={"facts": dict(reversed(list(flow.facts.items())))})
    assert content_hash(turned) != content_hash(flow)


def test_what_was_resolved_is_inside() -> None:
    """Another standard process, or other channels of the organisation, make another version."""
    flow = parse_flow(TREE).flow
    hashes = {
        content_hash(flow),
        content_hash(flow, process={"places": {"answering": {"within": "P90D"}}}),
        content_hash(flow, process={"places": {"answering": {"within": "P30D"}}}),
        content_hash(flow, channels={"phone": {"number": "1"}}),
        content_hash(flow, contact={"ask_person": {"over": ["phone"]}}),
    }
    assert len(hashes) == 5
