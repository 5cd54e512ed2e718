"""`wegwijzer test FLOW...`: run the flow's scenarios; each twice, straight and with save and restore after every event.

Says what the scenarios cover, and what not, by name and line. `--suggest` finds citizens who are missing, `--changed`
runs only the scenarios that an edit touches. Exit code 0: all hold and cover enough; 1: some do not; 2: the flow or a
scenario file cannot be used. Tests: tests/api/cli/test_scenarios.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import JsonValue

from api.cli.changed import touched
from api.cli.exits import Unusable
from api.cli.flow_files import FLOWS, called, find, load, read_text
from api.cli.report import Case, Finding, Part, Report, add_output_options, finding_of, finish, language_of, working
from api.cli.report.words import word
from engine.errors import Problem, Said, Where, worded
from engine.graph.graph import Graph
from engine.harness.coverage import BOUNDARIES, CHANNELS, OUTCOMES, PEOPLE, RULES, STATES, TRANSITIONS, Gap, coverage
from engine.harness.coverage import Part as Cover
from engine.harness.driver import Trunk
from engine.harness.run import Ran
from engine.harness.run import run as run_scenario
from engine.harness.scenario import Scenario, read_scenarios
from engine.harness.suggest import suggest
from engine.harness.suggest_words import written
from engine.journey.relevance import remembered
from engine.lint.dutch import told
from ui_schema.failures import failures_told
from ui_schema.shape import Language

KINDS = {
    "outcomes": OUTCOMES,
    "rules": RULES,
    "boundaries": BOUNDARIES,
    "states": STATES,
    "transitions": TRANSITIONS,
    "channels": CHANNELS,
    "people": PEOPLE,
}
DECISIONS = (OUTCOMES, RULES, BOUNDARIES)
SUGGESTED = "suggested.yaml"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="+", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument(
        "--min",
        action="append",
        default=[],
        metavar="PERCENT",
        help=f"least coverage of outcomes, rules and boundaries, or KIND=PERCENT of {', '.join(KINDS)}; repeatable",
    )
    parser.add_argument("--suggest", action="store_true", help="print the smallest scenarios that are missing")
    parser.add_argument("--write", action="store_true", help=f"with --suggest: put them into scenarios/{SUGGESTED}")
    parser.add_argument("--changed", action="store_true", help="only scenarios that an edit since HEAD touches")
    parser.add_argument("--since", metavar="REV", default="", help="as --changed, since this revision of git")
    parser.add_argument("--all", action="store_true", help="name everything of the process that is not covered, too")
    add_output_options(parser)


def _least(text: str) -> tuple[str, int]:
    kind, _, percent = text.rpartition("=")
    if (kind and kind not in KINDS) or not percent.isdecimal() or int(percent) > 100:
        raise Unusable(
            worded("--min takes 0 to 100 per cent, or KIND=PERCENT with a kind of {kinds}.", kinds=", ".join(KINDS))
        )
    return kind, int(percent)


def scenario_files(folder: Path) -> list[Path]:
    """The files with scenarios in a flow's folder: `scenarios/*.yaml` and `scenarios*.yaml`."""
    return sorted({*(folder / "scenarios").glob("*.yaml"), *folder.glob("scenarios*.yaml")})


def scenarios_of(path: Path, graph: Graph | None = None) -> list[Scenario]:
    """All scenarios beside a flow file, with `graph` their names held against it.

    Raises Unusable when there are none, FlowError for a faulty file.
    """
    files = scenario_files(path.parent)
    if not files:
        raise Unusable(worded("{folder} has no scenarios; write one in {folder}/scenarios/.", folder=path.parent))
    return [own for file in files for own in read_scenarios(read_text(file), str(file), graph)]


def run(given: argparse.Namespace) -> int:
    """Run, and tell each failure with its place and what was covered. Raises Unusable or FlowError."""
    if given.write and not given.suggest:
        raise Unusable(worded("--write needs --suggest: there is nothing else to write."))
    given.least = dict(map(_least, given.min))
    parts = [_part(flow, given) for flow in given.flow]
    return finish(Report(command="test", parts=tuple(parts)), given)


