"""What every part of the flow model is made of: frozen models, texts per language, spans of time.

Used by the other `model_*` modules; readers import from `engine.flow.model`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

_WORDS = """
    yes no none unsure true false null and or not if then else for in return some every satisfies between
    instance of function external item has all only outcome deadline contact
"""
RESERVED = frozenset(_WORDS.split())
"""Words that cannot name a fact, decision, parameter or function."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NUMBER = re.compile(r"\d+")
MOST_OF_A_UNIT = 999
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")


class Frozen(BaseModel):
    """Base of the model: immutable, unknown keys refused, keys as they stand in the file.

    `LATER` are keys that the language got after flows had been published: empty, they are no part of a version's
    identity, so that what stands in a store keeps its own (`engine.flow.versions`).
    """

    LATER: ClassVar[frozenset[str]] = frozenset()
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Translations(dict[str, str]):
    """A text with its translations, as the reader merged it; authors never write one."""


class Text(RootModel[dict[str, str]]):
    """One text in one or more languages; the first language is the flow's own.

    `text["nl"]` gives one language, `text.in_("en")` falls back to the flow's own.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _of_plain(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, str):
            return {(info.context or {}).get("language", "nl"): value}
        if info.context and not isinstance(value, Translations):
            raise PydanticCustomError("text_shape", "this is not one plain text")
        return value

    def __getitem__(self, language: str) -> str:
        return self.root[language]

    def __contains__(self, language: str) -> bool:
        return language in self.root

    def __str__(self) -> str:
        return next(iter(self.root.values()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which this text exists, the flow's own first."""
        return tuple(self.root)

    def in_(self, language: str) -> str:
        """The text in `language`, else in the flow's own."""
        return self.root.get(language) or str(self)

    def each(self) -> Iterator[tuple[str, str]]:
        """Pairs of language and text."""
        return iter(self.root.items())


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise PydanticCustomError("name_shape", "this cannot be a name")
    if value in RESERVED:
        raise PydanticCustomError("name_reserved", "this word has a meaning of its own")
    return value


def _duration(value: str) -> str:
    if not _DURATION.fullmatch(value):
        raise PydanticCustomError("duration_shape", "this is not a duration")
    numbers = [int(number) for number in _NUMBER.findall(value)]
    if not any(numbers):
        raise PydanticCustomError("duration_empty", "this lasts no time")
    if max(numbers) > MOST_OF_A_UNIT:
        raise PydanticCustomError("duration_long", "this number is too large")
    return value


def _several(value: object) -> object:
    """One name may stand where a list may stand."""
    return [value] if isinstance(value, str) else value


def _filled(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty", "there is nothing here")
    return value


Name = Annotated[str, AfterValidator(_name)]
"""Letters, digits and `_`, starting with a letter."""

Expression = Annotated[str, AfterValidator(_filled)]
"""FEEL source text, compiled by `engine.graph`."""

PipeTable = Annotated[str, AfterValidator(_filled)]
"""A table as text: `| a | b || c |`, one row a line."""

Duration = Annotated[str, AfterValidator(_duration)]
"""ISO 8601: `P8W`, `P3M`, `PT4H`."""

Several = BeforeValidator(_several)
Names = Annotated[tuple[str, ...], Several]


class Span(Frozen):
    """How long something may take: exactly one of the three.

    `working_hours` and `working_days` count opening hours; `duration` (ISO 8601) counts the calendar.
    """

    duration: Duration | None = Field(None, description="On the calendar, ISO 8601: P8W.")
    working_hours: Annotated[Decimal, Field(gt=0)] | None = Field(None, description="Hours of being open.")
    working_days: Annotated[int, Field(gt=0)] | None = Field(None, description="Days of being open.")

    @model_validator(mode="before")
    @classmethod
    def _of_plain(cls, value: Any) -> Any:
        return {"duration": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _exactly_one(self) -> Span:
        if sum(part is not None for part in (self.duration, self.working_hours, self.working_days)) != 1:
            keys = "duration, working_hours, working_days"
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": keys})
        return self
