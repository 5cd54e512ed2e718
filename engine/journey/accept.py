"""May this event happen now? Refuses what the flow does not allow, before anything changes.

    event                        allowed when                                                    else
    AnswerGiven by a citizen     the fact is askable now, or was answered before and may change  refused.not_askable
    AnswerGiven by a worker      the same (told by phone or at the desk)                         refused.not_askable
    AnswersWithdrawn             the citizen gave them, or they are of an item of a list         refused.not_askable
    FactFetched                  nobody else supplied it, and it is not disputed                 refused.not_askable
    JudgementGiven               a worker supplies the fact, or the citizen handed it on         refused.not_yours
    FactDisputed                 it is known, not from the citizen, and not one to confirm refused.nothing_to_dispute
    TaskClaimed                  the task is open and nobody has it                              refused.task_taken
    TaskReturned, TaskFinished   the worker has it                                               refused.task_not_yours
    SignalLeft                   the flow has what it is about                                   signal.no_such_step
    anything by who acts for     the mandate holds and allows it (`engine.journey.acting`)       refused.not_in_mandate
    the citizen

An answer is also loaded by its field type and held against the flow's checks: AnswerError. Called by
`engine.journey.reducer`; tests: tests/engine/journey/test_reducer.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import AnswerError, RefusedEvent
from engine.feel.unknown import UNKNOWN
from engine.flow.fields import load_value
from engine.flow.fields.list import MOST
from engine.flow.keys import FactKey, item_key, path_of, read_key
from engine.flow.model import FactType, SupplierKind
from engine.graph.evaluation import evaluate
from engine.graph.graph import CheckNode, FactNode, Graph
from engine.graph.possible import settled
from engine.graph.process import ALWAYS_THERE, OUTCOME
from engine.graph.view import View
from engine.journey import acting
from engine.journey import events as ev
from engine.journey.facts import known, unconfirmed, view_of
from engine.journey.relevance import Relevance, applies, relevance
from engine.journey.state import Journey, Task

BY_PEOPLE = (ev.Supplier.CITIZEN, ev.Supplier.WORKER)


def node_of(graph: Graph, key: str) -> FactNode:
    """The declaration behind a key. RefusedEvent when the flow has no such fact."""
    parsed = read_key(key)
    node = graph.facts.get(parsed.path) if parsed is not None else None
    if node is None or parsed is None or bool(parsed.field) != bool(node.list):
        raise RefusedEvent("refused.no_such_fact")
    return node


def load_fact(graph: Graph, key: str, value: Any) -> object:
    """The typed value of a fact's canonical JSON; null only from the flow itself. AnswerError, RefusedEvent."""
    node = node_of(graph, key)
    if node.spec.type is FactType.LIST:
        if isinstance(value, bool) or not isinstance(value, int):
            raise AnswerError(key, "answer.type")
        return _counted(key, node, value)
    return load_value(key, node.spec, value)


def _counted(key: str, node: FactNode, items: int) -> int:
    """So many items; AnswerError when these are too few or too many."""
    most, least = int(node.spec.max or MOST), max(0, int(node.spec.min or 0))
    if items > most:
        raise AnswerError(key, "answer.list.max", {"max": most})
    if items < least:
        raise AnswerError(key, "answer.list.min", {"min": least})
    return items


def passed_on(journey: Journey) -> frozenset[str]:
    """Facts that wait for a person: handed on by the citizen, or disputed."""
    waiting = [key for key, answer in journey.answers.items() if answer.disputed]
    if journey.help_wanted:
        waiting += [key for key, leads_to in journey.help_wanted.items() if leads_to == "worker"]
    return frozenset(waiting)


def asked_here(graph: Graph, journey: Journey) -> tuple[str, ...]:
    """What the place where the journey is asks, whatever the outcome."""
    place = graph.process.places.get(journey.place)
    return place.needs if place is not None else ()


def current(graph: Graph, journey: Journey, view: View | None = None) -> Relevance:
    """What is still needed in this journey."""
    return relevance(graph, view or view_of(graph, journey), passed_on(journey), here=asked_here(graph, journey))


def as_told(graph: Graph, journey: Journey, event: ev.Event) -> ev.Event:
    """The event, marked where the citizen says the same as a register that must be confirmed (`confirm: ask`)."""
    if not graph.to_confirm or not isinstance(event, ev.AnswerGiven):
        return event
    answer = journey.answers.get(event.fact)
    if answer is None or not unconfirmed(graph, event.fact, answer):
        return event
    same = load_fact(graph, event.fact, event.value) == answer.value
    return event.model_copy(update={"confirms": same})


def accept(graph: Graph, journey: Journey, event: ev.Event) -> None:
    """Raise RefusedEvent or AnswerError when the event may not happen now."""
    acting.check_actor(journey, event)
    rule = _RULES.get(type(event))
    if rule is not None:
        rule(graph, journey, event)


