"""Why is this asked, why not that: what a journey's facts leave open, for whoever tries a flow out.

    insight(graph, journey) -> Insight
        decisions   each with the state of its rows: holds, open (with the conditions that are open), out
        coming      facts that may still be asked, in order; those needed only for some outcome say for which
        settled     facts that can no longer matter, or do not apply
        given_up    decisions whose calculation took more steps than it may: a person looks
    why_not(graph, journey, key) -> one of the reasons in WhyNot

Everything is derived by the engine's own reasoning (`View`), nothing is recorded on the way. Called by
`wegwijzer play` and the developers' pages; words are `ui_schema`'s; tests: tests/engine/harness/test_why.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.flow.keys import read_key
from engine.flow.model import SupplierKind
from engine.graph.graph import CellCondition, Condition, FactNode, Graph, Row, Ruling
from engine.graph.intervals import truth
from engine.graph.possible import finite
from engine.graph.rulings import condition_needs, condition_possible, live_rows
from engine.graph.view import View
from engine.journey.accept import current
from engine.journey.facts import view_of
from engine.journey.relevance import Relevance
from engine.journey.state import Journey


class RowState(StrEnum):
    """Of a row under what is known: it holds, it may still hold, it cannot, or a row above decides before it."""

    HOLDS = "holds"
    OPEN = "open"
    OUT = "out"
    BEHIND = "behind"


class WhyNot(StrEnum):
    """Why a fact is not asked now."""

    NO_FACT = "no_fact"  # the flow has none of that name
    ASKED = "asked"  # it is: it can be answered now
    KNOWN = "known"  # it was supplied already
    LATER = "later"  # it may still matter; something else comes first
    NOT_APPLICABLE = "not_applicable"  # its `when` is not true
    OTHER = "other"  # not the citizen's: a register, a worker or the process supplies it
    SETTLED = "settled"  # it can no longer change the outcome


@dataclass(frozen=True, slots=True)
class Tried:
    """A condition of a row with what it can still be: True, False, or None while that is open."""

    condition: Condition
    holds: bool | None


@dataclass(frozen=True, slots=True)
class RowNow:
    """A row with its state; `needs` are the facts that its open conditions still need."""

    row: Row
    state: RowState
    tried: tuple[Tried, ...]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class DecisionNow:
    """A decision: its value (UNKNOWN while open), its rows; `needs` are the facts that may still matter to it."""

    ruling: Ruling
    value: object
    rows: tuple[RowNow, ...]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Coming:
    """A fact that may still be asked; `outcomes` when only these need it, () when the goal itself does."""

    fact: str
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A decision that could not be worked out within its budget, and why; a person looks at it."""

    decision: str
    why: str


@dataclass(frozen=True, slots=True)
class Insight:
    """See the top of this module. `outcomes` are those that are still possible."""

    relevance: Relevance
    outcomes: tuple[str, ...]
    decisions: tuple[DecisionNow, ...]
    coming: tuple[Coming, ...]
    settled: tuple[str, ...]
    given_up: tuple[GivenUp, ...] = ()

    def rows_for(self, fact: str) -> tuple[tuple[Ruling, Row], ...]:
        """The open rows for which `fact` is still needed: why it is asked."""
        return tuple(
            (own.ruling, row.row)
            for own in self.decisions
            for row in own.rows
            if row.state is RowState.OPEN and fact in row.needs
        )


def insight(graph: Graph, journey: Journey) -> Insight:
    """What the journey's facts leave open."""
    view = view_of(graph, journey)
    relevant = current(graph, journey, view)
    values = finite(view.possible(graph.flow.goal))
    possible = tuple(name for name in graph.flow.outcomes if values is None or name in values)
    coming = tuple(_coming(graph, view, relevant, possible))
    asked = {own.fact for own in coming}
    settled = tuple(
        node.path for node in graph.facts.values() if not node.list and _is_open(node, view) and node.path not in asked
    )
    decisions = tuple(_decisions(graph, view))
    return Insight(relevant, possible, decisions, coming, settled, tuple(_given_up(graph, view)))


