"""The smallest scenarios that are missing: citizens who go where no scenario has been.

    for each outcome, row and side of a limit that is not covered: candidate citizens
        - the proof's witness for that row (`engine.harness.witness`)
        - the citizens of the scenarios that there are, with the facts behind the limit set on it, or just beside
    each is run through the engine; of those that get somewhere new the one that covers most is taken, and so on;
    then again from the citizens found so far, as long as that finds somebody

What is expected of a suggestion is what the engine did: it is verified by running it, and marked for a person to
review, since only a person can say what should be. Called by `wegwijzer test --suggest`; tests:
tests/engine/harness/test_coverage.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from engine.errors import WegwijzerError, Where, together, worded
from engine.flow.keys import read_key
from engine.flow.model import FactType, SupplierKind
from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.graph import Formula, Graph
from engine.graph.mdd import DiagramTooLarge
from engine.graph.process import By
from engine.graph.together import called
from engine.harness.boundaries import Boundary, boundaries
from engine.harness.coverage import BOUNDARIES, OUTCOMES, RULES, goals, reached, rule_name
from engine.harness.driver import Trunk
from engine.harness.expectations import plain
from engine.harness.run import Ran, run
from engine.harness.scenario import DEFAULT_DAY, Expect, Scenario, Then, Wishes, Worker
from engine.harness.witness import Witnesses, likely
from engine.journey.explain import explain
from engine.journey.facts import view_of
from engine.journey.state import Answer
from engine.lint.dutch import told

KINDS = (OUTCOMES, RULES, BOUNDARIES)
TO_REVIEW = worded("To review: each `expect` is what the engine did, not what somebody decided that it should do.")
MOST_NAMED = 3
MOST_TRIES = 400
MOST_BASES = 8
MOST_ROUNDS = 4
NEAR = (Decimal(0), Decimal("0.01"), Decimal("-0.01"), Decimal(1), Decimal(-1))
Aim = tuple[str, str]
"""Kind of coverage and name."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A citizen who gets somewhere new. `covers` says where, `expect` what the engine made of it."""

    name: str
    scenario: Scenario
    covers: tuple[str, ...]
    expect: Mapping[str, str]


def suggest(graph: Graph, runs: Sequence[Ran]) -> tuple[tuple[Suggestion, ...], tuple[str, ...]]:
    """What to add, and what no candidate got to. Nothing is suggested that was not run."""
    wanted = goals(graph)
    open_aims = {(kind, name) for kind in KINDS for name in wanted[kind]}
    for ran in runs:
        open_aims -= _aims(graph, ran)
    trunk, wanted_now = Trunk(graph), frozenset(open_aims)
    found: list[Ran] = []
    fresh: list[Ran] = []
    for _ in range(MOST_ROUNDS):
        pool = _pool(trunk, [*fresh, *runs], open_aims)
        fresh = []
        while pool:
            ran, aims = max(pool, key=lambda own: (len(own[1]), -len(own[0].asked)))
            fresh.append(ran)
            open_aims -= aims
            pool = [(own, left) for own, seen in pool if (left := seen & open_aims)]
        found += fresh
        if not fresh or not open_aims:
            break
    needed = _needed([(ran, _aims(graph, ran) & wanted_now) for ran in found])
    usual = [ran.scenario.answers for ran in runs]
    suggestions = (_suggestion(graph, _plainer(ran, usual), ran, aims, wanted) for ran, aims in needed)
    return tuple(suggestions), tuple(sorted(name for _, name in open_aims))


def _plainer(ran: Ran, usual: Sequence[Mapping[str, Any]]) -> Scenario:
    """The citizen without what nobody asked and no scenario says of a citizen either: it is not heard on the way."""
    asked = {key.name for fact in ran.asked if (key := read_key(fact)) is not None}
    answers = {
        fact: value
        for fact, value in ran.scenario.answers.items()
        if fact in asked or any(own.get(fact) == value for own in usual)
    }
    return replace(ran.scenario, answers=answers)


def _needed(found: Sequence[tuple[Ran, set[Aim]]]) -> list[tuple[Ran, set[Aim]]]:
    """Without those who get nowhere that the others do not; each with where it is the first to get."""
    kept = list(found)
    for own in sorted(found, key=lambda one: len(one[1])):
        others = set[Aim]().union(*(aims for ran, aims in kept if ran is not own[0]))
        if own[1] <= others:
            kept.remove(own)
    before: set[Aim] = set()
    first = []
    for ran, aims in kept:
        first.append((ran, aims - before))
        before |= aims
    return first


def _pool(trunk: Trunk, runs: Sequence[Ran], open_aims: set[Aim]) -> list[tuple[Ran, set[Aim]]]:
    """The candidates that get somewhere new, each with where."""
    graph, pool = trunk.graph, []
    for scenario in islice(_candidates(graph, runs, open_aims), MOST_TRIES):
        try:
            ran = run(graph, scenario, twice=False, trunk=trunk)
        except WegwijzerError:
            continue
        aims = _aims(graph, ran) & open_aims
        if aims:
            pool.append((ran, aims))
    return pool


def _aims(graph: Graph, ran: Ran) -> set[Aim]:
    return {(kind, name) for kind, names in reached(graph, ran).items() if kind in KINDS for name in names}


# -- candidates


