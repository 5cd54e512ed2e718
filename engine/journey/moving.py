"""Can a running journey go on by another version of its flow? Sorted, never forced; nothing is dropped silently. Pure.

    safe            everything it knows is known there too, its place is there, the outcome stays what it was
    needs an answer an answer does not fit any more, or something new is asked that was not asked before it was sent
    needs a person  a fact, place, term or step is gone, an outcome would change, a determination was made already,
                    or its history cannot be read by the new version

A journey that needs an answer or a person keeps its own version, which goes on serving it. Only `safe` is moved, by the
event JourneyMigrated. Called by `api.service.migrating`; tests: tests/engine/journey/test_moving.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from engine.errors import AnswerError, EngineBug, RefusedEvent
from engine.flow.fields import dump_value, load_value
from engine.flow.keys import read_key
from engine.flow.model import FactType, SupplierKind
from engine.graph.graph import FactNode, Graph
from engine.journey import events as ev
from engine.journey.accept import check, current, load_fact
from engine.journey.codec import dump_journey, load_journey
from engine.journey.facts import known
from engine.journey.remedies import made_known
from engine.journey.replay import replay
from engine.journey.state import Answer, Journey


class Needs(StrEnum):
    """What a journey needs before it can move. In order: the worst one counts."""

    NOTHING = "safe"
    ANSWER = "needs an answer"
    PERSON = "needs a person"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it cannot just move: a code, and what it is about (a fact, a place, an outcome; never a value)."""

    needs: Needs
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """One journey, sorted. `moved` is the journey under the new version, where it can move."""

    needs: Needs
    reasons: tuple[Reason, ...]
    moved: Journey | None = None


def sort(old: Graph, new: Graph, journey: Journey, history: Sequence[ev.Event]) -> Sorted:
    """Whether this journey can go on by `new`. `history` are its events so far."""
    reasons = tuple(_reasons(old, new, journey))
    if not reasons and not _readable(new, history):
        reasons = (Reason(Needs.PERSON, "history"),)
    if reasons:
        return Sorted(max((own.needs for own in reasons), key=list(Needs).index), reasons)
    moved = load_journey(new, dump_journey(old, journey))
    reasons = tuple(_differences(old, new, journey, moved))
    if reasons:
        return Sorted(max((own.needs for own in reasons), key=list(Needs).index), reasons)
    return Sorted(Needs.NOTHING, (), moved)


def _reasons(old: Graph, new: Graph, journey: Journey) -> Iterator[Reason]:
    """What does not fit, from the parts."""
    if old.flow.flow != new.flow.flow:
        yield Reason(Needs.PERSON, "other_flow", new.flow.flow)
    if journey.place not in (*new.process.places, *new.process.ends):
        yield Reason(Needs.PERSON, "place_gone", journey.place)
    if made_known(old, journey) is not None:
        yield Reason(Needs.PERSON, "determined", journey.proposed or journey.outcome)
    for name, run in journey.terms.items():
        if run.ended is None and name not in new.process.terms:
            yield Reason(Needs.PERSON, "term_gone", name)
    for outcome in {journey.outcome, journey.proposed} - {""}:
        if outcome not in new.flow.outcomes:
            yield Reason(Needs.PERSON, "outcome_gone", outcome)
    for key, answer in journey.answers.items():
        yield from _answer(old, new, key, answer)


def _node(graph: Graph, key: str) -> FactNode | None:
    parsed = read_key(key)
    return graph.facts.get(parsed.path) if parsed is not None else None


def _answer(old: Graph, new: Graph, key: str, answer: Answer) -> Iterator[Reason]:
    """One answer: is the fact there, of the same type, with room for this value, from this supplier?"""
    before, after = _node(old, key), _node(new, key)
    if before is None or after is None:
        yield Reason(Needs.PERSON, "fact_gone", key)
        return
    if before.spec.type is not after.spec.type or before.spec.unit != after.spec.unit:
        yield Reason(Needs.PERSON, "type_changed", key)
        return
    by_citizen = answer.supplier is ev.Supplier.CITIZEN
    if by_citizen and all(ref.kind is not SupplierKind.CITIZEN for ref in after.spec.suppliers):
        yield Reason(Needs.PERSON, "supplier_changed", key)
    if before.spec.type is not FactType.LIST and answer.value is not None:
        try:
            load_value(key, after.spec, dump_value(before.spec.type, answer.value))
        except AnswerError:
            yield Reason(Needs.ANSWER if by_citizen else Needs.PERSON, "does_not_fit", key)


def _readable(new: Graph, history: Sequence[ev.Event]) -> bool:
    """Whether the new version can read everything that happened: a replay must give the journey, for ever."""
    try:
        replay(partial(load_fact, new), history)
    except (AnswerError, RefusedEvent, EngineBug):
        return False
    return True


def _differences(old: Graph, new: Graph, journey: Journey, moved: Journey) -> Iterator[Reason]:
    """What the new rules make of the same facts."""
    try:
        check(new, moved, known(new, moved))
    except AnswerError as error:
        yield Reason(Needs.ANSWER, "check", error.fact)
        return
    before, after = current(old, journey), current(new, moved)
    if before.outcome and after.outcome != before.outcome:
        yield Reason(Needs.PERSON, "outcome_changes", after.outcome or before.outcome)
    place = new.process.places.get(moved.place)
    asks = place is not None and place.does == "questions"
    if not asks and place is not None:
        asked = [key for key in after.needed if key not in before.needed]
        yield from (Reason(Needs.ANSWER, "asked_anew", key) for key in asked)
