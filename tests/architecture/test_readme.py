"""What the README shows is true: its flow file is sound and proven, and everything it links to is there."""

from __future__ import annotations

import re

from engine.graph.load import load_flow
from engine.harness.prove import prove
from tests.architecture.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_flow_file_on_one_screen_is_proven():
    """The example can be copied as it stands: it loads, and holds for every citizen."""
    block = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert block is not None
    assert len(block[1].splitlines()) <= 40
    assert prove(load_flow(block[1])).is_clean


def test_every_link_leads_somewhere():
    """Each page and picture that the README names is in the tree."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
    assert len(links) > 10