def _answer(graph: Graph, journey: Journey, event: ev.AnswerGiven) -> None:
    node = node_of(graph, event.fact)
    if not any(ref.kind is SupplierKind.CITIZEN for ref in node.spec.suppliers):
        raise RefusedEvent("refused.not_askable", {"fact": event.fact})
    view = view_of(graph, journey)
    if not may_answer(graph, journey, view, event.fact):
        raise RefusedEvent("refused.not_askable", {"fact": event.fact})
    if node.spec.type is FactType.LIST:
        raise AnswerError(event.fact, "answer.type")
    check(graph, journey, {event.fact: load_fact(graph, event.fact, event.value)})


def _withdrawn(graph: Graph, journey: Journey, event: ev.AnswersWithdrawn) -> None:
    for fact in event.facts:
        answer = journey.answers.get(fact)
        is_own = answer is not None and answer.supplier is ev.Supplier.CITIZEN and not answer.disputed
        if not is_own and not node_of(graph, fact).list:
            raise RefusedEvent("refused.not_askable", {"fact": fact})


def _fetched(graph: Graph, journey: Journey, event: ev.FactFetched) -> None:
    node_of(graph, event.fact)
    answer = journey.answers.get(event.fact)
    if answer is not None and (answer.supplier in BY_PEOPLE or answer.disputed):
        raise RefusedEvent("refused.not_askable", {"fact": event.fact})
    load_fact(graph, event.fact, event.value)


def may_answer(graph: Graph, journey: Journey, view: View, key: str) -> bool:
    """Askable now, answered before and still applying, or the next item of an open list."""
    answer = journey.answers.get(key)
    own = answer is not None and answer.supplier is ev.Supplier.CITIZEN and not answer.disputed
    if own and applies(graph, view, key):
        return True
    relevant = current(graph, journey, view)
    if key in relevant.askable or key in relevant.waiting:
        return answer is None or not answer.disputed
    if answer is not None:  # what a register or worker said is disputed, not overwritten
        return False
    parsed = read_key(key)
    return parsed is not None and bool(parsed.field) and _may_add(graph, view, relevant, parsed)


def _may_add(graph: Graph, view: View, relevant: Relevance, key: FactKey) -> bool:
    begun, is_open = view.length(key.name)
    if not is_open or key.name not in relevant.askable:
        return key.at < begun and applies(graph, view, str(key))
    most = int(graph.facts[key.name].spec.max or MOST)
    return key.at <= begun and key.at < most and applies(graph, view, str(key))


def _close(graph: Graph, journey: Journey, event: ev.ListClosed) -> None:
    node = node_of(graph, event.fact)
    if node.spec.type is not FactType.LIST:
        raise RefusedEvent("refused.no_such_fact")
    view = view_of(graph, journey)
    if not may_answer(graph, journey, view, event.fact):
        raise RefusedEvent("refused.not_askable", {"fact": event.fact})
    load_fact(graph, event.fact, event.count)


def check(graph: Graph, journey: Journey, answers: Mapping[str, object]) -> None:
    """Hold new answers against the flow's checks. AnswerError about the first of `answers` that a check reads."""
    if graph.checks:
        check_facts(graph, {**known(graph, journey), **answers}, answers)


def check_facts(graph: Graph, facts: Mapping[str, object], answers: Mapping[str, object]) -> None:
    """The same for plain facts (`answers` among them): what simulations use."""
    if not graph.checks:
        return
    view = View(graph, facts)
    for own in graph.checks:
        for fact, others, env in _instances(own, facts, view, answers):
            if settled(evaluate(own.must, env)) is False:
                say = dict(own.say.each())
                raise AnswerError(fact, "answer.check", also=tuple(key for key in others if key != fact), say=say)


def _instances(own: CheckNode, facts: Mapping[str, object], view: View, answers: Mapping[str, object]) -> list[Any]:
    """The check once, or once for each item of its list: (fact to blame, all its facts, environment)."""
    rounds = range(view.length(own.list)[0] + 1) if own.list else (0,)
    found = []
    for at in rounds:
        keys = [_placed(path, own.list, at) for path in own.facts]
        blamed = [key for key in keys if key in answers]
        env = view.item(own.list, at) if own.list else view
        if blamed and all(_is_known(key, facts, env) for key in keys):
            found.append((blamed[-1], tuple(keys), env))
    return found


def _placed(path: str, list_name: str, at: int) -> str:
    name, _, field = path.partition(".")
    return item_key(name, at, field) if field and name == list_name else path


def _is_known(key: str, facts: Mapping[str, object], env: Any) -> bool:
    name = key.rpartition(".")[2] if "[" in key else key
    return key in facts or env.scope[name] is not UNKNOWN


