"""Where citizens can get after the questions: every step, clock, worker's answer and payment tried.

    Explorer(trunk, hints, reached).explore(starts, aims) -> Explored      what was walked, as a graph of spots and ways

Everything is walked through the reducer; journeys that are alike for what can happen next (`suggest_signs`) count as
one. Called by `engine.harness.suggest`; tests: tests/engine/harness/test_suggest.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import heappop, heappush

from engine.errors import AnswerError, RefusedEvent
from engine.graph.process import LATE, LATE_TERM
from engine.harness.after import carry_out
from engine.harness.coverage import TRANSITIONS, Aim, move_name
from engine.harness.driver import Driver, Stand, Trunk
from engine.harness.run import Ran, run
from engine.harness.scenario import Scenario, Then
from engine.harness.suggest_moves import Hints, Moves
from engine.harness.suggest_signs import Signs

Alternatives = Sequence[Then | tuple[Then, ...]]
Reached = Callable[[Ran], set[Aim]]

MOST_IDLE = 150  # spots from which nothing new was met, one after the other
MOST_ALIKE = 3  # that differ in nothing but the facts behind guards


@dataclass(eq=False, slots=True)
class Spot:
    """A state that somebody came to: by which scenario, what that reached on the way, and how it can go on."""

    stand: Stand
    scenario: Scenario
    aims: frozenset[Aim]
    ways: list[Way] = field(default_factory=list)


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """Lines of a scenario from one spot to another, and what is reached by them."""

    then: tuple[Then, ...]
    aims: frozenset[Aim]
    to: Spot


@dataclass(frozen=True)
class Explored:
    """All that was walked.

    `refused`: by place and event the codes with which it was refused; `rang`: by place and event the clocks that ran
    out; `whole`: nothing is left to walk.
    """

    starts: tuple[Spot, ...]
    spots: tuple[Spot, ...]
    refused: Mapping[tuple[str, str], frozenset[str]]
    rang: frozenset[tuple[str, str]]
    whole: bool

    @cached_property
    def places(self) -> frozenset[str]:
        """Everywhere that somebody came."""
        return frozenset(place for own in self.spots if own.stand.point for place in _places(own))


def _places(spot: Spot) -> Iterator[str]:
    assert spot.stand.point is not None
    return (visit.place for visit in spot.stand.point.journey.visits)


class Explorer:
    """See the top of this module. `reached` says what a run has been through."""

    def __init__(self, trunk: Trunk, hints: Hints, reached: Reached) -> None:
        self.trunk = trunk
        self.graph = trunk.graph
        self.moves = Moves(trunk.graph, hints)
        self.reached = reached
        self.signs = Signs(trunk.graph)
        self.spots: dict[object, dict[object, Spot]] = {}
        self.refused: dict[tuple[str, str], set[str]] = {}
        self.rang: set[tuple[str, str]] = set()

    def explore(self, starts: Sequence[Scenario], aims: Set[Aim]) -> Explored:
        """Walk on from where each of these scenarios ends, until every aim was met or nothing new was met for long.

        Next comes who stands where the fewest were before, so that what lies deep is not drowned in what lies near.
        When that brings nothing new, next comes who stands nearest to a step that nobody took yet.
        """
        first = list(self._started(starts))
        left = set(aims).difference(*(spot.aims for spot in first))
        waiting = self._walk(first, left, {}, MOST_IDLE)
        if waiting and left:
            waiting = self._walk(waiting, left, self._nearness(left), 2 * MOST_IDLE)
        refused = {key: frozenset(codes) for key, codes in self.refused.items()}
        spots = tuple(spot for alike in self.spots.values() for spot in alike.values())
        return Explored(tuple(first), spots, refused, frozenset(self.rang), not waiting)

    def _walk(self, spots: Sequence[Spot], left: set[Aim], near: Mapping[str, int], most: int) -> list[Spot]:
        """On from these spots, until `most` brought nothing new; what is met is taken from `left`.

        Gives the spots from which nobody went on yet.
        """
        before = Counter[object]()
        queue: list[tuple[int, int, Spot]] = []

        def put(spot: Spot) -> None:
            place, outcome, guards = self.signs.crowd(spot.stand)
            crowd = (place, guards if near else outcome)
            before[crowd] += 1
            heappush(queue, (near.get(place, 0) + before[crowd], before.total(), spot))

        for spot in spots:
            put(spot)
        idle = 0
        while queue and left and idle < most:
            spot = heappop(queue)[-1]
            for own in list(self._onward(spot)):
                put(own)
            met = left & {aim for way in spot.ways for aim in way.aims}
            left -= met
            idle = 0 if met else idle + 1
        return [spot for *_, spot in sorted(queue, key=lambda own: own[:2])]

    def _nearness(self, left: Set[Aim]) -> Mapping[str, int]:
        """For each place how many steps away some step is that nobody took yet."""
        steps = self.graph.process.steps
        near = {own.source: 0 for own in steps if (TRANSITIONS, move_name((own.source, own.event, own.target))) in left}
        for _ in self.graph.process.places:
            near = {**{own.source: near[own.target] + 1 for own in steps if own.target in near}, **near}
        return {own.source: near.get(own.source, len(steps)) for own in steps}

    def _started(self, starts: Sequence[Scenario]) -> Iterator[Spot]:
        for scenario in starts:
            ran = run(self.graph, scenario, twice=False, trunk=self.trunk)
            if ran.end is None or ran.refused or ran.at is None:
                continue
            spot, fresh = self._spot(Stand(ran.end, ran.at, ran.end.journey.channel), scenario)
            if fresh:
                yield spot

    def _spot(self, stand: Stand, scenario: Scenario) -> tuple[Spot, bool]:
        alike = self.spots.setdefault(self.signs.rough(stand), {})
        fine = self.signs.fine(stand)
        if fine in alike or len(alike) == MOST_ALIKE:
            return alike.get(fine) or next(iter(alike.values())), False
        aims = self.reached(Ran(scenario, (), "", (), stand.point))
        made = alike[fine] = Spot(stand, scenario, frozenset(aims))
        return made, True

    def _onward(self, spot: Spot) -> Iterator[Spot]:
        """The new spots that are one line away, or where all channels were tried one by one."""
        driver = Driver(self.trunk, spot.stand.at)
        driver.stand = spot.stand
        alternatives: list[Alternatives] = [*self.moves.at(driver), (self._every_channel(driver),)]
        for lines in alternatives:
            done = self._carried_out(driver, spot, lines)
            if done is None:
                continue
            scenario = replace(spot.scenario, then=(*spot.scenario.then, *done))
            aims = frozenset(self.reached(Ran(scenario, (), "", (), driver.point))) - spot.aims
            to, fresh = self._spot(driver.stand, scenario)
            if to is not spot or aims:
                spot.ways.append(Way(done, aims, to))
            if fresh:
                yield to

    def _every_channel(self, driver: Driver) -> tuple[Then, ...]:
        """Over all other channels and back, where the citizen has the move."""
        place = self.graph.process.places.get(driver.now.place)
        if place is None or place.who != "citizen":
            return ()
        here = driver.now.channel
        others = [own for own in map(type(here), map(str, self.graph.flow.channels)) if own is not here]
        return tuple(Then(switch=own) for own in (*others, here)) if others else ()

    def _carried_out(self, driver: Driver, spot: Spot, lines: Alternatives) -> tuple[Then, ...] | None:
        """The first of these alternatives that is not refused; of one that is, why is kept."""
        for own in lines:
            driver.stand = spot.stand
            line = own if isinstance(own, tuple) else (own,)
            try:
                for then in line:
                    carry_out(driver, then)
            except (RefusedEvent, AnswerError) as error:
                self.refused.setdefault((driver.now.place, _event(line[0])), set()).add(error.code)
                if error.code != "refused.four_eyes":
                    return None
            else:
                self._heard(spot, line)
                return line or None
        return None

    def _heard(self, spot: Spot, line: Sequence[Then]) -> None:
        assert spot.stand.point is not None
        name = spot.stand.point.journey.place
        place = self.graph.process.places.get(name)
        for then in line:
            if then.late:
                own = then.late == "place" or (place is not None and place.under == then.late)
                self.rang.add((name, LATE if own else LATE_TERM + then.late))


def _event(then: Then) -> str:
    """The event of the process that a line stands for, "" for none."""
    return then.citizen or then.worker or then.payment
