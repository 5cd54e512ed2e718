"""When does a journey's clock run out: places, reminders, legal terms and promises. Pure functions of its visits.

    clock          set by                                            runs out after
    place          entering a place with `within` or `until`         that span, or the end of that day
    remind         the same, with `remind`                           that long before
    term:NAME      the event that starts a term                      its length by the Algemene termijnenwet,
                                                                     days in suspending places not counted (Awb 4:15)

Called by `engine.journey.moves`; tests: tests/engine/journey/test_clocks.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from engine.flow.model import ChannelName, Span, Term
from engine.graph.graph import Graph
from engine.journey.context import until_day
from engine.journey.state import Journey, Visit
from engine.terms.deadlines import Extension, Suspension, deadline, end_of, local_day
from engine.terms.opening_hours import OpeningHours, parse_opening_hours
from engine.terms.periods import parse_period, subtract
from engine.terms.promises import WorkingHours, after_period, due

OFFICE_HOURS = ("mo-fr 09:00-17:00",)
TERM = "term:"


def place_deadline(graph: Graph, journey: Journey, place: str, at: datetime) -> datetime | None:
    """When the place's own clock runs out; None when it has none."""
    spec = graph.process.places.get(place)
    if spec is None:
        return None
    if spec.within:
        return after_period(at, parse_period(spec.within))
    if spec.until:
        day = until_day(graph, journey, spec.until)
        return end_of(day) if day is not None else None
    return None


def reminder(graph: Graph, place: str, until: datetime) -> datetime | None:
    """When to remind, for a clock that runs out at `until`."""
    spec = graph.process.places.get(place)
    if spec is None or not spec.remind:
        return None
    return end_of(subtract(local_day(until), parse_period(spec.remind)))


def term_deadline(graph: Graph, journey: Journey, name: str) -> datetime | None:
    """When the legal term runs out; None while it has not started, has ended or stands still."""
    term = graph.process.terms[name]
    begun = _begun(journey, term)
    if begun is None or _ended(journey, term, begun) or _stands_still(graph, journey, name):
        return None
    length = parse_period(term.length)
    more = (Extension(length),) if "extend" in journey.last_by else ()
    pauses = tuple(_pauses(graph, journey, name, begun))
    return deadline(local_day(begun.at), length, extensions=more, suspensions=pauses).over_at


def _begun(journey: Journey, term: Term) -> Visit | None:
    return next((visit for visit in journey.visits if visit.by_event == term.starts), None)


def _ended(journey: Journey, term: Term, begun: Visit) -> bool:
    later = journey.visits[begun.entry - 1 :]
    return any(visit.place in term.ends or (visit.by_event in term.ends and visit is not begun) for visit in later)


def _stands_still(graph: Graph, journey: Journey, name: str) -> bool:
    place = graph.process.places.get(journey.place)
    return place is not None and place.suspends == name


def _pauses(graph: Graph, journey: Journey, name: str, begun: Visit) -> Iterator[Suspension]:
    for visit, after in zip(journey.visits, journey.visits[1:], strict=False):
        place = graph.process.places.get(visit.place)
        if place is not None and place.suspends == name and visit.entry > begun.entry:
            yield Suspension(local_day(visit.at), local_day(after.at))


def hours_of(graph: Graph, channel: str) -> OpeningHours:
    """When the channel is open; office hours where the flow does not say."""
    terms = graph.flow.channels.get(ChannelName(channel))
    return parse_opening_hours(terms.open if terms is not None and terms.open else OFFICE_HOURS)


def promised(graph: Graph, span: Span | None, at: datetime, channel: str = "phone") -> datetime | None:
    """When a promise made at `at` falls due; None without a promise."""
    if span is None:
        return None
    if span.duration is not None:
        return after_period(at, parse_period(span.duration))
    if span.working_hours is not None:
        return due(at, WorkingHours(span.working_hours), hours_of(graph, channel))
    return due(at, parse_period(f"P{span.working_days}D"), hours_of(graph, channel))


def running(graph: Graph, journey: Journey) -> Mapping[str, datetime]:
    """Every legal term that runs now, by clock."""
    found = {}
    for name in graph.process.terms:
        until = term_deadline(graph, journey, name)
        if until is not None:
            found[TERM + name] = until
    return found
