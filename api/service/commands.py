"""What a door may ask for, each as a maker of events: `send(journey, Command(make=answers({...}), ...))`.

A maker reads the dossier (the current facts) and returns events; whether they are allowed is for the reducer. Lists
are told as people tell them, `{"kinderen": [{"leeftijd": 5}]}`, and become one event per field and one that closes
the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from api.service.dossiers import Dossier, Maker, Moment
from engine.errors import AnswerError, RefusedEvent
from engine.flow.fields import FIELDS
from engine.flow.keys import item_key, read_key
from engine.flow.model import Fact, FactType, SupplierKind, Unsure
from engine.graph.graph import FactNode
from engine.journey import events as ev
from engine.journey.accept import node_of, task_of
from engine.journey.events import Channel
from engine.journey.options import options
from engine.journey.reducer import advance
from engine.journey.state import Journey

PREFILLED = frozenset({SupplierKind.REGISTER, SupplierKind.CITIZEN})
MOST_TURNS = 10
"""So many times answers may wait for others of the same request."""
REMEDIES = ("object", "contest", "appeal", "go_to_judge", "complain")
"""Steps that are a remedy by their name, where an outcome names none."""


def answers(given: Mapping[str, Any]) -> Maker:
    """Answers by fact key, as canonical JSON. All are accepted or none is."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        found: list[ev.Event] = []
        for key, value in _in_order(dossier, given):
            for kind, fields in _told(dossier, key, value):
                found.append(kind(**moment.envelope(len(found) + 1), **fields))
        return found

    return make


