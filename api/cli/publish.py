"""`wegwijzer publish FLOW`: make this version of a flow the current one. Running journeys keep theirs.

A version is known by its content hash and never changes; publishing it twice changes nothing. A server that runs takes
it up within seconds. Exit code 0; 2: the flow or the store cannot be used.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from api.cli.exits import GOOD
from api.cli.flow_files import FLOWS, find, read_text
from api.cli.language import language_of
from api.cli.store import office
from engine.errors import worded
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.lint.dutch import told

SHORT = 12


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which flow, into which store."""
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    store_options(parser)


def store_options(parser: argparse.ArgumentParser) -> None:
    """Where the store is; left out, the settings say so."""
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--data", dest="folder", type=Path, metavar="FOLDER", help="folder of the database [.wegwijzer]")
    kept.add_argument("--database", metavar="URL", help="postgresql://... or sqlite:///folder")


def run(given: argparse.Namespace) -> int:
    """Publish, and say what became of it."""
    path = find(given.flow, given.flows)
    text = read_text(path)
    said, language = (
        asyncio.run(_publish(load_flow(text, str(path)), text, given.folder, given.database)),
        language_of(given),
    )
    print("\n".join(told(line, language) for line in said))
    return GOOD


async def _publish(graph: Graph, text: str, folder: Path | None, database: str | None) -> list[str]:
    slug, version = graph.flow.flow, graph.version[:SHORT]
    async with office(folder, database) as own:
        known = await own.library.is_published(graph.version)
        await own.library.publish(graph, text, own.by)
        running = await own.migrating.versions(slug)
    others = sum(count for other, count in running.items() if other != graph.version)
    said: list[str] = [
        worded("{slug}: version {version} was published before; it is the current one.", slug=slug, version=version)
        if known
        else worded("{slug}: version {version} is published, and the current one.", slug=slug, version=version)
    ]
    if others:
        keeps = "{count} running journeys keep theirs:" if others > 1 else "{count} running journey keeps its own:"
        said.append(worded(keeps, count=others))
        said += [f"  {other[:SHORT]}  {count}" for other, count in sorted(running.items()) if other != graph.version]
        said.append(worded("See what would move: wegwijzer migrate --dry-run OLD {version}", version=version))
    return said
