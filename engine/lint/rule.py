"""What a rule is: a page that says what to avoid, what to prefer and why, and a check from a flow to findings.

    RULE = Rule(Page("L-CODE", ...), check)

A page also exists for every code of the loader, the process checks and the proof: then there is no check here.
`avoid` and `prefer` are pieces of a flow file; a test lays them over a sound flow and runs the check on both, so what
the page says is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import Said, Severity, Where

if TYPE_CHECKING:
    from engine.lint.subject import Subject


KEPT = 4_096
"""Texts of which a rule remembers what it found in them."""


class Two(NamedTuple):
    """The same sentence in two languages."""

    en: str
    nl: str

    def in_(self, language: str) -> str:
        """The sentence in `language`; in English where there is no other."""
        return (self.nl if language == "nl" else self.en) or self.en

    def said(self) -> Said:
        """The sentence as a problem carries it."""
        return Said(self.en, others={"nl": self.nl or self.en})


@dataclass(frozen=True, slots=True)
class Page:
    """What there is to say about one code. `source` is a law or an essay, where that is the reason."""

    code: str
    severity: Severity
    summary: Two
    why: Two
    avoid: str = ""
    prefer: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a rule."""

    where: Where
    message: Two
    hint: Two


Check = Callable[["Subject"], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A page and its check."""

    page: Page
    check: Check
