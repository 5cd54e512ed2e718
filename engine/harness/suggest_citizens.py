"""Citizens who might get somewhere new in the decisions: to an outcome, a row, a side of a limit.

    candidates(graph, runs, aims) -> Scenario ...
        - the proof's witness for each row that is an aim (`engine.harness.witness`)
        - the citizens of the scenarios that there are, with the facts behind a limit set on it, or just beside
        - the same citizens with other items in a list that a rule about each item reads

Whether somebody gets there, a run tells. Called by `engine.harness.suggest`; tests:
tests/engine/harness/test_coverage.py, test_suggest.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from engine.errors import Where
from engine.flow.model import FactType, SupplierKind
from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.graph import Formula, Graph
from engine.graph.mdd import DiagramTooLarge
from engine.graph.process import By
from engine.graph.together import called
from engine.harness.boundaries import Boundary, boundaries
from engine.harness.coverage import Aim, rule_name
from engine.harness.run import Ran, run
from engine.harness.scenario import DEFAULT_DAY, Expect, Scenario, Then, Wishes, Worker
from engine.harness.suggest_items import other_items
from engine.harness.suggest_moves import word
from engine.harness.witness import Witnesses, likely
from engine.journey.facts import view_of
from engine.journey.state import Answer

MOST_BASES = 8
NEAR = (Decimal(0), Decimal("0.01"), Decimal("-0.01"), Decimal(1), Decimal(-1))


def candidates(graph: Graph, runs: Sequence[Ran], aims: set[Aim]) -> Iterator[Scenario]:
    """See the top of this module."""
    bases = [ran.scenario for ran in runs if not ran.failures][:MOST_BASES] or [anybody(graph)]
    for known in _row_witnesses(graph, aims):
        unjudged = {fact: value for fact, value in known.items() if not _by_worker(graph, fact)}
        for each in (unjudged, known) if unjudged != known else (known,):
            for base in bases[:2]:
                yield with_facts(graph, base, each)
    names = {name for _, name in aims}
    for base in bases[:2]:
        for listed in other_items(graph, run(graph, bare(base), twice=False), names):
            yield with_facts(graph, base, listed)
    for own in boundaries(graph):
        if not own.list and not names.isdisjoint(own.sides):
            for base in bases:
                yield from (with_facts(graph, base, known) for known in _beside(graph, own, base))


def anybody(graph: Graph) -> Scenario:
    """A citizen with a likely answer to every question."""
    known = {path: value for path, node in graph.facts.items() if not node.list for value in islice(likely(node), 1)}
    words = {path: word(value) for path, value in known.items() if value is not None and value != 0}
    return Scenario("anybody", 1, Where(), DEFAULT_DAY, words, {}, None, (), Wishes(), Expect())


def bare(scenario: Scenario) -> Scenario:
    """The citizen alone: no wishes, and nothing that happens after the questions."""
    return replace(scenario, then=(), worker=None, wishes=Wishes(), expect=Expect())


def who_is_asked(graph: Graph, base: Scenario, fact: str) -> Scenario:
    """The citizen so that this question applies, where the proof finds somebody of whom it does."""
    when = graph.facts[fact].when
    if when is None:
        return base
    builder = Builder(graph, Constants(graph.facts, graph.rulings, graph.parameters))
    try:
        found = Witnesses(graph, builder).of(builder.condition(when.expr))[0]
    except (DiagramTooLarge, RecursionError):
        found = None
    return bare(with_facts(graph, base, _in_words(graph, found))) if found is not None else base


def who_is_known(graph: Graph, citizen: Scenario) -> Iterator[Scenario]:
    """The citizen of whom registers say all that they can say; none where that is nothing more."""
    said = {
        fact: value
        for fact, value in citizen.answers.items()
        if isinstance(value, str) and value != "unsure" and fact in graph.facts and _in_register(graph, fact)
    }
    if said:
        left = {fact: value for fact, value in citizen.answers.items() if fact not in said}
        yield replace(citizen, answers=left, registers={**citizen.registers, **said})


def _in_register(graph: Graph, fact: str) -> bool:
    return any(ref.kind is SupplierKind.REGISTER for ref in graph.facts[fact].spec.suppliers)


def with_facts(graph: Graph, base: Scenario, known: Mapping[str, Any]) -> Scenario:
    """A citizen of whom these facts are so: answered, fetched, judged or paid by whoever supplies them."""
    fetched = {fact: str(value) for fact, value in known.items() if _fetched(graph, fact)}
    registers = {**{fact: value for fact, value in base.registers.items() if fact not in known}, **fetched}
    own = {fact: value for fact, value in known.items() if fact not in fetched and _asked(graph, fact)}
    answers = {**{fact: value for fact, value in base.answers.items() if fact not in known}, **own}
    mine = {fact: value for fact, value in known.items() if _by_worker(graph, fact)}
    before = base.worker.judge if base.worker is not None else {}
    worker = Worker(judge={**before, **mine}) if before or mine else None
    then = _paid(graph, {fact: value for fact, value in known.items() if _by_payment(graph, fact)})
    return replace(
        base, answers=answers, registers=registers, worker=worker, wishes=Wishes(), expect=Expect(), then=then
    )


def _paid(graph: Graph, paid: Mapping[str, Any]) -> tuple[Then, ...]:
    """What the payment service reports once the questions are done."""
    steps = dict.fromkeys(step.event for step in graph.process.steps if step.by is By.PAYMENT)
    return (Then(payment=next(iter(steps)), paid=paid),) if paid and steps else ()


def _fetched(graph: Graph, fact: str) -> bool:
    """Whether a register alone says it, and no citizen is asked."""
    kinds = {ref.kind for ref in graph.facts[fact].spec.suppliers}
    return SupplierKind.REGISTER in kinds and SupplierKind.CITIZEN not in kinds


def _asked(graph: Graph, fact: str) -> bool:
    return any(ref.kind is SupplierKind.CITIZEN for ref in graph.facts[fact].spec.suppliers)


def _by_worker(graph: Graph, fact: str) -> bool:
    return [ref.kind for ref in graph.facts[fact].spec.suppliers] == [SupplierKind.WORKER]


def _by_payment(graph: Graph, fact: str) -> bool:
    return any(ref.kind is SupplierKind.PAYMENT for ref in graph.facts[fact].spec.suppliers)


def _row_witnesses(graph: Graph, aims: set[Aim]) -> Iterator[Mapping[str, Any]]:
    """A citizen for each row that is not covered: the row holds, and none above it where only one counts."""
    builder = Builder(graph, Constants(graph.facts, graph.rulings, graph.parameters))
    witnesses = Witnesses(graph, builder)
    names = {name for _, name in aims}
    for ruling in graph.rulings.values():
        above = builder.forest.terminal(False)
        for row in ruling.rows if not ruling.each else ():
            try:
                holds = builder.forest.terminal(True)
                for condition in row.conditions:
                    both = builder.row_condition(condition)
                    holds = builder.forest.combine(lambda a, b: a is True and b is True, holds, both)
                own = builder.forest.combine(lambda a, b: a is True and b is not True, holds, above)
                if not ruling.hit.gathers:  # there a row counts beside those above it
                    above = builder.forest.choose(above, builder.forest.terminal(True), holds)
                is_aim = rule_name(called(ruling), row.number) in names
                wanted = is_aim or any(name in row.output.text for name in names)
                found = witnesses.of(witnesses.real(own))[0] if wanted else None
            except (DiagramTooLarge, RecursionError):
                break
            if found is not None:
                yield _in_words(graph, found)


def _in_words(graph: Graph, known: Mapping[str, Any]) -> Mapping[str, Any]:
    """A witness as an author writes it, without lists; of several options the list stays one."""
    plain = {path for path, node in graph.facts.items() if node.spec.type is not FactType.LIST and not node.list}
    return {
        fact: value if isinstance(value, str | list) else word(value) for fact, value in known.items() if fact in plain
    }


def _beside(graph: Graph, own: Boundary, base: Scenario) -> Iterator[Mapping[str, str]]:
    """The base citizen with one fact behind the limit set so that it lies on it, or just beside."""
    ran = run(graph, replace(base, then=(), wishes=Wishes(), expect=Expect()), twice=False)
    if ran.journey is None:
        return
    scope = view_of(graph, ran.journey).scope
    left, limit = (side.program(scope) for side in (own.left, own.right))
    for fact in _behind(graph, own.left):
        for value in _values(limit, base.as_of):
            yield {fact: word(value)}
    for fact in _behind(graph, own.left) | _behind(graph, own.right):
        for value in _moved(ran.journey.answers, fact, left, limit):
            yield {fact: word(value)}


def _behind(graph: Graph, side: Formula) -> dict[str, None]:
    """The facts on which a side of a limit rests, in order."""
    rulings = side.names & graph.rulings.keys()
    reads = [fact for ruling in sorted(rulings) for fact in sorted(graph.rulings[ruling].reads)]
    return dict.fromkeys([*sorted(side.names & graph.facts.keys()), *reads])


def _moved(answers: Mapping[str, Answer], fact: str, left: Any, limit: Any) -> Iterator[Any]:
    """The fact moved by what lies between both sides, and a step further: where a side is that fact plus something."""
    value: Any = answers[fact].value if fact in answers else None
    if isinstance(left, date) and isinstance(limit, date) and isinstance(value, date):
        days = (limit - left).days
        yield from (value + timedelta(days=way * days + step) for way in (1, -1) for step in (0, 1, -1))
    elif isinstance(left, Decimal) and isinstance(limit, Decimal) and isinstance(value, Decimal):
        yield from (value + way * (limit - left) + step for way in (1, -1) for step in NEAR)


def _values(limit: Any, today: date) -> Iterator[Any]:
    """A limit and what lies just beside it; for a number of years also the days on which somebody is that old."""
    if isinstance(limit, date):
        yield from (limit + timedelta(days=shift) for shift in (0, -1, 1))
    elif isinstance(limit, Decimal):
        yield from (limit + shift for shift in NEAR)
        if 0 < limit < 130 and limit == int(limit):
            birthday = date(today.year - int(limit), today.month, min(today.day, 28))
            yield from (birthday + timedelta(days=shift) for shift in (0, 1, -1, 366))
