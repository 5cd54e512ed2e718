"""How a declared population fares by two versions: every citizen through both flows' engine.

A shift of outcome gains or loses by the ranks. Whoever got to the end and now gets stuck loses, whoever was stuck and
now gets there gains. Stuck is whoever cannot answer what is asked, needs included, or waits for what nobody supplies
(what workers judge stands in the line under `prefill`).

Called by `wegwijzer compare --population`; tests: tests/engine/harness/test_declared.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from engine.graph.graph import Graph
from engine.harness.answer import Answered, Citizen, answer
from engine.harness.compare import Comparison
from engine.harness.compare_shifts import GAINS, LOSES, Shift
from engine.harness.compare_solver import GONE, HIGHER, LOWER, MOVED, NEW, OTHERWISE, REAL


@dataclass(frozen=True, slots=True)
class Population:
    """How many citizens there are, how many go from one outcome to another, and for how many nothing was decided.

    `questions` is how many a citizen is asked on average, old and new, until nothing is left to ask, needs included;
    None where nobody was asked: a declared population. So are `stuck`, how many cannot get to the end, old and new, and
    `most`, the questions to whoever the new version asks most. `strands` and `arrives` are how many get stuck that were
    not, and the other way round (they stand under no shift); `lacking` is what the new version asks in vain, of how
    many. `hours` is the longest anybody waits for a person by the new version, in opening hours after the last
    question, by the outcome's own task; None where somebody's outcome brings nobody. `groups` are those who say yes to
    a fact, by its name.
    """

    size: int
    shifts: Mapping[tuple[str, str], int]
    undecided: int
    questions: tuple[float, float] | None
    stuck: tuple[int, int] | None = None
    strands: int = 0
    arrives: int = 0
    lacking: Mapping[str, int] = field(default_factory=dict)
    most: int | None = None
    hours: Decimal | None = None
    groups: Mapping[str, Population] = field(default_factory=dict)
    moves: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How many keep the outcome while a value shown with it changes: by its name and how (`compare_solver.REAL`)."""
    parts: Mapping[str, tuple[float, float]] | None = None
    """Of a declared population, per effect on the citizen: the least and the largest share (0..1) that it touches."""

    def between(self, found: Comparison, kinds: Set[str]) -> tuple[float, float]:
        """The least and the largest share (0..1) of the population with one of these effects."""
        if self.parts is None:
            part = sum(own for effect, own in self.effects(found).items() if effect in kinds)
            return part, part
        own = [ends for effect, ends in self.parts.items() if effect in kinds]
        return min(1.0, sum(low for low, _ in own)), min(1.0, sum(high for _, high in own))

    @property
    def moved(self) -> tuple[int, int]:
        """How many get another outcome, at least and at most."""
        if self.parts is None:
            return (sum(self.shifts.values()),) * 2
        low, high = (min(1.0, sum(own[at] for own in self.parts.values())) for at in (0, 1))
        return round(low * self.size), ceil(high * self.size)

    def effects(self, found: Comparison) -> Mapping[str, float]:
        """Share (0..1) of the population per effect on the citizen."""
        effect = {(shift.old, shift.new): shift.effect for shift in found.shifts}
        total = Counter({LOSES: self.strands, GAINS: self.arrives})
        for pair, count in self.shifts.items():
            total[effect.get(pair, "changes")] += count
        return {name: count / max(1, self.size) for name, count in total.items()}


@dataclass(frozen=True, slots=True)
class _Fared:
    """One citizen by both versions: where the rules lead, with every need asked, and how soon somebody comes."""

    citizen: Citizen
    outcomes: tuple[str, str]
    whole: tuple[Answered, Answered]
    hours: Decimal | None

    @property
    def gets_there(self) -> tuple[bool, bool]:
        """Whether nothing is missing at the end: the outcome is certain, and what it needs is known."""
        return self.whole[0].status == "decided", self.whole[1].status == "decided"


