"""What a command says when it cannot use what it was given: to people on standard error, to machines in their form.

    FlowError              every problem of the file, as `lint` shows it
    Unusable, OSError ...  one sentence; in a report a finding E-INPUT

With `--json`, `--sarif` or `--junit` standard output holds a report with these findings, so that whoever reads it never
has to guess at an empty file; the `--output` of a command that makes something else is left alone. The exit code is 2.
Called by `api.cli.main`; tests: tests/api/cli/test_refusing.py.
"""

from __future__ import annotations

import argparse
import sys

from api.cli.exits import UNUSABLE, reason
from api.cli.report import Finding, Part, Report, finding_of, language_of, sent
from api.cli.report.terminal import Terminal
from engine.errors import FlowError
from engine.lint.dutch import told

CODE = "E-INPUT"


def refused(why: Exception, given: argparse.Namespace) -> int:
    """Tell why in the form that was asked for. Returns the exit code."""
    language = language_of(given)
    report = Report(command=str(given.command), parts=_parts(why, given, language), exit_code=UNUSABLE)
    if _is_written(report, given):
        return UNUSABLE
    if isinstance(why, FlowError):
        Terminal(language, sys.stderr).show(report)
    else:
        print(_sentence(why, language), file=sys.stderr)
    return UNUSABLE


def _is_written(report: Report, given: argparse.Namespace) -> bool:
    """Whether standard output holds the report; False where none was asked for, or it went, or could not, to a file."""
    asked = given
    if "form" not in given:  # `--json` is its only form then, and `--output` is for what it makes
        form = "json" if getattr(given, "json", False) else None
        asked = argparse.Namespace(**{**vars(given), "form": form, "output": None})
    try:
        return sent(report, asked)
    except OSError:
        return False


def _parts(why: Exception, given: argparse.Namespace, language: str) -> tuple[Part, ...]:
    """One for each file with problems; else one for what was named on the command line."""
    if isinstance(why, FlowError) and why.problems:
        files = dict.fromkeys(problem.where.file for problem in why.problems)
        return tuple(_broken(file, why, language) for file in files)
    named = getattr(given, "flow", "")
    flow = named if isinstance(named, str) else " ".join(map(str, named))
    found = Finding(code=CODE, severity="error", message=_sentence(why, language))
    return (Part(flow=flow, findings=(found,)),)


def _broken(file: str, why: FlowError, language: str) -> Part:
    """What is wrong with one file."""
    problems = (own for own in why.problems if own.where.file == file or not own.where.file)
    return Part(flow=file, file=file, findings=tuple(finding_of(own, language) for own in problems))


def _sentence(why: Exception, language: str) -> str:
    """What to tell whoever typed the command."""
    if isinstance(why, OSError):
        name = f"{why.filename}: " if why.filename else ""
        return f"{name}{told(reason(why), language)}."
    return told(why.args[0], language) if why.args and isinstance(why.args[0], str) else str(why)
