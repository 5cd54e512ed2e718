"""From FLOW on the command line (a short name, a folder, or a path to a flow.yaml) to its graph."""

from __future__ import annotations

import shlex
from pathlib import Path

from api.cli.exits import Unusable, reason
from api.service.library import FLOW_FILE, LARGEST
from engine.errors import together, worded
from engine.feel.nearest import nearest
from engine.graph.graph import Graph
from engine.graph.load import load_flow

FLOWS = Path("flows")


def find(flow: str, folder: Path = FLOWS) -> Path:
    """The flow file that FLOW means. Raises Unusable when there is none."""
    given = Path(flow)
    for path in (given, given / FLOW_FILE, folder / flow / FLOW_FILE):
        if path.is_file():
            return path
    slugs = [path.parent.name for path in folder.glob(f"*/{FLOW_FILE}")]
    close = nearest(flow, slugs)
    said = worded(
        "There is no flow `{flow}`; give a path to a {file}, or a short name under {folder}/.",
        flow=flow,
        file=FLOW_FILE,
        folder=folder,
    )
    meant = [worded("Did you mean {near}?", near=close[0])] if close else []
    raise Unusable(together((said, *meant), " "))


def called(path: Path) -> str:
    """How a next command names this flow: its slug where that will do, else its folder."""
    folder = path.parent
    return folder.name if folder.parent == FLOWS else shlex.quote(str(folder))


def read_text(path: Path) -> str:
    """The text of a flow file. Raises Unusable when it cannot be read as text."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable(
                worded("{path} is larger than {largest} kB; that is no flow file.", path=path, largest=LARGEST // 1000)
            )
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Unusable(worded("{path} is not UTF-8 text; save it as UTF-8.", path=path)) from None
    except OSError as error:
        raise Unusable(worded("{path} cannot be read: {reason}.", path=path, reason=reason(error))) from None


def load(flow: str, folder: Path = FLOWS) -> Graph:
    """The graph of FLOW. Raises Unusable, or FlowError with every problem."""
    path = find(flow, folder)
    return load_flow(read_text(path), str(path))
