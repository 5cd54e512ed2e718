"""docs/language/flow-file.md is complete and true: every key, type, notation and example."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from engine.flow import model
from engine.flow.checks.facts import GOES_WITH
from engine.flow.fields import load_value, show_value
from engine.flow.merge import plain
from engine.flow.model import Fact, FactType, Flow
from engine.flow.model_base import RESERVED, Frozen
from engine.flow.parse import parse_flow
from engine.flow.sentences import INTERNAL
from engine.flow.slots import Notation
from engine.flow.yaml_tree import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_tree

PAGE = (Path(__file__).parents[3] / "docs" / "language" / "flow-file.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
SECTIONS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##)", PAGE + "\n## ", re.DOTALL | re.MULTILINE))
WRITTEN_SHORT = {"SupplierRef", "Rounding", "Show", "Norm"}
"""Models whose own keys an author never writes."""


def models() -> dict[str, type[Frozen]]:
    """Every part of a flow file that has keys of its own."""
    parts = {name: getattr(model, name) for name in model.__all__}
    kept = {name: part for name, part in parts.items() if isinstance(part, type) and issubclass(part, Frozen)}
    return {name: part for name, part in kept.items() if name not in WRITTEN_SHORT | {"Ruling"}}


def rows(text: str, head: str) -> list[list[str]]:
    """The rows of the table with this first head."""
    table = re.search(rf"^\| {head} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table is not None, head
    bare = [line.replace("`||`", "`bars`").strip().strip("|") for line in table[1].splitlines()]
    return [[cell.strip() for cell in line.split(" | ")] for line in bare]


@pytest.mark.parametrize("name", sorted(models()))
def test_every_key_is_documented_and_no_other(name: str) -> None:
    """Each part of the file has a table with exactly its keys; those that are required say so."""
    fields = {field.alias or key: field for key, field in models()[name].model_fields.items()}
    keys = {key: field for key, field in fields.items() if key not in INTERNAL}
    documented = {row[0].strip("`"): row[1] for row in rows(SECTIONS[name], "key")}
    assert set(documented) == set(keys)
    if name != "Flow":
        assert {key for key, text in documented.items() if "(required)" in text} == {
            key for key, field in keys.items() if field.is_required()
        }


def test_every_type_is_documented_with_json_that_loads() -> None:
    """Each type stands there with a value that its field takes and the keys that go with it."""
    table = {row[0].strip("`"): row[1:] for row in rows(PAGE, "type")}
    assert list(table) == [str(type_) for type_ in FactType]
    for name, row in table.items():
        keys = {key for key, types in GOES_WITH.items() if FactType(name) in types}
        assert set(re.findall(r"`(\w+)`", row[2] if len(row) > 2 else "")) == keys, name
        extra: dict[str, Any] = {
            "choice": {"options": {"snoeien": "Snoeien"}},
            "choices": {"options": {"loon": "Loon", "uitkering": "Uitkering"}},
            "list": {"of": {"leeftijd": {"type": "integer"}}},
        }
        fact = Fact.model_validate({"type": name, **extra.get(name, {})})
        example = row[1].strip("`").replace('"..."', '"tekst"')
        load_value("x", fact, json.loads(example, parse_float=Decimal))


def test_every_notation_is_shown_as_it_is() -> None:
    """The table of notations is what the fields write."""
    money, day = Fact.model_validate({"type": "money"}), Fact.model_validate({"type": "date"})
    hours = Fact.model_validate({"type": "number", "unit": "uur"})
    for row in rows(PAGE, "notation"):
        notation = Notation(row[0].strip("`{}").partition(":")[2])
        shown = [
            show_value(money, FactType.MONEY, Decimal("1234.5"), "nl", notation),
            show_value(hours, FactType.NUMBER, Decimal("12.5"), "nl", notation),
            show_value(day, FactType.DATE, date(2027, 3, 3), "nl", notation),
        ]
        assert [text.replace("\u00a0", " ") for text in shown] == row[2:]


def test_the_values_of_keys_are_all_named() -> None:
    """Every word that a key takes stands on the page."""
    enums = (
        model.Hit,
        model.RoundTo,
        model.OutcomeKind,
        model.RemedyKind,
        model.ChannelName,
        model.Unsure,
        model.Confirm,
    )
    for words in (*enums, model.SupplierKind, model.ParameterBy, model.Order):
        for word in words:
            assert re.search(rf"`{re.escape(word.value)}[`:]", PAGE), word


def test_the_words_that_are_taken_are_all_named() -> None:
    """The list of reserved words is the code's."""
    sentence = PAGE[PAGE.index("These words have a meaning") : PAGE.index("- **Option ids**")]
    assert set(re.findall(r"`(\w+)`", sentence)) == RESERVED


def test_the_limits_are_the_codes() -> None:
    """The figures on the page are those that hold."""
    text = " ".join(PAGE.split())
    assert f"At most {MAX_BYTES // 1024} KiB, {MAX_DEPTH} levels deep, {MAX_NODES:,} parts" in text


def test_the_whole_example_is_a_flow() -> None:
    """The first example loads as it stands."""
    flow = parse_flow(EXAMPLES[0]).flow
    assert flow.question.in_("en") == "May my visitors park here for free?"
    required = re.search(r"\n(`wegwijzer`.*) are required\.", PAGE)
    assert required is not None
    assert set(re.findall(r"`(\w+)`", required[1])) == {
        name for name, field in Flow.model_fields.items() if field.is_required()
    }


@pytest.mark.parametrize("example", EXAMPLES[1:], ids=lambda example: example.split(":")[0])
def test_every_piece_fits_into_a_flow(example: str) -> None:
    """Each other example is a section whose keys and values the model takes."""
    root, problems = read_tree(example, "example")
    assert root is not None
    assert problems == []
    section = plain(root)
    for name, value in section.items():
        kind: Any = Flow.model_fields[name].annotation
        assert TypeAdapter(kind).validate_python(value)
