"""Sources of rules and grounds: what people call them, and where they can be read."""

from __future__ import annotations

from urllib.parse import quote

from engine.graph.graph import Graph
from ui_schema.flow_texts import words
from ui_schema.shape import Language, Source

ARTICLE = {Language.NL: "artikel", Language.EN: "article"}


def source_of(graph: Graph, name: str, language: Language) -> Source | None:
    """The source that a flow names; None for none."""
    spec = graph.flow.sources.get(name)
    if spec is None:
        return None
    label = words(spec.title, language)
    if spec.article:
        label = f"{label}, {ARTICLE[language]} {spec.article}"
    return Source(label=label, url=spec.url or _address(spec.bwb, spec.cvdr, spec.jci))


def _address(bwb: str, cvdr: str, jci: str) -> str:
    if jci:
        return f"https://wetten.overheid.nl/{quote(jci, safe=':&=')}"
    if bwb:
        return f"https://wetten.overheid.nl/{quote(bwb)}"
    return f"https://lokaleregelgeving.overheid.nl/{quote(cvdr)}" if cvdr else ""
