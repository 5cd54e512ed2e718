"""What the citizen can do against a determination: kind, where, within, until when, by which step. Pure.

    kind                     the process offers one of      counted from
    bezwaar                  object                         the day after the determination was made known
    administratief_beroep    contest, appeal, object        the same
    beroep                   appeal, go_to_judge            the same
    klacht                   complain                       no term, unless the flow names one

The determination is made known when a step that publishes leads to a place (Awb 3:40, 3:41). The term begins the day
after (Awb 6:8 lid 1) and is counted by the Algemene termijnenwet (`engine.terms.deadlines`). A late one is taken in all
the same: whether the lateness can be excused is judged by a person (Awb 6:11), so `late` closes nothing.
Called by `engine.journey.options`; tests: tests/engine/journey/test_acting.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.flow.model import Remedy, RemedyKind
from engine.graph.graph import Graph
from engine.graph.process import Do
from engine.journey.state import Journey, Proposal
from engine.terms.deadlines import deadline, local_day
from engine.terms.periods import parse_period

STEPS: Mapping[RemedyKind, tuple[str, ...]] = {
    RemedyKind.BEZWAAR: ("object",),
    RemedyKind.ADMINISTRATIEF_BEROEP: ("contest", "appeal", "object"),
    RemedyKind.BEROEP: ("appeal", "go_to_judge"),
    RemedyKind.KLACHT: ("complain",),
}
AFTER_REVIEW: Mapping[str, RemedyKind] = {"go_to_judge": RemedyKind.BEROEP}
"""Steps that are a remedy against the decision on an earlier one, with what they are then."""

WITHOUT_OUTCOME = frozenset({"withdrawn", "expired"})
"""Ends at which nothing is determined, whatever the rules said by then. What was made known before stands: whoever
withdraws an objection keeps the determination."""


@dataclass(frozen=True, slots=True)
class RemedyNow:
    """One remedy. `step` is "" while the process offers none here; `last_day` is None without a term."""

    kind: str
    step: str
    within: str = ""
    last_day: date | None = None
    until: datetime | None = None
    late: bool = False
    source: str = ""


def remedies(graph: Graph, journey: Journey, steps: Sequence[str], now: datetime) -> tuple[RemedyNow, ...]:
    """What can be done against the determination as it is now; `steps` are those that the citizen may take."""
    outcome = told_outcome(graph, journey)
    spec = graph.flow.outcomes[outcome].remedy if outcome else None
    if spec is None or spec.kind is RemedyKind.NONE:
        return ()
    own = next((step for step in STEPS[spec.kind] if step in steps), "")
    later = next((step for step in AFTER_REVIEW if step in steps and step != own), "")
    published = made_known(graph, journey)
    if not own and later:
        return (_remedy(AFTER_REVIEW[later], later, spec, published, now),)
    used = any(step in journey.last_by for step in STEPS[spec.kind])
    if not own and (used or published is None):
        return ()
    return (_remedy(spec.kind, own, spec, published, now),)


def _remedy(kind: RemedyKind, step: str, spec: Remedy, published: datetime | None, now: datetime) -> RemedyNow:
    counted = None
    if spec.within and published is not None:
        counted = deadline(local_day(published), parse_period(spec.within))
    return RemedyNow(
        str(kind),
        step,
        str(spec.within or ""),
        counted.date if counted is not None else None,
        counted.over_at if counted is not None else None,
        counted is not None and now >= counted.over_at,
        spec.source,
    )


def is_told(graph: Graph, journey: Journey) -> bool:
    """Whether the citizen may know by now how it came out: it was made known, or the place shows it.

    Before that a worker's proposal is none of theirs: a colleague may still disagree.
    """
    if journey.place in WITHOUT_OUTCOME:
        return made_known(graph, journey) is not None
    place = graph.process.places.get(journey.place)
    return place is None or place.does == "outcome" or made_known(graph, journey) is not None


def told_outcome(graph: Graph, journey: Journey) -> str:
    """The outcome as its citizen may know it; until a determination is made known that is what the rules say."""
    own = told_proposal(graph, journey)
    if own is not None:
        return own.outcome
    return "" if journey.place in WITHOUT_OUTCOME and not is_told(graph, journey) else journey.outcome


def told_proposal(graph: Graph, journey: Journey) -> Proposal | None:
    """The worker's proposal that was made known: in a later round it stands until the next one is."""
    if not journey.proposed or not is_told(graph, journey):
        return None
    latest = Proposal(journey.proposed, journey.motive, 0)
    place, published = graph.process.places.get(journey.place), _publishing(graph, journey)
    shows = place is not None and place.does == "outcome"
    if shows or not published or not journey.proposals:
        return latest
    return next((own for own in reversed(journey.proposals) if own.after <= published[-1]), None)


def made_known(graph: Graph, journey: Journey) -> datetime | None:
    """When the determination was made known last; None while there is none."""
    found = _publishing(graph, journey)
    return journey.visits[found[-1]].at if found else None


def _publishing(graph: Graph, journey: Journey) -> list[int]:
    """The visits that began with making the determination known, by their number from 0."""
    publishing = {(step.event, step.target) for step in graph.process.steps if step.does(Do.PUBLISH)}
    return [at for at, visit in enumerate(journey.visits) if (visit.by_event, visit.place) in publishing]
