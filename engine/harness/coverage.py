"""What scenarios have been through, and what they have not, by name and line.

    outcomes             every outcome of the flow
    rules                every row of every decision, also of those about each item of a list
    boundaries           both sides of every limit (`engine.harness.boundaries`)
    states, transitions  every place, end and step of the process that some citizen can come to (`explore`)
    channel x state      every place where the citizen has the move, over every channel of the flow
    ways to a person     every channel of `ask_person`, every "I do not know" that leads to a person, every task

Called by `wegwijzer test` and the pytest plugin; tests: tests/engine/harness/test_coverage.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from engine.errors import AnswerError, Said, Where, worded
from engine.flow.keys import read_key
from engine.flow.model import FactType, SupplierKind, Unsure
from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.graph import FactNode, Graph
from engine.graph.process import STANDARD, Do, Step
from engine.graph.together import called
from engine.graph.view import View
from engine.harness.boundaries import boundaries
from engine.harness.explore import Explored, TooManyStates, explore, explore_flow
from engine.harness.guards import Guards, Outcomes
from engine.harness.literals import canonical
from engine.harness.run import Move, Ran, told_of
from engine.harness.witness import Witnesses
from engine.journey.accept import load_fact
from engine.journey.facts import known as facts_of
from engine.journey.state import Journey

OUTCOMES, RULES, BOUNDARIES, STATES, TRANSITIONS, CHANNELS, PEOPLE = (
    "outcomes", "rules", "boundaries", "states", "transitions", "channel x state", "ways to a person",
)  # fmt: skip
NEEDS_WORKER = "needs_worker"
WHATS = (OUTCOMES, RULES, BOUNDARIES, STATES, TRANSITIONS, CHANNELS, PEOPLE)
Aim = tuple[str, str]
"""Kind of coverage and name."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that no scenario has been through. `line` in the flow file, 0 where the standard brings it."""

    name: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of coverage: how many of how many, and which are missing."""

    what: str
    seen: int
    total: int
    missing: tuple[Gap, ...]

    @property
    def share(self) -> int:
        """Whole percents, 100 when there is nothing to cover."""
        return 100 if not self.total else self.seen * 100 // self.total


def coverage(graph: Graph, runs: Iterable[Ran]) -> tuple[Part, ...]:
    """Every kind, in the order of the table above."""
    done = list(runs)
    wanted = goals(graph)
    seen = {what: set[str]() for what in WHATS}
    for ran in done:
        for what, names in reached(graph, ran).items():
            seen[what] |= names
    return tuple(_part(what, wanted[what], seen[what]) for what in WHATS)


def _part(what: str, wanted: Mapping[str, int], seen: set[str]) -> Part:
    missing = tuple(Gap(name, line) for name, line in wanted.items() if name not in seen)
    return Part(what, len(wanted) - len(missing), len(wanted), missing)


def goals(graph: Graph) -> Mapping[str, Mapping[str, int]]:
    """All there is to cover: kind -> name -> line."""
    states, steps = _reachable(graph)
    channels = [str(name) for name in graph.flow.channels]
    own = [name for name in states if name in graph.process.places and graph.process.places[name].who == "citizen"]
    return {
        OUTCOMES: {name: _outcome_line(graph, name) for name in graph.flow.outcomes},
        RULES: {
            rule_name(called(ruling), row.number): row.where.line
            for ruling in graph.rulings.values()
            for row in ruling.rows
        },
        BOUNDARIES: {side: own.where.line for own in boundaries(graph) for side in own.sides},
        STATES: {name: _line(graph.process.where(name)) for name in states},
        TRANSITIONS: {move_name((own.source, own.event, own.target)): _line(own.where) for own in steps},
        CHANNELS: {
            channel_name(channel, place): _line(graph.process.where(place)) for channel in channels for place in own
        },
        PEOPLE: dict(_people(graph, steps)),
    }


def rule_name(decision: str, row: int) -> Said:
    """`toestemming row 3`."""
    return worded("{decision} row {row}", decision=decision, row=row)


def channel_name(channel: str, place: str) -> Said:
    """`phone in judging`."""
    return worded("{channel} in {place}", channel=channel, place=place)


def task_name(kind: str) -> Said:
    """`task beoordelen`."""
    return worded("task {name}", name=kind)


def unknown_name(fact: str) -> Said:
    """`does not know inkomen`."""
    return worded("does not know {fact}", fact=fact)


def move_name(move: Move) -> str:
    """`judging: propose -> decided`."""
    source, event, target = move
    return f"{source}: {event} -> {target if target != source else 'stay'}"


def _outcome_line(graph: Graph, outcome: str) -> int:
    """The first row that leads to it."""
    rows = (row.where.line for row in graph.goal.rows if outcome in row.output.text)
    return next(rows, graph.goal.where.line)


def _reachable(graph: Graph) -> tuple[Sequence[str], Sequence[Step]]:
    """Places and steps that some citizen can come to; all of them where there are too many to walk."""
    process = graph.process
    everything = (*process.places, *process.ends)
    builder = Builder(graph, Constants(graph.facts, graph.rulings, graph.parameters))
    goal = builder.ruling(graph.goal)
    try:
        explored = _explored(graph, Guards(graph, builder, Witnesses(graph, builder), goal))
    except TooManyStates:
        return everything, process.steps
    taken = {own.step for _, own in explored.all_taken()}
    return [name for name in everything if name in explored.places], [own for own in process.steps if own in taken]


def _explored(graph: Graph, guards: Guards) -> Explored:
    """Everywhere that a citizen can come to; nobody waits for a person where no fact can, and the rules always say."""
    given = () if guards.goal is None else guards.builder.forest.values(guards.witnesses.real(guards.goal))
    if not given or None in given or any(map(_waits, graph.facts.values())):
        return explore_flow(graph, guards)

    def rows(own: tuple[Step, ...], deviated: bool) -> tuple[Outcomes, ...]:
        none: Outcomes = frozenset()
        return (none,) * len(own) if own[0].event == NEEDS_WORKER else guards.rows(own, deviated=deviated)

    return explore(graph.process, rows)


def _waits(node: FactNode) -> bool:
    """Whether a fact can come to wait for somebody else than the citizen: asked of one, handed on, or disputed."""
    handed_on = node.spec.unsure in (Unsure.WORKER, Unsure.HELP)
    return handed_on or any(ref.kind not in (SupplierKind.CITIZEN, SupplierKind.CLOCK) for ref in node.spec.suppliers)


def _people(graph: Graph, steps: Sequence[Step]) -> Iterator[tuple[str, int]]:
    contact = graph.flow.contact.get("ask_person")
    for channel in contact.over if contact is not None and contact.over else ("phone", "desk"):
        yield worded("asks for a person over {channel}", channel=channel), 0
    for path, node in graph.facts.items():
        if node.spec.unsure in (Unsure.WORKER, Unsure.HELP) and not node.list:
            yield unknown_name(path), 0
    kinds = {name for step in steps for name in step.does(Do.TASK)} - {"outcome"}
    kinds |= {spec.task for spec in graph.flow.outcomes.values() if spec.task}
    for name in [own for own in graph.flow.tasks if own in kinds] or sorted(kinds):
        yield task_name(name), 0


def reached(graph: Graph, ran: Ran, kinds: Collection[str] = WHATS) -> Mapping[str, set[str]]:
    """What one run has been through, of these kinds: kind -> names."""
    journey = ran.journey
    if journey is None:
        return {}
    return {kind: set(_REACHED[kind](graph, ran)) for kind in WHATS if kind in kinds}


def _last_view(graph: Graph, ran: Ran, journey: Journey) -> View:
    """What is known in the end, with the answer that was refused."""
    known = dict(facts_of(graph, journey))
    key = read_key(ran.refused)
    node = graph.facts.get(key.path) if key is not None else None
    answer = told_of(ran.scenario.answers, key) if key is not None and node is not None else None
    if node is not None and answer is not None and node.spec.type is not FactType.LIST:  # too few or too many: no value
        with suppress(AnswerError):  # refused because it is no value of the fact at all
            known[ran.refused] = load_fact(graph, ran.refused, canonical(node, answer))
    return View(graph, known)


def _sides(graph: Graph, ran: Ran) -> Iterator[str]:
    assert ran.journey is not None
    view = _last_view(graph, ran, ran.journey)
    return (side for own in boundaries(graph) for side in own.seen(view))


_REACHED: Final[Mapping[str, Callable[[Graph, Ran], Iterable[str]]]] = {
    OUTCOMES: lambda graph, ran: ran.outcomes,
    RULES: lambda graph, ran: (rule_name(*row) for row in ran.rows),
    BOUNDARIES: _sides,
    STATES: lambda graph, ran: ran.places,
    TRANSITIONS: lambda graph, ran: map(move_name, ran.moves),
    CHANNELS: lambda graph, ran: (channel_name(*own) for own in ran.channels),
    PEOPLE: lambda graph, ran: ran.people,
}


def _line(where: Where) -> int:
    """The line in the flow file; 0 in the standard's."""
    return 0 if where.file == STANDARD else where.line
