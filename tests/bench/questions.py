"""The next question on flows of 200 questions, all of them reachable; and citizens a second through the real engine.

`full`: everything that is known seen afresh, then the next question. `incremental`: one answer told, then the next
question. Both are checked to agree at every step before anything is timed.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from engine.flow.model import FactType
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.answer import Citizen, answer
from engine.journey.accept import load_fact
from engine.journey.interview import Interview
from engine.journey.relevance import relevance
from tests.bench.large_flows import answer_of, large_flow
from tests.bench.recorder import Row, Section, at_least_a_second, at_most, record

FLOWS = Path(__file__).parents[2] / "flows"
SEEDS = (1, 2, 3, 4, 5)
WALKS = 12
CITIZENS = 4_000
ROUNDS = 9
Told = list[tuple[str, object]]


def main() -> None:
    """Measure and record."""
    full: list[float] = []
    incremental: list[float] = []
    asked: list[int] = []
    for seed in SEEDS:
        graph = load_flow(large_flow(200, seed))
        walks = [_walk(graph, random.Random(walk)) for walk in range(WALKS)]  # noqa: S311
        asked += [len(walk) for walk in walks]
        full += _quiet(partial(_all, _full, graph, walks))
        incremental += _quiet(partial(_all, _told, graph, walks))
    rows = [
        at_most("next question, 200 reachable questions: full, median", median(full) * 1e6, 150, "µs"),
        Row("the same, 95 of 100 within", f"{_within(full) * 1e6:.0f} µs"),
        at_most("next question, 200 reachable questions: incremental, median", median(incremental) * 1e6, 15, "µs"),
        Row("the same, 95 of 100 within", f"{_within(incremental) * 1e6:.0f} µs"),
        Row("questions asked until decided, median", f"{median(asked):.0f} of 200"),
        *(_citizens(slug, goal) for slug, goal in (("boom-kappen", 20_000), ("rijbewijs-leeftijdspoort", 0))),
    ]
    note = (
        f"Random flows ({len(SEEDS)} of them, {WALKS} citizens each): tables of 3 to 6 columns and 7 to 11 rows over "
        "facts and over each other, one fact in ten read twice; a figure is each step's best of "
        f"{ROUNDS} rounds. Citizens answer at random; `answer` puts each through the engine that serves citizens, in "
        "one process, from plain answers to outcome, values and what was asked, checks included."
    )
    record(Section("questions", "Questions and citizens", "make bench", rows, notes=[note]))


def _walk(graph: Graph, chance: random.Random) -> Told:
    """One citizen's answers in the order of asking; full and incremental agree at every step."""
    interview, told = Interview(graph, {}), Told()
    while True:
        key = relevance(graph, View(graph, dict(told))).next
        assert interview.next == key
        if not key:
            return told
        value = load_fact(graph, key, answer_of(str(graph.facts[key].spec.type), chance))
        interview.tell(key, value)
        told.append((key, value))


def _all(steps: Callable[[Graph, Told], list[float]], graph: Graph, walks: list[Told]) -> list[float]:
    return [took for walk in walks for took in steps(graph, walk)]


def _full(graph: Graph, told: Told) -> list[float]:
    taken = []
    for so_far in range(len(told)):
        known = dict(told[:so_far])
        start = process_time()
        found = relevance(graph, View(graph, known)).next
        taken.append(process_time() - start)
        assert found == told[so_far][0]
    return taken


def _told(graph: Graph, told: Told) -> list[float]:
    interview, taken = Interview(graph, {}), []
    found = interview.next
    for key, value in told:
        assert found == key
        start = process_time()
        interview.tell(key, value)
        found = interview.next
        taken.append(process_time() - start)
    return taken


def _quiet(run: Callable[[], list[float]]) -> list[float]:
    """Every step's best of a few rounds, so that the machine's other work counts for little."""
    gc.disable()
    try:
        rounds = [run() for _ in range(ROUNDS)]
    finally:
        gc.enable()
    return [min(steps) for steps in zip(*rounds, strict=True)]


def _within(taken: list[float]) -> float:
    return sorted(taken)[len(taken) * 95 // 100]


def _citizens(slug: str, goal: float) -> Row:
    """Citizens a second through `answer`."""
    graph = load_flow((FLOWS / slug / "flow.yaml").read_text(encoding="utf-8"))
    chance = random.Random(7)  # noqa: S311
    people = [_citizen(graph, chance) for _ in range(CITIZENS)]
    best = min(_quiet(lambda: [_time(graph, people)]))
    asked = sum(len(answer(graph, own).asked) for own in people[:500]) / 500
    what = f"`answer`, {slug} ({len(graph.facts)} facts, {asked:.1f} asked), citizens a second"
    return at_least_a_second(what, CITIZENS / best, goal)


def _time(graph: Graph, people: list[Citizen]) -> float:
    start = process_time()
    for own in people:
        answer(graph, own)
    return process_time() - start


def _citizen(graph: Graph, chance: random.Random) -> Citizen:
    answers = {path: _answer(graph, path, chance) for path in graph.facts}
    return Citizen(answers, date(2026, 5, 1))


def _answer(graph: Graph, path: str, chance: random.Random) -> Any:
    spec = graph.facts[path].spec
    if spec.type is FactType.BOOLEAN:
        return chance.random() < 0.5
    if spec.type is FactType.CHOICE:
        return chance.choice(list(spec.options))
    if spec.type is FactType.CHOICES:
        return [chance.choice(list(spec.options))]
    if spec.type is FactType.DATE:
        return date(chance.randint(1930, 2020), chance.randint(1, 12), chance.randint(1, 28)).isoformat()
    if spec.type is FactType.TEXT:
        return "Jansen"
    return chance.randint(int(spec.min or 0), int(spec.max or 150))


if __name__ == "__main__":
    main()
