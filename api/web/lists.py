"""What a citizen does with a repeated group: one more item, one item less, that is all. Makers of events."""

from __future__ import annotations

from collections.abc import Sequence

from api.service.dossiers import Dossier, Maker, Moment
from engine.errors import RefusedEvent
from engine.flow.fields import dump_value
from engine.flow.keys import item_key, read_key
from engine.flow.model import FactType
from engine.graph.graph import Graph
from engine.journey import events as ev
from engine.journey.facts import view_of


def is_list(graph: Graph, name: str) -> bool:
    """Whether the flow has a list of this name."""
    node = graph.facts.get(name)
    return node is not None and node.spec.type is FactType.LIST


def begun(dossier: Dossier, name: str) -> int:
    """How many items there are so far. Raises RefusedEvent when there is no such list."""
    if not is_list(dossier.graph, name):
        raise RefusedEvent("refused.no_such_fact")
    return view_of(dossier.graph, dossier.journey).length(name)[0]


def first_of_next(dossier: Dossier, name: str) -> str:
    """The key with which one more item begins."""
    field = next(node.name for node in dossier.graph.facts.values() if node.list == name)
    return item_key(name, begun(dossier, name), field)


def reopen(name: str) -> Maker:
    """One more: a list that was closed is open again."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        begun(dossier, name)
        closed = name in dossier.journey.answers
        return [ev.AnswersWithdrawn(**moment.envelope(), facts=(name,))] if closed else []

    return make


def close(name: str) -> Maker:
    """That is all."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        return [ev.ListClosed(**moment.envelope(), fact=name, count=begun(dossier, name))]

    return make


def remove(name: str, at: int) -> Maker:
    """One item less: it and all behind it are withdrawn, and those behind it are told again one place earlier."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[ev.Event]:
        count = begun(dossier, name)
        if not 0 <= at < count:
            raise RefusedEvent("refused.no_such_fact")
        return _without(dossier, moment, name, at, count)

    return make


def _without(dossier: Dossier, moment: Moment, name: str, at: int, count: int) -> list[ev.Event]:
    answers = dossier.journey.answers
    behind = {key: parsed for key in answers if (parsed := read_key(key)) and parsed.name == name and parsed.at >= at}
    closed = name in answers
    gone = (*behind, name) if closed else tuple(behind)
    found: list[ev.Event] = [ev.AnswersWithdrawn(**moment.envelope(), facts=gone)] if gone else []
    for key, parsed in sorted(behind.items(), key=lambda own: own[1].at):
        if parsed.at > at:
            value = dump_value(dossier.graph.facts[parsed.path].spec.type, answers[key].value)
            earlier = item_key(name, parsed.at - 1, parsed.field)
            found.append(ev.AnswerGiven(**moment.envelope(len(found) + 1), fact=earlier, value=value))
    if closed:
        found.append(ev.ListClosed(**moment.envelope(len(found) + 1), fact=name, count=count - 1))
    return found
