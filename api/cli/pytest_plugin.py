"""A pytest plugin: every scenario under `flows/*/` is a test item of its own. Entry point `pytest11` of the package.

    pytest flows/                          all scenarios, beside other tests
    pytest flows/hulp -k "Wie haast"       one flow, one scenario
    pytest --wegwijzer-flow hulp           the same, wherever they stand

Collects `scenarios*.yaml` beside a flow.yaml, and every file of its folder `scenarios`. A failure shows place, citizen
and what was otherwise, and no trace. Tests: tests/api/cli/test_pytest_plugin.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from engine.errors import FlowError, WegwijzerError
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.driver import Trunk
from engine.harness.run import Ran
from engine.harness.run import run as run_scenario
from engine.harness.scenario import Scenario, read_scenarios

FLOW_FILE = "flow.yaml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--wegwijzer-flow SLUG`."""
    group = parser.getgroup("wegwijzer")
    group.addoption("--wegwijzer-flow", metavar="SLUG", default="", help="only scenarios of this flow")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file with scenarios, of the flow that was asked for."""
    flow = flow_beside(file_path)
    wanted = str(parent.config.getoption("--wegwijzer-flow"))
    if flow is None or (wanted and flow.parent.name != wanted):
        return None
    return ScenarioFile.from_parent(parent, path=file_path)


def flow_beside(file: Path) -> Path | None:
    """The flow to which a file with scenarios belongs."""
    if file.suffix != ".yaml":
        return None
    if file.parent.name == "scenarios":
        flow = file.parent.parent / FLOW_FILE
    elif file.name.startswith("scenarios"):
        flow = file.parent / FLOW_FILE
    else:
        return None
    return flow if flow.is_file() else None


@lru_cache(maxsize=64)
def _graph(flow: Path, _changed: int) -> Graph:
    return load_flow(flow.read_text(encoding="utf-8"), str(flow))


class ScenarioFile(pytest.File):
    """One file with scenarios."""

    def collect(self) -> Iterator[ScenarioItem]:
        """Its scenarios. A flow or file that cannot be used is told with every problem."""
        flow = flow_beside(self.path)
        assert flow is not None
        try:
            graph = _graph(flow, flow.stat().st_mtime_ns)
            found = read_scenarios(self.path.read_text(encoding="utf-8"), str(self.path), graph)
        except FlowError as error:
            raise self.CollectError("\n".join(str(problem) for problem in error.problems)) from None
        trunk = Trunk(graph)
        for scenario in found:
            yield ScenarioItem.from_parent(self, name=str(scenario.title), trunk=trunk, scenario=scenario)


class ScenarioFailed(Exception):
    """A scenario did not come out as expected."""

    def __init__(self, ran: Ran) -> None:
        super().__init__("; ".join(ran.failures))
        self.ran = ran


class ScenarioItem(pytest.Item):
    """One citizen."""

    def __init__(self, *, trunk: Trunk, scenario: Scenario, **more: Any) -> None:
        super().__init__(**more)
        self.trunk = trunk
        self.scenario = scenario

    def runtest(self) -> None:
        """Straight, and with save and restore after every event. Raises ScenarioFailed."""
        ran = run_scenario(self.trunk.graph, self.scenario, trunk=self.trunk)
        if ran.failures:
            raise ScenarioFailed(ran)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What a person needs to mend it."""
        if isinstance(excinfo.value, ScenarioFailed):
            return "\n".join(told(self.trunk.graph, excinfo.value.ran))
        if isinstance(excinfo.value, WegwijzerError):
            return f"{self.scenario.where}: {self.scenario.title}\n    {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line and title; pytest takes nothing but a plain text."""
        return self.path, max(self.scenario.where.line - 1, 0), str(self.scenario.title)


def told(graph: Graph, ran: Ran) -> Iterator[str]:
    """A failure in lines: place and title, the citizen, what was asked, what was otherwise."""
    scenario, journey = ran.scenario, ran.journey
    yield f"{scenario.where}: {scenario.title}"
    yield f"  citizen   {', '.join(f'{fact}: {value}' for fact, value in scenario.answers.items()) or 'anybody'}"
    yield f"  asked     {', '.join(ran.asked) or 'nothing'}"
    if journey is not None:
        yield f"  came to   {journey.place}, {journey.proposed or journey.outcome or 'no outcome yet'}"
    for failure in _failures(graph, ran):
        yield f"  ✗ {failure}"


def _failures(graph: Graph, ran: Ran) -> tuple[str, ...]:
    """In the language of the environment. Imported here: every run of pytest loads this plugin."""
    from api.cli.language import language_of
    from ui_schema.failures import failures_told
    from ui_schema.shape import Language

    return failures_told(graph, ran, Language(language_of(argparse.Namespace())))
