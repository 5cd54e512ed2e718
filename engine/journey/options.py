"""What may be done now: one function, from which both web pages and API are drawn, and nothing else.

    options(graph, journey, actor, now) -> Options

What a citizen sees as a question, a worker sees as a fact to fill in on the citizen's behalf or to judge; the steps of
the process are those that the machine offers this actor now. A person is always within reach: `contact` is never empty.
Nothing here is stored; it is derived from the facts each time. Called by `ui_schema`, `api.http`, harness; tests:
tests/engine/journey/test_acting.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from engine.flow.keys import read_key
from engine.flow.model import FactType, SupplierKind, Unsure
from engine.graph.graph import Graph
from engine.graph.process import By
from engine.graph.view import View
from engine.journey import acting, clocks
from engine.journey import events as ev
from engine.journey.accept import asked_here, current, passed_on
from engine.journey.context import context_of, machine_of
from engine.journey.events import Actor, Channel, Supplier
from engine.journey.facts import unconfirmed, view_of
from engine.journey.machine import PARTY
from engine.journey.per_graph import per_graph
from engine.journey.relevance import Relevance, applies
from engine.journey.remedies import RemedyNow, remedies
from engine.journey.state import Journey, Mandate
from engine.terms.outlook import Line
from engine.terms.promises import promise_of

CONTACT_CHANNELS = (Channel.PHONE, Channel.DESK)
DIGITAL = frozenset({Channel.WEB, Channel.EMAIL})
OPTIONAL_CHANNELS = (Channel.WEB, Channel.PHONE, Channel.DESK, Channel.LETTER)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that may be answered now. `unsure`: what "weet ik niet" leads to, "" when it is not offered.

    `confirm`: a register said something already, and the citizen's word is awaited (`confirm: ask`).
    """

    fact: str
    unsure: str = ""
    list: str = ""
    confirm: bool = False


class Way(NamedTuple):
    """A way to a person: is it open, when does it open next, and what would be promised now."""

    channel: Channel
    open_now: bool
    opens_at: datetime | None
    promise: datetime | None

    @property
    def is_digital(self) -> bool:
        return self.channel in DIGITAL


class Options(NamedTuple):
    """See the top of this module. `page` are the facts to show together, the recommended one among them.

    A tuple, as it is made for every request: a frozen dataclass of so many fields takes three times as long to make.
    """

    place: str
    does: str
    is_open: bool
    relevance: Relevance
    questions: tuple[Ask, ...]
    page: tuple[str, ...]
    changeable: tuple[str, ...]
    disputable: tuple[str, ...]
    judge: tuple[str, ...]
    steps: tuple[str, ...]
    outcomes: tuple[str, ...]
    contact: tuple[Way, ...]
    channels: tuple[Channel, ...]
    remedies: tuple[RemedyNow, ...]
    may_pause: bool = False
    paused_until: datetime | None = None
    may_represent: bool = False  # give somebody else a mandate
    mandates: tuple[Mandate, ...] = ()  # those in force

    @property
    def recommended(self) -> str:
        """The question that the engine would ask first, "" when there is none."""
        return self.page[0] if self.page else ""

    @property
    def may_withdraw(self) -> bool:
        return "withdraw" in self.steps


def options(graph: Graph, journey: Journey, actor: Actor, now: datetime) -> Options:
    """Everything that `actor` may do with the journey at `now`."""
    view = view_of(graph, journey)
    relevant = current(graph, journey, view)
    by, mandate = PARTY[actor.kind], acting.mandate_of(journey, actor, now)
    is_worker = by is By.WORKER
    worker = actor.id if is_worker else ""
    steps = _steps(graph, journey, view, by, worker) if acting.may(mandate, ev.StepTaken) else ()
    place = graph.process.places.get(journey.place)
    does = place.does if place is not None else "outcome"
    answers = acting.may(mandate, ev.AnswerGiven)
    asks = answers and (does == "questions" or is_worker)
    changes = does == "questions" or "change" in steps or worker
    questions = tuple([_ask(graph, journey, key) for key in relevant.askable]) if asks and place is not None else ()
    return Options(
        place=journey.place,
        does=does,
        is_open=place is not None,
        relevance=relevant,
        questions=questions,
        page=_page(graph, relevant) if questions else (),
        changeable=_changeable(graph, journey, view) if changes and answers else (),
        disputable=_disputable(graph, journey) if acting.may(mandate, ev.FactDisputed) else (),
        judge=_judge(graph, journey, view, relevant) if is_worker else (),
        steps=tuple([step for step in steps if step != "change"]),
        outcomes=tuple(graph.flow.outcomes) if "propose" in steps and is_worker else (),
        contact=_contact(graph, now),
        channels=_channels(graph, journey.channel, Channel.EMAIL in journey.reach),
        remedies=remedies(graph, journey, steps, now),
        may_pause=acting.may(mandate, ev.JourneyPaused) and acting.may_pause(graph, journey),
        paused_until=journey.pause.until if journey.pause is not None else None,
        may_represent=mandate is None and place is not None,
        mandates=acting.in_force(journey, now) if journey.mandates else (),
    )


def open_questions(graph: Graph, journey: Journey) -> tuple[str, ...]:
    """The facts that the citizen may be asked now: those of `options` for a citizen, without all the rest."""
    place = graph.process.places.get(journey.place)
    if place is None or place.does != "questions":
        return ()
    return current(graph, journey).askable


