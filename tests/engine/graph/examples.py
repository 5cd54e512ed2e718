"""Processes for tests: the worked ones beside this file, and throwaway ones from YAML text."""

from pathlib import Path
from textwrap import dedent

import yaml

from engine.flow.model import Process as FlowProcess
from engine.graph.process import Process
from engine.graph.process_resolve import resolve

HERE = Path(__file__).parent / "processes"
WORKED = ("verkeersboete", "dagopname", "bijstand")


def process_of(text: str) -> Process:
    """The resolved process of a flow file's `process:` block."""
    return resolve(FlowProcess.model_validate(yaml.safe_load(dedent(text))["process"]))


def worked(name: str) -> Process:
    """A worked process; `standard` is the one of a flow that has none of its own."""
    return resolve(None) if name == "standard" else process_of((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
