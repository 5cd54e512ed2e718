"""Dutch for every sentence that the loader, the proof and the comparison can say.

    told(problem.message, "nl")

A sentence is made in English where it is found (`engine.errors.worded`) and keeps its template and what was filled in;
here stands the Dutch template for each English one, by the room it comes from. A test finds every template in the code
and holds it against this catalogue: each has a Dutch one with the same places to fill, and none is left over.
Called by whoever tells people something: `api.cli.report`, `api.web`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.errors import Problem, Said
from engine.lint.dutch import (
    commands,
    compare,
    conditions,
    dmn,
    expressions,
    flow_file,
    mutating,
    outputs,
    process,
    prove,
    reasons,
    running,
    scenarios,
    tables,
    yaml_form,
)

ROOMS: Final = (
    commands,
    compare,
    conditions,
    dmn,
    expressions,
    flow_file,
    mutating,
    outputs,
    process,
    prove,
    reasons,
    running,
    scenarios,
    tables,
    yaml_form,
)
DUTCH: Final[Mapping[str, str]] = {english: own for room in ROOMS for english, own in room.SENTENCES.items()}
"""English template -> Dutch template."""

NONE: Final[Mapping[str, str]] = {}


def told(text: str, language: str) -> str:
    """A sentence in `language`; a text that nobody made as a sentence is given back as it is."""
    return text.told(language, DUTCH if language == "nl" else NONE) if isinstance(text, Said) else text


def line(problem: Problem, language: str) -> str:
    """A problem on one line: where, code, sentence and way out."""
    said = " ".join(filter(None, (told(problem.message, language), told(problem.hint, language))))
    return f"{problem.where}: {problem.code}: {said}"
