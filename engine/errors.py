"""Every way in which something can be wrong, and whose fault it is.

    WegwijzerError
    ├── FlowError       the author's: a flow file cannot be used; holds every Problem found
    ├── AnswerError     the citizen's (or whoever supplies the fact): this answer cannot be accepted
    ├── RefusedEvent    nobody's: the event is fine, but not now (HTTP 409, 403 or 404)
    └── EngineBug       ours: a state that cannot be; never caught except at the outermost door

A message says what is wrong in one sentence; `hint` says what to do. Neither echoes what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file: 1-based `line` and `column`; 0 when the file as a whole is meant."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file or "?"
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How bad: an error must be mended, a warning should be, a note is advice and never fails a command."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding about a flow file: where, a stable code (`E-...`), one sentence, a way out."""

    where: Where
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        tail = f" {self.hint}" if self.hint else ""
        return f"{self.where}: {self.code}: {self.message}{tail}"


class WegwijzerError(Exception):
    """Root of all errors that this product raises on purpose."""


class FlowError(WegwijzerError):
    """A flow file that cannot be used. `problems` holds everything found, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(eq=False)
class AnswerError(WegwijzerError):
    """An answer that cannot be accepted.

    `fact` is the fact's key (`kinderen[0].geboren`), `code` names a text in
    `ui_schema.texts` (`answer.number`), `params` fill that text, `also` lists other facts
    that a cross-answer check involves. `say` is the flow author's own sentence, per language,
    and wins over the text of the code.
    """

    fact: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    say: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.fact}: {self.code}"


@dataclass(eq=False)
class RefusedEvent(WegwijzerError):
    """Something that cannot be done now. `code` names a text in `ui_schema.texts` (`refused.not_askable`)."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.code


class EngineBug(WegwijzerError):
    """A state that the engine promises never to be in."""
