"""One example of each command, as `wegwijzer COMMAND --help` shows it. Called by `api.cli.main`; each is parsed by
tests/api/cli/test_help.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EXAMPLE: Final = "example: "
EXAMPLES: Final[Mapping[str, str]] = {
    "new": 'wegwijzer new verhuizing --question "Hoe geef ik mijn verhuizing door?"',
    "watch": "wegwijzer watch verhuizing",
    "play": "wegwijzer play boom-kappen --language nl",
    "lint": "wegwijzer lint boom-kappen",
    "fmt": "wegwijzer fmt boom-kappen",
    "prove": "wegwijzer prove boom-kappen",
    "test": "wegwijzer test boom-kappen --suggest",
    "mutate": "wegwijzer mutate boom-kappen --only rules",
    "compare": "wegwijzer compare git:HEAD:flows/boom-kappen/flow.yaml boom-kappen",
    "stand": "wegwijzer stand --record boom-kappen",
    "docs": "wegwijzer docs boom-kappen --output boom-kappen.html",
    "diagram": "wegwijzer diagram boom-kappen --mermaid",
    "process": "wegwijzer process boom-kappen",
    "answer": "wegwijzer answer boom-kappen people.jsonl --explain",
    "serve": "wegwijzer serve --port 8001",
    "publish": "wegwijzer publish boom-kappen",
    "migrate": "wegwijzer migrate 3fd97b flows/boom-kappen/flow.yaml --dry-run",
    "signals": "wegwijzer signals boom-kappen",
    "audit": "wegwijzer audit WW-K7QM-3X9T",
    "dmn": "wegwijzer dmn export boom-kappen --output boom-kappen.dmn",
    "schema": "wegwijzer schema",
    "password": "wegwijzer password",
    "key": "wegwijzer key 2027",
    "upgrade": "wegwijzer upgrade --database postgresql://owner@host/journeys",
}
