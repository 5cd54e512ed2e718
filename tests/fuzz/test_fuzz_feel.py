"""The fuzzer itself: it runs, and it would notice."""

from __future__ import annotations

import pytest

from engine.feel.evaluator import Run
from tests.fuzz import fuzz_feel


def test_a_short_run_finds_nothing() -> None:
    """Three hundred texts through parser, checker and evaluator without a fault."""
    fuzzer = fuzz_feel.Fuzzer(seed=7)
    for _ in range(300):
        fuzzer.once()
    assert fuzzer.tally.compared > 100


def test_it_notices_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that takes longer than the limit is reported."""
    monkeypatch.setattr(fuzz_feel, "SLOWEST", -1.0)
    with pytest.raises(AssertionError, match="took"):
        fuzz_feel.Fuzzer(seed=7).evaluate("1", lambda scope, run: None, {})


def test_it_notices_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process larger than the limit is reported."""
    monkeypatch.setattr(fuzz_feel, "LARGEST", 1)
    with pytest.raises(AssertionError, match="MB"):
        fuzz_feel.fuzz(seconds=5, seed=7)


def test_it_notices_an_exception() -> None:
    """What an evaluation raises comes out."""

    def broken(_: object, run: Run) -> object:
        raise ZeroDivisionError(run)

    with pytest.raises(ZeroDivisionError):
        fuzz_feel.Fuzzer(seed=7).evaluate("1", broken, {})
