"""What one evaluation carries along: the values in scope, what was worked out already, and why something is null.

A `Run` lives for one call of `Model.evaluate` (a decision service has a run of its own inside it); a `Scope` is one
layer of names over it. Callers: `engine.dmn` only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.feel import run as feel_run
from engine.feel.compiler import Local

MAX_NOTES: Final = 200

Key = tuple[str, str]
"""A node's namespace and id."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Why a value is null: the element being evaluated, the line in its XML (0: unknown), one sentence."""

    element: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f" (line {self.line})" if self.line else ""
        return f"{self.element}{place}: {self.message}"


@dataclass(slots=True)
class Ledger:
    """What all runs of one evaluation share: FEEL's budgets and clock, and the diagnostics."""

    feel: feel_run.Run
    notes: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation. `memo` holds the value of each node worked out so far."""

    inputs: Mapping[str, object]
    ledger: Ledger
    memo: dict[Key, object] = field(default_factory=dict)

    def step(self, count: int = 1) -> None:
        """Counts work done; raises `engine.feel.run.BudgetExceeded`."""
        self.ledger.feel.spend(count)

    def note(self, element: str, message: str, line: int = 0) -> None:
        """Records why something gives null; beyond MAX_NOTES nothing is added."""
        if len(self.ledger.notes) < MAX_NOTES:
            self.ledger.notes.append(Diagnostic(element, line, message))


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression sees and the run it belongs to. `element` names the decision for diagnostics."""

    values: Mapping[str, object]
    run: Run
    element: str = ""

    def having(self, more: Mapping[str, object]) -> Scope:
        """The same scope with these names on top."""
        return Scope(Local(more, self.values), self.run, self.element)

    def note(self, message: str, line: int = 0) -> None:
        self.run.note(self.element, message, line)

    def collect(self, line: int) -> None:
        """Takes over what FEEL noted since the last time."""
        found = self.run.ledger.feel.diagnostics
        for diagnostic in found:
            self.note(diagnostic.message, line)
        found.clear()


Program = Callable[[Scope], object]
"""A compiled expression. It never raises for what an expression does; it notes and gives None."""
