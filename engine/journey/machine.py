"""The process as a state machine: one flat `transitions.Machine` per flow version. Sole user of that library.

    Process --compile_machine--> ProcessMachine --take(place, event, by, context)--> Move(to, do) or RefusedEvent
                                                --offered(place, context)---------> what can be taken now, by whom

The theory of operation. A step's row is tried only by its own party; rows of one event are tried from above:

    row      by the actor   four eyes    guard is      what happens
    any      no             -            -             passed over   (all rows: refused.not_yours)
    any      yes            same worker  -             passed over   (all rows: refused.four_eyes)
    - else   yes            ok           -             taken
    if       yes            ok           true          taken
    if       yes            ok           false, null   passed over   (no row left: refused.guard)
    if       yes            ok           UNKNOWN       passed over   (no row left: refused.unknown, and what is missing)

`ask_person`, `switch_channel`, `dispute` and `signal` are possible in every place and end, and change nothing here.

The library resolves callback *strings* by import, so none of an author's text reaches it: states are p0, p1 ...,
triggers e0, e1 ..., conditions are bound methods of this module. The machine is shared by all requests and threads: it
is not queued, models are never added to it, and all that a call remembers lives in its own `_Attempt`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from transitions import Machine

from engine.errors import EngineBug, RefusedEvent
from engine.feel.unknown import UNKNOWN
from engine.graph.process import ALWAYS_THERE, Action, By, Process, Step, When
from engine.journey.events import ActorKind

Guard = Callable[[object], object]
"""A compiled expression: from the context to True, False, None or UNKNOWN."""

Missing = Callable[[object], Iterable[str]]
"""From the context to the facts that a guard still needs."""

NOBODY: Mapping[str, str] = MappingProxyType({})

PARTY: Mapping[ActorKind, By] = MappingProxyType(
    {
        ActorKind.CITIZEN: By.CITIZEN,
        ActorKind.REPRESENTATIVE: By.CITIZEN,
        ActorKind.WORKER: By.WORKER,
        ActorKind.PAYMENT: By.PAYMENT,
        ActorKind.ENGINE: By.ENGINE,
        ActorKind.REGISTER: By.ENGINE,
        ActorKind.CLOCK: By.CLOCK,
    }
)
"""Whose event it is when this actor acts."""


@dataclass(frozen=True, slots=True)
class Move:
    """What an event brings about: the place afterwards and what is to be done. `internal`: the place stays."""

    to: str
    do: tuple[Action, ...] = ()
    internal: bool = False
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An event that can be taken now, by whom, and to where. `not_by` names four-eyes events."""

    event: str
    by: By
    to: str
    internal: bool = False
    not_by: tuple[str, ...] = ()


@dataclass(slots=True)
class _Attempt:
    """One call: the model that the library works on, and what its conditions saw."""

    state: str
    by: By
    context: object
    worker: str = ""
    last_by: Mapping[str, str] = field(default_factory=lambda: NOBODY)
    taken: _Row | None = None
    mine: bool = False
    own_eyes: bool = False
    unknown: list[_Row] = field(default_factory=list)


class _Row:
    """One step as a condition of the library. `holds` is what the library calls."""

    __slots__ = ("guard", "missing", "offer", "step")

    def __init__(self, step: Step, guard: Guard | None, missing: Missing | None) -> None:
        self.step = step
        self.guard = guard
        self.missing = missing
        self.offer = Offer(step.event, step.by, step.target, step.internal, step.not_by)

    def holds(self, occurrence: Any) -> bool:
        """Whether this row is taken; leaves in the attempt why not."""
        return self.fits(occurrence.model)

    def fits(self, attempt: _Attempt) -> bool:
        """The table on top of this module, for one row."""
        step = self.step
        if step.by is not attempt.by:
            return False
        attempt.mine = True
        if attempt.worker and any(attempt.last_by.get(event) == attempt.worker for event in step.not_by):
            attempt.own_eyes = True
            return False
        value = True if self.guard is None else self.guard(attempt.context)
        if value is UNKNOWN:
            attempt.unknown.append(self)
        elif value is True:
            attempt.taken = self
            return True
        return False


