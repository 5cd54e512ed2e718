"""String functions (DMN 1.5, 10.3.4.3) except those with patterns. Characters are Unicode code points."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.registry import built_in
from engine.feel.run import Run


@built_in("substring", "string", "place", "place?")
def substring(run: Run, text: str, start: int, length: int | None = None) -> object:
    if start == 0 or abs(start) > len(text) or (length is not None and length < 1):
        return run.null("The first character has number 1, the last -1, and a length is at least 1.")
    first = start - 1 if start > 0 else len(text) + start
    return _cut(run, text[first:] if length is None else text[first : first + length])


def _cut(run: Run, piece: str) -> str:
    run.grow_text(len(piece))
    return piece


@built_in("string length", "string")
def string_length(_: Run, text: str) -> object:
    return Decimal(len(text))


@built_in("upper case", "string")
def upper_case(run: Run, text: str) -> object:
    run.grow_text(len(text))
    return text.upper()


@built_in("lower case", "string")
def lower_case(run: Run, text: str) -> object:
    run.grow_text(len(text))
    return text.lower()


@built_in("substring before", "string", "string")
def substring_before(run: Run, text: str, match: str) -> object:
    return _cut(run, text.partition(match)[0]) if match and match in text else ""


@built_in("substring after", "string", "string")
def substring_after(run: Run, text: str, match: str) -> object:
    return _cut(run, text.partition(match)[2]) if match else text


@built_in("contains", "string", "string")
def contains(_: Run, text: str, match: str) -> object:
    return match in text


@built_in("starts with", "string", "string")
def starts_with(_: Run, text: str, match: str) -> object:
    return text.startswith(match)


@built_in("ends with", "string", "string")
def ends_with(_: Run, text: str, match: str) -> object:
    return text.endswith(match)


@built_in("string join", "list", "string?")
def string_join(run: Run, items: list[object], delimiter: str | None = None) -> object:
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) + items.count(None) != len(items):
        return run.null("Only texts can be joined.")
    run.spend(len(items))
    run.grow_text(sum(map(len, texts)) + len(delimiter or "") * len(texts))
    return (delimiter or "").join(texts)
