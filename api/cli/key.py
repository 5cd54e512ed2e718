"""`wegwijzer key [NAME]`: prints a fresh master key, for WEGWIJZER_MASTER_KEYS."""

from __future__ import annotations

import argparse
import re

from api.cli.exits import GOOD, Unusable
from api.store.masters import new_master
from engine.errors import worded


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", default="key1", help="id of the key, kept beside what it wraps [key1]")


def run(given: argparse.Namespace) -> int:
    """Print `id:base64`. Raises Unusable for an id that cannot stand in the setting."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", given.name) or given.name == "demo":
        raise Unusable(worded("The id of a key is 1 to 32 letters, digits, - or _, and not demo."))
    print(new_master(given.name))
    return GOOD
