"""`wegwijzer new SLUG`: starts a flow from the citizen's question. What it writes lints, proves and runs as it is.

Asks what is not given as an option, when somebody is there to answer.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from api.cli.exits import GOOD, Unusable
from api.cli.flow_files import FLOWS
from api.service.library import FLOW_FILE
from engine.errors import worded
from engine.flow.layout import formatted
from engine.harness.seed import seed

ASKED = {
    "question": "What does the citizen ask, in the citizen's own words? ",
    "problem": "Which process runs badly today? ",
    "evidence": "How do you know? ",
}
DEFAULT_QUESTION = "Kunt u mij hiermee helpen?"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slug", metavar="SLUG", help="short name of the flow: verhuizing-doorgeven")
    parser.add_argument("--question", help="the citizen's question, in the citizen's words")
    parser.add_argument("--problem", help="which process runs badly today")
    parser.add_argument("--evidence", help="how you know")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where the flow is put [flows]")


def run(given: argparse.Namespace) -> int:
    """Write the files. Raises Unusable when the slug is none, is taken, or the folder cannot be written."""
    told = {name: getattr(given, name) or _ask(words) for name, words in ASKED.items()}
    try:
        files = seed(given.slug, told["question"] or DEFAULT_QUESTION, told["problem"], told["evidence"])
    except ValueError as error:
        raise Unusable(str(error)) from None
    folder: Path = given.flows / given.slug
    if folder.exists():
        raise Unusable(worded("{folder} is there already; choose another slug or remove it.", folder=folder))
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(formatted(text, name) if name == FLOW_FILE else text, encoding="utf-8")
    except OSError as error:
        raise Unusable(worded("{folder} cannot be written: {reason}.", folder=folder, reason=error.strerror)) from None
    print(f"{folder}: a flow to begin with. Now change flow.yaml, and hold it to these:")
    for command in ("lint", "prove", "test"):
        print(f"    wegwijzer {command} {given.slug}")
    return GOOD


def _ask(words: str) -> str:
    return input(words).strip() if sys.stdin.isatty() else ""
