"""A comparison as a report: what changed for whom becomes findings, so that a build can show and refuse them.

    code       what                                                     how bad, until it is approved
    C-LOSES    citizens whose outcome has a lower rank now              error
    C-GAINS    citizens whose outcome has a higher rank now             warning
    C-CHANGES  another outcome or value, not comparable by rank         warning
    C-REASON   the same outcome for another reason, or on another legal basis             warning
    C-HARM     another word, wait or step that takes something from citizens              error
    C-PROMISE  a promise that is gone, or says less or something else                     warning
    C-OTHER    another question, text, wait or part of the process      warning
    C-NORM     a norm that is missed                                    error

What is approved is a note. Called by `api.cli.compare`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.cli.report import Finding, Part, Report, finding_of
from api.cli.report.model import Level, plain_value
from engine.errors import UNSAID, Problem, Said, Severity, worded
from engine.graph.graph import Graph
from engine.harness.compare import Comparison
from engine.harness.compare_shifts import GAINS, LOSES, TOLD
from engine.harness.compare_words import PROMISE
from engine.harness.finding import Citizen
from engine.lint.dutch import told

CODES: dict[str, tuple[str, Level]] = {LOSES: ("C-LOSES", "error"), GAINS: ("C-GAINS", "warning")}
CODES |= dict.fromkeys(TOLD, ("C-REASON", "warning"))
OTHERWISE: tuple[str, Level] = ("C-CHANGES", "warning")
HARMED: tuple[str, Level] = ("C-HARM", "error")
PROMISED: tuple[str, Level] = ("C-PROMISE", "warning")
OTHER: tuple[str, Level] = ("C-OTHER", "warning")
HINT = worded("Mend the new version, or accept it with --approve FILE.")


def report_of(new: Graph, found: Comparison, plain: Mapping[str, Any], code: int, language: str) -> Report:
    """The report; `plain` is everything there is to tell of the comparison, and becomes its details."""
    left = frozenset(plain["unapproved"])
    made = [*_shifts(found, left), *_changes(found, left), *_norms(plain)]
    where = new.goal.where
    part = Part(
        flow=new.flow.flow,
        file=where.file,
        version=new.version,
        findings=tuple(_finding(new, own, language) for own in made),
        not_done=tuple(told(own, language) for own in found.open),
    )
    details = {name: plain_value(value) for name, value in plain.items()}
    return Report(command="compare", parts=(part,), exit_code=code, details=details)


Made = tuple[str, Level, Said, Citizen | None]  # code, how bad, sentence, a citizen who shows it


def _shifts(found: Comparison, left: frozenset[str]) -> Iterator[Made]:
    for shift in found.all_shifts:
        code, level = CODES.get(shift.effect, OTHERWISE)
        for name, group in zip(shift.names(), shift.groups, strict=True):
            message = worded(
                "`{of}` was {old}, and is {new} when {rule}.",
                of=shift.of,
                old=shift.old,
                new=shift.new,
                rule=group.words,
            )
            yield code, level if name in left else "note", message, group.witness


def _changes(found: Comparison, left: frozenset[str]) -> Iterator[Made]:
    for change in found.changes:
        code, level = HARMED if change.harm else PROMISED if change.kind == PROMISE else OTHER
        own = change.touched
        group = own.groups[0] if own is not None and own.groups else None
        message = worded("{change}.", change=change.said)
        if own is not None:
            whom = own.whom if group is None else worded("{whom}: {rule}", whom=own.whom, rule=group.words)
            message = worded("{change}; {whom}.", change=change.said, whom=whom)
        yield code, level if change.key in left else "note", message, None if group is None else group.witness


def _norms(plain: Mapping[str, Any]) -> Iterator[Made]:
    for norm in plain["norms"] or ():
        if norm["met"] is False:
            named = worded("{norm} of {group}", **norm) if norm["group"] else norm["norm"]
            found = worded("not for everybody") if norm["found"] is None else f"{norm['found']:.4g}"
            message = worded(
                "The norm {norm} {wanted:g} is missed: {found}.", norm=named, wanted=norm["wanted"], found=found
            )
            yield "C-NORM", "error", message, None


def _finding(new: Graph, made: Made, language: str) -> Finding:
    code, level, message, citizen = made
    severity = Severity(level)
    problem = Problem(new.goal.where, code, message, UNSAID if severity is Severity.NOTE else HINT, severity)
    return finding_of(problem, language, citizen)