def count(old: Graph, new: Graph, citizens: Iterable[Citizen], groups: Sequence[str] = ()) -> Population:
    """Put everybody through both flows: to the outcome, and once more to count every question."""
    people = [_fared(old, new, citizen) for citizen in citizens]
    return _of(people, {name: _of([own for own in people if _says_yes(own.citizen, name)], {}) for name in groups})


def _of(people: Sequence[_Fared], groups: Mapping[str, Population]) -> Population:
    size = max(1, len(people))
    asked = [(_questions(own.whole[0]), _questions(own.whole[1])) for own in people]
    ends = Counter(own.gets_there for own in people)
    pairs = Counter(own.outcomes for own in people if own.gets_there[0] == own.gets_there[1])
    hours = [own.hours for own in people if own.hours is not None]
    return Population(
        size=len(people),
        shifts={pair: many for pair, many in pairs.items() if all(pair) and pair[0] != pair[1]},
        undecided=sum(not all(own.outcomes) for own in people),
        questions=(sum(before for before, _ in asked) / size, sum(after for _, after in asked) / size),
        stuck=(ends[False, True] + ends[False, False], ends[True, False] + ends[False, False]),
        strands=ends[True, False],
        arrives=ends[False, True],
        lacking=Counter(fact.partition("[")[0] for own in people for fact in own.whole[1].missing),
        most=max((after for _, after in asked), default=None),
        hours=max(hours) if hours and len(hours) == len(people) else None,
        groups=groups,
        moves=Counter(move for own in people for move in _moves(own)),
    )


def _moves(own: _Fared) -> Iterator[tuple[str, str]]:
    """Each value that somebody who keeps the outcome got and gets otherwise, and how."""
    first, then = own.whole
    if first.status != "decided" or then.status != "decided" or first.outcome != then.outcome:
        return
    for name in then.values:
        before, now = first.values.get(name), then.values[name]
        is_more = all(isinstance(value, Decimal | date | timedelta | None) for value in (before, now))
        ways = (LOWER, HIGHER, GONE, NEW) if is_more else (OTHERWISE, MOVED, GONE, NEW)
        yield from ((name, how) for how in ways if name in first.values and REAL[how](before, now))


def of_declared(found: Comparison, size: int, goals: tuple[str, str]) -> Population:
    """How many of a declared population of that size each shift of outcome touches."""
    about = [own for own in found.shifts if own.of in goals]
    shifts = {(own.old, own.new): round((own.part or 0) * size) for own in about}
    parts = dict[str, tuple[float, float]]()
    for own in about:
        low, high = parts.get(own.effect, (0.0, 0.0))
        least, most = _ends(own)
        parts[own.effect] = low + least, high + most
    return Population(size, {pair: many for pair, many in shifts.items() if many}, 0, None, parts=parts)


def _ends(shift: Shift) -> tuple[float, float]:
    """The least and the largest share of the population that a shift touches; drawn, as surely as it was drawn."""
    if shift.people is not None:
        return shift.people, shift.people
    if shift.estimate is not None:
        return shift.estimate.low, shift.estimate.high
    return 0.0, 1.0 if shift.people_at_most is None else shift.people_at_most


def _fared(old: Graph, new: Graph, citizen: Citizen) -> _Fared:
    whole = answer(old, citizen), answer(new, citizen)
    ends = answer(old, citizen, decide_only=True), answer(new, citizen, decide_only=True)
    before, after = (end.outcome if end.status == "decided" else "" for end in ends)
    return _Fared(citizen, (before, after), whole, _hours(new, whole[1]))


def _questions(found: Answered) -> int:
    """What is put to this citizen, whether the line has an answer or not."""
    return len(found.asked) + len(found.missing)


def _hours(graph: Graph, found: Answered) -> Decimal | None:
    """Within how many opening hours the outcome's own task brings a person."""
    if found.status != "decided":
        return None
    spans = [graph.flow.tasks[task].within for task in found.tasks]
    hours = [span.working_hours for span in spans if span is not None and span.working_hours is not None]
    return min(hours, default=None)


def _says_yes(citizen: Citizen, fact: str) -> bool:
    return citizen.prefill.get(fact, citizen.answers.get(fact)) is True
