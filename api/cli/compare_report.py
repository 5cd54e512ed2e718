"""A comparison as a report: what changed for whom becomes findings, so that a build can show and refuse them.

    code       what                                                     how bad, until it is approved
    C-LOSES    citizens whose outcome has a lower rank now              error
    C-GAINS    citizens whose outcome has a higher rank now             warning
    C-CHANGES  another outcome or value, not comparable by rank         warning
    C-OTHER    another question, text, wait or part of the process      warning
    C-NORM     a norm that is missed                                    error

What is approved is a note. Called by `api.cli.compare`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.cli.report import Finding, Part, Report
from api.cli.report.model import Level, plain_value
from engine.graph.graph import Graph
from engine.harness.compare import GAINS, LOSES, Comparison, Shift

CODES: Mapping[str, tuple[str, Level]] = {LOSES: ("C-LOSES", "error"), GAINS: ("C-GAINS", "warning")}
OTHERWISE: tuple[str, Level] = ("C-CHANGES", "warning")
HINT = "Mend the new version, or accept it with --approve FILE."


def report_of(new: Graph, found: Comparison, told: Mapping[str, Any], code: int) -> Report:
    """The report; `told` is everything there is to tell of the comparison, and becomes its details."""
    left = frozenset(told["unapproved"])
    findings = [*_shifts(new, found, left), *_changes(new, found, left), *_norms(new, told)]
    where = new.goal.where
    part = Part(
        flow=new.flow.flow,
        file=where.file,
        version=new.version,
        findings=tuple(findings),
        not_done=tuple(found.not_compared),
    )
    details = {name: plain_value(value) for name, value in told.items()}
    return Report(command="compare", parts=(part,), exit_code=code, details=details)


def _shifts(new: Graph, found: Comparison, left: frozenset[str]) -> Iterator[Finding]:
    for shift in found.shifts:
        code, level = CODES.get(shift.effect, OTHERWISE)
        for name, group in zip(shift.names(), shift.groups, strict=True):
            message = f"{_shift(shift)} when {group.rule}."
            witness = {fact: plain_value(value) for fact, value in group.witness.items()}
            yield _finding(new, code, level if name in left else "note", message, witness)


def _shift(shift: Shift) -> str:
    return f"`{shift.of}` was {shift.old}, and is {shift.new}"


def _changes(new: Graph, found: Comparison, left: frozenset[str]) -> Iterator[Finding]:
    for change in found.changes:
        yield _finding(new, "C-OTHER", "warning" if change.key in left else "note", f"{change.key}.")


def _norms(new: Graph, told: Mapping[str, Any]) -> Iterator[Finding]:
    for norm in told["norms"] or ():
        if norm["met"] is False:
            message = f"The norm {norm['norm']} {norm['wanted']:g} is missed: {norm['found']:.4g}."
            yield _finding(new, "C-NORM", "error", message)


def _finding(new: Graph, code: str, level: Level, message: str, witness: Mapping[str, Any] | None = None) -> Finding:
    where = new.goal.where
    return Finding(
        code=code,
        severity=level,
        message=message,
        hint=HINT if level != "note" else "",
        file=where.file,
        line=where.line,
        column=where.column,
        witness=dict(witness) if witness is not None else None,
    )
