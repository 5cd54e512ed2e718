"""The JSON Schema (2020-12) of the flow file, for editors: which keys there are, what they mean, what may stand there.

Made from the models of `engine.flow.model`, so it cannot fall behind them. An editor reads `1` as a number and `true`
as a boolean where the reader reads text, so both are allowed. Names that must exist, expressions and tables are checked
by the reader and the compiler only. `wegwijzer schema` prints it.
Tests: tests/engine/flow/test_schema.py.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from engine.flow.model import Decision, Flow, Text
from engine.flow.model_base import Duration, Frozen, Several
from engine.flow.model_facts import Options
from engine.flow.schema_details import ALSO_SHORT, DURATION, EXAMPLES, NAME, ONLY_SHORT, SCALAR, TEXT, Schema
from engine.flow.sentences import INTERNAL
from engine.flow.shapes import Keyed, Listed, Named, Shape, Words

LANGUAGE_KEY = "^[a-z]{2}$"


def flow_schema() -> Schema:
    """The schema as plain JSON values."""
    definitions: dict[str, Schema] = {}
    whole = _model(Flow, definitions)
    block = _texts(Keyed(Flow), definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:wegwijzer:flow:1",
        "title": "Wegwijzer flow file",
        **whole,
        "patternProperties": {LANGUAGE_KEY: {"description": "The texts in another language.", **(block or {})}},
        "$defs": dict(sorted(definitions.items())),
    }


def _model(model: type[Frozen], definitions: dict[str, Schema]) -> Schema:
    """The keys of a model."""
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in INTERNAL:
            continue
        properties[key] = _field(model, key, field, definitions)
        if field.is_required():
            required.append(key)
    whole: Schema = {
        "type": "object",
        "description": (model.__doc__ or "").split("\n\n")[0].strip(),
        "properties": properties,
        "additionalProperties": False,
    }
    if model is Decision:  # a table of several outputs leaves its type to them
        return {**whole, "anyOf": [{"required": ["type"]}, {"required": ["outputs"]}]}
    return {**whole, "required": required} if required else whole


def _field(model: type[Frozen], key: str, field: FieldInfo, definitions: dict[str, Schema]) -> Schema:
    schema = _of(field.annotation, definitions)
    if key == "options" and issubclass(model, Options):
        schema = {"anyOf": [schema, {"type": "array", "items": {"type": ["string", "number", "boolean"]}}]}
    elif Several in field.metadata or (model.__name__, key) == ("Outcome", "text"):
        schema = {"anyOf": [schema["items"], schema]}
    for rule in field.metadata:
        if pattern := getattr(rule, "pattern", None):
            schema = {**schema, "type": "string", "pattern": pattern}
    said = {"description": field.description} if field.description else {}
    if examples := EXAMPLES.get((model.__name__, key)):
        said["examples"] = examples  # type: ignore[assignment]  # a description is text, examples are a list
    return {**said, **schema}


def _of(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    """The schema of what an annotation describes."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = DURATION if annotation == Duration else _of(arguments[0], definitions)
        return {"anyOf": [inner["items"], inner]} if Several in arguments and "items" in inner else inner
    if origin in (Union, types.UnionType):
        return _of(next(part for part in arguments if part is not type(None)), definitions)
    if origin is Literal:
        return {"enum": [*arguments, 1]} if arguments == ("1",) else {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin in (dict, Mapping):
        return _mapping(arguments[0], arguments[1], definitions)
    return _class(annotation, definitions)


def _mapping(key: Any, value: Any, definitions: dict[str, Schema]) -> Schema:
    schema: Schema = {"type": "object", "additionalProperties": _of(value, definitions)}
    if get_origin(key) is Annotated:
        return {**schema, "propertyNames": {"pattern": NAME}}
    allowed = _of(key, definitions)
    return {**schema, "propertyNames": allowed} if "enum" in allowed else schema


def _class(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    if issubclass(annotation, Text):
        return dict(TEXT)
    if issubclass(annotation, Enum):
        return {"enum": [member.value for member in annotation]}
    if issubclass(annotation, Frozen):
        return _reference(annotation, definitions)
    if issubclass(annotation, int):
        return {"type": ["integer", "string"], "pattern": "^-?[0-9]+$"}
    if issubclass(annotation, Decimal):
        return {"type": ["number", "string"], "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
    return dict(SCALAR)


def _reference(model: type[Frozen], definitions: dict[str, Schema]) -> Schema:
    if model in ONLY_SHORT:
        return dict(ONLY_SHORT[model])
    if model.__name__ not in definitions:
        definitions[model.__name__] = {}  # holds the place, for a model that contains itself
        definitions[model.__name__] = _model(model, definitions)
    reference: Schema = {"$ref": f"#/$defs/{model.__name__}"}
    return {"anyOf": [dict(ALSO_SHORT[model]), reference]} if model in ALSO_SHORT else reference


def _texts(shape: Shape, definitions: dict[str, Schema]) -> Schema | None:
    """What a language block may hold at a place; None where there is no text below it."""
    if isinstance(shape, Words):
        return dict(TEXT)
    if isinstance(shape, Named):
        inner = _texts(shape.item, definitions)
        return {"type": "object", "additionalProperties": inner} if inner else None
    if isinstance(shape, Listed):
        inner = _texts(shape.item, definitions)
        return {"anyOf": [inner, {"type": "array", "items": inner}]} if inner else None
    return _text_keys(shape.model, definitions) if isinstance(shape, Keyed) else None


def _text_keys(model: type[Frozen], definitions: dict[str, Schema]) -> Schema | None:
    name = f"{model.__name__}Texts"
    if name not in definitions:
        definitions[name] = {"type": "object"}
        parts = {key: _texts(shape, definitions) for key, shape in Keyed(model).fields().items() if key not in INTERNAL}
        kept: dict[str, Schema] = {key: part for key, part in parts.items() if part is not None}
        if not kept:
            del definitions[name]
            return None
        if "because" in kept:
            kept["because"] = {"anyOf": [kept["because"], {"type": "object", "additionalProperties": dict(TEXT)}]}
        said = {field.alias or key: field.description for key, field in model.model_fields.items()}
        told = {key: {"description": said[key], **part} if said.get(key) else part for key, part in kept.items()}
        definitions[name] = {"type": "object", "properties": told, "additionalProperties": model.__name__ == "TextPart"}
    reference: Schema = {"$ref": f"#/$defs/{name}"}
    return {"anyOf": [dict(TEXT), reference]} if model in ALSO_SHORT else reference
