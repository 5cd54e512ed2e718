"""The API keeps to its own description, in short; `make contract` is the long form."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.contract.__main__ import fuzzed

pytestmark = pytest.mark.slow


@pytest.mark.skipif(importlib.util.find_spec("schemathesis") is None, reason="schemathesis is not installed here")
def test_the_api_keeps_to_its_description(tmp_path: Path):
    """Made-up requests, well-formed ones and examples: nothing answers with 5xx or otherwise than the document says,
    and enough of them come through to mean something."""
    told = fuzzed(tmp_path, 4, 1, "--mode", "positive", "--phases", "examples,fuzzing")
    assert told.code == 0, told.said[-3000:]
    assert len(told.calls) > 25
    assert sum(good for _, good in told.calls.values()) > 0.3 * sum(calls for calls, _ in told.calls.values())