def open_steps(graph: Graph, journey: Journey) -> tuple[str, ...]:
    """The steps that the citizen may take now: those of `options` for a citizen, without all the rest."""
    steps = _steps(graph, journey, view_of(graph, journey), By.CITIZEN, "")
    return tuple(step for step in steps if step != "change")


def _steps(graph: Graph, journey: Journey, view: View, by: By, worker: str) -> tuple[str, ...]:
    context = context_of(graph, journey, view)
    offers = machine_of(graph).offered(journey.place, context, worker=worker, last_by=journey.last_by, only=by)
    return tuple(dict.fromkeys([offer.event for offer in offers]))


def _ask(graph: Graph, journey: Journey, key: str) -> Ask:
    if graph.to_confirm:
        answer = journey.answers.get(key)
        if answer is not None and unconfirmed(graph, key, answer):
            return replace(_plain_ask(graph, key), confirm=True)
    return _plain_ask(graph, key)


@per_graph
def _plain_ask(graph: Graph, key: str) -> Ask:
    """The question as the flow puts it to everybody."""
    parsed = read_key(key)
    assert parsed is not None
    spec = graph.facts[parsed.path].spec
    unsure = str(spec.unsure) if spec.unsure in (Unsure.WORKER, Unsure.HELP, Unsure.VALUE) else ""
    is_list = spec.type is FactType.LIST
    return Ask(key, unsure, parsed.name if parsed.field or is_list else "")


def _page(graph: Graph, relevant: Relevance) -> tuple[str, ...]:
    """The recommended fact with the relevant facts of its page; alone when it has no page."""
    first = relevant.next
    for page in graph.flow.pages.values():
        if first in page.facts:
            return (first, *(fact for fact in page.facts if fact in relevant.askable and fact != first))
    return (first,) if first else ()


def _changeable(graph: Graph, journey: Journey, view: View) -> tuple[str, ...]:
    """Answers by the citizen that may be given anew, in the order of the flow."""
    citizen = Supplier.CITIZEN
    told = [key for key, own in journey.answers.items() if own.supplier is citizen and not own.disputed]
    return tuple([key for key in told if applies(graph, view, key)])


def _disputable(graph: Graph, journey: Journey) -> tuple[str, ...]:
    register = Supplier.REGISTER
    fetched = [(key, own) for key, own in journey.answers.items() if own.supplier is register and not own.disputed]
    return tuple([key for key, own in fetched if not unconfirmed(graph, key, own)])


def _judge(graph: Graph, journey: Journey, view: View, relevant: Relevance) -> tuple[str, ...]:
    """Facts that a worker supplies: judgements (made earlier too), what the citizen handed on, what is disputed."""
    own = [
        node.path
        for node in graph.facts.values()
        if not node.list and any(ref.kind is SupplierKind.WORKER for ref in node.spec.suppliers)
    ]
    wanted = {*relevant.waiting, *relevant.unsupplied, *passed_on(journey), *_read_by_steps(graph, journey, view)}
    wanted |= {key for key, answer in journey.answers.items() if answer.supplier is Supplier.WORKER}
    outcome = journey.proposed or journey.outcome
    needed = (*(graph.flow.outcomes[outcome].needs if outcome else ()), *asked_here(graph, journey))
    return tuple(dict.fromkeys((*(key for key in own if key in wanted or key in needed), *sorted(passed_on(journey)))))


def _read_by_steps(graph: Graph, journey: Journey, view: View) -> set[str]:
    """What the worker's steps here rest on: their guards, and the dates until which they let a next place wait."""
    steps = [step for step in graph.process.by_source[journey.place] if step.by is By.WORKER]
    untils = [place.until for step in steps if (place := graph.process.places.get(step.target)) and place.until]
    read = [graph.guards[text].names for text in (*(step.guard for step in steps if step.guard), *untils)]
    found = {name for names in read for name in names}
    for name in found & graph.rulings.keys():
        view.needs(name, found)
    return found


def _contact(graph: Graph, now: datetime) -> tuple[Way, ...]:
    seen = [(channel, line.outlook(now)) for channel, line in _ways(graph)]
    return tuple([Way(channel, own.is_open, own.opens_at, own.due) for channel, own in seen])


@per_graph
def _ways(graph: Graph) -> tuple[tuple[Channel, Line], ...]:
    """Over which channels a person can be had, with when these are open and what is promised."""
    spec = graph.flow.contact.get("ask_person")
    over = tuple(Channel(str(name)) for name in spec.over) if spec is not None and spec.over else CONTACT_CHANNELS
    promise = promise_of(spec.within) if spec is not None and spec.within is not None else None
    return tuple((channel, Line(clocks.hours_of(graph, channel), promise)) for channel in over)


@per_graph
def _channels(graph: Graph, here: Channel, has_address: bool) -> tuple[Channel, ...]:
    """Those of the flow but the one where the journey is; e-mail only where the citizen gave an address."""
    named = tuple(Channel(str(name)) for name in graph.flow.channels) or OPTIONAL_CHANNELS
    if has_address and Channel.EMAIL not in named:
        named = (*named, Channel.EMAIL)
    return tuple(own for own in named if own is not here and (has_address or own is not Channel.EMAIL))
