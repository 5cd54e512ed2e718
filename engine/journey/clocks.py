"""When does a journey's clock run out: places, reminders, legal terms and promises. Pure functions of its visits.

    clock          set by                                            runs out after
    place          entering a place with `within` or `until`         that span, or the end of that day; `at_least` that
                                                                     long after entering it
    remind         the same, with `remind`                           that long before
    term:NAME      the event that starts a term                      its length by the Algemene termijnenwet, and once
                                                                     more for each `extend`; days in suspending places
                                                                     are not counted (Awb 4:15)
    task:ID        asking for a person                               what was promised

Called by `engine.journey.moves`; tests: tests/engine/journey/test_clocks.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from engine.flow.model import ChannelName, Place, Span
from engine.graph.graph import Graph
from engine.graph.process import Action, Do
from engine.journey.context import until_day
from engine.journey.events import TERM, TermTurn
from engine.journey.state import Journey, TermRun
from engine.terms.deadlines import Extension, Suspension, deadline, end_of, local_day
from engine.terms.opening_hours import OpeningHours, parse_opening_hours
from engine.terms.periods import parse_period, subtract
from engine.terms.promises import after_period, due, promise_of

OFFICE_HOURS = ("mo-fr 09:00-17:00",)


def place_deadline(graph: Graph, journey: Journey, place: str, at: datetime) -> datetime | None:
    """When the place's own clock runs out for who entered it `at` that moment; None when it has none."""
    spec = graph.process.places.get(place)
    if spec is None:
        return None
    if spec.within:
        return after_period(at, parse_period(spec.within))
    if spec.until:
        day = until_day(graph, journey, spec.until)
        return _not_before(end_of(day), spec, at) if day is not None else None
    return None


def _not_before(until: datetime, spec: Place, entered: datetime) -> datetime:
    """The clock of a place that one entered shortly before that day, or after it: who comes in has some time."""
    return max(until, after_period(entered, parse_period(spec.at_least))) if spec.at_least else until


def reminder(graph: Graph, place: str, until: datetime) -> datetime | None:
    """When to remind, for a clock that runs out at `until`."""
    spec = graph.process.places.get(place)
    if spec is None or not spec.remind:
        return None
    last_day = local_day(until - datetime.resolution)
    return end_of(subtract(last_day, parse_period(spec.remind)))


def term_deadline(graph: Graph, name: str, run: TermRun) -> datetime | None:
    """When the legal term runs out; None while it stands still and after it has ended."""
    if run.ended is not None or run.stands_still:
        return None
    length = parse_period(graph.process.terms[name].length)
    more = (Extension(length),) * run.extensions
    pauses = tuple(Suspension(local_day(since), local_day(until)) for since, until in run.pauses if until is not None)
    return deadline(local_day(run.started), length, extensions=more, suspensions=pauses).over_at


def turns(graph: Graph, journey: Journey, name: str, event: str, actions: Sequence[Action]) -> Iterator[TermTurn]:
    """What happens to a term when `event` has brought the journey where it is now and does `actions`.

    A term starts with its event, unless that leads to an end. Once it has ended the event starts it anew: a second
    objection has its own six weeks (Awb 7:10). While it runs, the event changes nothing; see `engine.graph.process`.
    """
    term, run = graph.process.terms[name], journey.terms.get(name)
    is_over = event in term.ends or journey.place in term.ends or graph.process.is_end(journey.place)
    if run is None or run.ended is not None:
        if event != term.starts or graph.process.is_end(journey.place):
            return
        yield "started"
        run, is_over = None, journey.place in term.ends
    if is_over:
        yield "ended"
        return
    if any(action.kind is Do.EXTEND and action.what == name for action in actions):
        yield "extended"
    place = graph.process.places[journey.place]
    stands_still = run is not None and run.stands_still
    if (place.suspends == name) != stands_still:
        yield "resumed" if stands_still else "stopped"


def due_here(graph: Graph, journey: Journey) -> datetime | None:
    """The clock by which something happens where the journey is: the place's own, its term, else the nearest term."""
    place = graph.process.places.get(journey.place)
    own = journey.deadlines.get("place")
    if own is None and place is not None and place.under:
        own = journey.deadlines.get(TERM + place.under)
    terms = (until for clock, until in journey.deadlines.items() if clock.startswith(TERM))
    return own if own is not None else min(terms, default=None)


_parsed = lru_cache(maxsize=256)(parse_opening_hours)  # a flow's hours are read anew for every page


def hours_of(graph: Graph, channel: str) -> OpeningHours:
    """When the channel is open; office hours where the flow does not say."""
    terms = graph.flow.channels.get(ChannelName(channel))
    return _parsed(tuple(terms.open) if terms is not None and terms.open else OFFICE_HOURS)


def promised(graph: Graph, span: Span | None, at: datetime, channel: str = "phone") -> datetime | None:
    """When a promise made at `at` falls due; None without a promise."""
    if span is None:
        return None
    return due(at, promise_of(span), hours_of(graph, channel))
