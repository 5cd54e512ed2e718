"""`wegwijzer fmt FLOW...`: lays out flow files: tables aligned, comments and order kept, the meaning untouched.

`--check` changes nothing and names the files that would change. Exit code 0: all laid out; 1: with `--check`, some are
not; 2: a file cannot be read, and is left alone. With `-` for a flow the text comes from standard input and goes to
standard output, for editors.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from api.cli.exits import FINDINGS, GOOD
from api.cli.flow_files import FLOWS, find, read_text
from api.cli.report import language_of
from engine.errors import worded
from engine.flow.layout import formatted
from engine.lint.dutch import told

STANDARD = "-"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "flow", metavar="FLOW", nargs="+", help="a short name, a folder, or a path; - for standard input"
    )
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when a file would change")


def run(given: argparse.Namespace) -> int:
    """Lay out each file. Raises Unusable, or FlowError for a file that is no YAML: nothing after it is changed."""
    language = language_of(given)
    changed = [flow for flow in given.flow if _lay_out(flow, given.flows, language, check=given.check)]
    if given.check:
        return FINDINGS if changed else GOOD
    return GOOD


def _lay_out(flow: str, folder: Path, language: str, *, check: bool) -> bool:
    """Whether the file was (or would be) changed."""
    if flow == STANDARD:
        text = sys.stdin.read()
        laid = formatted(text, "standard input")
        if not check:
            sys.stdout.write(laid)
        return laid != text
    path = find(flow, folder)
    text = read_text(path)
    laid = formatted(text, str(path))
    if laid == text and b"\r" not in path.read_bytes():
        return False
    if check:
        said = worded("{path}: not laid out; run `wegwijzer fmt {flow}`", path=path, flow=shlex.quote(flow))
        print(told(said, language))
    else:
        path.write_text(laid, encoding="utf-8", newline="\n")
        print(told(worded("{path}: laid out", path=path), language))
    return True
