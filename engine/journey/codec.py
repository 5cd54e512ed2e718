"""A journey as JSON and back: the snapshot that the store keeps beside the events. Lossless; a test says so.

Events and effects have their own JSON (pydantic): `dump_event`, `load_event`, `dump_effect`. Called by `api.service`
and the harness (save and restore after every event); tests: tests/journeys/test_random_lives.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pydantic import JsonValue, TypeAdapter

from engine.errors import EngineBug
from engine.flow.fields import dump_value, load_value
from engine.flow.keys import read_key
from engine.flow.model import FactType
from engine.graph.graph import Graph
from engine.journey.effects import AnyEffect
from engine.journey.events import Actor, ActorKind, AnyEvent, Channel, Event, Supplier
from engine.journey.state import (
    EMPTY,
    Answer,
    ContactRequest,
    Erased,
    Journey,
    Mandate,
    Message,
    Pause,
    Proposal,
    Task,
    TermRun,
    Visit,
)

_EVENT: Final[TypeAdapter[AnyEvent]] = TypeAdapter(AnyEvent)
Dump = Callable[[Graph, str, Any], Any]


def dump_event(event: Event) -> dict[str, JsonValue]:
    """An event as canonical JSON; fields at their default are left out."""
    kind = type(event)  # its own serializer: what `model_dump` adds to it costs as much as half of it
    plain: dict[str, JsonValue] = kind.__pydantic_serializer__.to_python(event, mode="json", exclude_defaults=True)
    plain["type"] = kind.__name__
    return plain


def load_event(plain: object) -> AnyEvent:
    """The event that `dump_event` wrote. pydantic.ValidationError for anything else."""
    return _EVENT.validate_python(plain)


def dump_effect(effect: AnyEffect) -> dict[str, JsonValue]:
    """An effect as JSON, for the outbox."""
    plain: dict[str, JsonValue] = effect.model_dump(mode="json")
    return plain


@dataclass(frozen=True, slots=True)
class Dumped:
    """A journey and its snapshot, which nobody may change: the next one takes over what is still the same."""

    journey: Journey
    snapshot: Mapping[str, Any]


def dump_journey(graph: Graph, journey: Journey, before: Dumped | None = None) -> dict[str, Any]:
    """The snapshot. Keys are the fields of Journey; empty ones are left out.

    `before` is the same journey earlier: values never change, so what is the same object has the same JSON.
    """
    plain: dict[str, Any] = {}
    earlier, known = (before.journey.__dict__, before.snapshot) if before is not None else (EMPTY, EMPTY)
    for name, value in journey.__dict__.items():
        if not value and type(value) is not int:
            continue
        was = earlier.get(name)
        if was is value:
            plain[name] = known[name]
        elif name in _DUMP_EACH:
            plain[name] = _dump_each(graph, _DUMP_EACH[name], value, was or EMPTY, known.get(name, EMPTY))
        else:
            dump = _DUMP.get(name)
            plain[name] = _plain(value) if dump is None else dump(graph, value)
    return plain


def _dump_each(graph: Graph, dump: Dump, values: Any, was: Any, known: Any) -> Any:
    """Entry by entry of a mapping or a sequence; one that was there before is as it was."""
    if isinstance(values, tuple):  # it only grows at its end
        same = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(values, was, strict=False)))
        return [*(known[:same] if same else ()), *(dump(graph, "", value) for value in values[same:])]
    return {key: known[key] if was.get(key) is value else dump(graph, key, value) for key, value in values.items()}


def load_journey(graph: Graph, plain: dict[str, Any]) -> Journey:
    """The journey that `dump_journey` wrote."""
    read = {name: _LOAD[name](graph, value) if name in _LOAD else value for name, value in plain.items()}
    return Journey(**read)


class Reached(NamedTuple):
    """How the citizen is told: over the journey's channel, in its language, at these addresses by channel."""

    channel: Channel
    language: str
    reach: Mapping[str, str]


def reached(plain: Mapping[str, Any]) -> Reached:
    """That much of the journey that `dump_journey` wrote, where nobody needs the rest."""
    return Reached(Channel(plain["channel"]), plain.get("language", ""), plain.get("reach", EMPTY))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Channel) else value


def _moment(graph: Graph, value: str) -> datetime:
    return datetime.fromisoformat(value)


def _type_of(graph: Graph, key: str) -> FactType:
    parsed = read_key(key)
    if parsed is None or parsed.path not in graph.facts:
        raise EngineBug(f"{key} is no fact of this version")
    return graph.facts[parsed.path].spec.type


def _dump_answer(graph: Graph, key: str, answer: Answer) -> dict[str, Any]:
    kind = _type_of(graph, key)
    plain: dict[str, Any] = {
        "value": answer.value if kind is FactType.LIST else dump_value(kind, answer.value),
        "supplier": str(answer.supplier),
        "at": answer.at.isoformat(),
        "by": [str(answer.by.kind), answer.by.id],
        "channel": str(answer.channel),
    }
    for name in ("confirmed", "source", "disputed", "motive"):
        if value := getattr(answer, name):
            plain[name] = value
    return plain


