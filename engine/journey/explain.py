"""Why did it come out so? One trace, made on demand by evaluating again; nothing is recorded on the way.

    explain(graph, journey) -> Explanation
        conclusions   the goal first, then every decision it rests on: the row that holds, its legal source, the facts
                      behind it, and of every other row the first condition that does not hold
        facts         each with its supplier, date and source
        what_if       single answers that would lead to another outcome, each verified by running the rules again

Three grades are drawn from it by `ui_schema`: short (outcome and because), reasons (rows and facts), full (with
sources and the rows that do not apply). Tests: tests/engine/journey/test_explain.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.feel.unknown import UNKNOWN
from engine.flow.keys import read_key
from engine.flow.model import Text
from engine.graph.abstract import Env
from engine.graph.evaluation import evaluate
from engine.graph.graph import CellCondition, Condition, Graph, Row, Ruling
from engine.graph.intervals import truth
from engine.graph.order import names_read
from engine.graph.possible import settled
from engine.graph.rulings import Live, condition_possible, live_rows, row_status
from engine.graph.view import View
from engine.journey.acting import names as names_of
from engine.journey.facts import known, view_of
from engine.journey.state import Journey
from engine.journey.what_if import WhatIf
from engine.journey.what_if import what_if as otherwise


@dataclass(frozen=True, slots=True)
class UsedFact:
    """A fact on which a conclusion rests. `by`: who told it for the citizen, "" when the citizen did."""

    fact: str
    value: object
    supplier: str
    at: datetime | None
    source: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A row that does not apply, and the first condition that does not hold (as text, with the value it saw)."""

    number: int
    output: str
    condition: str
    saw: object


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One decision: its value, the row that gives it (0: by formula), the source, the reason, what it rests on.

    Where rows are collected `rows` are all that hold, with their `reasons`; elsewhere the one row. `table` has the rows
    where it gives several decisions.
    """

    decision: str
    value: object
    row: int
    source: str
    because: str
    facts: tuple[UsedFact, ...]
    rests_on: tuple[str, ...]
    passed: tuple[PassedRow, ...]
    calculation: str = ""
    rows: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    table: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """Every reason once, in the order of the rows that count; else that of the whole decision."""
        return tuple(dict.fromkeys(self.reasons)) or ((self.because,) if self.because else ())


@dataclass(frozen=True, slots=True)
class Explanation:
    """See the top of this module. `outcome` is "" while it is open."""

    outcome: str
    conclusions: tuple[Conclusion, ...]
    facts: tuple[UsedFact, ...]
    what_if: tuple[WhatIf, ...]


def explain(graph: Graph, journey: Journey, *, what_if: bool = True) -> Explanation:
    """The explanation of the journey as it is now."""
    facts = known(graph, journey)
    view = View(graph, facts)
    conclusions = tuple(_conclusions(graph, journey, view))
    used = {fact.fact: fact for own in conclusions for fact in own.facts}
    outcome = journey.outcome
    others = tuple(otherwise(graph, facts, outcome, tuple(used))) if what_if and outcome else ()
    return Explanation(outcome, conclusions, tuple(used.values()), others)


def conclusions(graph: Graph, journey: Journey) -> tuple[Conclusion, ...]:
    """The conclusions alone, without the rows that do not apply: for whoever asks which rows decide, and why."""
    return tuple(_conclusions(graph, journey, View(graph, known(graph, journey)), passed=False))


def rows_of_items(graph: Graph, journey: Journey, found: Iterable[Conclusion]) -> Iterator[tuple[str, int]]:
    """Of the lists on which conclusions rest: the rows that decide for an item, by decision (or table) and number."""
    if not any(ruling.each for ruling in graph.rulings.values()):
        return
    names = {key.name for own in found for fact in own.facts if (key := read_key(fact.fact)) is not None}
    view = view_of(graph, journey)
    for ruling in graph.rulings.values():
        for item in view.items(ruling.each) if ruling.each in names else ():
            for row in deciding_rows(ruling, item):
                yield ruling.table or ruling.name, row.number


def deciding_rows(ruling: Ruling, env: Env) -> tuple[Row, ...]:
    """The rows on which the value of a decision rests, for the citizen or for one item; none while that is open."""
    live = live_rows(ruling, env)
    return _counting(ruling, live, _deciding(live))


def by_rule(found: Iterable[Conclusion]) -> list[list[Conclusion]]:
    """Conclusions that one row of one table gives stand together, in the place of the first; any other alone."""
    groups: dict[object, list[Conclusion]] = {}
    for own in found:
        key = (own.table, own.row, own.rows) if own.table else own.decision
        groups.setdefault(key, []).append(own)
    return list(groups.values())


def _conclusions(graph: Graph, journey: Journey, view: View, *, passed: bool = True) -> Iterator[Conclusion]:
    """The goal, then what it rests on, nearest first; each once."""
    outcome = graph.flow.outcomes.get(journey.outcome)
    waiting = [graph.flow.goal, *(outcome.values if outcome is not None else ())]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        ruling = graph.rulings.get(name)
        if ruling is None or name in seen or ruling.each:
            continue
        seen.add(name)
        made = _conclusion(graph, journey, view, ruling, passed=passed)
        waiting.extend(made.rests_on)
        yield made


def _conclusion(graph: Graph, journey: Journey, view: View, ruling: Ruling, *, passed: bool) -> Conclusion:
    value = view.value(ruling.name)
    if value is UNKNOWN and ruling.name == graph.flow.goal and journey.outcome:
        value = journey.outcome
    if ruling.formula is not None:
        names = ruling.formula.names
        because = str(ruling.because) if ruling.because is not None else ""
        return Conclusion(
            ruling.name,
            value,
            0,
            ruling.source,
            because,
            _used(graph, journey, view, names),
            decisions_among(graph, names),
            (),
            ruling.formula.text,
        )
    live = live_rows(ruling, view)
    row = _deciding(live)
    names = frozenset(names_until(ruling, row))
    rows = _counting(ruling, live, row)
    return Conclusion(
        ruling.name,
        value,
        row.number if row is not None else 0,
        row.source if row is not None else ruling.source,
        _because(ruling, row),
        _used(graph, journey, view, names),
        decisions_among(graph, names),
        tuple(_passed(ruling, rows, view)) if passed else (),
        rows=tuple(own.number for own in rows),
        reasons=tuple(own.because for own in rows if own.because),
        table=ruling.table,
    )


def _counting(ruling: Ruling, live: list[Live], deciding: Row | None) -> tuple[Row, ...]:
    """The rows on which the value rests: all that hold where rows are collected, else the one that decides."""
    if ruling.hit.gathers:
        return tuple(own.row for own in live if own.holds)
    return (deciding,) if deciding is not None else ()


def _deciding(live: list[Live]) -> Row | None:
    """The row that gives the value: one that certainly holds, when those above it would give the same."""
    holding = next((own for own in live if own.holds), None)
    if holding is None:
        return live[0].row if len(live) == 1 else None
    same = all(own.row.output.expr == holding.row.output.expr for own in live[: live.index(holding)])
    return holding.row if same else None


def _because(ruling: Ruling, row: Row | None) -> str:
    if row is not None and row.because:
        return row.because
    return str(ruling.because) if ruling.because is not None else ""


def because_in(ruling: Ruling, words: str, language: str) -> str:
    """A row's reason in another language, where the flow translates it."""
    text: Text | None = ruling.reasons.get(words)
    return text.in_(language) if text is not None else words


