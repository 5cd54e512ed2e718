"""What scenarios have been through, and what they have not, by name and line.

    outcomes             every outcome of the flow
    rules                every row of every decision that is about the whole citizen
    boundaries           both sides of every limit (`engine.harness.boundaries`)
    states, transitions  every place, end and step of the process that some citizen can come to (`explore`)
    channel x state      every place where the citizen has the move, over every channel of the flow
    ways to a person     every channel of `ask_person`, every "I do not know" that leads to a person, every task

Called by `wegwijzer test` and the pytest plugin; tests: tests/engine/harness/test_coverage.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from engine.errors import AnswerError, Said, Where, worded
from engine.flow.model import FactType, Unsure
from engine.graph.constants import Constants
from engine.graph.decide import Builder
from engine.graph.graph import Graph
from engine.graph.process import STANDARD, Do, Step
from engine.graph.together import called
from engine.graph.view import View
from engine.harness.boundaries import boundaries
from engine.harness.explore import TooManyStates, explore_flow
from engine.harness.guards import Guards
from engine.harness.literals import canonical
from engine.harness.run import Move, Ran
from engine.harness.witness import Witnesses
from engine.journey.accept import load_fact
from engine.journey.facts import known as facts_of
from engine.journey.state import Journey

OUTCOMES, RULES, BOUNDARIES, STATES, TRANSITIONS, CHANNELS, PEOPLE = (
    "outcomes", "rules", "boundaries", "states", "transitions", "channel x state", "ways to a person",
)  # fmt: skip
WHATS = (OUTCOMES, RULES, BOUNDARIES, STATES, TRANSITIONS, CHANNELS, PEOPLE)


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
            if not ruling.each
            for row in ruling.rows
        },
        BOUNDARIES: {side: own.where.line for own in boundaries(graph) for side in own.sides},
        STATES: {name: _line(graph.process.where(name)) for name in states},
        TRANSITIONS: {move_name((own.source, own.event, own.target)): _line(own.where) for own in steps},
        CHANNELS: {
            _channel_name(channel, place): _line(graph.process.where(place)) for channel in channels for place in own
        },
        PEOPLE: dict(_people(graph, steps)),
    }


def rule_name(decision: str, row: int) -> Said:
    """`toestemming row 3`."""
    return worded("{decision} row {row}", decision=decision, row=row)


def _channel_name(channel: str, place: str) -> Said:
    """`phone in judging`."""
    return worded("{channel} in {place}", channel=channel, place=place)


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
        explored = explore_flow(graph, Guards(graph, builder, Witnesses(graph, builder), goal))
    except TooManyStates:
        return everything, process.steps
    taken = {own.step for _, own in explored.all_taken()}
    return [name for name in everything if name in explored.places], [own for own in process.steps if own in taken]


def _people(graph: Graph, steps: Sequence[Step]) -> Iterator[tuple[str, int]]:
    contact = graph.flow.contact.get("ask_person")
    for channel in contact.over if contact is not None and contact.over else ("phone", "desk"):
        yield worded("asks for a person over {channel}", channel=channel), 0
    for path, node in graph.facts.items():
        if node.spec.unsure in (Unsure.WORKER, Unsure.HELP) and not node.list:
            yield worded("does not know {fact}", fact=path), 0
    kinds = {name for step in steps for name in step.does(Do.TASK)} - {"outcome"}
    kinds |= {spec.task for spec in graph.flow.outcomes.values() if spec.task}
    for name in [own for own in graph.flow.tasks if own in kinds] or sorted(kinds):
        yield worded("task {name}", name=name), 0


def reached(graph: Graph, ran: Ran) -> Mapping[str, set[str]]:
    """What one run has been through: kind -> names."""
    journey = ran.journey
    if journey is None:
        return {}
    view = _last_view(graph, ran, journey)
    return {
        OUTCOMES: set(ran.outcomes),
        RULES: {rule_name(*row) for row in ran.rows},
        BOUNDARIES: {side for own in boundaries(graph) if (side := own.side(view))},
        STATES: set(ran.places),
        TRANSITIONS: {move_name(move) for move in ran.moves},
        CHANNELS: {_channel_name(*own) for own in ran.channels},
        PEOPLE: set(ran.people),
    }


def _last_view(graph: Graph, ran: Ran, journey: Journey) -> View:
    """What is known in the end, with the answer that was refused."""
    known = dict(facts_of(graph, journey))
    answer = ran.scenario.answers.get(ran.refused) if ran.refused in graph.facts else None
    if answer is not None and graph.facts[ran.refused].spec.type is not FactType.LIST:  # too few or too many: no value
        with suppress(AnswerError):  # refused because it is no value of the fact at all
            known[ran.refused] = load_fact(graph, ran.refused, canonical(graph.facts[ran.refused], answer))
    return View(graph, known)


def _line(where: Where) -> int:
    """The line in the flow file; 0 in the standard's."""
    return 0 if where.file == STANDARD else where.line
