"""`wegwijzer process FLOW`: the whole process of a flow as it runs, the standard filled in; reads back as the same."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.cli.exits import GOOD
from api.cli.flow_files import FLOWS, load
from engine.graph.process_text import process_text


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--language", choices=("nl", "en"), default="nl", help="of the titles [nl]")


def run(given: argparse.Namespace) -> int:
    """Print it as YAML. Raises Unusable or FlowError."""
    print(process_text(load(given.flow, given.flows).process, given.language))
    return GOOD
