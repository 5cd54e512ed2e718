"""`wegwijzer schema`: prints the JSON Schema of the flow file, for editors.

In VS Code with the YAML extension: save it as flow.schema.json and set
`"yaml.schemas": {"flow.schema.json": "flows/*/flow.yaml"}`.
"""

from __future__ import annotations

import argparse
import json

from api.cli.exits import GOOD
from engine.flow.schema import flow_schema


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: there is one schema."""


def run(given: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(flow_schema(), ensure_ascii=False, indent=1))
    return GOOD
