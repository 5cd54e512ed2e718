"""Flow files as their developers have them open: read from the folder at each look, what was found is kept by content.

    drafts.look("boom-kappen") -> Draft          the file, its graph or its problems, its scenarios; None: not there
    drafts.proof(draft)  drafts.tested(draft)    worked out once per content; may take a second: in a thread

A draft is a file on disk and knows no citizen: nothing of the store is read here. Only `SLUG/flow.yaml` and
`SLUG/scenarios/*.yaml` inside the folder are read, links that lead out of it are not followed. Called by the
developers' pages and by `wegwijzer watch`, `stand` and `docs`; tests: tests/api/service/test_drafts.py.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.service.library import FLOW_FILE, flow_text
from engine.errors import FlowError, Problem
from engine.flow.parse import read_flow
from engine.flow.positions import Positions
from engine.flow.yaml_tree import without_comments
from engine.graph.compile import compile_flow
from engine.graph.graph import Graph
from engine.harness.coverage import Part, coverage
from engine.harness.driver import Trunk
from engine.harness.prove import Proof, prove
from engine.harness.run import Ran
from engine.harness.run import run as run_scenario
from engine.harness.scenario import Scenario, read_scenarios
from engine.journey.relevance import remembered
from engine.lint.linting import found, lint, sifted

SCENARIOS = "scenarios"
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
MOST_FILES = 200
MOST_KEPT = 64


@dataclass(frozen=True)
class Draft:
    """One flow as it stands on disk. `graph` is None while the file cannot be used; `problems` then say why.

    `stamp` changes with every byte of the flow or a scenario; `scenarios` are (file name, text).
    """

    slug: str
    path: Path
    text: str
    stamp: str
    graph: Graph | None
    problems: tuple[Problem, ...]
    scenarios: tuple[tuple[str, str], ...]

    @property
    def scenarios_stamp(self) -> str:
        """The content hash of all scenarios together."""
        whole = hashlib.sha256()
        for name, text in self.scenarios:
            whole.update(f"{name}\0{text}\0".encode())
        return whole.hexdigest()

    @property
    def flow_stamp(self) -> str:
        """The content hash of the flow file as text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Tested:
    """What the scenarios came to. `problems` are those of scenario files that cannot be read."""

    runs: tuple[Ran, ...] = ()
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> tuple[Ran, ...]:
        """Scenarios that did not come out as expected."""
        return tuple(ran for ran in self.runs if ran.failures)

    @property
    def holds(self) -> bool:
        """There are scenarios, and all of them hold."""
        return bool(self.runs) and not self.failed and not self.problems


class Kept:
    """What was worked out, by key; worked out once even when several ask at the same time."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._busy: dict[Hashable, threading.Lock] = {}

    def known(self, key: Hashable) -> Any:
        """What is kept, or None."""
        with self._lock:
            return self._found.get(key)

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is kept under `key`, made first when need be."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
            own = self._busy.setdefault(key, threading.Lock())
        with own:
            found = self.known(key)
            if found is None:
                found = make()
                with self._lock:
                    self._found[key] = found
                    while len(self._found) > MOST_KEPT:
                        self._found.popitem(last=False)
            with self._lock:
                self._busy.pop(key, None)
        return found


class Drafts:
    """See the top of this module."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = folder.resolve()
        self._seen: dict[str, tuple[Hashable, Draft]] = {}
        self._kept = Kept()

    def slugs(self) -> tuple[str, ...]:
        """All flows of the folder, in order."""
        try:
            found = sorted(path.parent.name for path in self._root.glob(f"*/{FLOW_FILE}"))
        except OSError:
            return ()
        return tuple(slug for slug in found if SLUG.fullmatch(slug) and self._path(slug) is not None)

    def mark(self) -> Hashable:
        """Another one when a flow file was added, changed or taken away: a fraction of the work of looking at each."""
        found: list[Hashable] = []
        with suppress(OSError):
            for slug in sorted(os.listdir(self._root)):
                with suppress(OSError):  # no flow in there
                    found.append((slug, *_mark(self._root / slug / FLOW_FILE)))
        return tuple(found)

    def look(self, slug: str) -> Draft | None:
        """The flow as it stands now; None when there is none of that name."""
        path = self._path(slug) if SLUG.fullmatch(slug) else None
        if path is None:
            return None
        files = self._files(path)
        try:
            mark: Hashable = tuple((str(own), *_mark(own)) for own in files)
            seen = self._seen.get(slug)
            if seen is not None and seen[0] == mark:
                return seen[1]
            made = read_draft(slug, path, files[1:])
        except OSError:
            return None
        self._seen[slug] = (mark, made)
        return made

    def _path(self, slug: str) -> Path | None:
        path = self._root / slug / FLOW_FILE
        return path if self._is_ours(path) else None

    def _is_ours(self, path: Path) -> bool:
        """A plain file inside the folder, whatever links say."""
        try:
            return path.is_file() and path.resolve().is_relative_to(self._root)
        except OSError:
            return False

    def _files(self, path: Path) -> list[Path]:
        return [path, *(file for file in scenario_files(path.parent) if self._is_ours(file))]

    def proof(self, draft: Draft) -> Proof | None:
        """The proof of this version; None when the file cannot be used."""
        graph = draft.graph
        return None if graph is None else self._kept.once(("proof", draft.flow_stamp), lambda: prove(graph))

    def tested(self, draft: Draft) -> Tested | None:
        """What its scenarios come to; None when the file cannot be used."""
        return None if draft.graph is None else self._kept.once(("test", draft.stamp), lambda: test(draft))

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Anything else that is worked out from drafts, kept by a key that holds their stamps."""
        return self._kept.once(key, make)

    def tested_already(self, draft: Draft) -> Tested | None:
        """The same, without working it out."""
        found: Tested | None = self._kept.known(("test", draft.stamp))
        return found


def scenario_files(folder: Path) -> list[Path]:
    """The files with scenarios in a flow's folder: `scenarios/*.yaml` and `scenarios*.yaml`."""
    return sorted({*(folder / SCENARIOS).glob("*.yaml"), *folder.glob(f"{SCENARIOS}*.yaml")})[:MOST_FILES]


