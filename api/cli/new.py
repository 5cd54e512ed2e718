"""`wegwijzer new SLUG`: starts a flow from the citizen's question. What it writes lints, proves and runs as it is.

Asks what is not given as an option, when somebody is there to answer.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from api.cli.exits import GOOD, Unusable, reason
from api.cli.flow_files import FLOWS, called
from api.cli.language import LANGUAGES, language_of
from api.service.library import FLOW_FILE
from engine.errors import worded
from engine.flow.layout import formatted
from engine.harness.seed import is_slug, seed
from engine.lint.dutch import told

ASKED = {
    "question": worded("What does the citizen ask, in the citizen's own words?"),
    "problem": worded("Which process runs badly today?"),
    "evidence": worded("How do you know?"),
}
NEXT = {
    "watch": worded("a verdict at each save; keep it open while you write"),
    "play": worded("walk it as a citizen"),
    "lint": worded("is the file sound?"),
    "prove": worded("does it hold for every citizen?"),
    "test": worded("do the scenarios come out as expected?"),
}
NO_QUESTION = "A flow starts from the citizen's question; give it with --question."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slug", metavar="SLUG", help="short name of the flow: verhuizing-doorgeven")
    parser.add_argument("--question", help="the citizen's question, in the citizen's words")
    parser.add_argument("--problem", help="which process runs badly today")
    parser.add_argument("--evidence", help="how you know")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where the flow is put [flows]")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the words [that of LANG, else en]")


def run(given: argparse.Namespace) -> int:
    """Write the files. Raises Unusable without a question, or for a slug or folder that cannot be used."""
    language = language_of(given)
    if not is_slug(given.slug):
        raise Unusable(worded("A slug has small letters, digits and single dashes: verhuizing-doorgeven."))
    folder: Path = given.flows / given.slug
    if folder.exists():
        raise Unusable(worded("{folder} is there already; choose another slug or remove it.", folder=folder))
    said = {name: getattr(given, name) or _ask(told(words, language)) for name, words in ASKED.items()}
    if not said["question"]:
        raise Unusable(worded(NO_QUESTION))
    files = seed(given.slug, said["question"], said["problem"], said["evidence"], language)
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(formatted(text, name) if name == FLOW_FILE else text, encoding="utf-8")
    except OSError as error:
        raise Unusable(worded("{folder} cannot be written: {reason}.", folder=folder, reason=reason(error))) from None
    begun = worded("{folder}: a flow to begin with. Now change flow.yaml, and hold it to these:", folder=folder)
    print(told(begun, language))
    commands = {f"wegwijzer {name} {called(folder / FLOW_FILE)}": told(words, language) for name, words in NEXT.items()}
    for command, what in commands.items():
        print(f"    {command:<{max(map(len, commands))}}  {what}")
    return GOOD


def _ask(words: str) -> str:
    return input(f"{words} ").strip() if sys.stdin.isatty() else ""
