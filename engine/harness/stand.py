"""Where a redesigned process is in the loop, from the evidence of each turn.

    sketch -> sound (lint) -> proven (prove) -> tried (test) -> compared (compare) -> simulated -> piloted

Evidence is bound to the content hash of the flow, that of `tried` also to its scenarios: after an edit it is stale and
counts no longer. A flow stands at the last step of the unbroken row of good evidence. Called by `wegwijzer stand` and
the developers' pages; tests: tests/engine/harness/test_stand.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Step(StrEnum):
    """The turns of the loop, in order."""

    SKETCH = "sketch"
    SOUND = "sound"
    PROVEN = "proven"
    TRIED = "tried"
    COMPARED = "compared"
    SIMULATED = "simulated"
    PILOTED = "piloted"


RECORDED = tuple(Step)[1:]


class Mark(StrEnum):
    """Of a step: good evidence, evidence against it, not enough of it, that of another version, or none."""

    GOOD = "good"
    BAD = "bad"
    UNDECIDED = "undecided"
    STALE = "stale"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a step came to; `undecided` when nothing is wrong and it is not enough either.

    `flow` and `scenarios` are content hashes ("": not bound to scenarios), `day` is an ISO date. Of a version to come
    `scenarios` is the hash of what it was compared by.
    """

    good: bool
    flow: str
    said: str = ""
    day: str = ""
    scenarios: str = ""
    undecided: bool = False

    def bound_to(self, stamp: str) -> Evidence:
        """The same, which holds for what has this content hash alone."""
        return replace(self, scenarios=stamp)


@dataclass(frozen=True, slots=True)
class Turn:
    """One step on the board."""

    step: Step
    mark: Mark
    said: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """One flow on the board: how far it is, and every step with its mark."""

    reached: Step
    turns: tuple[Turn, ...]

    @property
    def next(self) -> Step | None:
        """The step to take now; None when all are taken."""
        return next((turn.step for turn in self.turns if turn.mark is not Mark.GOOD), None)


def stand(evidence: Mapping[Step, Evidence], flow: str, scenarios: str) -> Stand:
    """Where a flow with these content hashes stands."""
    turns = tuple(_turn(step, evidence.get(step), flow, scenarios) for step in RECORDED)
    reached = Step.SKETCH
    for turn in turns:
        if turn.mark is not Mark.GOOD:
            break
        reached = turn.step
    return Stand(reached, turns)


def _turn(step: Step, own: Evidence | None, flow: str, scenarios: str) -> Turn:
    if own is None:
        return Turn(step, Mark.OPEN)
    is_stale = own.flow != flow or (bool(own.scenarios) and own.scenarios != scenarios)
    mark = Mark.STALE if is_stale else Mark.GOOD if own.good else Mark.UNDECIDED if own.undecided else Mark.BAD
    return Turn(step, mark, own.said, own.day)
