"""A resolved process written out whole, in the language of the flow file: what `wegwijzer process FLOW` prints.

What is printed reads back as the same process (`from: none`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from engine.graph.process import By, Process, Step, When
from engine.graph.process_steps import COLUMNS, STAY

Cells = tuple[str, ...]


def process_text(process: Process, language: str = "nl") -> str:
    """The whole process as YAML, titles in `language` where they exist in it."""
    lines = ["process:", "  from: none"]
    if process.terms:
        lines.append("  terms:")
        for name, term in process.terms.items():
            parts = {
                "starts": term.starts,
                "ends": f"[{', '.join(term.ends)}]",
                "length": term.length,
                "source": term.source,
            }
            lines.append(f"    {name}: {_braces(parts)}")
    lines.append("  places:")
    for name, place in process.places.items():
        parts = {"who": place.who, "does": place.does, "within": place.within or "", "until": _quoted(place.until)}
        parts |= {"at_least": place.at_least or "", "needs": f"[{', '.join(place.needs)}]" if place.needs else ""}
        parts |= {"under": place.under, "remind": place.remind or "", "suspends": place.suspends, "skill": place.skill}
        lines.append(f"    {name}: {_braces({**parts, 'title': _quoted(place.title.in_(language))})}")
    if process.ends:
        ends = {name: _quoted(title.in_(language)) for name, title in process.ends.items()}
        lines.append(f"  ends: {_braces(ends)}")
    lines += ["  steps: |", *(f"    {line}" for line in _table(process))]
    return "\n".join(lines) + "\n"


def _braces(parts: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts.items() if value) + "}"


def _quoted(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False) if text else ""


def _table(process: Process) -> Iterator[str]:
    rows: list[Cells] = [COLUMNS, *_rows(process)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for number, row in enumerate(rows):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def _rows(process: Process) -> Iterator[Cells]:
    """Places whose rows for one event are all the same share their rows."""
    alike: dict[tuple[Cells, ...], list[str]] = {}
    for source in process.by_source:
        for event in dict.fromkeys(step.event for step in process.by_source[source]):
            cells = tuple(_cells(step) for step in process.rows(source, event))
            alike.setdefault(cells, []).append(source)
    for rows, sources in alike.items():
        for row in rows:
            yield (", ".join(sources), *row)


def _cells(step: Step) -> Cells:
    by = f"{By.WORKER} not {', '.join(step.not_by)}" if step.not_by else step.by.value
    guard = step.guard.replace("|", "\\|") if step.when is When.IF else step.when.value
    return step.event, by, guard, step.to or STAY, "; ".join(map(str, step.do)) or "-"
