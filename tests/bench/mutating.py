"""Faults put into the example flows: who notices, and whether anybody is alarmed by what is no fault; 1,000 scenarios.

python -m tests.bench.mutating [EVERY]     only one in so many faults of each flow [8]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path
from time import process_time

from engine.errors import FlowError
from engine.flow.parse import read_root
from engine.graph.graph import Graph
from engine.graph.load import load_flow, load_reading
from engine.harness.compare import compare
from engine.harness.driver import Trunk
from engine.harness.mutate import LOAD, PROMISES, SCENARIOS, Judge, Verdict, mutants, score
from engine.harness.mutate_tree import Mutant
from engine.harness.run import run
from engine.harness.scenario import Expect, Scenario, read_scenarios
from tests.bench.recorder import Row, Section, at_most, record

FLOWS = Path(__file__).resolve().parents[2] / "flows"
SLUGS = (
    "boom-kappen",
    "rijbewijs-leeftijdspoort",
    "dagopname",
    "verkeersboete",
    "bijstand",
    "paspoort",
    "omgevingsvergunning",
)
EVERY = 8
THOUSAND = 1_000


def scenarios_of(slug: str) -> list[Scenario]:
    """The scenarios that the team of this flow wrote."""
    files = sorted((FLOWS / slug / "scenarios").glob("*.yaml"))
    return [own for file in files for own in read_scenarios(file.read_text("utf-8"), file.name)]


class Flow:
    """One example flow, its faults and how they were judged."""

    def __init__(self, slug: str, every: int) -> None:
        self.text = (FLOWS / slug / "flow.yaml").read_text("utf-8")
        self.graph = load_flow(self.text, slug)
        self.scenarios = scenarios_of(slug)
        judge = Judge(self.graph, self.text, slug, self.scenarios)
        assert not judge.failing, judge.failing
        self.verdicts = [judge.verdict(own) for own in mutants(self.text, slug)[::every]]

    def _mutated(self, mutant: Mutant) -> Graph:
        return load_reading(read_root(mutant.root, [], self.text, "flow.yaml"))

    def compared(self) -> tuple[int, int]:
        """Of the real faults, how many a comparison with the approved version tells of."""
        found, real = 0, [own for own in self.verdicts if not own.same]
        for own in real:
            found += own.by == LOAD or self._tells(own)
        return found, len(real)

    def _tells(self, own: Verdict) -> bool:
        try:
            told = compare(self.graph, self._mutated(own.mutant), limits=False)
        except FlowError:
            return True
        return bool(told.keys() or told.not_compared)

    def told_for_nothing(self) -> int:
        """Comparisons that tell of a difference where there is none for anybody. Of a promise that says something else
        they must."""
        same = [own for own in self.verdicts if own.same and own.mutant.operator != "promise"]
        return sum(bool(compare(self.graph, self._mutated(own.mutant), limits=False).keys()) for own in same)

    def alarms(self) -> int:
        """Scenarios that fail on what is no fault."""
        same = [Trunk(self._mutated(own.mutant)) for own in self.verdicts if own.same]
        return sum(
            bool(run(trunk.graph, own, twice=False, trunk=trunk).failures) for trunk in same for own in self.scenarios
        )


def thousand() -> tuple[float, float]:
    """CPU seconds of 1,000 different citizens of boom-kappen through the reducer: straight, and twice."""
    graph = load_flow((FLOWS / "boom-kappen/flow.yaml").read_text("utf-8"))
    base = scenarios_of("boom-kappen")[0]
    asked = [name for name, node in graph.facts.items() if node.spec.ask is not None]
    values = [list(graph.facts[name].spec.options) or ["yes", "no"] for name in asked]
    citizens = [dict(zip(asked, own, strict=True)) for own in product(*values)][:THOUSAND]
    all_of_them = [replace(base, answers=own, expect=Expect(), then=()) for own in citizens]
    assert len(all_of_them) == THOUSAND
    return seconds(graph, all_of_them, twice=False), seconds(graph, all_of_them, twice=True)


def of_teams() -> tuple[float, int]:
    """CPU seconds of a thousand scenarios of the teams' own files, straight, and how many there are."""
    spent, count = 0.0, 0
    for slug in SLUGS:
        scenarios = scenarios_of(slug)
        spent += seconds(load_flow((FLOWS / slug / "flow.yaml").read_text("utf-8")), scenarios, twice=False)
        count += len(scenarios)
    return spent * THOUSAND / count, count


def seconds(graph: Graph, scenarios: Iterable[Scenario], *, twice: bool) -> float:
    """CPU seconds of running them all."""
    start, trunk = process_time(), Trunk(graph)
    for own in scenarios:
        assert not run(graph, own, twice=twice, trunk=trunk).failures
    return process_time() - start


def main(every: int = EVERY) -> None:
    """Measure and record."""
    start = process_time()
    flows = [Flow(slug, every) for slug in SLUGS]
    spent = process_time() - start
    found = score([own for flow in flows for own in flow.verdicts])
    told = [flow.compared() for flow in flows]
    compared = 100.0 * sum(one for one, _ in told) / sum(all_ for _, all_ in told)
    straight, both = thousand()
    own, count = of_teams()
    rows = [
        Row("faults judged, of which none for anybody", f"{found.judged}, {found.same}"),
        percent("noticed by loading, lint, prove and promises", found.up_to(PROMISES), 75),
        percent("with the team's scenarios", found.up_to(SCENARIOS), 90),
        percent("compare with the approved version", compared, 100),
        at_most("scenarios that fail on what is no fault", sum(flow.alarms() for flow in flows), 0, ""),
        at_most("comparisons that tell of what is no fault", sum(flow.told_for_nothing() for flow in flows), 0, ""),
        Row("judging one fault", f"{1000 * spent / max(1, found.judged):.0f} ms"),
        at_most("1,000 scenarios, straight", straight, 0.1, "s"),
        Row(f"1,000 whole lives, straight, at the rate of the {count} that the teams wrote", f"{own:.2f} s"),
        Row("1,000 scenarios, twice: with save and restore after every event", f"{both:.2f} s"),
    ]
    note = (
        f"One in {every} faults of {', '.join(SLUGS)}, as `wegwijzer mutate` makes and judges them; the command judges "
        "all. The operators and the scenarios are of one team. The thousand scenarios are different citizens of "
        "boom-kappen through the reducer that serves citizens; events that begin alike are walked once, and 'twice' is "
        "with a copy saved and restored after each of them; CPU time. Those of the teams are whole lives of seven "
        "flows, with officers, clocks, payments and letters."
    )
    record(
        Section(
            "mutating", "Mistakes that somebody would notice", "python -m tests.bench.mutating", rows, notes=(note,)
        )
    )


def percent(what: str, amount: float, goal: float) -> Row:
    """A share in percents that should be at least the goal."""
    return Row(what, f"{amount:.1f} %", f">= {goal:g} %", amount >= goal)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVERY)