def names_until(ruling: Ruling, row: Row | None) -> Iterator[str]:
    """Names that the row reads, and those of the rows above it (they do not apply because of them).

    All names where every row that holds counts, or no row decides.
    """
    if row is None or ruling.hit.gathers:
        yield from names_read(ruling)
        return
    for own in ruling.rows[: ruling.rows.index(row) + 1]:
        for condition in own.conditions:
            yield from condition.head.names if isinstance(condition, CellCondition) else condition.names
    yield from row.output.names


def decisions_among(graph: Graph, names: frozenset[str]) -> tuple[str, ...]:
    """Decisions among `names`, and those on which the `when` of a fact among them rests."""
    asked = {own for name in names if name in graph.facts and (when := graph.facts[name].when) for own in when.names}
    return tuple(name for name in graph.rulings if name in names or name in asked)


def _used(graph: Graph, journey: Journey, view: View, names: frozenset[str]) -> tuple[UsedFact, ...]:
    found = []
    for key, value in view.known.items():
        parsed = read_key(key)
        if parsed is None or parsed.name not in names:
            continue
        answer = journey.answers.get(key)
        if answer is None:
            found.append(UsedFact(key, value, "clock", journey.started))
        else:
            by = "".join(names_of(journey, (answer.by,)))
            found.append(UsedFact(key, value, str(answer.supplier), answer.at, answer.source, by))
    return tuple(found)


def _passed(ruling: Ruling, rows: tuple[Row, ...], view: View) -> Iterator[PassedRow]:
    counting = {own.number for own in rows}
    for own in ruling.rows:
        if own.number in counting:
            continue
        if True in row_status(own, view):
            continue
        for condition in own.conditions:
            if True not in truth(condition_possible(condition, view)):
                text, saw = _seen(condition, view)
                yield PassedRow(own.number, own.output.text, text, saw)
                break


def _seen(condition: Condition, view: View) -> tuple[str, object]:
    if isinstance(condition, CellCondition):
        return condition.head.text, settled(evaluate(condition.head, view))
    return condition.text, settled(evaluate(condition, view))