def _candidates(graph: Graph, runs: Sequence[Ran], aims: set[Aim]) -> Iterator[Scenario]:
    bases = [ran.scenario for ran in runs if not ran.failures][:MOST_BASES] or [_anybody(graph)]
    for known in _row_witnesses(graph, aims):
        unjudged = {fact: value for fact, value in known.items() if not _by_worker(graph, fact)}
        for each in (unjudged, known) if unjudged != known else (known,):
            for base in bases[:2]:
                yield _with(graph, base, each)
    names = {name for _, name in aims}
    for own in boundaries(graph):
        if not names.isdisjoint(own.sides):
            for base in bases:
                yield from (_with(graph, base, known) for known in _beside(graph, own, base))


def _anybody(graph: Graph) -> Scenario:
    known = {path: value for path, node in graph.facts.items() if not node.list for value in islice(likely(node), 1)}
    words = {path: _word(value) for path, value in known.items() if value is not None and value != 0}
    return Scenario("anybody", 1, Where(), DEFAULT_DAY, words, {}, None, (), Wishes(), Expect())


def _with(graph: Graph, base: Scenario, known: Mapping[str, Any]) -> Scenario:
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
                lists = {path for path, node in graph.facts.items() if node.spec.type is FactType.LIST or node.list}
                yield {fact: _told(value) for fact, value in found.items() if fact in graph.facts and fact not in lists}


def _beside(graph: Graph, own: Boundary, base: Scenario) -> Iterator[Mapping[str, str]]:
    """The base citizen with one fact behind the limit set so that it lies on it, or just beside."""
    ran = run(graph, replace(base, then=(), wishes=Wishes(), expect=Expect()), twice=False)
    if ran.journey is None:
        return
    scope = view_of(graph, ran.journey).scope
    left, limit = (side.program(scope) for side in (own.left, own.right))
    for fact in _behind(graph, own.left):
        for value in _values(limit, base.as_of):
            yield {fact: _word(value)}
    for fact in _behind(graph, own.left) | _behind(graph, own.right):
        for value in _moved(ran.journey.answers, fact, left, limit):
            yield {fact: _word(value)}


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


# -- words


def _told(value: Any) -> Any:
    """A value of a witness as an author writes it; a list of options stays one."""
    return value if isinstance(value, str | list) else _word(value)


def _word(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else plain(value)


def _suggestion(
    graph: Graph, scenario: Scenario, ran: Ran, aims: set[Aim], wanted: Mapping[str, Mapping[str, int]]
) -> Suggestion:
    covers = tuple(
        worded("{name} (line {line})", name=name, line=wanted[kind][name])
        for kind, name in sorted(aims, key=lambda own: str(own[1]))
    )
    journey = ran.journey
    outcome = (journey.proposed or journey.outcome) if journey is not None else ""
    reasons = explain(graph, journey, what_if=False).conclusions if journey is not None else ()
    because = next((own.because for own in reasons if own.decision == graph.flow.goal), "") if outcome else ""
    name = together([name for _, name in sorted(aims)[:MOST_NAMED]], "; ")
    if ran.refused:
        return Suggestion(name, scenario, covers, {"refused": ran.refused})
    place = "" if outcome or journey is None else journey.place
    expect = {"outcome": outcome, "because": because, "place": place}
    return Suggestion(name, scenario, covers, {key: value for key, value in expect.items() if value})


def written(suggestions: Sequence[Suggestion], language: str = "en") -> str:
    """The suggestions as a scenario file in a language: the usual citizen on top, what differs with each."""
    usual = dict(suggestions[0].scenario.answers)
    for own in suggestions[1:]:
        usual = {fact: value for fact, value in usual.items() if own.scenario.answers.get(fact) == value}
    days = {own.scenario.as_of for own in suggestions}
    lines = [f"# {told(TO_REVIEW, language)}"]
    if len(days) == 1:
        lines.append(f"as_of: {min(days)}")
    lines += [f"citizen: {_inline(usual)}", "scenarios:"]
    for own in suggestions:
        lines += _one(own, usual, language, dated=len(days) > 1)
    return "\n".join(lines) + "\n"


def _one(own: Suggestion, usual: Mapping[str, Any], language: str, *, dated: bool) -> list[str]:
    differs = {fact: value for fact, value in own.scenario.answers.items() if usual.get(fact) != value}
    review = worded("review: covers {names}", names=together(own.covers))
    lines = [f"  # {told(review, language)}", f"  {_quoted(told(own.name, language))}:"]
    if dated:
        lines.append(f"    as_of: {own.scenario.as_of}")
    if own.scenario.registers:
        lines.append(f"    registers: {_inline(own.scenario.registers)}")
    if differs:
        lines.append(f"    with: {_inline(differs)}")
    if own.scenario.worker is not None:
        lines.append(f"    worker: {_inline({'judge': dict(own.scenario.worker.judge)})}")
    if own.scenario.then:
        then = [{"payment": step.payment, "paid": dict(step.paid)} for step in own.scenario.then]
        lines.append(f"    then: {_inline(then)}")
    return [*lines, f"    expect: {_inline(own.expect)}"]


def _inline(value: Any) -> str:
    """A value in one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(own)}" for key, own in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A text that YAML reads as it is, with quotes where it needs them."""
    plain_text = text and not (set(text) & set(",{}[]:#&*!|>'\"%@`")) and text == text.strip() and text[0] not in "-?"
    return text if plain_text else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
