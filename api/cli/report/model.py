"""The findings of one run as an immutable model; its JSON is what `--json` prints and `report_schema` describes.

Keys in JSON are camelCase. Nothing here prints; made by the commands, read by the writers beside this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue
from pydantic.alias_generators import to_camel

from engine.errors import Problem
from engine.lint.dutch import told

Level = Literal["error", "warning", "note"]


class _Frozen(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class Finding(_Frozen):
    """One thing that is wrong, where, and what to do about it."""

    code: str = Field(description="Stable name of the check; `wegwijzer lint --explain CODE` prints its page.")
    severity: Level = Field(description="error: mend it; warning: look at it; note: advice, never fails a run.")
    message: str = Field(description="One sentence that says what is wrong.")
    hint: str = Field("", description="What to do.")
    file: str = Field("", description="The file, as it was given on the command line.")
    line: int = Field(0, ge=0, description="From 1; 0 when the file as a whole is meant.")
    column: int = Field(0, ge=0, description="From 1, in characters; 0 when the line as a whole is meant.")
    witness: dict[str, JsonValue] | None = Field(None, description="A citizen who shows it: fact to answer.")
    way: tuple[str, ...] = Field((), description="A way through the process that shows it.")
    key: str = Field("", description="The sentence in English: a finding is known again by it, in any language.")


class Case(_Frozen):
    """One thing that was tried: a scenario. It holds when there are no failures."""

    name: str = Field(description="Its title.")
    file: str = Field("", description="The file it stands in.")
    line: int = Field(0, ge=0, description="From 1.")
    failures: tuple[str, ...] = Field((), description="What was not as expected, a sentence each.")
    skipped: str = Field("", description="Why it was not tried; empty when it was.")
    seconds: float | None = Field(None, ge=0, description="How long it took.")


class Part(_Frozen):
    """What was found about one flow, or one pair of flows."""

    flow: str = Field(description="The flow's slug, or its file where the slug cannot be read.")
    file: str = Field("", description="The flow file.")
    version: str = Field("", description="Content hash of the flow: what this evidence is about.")
    findings: tuple[Finding, ...] = Field((), description="What is wrong, in the order of the file.")
    cases: tuple[Case, ...] = Field((), description="What was tried.")
    checked: tuple[str, ...] = Field((), description="Codes of the checks that were run.")
    not_done: tuple[str, ...] = Field((), description="What could not be judged; never silent.")
    said: tuple[str, ...] = Field((), description="Lines for people: figures, coverage.")
    figures: dict[str, JsonValue] = Field(default_factory=dict, description="Figures of this command.")


class Report(_Frozen):
    """What one run of a command found."""

    form: Literal["wegwijzer-report-1"] = Field("wegwijzer-report-1", description="Version of this form.")
    command: str = Field(description="The command: lint, prove, test, compare.")
    tool: str = Field("", description="Version of Wegwijzer.")
    language: str = Field("en", description="Language of the sentences.")
    parts: tuple[Part, ...] = Field((), description="One for each flow.")
    exit_code: int | None = Field(None, description="0 good, 1 findings, 2 unusable input, 3 undecided.")
    details: dict[str, JsonValue] = Field(default_factory=dict, description="What only this command has.")

    def findings(self) -> tuple[Finding, ...]:
        """All findings of all parts."""
        return tuple(found for part in self.parts for found in part.findings)

    def plain(self) -> dict[str, Any]:
        """The JSON value."""
        return self.model_dump(mode="json", by_alias=True)


def finding_of(
    problem: Problem, language: str, witness: Mapping[str, Any] | None = None, way: tuple[str, ...] = ()
) -> Finding:
    """One of the engine's problems, told in a language. Values of the witness that JSON lacks become text."""
    where = problem.where
    return Finding(
        code=problem.code,
        severity=problem.severity.value,
        message=told(problem.message, language),
        hint=told(problem.hint, language),
        file=where.file,
        line=where.line,
        column=where.column,
        witness=None if witness is None else {fact: plain_value(value, language) for fact, value in witness.items()},
        way=tuple(told(step, language) for step in way),
        key=str(problem.message),
    )


def plain_value(value: Any, language: str = "en") -> JsonValue:
    """A value as JSON; a decimal or a date as the text that an author would write."""
    if isinstance(value, str):
        return told(value, language)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain_value(part, language) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(part, language) for part in value]
    return str(value)


@lru_cache(maxsize=1)
def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a report, for whoever reads `--json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:wegwijzer:report:1",
        **Report.model_json_schema(mode="serialization", by_alias=True),
        "title": "Wegwijzer report, version 1",
    }
