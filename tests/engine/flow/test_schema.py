"""The JSON Schema of the flow file: valid, true to every example, and as strict about keys as the reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from engine.flow.merge import plain
from engine.flow.model import Flow
from engine.flow.schema import flow_schema
from engine.flow.sentences import INTERNAL
from engine.flow.yaml_tree import read_tree
from tests.engine.flow.test_parse import SMALL

ROOT = Path(__file__).parents[3]
FLOWS = [*sorted(ROOT.glob("flows/*/flow.yaml")), *sorted(ROOT.glob("tests/conformance/cases/*/flow.yaml"))]
VALIDATOR = Draft202012Validator(flow_schema())


class _Editor(yaml.SafeLoader):
    """Reads YAML 1.2 core, as editors do: numbers, true, false and null have types; yes, no and dates are text."""


_Editor.yaml_implicit_resolvers = {}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"-?[0-9]+\.[0-9]+$"), list("-0123456789"))


def as_editor(text: str) -> Any:
    """A flow file as an editor sees it."""
    return yaml.load(text, Loader=_Editor)  # noqa: S506  a SafeLoader of our own


def as_reader(text: str) -> Any:
    """A flow file as our reader sees it: text everywhere."""
    root, problems = read_tree(text, "flow.yaml")
    assert root is not None
    assert problems == []
    return plain(root)


def test_the_schema_is_a_valid_schema() -> None:
    """It keeps to JSON Schema 2020-12."""
    Draft202012Validator.check_schema(flow_schema())
    assert flow_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("read", [as_editor, as_reader])
def test_every_flow_validates(path: Path, read: Any) -> None:
    """What the reader takes, an editor shows without red lines."""
    errors = [f"{list(error.path)}: {error.message}" for error in VALIDATOR.iter_errors(read(path.read_text("utf-8")))]
    assert errors == []


def test_the_small_flow_of_the_reader_validates() -> None:
    """Also the one with most constructs."""
    assert list(VALIDATOR.iter_errors(as_editor(SMALL))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("goal: mag\n", ""),
        ("confirm: show", "cnfirm: show"),
        ("type: number", "type: numbr"),
        ("register:brp.persoon", "registr:brp.persoon"),
        ("half_up 0.01", "halfway"),
        ("retention: P5Y", "retention: five"),
        ("kind: answer", "kind: answr"),
        ("  question: May I?", "  questoin: May I?"),
        ("{show: calculation bedrag}", "{show: bedrag}"),
        ("flow: klein", "flow: Klein!"),
        ("wegwijzer: 1", "wegwijzer: 2"),
        ("  omtrek:\n    type", "  om trek:\n    type"),
    ],
)
def test_a_fault_in_a_key_or_value_is_seen_in_the_editor(old: str, new: str) -> None:
    """Unknown keys, missing keys and values outside the list are refused by the schema too."""
    assert old in SMALL
    assert list(VALIDATOR.iter_errors(as_editor(SMALL.replace(old, new, 1))))


def test_every_key_says_what_it_means() -> None:
    """An editor can show a description at every key of every part."""
    schema = flow_schema()
    parts = {"Flow": schema, **schema["$defs"]}
    silent = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part["properties"].items()
        if "description" not in value
    ]
    assert silent == []
    assert set(schema["properties"]) == {f.alias or n for n, f in Flow.model_fields.items()} - INTERNAL