def _load_answers(graph: Graph, plain: dict[str, Any]) -> Any:
    return MappingProxyType({key: _load_answer(graph, key, dict(own)) for key, own in plain.items()})


def _load_answer(graph: Graph, key: str, plain: dict[str, Any]) -> Answer:
    raw = plain["value"]
    kind = _type_of(graph, key)
    parsed = read_key(key)
    assert parsed is not None
    value = raw if kind is FactType.LIST or raw is None else load_value(key, graph.facts[parsed.path].spec, raw)
    actor, who = plain["by"]
    return Answer(
        value,
        Supplier(plain["supplier"]),
        datetime.fromisoformat(plain["at"]),
        Actor(kind=ActorKind(actor), id=who),
        Channel(plain["channel"]),
        plain.get("source", ""),
        plain.get("disputed", ""),
        plain.get("motive", ""),
        plain.get("confirmed", False),
    )


def _dump_record(record: Any) -> dict[str, Any]:
    found = [(name, getattr(record, name)) for name in type(record).__slots__]
    return {name: _plain(value) for name, value in found if value != "" and value is not None}


def _dump_one(graph: Graph, key: str, record: Any) -> dict[str, Any]:
    return _dump_record(record)


def _times(plain: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: datetime.fromisoformat(value) if key in names else value for key, value in plain.items()}


def _load_contact(plain: dict[str, Any]) -> ContactRequest:
    own = {"due": None, **_times(plain, "at", "due")}
    return ContactRequest(**{**own, "over": Channel(plain["over"])})


def _dump_term(graph: Graph, name: str, run: TermRun) -> dict[str, Any]:
    pauses = [[since.isoformat(), until.isoformat() if until is not None else None] for since, until in run.pauses]
    plain = {"started": run.started.isoformat(), "extensions": run.extensions, "pauses": pauses}
    return plain if run.ended is None else {**plain, "ended": run.ended.isoformat()}


def _load_term(plain: dict[str, Any]) -> TermRun:
    moment = datetime.fromisoformat
    pauses = tuple((moment(since), moment(until) if until is not None else None) for since, until in plain["pauses"])
    ended = moment(plain["ended"]) if "ended" in plain else None
    return TermRun(moment(plain["started"]), plain["extensions"], pauses, ended)


def _load_tasks(graph: Graph, plain: dict[str, Any]) -> Any:
    return MappingProxyType(
        {key: Task(**{"reason": "", **_times(own, "opened", "due", "finished")}) for key, own in plain.items()}
    )


def _load_mandates(graph: Graph, plain: dict[str, Any]) -> Any:
    own = {key: {"relation": "", **_times(mandate, "since", "until", "ended")} for key, mandate in plain.items()}
    return MappingProxyType({key: Mandate(**mandate) for key, mandate in own.items()})


def _moments(graph: Graph, plain: dict[str, str]) -> Any:
    return MappingProxyType({key: datetime.fromisoformat(value) for key, value in plain.items()})


_DUMP_EACH: Final[dict[str, Dump]] = {
    "answers": _dump_answer,
    "visits": _dump_one,
    "tasks": _dump_one,
    "contacts": _dump_one,
    "proposals": _dump_one,
    "deadlines": lambda graph, clock, moment: moment.isoformat(),
    "passed": lambda graph, clock, moment: moment.isoformat(),
    "terms": _dump_term,
    "mandates": _dump_one,
    "erased": _dump_one,
}
"""Of each entry of these fields its JSON."""

_DUMP: Final[dict[str, Any]] = {
    "help_wanted": lambda graph, wanted: dict(wanted),
    "pause": lambda graph, pause: _dump_record(pause),
    "told": lambda graph, told: _dump_record(told),
    "reach": lambda graph, reach: dict(reach),
    "silent": lambda graph, silent: dict(silent),
    "last_by": lambda graph, last: dict(last),
}

_LOAD: Final[dict[str, Any]] = {
    "answers": _load_answers,
    "visits": lambda graph, visits: tuple(Visit(**_times(visit, "at")) for visit in visits),
    "tasks": _load_tasks,
    "contacts": lambda graph, contacts: tuple(_load_contact(contact) for contact in contacts),
    "proposals": lambda graph, proposals: tuple(Proposal(**{"motive": "", **proposal}) for proposal in proposals),
    "deadlines": _moments,
    "passed": _moments,
    "terms": lambda graph, terms: MappingProxyType({name: _load_term(run) for name, run in terms.items()}),
    "help_wanted": lambda graph, wanted: MappingProxyType(wanted),
    "mandates": _load_mandates,
    "pause": lambda graph, pause: Pause(**_times(pause, "since", "until")),
    "told": lambda graph, told: Message(**_times(told, "at", "deadline")),
    "reach": lambda graph, reach: MappingProxyType(reach),
    "silent": lambda graph, silent: MappingProxyType(silent),
    "last_by": lambda graph, last: MappingProxyType(last),
    "erased": lambda graph, erased: MappingProxyType({k: Erased(**_times(own, "at")) for k, own in erased.items()}),
    "started": _moment,
    "submitted": _moment,
    "channel": lambda graph, channel: Channel(channel),
}
