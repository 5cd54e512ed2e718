"""Who may act for the citizen, and when the citizen may stop for a while. Pure; called by `engine.journey.accept`.

    mandate `read`     sees everything, may ask for a person and leave a signal
    mandate `answer`   and answers, disputes, switches channel, pauses
    mandate `all`      and takes the citizen's steps of the process (submit, withdraw, object), says where to be told
    nobody but the citizen, or a worker who was told so, gives a mandate; both and the representative may end it

A pause is possible where the citizen has the move and no legal term runs or stands still: what is counted by law is not
ours to stop (Awb 4:15 says when it stands still). Tests: tests/engine/journey/test_acting.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from engine.errors import RefusedEvent
from engine.graph.graph import Graph
from engine.journey import events as ev
from engine.journey.state import Journey, Mandate

LONGEST_MANDATE = timedelta(days=366)
LONGEST_PAUSE = timedelta(days=90)
MOST_MANDATES = 5
ONE_DAY = timedelta(days=1)

_READ: tuple[type[ev.Event], ...] = (ev.SignalLeft, ev.PersonAsked, ev.MandateEnded)
_ANSWER: tuple[type[ev.Event], ...] = (
    *_READ,
    ev.AnswerGiven,
    ev.AnswersWithdrawn,
    ev.ListClosed,
    ev.HelpWanted,
    ev.FactDisputed,
    ev.ChannelSwitched,
    ev.JourneyPaused,
    ev.JourneyResumed,
)
_ALL: tuple[type[ev.Event], ...] = (*_ANSWER, ev.StepTaken, ev.ReachGiven)
ALLOWED: dict[str, tuple[type[ev.Event], ...]] = {"read": _READ, "answer": _ANSWER, "all": _ALL}


def in_force(journey: Journey, at: datetime) -> tuple[Mandate, ...]:
    """The mandates that hold at `at`, the oldest first."""
    return tuple(mandate for mandate in journey.mandates.values() if mandate.holds(at))


def mandate_of(journey: Journey, actor: ev.Actor, at: datetime) -> Mandate | None:
    """The mandate by which this actor acts; None for who needs none. RefusedEvent when it does not hold."""
    if actor.kind is not ev.ActorKind.REPRESENTATIVE:
        return None
    own = journey.mandates.get(actor.id)
    if own is None or not own.holds(at):
        raise RefusedEvent("refused.no_mandate")
    return own


def may(mandate: Mandate | None, kind: type[ev.Event]) -> bool:
    """Whether who acts by this mandate (None: by their own right) may do this."""
    return mandate is None or issubclass(kind, ALLOWED[mandate.scope])


def names(journey: Journey, actors: Iterable[ev.Actor]) -> tuple[str, ...]:
    """Those of these actors who act for the citizen, by name."""
    ids = dict.fromkeys(actor.id for actor in actors if actor.kind is ev.ActorKind.REPRESENTATIVE)
    return tuple(journey.mandates[own].name for own in ids if own in journey.mandates)


def check_actor(journey: Journey, event: ev.Event) -> None:
    """RefusedEvent when a representative does what the mandate does not allow, or not any more."""
    mandate = mandate_of(journey, event.actor, event.at)
    if not may(mandate, type(event)):
        raise RefusedEvent("refused.not_in_mandate")
    if mandate is not None and isinstance(event, ev.MandateEnded) and event.mandate != mandate.id:
        raise RefusedEvent("refused.not_in_mandate")


def check_mandate(graph: Graph, journey: Journey, event: ev.Represented) -> None:
    """RefusedEvent for a mandate without a name, without an end in a year, or one too many."""
    if not event.name.strip() or event.mandate in journey.mandates:
        raise RefusedEvent("refused.mandate_name")
    if not event.at < event.until <= event.at + LONGEST_MANDATE:
        raise RefusedEvent("refused.mandate_until")
    if len(in_force(journey, event.at)) >= MOST_MANDATES:
        raise RefusedEvent("refused.mandates", {"most": MOST_MANDATES})


def check_mandate_end(graph: Graph, journey: Journey, event: ev.MandateEnded) -> None:
    """RefusedEvent when there is no such mandate in force."""
    own = journey.mandates.get(event.mandate)
    if own is None or own.ended is not None:
        raise RefusedEvent("refused.no_mandate")


def may_pause(graph: Graph, journey: Journey) -> bool:
    """Whether the citizen may stop for a while here."""
    place = graph.process.places.get(journey.place)
    if place is None or place.who != "citizen" or place.does not in ("questions", "check"):
        return False
    if journey.pause is not None or not place.within or place.until or place.under or place.suspends:
        return False
    return not journey.terms or all(run.ended is not None for run in journey.terms.values())


def check_pause(graph: Graph, journey: Journey, event: ev.JourneyPaused) -> None:
    """RefusedEvent where a pause is not possible, or not that long."""
    if not may_pause(graph, journey):
        raise RefusedEvent("refused.no_pause")
    if not event.at + ONE_DAY / 2 <= event.until <= event.at + LONGEST_PAUSE:
        raise RefusedEvent("refused.pause_until", {"days": LONGEST_PAUSE.days})


def check_resume(graph: Graph, journey: Journey, event: ev.JourneyResumed) -> None:
    """RefusedEvent when the journey does not stand still."""
    if journey.pause is None:
        raise RefusedEvent("refused.not_paused")


def check_ask(graph: Graph, journey: Journey, event: ev.PersonAsked) -> None:
    """RefusedEvent where nobody could answer: on a page, or by e-mail without an address."""
    if event.over is ev.Channel.WEB:
        raise RefusedEvent("refused.no_person_there")
    if event.over is ev.Channel.EMAIL and not event.contact and str(ev.Channel.EMAIL) not in journey.reach:
        raise RefusedEvent("refused.no_address_to_answer")


def check_switch(graph: Graph, journey: Journey, event: ev.ChannelSwitched) -> None:
    """RefusedEvent for going on by e-mail without an address to mail to."""
    if event.to is ev.Channel.EMAIL and str(ev.Channel.EMAIL) not in journey.reach:
        raise RefusedEvent("refused.no_address")