class ProcessMachine:
    """A compiled process, shared by all journeys of one flow version. Made by `compile_machine`."""

    __slots__ = ("_machine", "_mine", "_places", "_rows", "_triggers", "process")

    def __init__(self, process: Process, rows: Mapping[str, Mapping[str, tuple[_Row, ...]]]) -> None:
        self.process = process
        self._rows = rows
        self._mine = {place: _by_party(events) for place, events in rows.items()}
        names = (*process.places, *process.ends)
        self._places = {name: f"p{number}" for number, name in enumerate(names)}
        self._triggers = {name: f"e{number}" for number, name in enumerate(process.events)}
        self._machine = Machine(
            model=None,
            states=list(self._places.values()),
            initial=self._places[process.start],
            transitions=[self._transition(row) for steps in rows.values() for each in steps.values() for row in each],
            auto_transitions=False,
            queued=False,
            send_event=True,
        )

    def _transition(self, row: _Row) -> dict[str, object]:
        step = row.step
        return {
            "trigger": self._triggers[step.event],
            "source": self._places[step.source],
            "dest": self._places[step.to] if step.to else None,
            "conditions": row.holds,
        }

    def take(
        self,
        place: str,
        event: str,
        by: By,
        context: object,
        *,
        worker: str = "",
        last_by: Mapping[str, str] = NOBODY,
    ) -> Move:
        """What `event`, by `by`, brings about in `place`.

        `worker` is who acts when `by` is WORKER; `last_by` says which worker last took each event.
        Raises RefusedEvent: refused.not_here, not_yours, four_eyes, guard, or unknown (params: what is missing).
        """
        if place not in self._rows:
            raise EngineBug(f"This version of the flow has no place {place!r}.")
        if event in ALWAYS_THERE:
            return Move(place, internal=True)
        if by is By.WORKER and not worker:
            raise EngineBug("A worker's event must say which worker, or four eyes cannot be kept.")
        if event not in self._rows[place]:
            raise RefusedEvent("refused.not_here", {"event": event, "place": place})
        attempt = _Attempt(self._places[place], by, context, worker, last_by)
        self._machine.events[self._triggers[event]].trigger(attempt)
        if attempt.taken is None:
            raise _refusal(attempt, event, place)
        step = attempt.taken.step
        return Move(step.target, step.do, step.internal, step)

    def offered(
        self,
        place: str,
        context: object,
        *,
        worker: str = "",
        last_by: Mapping[str, str] = NOBODY,
        only: By | None = None,
    ) -> tuple[Offer, ...]:
        """Every event that can be taken in `place` now, with whose it is, in the order of the steps.

        Those that are always there are not listed. With `only`, no other party's guards are looked at. With `worker`,
        four eyes are looked at; without, an offer only names the events.
        """
        if place not in self._rows:
            raise EngineBug(f"This version of the flow has no place {place!r}.")
        offers: list[Offer] = []
        for by, rows, always in self._mine[place]:
            if only is not None and by is not only:
                continue
            if always is not None:
                offers.append(always)
                continue
            attempt = _Attempt("", by, context, worker, last_by)
            row = next((row for row in rows if row.fits(attempt)), None)
            if row is not None:
                offers.append(row.offer)
        return tuple(offers)


def compile_machine(
    process: Process,
    guard: Callable[[str], Guard],
    missing: Callable[[str], Missing] | None = None,
) -> ProcessMachine:
    """`process` as a machine. `guard` compiles FEEL text; `missing`, too, to say what an UNKNOWN guard lacks.

    Each text is compiled once. Raises whatever `guard` raises for text that does not compile.
    """
    texts = dict.fromkeys(step.guard for step in process.steps if step.when is When.IF)
    guards = {text: guard(text) for text in texts}
    lacks = {text: missing(text) for text in texts} if missing is not None else {}
    rows: dict[str, dict[str, list[_Row]]] = {name: {} for name in (*process.places, *process.ends)}
    for step in process.steps:
        compiled = guards[step.guard] if step.when is When.IF else None
        rows[step.source].setdefault(step.event, []).append(_Row(step, compiled, lacks.get(step.guard)))
    frozen = {place: {event: tuple(each) for event, each in events.items()} for place, events in rows.items()}
    return ProcessMachine(process, frozen)


def _by_party(events: Mapping[str, tuple[_Row, ...]]) -> tuple[tuple[By, tuple[_Row, ...], Offer | None], ...]:
    """Of each event in a place the rows of each party, and the offer where nothing can stand in its way."""
    found = []
    for rows in events.values():
        for by in dict.fromkeys(row.step.by for row in rows):
            own = tuple(row for row in rows if row.step.by is by)
            always = own[0].offer if own[0].guard is None and not own[0].step.not_by else None
            found.append((by, own, always))
    return tuple(found)


def _refusal(attempt: _Attempt, event: str, place: str) -> RefusedEvent:
    """Why no row was taken; the reason that is nearest to being overcome."""
    params: dict[str, object] = {"event": event, "place": place}
    if not attempt.mine:
        return RefusedEvent("refused.not_yours", params)
    if attempt.unknown:
        needs = (row.missing(attempt.context) for row in attempt.unknown if row.missing is not None)
        return RefusedEvent(
            "refused.unknown", {**params, "missing": tuple(dict.fromkeys(n for each in needs for n in each))}
        )
    if attempt.own_eyes:
        return RefusedEvent("refused.four_eyes", params)
    return RefusedEvent("refused.guard", params)
