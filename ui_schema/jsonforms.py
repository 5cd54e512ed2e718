"""The questions of a page as a JSON Schema 2020-12 for the answers plus a JSON Forms UI schema for the layout.

So a client that draws its own forms (JSON Forms, or RJSF through the same schema) needs nothing of ours but
these two values. Texts that have no place in either stand under `x-` keywords.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui_schema.export import DIALECT
from ui_schema.fields import Control, Field
from ui_schema.page import Page

Json = dict[str, Any]

FORMATS = {"date": "date", "email": "email"}
PATTERNS = {
    "postcode": r"^[1-9][0-9]{3} ?[A-Za-z]{2}$",
    "bsn": r"^[0-9]{8,9}$",
    "money": r"^-?[0-9]+(\.[0-9]+)?$",
    "number": r"^-?[0-9]+(\.[0-9]+)?$",
}


def answers_schema(page: Page) -> Json:
    """The schema of the object `{fact: value}` that answers this page; closed, every required fact in it."""
    journey = page.journey
    name = f"{journey.flow}:{journey.version}" if journey else page.kind.value
    return {
        "$schema": DIALECT,
        "$id": f"urn:wegwijzer:answers:{name}",
        "title": page.title,
        "type": "object",
        "additionalProperties": False,
        "properties": {field.id: _property(field) for field in page.fields},
        "required": [field.id for field in page.fields if field.required],
    }


def ui_schema(page: Page) -> Json:
    """The JSON Forms layout of this page: one control a field, in order."""
    return {
        "type": "VerticalLayout",
        "elements": [
            {
                "type": "Control",
                "scope": f"#/properties/{_pointer(field.id)}",
                "label": field.label,
                "options": _layout(field),
            }
            for field in page.fields
        ],
    }


def _pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _layout(field: Field) -> Json:
    options: Json = {"showUnfocusedDescription": True}
    if field.control in (Control.RADIOS, Control.YES_NO):
        options["format"] = "radio"
    if field.control is Control.LONG_TEXT:
        options["multi"] = True
    return options


def _property(field: Field) -> Json:
    schema = _SHAPES[field.control](field)
    schema["title"] = field.label
    if field.help:
        schema["description"] = field.help
    extras = {
        "x-why": field.why,
        "x-say": field.say,
        "x-unit": field.unit,
        "x-autocomplete": field.autocomplete,
        "x-ground": field.ground.text if field.ground else "",
    }
    return schema | {name: text for name, text in extras.items() if text}


def _boolean(_field: Field) -> Json:
    return {"type": "boolean"}


def _choice(field: Field) -> Json:
    return {"oneOf": [{"const": option.value, "title": option.label} for option in field.options]}


def _choices(field: Field) -> Json:
    return {"type": "array", "uniqueItems": True, "items": _choice(field)}


def _text(field: Field) -> Json:
    schema: Json = {"type": "string"}
    if field.type in FORMATS:
        schema["format"] = FORMATS[field.type]
    if field.type in PATTERNS:
        schema["pattern"] = PATTERNS[field.type]
    if field.max_length:
        schema["maxLength"] = field.max_length
    return schema


def _number(field: Field) -> Json:
    if field.type not in ("integer", "year"):
        bounds = {"x-minimum": field.minimum, "x-maximum": field.maximum}  # decimals travel as text, so bounds too
        return _text(field) | {name: text for name, text in bounds.items() if text}
    schema: Json = {"type": "integer"}
    if field.minimum:
        schema["minimum"] = int(field.minimum)
    if field.maximum:
        schema["maximum"] = int(field.maximum)
    return schema


def _composite(field: Field) -> Json:
    return {
        "type": "object",
        "properties": {part.name: {"type": "string", "title": part.label} for part in field.parts},
        "required": [part.name for part in field.parts if part.required],
    }


_SHAPES: dict[Control, Callable[[Field], Json]] = {
    Control.YES_NO: _boolean,
    Control.RADIOS: _choice,
    Control.CHECKBOXES: _choices,
    Control.TEXT: _text,
    Control.LONG_TEXT: _text,
    Control.NUMBER: _number,
    Control.DATE: _text,
    Control.PERIOD: _composite,
    Control.PERSON: _composite,
    Control.ADDRESS: _composite,
    Control.FILE: _text,
}
