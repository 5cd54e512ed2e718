"""The end of a command that checks: the form that was asked for, and the exit code."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import metadata
from pathlib import Path

from api.cli.exits import FINDINGS, GOOD, UNDECIDED
from api.cli.language import LANGUAGES, language_of
from api.cli.report.junit import junit
from api.cli.report.model import Report
from api.cli.report.sarif import sarif
from api.cli.report.terminal import Terminal

FORMS = ("json", "sarif", "junit")


def add_output_options(parser: argparse.ArgumentParser, *, language: bool = True) -> None:
    """`--json`, `--sarif`, `--junit`, `--output FILE` and, where the command has none of its own, `--language`."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_const", const="json", dest="form", help="print a report as JSON")
    form.add_argument("--sarif", action="store_const", const="sarif", dest="form", help="print it as SARIF 2.1.0")
    form.add_argument("--junit", action="store_const", const="junit", dest="form", help="print it as JUnit XML")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the JSON, SARIF or JUnit there, and tell people here"
    )
    if language:
        parser.add_argument("--language", choices=LANGUAGES, help="language of the words [that of LANG, else en]")


def exit_code(report: Report) -> int:
    """0 good, 1 something was found, 3 nothing found but something could not be judged; a note is no finding."""
    if report.exit_code is not None:
        return report.exit_code
    wrong = any(found.severity != "note" for found in report.findings())
    if wrong or any(case.failures for part in report.parts for case in part.cases):
        return FINDINGS
    undone = any(part.not_done or any(case.skipped for case in part.cases) for part in report.parts)
    return UNDECIDED if undone else GOOD


def finish(report: Report, given: argparse.Namespace) -> int:
    """Print the report in the form that was asked for. Returns the exit code. Raises OSError for a faulty FILE."""
    if not sent(report, given):
        Terminal(language_of(given)).show(_whole(report, given))
    return exit_code(report)


def sent(report: Report, given: argparse.Namespace) -> bool:
    """Write the form that was asked for, if one was; True when it went to standard output, so nothing else should."""
    output = getattr(given, "output", None)
    if not given.form and output is None:
        return False
    text = written(_whole(report, given), given.form or "json")
    if output is None:
        sys.stdout.write(text)
        return True
    output.write_text(text, encoding="utf-8")
    return False


def _whole(report: Report, given: argparse.Namespace) -> Report:
    more = {"exit_code": exit_code(report), "tool": metadata.version("wegwijzer"), "language": language_of(given)}
    return report.model_copy(update=more)


def written(report: Report, form: str) -> str:
    """A report in one of FORMS, as text."""
    if form == "junit":
        return junit(report)
    value = sarif(report) if form == "sarif" else report.plain()
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
