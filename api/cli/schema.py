"""`wegwijzer schema`: prints the JSON Schema (2020-12) of the flow file, for editors, or of a report, for scripts.

docs/editor.md says how an editor uses it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from typing import Any

from api.cli.exits import GOOD
from api.cli.report import report_schema
from engine.flow.schema import flow_schema

SCHEMAS: Mapping[str, Callable[[], Mapping[str, Any]]] = {"flow": flow_schema, "findings": report_schema}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--of", choices=list(SCHEMAS), default="flow", help="the flow file, or what --json prints")


def run(given: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(SCHEMAS[given.of](), ensure_ascii=False, indent=1))
    return GOOD