def _in_order(dossier: Dossier, given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """In the author's order, so that what a `when` reads comes before what it guards."""

    def place(entry: tuple[str, Any]) -> tuple[int, int]:
        parsed = read_key(entry[0])
        node = dossier.graph.facts.get(parsed.path) if parsed is not None else None
        return (node.order if node is not None else -1, parsed.at if parsed is not None else 0)

    return sorted(given.items(), key=place)


def _told(dossier: Dossier, key: str, value: Any) -> Iterator[tuple[type[ev.Event], dict[str, Any]]]:
    node = node_of(dossier.graph, key)
    if node.spec.type is not FactType.LIST:
        yield ev.AnswerGiven, {"fact": key, "value": value}
        return
    if isinstance(value, int) and not isinstance(value, bool):
        yield ev.ListClosed, {"fact": key, "count": value}
        return
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise AnswerError(key, "answer.type")
    yield ev.ListClosed, {"fact": key, "count": len(value)}
    for at, item in enumerate(value):
        for field, own in item.items():
            yield ev.AnswerGiven, {"fact": item_key(key, at, str(field)), "value": own}


def told(given: Mapping[str, Any]) -> Maker:
    """Answers on paper: those that the flow still asks, one after another. What is not needed any more is left out."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        journey, found = dossier.journey, list[ev.Event]()
        for key, value in _in_order(dossier, given):
            for kind, fields in _told(dossier, key, value):
                event = kind(**moment.envelope(len(found) + 1), **fields)
                with suppress(RefusedEvent):
                    journey = advance(dossier.graph, journey, event).journey
                    found.append(event)
        return found

    return make


def answers_in_turn(given: Mapping[str, Any]) -> Maker:
    """The same in any order in which each may be told: some are askable only when others of them are known.

    Raises RefusedEvent when there is no such order. It looks for one by trying, so it comes after `answers`.
    """

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        journey, found, waiting = dossier.journey, list[ev.Event](), _in_order(dossier, given)
        for _ in range(MOST_TURNS):
            left, refused = list[tuple[str, Any]](), None
            for key, value in waiting:
                try:
                    after, events = _tried(dossier, journey, moment, len(found), _told(dossier, key, value))
                except RefusedEvent as error:
                    left.append((key, value))
                    refused = error
                else:
                    journey, found = after, [*found, *events]
            if refused is None:
                return found
            if len(left) == len(waiting):
                raise refused
            waiting = left
        raise RefusedEvent("refused.not_askable")

    return make


def _tried(
    dossier: Dossier, journey: Journey, moment: Moment, before: int, told: Iterator[tuple[type[ev.Event], Any]]
) -> tuple[Journey, list[ev.Event]]:
    """The journey after these, and their events, numbered after those `before`."""
    events: list[ev.Event] = []
    for kind, fields in told:
        events.append(kind(**moment.envelope(before + len(events) + 1), **fields))
        journey = advance(dossier.graph, journey, events[-1]).journey
    return journey, events


def unsure(fact: str) -> Maker:
    """ "Weet ik niet": a value where the flow takes it as one, else help or a person."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        leads_to = node_of(dossier.graph, fact).spec.unsure
        if leads_to is None:
            raise RefusedEvent("refused.not_askable", {"fact": fact})
        if leads_to is Unsure.VALUE:
            return [ev.AnswerGiven(**moment.envelope(), fact=fact, value="unsure")]
        return [ev.HelpWanted(**moment.envelope(), fact=fact, leads_to="help" if leads_to is Unsure.HELP else "worker")]

    return make


def prefill(found: Mapping[str, Any], source: str) -> Maker:
    """What registers know, as canonical JSON; lists as people tell them. A fact of a citizen's may be known as well.

    AnswerError for a fact that the flow does not have, or that only a worker, a payment, the process or the clock says.
    """

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        events: list[ev.Event] = []
        for fact, value in _in_order(dossier, found):
            parsed = read_key(fact)
            node = dossier.graph.facts.get(parsed.path) if parsed is not None else None
            if node is None or not PREFILLED.intersection(ref.kind for ref in node.spec.suppliers):
                raise AnswerError(fact if node is not None else "*", "answer.not_prefilled")
            for key, own in _known(fact, node, value):
                envelope = moment.envelope(len(events) + 1)
                events.append(ev.FactFetched(**envelope, fact=key, value=own, source=source))
        return events

    return make


def _known(fact: str, node: FactNode, value: Any) -> Iterator[tuple[str, Any]]:
    """What is told at once, by key: of a list how many, and each field of each item; nothing of what is null."""
    if node.spec.type is not FactType.LIST or not isinstance(value, list):
        yield from [(fact, value)] if value is not None else []
        return
    if not all(isinstance(item, dict) for item in value):
        raise AnswerError(fact, "answer.type")
    yield fact, len(value)
    for at, item in enumerate(value):
        for field, own in item.items():
            yield from [(item_key(fact, at, str(field)), own)] if own is not None else []


def simple(kind: type[ev.Event], **fields: Any) -> Maker:
    """One event of this kind: ChannelSwitched, PersonAsked, StepTaken, TaskClaimed, SignalLeft ..."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        return [kind(**moment.envelope(), **fields)]

    return make


def address_for(over: Channel, typed: str, reach: Mapping[str, str], *, must: bool = False) -> str:
    """Where a person can answer, as it is kept: a number, an e-mail address (the one under `reach` when none is typed),
    or words. With `must` a number may not be left out. AnswerError about `contact`."""
    kind = FactType.EMAIL if over is Channel.EMAIL else FactType.PHONE
    if over in (Channel.WEB, Channel.LETTER):
        return typed
    if not typed:
        known = reach.get(Channel.EMAIL, "") if over is Channel.EMAIL else ""
        if not known and (must or over is Channel.EMAIL):
            raise AnswerError("contact", f"contact.required_{'address' if over is Channel.EMAIL else 'number'}")
        return known
    return _as_kept(kind, typed, "contact")


def _as_kept(kind: FactType, typed: str, name: str) -> str:
    """A number or address as it is kept. AnswerError about `name`."""
    try:
        return str(FIELDS[kind].parse(typed, Fact(type=kind), "nl"))
    except AnswerError as error:
        raise AnswerError(name, error.code, error.params) from None


def ask_person(over: Channel, typed: str, preferred_time: str, about: str) -> Maker:
    """Ask for a person. AnswerError for a way to answer that is none, RefusedEvent where nobody can answer."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        contact = address_for(over, typed, dossier.journey.reach)
        said = {"preferred_time": preferred_time, "about": about, "contact": contact}
        return [ev.PersonAsked(**moment.envelope(), over=over, **said)]

    return make


def signal(step: str, text: str) -> Maker:
    """What goes wrong, at something of the flow; "" for where the journey is. AnswerError about `step`."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        return [ev.SignalLeft(**moment.envelope(), step=step or dossier.journey.place, text=text)]

    return make


def mail_address(typed: str) -> str:
    """An address for messages as it is kept, "" for none. AnswerError about `email`."""
    return _as_kept(FactType.EMAIL, typed, "email") if typed else ""


def reach(typed: str) -> Maker:
    """Where messages may go, "" for nowhere any more. AnswerError about `email`."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        address = mail_address(typed)
        return [ev.ReachGiven(**moment.envelope(), over=Channel.EMAIL, address=address)]

    return make


def remedy(reason: str) -> Maker:
    """The step of the process that the options offer against the determination. RefusedEvent where there is none."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        may = options(dossier.graph, dossier.journey, moment.actor, moment.at)
        steps = (*(own.step for own in may.remedies if own.step), *(own for own in REMEDIES if own in may.steps))
        if not steps:
            raise RefusedEvent("refused.no_remedy")
        return [ev.StepTaken(**moment.envelope(), step=steps[0], motive=reason)]

    return make


def judge(task: str, given: Mapping[str, Any], motive: str = "") -> Maker:
    """A worker supplies facts: a judgement, what a citizen handed on, or how a dispute ends."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        events: list[ev.Event] = []
        for fact, value in _in_order(dossier, given):
            envelope = moment.envelope(len(events) + 1)
            answer = dossier.journey.answers.get(fact)
            if answer is not None and answer.disputed:
                events.append(ev.DisputeSettled(**envelope, fact=fact, value=value, motive=motive))
            else:
                events.append(ev.JudgementGiven(**envelope, fact=fact, value=value, motive=motive, task=task))
        return events

    return make


def held(task: str, make: Maker) -> Maker:
    """The same events, only when the worker who asks has claimed the task. RefusedEvent otherwise."""

    def checked(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        own = task_of(dossier.journey, task)
        if own.claimed_by != moment.actor.id:
            raise RefusedEvent("refused.task_taken" if own.claimed_by else "refused.task_not_yours")
        return make(dossier, moment)

    return checked