def _given_up(graph: Graph, view: View) -> Iterator[GivenUp]:
    """The decisions of which a calculation took more than it may, in the order of the file."""
    lost = view.work.given_up
    for ruling in graph.rulings.values() if lost else ():
        own = [ruling.formula.expr] if ruling.formula is not None else []
        for row in ruling.rows:
            heads = [one.head.expr if isinstance(one, CellCondition) else one.expr for one in row.conditions]
            own += [*heads, row.output.expr]
        why = next((lost[expr] for expr in own if expr in lost), "")
        if why:
            yield GivenUp(ruling.name, why)


def _is_open(node: FactNode, view: View) -> bool:
    """Whether the citizen could be asked it: what workers judge may matter to the process, whatever the goal."""
    return node.path not in view.known and any(ref.kind is SupplierKind.CITIZEN for ref in node.spec.suppliers)


def _coming(graph: Graph, view: View, relevant: Relevance, possible: tuple[str, ...]) -> Iterator[Coming]:
    """What is needed now, then what some outcome that is still possible would need."""
    seen = set(relevant.needed)
    yield from (Coming(fact) for fact in relevant.needed)
    later: dict[str, list[str]] = {}
    for name in possible:
        spec = graph.flow.outcomes[name]
        needs: set[str] = set()
        for own in (*spec.values, *spec.needs):
            view.needs(own, needs)
        for fact in sorted(needs - seen):
            later.setdefault(fact, []).append(name)
    for fact, outcomes in later.items():
        yield Coming(fact, tuple(outcomes))


def _decisions(graph: Graph, view: View) -> Iterator[DecisionNow]:
    """The goal first, then the decisions that it rests on, in the order of the file."""
    goal = graph.goal
    for ruling in (goal, *(own for own in graph.rulings.values() if own.name != goal.name)):
        if ruling.each:
            continue
        needs: set[str] = set()
        view.needs(ruling.name, needs)
        yield DecisionNow(ruling, view.value(ruling.name), tuple(_rows(ruling, view)), frozenset(needs))


def _rows(ruling: Ruling, view: View) -> Iterator[RowNow]:
    live = {own.row.number: own.holds for own in live_rows(ruling, view)}
    last = max((at for at, row in enumerate(ruling.rows) if row.number in live), default=-1)
    for at, row in enumerate(ruling.rows):
        tried = tuple(Tried(condition, _holds(condition, view)) for condition in row.conditions)
        needs: set[str] = set()
        if row.number in live:
            state = RowState.HOLDS if live[row.number] else RowState.OPEN
            for own in tried if state is RowState.OPEN else ():
                condition_needs(own.condition, view, needs)
        else:
            behind = at > last and all(own.holds is not False for own in tried)
            state = RowState.BEHIND if behind else RowState.OUT
        yield RowNow(row, state, tried, frozenset(needs))


def _holds(condition: Condition, view: View) -> bool | None:
    found = truth(condition_possible(condition, view))
    return True if found == {True} else None if True in found else False


def why_not(graph: Graph, journey: Journey, key: str) -> WhyNot:
    """Why `key` is not asked now."""
    parsed = read_key(key)
    node = graph.facts.get(parsed.path) if parsed is not None else None
    if node is None:
        return WhyNot.NO_FACT
    view = view_of(graph, journey)
    relevant = current(graph, journey, view)
    if key in relevant.askable:
        return WhyNot.ASKED
    if key in view.known:
        return WhyNot.KNOWN
    if all(ref.kind is not SupplierKind.CITIZEN for ref in node.spec.suppliers):
        return WhyNot.OTHER
    if not node.list and True not in view.applies(node):
        return WhyNot.NOT_APPLICABLE
    return WhyNot.LATER if any(own.fact == key for own in insight(graph, journey).coming) else WhyNot.SETTLED
