"""Reads the DMN Technology Compatibility Kit and scores the engine on it, by the rules of the kit's own README.

A case passes when every one of its expected nodes matches: numbers within 1e-8, lists in order, contexts key by key.
An exception never passes, also where null is expected. Three figures are always printed together with what an engine
that answers null to everything would score: level 2, all, and cases that expect something else than null.

Run it by hand: `python -m tests.conformance.tck [-v] [folder-name-part ...]`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from engine.dmn import Model, load_model
from engine.dmn.xml_tree import Node, parse_document
from engine.feel.lexical import read_date, read_datetime, read_duration, read_time

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TOLERANCE = Decimal("1e-8")


@dataclass(frozen=True)
class Expectation:
    """One expected node: its name, the value, and the model it stands in when that is an imported one."""

    name: str
    value: object
    namespace: str = ""


@dataclass(frozen=True)
class Case:
    """One test case of a folder. `invocable` names the decision service or knowledge model it calls, if any."""

    folder: str
    id: str
    inputs: Mapping[str, object]
    expected: tuple[Expectation, ...]
    invocable: str = ""

    @property
    def level_2(self) -> bool:
        return "level-2" in self.folder

    @property
    def only_null(self) -> bool:
        return all(node.value is None for node in self.expected)


@dataclass
class Score:
    """Passed of total, per group, for the engine and for the answer that is always null."""

    total: dict[str, int] = field(default_factory=lambda: {"level 2": 0, "all": 0, "non-null": 0})
    passed: dict[str, int] = field(default_factory=lambda: {"level 2": 0, "all": 0, "non-null": 0})
    baseline: dict[str, int] = field(default_factory=lambda: {"level 2": 0, "all": 0, "non-null": 0})
    misses: list[str] = field(default_factory=list)

    def add(self, case: Case, fault: str) -> None:
        groups = {"all": True, "level 2": case.level_2, "non-null": not case.only_null}
        for group in (name for name, holds in groups.items() if holds):
            self.total[group] += 1
            self.passed[group] += not fault
            self.baseline[group] += case.only_null
        if fault:
            self.misses.append(f"{case.folder} {case.id}: {fault}")

    def share(self, group: str) -> float:
        """Percentage passed, 100 for an empty group."""
        return 100 * self.passed[group] / self.total[group] if self.total[group] else 100.0

    def table(self) -> str:
        lines = ["DMN TCK (half of the kit)       engine                always null"]
        for group, total in self.total.items():
            engine = f"{self.passed[group]}/{total} ({self.share(group):.1f} %)"
            null = f"{self.baseline[group]}/{total} ({100 * self.baseline[group] / max(total, 1):.1f} %)"
            lines.append(f"  {group:<28}  {engine:<20}  {null}")
        return "\n".join(lines)


def folders(kit: Path) -> Iterator[Path]:
    """The case folders, in order of level and name."""
    return (folder for level in sorted(kit.glob("compliance-level-*")) for folder in sorted(level.iterdir()))


def models(folder: Path) -> dict[str, str]:
    """The XML of every model of a folder, by its namespace."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.dmn")))
    return {parse_document(text).root.get("namespace"): text for text in texts}


def cases(folder: Path) -> Iterator[tuple[str, Case]]:
    """Each case of a folder with the XML of the model it is for."""
    for path in sorted(folder.glob("*test*.xml")):
        root = parse_document(path.read_text(encoding="utf-8"), path.name).root
        model = folder / root.text_of("modelName")
        if not model.exists():
            model = next(iter(sorted(folder.glob("*.dmn"))))
        xml = model.read_text(encoding="utf-8")
        for node in root.all("testCase"):
            yield xml, _case(f"{folder.parent.name}/{folder.name}", node)


