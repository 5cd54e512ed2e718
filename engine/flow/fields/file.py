"""file: something that was sent in: a photo, a letter, a proof. JSON: {"id", "name", "type", "size"}. FEEL: context.

Only the reference is a value; the content lies in the store, which checks that it exists and is what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Final

from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean, refused
from engine.flow.fields.numbers import loaded
from engine.flow.model import Fact
from engine.flow.slots import Notation

MAX_MEGABYTES: Final = 15
TYPES: Final = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/heic",
        "image/webp",
        "application/pdf",
        "text/plain",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
    }
)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,80}")


class File(Field):
    """A reference to an upload."""

    feel: ClassVar[str] = "context<id: string, name: string, type: string, size: number>"
    parts: ClassVar[tuple[str, ...]] = ("id", "name", "type", "size")

    def load(self, value: object, fact: Fact) -> dict[str, object]:
        if not isinstance(value, Mapping) or set(value) != set(self.parts):
            raise refused("answer.file")
        if not isinstance(value["id"], str) or not _ID.fullmatch(value["id"]):
            raise refused("answer.file")
        if not isinstance(value["type"], str) or value["type"] not in TYPES:
            raise refused("answer.file.type")
        size = loaded(value["size"], "answer.file")
        if not 0 < size <= MAX_MEGABYTES * 1024 * 1024:
            raise refused("answer.file.size", max=MAX_MEGABYTES)
        return {"id": value["id"], "name": name_of(value["name"]), "type": value["type"], "size": size}

    def parse(self, typed: Typed, fact: Fact, language: str) -> dict[str, object]:
        if not isinstance(typed, Mapping):
            raise refused("answer.required" if not typed else "answer.file")
        return self.load(dict(typed), fact)

    def dump(self, value: Mapping[str, object]) -> JsonValue:
        assert isinstance(value["size"], Decimal)
        return {
            "id": str(value["id"]),
            "name": str(value["name"]),
            "type": str(value["type"]),
            "size": int(value["size"]),
        }

    def show(self, value: Mapping[str, object], of: Described, language: str, notation: Notation) -> str:
        return str(value["name"])


def name_of(value: object) -> str:
    """The last part of a path, so that a name never leads elsewhere."""
    return re.split(r"[/\\]", clean(value))[-1].strip(". ")[:120] or "file"
