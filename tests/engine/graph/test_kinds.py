"""What may stand in the cells of a column, by the type of its fact."""

from __future__ import annotations

import pytest

from engine.feel.cells import Kind
from engine.flow.model import Fact
from engine.graph.kinds import of_fact


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ({"type": "duration", "unit": "months"}, Kind.MONTHS),
        ({"type": "duration", "unit": "jaar"}, Kind.MONTHS),
        ({"type": "duration", "unit": "weken"}, Kind.DAYS),
        ({"type": "duration"}, Kind.DAYS),
        ({"type": "money", "unit": "GBP"}, Kind.NUMBER),
        ({"type": "year"}, Kind.NUMBER),
    ],
)
def test_the_unit_of_a_duration_decides_its_kind(written: dict[str, str], kind: Kind) -> None:
    """Months and days do not compare with each other, so a column holds one of them."""
    assert of_fact(Fact.model_validate(written)).kind is kind
