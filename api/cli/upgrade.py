"""`wegwijzer upgrade`: brings the databases to this version's schema, before the servers of this version start.

In demo mode nobody needs it: `serve` does it by itself. In production it runs with the owner's addresses, which the
servers do not know; `--app-role` is the PostgreSQL role that they connect as, and gets the rights it needs. Running it
twice changes nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

from api.cli.exits import GOOD
from api.settings import variable
from api.store.connect import migrate

DEMO_FOLDER = Path(".wegwijzer")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the databases are; left out, WEGWIJZER_DATABASE and WEGWIJZER_KEY_DATABASE say so."""
    for field, says in (("database", "address of the journeys"), ("key_database", "address of the wrapped keys")):
        known = os.environ.get(variable(field), "")
        parser.add_argument(f"--{field.replace('_', '-')}", metavar="URL", default=known, help=says)
    parser.add_argument("--app-role", metavar="ROLE", default="", help="PostgreSQL role that the servers connect as")


def run(given: argparse.Namespace) -> int:
    """Run what is missing. Raises StoreRefused or StoreUnavailable, each a sentence."""
    asyncio.run(migrate(given.database, given.key_database, DEMO_FOLDER, given.app_role))
    print("The databases have this version's schema.")
    return GOOD
