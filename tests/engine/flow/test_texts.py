"""Every text of a flow is found, where the file writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.flow.parse import parse_flow
from engine.flow.texts import texts_of

FLOWS = Path(__file__).resolve().parents[3] / "flows"


@pytest.mark.parametrize("slug", ["boom-kappen", "dagopname"])
def test_each_text_stands_at_its_path(slug: str) -> None:
    """In the flow's own language a text is what stands in the file at that path, and none is found twice."""
    parsed = parse_flow((FLOWS / slug / "flow.yaml").read_text("utf-8"))
    found = texts_of(parsed.flow)
    assert len({path for path, _ in found}) == len(found) > 60
    written = [(path, text) for path, text in found if path in parsed.positions.marks]
    assert len(written) > len(found) // 2
    assert all(str(text) == parsed.positions.marks[path].text.strip() for path, text in written)


def test_what_holds_no_text_gives_none() -> None:
    """Figures and words that are no texts."""
    assert texts_of({"a": 1, "b": ("x", None), "c": True}) == []