def _mark(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


class LastRead:
    """The flow as it was read last: while only comments between its parts change, it is that flow still."""

    def __init__(self) -> None:
        self._said: tuple[object, ...] = ()
        self._graph: Graph | None = None
        self._positions: Positions | None = None
        self._found: tuple[Problem, ...] | None = None

    def read(self, text: str, file: str) -> tuple[Graph | None, tuple[Problem, ...]]:
        """The flow, or what is in its way; nothing else is said of it yet."""
        blocks = without_comments(text)
        if not blocks or self._graph is None or self._said != (file, *blocks):
            reading = read_flow(text, file)
            self._graph = self._found = None
            if reading.parsed is None or reading.problems:
                return None, lint(text, file).problems
            try:
                graph = compile_flow(reading.parsed)
            except FlowError as error:
                return None, error.problems
            self._graph, self._said = graph, (file, *blocks)
            self._positions = reading.parsed.positions
        return self._graph, ()

    def checked(self, text: str, file: str) -> tuple[Graph | None, tuple[Problem, ...]]:
        """See `checked`."""
        graph, problems = self.read(text, file)
        if graph is None or self._positions is None:
            return None, problems
        if self._found is None:
            self._found = found(graph, self._positions)
        return graph, sifted(graph, self._found, text, file).problems


Look = Callable[[str, str], tuple[Graph | None, tuple[Problem, ...]]]
"""What is to be said of the text of a file: the flow where it can be used, and problems."""


def read_draft(slug: str, path: Path, scenarios: list[Path], look: Look | None = None) -> Draft:
    """One flow from its files, `look`ed at as `checked` does. OSError when the flow file cannot be read."""
    text, problem = _text(path)
    told = tuple((file.name, _text(file)[0]) for file in scenarios)
    whole = hashlib.sha256(text.encode())
    for name, own in told:
        whole.update(f"\0{name}\0{own}".encode())
    shown = f"{slug}/{FLOW_FILE}"
    graph, problems = (None, (problem,)) if problem is not None else (look or checked)(text, shown)
    return Draft(slug, path, text, whole.hexdigest(), graph, problems, told)


def _text(path: Path) -> tuple[str, Problem | None]:
    """The text of a file; a problem when it cannot be read as text."""
    try:
        return flow_text(path, f"{path.parent.name}/{path.name}"), None
    except FlowError as wrong:
        return "", wrong.problems[0]


def checked(text: str, file: str) -> tuple[Graph | None, tuple[Problem, ...]]:
    """What `lint` says of a flow file: its graph when it can be used, and every problem."""
    return LastRead().checked(text, file)


def scenarios_of(draft: Draft) -> tuple[list[Scenario], list[Problem]]:
    """The scenarios beside a flow, and what is wrong with their files."""
    found: list[Scenario] = []
    problems: list[Problem] = []
    for name, text in draft.scenarios:
        try:
            found.extend(read_scenarios(text, f"{draft.slug}/{SCENARIOS}/{name}", draft.graph))
        except FlowError as error:
            problems.extend(error.problems)
    return found, problems


def test(draft: Draft) -> Tested:
    """Run all scenarios of a draft that has a graph."""
    assert draft.graph is not None
    graph = draft.graph
    told, problems = scenarios_of(draft)
    trunk = Trunk(graph)
    with remembered(trunk.seen):
        runs = tuple(run_scenario(graph, own, trunk=trunk) for own in told)
    return Tested(runs, coverage(graph, runs), tuple(problems))
