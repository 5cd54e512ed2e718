"""The evaluator and z3 give the same decisions for random citizens of the example flows.

`CITIZENS=10000` tries as many as the harness promises; left out, the suite tries a part of them.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.graph.load import load_flow
from engine.graph.view import View
from tests.architecture.tree import ROOT
from tests.engine.harness.citizens import Oracle, citizen

FLOWS = sorted(path.parent.name for path in Path(ROOT, "flows").glob("*/flow.yaml"))
CITIZENS = int(os.environ.get("CITIZENS", "1000"))


def plain(value: Any) -> Any:
    """Numbers to the 20 digits in which FEEL's 34 and exact fractions agree."""
    if isinstance(value, Decimal):
        return round(value, 20)
    return value


@pytest.mark.parametrize("slug", FLOWS)
def test_the_evaluator_agrees_with_z3(slug):
    """Every decision of every flow, for random citizens on and beside every limit; lists up to two items."""
    graph = load_flow((ROOT / "flows" / slug / "flow.yaml").read_text("utf-8"))
    oracle = Oracle(graph, [name for name, ruling in graph.rulings.items() if not ruling.each])
    random = Random(slug)  # noqa: S311
    for _ in range(CITIZENS // len(FLOWS)):
        known = citizen(graph, random)
        view = View(graph, known)
        ours = {name: plain(view.value(name)) for name in oracle.terms}
        assert ours == {name: plain(value) for name, value in oracle.says(known).items()}, known
