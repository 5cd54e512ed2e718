"""`wegwijzer process FLOW`: the whole process of a flow as it runs, the standard filled in; reads back as the same."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.cli.exits import GOOD
from api.cli.flow_files import FLOWS, load
from api.cli.language import language_of
from engine.graph.process_text import process_text


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--language", choices=("nl", "en"), help="of the titles [that of LANG, else en]")


def run(given: argparse.Namespace) -> int:
    """Print it as YAML. Raises Unusable or FlowError."""
    print(process_text(load(given.flow, given.flows).process, language_of(given)))
    return GOOD
