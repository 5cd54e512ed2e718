"""What a command found, in one form, and how it is told: to people, as JSON, as SARIF, as JUnit.

    command -> Report ── Part (one flow) ── Finding   something wrong at a place, perhaps with a citizen who shows it
                                         ├─ Case      something that was tried: a scenario
                                         └─ not_done  what could not be judged: never silent, exit code 3

A command adds the options with `add_output_options(parser)`, makes a Report, and ends with
`return finish(report, given)`: it prints the form that was asked for and returns the exit code. A command with words
of its own for people asks `sent(report, given)` first. `working(...)` shows a
progress bar on standard error once something takes longer than a second. Used by the commands of `api.cli` that check
flows, and by the pages for authors, which read the same model. Tests: tests/api/cli/report/.
"""

from __future__ import annotations

from api.cli.language import language_of
from api.cli.report.finish import add_output_options, exit_code, finish, sent
from api.cli.report.junit import junit
from api.cli.report.model import Case, Finding, Part, Report, finding_of, report_schema
from api.cli.report.progress import working
from api.cli.report.sarif import sarif
from api.cli.report.terminal import words_of

__all__ = [
    "Case",
    "Finding",
    "Part",
    "Report",
    "add_output_options",
    "exit_code",
    "finding_of",
    "finish",
    "junit",
    "language_of",
    "report_schema",
    "sarif",
    "sent",
    "words_of",
    "working",
]
