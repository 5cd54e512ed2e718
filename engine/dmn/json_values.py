"""JSON in and out of a DMN model: texts become dates where the model says so, values become JSON again.

Numbers must have been read as Decimal. Callers: `wegwijzer dmn evaluate`, tests.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from engine.dmn.model import Definitions, ItemDefinition, Variable
from engine.feel.lexical import read_date, read_datetime, read_days_time, read_time, read_years_months
from engine.feel.run import Run
from engine.feel.text import text_of

READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_datetime,
    "dateTime": read_datetime,
    "days and time duration": read_days_time,
    "dayTimeDuration": read_days_time,
    "years and months duration": read_years_months,
    "yearMonthDuration": read_years_months,
}
MAX_DEPTH: Final = 50


def typed_inputs(definitions: Definitions, inputs: Mapping[str, object]) -> dict[str, object]:
    """The inputs with each text that the model declares as a date, time or duration read as one."""
    types = {item.name: item for item in definitions.types}
    variables: list[Variable] = [element.variable for element in definitions.inputs]
    variables += [decision.variable for decision in definitions.decisions]
    for knowledge in definitions.knowledge_models:
        variables += knowledge.logic.parameters if knowledge.logic is not None else ()
    declared = {variable.name: variable.type_ref for variable in variables}
    return {name: _typed(value, declared.get(name, ""), types, 0) for name, value in inputs.items()}


def _typed(value: object, type_ref: str, types: Mapping[str, ItemDefinition], depth: int) -> object:
    if isinstance(value, list):
        return [_typed(item, type_ref, types, depth) for item in value]
    name = type_ref.rpartition(":")[2]
    item = types.get(name)
    if item is not None and depth < MAX_DEPTH:
        return _of_definition(value, item, types, depth + 1)
    reader = READERS.get(name)
    if reader is None or not isinstance(value, str):
        return value
    found = reader(value)
    return value if found is None else found


def _of_definition(value: object, item: ItemDefinition, types: Mapping[str, ItemDefinition], depth: int) -> object:
    if isinstance(value, list):
        return [_of_definition(each, item, types, depth) for each in value]
    if not isinstance(value, dict) or not item.components:
        return _typed(value, item.type_ref, types, depth)
    parts = {part.name: part for part in item.components}
    return {
        key: _of_definition(each, parts[key], types, depth + 1) if key in parts and depth < MAX_DEPTH else each
        for key, each in value.items()
    }


def to_json(value: object) -> str:
    """A value as JSON; numbers with all their digits, what JSON lacks as the text FEEL gives it."""
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return "[" + ", ".join(map(to_json, value)) + "]"
    if isinstance(value, dict):
        entries = (f"{json.dumps(str(key), ensure_ascii=False)}: {to_json(item)}" for key, item in value.items())
        return "{" + ", ".join(entries) + "}"
    return json.dumps(text_of(value, Run()), ensure_ascii=False)
