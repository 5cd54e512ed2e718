"""Everything there is to say about a flow file without trying it: what stops it from loading, or else the rules.

    lint(text, file) -> Linted(problems, waived)

A file that cannot be loaded has errors only: rules look at a flow that stands. Every sentence can be told in Dutch and
in English (`engine.lint.dutch`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import FlowError, Problem, Severity, Where
from engine.flow.parse import parse_flow
from engine.flow.positions import Positions
from engine.graph import table_findings
from engine.graph.compile import compile_flow
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.process_checks import problems_of
from engine.lint.registry import PAGES, RULES
from engine.lint.rule import Two
from engine.lint.subject import Subject
from engine.lint.waivers import Waiver, waivers_of
from engine.terms.flow_checks import check_times

WAIVER = "L-WAIVER"


@dataclass(frozen=True, slots=True)
class Linted:
    """`problems` in file order; `waived` are those that the file sets aside, each with the reason."""

    problems: tuple[Problem, ...]
    waived: tuple[tuple[Problem, str], ...] = ()
    version: str = ""

    @property
    def is_sound(self) -> bool:
        """Nothing wrong; advice does not count."""
        return all(problem.severity is Severity.NOTE for problem in self.problems)


def lint(text: str, file: str = "flow.yaml") -> Linted:
    """Judge a flow file. Raises nothing: what cannot be read is a problem like any other."""
    try:
        parsed = parse_flow(text, file)
        graph = compile_flow(parsed)
    except FlowError:
        return _unsound(text, file)
    return judged(graph, parsed.positions, text, file)


def judged(graph: Graph, positions: Positions, text: str, file: str) -> Linted:
    """The same of a flow that is loaded already: `watch` compiles it once for everything."""
    return sifted(graph, found(graph, positions), text, file)


def found(graph: Graph, positions: Positions) -> tuple[Problem, ...]:
    """Everything there is to say about a flow, in file order, before anything is set aside."""
    subject = Subject(graph, positions)
    return tuple(dict.fromkeys(sorted((*graph.findings, *_known(subject), *_by_rules(subject)))))


def sifted(graph: Graph, problems: tuple[Problem, ...], text: str, file: str) -> Linted:
    """What was found, without what the comments of the file set aside."""
    kept, waived, used = [], [], set()
    waivers = waivers_of(text)
    for problem in problems:
        by = next(
            (own for own in waivers if _may_waive(problem) and own.covers(problem.code, problem.where.line)), None
        )
        if by is None or not by.reason:
            kept.append(problem)
        else:
            waived.append((problem, by.reason))
            used.add(by)
    kept += [_faulty(own, file) for own in waivers if own not in used]
    return Linted(tuple(sorted(kept)), tuple(waived), graph.version)


def _unsound(text: str, file: str) -> Linted:
    try:
        load_flow(text, file)
    except FlowError as error:
        return Linted(error.problems)
    return Linted(())


def _known(subject: Subject) -> Iterator[Problem]:
    """What other rooms find in a flow that loads."""
    yield from table_findings.problems(subject.graph)
    yield from problems_of(check_times(subject.graph.process, subject.flow, subject.positions))


def _by_rules(subject: Subject) -> Iterator[Problem]:
    for rule in RULES:
        page = rule.page
        for own in rule.check(subject):
            yield Problem(own.where, page.code, own.message.said(), own.hint.said(), page.severity)


def _may_waive(problem: Problem) -> bool:
    return problem.severity is not Severity.ERROR


def _faulty(waiver: Waiver, file: str) -> Problem:
    """A waiver that sets nothing aside: no reason, no such code, or nothing to set aside."""
    if waiver.code not in PAGES:
        message = Two(f"There is no rule `{waiver.code}`.", f"Er is geen regel `{waiver.code}`.")
        hint = Two("docs/lint/ lists them all.", "docs/lint/ noemt ze allemaal.")
    elif not waiver.reason:
        message = Two("A rule is set aside without a reason.", "Een regel is opzijgezet zonder reden.")
        hint = Two(
            "Write it after the code: `# lint: CODE: reason`.", "Schrijf die achter de code: `# lint: CODE: reden`."
        )
    else:
        message = Two(f"`{waiver.code}` finds nothing here.", f"`{waiver.code}` vindt hier niets.")
        hint = Two("Remove this comment.", "Haal deze opmerking weg.")
    where = Where(file, waiver.line, waiver.column)
    return Problem(where, WAIVER, message.said(), hint.said(), Severity.WARNING)