def _part(flow: str, given: argparse.Namespace) -> Part:
    path, language = find(flow, given.flows), language_of(given)
    graph = load(flow, given.flows)
    scenarios, notes = scenarios_of(path, graph), []
    since = given.since or ("HEAD" if given.changed else "")
    if since:
        scenarios, note = touched(graph, path, scenarios, since)
        notes.append(note)
    trunk = Trunk(graph)
    with remembered(trunk.seen):
        runs = _runs(trunk, scenarios, language)
        covered = () if since else coverage(graph, runs)
        if given.suggest and not since:
            notes += _suggested(graph, path, runs, language, write=given.write)
        elif any(own.share < 100 for own in covered if own.what in DECISIONS):
            seen = worded(
                "What is not seen can be written for you: wegwijzer test {flow} --suggest --write", flow=called(path)
            )
            notes.append(seen)
    notes += [_routes(ran) for ran in runs if ran.routes[0] < ran.routes[1]]
    return Part(
        flow=graph.flow.flow,
        file=str(path),
        version=graph.version,
        findings=tuple(_too_little(path, covered, given.least, language)),
        cases=tuple(case_of(graph, ran, language) for ran in runs),
        said=(*_table(covered, language, everything=given.all), *(told(note, language) for note in notes)),
        figures={"coverage": {own.what: _plain(own) for own in covered}},
    )


def _runs(trunk: Trunk, scenarios: Sequence[Scenario], language: str) -> list[Ran]:
    runs = []
    with working(trunk.graph.flow.flow, len(scenarios), language) as step:
        for scenario in scenarios:
            runs.append(run_scenario(trunk.graph, scenario, trunk=trunk))
            step(scenario.title)
    return runs


def case_of(graph: Graph, ran: Ran, language: str) -> Case:
    """A run as a case of a report, told in a language."""
    where = ran.scenario.where
    failures = failures_told(graph, ran, Language(language))
    return Case(name=ran.scenario.title, file=where.file, line=where.line, failures=failures)


def _routes(ran: Ran) -> str:
    tried, every = ran.routes
    return worded(
        "{scenario}: {tried} of {every} orders of answering were tried, spread over all of them",
        scenario=ran.scenario.title,
        tried=tried,
        every=every,
    )


def _too_little(path: Path, covered: Sequence[Cover], least: Mapping[str, int], language: str) -> list[Finding]:
    """What is covered less than was asked for."""
    found = []
    for kind, what in KINDS.items():
        wanted = least.get(kind, least.get("", 0) if what in DECISIONS else 0)
        for own in covered:
            if own.what == what and own.share < wanted:
                message = worded(
                    "Of {what}, {share} % is covered; {wanted} % was asked for.",
                    what=worded(what),
                    share=own.share,
                    wanted=wanted,
                )
                hint = worded("Add the scenarios that are missing; --suggest writes them.")
                found.append(finding_of(Problem(Where(str(path)), "T-COVERAGE", message, hint), language))
    return found


def _table(covered: Sequence[Cover], language: str, *, everything: bool) -> list[str]:
    """A line for each kind, and what is missing by name; of the process only where `everything` is asked for."""
    lines = []
    for own in covered:
        named = own.missing if everything or own.what in DECISIONS else ()
        kind, of = told(worded(own.what), language), word("of", language)
        lines.append(f"{kind:<17}{own.seen:>4} {of} {own.total:<4}{own.share:>4} %")
        lines += [told(_not_seen(gap), language) for gap in named]
    return lines


def _not_seen(gap: Gap) -> Said:
    if gap.line:
        return worded("    not seen: {name} (line {line})", name=gap.name, line=gap.line)
    return worded("    not seen: {name}", name=gap.name)


def _plain(own: Cover) -> JsonValue:
    return {
        "percent": own.share,
        "seen": own.seen,
        "total": own.total,
        "missing": [{"name": gap.name, "line": gap.line} for gap in own.missing],
    }


def _suggested(graph: Graph, path: Path, runs: Sequence[Ran], language: str, *, write: bool) -> list[str]:
    """The suggestions as lines, or where they were put."""
    with working(graph.flow.flow, language=language):
        found, not_found = suggest(graph, runs)
    notes: list[str] = [
        worded("no citizen was found for: {name}; {why}", name=own.name, why=own.why) for own in not_found
    ]
    if not found:
        return [*notes, worded("Nothing to suggest.")]
    text = written(found, language)
    if not write:
        return [*notes, "", *text.splitlines()]
    file = path.parent / "scenarios" / SUGGESTED
    if file.exists():
        raise Unusable(worded("{file} is there already; review it, and rename or remove it first.", file=file))
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return [*notes, worded("{count} suggested in {file}; review what each expects.", count=len(found), file=file)]
