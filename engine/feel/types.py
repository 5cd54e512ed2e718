"""The types of the flow profile, which the checker reasons with at load (evaluation has values only).

    boolean  text  number  integer  money  date  time  date and time
    duration (days and time)   period (years and months)   null   any
    choice(options)            a text out of a closed set; a text literal is a choice of one
    choices(options)           a list of those
    list_of  range_of  context  function

`integer` and `money` are numbers; every choice is a text; null fits everywhere; `any` is never questioned.
`unsure` on a type says that the value may also be UNSURE.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from engine.errors import worded


@dataclass(frozen=True, slots=True)
class Type:
    """A type; only the fields of its kind are filled. `entries` of None is a context of unknown fields."""

    kind: str
    options: tuple[str, ...] = ()
    item: Type | None = None
    entries: tuple[tuple[str, Type], ...] | None = None
    parameters: tuple[tuple[str, Type], ...] = ()
    returns: Type | None = None
    unsure: bool = False

    def __str__(self) -> str:
        return describe(self)


ANY: Final = Type("any")
NULL: Final = Type("null")
BOOLEAN: Final = Type("boolean")
TEXT: Final = Type("text")
NUMBER: Final = Type("number")
INTEGER: Final = Type("integer")
MONEY: Final = Type("money")
DATE: Final = Type("date")
TIME: Final = Type("time")
DATE_TIME: Final = Type("date and time")
DURATION: Final = Type("duration")
PERIOD: Final = Type("period")

NUMERIC: Final = frozenset(("number", "integer", "money"))
TEXTUAL: Final = frozenset(("text", "choice"))
ORDERED: Final = NUMERIC | {"text", "date", "time", "date and time", "duration", "period"}


def choice(options: Iterable[str]) -> Type:
    """One of a closed set of texts."""
    return Type("choice", options=tuple(options))


def list_of(item: Type) -> Type:
    return Type("list", item=item)


def choices(options: Iterable[str]) -> Type:
    """Several out of a closed set of texts."""
    return list_of(choice(options))


def range_of(item: Type) -> Type:
    return Type("range", item=item)


def context(entries: Mapping[str, Type]) -> Type:
    return Type("context", entries=tuple(entries.items()))


def function(parameters: Mapping[str, Type], returns: Type) -> Type:
    """A function by its parameters, in order, and what it gives."""
    return Type("function", parameters=tuple(parameters.items()), returns=returns)


def or_unsure(kind: Type) -> Type:
    """The same type of a fact that offers `unsure: value`."""
    return replace(kind, unsure=True)


def sure(kind: Type) -> Type:
    return replace(kind, unsure=False) if kind.unsure else kind


def group(kind: Type) -> str:
    """Types of one group can be compared: all numbers, all texts."""
    if kind.kind in NUMERIC:
        return "number"
    return "text" if kind.kind in TEXTUAL else kind.kind


def loose(kind: Type) -> bool:
    """Whether nothing can be said about values of this type."""
    return kind.kind in ("any", "null")


def fits(actual: Type, wanted: Type) -> bool:
    """Whether a value of type `actual` can stand where `wanted` is asked."""
    if loose(actual) or loose(wanted):
        return True
    if wanted.kind == "choice":
        return actual.kind == "choice" and set(actual.options) <= set(wanted.options)
    if wanted.kind in ("number", "money"):
        return actual.kind in NUMERIC
    if wanted.kind == "text":
        return actual.kind in TEXTUAL
    if actual.kind != wanted.kind:
        return False
    return _parts_fit(actual, wanted)


def _parts_fit(actual: Type, wanted: Type) -> bool:
    if wanted.item is not None and actual.item is not None and not fits(actual.item, wanted.item):
        return False
    if wanted.entries is not None and actual.entries is not None:
        have = dict(actual.entries)
        return all(key in have and fits(have[key], entry) for key, entry in wanted.entries)
    return True


def comparable(one: Type, two: Type) -> bool:
    """Whether `=` between them can ever be anything but null."""
    if loose(one) or loose(two):
        return True
    if group(one) != group(two):
        return False
    if one.item is not None and two.item is not None:
        return comparable(one.item, two.item)
    return True


def unite(one: Type, two: Type) -> Type | None:
    """The type of a value that is of either type; None when they have nothing in common."""
    unsure = one.unsure or two.unsure
    found = _united(sure(one), sure(two))
    return replace(found, unsure=True) if found is not None and unsure else found


def _united(one: Type, two: Type) -> Type | None:
    if one == two or two.kind == "null":
        return one
    if one.kind == "null":
        return two
    if "any" in (one.kind, two.kind):
        return ANY
    if one.kind in NUMERIC and two.kind in NUMERIC:
        return MONEY if "money" in (one.kind, two.kind) else NUMBER
    if one.kind == two.kind == "choice":
        return choice(dict.fromkeys((*one.options, *two.options)))
    if one.kind in TEXTUAL and two.kind in TEXTUAL:
        return TEXT
    return _united_parts(one, two) if one.kind == two.kind else None


def _united_parts(one: Type, two: Type) -> Type | None:
    if one.item is not None and two.item is not None:
        return replace(one, item=unite(one.item, two.item) or ANY)
    if one.entries is not None and two.entries is not None:
        have = dict(two.entries)
        shared = {key: unite(entry, have[key]) or ANY for key, entry in one.entries if key in have}
        return context(shared)
    return ANY


ARTICLES: Final = {
    "any": "anything",
    "null": "nothing",
    "integer": "a whole number",
    "money": "an amount of money",
    "boolean": "yes or no",
    "text": "a text",
    "duration": "a duration",
    "context": "a group of fields",
    "function": "a function",
}


def describe(kind: Type) -> str:
    """A type in words: `a whole number`, `one of "a", "b"`."""
    if kind.kind == "choice":
        shown = ", ".join(f'"{option}"' for option in kind.options[:6]) + (", ..." if len(kind.options) > 6 else "")
        return (
            worded("one of {shown}", shown=shown) if len(kind.options) > 1 else worded("the text {shown}", shown=shown)
        )
    if kind.item is not None:
        return worded("a {kind} of {item}", kind=worded(kind.kind), item=describe(kind.item))
    return worded(ARTICLES[kind.kind]) if kind.kind in ARTICLES else worded("a {kind}", kind=worded(kind.kind))