def _judge(graph: Graph, journey: Journey, event: ev.JudgementGiven) -> None:
    node = node_of(graph, event.fact)
    own = any(ref.kind is SupplierKind.WORKER for ref in node.spec.suppliers)
    if not own and event.fact not in passed_on(journey):
        raise RefusedEvent("refused.not_yours", {"fact": event.fact})
    if event.task:
        _held(journey, event.task, event.actor.id)
    check(graph, journey, {event.fact: load_fact(graph, event.fact, event.value)})


def _dispute(graph: Graph, journey: Journey, event: ev.FactDisputed) -> None:
    node_of(graph, event.fact)
    answer = journey.answers.get(event.fact)
    if answer is None:
        raise RefusedEvent("refused.not_known_yet", {"fact": event.fact})
    if answer.disputed:
        raise RefusedEvent("refused.disputed_already", {"fact": event.fact})
    is_open = unconfirmed(graph, event.fact, answer)  # then the question itself is the way
    if is_open or answer.supplier is ev.Supplier.CITIZEN:
        raise RefusedEvent("refused.nothing_to_dispute", {"fact": event.fact})


def _settle(graph: Graph, journey: Journey, event: ev.DisputeSettled) -> None:
    answer = journey.answers.get(event.fact)
    if answer is None or not answer.disputed:
        raise RefusedEvent("refused.nothing_to_dispute", {"fact": event.fact})
    check(graph, journey, {event.fact: load_fact(graph, event.fact, event.value)})


def _help(graph: Graph, journey: Journey, event: ev.HelpWanted) -> None:
    node = node_of(graph, event.fact)
    if event.fact not in current(graph, journey).askable or str(node.spec.unsure) != event.leads_to:
        raise RefusedEvent("refused.not_askable", {"fact": event.fact})


def _signal(graph: Graph, journey: Journey, event: ev.SignalLeft) -> None:
    """Anything of this flow can go wrong: a question, a rule, a place, a step, an outcome, the ways to a person."""
    process = graph.process
    of_process = (*process.places, *process.ends, *ALWAYS_THERE, OUTCOME, *(step.event for step in process.steps))
    of_flow = (graph.facts, graph.rulings, graph.flow.outcomes)
    if event.step not in of_process and not any(path_of(event.step) in names for names in of_flow):
        raise AnswerError("step", "signal.no_such_step")


def _erase(graph: Graph, journey: Journey, event: ev.FactsErased) -> None:
    """Retention counts from the end: while the journey goes on, nothing of it is erased."""
    by_us = event.actor.kind in (ev.ActorKind.CLOCK, ev.ActorKind.ENGINE)
    if not by_us or journey.place in graph.process.places or not set(event.facts) <= journey.answers.keys():
        raise RefusedEvent("refused.not_yours")


def task_of(journey: Journey, task: str) -> Task:
    """The task, still open. RefusedEvent when it is not there or finished."""
    own = journey.tasks.get(task)
    if own is None:
        raise RefusedEvent("refused.no_such_task")
    if own.finished is not None:
        raise RefusedEvent("refused.task_finished")
    return own


def _claim(graph: Graph, journey: Journey, event: ev.TaskClaimed) -> None:
    own = task_of(journey, event.task)
    if own.claimed_by and own.claimed_by != event.actor.id:
        raise RefusedEvent("refused.task_taken", {"by": own.claimed_by})


def _held(journey: Journey, task: str, worker: str) -> None:
    own = task_of(journey, task)
    if own.claimed_by != worker:
        raise RefusedEvent("refused.task_taken" if own.claimed_by else "refused.task_not_yours", {"by": own.claimed_by})


def _return(graph: Graph, journey: Journey, event: ev.TaskReturned | ev.TaskFinished) -> None:
    _held(journey, event.task, event.actor.id)


_RULES: dict[type, Callable[[Graph, Journey, Any], None]] = {
    ev.AnswerGiven: _answer,
    ev.AnswersWithdrawn: _withdrawn,
    ev.ListClosed: _close,
    ev.FactFetched: _fetched,
    ev.JudgementGiven: _judge,
    ev.FactDisputed: _dispute,
    ev.DisputeSettled: _settle,
    ev.HelpWanted: _help,
    ev.TaskClaimed: _claim,
    ev.TaskReturned: _return,
    ev.TaskFinished: _return,
    ev.Represented: acting.check_mandate,
    ev.MandateEnded: acting.check_mandate_end,
    ev.JourneyPaused: acting.check_pause,
    ev.JourneyResumed: acting.check_resume,
    ev.ChannelSwitched: acting.check_switch,
    ev.PersonAsked: acting.check_ask,
    ev.FactsErased: _erase,
    ev.SignalLeft: _signal,
}
