"""What must hold between the parts of a flow, as far as no expression is needed to see it.

    scope      what all checks share: the flow, where things stand, names, sentences
    facts      keys that go with the type, ask and why, limits, options
    decisions  options, each, rounding, sources in tables
    outcomes   goal and outcomes, references, pages, promises, slots in texts
    process    terms, tasks, contact

Every check yields problems and never stops at the first, only when there are too many to read. `check_flow` runs them
all; `engine.graph` checks expressions, types and the compiled process afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from engine.errors import Problem
from engine.flow.checks.decisions import check_decisions
from engine.flow.checks.facts import check_facts
from engine.flow.checks.outcomes import check_outcomes
from engine.flow.checks.process import check_process
from engine.flow.checks.scope import Scope
from engine.flow.model import Flow
from engine.flow.positions import Positions
from engine.flow.yaml_tree import MAX_PROBLEMS


def check_flow(flow: Flow, positions: Positions, dropped: Collection[str] = ()) -> Iterator[Problem]:
    """Every problem between the parts of `flow`; `dropped` names parts that are missing because of other problems."""
    scope = Scope(flow, positions, frozenset(dropped))
    for check in (check_facts, check_decisions, check_outcomes, check_process):
        yield from islice(check(scope), MAX_PROBLEMS)
