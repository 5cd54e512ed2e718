"""One evaluation: its budgets, its clock and what it noticed on the way.

A step is one turn of a loop, one item filtered, one function called, or one item read by a built-in.
Size counts list items made, about a hundred bytes each; sixteen characters of text count as one. Both together
bound time and memory: no expression can hang, and none makes the process grow by more than some 150 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias, TypeVar

from engine.errors import WegwijzerError

FLOW_STEPS: Final = 20_000
"""Steps that a decision of a flow may take."""

DMN_STEPS: Final = 300_000
"""Steps that a DMN decision may take."""

MAX_SIZE: Final = 1_000_000
"""List items that one evaluation may make, all together; text and contexts are counted as items too."""

MAX_CALLS: Final = 60
"""Functions that may wait for each other at the same time (recursion)."""

MAX_NOTES: Final = 100

T = TypeVar("T")
Scope: TypeAlias = Mapping[str, object]
Code: TypeAlias = "Callable[[Scope, Run], object]"
"""A compiled expression: reads `scope[name]` only when it needs it."""


class BudgetExceeded(WegwijzerError):
    """An evaluation took more steps, depth or memory than it may; nothing came out of it."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Why something became null: one sentence, and the span of the expression that it is about."""

    message: str
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Run:
    """Budgets and findings of one evaluation, or of several that share a budget.

    `now` is the aware moment that `now()` and `today()` give; without it they are null.
    """

    steps: int = FLOW_STEPS
    size: int = MAX_SIZE
    now: datetime | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    calls: int = 0

    def spend(self, steps: int = 1) -> None:
        """Takes steps from the budget; raises BudgetExceeded."""
        self.steps -= steps
        if self.steps < 0:
            raise BudgetExceeded("This calculation takes more steps than it may.")

    def grow(self, size: int) -> None:
        """Takes list items from the budget; raises BudgetExceeded."""
        self.size -= size
        if self.size < 0:
            raise BudgetExceeded("This calculation makes more text or longer lists than it may.")

    def grow_text(self, characters: int) -> None:
        """Takes characters from the budget; raises BudgetExceeded."""
        self.grow(characters // 16 + 1)

    def grow_context(self, entries: int) -> None:
        """Takes a context with so many entries from the budget; raises BudgetExceeded."""
        self.grow(2 * entries + 2)

    def enter(self) -> None:
        """One function call deeper; raises BudgetExceeded. Pair with `leave`."""
        self.spend()
        self.calls += 1
        if self.calls > MAX_CALLS:
            raise BudgetExceeded("Functions call each other too deeply.")

    def leave(self) -> None:
        self.calls -= 1

    def null(self, message: str, start: int = 0, end: int = 0) -> T | None:
        """Records why a value is null; returns None, which is FEEL's null, always."""
        if len(self.diagnostics) < MAX_NOTES:
            self.diagnostics.append(Diagnostic(message, start, end))
        return None
