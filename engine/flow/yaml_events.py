"""YAML's own complaints in our words: where, what, and the way out.

PyYAML reports syntax errors in the terms of its scanner. The table below turns each of them into a
sentence for somebody who writes flow files. Used by `engine.flow.yaml_tree` only.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

from engine.errors import Problem, Where, worded

QUOTES: Final = 'Put the whole text between double quotes, or write it below the key after ">".'

SAYINGS: Final[tuple[tuple[str, str, str, str], ...]] = (
    # part of PyYAML's problem or context, our code, sentence, way out
    ("mapping values are not allowed", "E-YAML-COLON", "Here stands a second `: ` where only text can follow.", QUOTES),
    (
        "unexpected end of stream",
        "E-YAML-QUOTE",
        "A quote opens here and never closes.",
        'Close it with the same quote; a double quote inside double quotes is written \\".',
    ),
    (
        "unknown escape character",
        "E-YAML-ESCAPE",
        "A backslash in double quotes starts a code that does not exist.",
        "Use single quotes, or write the backslash twice.",
    ),
    ("escape", "E-YAML-ESCAPE", "This backslash code does not stand for a character.", "Use single quotes."),
    (
        "expected ',' or '}'",
        "E-YAML-BRACES",
        "These braces do not close, or a text between them has no quotes.",
        'Inside { } every text stands between double quotes: {ask: "...", why: "..."}.',
    ),
    (
        "expected ',' or ']'",
        "E-YAML-BRACKETS",
        "These brackets do not close, or a comma is missing.",
        "Write [a, b, c]; a text with a comma stands between quotes.",
    ),
    (
        "expected <document start>",
        "E-YAML-DOCUMENTS",
        "The file goes on after its end, or its first lines are not `key: value`.",
        "A flow file is one list of `key: value` lines that all start in the first column.",
    ),
    (
        "could not find expected ':'",
        "E-YAML-LINE",
        "This line is not `key: value`.",
        "Add the colon and a space, or indent the line if it goes on with the text above.",
    ),
    (
        "block sequence entries are not allowed",
        "E-YAML-LIST",
        "A list cannot start here.",
        "Put the first `- ` on a line of its own below the key.",
    ),
    (
        "expected '-' indicator",
        "E-YAML-INDENT",
        "This line is indented differently from the list above it.",
        "Let every `- ` of one list start in the same column.",
    ),
    (
        "expected key",
        "E-YAML-INDENT",
        "This line is indented differently from the lines around it.",
        "Let keys that belong together start in the same column.",
    ),
    (
        "block scalar",
        "E-YAML-BLOCK",
        "After `|` or `>` nothing else may stand on the line.",
        "Start the text on the next line, indented.",
    ),
    (
        "expected <block end>",
        "E-YAML-INDENT",
        "This line is indented differently from the lines around it.",
        "Let keys that belong together start in the same column.",
    ),
)
_NEVER_CLOSES: Final = ("unexpected end of stream", "expected ',' or '}'", "expected ',' or ']'")
STARTS: Final[dict[str, tuple[str, str, str]]] = {
    "\t": ("E-YAML-TAB", "A tab stands where only spaces can.", "Indent with spaces."),
    "@": ("E-YAML-START", "A text cannot start with @ without quotes.", QUOTES),
    "`": ("E-YAML-START", "A text cannot start with a backquote without quotes.", QUOTES),
    "%": ("E-YAML-START", "A text cannot start with % without quotes.", QUOTES),
}


def syntax_problem(error: yaml.YAMLError, file: str, text: str) -> Problem:
    """The one problem that PyYAML stopped at."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')}"
    opened = getattr(error, "context_mark", None)
    if mark and opened and opened.line < mark.line and any(part in said for part in _NEVER_CLOSES):
        mark = opened
    lines = text.rstrip("\n").split("\n")
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    where = Where(file, line + 1, column + 1)
    row = lines[line] if line < len(lines) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return _said(where, STARTS["\t"])
    if "cannot start any token" in said and row[column : column + 1] in STARTS:
        return _said(where, STARTS[row[column]])
    if "mapping values are not allowed" in said and ":" not in row[:column]:
        return Problem(
            where,
            "E-YAML-INDENT",
            worded("This line is read as the rest of the line above it."),
            worded("Give the line above its `key: value`, and let keys that belong together start in the same column."),
        )
    for part, code, sentence, way_out in SAYINGS:
        if part in said:
            return _said(where, (code, sentence, way_out))
    return Problem(
        where,
        "E-YAML",
        worded("From here on the file cannot be read as YAML."),
        worded("Look at the quotes and the indentation here."),
    )


def _said(where: Where, row: tuple[str, str, str]) -> Problem:
    code, sentence, way_out = row
    return Problem(where, code, worded(sentence), worded(way_out))


_KEY_AND_TEXT = re.compile(r"^(\s*(?:- )?[^\s:#\"'{\[|>][^:#]*: +)(?![\"'|>{\[&*!])(\S.*?)\s*$")


def mended(problem: Problem, text: str) -> str | None:
    """The text with this one fault mended on its own line, so that reading can go on and find more; or None."""
    lines = text.split("\n")
    number = problem.where.line - 1
    if not 0 <= number < len(lines):
        return None
    row = lines[number]
    if problem.code == "E-YAML-TAB":
        lines[number] = row.replace("\t", "  ")
    elif problem.code == "E-YAML-COLON" and (found := _KEY_AND_TEXT.match(row)):
        lines[number] = found[1] + "'" + found[2].replace("'", "''") + "'"
    elif problem.code == "E-YAML-START":
        column = problem.where.column - 1
        lines[number] = row[:column] + "'" + row[column:].replace("'", "''") + "'"
    else:
        return None
    return "\n".join(lines) if lines[number] != row else None
