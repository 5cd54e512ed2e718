"""The smallest scenarios that are missing: citizens who go where no scenario has been.

    1   outcomes, rows, limits: candidate citizens (`suggest_citizens`), each run through the engine; of those that get
        somewhere new the one that covers most is taken, and so on; then again from the citizens found so far
    2   places, steps, channels, ways to a person, and what only a clock, a worker or a payment leads to: from all these
        citizens everything that can happen next is walked (`suggest_ways`), and tours are laid over it
    3   whoever gets nowhere that the others do not is left out

What is expected of a suggestion is what the engine did: it is verified by running it, and marked for a person to
review, since only a person can say what should be. Called by `wegwijzer test --suggest`; tests:
tests/engine/harness/test_coverage.py, test_suggest.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from engine.errors import WegwijzerError, together, worded
from engine.flow.keys import read_key
from engine.flow.model import Unsure
from engine.graph.graph import Graph
from engine.harness.coverage import BOUNDARIES, OUTCOMES, PEOPLE, RULES, Aim, goals, reached
from engine.harness.driver import Trunk
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario, Wishes
from engine.harness.suggest_citizens import anybody, bare, candidates, who_is_asked, who_is_known
from engine.harness.suggest_moves import hints_of
from engine.harness.suggest_tours import tours
from engine.harness.suggest_ways import Explorer
from engine.harness.suggest_why import why_not
from engine.journey.explain import explain

DECIDED = (OUTCOMES, RULES, BOUNDARIES)
MOST_NAMED = 3
MOST_TRIES = 400
MOST_ROUNDS = 4
MOST_CITIZENS = 40  # from whom what can happen next is walked


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A citizen who gets somewhere new. `covers` says where, `expect` what the engine made of it."""

    name: str
    scenario: Scenario
    covers: tuple[str, ...]
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Left:
    """What no citizen was found for, and why not."""

    what: str
    name: str
    why: str


def suggest(graph: Graph, runs: Sequence[Ran]) -> tuple[tuple[Suggestion, ...], tuple[Left, ...]]:
    """What to add, and what no candidate got to. Nothing is suggested that was not run."""
    wanted = goals(graph)
    open_aims = {(kind, name) for kind, names in wanted.items() for name in names}
    for ran in runs:
        open_aims -= _aims(graph, ran, open_aims)
    trunk, wanted_now = Trunk(graph), frozenset(open_aims)
    found = _decided(trunk, runs, open_aims)
    known = [*runs, *found]
    beyond = frozenset(open_aims)
    explorer = Explorer(trunk, hints_of(graph), lambda ran: _aims(graph, ran, beyond))
    explored = explorer.explore(list(_starts(trunk, known, open_aims)), open_aims)
    found += [ran for ran, _ in tours(trunk, explored, open_aims, explorer.reached)]
    usual = [ran.scenario.answers for ran in runs]
    needed = _needed([(ran, _aims(graph, ran, wanted_now)) for ran in found])
    made = tuple(_suggestion(graph, _plainer(ran, usual), ran, aims, wanted) for ran, aims in needed)
    left = sorted(open_aims, key=lambda own: (list(wanted).index(own[0]), list(wanted[own[0]]).index(own[1])))
    return made, tuple(Left(kind, name, why_not(graph, explored, (kind, name))) for kind, name in left)


def _aims(graph: Graph, ran: Ran, wanted: Set[Aim]) -> set[Aim]:
    """Which of what is wanted a run has been through."""
    been = reached(graph, ran, {kind for kind, _ in wanted})
    return {(kind, name) for kind, name in wanted if name in been.get(kind, ())}


# -- what the decisions tell apart


def _decided(trunk: Trunk, runs: Sequence[Ran], open_aims: set[Aim]) -> list[Ran]:
    """Citizens who get to what is open of the decisions; what they get to is open no longer."""
    mine = {aim for aim in open_aims if aim[0] in DECIDED}
    found: list[Ran] = []
    fresh: list[Ran] = []
    for _ in range(MOST_ROUNDS):
        pool = _pool(trunk, [*fresh, *runs], mine)
        fresh = []
        while pool:
            ran, aims = max(pool, key=lambda own: (len(own[1]), -len(own[0].asked)))
            fresh.append(ran)
            mine -= aims
            pool = [(own, left) for own, seen in pool if (left := seen & mine)]
        found += fresh
        if not fresh or not mine:
            break
    for ran in found:
        open_aims -= _aims(trunk.graph, ran, open_aims)
    return found


def _pool(trunk: Trunk, runs: Sequence[Ran], open_aims: set[Aim]) -> list[tuple[Ran, set[Aim]]]:
    """The candidates that get somewhere new, each with where."""
    graph, pool = trunk.graph, []
    for scenario in islice(candidates(graph, runs, open_aims), MOST_TRIES) if open_aims else ():
        try:
            ran = run(graph, scenario, twice=False, trunk=trunk)
        except WegwijzerError:
            continue
        if aims := _aims(graph, ran, open_aims):
            pool.append((ran, aims))
    return pool


# -- where the process leads


def _starts(trunk: Trunk, runs: Sequence[Ran], open_aims: set[Aim]) -> Iterator[Scenario]:
    """Each citizen with everything told, halfway, and known to registers; and those who do not know something."""
    graph = trunk.graph
    citizens = {bare(ran.scenario).content: bare(ran.scenario) for ran in runs if not ran.refused}
    known = list(islice(citizens.values(), MOST_CITIZENS)) or [anybody(graph)]
    asked: dict[str, Scenario] = {}
    for own in known:
        told = run(graph, own, twice=False, trunk=trunk).asked
        asked = {**dict.fromkeys(told, own), **asked}
        yield from who_is_known(graph, own)  # before who tells the same: only what a register says can be disputed
        yield own
        for stop in dict.fromkeys((*told[-1:], *told[:1])):
            yield replace(own, wishes=Wishes(stop_after=stop))
    for fact, node in graph.facts.items():
        if node.spec.unsure in (Unsure.WORKER, Unsure.HELP) and not node.list:
            citizen = asked.get(fact) or who_is_asked(graph, known[0], fact)
            if any(aim[0] == PEOPLE for aim in open_aims):
                yield replace(citizen, answers={**citizen.answers, fact: "unsure"})


# -- what is suggested


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


def _suggestion(
    graph: Graph, scenario: Scenario, ran: Ran, aims: set[Aim], wanted: Mapping[str, Mapping[str, int]]
) -> Suggestion:
    named = sorted(aims, key=lambda own: (list(wanted).index(own[0]), own[1]))
    covers = tuple(
        worded("{name} (line {line})", name=name, line=wanted[kind][name]) if wanted[kind][name] else name
        for kind, name in sorted(aims, key=lambda own: str(own[1]))
    )
    name = together([name for _, name in named[:MOST_NAMED]], "; ")
    return Suggestion(name, scenario, covers, _expected(graph, ran))


def _expected(graph: Graph, ran: Ran) -> Mapping[str, Any]:
    """What the engine made of it."""
    journey, happens = ran.journey, ran.scenario.then or ran.scenario.wishes.stop_after
    if ran.refused or journey is None:
        return {"refused": ran.refused}
    outcome = journey.proposed or journey.outcome
    reasons = explain(graph, journey, what_if=False).conclusions
    because = next((own.because for own in reasons if own.decision == graph.flow.goal), "") if outcome else ""
    expect = {"outcome": outcome, "because": because, "place": journey.place if happens or not outcome else ""}
    does = {"does": ran.end.done} if happens and ran.end is not None else {}
    return {**{key: value for key, value in expect.items() if value}, **does}
