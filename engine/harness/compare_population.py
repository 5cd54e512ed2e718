"""How a declared population fares by two versions: every citizen through both flows' engine.

A shift of outcome gains or loses by the ranks. Whoever got to the end and now gets stuck loses, whoever was stuck and
now gets there gains. Stuck is whoever cannot answer what is asked, needs included, or waits for what nobody supplies
(what workers judge stands in the line under `prefill`).

Called by `wegwijzer compare --population`; tests: tests/engine/harness/test_declared.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Final

from engine.graph.graph import Graph
from engine.harness.answer import Answered, Citizen, answer
from engine.harness.compare import Comparison
from engine.harness.compare_counted import Counting
from engine.harness.compare_shifts import GAINS, LOSES, Shift
from engine.harness.compare_solver import GONE, HIGHER, LOWER, MOVED, NEW, OTHERWISE, REAL

Move = tuple[str, str]
MOST_KNOWN: Final = 100_000
"""Of so many citizens is remembered how they fared."""


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
    moves: Mapping[Move, int] = field(default_factory=dict)
    """How many keep the outcome while a value shown with it changes: by its name and how (`compare_solver.REAL`)."""
    touched: tuple[tuple[int, int], ...] = ()
    """How many each change in words or process touches, then each harm, at least and at most."""
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
    """How citizens fared by both versions, as far as it counts: where the rules lead, and with every need asked.

    `gets_there` says whether nothing is missing at the end, `asked` how many questions are put to them, `hours` how
    soon somebody comes by the new version, `yes` to which of the groups they belong.
    """

    outcomes: tuple[str, str]
    gets_there: tuple[bool, bool]
    asked: tuple[int, int]
    lacks: tuple[str, ...]
    hours: Decimal | None
    moves: tuple[Move, ...]
    yes: frozenset[str]
    touched: tuple[int, int]


def count(
    old: Graph,
    new: Graph,
    citizens: Iterable[Citizen],
    groups: Sequence[str] = (),
    counting: Counting | None = None,
) -> Population:
    """Put everybody through both flows: to the outcome, and once more to count every question; with `counting` also
    through the changes in words and process.

    Whoever gives the same answers as somebody before fares as he did, and a million of them take no more room than one.
    """
    crowd, known = Counter[_Fared](), dict[str, _Fared]()
    for citizen in citizens:
        said = repr((citizen.as_of, citizen.answers, citizen.prefill))
        if said not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[said] = _fared(old, new, citizen, groups, counting)
        crowd[known[said]] += 1
    each = {name: _of({own: many for own, many in crowd.items() if name in own.yes}, {}) for name in groups}
    found = _of(crowd, each)
    if counting is None:
        return found
    return replace(found, touched=counting.counts((own.touched, many) for own, many in crowd.items()))


def _of(crowd: Mapping[_Fared, int], groups: Mapping[str, Population]) -> Population:
    size = sum(crowd.values())
    ends, pairs = Counter[tuple[bool, bool]](), Counter[tuple[str, str]]()
    lacking, moves = Counter[str](), Counter[Move]()
    for own, many in crowd.items():
        ends[own.gets_there] += many
        pairs[own.outcomes] += many if own.gets_there[0] == own.gets_there[1] else 0
        lacking.update({fact: many * own.lacks.count(fact) for fact in set(own.lacks)})
        moves.update({move: many * own.moves.count(move) for move in set(own.moves)})
    hours = [own.hours for own in crowd if own.hours is not None]
    before, after = (sum(own.asked[at] * many for own, many in crowd.items()) / max(1, size) for at in (0, 1))
    return Population(
        size=size,
        shifts={pair: many for pair, many in pairs.items() if many and all(pair) and pair[0] != pair[1]},
        undecided=sum(many for own, many in crowd.items() if not all(own.outcomes)),
        questions=(before, after),
        stuck=(ends[False, True] + ends[False, False], ends[True, False] + ends[False, False]),
        strands=ends[True, False],
        arrives=ends[False, True],
        lacking=lacking,
        most=max((own.asked[1] for own in crowd), default=None),
        hours=max(hours) if hours and len(hours) == len(crowd) else None,
        groups=groups,
        moves=moves,
    )


def _moves(whole: tuple[Answered, Answered]) -> Iterator[Move]:
    """Each value that somebody who keeps the outcome got and gets otherwise, and how."""
    first, then = whole
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


def _fared(old: Graph, new: Graph, citizen: Citizen, groups: Iterable[str], counting: Counting | None) -> _Fared:
    whole = answer(old, citizen), answer(new, citizen)
    ends = answer(old, citizen, decide_only=True), answer(new, citizen, decide_only=True)
    before, after = (end.outcome if end.status == "decided" else "" for end in ends)
    return _Fared(
        outcomes=(before, after),
        gets_there=(whole[0].status == "decided", whole[1].status == "decided"),
        asked=(_questions(whole[0]), _questions(whole[1])),
        lacks=tuple(fact.partition("[")[0] for fact in whole[1].missing),
        hours=_hours(new, whole[1]),
        moves=tuple(_moves(whole)),
        yes=frozenset(name for name in groups if _says_yes(citizen, name)),
        touched=(0, 0) if counting is None else counting.of({**whole[0].known, **whole[1].known}),
    )


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
