"""A report as JUnit XML, as Jenkins and its kin read it: a suite for each flow, a case for each thing that was checked.

A scenario that does not hold is a failure; so is a finding; what could not be judged is an error, so that a build
never turns green on it. A note is advice: it stands in the suite's output. Without anything to tell, one case holds.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

from api.cli.report.model import Case, Finding, Part, Report

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """The XML, with its declaration."""
    root = ET.Element("testsuites", name=f"wegwijzer {report.command}")
    for part in report.parts:
        root.append(_suite(part, report))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(part: Part, report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name=_clean(part.flow))
    if part.file:
        suite.set("file", _clean(part.file))
    if part.version:
        versions = ET.SubElement(suite, "properties")
        ET.SubElement(versions, "property", name="version", value=part.version)
    group = _clean(f"{report.command}.{part.flow}")
    cases = [*map(_tried, part.cases), *_found(part), *map(_unknown, part.not_done)] or [_case(report.command)]
    for case in cases:
        case.set("classname", group)
        suite.append(case)
    suite.set("tests", str(len(cases)))
    for name, key in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(key, str(sum(case.find(name) is not None for case in cases)))
    notes = [_sentence(found) for found in part.findings if found.severity == "note"]
    if said := [*part.said, *notes]:
        ET.SubElement(suite, "system-out").text = _clean("\n".join(said))
    return suite


def _tried(case: Case) -> ET.Element:
    made = _case(case.name)
    if case.seconds is not None:
        made.set("time", f"{case.seconds:.3f}")
    if case.failures:
        failure = ET.SubElement(made, "failure", type="T-SCENARIO", message=_clean(case.failures[0]))
        place = f"{case.file}:{case.line}\n" if case.file else ""
        failure.text = _clean(place + "\n".join(case.failures))
    elif case.skipped:
        ET.SubElement(made, "skipped", message=_clean(case.skipped))
    return made


def _found(part: Part) -> list[ET.Element]:
    """A case for each finding, and one that holds for each check that found nothing."""
    cases = []
    bad = [found for found in part.findings if found.severity != "note"]
    seen: Counter[str] = Counter()
    for found in bad:
        name = f"{found.code} {found.file}:{found.line}:{found.column}"
        seen[name] += 1
        case = _case(name if seen[name] == 1 else f"{name} ({seen[name]})")
        failure = ET.SubElement(case, "failure", type=found.code, message=_clean(found.message))
        failure.text = _clean(_sentence(found))
        cases.append(case)
    failed = {found.code for found in bad}
    return [*cases, *(_case(code) for code in part.checked if code not in failed)]


def _unknown(what: str) -> ET.Element:
    case = _case(what)
    ET.SubElement(case, "error", type="undecided", message=_clean(what))
    return case


def _case(name: str) -> ET.Element:
    return ET.Element("testcase", name=_clean(name))


def _sentence(found: Finding) -> str:
    lines = [f"{found.file}:{found.line}:{found.column}: {found.code}: {found.message}", found.hint]
    if found.witness is not None:
        lines.append(", ".join(f"{fact}: {value}" for fact, value in found.witness.items()))
    return "\n".join(line for line in (*lines, " ".join(found.way)) if line)


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
