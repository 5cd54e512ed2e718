"""What was not as a scenario expects, told in a language; of a refused answer also the reason and its line.

Called by the commands that run scenarios and by the pages for authors; tests: tests/ui_schema/test_failures.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import AnswerError, Said, Where
from engine.flow.keys import read_key
from engine.graph.graph import Graph
from engine.harness.expectations import REFUSED
from engine.harness.run import Ran
from engine.lint.dutch import told
from ui_schema.build_bench import trouble_words
from ui_schema.shape import Language


def failures_told(graph: Graph, ran: Ran, language: Language) -> tuple[str, ...]:
    """Each failure as a sentence."""
    return tuple(_told(graph, ran, language))


def _told(graph: Graph, ran: Ran, language: Language) -> Iterator[str]:
    for failure in ran.failures:
        said = told(failure, language)
        if ran.refusal is not None and isinstance(failure, Said) and failure.template == REFUSED:
            where = _where(graph, ran.refusal) if isinstance(ran.refusal, AnswerError) else Where()
            place = f" ({where.file}:{where.line})" if where.line else ""
            said = f"{said}: {trouble_words(graph, ran.refusal, language)}{place}"
        yield said


def _where(graph: Graph, error: AnswerError) -> Where:
    """The check that refused the answer; else the fact with its type and limits."""
    for check in graph.checks:
        if error.say and dict(check.say.each()) == dict(error.say):
            return check.must.where
    key = read_key(error.fact)
    node = graph.facts.get(key.path) if key is not None else None
    return node.where if node is not None else Where()
