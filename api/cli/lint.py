"""`wegwijzer lint FLOW...`: is the flow file sound, and is it well made?

Every problem at once, with file, line, column, code, sentence and way out: what stops it from loading, or else what the
rules of `engine.lint` find. `--explain CODE` prints the page of a code. Exit code 0: sound (advice does not count);
1: something was found; 2: there is no such file or code.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from api.cli.exits import GOOD, Unusable
from api.cli.flow_files import FLOWS, find, read_text
from api.cli.report import Part, Report, add_output_options, finding_of, finish, language_of, working
from engine.errors import Problem, together, worded
from engine.feel.nearest import nearest
from engine.lint.linting import lint
from engine.lint.page_text import page_text
from engine.lint.registry import PAGES, RULES, page_of


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", nargs="*", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument(
        "--explain", metavar="CODE", help="print the page of a code: avoid, prefer, why; `all` lists all"
    )
    add_output_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print what was found. Raises Unusable when a file or a code is not there."""
    language = language_of(given)
    if given.explain:
        print(_explained(given.explain, language))
        return GOOD
    if not given.flow:
        raise Unusable(worded("Name a flow: a short name, a folder, or a path to a flow.yaml."))
    parts = []
    with working("lint", len(given.flow), language) as step:
        for flow in given.flow:
            parts.append(_part(flow, find(flow, given.flows), language))
            step(flow)
    return finish(Report(command="lint", parts=tuple(parts)), given)


def problems(text: str, file: str) -> list[Problem]:
    """Everything that is wrong with a flow file, in its order; advice is left out."""
    return [own for own in lint(text, file).problems if own.severity != "note"]


def _part(flow: str, path: Path, language: str) -> Part:
    linted = lint(read_text(path), str(path))
    aside = {"nl": "opzijgezet", "en": "set aside"}[language]
    return Part(
        flow=path.parent.name or flow,
        file=str(path),
        version=linted.version,
        findings=tuple(finding_of(own, language) for own in linted.problems),
        checked=tuple(rule.page.code for rule in RULES) if linted.version else (),
        said=tuple(f"{aside}: {own.code} ({own.where.line}): {reason}" for own, reason in linted.waived),
    )


def _explained(code: str, language: str) -> str:
    if code.lower() == "all":
        return "\n".join(f"{page.code:26} {page.summary.in_(language)}" for page in PAGES.values())
    page = page_of(code)
    if page is None:
        close = nearest(code.upper(), PAGES)
        hint = (
            worded("Did you mean {near}?", near=close[0])
            if close
            else worded("`wegwijzer lint --explain all` lists them.")
        )
        raise Unusable(together((worded("There is no code {code}.", code=code), hint), " "))
    return page_text(page, language)