def _case(folder: str, node: Node) -> Case:
    inputs = {child.get("name"): value_of(child) for child in node.all("inputNode")}
    expected = tuple(
        Expectation(child.get("name"), _expected(child), child.get("namespace")) for child in node.all("resultNode")
    )
    return Case(folder, node.get("id"), inputs, expected, node.get("invocableName"))


def _expected(node: Node) -> object:
    expected = node.first("expected")
    return None if expected is None else value_of(expected)


def value_of(node: Node) -> object:
    """The Python value of a node that holds a value, components or a list."""
    if node.get(NIL) == "true":
        return None
    if (value := node.first("value")) is not None:
        return None if value.get(NIL) == "true" else scalar(value.text, value.get(TYPE).rpartition(":")[2])
    if (members := node.first("list")) is not None:
        return None if members.get(NIL) == "true" else [value_of(item) for item in members.all("item")]
    components = list(node.all("component"))
    return {child.get("name"): value_of(child) for child in components} if components else None


def scalar(text: str, kind: str) -> object:
    """A text of an XML Schema type as the engine's value for it."""
    if kind in ("decimal", "double", "integer", "int", "long", "float"):
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() in ("true", "1")
    if kind in ("date", "time", "dateTime", "duration"):
        return _temporal(text.strip(), kind)
    return text


def _temporal(text: str, kind: str) -> object:
    readers = {"date": read_date, "time": read_time, "dateTime": read_datetime, "duration": read_duration}
    value = readers[kind](text)  # type: ignore[operator]
    if value is None:
        raise ValueError(f"{text} is no {kind}")
    return value


def equal(expected: object, actual: object) -> bool:
    """Whether the engine's value is the expected one."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, Decimal):
        return isinstance(actual, Decimal) and abs(expected - actual) <= TOLERANCE
    if isinstance(expected, list):
        if not isinstance(actual, list) or len(actual) != len(expected):
            return False
        return all(equal(wanted, got) for wanted, got in zip(expected, actual, strict=True))
    if isinstance(expected, dict):
        same = isinstance(actual, dict) and actual.keys() == expected.keys()
        return same and all(equal(expected[key], actual[key]) for key in expected)  # type: ignore[index]
    return type(expected) is type(actual) and expected == actual


def fault_of(model: Model, case: Case) -> str:
    """What is wrong with the engine's answer; empty when the case passes."""
    for node in case.expected:
        try:
            actual = answer(model, case, node)
        except Exception as crash:  # noqa: BLE001 - a crash is a miss, whatever its kind
            return f"{node.name}: raised {type(crash).__name__}: {crash}"
        if not equal(node.value, actual):
            notes = "; ".join(str(note) for note in model.diagnostics[:2])
            return f"{node.name}: expected {node.value!r}, got {actual!r} {notes}"
    return ""


def answer(model: Model, case: Case, node: Expectation) -> object:
    """The engine's value for one expected node."""
    if not case.invocable:
        return model.evaluate(node.name, case.inputs)
    value = model.evaluate(case.invocable, case.inputs)
    several = isinstance(value, dict) and node.name in value and node.name != case.invocable
    return value[node.name] if several else value  # type: ignore[index]


def run(kit: Path, parts: Sequence[str] = ()) -> Score:
    """Score every case of the kit (of the folders whose name holds one of `parts`)."""
    score = Score()
    for folder in folders(kit):
        if parts and not any(part in folder.name for part in parts):
            continue
        imports = models(folder)
        loaded: dict[str, Model] = {}
        for xml, case in cases(folder):
            if xml not in loaded:
                loaded[xml] = load_model(xml, imports, NOW)
            score.add(case, fault_of(loaded[xml], case))
    return score


if __name__ == "__main__":
    from tests.shared_material import tck_folder

    wanted = [part for part in sys.argv[1:] if part != "-v"]
    outcome = run(tck_folder() or Path(), wanted)
    if "-v" in sys.argv:
        sys.stdout.write("\n".join(outcome.misses) + "\n")
    sys.stdout.write(outcome.table() + "\n")
