"""What every field type is: from an answer to a typed value, and from a typed value to what people read.

    load     canonical JSON (API, store, registers)  -> typed value     strict
    parse    what a person typed or ticked in a form -> typed value     lenient, per language
    dump     typed value -> canonical JSON; load(dump(v)) == v
    show     typed value -> words in a text, per language and notation
    literal  what an author wrote in the flow file   -> typed value
    bound    an author's `min` or `max`              -> something that can be compared, or None

Typed values are FEEL's: Decimal, str, bool, date, timedelta, YearsMonths, Range, list, dict. Never floats.
All refusals are AnswerErrors with a code of `engine.flow.fields.codes` and no fact: the door to this room,
`engine.flow.fields`, fills that in.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, Protocol

from pydantic import JsonValue

from engine.errors import AnswerError
from engine.flow.fields.codes import CODES
from engine.flow.model import Fact, Text
from engine.flow.slots import Notation

Typed = str | Mapping[str, str] | Sequence[str]
"""What a form sends: one text, the parts of a composite field by name, or the ticked boxes."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]"
)
MAX_TYPED: Final = 20_000


class Described(Protocol):
    """What `show` must know of a fact, decision or argument."""

    @property
    def options(self) -> Mapping[str, Text]: ...

    @property
    def unit(self) -> Text | None: ...


def refused(code: str, **params: object) -> AnswerError:
    """An answer that cannot be accepted; the code must be in the table."""
    assert set(CODES[code]) == set(params), code
    return AnswerError("", code, params)


class Field(ABC):
    """Base of all field types; one instance of each, without state."""

    feel: ClassVar[str]
    """The FEEL type of its values."""

    parts: ClassVar[tuple[str, ...]] = ()
    """Names of the inputs of a composite field; empty when there is one input."""

    @abstractmethod
    def load(self, value: object, fact: Fact) -> Any:
        """From canonical JSON; AnswerError when it is not this type or outside the fact's limits."""

    @abstractmethod
    def parse(self, typed: Typed, fact: Fact, language: str) -> Any:
        """From a form; AnswerError when it cannot be understood or lies outside the fact's limits."""

    @abstractmethod
    def dump(self, value: Any) -> JsonValue:
        """To canonical JSON."""

    @abstractmethod
    def show(self, value: Any, of: Described, language: str, notation: Notation) -> str:
        """In words, for a text in `language` (nl or en; another language reads as English)."""

    def literal(self, text: str, fact: Fact) -> Any:
        """From the flow file; AnswerError when it is not this type. Limits do not hold for the author."""
        return self.load(text, fact)

    def bound(self, text: str) -> Any:
        """An author's limit as something that can be compared; None when it is none."""
        return None

    def in_order(self, low: str, high: str) -> bool:
        """Whether an author's `min` is not above its `max`; both are bounds."""
        first, last = self.bound(low), self.bound(high)
        return first is None or last is None or bool(first <= last)


def clean(value: object, code: str = "answer.type") -> str:
    """One line of text: trimmed, NFC, no control characters. AnswerError when empty or no text."""
    if not isinstance(value, str):
        raise refused(code)
    if len(value) > MAX_TYPED:
        raise refused("answer.text.max", max=MAX_TYPED)
    if _UNSEEN.search(value.replace("\r\n", "\n").replace("\r", "\n")):
        raise refused("answer.text.characters")
    text = unicodedata.normalize("NFC", " ".join(value.split()))
    if not text:
        raise refused("answer.required")
    return text


def clean_lines(value: object) -> str:
    """As `clean`, keeping the ends of lines."""
    if not isinstance(value, str):
        raise refused("answer.type")
    if len(value) > MAX_TYPED:
        raise refused("answer.text.max", max=MAX_TYPED)
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if _UNSEEN.search(text):
        raise refused("answer.text.characters")
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).strip().split("\n"))
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not joined:
        raise refused("answer.required")
    return joined


def one(typed: Typed) -> str:
    """The one text that a form sent; AnswerError when it sent several."""
    if isinstance(typed, str):
        return typed
    if isinstance(typed, Sequence) and len(typed) == 1:
        return typed[0]
    raise refused("answer.type" if typed else "answer.required")


def locale(language: str) -> str:
    """Babel's name for a language: nl_NL, en_GB; others read as English."""
    return "nl_NL" if language == "nl" else "en_GB"
