"""A flow as one page for people who do not read YAML: everything in words, with its picture and its evidence.

    paper(slug, graph, view, evidence, language, made) -> Paper

Called by `wegwijzer docs`; drawn by `develop/paper.html`; tests: tests/api/cli/test_docs.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.flow.model import Fact, RemedyKind
from engine.graph.graph import FactNode, Graph
from engine.harness.evidence_words import evidence_told
from engine.harness.stand import Stand
from ui_schema.develop import FlowView
from ui_schema.flow_texts import label_of, outcome_title, words
from ui_schema.notation import day_words, period_words
from ui_schema.shape import Language, Source
from ui_schema.sources import source_of
from ui_schema.texts import say


@dataclass(frozen=True)
class Asked:
    """One fact: the question, why, who knows it, what can be chosen."""

    label: str
    question: str
    why: str
    help: str
    suppliers: str
    options: tuple[str, ...]
    when: str
    kept: str


@dataclass(frozen=True)
class Ending:
    """One outcome in words."""

    title: str
    paragraphs: tuple[str, ...]
    remedy: str


@dataclass(frozen=True)
class Proof:
    """One step of the loop with what it came to."""

    label: str
    mark: str
    mark_words: str
    said: str
    day: str


@dataclass(frozen=True)
class Paper:
    """See the top of this module."""

    language: Language
    question: str
    about: str
    owner: str
    made: str
    notice: str
    asked: tuple[Asked, ...]
    endings: tuple[Ending, ...]
    sources: tuple[Source, ...]
    promises: tuple[str, ...]
    tasks: tuple[tuple[str, str], ...]
    evidence: tuple[Proof, ...]
    flow: FlowView


def paper(graph: Graph, view: FlowView, stand: Stand, language: Language, made: date) -> Paper:
    """The page of one version."""
    flow = graph.flow
    return Paper(
        language,
        flow.question.in_(language.value),
        words(flow.about, language),
        say(language, "dev.paper.owner", owner=flow.owner) if flow.owner else "",
        say(language, "dev.paper.made", day=day_words(made, language), version=graph.version[:12]),
        words(flow.notice, language),
        tuple(_asked(graph, node, language) for node in graph.facts.values()),
        tuple(_ending(graph, name, language) for name in flow.outcomes),
        tuple(found for name in flow.sources if (found := source_of(graph, name, language)) is not None),
        tuple(_promises(graph, language)),
        tuple((words(task.title, language) or name, words(task.text, language)) for name, task in flow.tasks.items()),
        tuple(_evidence(stand, language)),
        view,
    )


def _asked(graph: Graph, node: FactNode, language: Language) -> Asked:
    spec = node.spec
    return Asked(
        label_of(graph, node.path, language),
        words(spec.ask, language),
        words(spec.why, language) or (words(spec.ground.text, language) if spec.ground is not None else ""),
        words(spec.help, language),
        ", ".join(_suppliers(spec, language)),
        tuple(text.in_(language.value) for text in spec.options.values()),
        node.when.text if node.when is not None else "",
        period_words(spec.retention, language) if spec.retention else "",
    )


def _suppliers(spec: Fact, language: Language) -> Iterator[str]:
    for ref in spec.suppliers:
        yield say(language, f"dev.supplier.{ref.kind}", name=ref.name)


def _ending(graph: Graph, name: str, language: Language) -> Ending:
    spec = graph.flow.outcomes[name]
    remedy = ""
    if spec.remedy is not None and spec.remedy.kind is not RemedyKind.NONE:
        remedy = say(language, f"remedy.{spec.remedy.kind}")
    parts = tuple(words(part.text, language) for part in spec.text if part.text is not None)
    return Ending(outcome_title(graph, name, language), parts, remedy)


def _promises(graph: Graph, language: Language) -> Iterator[str]:
    """Promises as the file has them, in the order of the file."""
    for promise in graph.flow.promises:
        told = promise.model_dump(mode="json", exclude_none=True, exclude_unset=True)
        for kind, parts in told.items():
            yield f"{kind}: {_written(parts)}"


def _written(value: object) -> str:
    """As an author writes it: `{fact: past, by: worker}`; of a list with one name that name."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_written(own)}" for key, own in value.items()) + "}"
    if isinstance(value, list | tuple):
        return _written(value[0]) if len(value) == 1 else f"[{', '.join(map(_written, value))}]"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _evidence(stand: Stand, language: Language) -> Iterator[Proof]:
    for turn in stand.turns:
        label = say(language, f"dev.step.{turn.step}")
        day = day_words(date.fromisoformat(turn.day), language) if turn.day else ""
        mark, said = say(language, f"dev.mark.{turn.mark}"), evidence_told(turn.said, language)
        yield Proof(label, str(turn.mark), mark, said, day)
