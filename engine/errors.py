"""Every way in which something can be wrong, and whose fault it is.

    WegwijzerError
    ├── FlowError       the author's: a flow file cannot be used; holds every Problem found
    ├── AnswerError     the citizen's (or whoever supplies the fact): this answer cannot be accepted
    ├── RefusedEvent    nobody's: the event is fine, but not now (HTTP 409, 403 or 404)
    └── EngineBug       ours: a state that cannot be; never caught except at the outermost door

A message says what is wrong in one sentence; `hint` says what to do. Neither echoes what was sent. Both are made with
`worded`: English that remembers its template and what was filled in, so that `engine.lint.dutch` can say it in Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from string import Formatter
from typing import Final

_OPENING: Final = re.compile(r"\{(\w+)")


class Said(str):
    """English words that remember how they were made: `template`, and what was put in the places of `params`.

    It is a plain text to whoever only prints or compares it. A part of it that is itself Said is told in the same
    language. A template without params is taken literally, braces and all.
    """

    template: str
    params: Mapping[str, object]
    others: Mapping[str, str]
    """What it is in other languages, where whoever made it said so."""

    def __new__(
        cls,
        text: str,
        template: str = "",
        params: Mapping[str, object] | None = None,
        others: Mapping[str, str] | None = None,
    ) -> Said:
        made = super().__new__(cls, text)
        made.template, made.params, made.others = template or text, params or {}, others or {}
        return made

    def told(self, language: str, templates: Mapping[str, str]) -> str:
        """The same in a language: `templates` gives its own template for each English one."""
        if language in self.others:
            return self.others[language]
        filled = {name: _in(part, language, templates) for name, part in self.params.items()}
        text = _filled(templates.get(self.template, self.template), filled, _OF_LANGUAGE.get(language))
        return _begun(text) if self.opens_with_words(templates) else text

    def opens_with_words(self, templates: Mapping[str, str]) -> bool:
        """Whether it begins with words of ours, not with a path, name or text that was put in and stays as it is."""
        opening = _OPENING.match(templates.get(self.template, self.template)) if self.params else None
        if opening is None:
            return True
        first = self.params.get(opening[1])
        return isinstance(first, Said) and first.opens_with_words(templates)


def worded(template: str, /, **params: object) -> Said:
    """A sentence, or part of one; what is Said already stays so.

    What ends as a sentence begins with a capital, where its first word is ours: `flow.yaml is too large.` has none.
    """
    if isinstance(template, Said):
        return template
    made = Said(_filled(template, params), template, params)
    return Said(_begun(made), template, params) if made.opens_with_words(_OWN) else made


def together(parts: Iterable[str], between: str = ", ") -> Said:
    """Several parts in a row, each told in the language of the whole, and so is what stands between them."""
    params = {f"p{number}": part for number, part in enumerate(parts)}
    template = "{between}".join(f"{{{name}}}" for name in params)
    return worded(template, between=worded(between), **params)


def either(parts: Iterable[str]) -> Said:
    """One of several: "a or b"."""
    return together(parts, " or ")


def _in(part: object, language: str, templates: Mapping[str, str]) -> object:
    """A part in a language: words of ours, or a text of the flow that has several languages."""
    if isinstance(part, Said):
        return part.told(language, templates)
    own = getattr(part, "in_", None)
    return own(language) if own is not None else part


def _filled(template: str, params: Mapping[str, object], formatter: Formatter | None = None) -> str:
    if formatter is not None and params:
        return str(formatter.vformat(template, (), params))
    return template.format_map(params) if params else template


class _Dutch(Formatter):
    """Figures as Dutch has them: 1.234 situations, 20,8 per cent."""

    def format_field(self, value: object, format_spec: str) -> str:
        text = str(super().format_field(value, format_spec))
        figure = isinstance(value, int | float | Decimal) and ("," in format_spec or "." in format_spec)
        return text.translate(_COMMA_AND_POINT) if figure else text


_COMMA_AND_POINT: Final = str.maketrans(",.", ".,")
_OF_LANGUAGE: Final[Mapping[str, Formatter]] = {"nl": _Dutch()}


def _begun(text: str) -> str:
    """With a capital, where it ends as a sentence."""
    return text[:1].upper() + text[1:] if text.endswith(".") else text


_OWN: Final[Mapping[str, str]] = {}
"""No other templates than those as which the sentences were made."""
UNSAID: Final = Said("")


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
    message: Said
    hint: Said = UNSAID
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
