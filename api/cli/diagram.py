"""`wegwijzer diagram FLOW`: the process as a picture: SVG, or Mermaid text with `--mermaid`. No browser needed."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.cli.exits import GOOD
from api.cli.flow_files import FLOWS, load
from api.cli.language import language_of
from engine.graph.diagram import mermaid, svg


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--language", choices=("nl", "en"), help="of the words in it [that of LANG, else en]")
    parser.add_argument("--mermaid", action="store_true", help="Mermaid text instead of SVG")


def run(given: argparse.Namespace) -> int:
    """Print the picture. Raises Unusable or FlowError."""
    graph, language = load(given.flow, given.flows), language_of(given)
    if given.mermaid:
        print(mermaid(graph.process, language))
    else:
        print(svg(graph.process, language, title=graph.flow.question.in_(language)))
    return GOOD
