"""A report as SARIF 2.1.0 (OASIS), for code scanning and editors.

A finding is a result; a scenario that does not hold is a result of T-SCENARIO; what could not be judged is a
notification of the tool, which then did not execute successfully. Fingerprints leave the line out, so that a finding
is known again after lines above it moved.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from api.cli.report.model import Case, Finding, Part, Report
from engine.lint.page_text import page_text
from engine.lint.registry import PAGES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SCENARIO = "T-SCENARIO"


def sarif(report: Report) -> dict[str, Any]:
    """The log, as a JSON value."""
    found = [own for part in report.parts for own in (*part.findings, *_failing(part))]
    codes = sorted({own.code for own in found} | {code for part in report.parts for code in part.checked})
    driver: dict[str, Any] = {"name": "Wegwijzer", "rules": [_rule(code, report.language) for code in codes]}
    if report.tool:
        driver["version"] = report.tool
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"wegwijzer/{report.command}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(own, codes.index(own.code)) for own in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, language: str) -> dict[str, Any]:
    """A code with its page, so that whoever looks at the log need not look elsewhere."""
    page = PAGES.get(code)
    if page is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": page.summary.in_(language)},
        "fullDescription": {"text": page.why.in_(language)},
        "help": {"text": page.why.in_(language), "markdown": page_text(page, language)},
        "defaultConfiguration": {"level": page.severity.value},
    }


def _invocation(report: Report) -> dict[str, Any]:
    missing = [what for part in report.parts for what in part.not_done]
    told: dict[str, Any] = {"executionSuccessful": not missing}
    if missing:
        told["toolExecutionNotifications"] = [{"level": "error", "message": {"text": what}} for what in missing]
    if report.exit_code is not None:
        told["exitCode"] = report.exit_code
    return told


def _failing(part: Part) -> list[Finding]:
    return [_as_finding(case) for case in part.cases if case.failures]


def _as_finding(case: Case) -> Finding:
    message = f"{case.name}: {' '.join(case.failures)}"
    return Finding(code=SCENARIO, severity="error", message=message, file=case.file, line=case.line)


def _result(found: Finding, at: int) -> dict[str, Any]:
    text = f"{found.message} {found.hint}".strip()
    made: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": at,
        "level": found.severity,
        "message": {"text": text},
        "partialFingerprints": {"wegwijzer/v1": _fingerprint(found)},
    }
    if found.file:
        made["locations"] = [_location(found)]
    extra: dict[str, Any] = {}
    if found.witness is not None:
        extra["witness"] = found.witness
    if found.way:
        extra["way"] = list(found.way)
    if extra:
        made["properties"] = extra
    return made


def _location(found: Finding) -> dict[str, Any]:
    """A place in a file; what stands in no file of the author (the standard process) has a name only."""
    if not Path(found.file).suffix:
        return {"logicalLocations": [{"name": found.file}]}
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(found.file)}}
    if found.line:
        region: dict[str, int] = {"startLine": found.line}
        if found.column:
            region["startColumn"] = found.column
        physical["region"] = region
    return {"physicalLocation": physical}


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(found: Finding) -> str:
    whole = "\0".join((found.code, Path(found.file).as_posix(), found.key or found.message))
    return hashlib.sha256(whole.encode()).hexdigest()
